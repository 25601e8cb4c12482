"""The opening section: the applicant's statement, what they would like, when they came and left."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.statements import PanelReads, ReadsOut
from portal.models.case import Channel
from portal.models.edited import Edited


class _Handed:
    """What was handed in as a statement.

    Attributes:
        channel: how it was handed in.
        written_down_by: who wrote it down or typed it; the applicant themselves, or a name.
        reads_out: who is to read it out.
        reads_out_name: their name, where it is needed to know who.
    """

    words: Mapped[str] = mapped_column(sa.Text)
    handed_in_on: Mapped[dt.date]
    channel: Mapped[Channel] = mapped_column(enum_type(Channel))
    written_down_by: Mapped[str]
    panel_reads: Mapped[PanelReads] = mapped_column(enum_type(PanelReads))
    reads_out: Mapped[ReadsOut] = mapped_column(enum_type(ReadsOut))
    reads_out_name: Mapped[str]


class Statement(_Handed, Edited, Base):
    """What a victim wants the meeting to hear, word for word; locked when the meeting opens.

    Attributes:
        party_id: the victim whose words these are.
    """

    __tablename__ = "statement"
    __table_args__ = {"info": {"scope": "statement"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), unique=True)


class EarlierStatement(_Handed, Base):
    """A statement as it stood before it was changed; who had saved it so, and when."""

    __tablename__ = "earlier_statement"
    __table_args__ = (
        sa.UniqueConstraint("statement_id", "number"),
        {"info": {"scope": "statement"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(sa.ForeignKey("statement.id"))
    number: Mapped[int]
    saved_at: Mapped[dt.datetime | None]
    saved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class StatementReading(Base):
    """A statement was read out: by whom, and when that was noted; the last one noted counts."""

    __tablename__ = "statement_reading"
    __table_args__ = {"info": {"scope": "statement"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(sa.ForeignKey("statement.id"), index=True)
    read_by: Mapped[ReadsOut] = mapped_column(enum_type(ReadsOut))
    read_by_name: Mapped[str]
    noted_at: Mapped[dt.datetime]
    noted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class Wishes(Edited, Base):
    """What a victim would like to happen, as it was typed in their sight."""

    __tablename__ = "wishes"
    __table_args__ = {"info": {"scope": "opening"}}

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    words: Mapped[str] = mapped_column(sa.Text)


class OpeningVisit(Base):
    """One stay of an applicant in a sitting; at most one has not ended.

    Attributes:
        party_id: the victim whose opening section it is.
        stands_in_id: the applicant representative who comes in their place, with their consent.
        with_them: who comes in with them, as the screen says it; empty where nobody does.
        rings_today: who gets in touch with them today, and when; written to them.
        step: which of the four steps is now, from 1.
        left_at: none while they are in the room or on the call.
    """

    __tablename__ = "opening_visit"
    __table_args__ = (
        sa.CheckConstraint("step BETWEEN 1 AND 4", name="four_steps"),
        {"info": {"scope": "opening"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    sitting: Mapped[int]
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    stands_in_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    is_remote: Mapped[bool]
    with_them: Mapped[str] = mapped_column(sa.String(300))
    rings_today: Mapped[str] = mapped_column(sa.String(300))
    step: Mapped[int] = mapped_column(default=1)
    entered_at: Mapped[dt.datetime]
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    left_at: Mapped[dt.datetime | None]
    left_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
