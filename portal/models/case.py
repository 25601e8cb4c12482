"""The case: who asked, about what, what was decided, and its clocks."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.answers import Answer
from portal.domain.caselists import NEVER
from portal.domain.clocks.rules import Clock
from portal.domain.stages import Stage
from portal.domain.threshold.advice import Advised
from portal.domain.threshold.facts import ReportState, Response
from portal.models.edited import Edited


class Channel(enum.StrEnum):
    """How a request reached the office."""

    PHONE = "phone"
    POST = "post"
    EMAIL = "email"
    VISIT = "visit"
    FORM = "form"


class Case(Base):
    """A request for a review and all that follows from it.

    Attributes:
        keyed_by_id: who typed it in; none where the applicant sent it themselves.
        next_due_on: the day on which the first of its running clocks ends, or ``NEVER``; kept by
            ``services.clocks`` so that lists need not work it out.
        next_clock: which clock that is.
    """

    __tablename__ = "review_case"
    __table_args__ = (
        sa.Index("ix_review_case_area_received", "area_id", "received_at", "id"),
        sa.Index("ix_review_case_area_due", "area_id", "next_due_on", "reference"),
        sa.Index("ix_review_case_area_stage_due", "area_id", "stage", "next_due_on", "reference"),
        {"info": {"scope": "case"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"))
    lga_id: Mapped[int] = mapped_column(sa.ForeignKey("local_government_area.id"))
    scheme_version_id: Mapped[int] = mapped_column(sa.ForeignKey("scheme_version.id"))
    reference: Mapped[str] = mapped_column(sa.String(20), unique=True)
    stage: Mapped[Stage] = mapped_column(enum_type(Stage))
    channel: Mapped[Channel] = mapped_column(enum_type(Channel))
    received_at: Mapped[dt.datetime]
    keyed_at: Mapped[dt.datetime]
    keyed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    place: Mapped[str]
    summary: Mapped[str] = mapped_column(sa.Text)
    safe_contact: Mapped[str] = mapped_column(sa.String(500))
    next_due_on: Mapped[dt.date] = mapped_column(default=NEVER, server_default=NEVER.isoformat())
    next_clock: Mapped[Clock | None] = mapped_column(enum_type(Clock))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class PartyRole(enum.StrEnum):
    """What somebody is in a case."""

    APPLICANT_AND_VICTIM = "applicant_and_victim"
    VICTIM = "victim"
    APPLICANT_REPRESENTATIVE = "applicant_representative"
    RESPONDENT = "respondent"
    WITNESS = "witness"

    @property
    def is_victim(self) -> bool:
        """Whether it is done to them."""
        return self in {PartyRole.APPLICANT_AND_VICTIM, PartyRole.VICTIM}

    @property
    def asks(self) -> bool:
        """Whether they ask for the review, for themselves or for a victim."""
        return self in {PartyRole.APPLICANT_AND_VICTIM, PartyRole.APPLICANT_REPRESENTATIVE}


class PartyKind(enum.StrEnum):
    """Who can be a party."""

    INDIVIDUAL = "individual"
    BUSINESS = "business"
    GROUP = "group"


class Capacity(enum.StrEnum):
    """As what an applicant representative acts for the victim."""

    FAMILY = "family"
    FRIEND = "friend"
    COUNCILLOR = "councillor"
    MP = "mp"
    PROFESSIONAL = "professional"
    OTHER = "other"


class Party(Edited, Base):
    """Somebody in a case; a party never signs in. Whose name is not known has an empty one.

    Attributes:
        household_of_id: another party of the case, in whose household they live; who has none is
            taken for a household of their own.
    """

    __tablename__ = "party"
    __table_args__ = {"info": {"scope": "party"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    role: Mapped[PartyRole] = mapped_column(enum_type(PartyRole))
    kind: Mapped[PartyKind] = mapped_column(enum_type(PartyKind))
    name: Mapped[str]
    capacity: Mapped[Capacity | None] = mapped_column(enum_type(Capacity))
    organisation: Mapped[str] = mapped_column(default="")
    is_child: Mapped[Answer | None] = mapped_column(enum_type(Answer))
    household_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))


class RemovedParty(Base):
    """The trace of a party who was in a case by mistake: what they were, never who.

    Attributes:
        party_id: the number that they had; nothing has it any more.
        reason: for the coordinator and the chair alone.
    """

    __tablename__ = "removed_party"
    __table_args__ = {"info": {"scope": "party"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    party_id: Mapped[int]
    role: Mapped[PartyRole] = mapped_column(enum_type(PartyRole))
    reason: Mapped[str] = mapped_column(sa.String(500))
    removed_at: Mapped[dt.datetime]
    removed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class PartyContact(Base):
    """Address, phone and email of a party, apart from the party: most readers never get them."""

    __tablename__ = "party_contact"
    __table_args__ = {"info": {"scope": "contact"}}

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), primary_key=True)
    address: Mapped[str] = mapped_column(sa.String(500), default="")
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")


class Incident(Edited, Base):
    """Something that happened to the victim, in the applicant's own words.

    Attributes:
        happened_on, happened_time: none where the day, or the time of day, is not known.
        from_agency_id, import_run_id: where it came from an agency's export, and not from the
            applicant; its words are then the agency's.
        hate: none where it was not asked yet.
    """

    __tablename__ = "incident"
    __table_args__ = {"info": {"scope": "incident"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    happened_on: Mapped[dt.date | None]
    happened_time: Mapped[dt.time | None]
    place: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    account: Mapped[str] = mapped_column(sa.Text)
    hate: Mapped[Answer | None] = mapped_column(enum_type(Answer))
    strands: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    from_agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    import_run_id: Mapped[int | None] = mapped_column(sa.ForeignKey("import_run.id"))


class ReportChannel(enum.StrEnum):
    """How something was reported to an agency."""

    PHONE = "phone"
    ONLINE = "online"
    LETTER = "letter"
    IN_PERSON = "in_person"
    NOT_KNOWN = "not_known"


class Reporter(enum.StrEnum):
    """Who made a report: a party of the case, somebody who is none, or nobody knows."""

    PARTY = "party"
    SOMEBODY_ELSE = "somebody_else"
    NOT_KNOWN = "not_known"


class Report(Edited, Base):
    """A report of an incident to an agency.

    Attributes:
        reported_on: none where the day is not known.
        agency_id: the agency, where it is one of the area.
        reported_to: name of the agency or body as it was then; empty where it is not known.
        how: what more was said of how it was reported.
        from_agency_id, import_run_id: as of the incident.
        state: as it was last set; each setting is a ``ReportStateChange``.
        reporter: none where nobody has said yet who made it.
        reporter_id: the party, where it is one of the case.
    """

    __tablename__ = "report"
    __table_args__ = (
        sa.CheckConstraint(
            "(reporter_id IS NULL) OR (reporter = 'party')", name="party_where_reporter"
        ),
        {"info": {"scope": "incident"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    incident_id: Mapped[int] = mapped_column(sa.ForeignKey("incident.id"), index=True)
    reported_on: Mapped[dt.date | None]
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    reported_to: Mapped[str]
    spoke_to: Mapped[str] = mapped_column(default="")
    channel: Mapped[ReportChannel] = mapped_column(
        enum_type(ReportChannel), default=ReportChannel.NOT_KNOWN
    )
    how: Mapped[str]
    their_reference: Mapped[str] = mapped_column(sa.String(100))
    what_was_done: Mapped[str] = mapped_column(sa.Text)
    from_agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    import_run_id: Mapped[int | None] = mapped_column(sa.ForeignKey("import_run.id"))
    what_was_promised: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[ReportState] = mapped_column(enum_type(ReportState), default=ReportState.CLAIMED)
    reporter: Mapped[Reporter | None] = mapped_column(enum_type(Reporter))
    reporter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))


class ThresholdDecision(Base):
    """The decision whether the threshold is met; kept as it was made.

    Attributes:
        advice: what was advised from the reports as they stood; none for what was decided before
            there was advice.
        response: what the coordinator found was done about the reports; none where that was not
            known.
        departure: why it was decided otherwise than advised; empty where it was not.
        answers: what else a route asked for and was answered, by the name of the fact; what is not
            there was not asked or not known.
    """

    __tablename__ = "threshold_decision"
    __table_args__ = {"info": {"scope": "decision"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), unique=True)
    is_met: Mapped[bool]
    decided_on: Mapped[dt.date]
    reasons: Mapped[str] = mapped_column(sa.Text)
    recorded_at: Mapped[dt.datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    advice: Mapped[Advised | None] = mapped_column(enum_type(Advised))
    response: Mapped[Response | None] = mapped_column(enum_type(Response))
    departure: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    answers: Mapped[dict[str, bool | int]] = mapped_column(
        sa.JSON, default=dict, server_default="{}"
    )


class DecisionBody(Base):
    """A body that agreed to a threshold decision.

    Attributes:
        agreed_on, said_by: none and empty in what was recorded before either was asked.
    """

    __tablename__ = "decision_body"
    __table_args__ = {"info": {"scope": "decision"}}

    decision_id: Mapped[int] = mapped_column(
        sa.ForeignKey("threshold_decision.id"), primary_key=True
    )
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), primary_key=True)
    agreed_on: Mapped[dt.date | None]
    said_by: Mapped[str] = mapped_column(default="", server_default="")


class CaseEvent(Base):
    """A move of a case from stage to stage: when, who, why.

    Attributes:
        person_id: none where it was the applicant.
    """

    __tablename__ = "case_event"
    __table_args__ = {"info": {"scope": "event"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    at: Mapped[dt.datetime]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    stage: Mapped[Stage] = mapped_column(enum_type(Stage))
    reason: Mapped[str]
