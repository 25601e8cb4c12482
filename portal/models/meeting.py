"""The review meeting: when and where, who was there, what was decided, what will be done."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.models.edited import Edited


class Presence(enum.StrEnum):
    """How somebody attended."""

    PRESENT = "present"
    REMOTE = "remote"
    APOLOGIES = "apologies"
    ABSENT = "absent"
    LEFT_EARLY = "left_early"


class Meeting(Base):
    """The meeting of a case; its two invites keep their UIDs for life.

    Times and places are of the sitting that is next, under way, or was the last; those that
    ended without closing the meeting are `AdjournedSitting`. One that was called off stays, and
    what is booked after it is another meeting with UIDs of its own.

    Attributes:
        room_id: the kept room that place and links were taken from; they stay as they were then.
        sequence, applicant_sequence: of the panel's invite and of the applicant's, each higher
            with each change that its own readers are told of (RFC 5546).
        time_sequence, applicant_time_sequence: since which of these day and time are what they
            are; an answer to an older one counts no more.
        is_applicant_invited: to the opening section.
        reasons_not_invited: as they are written to the applicant; the panel reads them too.
        not_invited_at, not_invited_by_id: when these reasons were written, and by whom.
        stamp: one more at every change that the open pages of the meeting show.
        missing_at_close: what it was closed without, a sentence a line.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        sa.Index(
            "uq_meeting_case_in_force",
            "case_id",
            unique=True,
            sqlite_where=sa.column("called_off_at").is_(None),
            postgresql_where=sa.column("called_off_at").is_(None),
        ),
        {"info": {"scope": "meeting"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    opening_ends_at: Mapped[dt.datetime]
    place: Mapped[str]
    join_link: Mapped[str] = mapped_column(sa.String(500))
    applicant_join_link: Mapped[str] = mapped_column(sa.String(500))
    applicant_email: Mapped[str] = mapped_column(sa.String(254))
    panel_uid: Mapped[str] = mapped_column(unique=True)
    applicant_uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    time_sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    applicant_sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    applicant_time_sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("room.id"))
    is_applicant_invited: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    reasons_not_invited: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    not_invited_at: Mapped[dt.datetime | None]
    not_invited_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    sitting: Mapped[int] = mapped_column(default=1, server_default="1")
    booked_at: Mapped[dt.datetime]
    booked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    reason_if_late: Mapped[str] = mapped_column(sa.String(500))
    invited_at: Mapped[dt.datetime | None]
    opened_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    called_off_at: Mapped[dt.datetime | None]
    called_off_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    called_off_reason: Mapped[str] = mapped_column(sa.String(500), default="", server_default="")
    applicant_attendance: Mapped[str] = mapped_column(sa.String(500), default="")
    stamp: Mapped[int] = mapped_column(default=0, server_default="0")
    missing_at_close: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_under_way(self) -> bool:
        """Say whether a sitting was opened and has neither adjourned nor closed the meeting."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def is_adjourned(self) -> bool:
        """Say whether it waits for another sitting after one that was held."""
        return self.sitting > 1 and self.opened_at is None and self.closed_at is None


class AdjournedSitting(Base):
    """A sitting that ended without closing the meeting: when it was, and why it was adjourned.

    Attributes:
        interim_steps: what starts at once, for the panel.
        told_applicant: what the applicant is told on that day.
    """

    __tablename__ = "adjourned_sitting"
    __table_args__ = {"info": {"scope": "meeting"}}

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    place: Mapped[str]
    opened_at: Mapped[dt.datetime]
    adjourned_at: Mapped[dt.datetime]
    adjourned_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.String(500))
    interim_steps: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    told_applicant: Mapped[str] = mapped_column(sa.Text, default="", server_default="")


class Attendance(Base):
    """How one invited person attended one sitting, and from when to when where that is known."""

    __tablename__ = "attendance"
    __table_args__ = {"info": {"scope": "meeting"}}

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), primary_key=True)
    sitting: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    is_required: Mapped[bool]
    presence: Mapped[Presence] = mapped_column(enum_type(Presence))
    joined_at: Mapped[dt.datetime | None]
    left_at: Mapped[dt.datetime | None]
    is_observer: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


class MeetingDecision(Edited, Base):
    """A decision that the meeting took; panel-wide text."""

    __tablename__ = "meeting_decision"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "number"),
        {"info": {"scope": "meeting"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    number: Mapped[int]
    decision: Mapped[str] = mapped_column(sa.Text)


class Action(Edited, Base):
    """What an agency will do, by whom and by when.

    In the meeting it may be added before it is known who does it and by when; the plan is not
    issued without either. The agency of the owner leads it, so that there is never more than one.

    It keeps its number for life: minutes, log and links name it so. Where it stands in the plan is
    its position.

    Attributes:
        position: orders the actions of a case; gaps between them mean nothing.
        power: id of the power of the guide that it uses; empty for none.
        not_told_at, not_told_by_id: when the reason was written why the applicant is not told, and
            by whom.
        look_again_on: when that is looked at again.
        superseded_at: since when it is no longer part of the plan.
        superseded_reason: why, for the panel; empty while it is part of it.
    """

    __tablename__ = "action"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.CheckConstraint(
            "words_for_applicant = '' OR reason_not_told = ''", name="words_or_reason"
        ),
        sa.CheckConstraint(
            "(superseded_at IS NULL) = (superseded_reason = '')", name="superseded_with_reason"
        ),
        sa.Index("ix_action_owner_agency_due", "owner_agency_id", "due_on"),
        sa.Index("ix_action_owner_due", "owner_id", "due_on"),
        {"info": {"scope": "action"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    number: Mapped[int]
    what: Mapped[str] = mapped_column(sa.Text)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    owner_agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    due_on: Mapped[dt.date | None]
    how_we_know: Mapped[str] = mapped_column(sa.Text)
    words_for_applicant: Mapped[str] = mapped_column(sa.Text, default="")
    reason_not_told: Mapped[str] = mapped_column(sa.String(500), default="")
    power: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    not_told_at: Mapped[dt.datetime | None]
    not_told_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    look_again_on: Mapped[dt.date | None]
    superseded_at: Mapped[dt.datetime | None]
    superseded_reason: Mapped[str] = mapped_column(sa.String(500), default="", server_default="")


class ActionAgency(Base):
    """An agency that joins in an action which another agency, that of the owner, leads."""

    __tablename__ = "action_agency"
    __table_args__ = {"info": {"scope": "action"}}

    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), primary_key=True)
