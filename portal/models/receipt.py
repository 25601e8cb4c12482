"""What happens when a request has reached the office: who was told, the calls, the support."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.models.consent import ConsentMethod
from portal.models.edited import Edited


class SharedInbox(Edited, Base):
    """The address at which an agency, or a community safety partnership, is told of a request.

    Attributes:
        agency_id: the agency; or
        lga_id: the local government area whose partnership it is.
        email: empty where the office rings them.
    """

    __tablename__ = "shared_inbox"
    __table_args__ = (
        sa.CheckConstraint("(agency_id IS NULL) <> (lga_id IS NULL)", name="one_body"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"), unique=True)
    lga_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("local_government_area.id"), unique=True
    )
    email: Mapped[str] = mapped_column(sa.String(254))


class Occasion(enum.StrEnum):
    """What a body is told of."""

    RECEIPT = "receipt"
    DECISION = "decision"
    PLAN = "plan"


class PassedOn(Base):
    """A body that was told of a request, of its decision or of its plan; or is to be rung.

    Attributes:
        agency_id: the agency; or
        lga_id: the local government area whose community safety partnership was told.
        body: what it was called then.
        person_id: by whose doing; none where the applicant sent the request themselves.
        sent_to: empty where no address was known, so that the office rings.
        message_id: what was sent.
        told_at: when somebody wrote down that the body was rung; none with a message alone.
        told_whom: who answered.
    """

    __tablename__ = "passed_on"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "occasion", "agency_id"),
        sa.UniqueConstraint("case_id", "occasion", "lga_id"),
        sa.CheckConstraint("(agency_id IS NULL) <> (lga_id IS NULL)", name="one_body"),
        sa.CheckConstraint("(sent_to = '') = (message_id IS NULL)", name="message_where_sent"),
        {"info": {"scope": "receipt"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    occasion: Mapped[Occasion] = mapped_column(enum_type(Occasion))
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    lga_id: Mapped[int | None] = mapped_column(sa.ForeignKey("local_government_area.id"))
    body: Mapped[str]
    at: Mapped[dt.datetime]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    sent_to: Mapped[str] = mapped_column(sa.String(254))
    message_id: Mapped[int | None] = mapped_column(sa.ForeignKey("outbox_message.id"))
    told_at: Mapped[dt.datetime | None]
    told_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    told_whom: Mapped[str] = mapped_column(sa.String(200), default="")


class CallWay(enum.StrEnum):
    """How somebody tried to reach the applicant."""

    PHONE = "phone"
    TEXT = "text"
    VISIT = "visit"


class CallOutcome(enum.StrEnum):
    """What came of a try to reach the applicant."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    SOMEBODY_ELSE = "somebody_else"
    WRONG_NUMBER = "wrong_number"


class FirstCall(Base):
    """A try to reach the applicant after the request, and what came of it; never overwritten.

    Attributes:
        number: of the try, counted in the case from 1.
        used: the number that was rung, or where the visit was.
        who_answered: empty where nobody did.
        said: what was said; for the coordinator and the chair alone.
        added: what it added to the request.
        next_on: the day of the next contact, where one was agreed.
    """

    __tablename__ = "first_call"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"), {"info": {"scope": "call"}})

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    number: Mapped[int]
    tried_at: Mapped[dt.datetime]
    way: Mapped[CallWay] = mapped_column(enum_type(CallWay))
    used: Mapped[str] = mapped_column(sa.String(200))
    outcome: Mapped[CallOutcome] = mapped_column(enum_type(CallOutcome))
    who_answered: Mapped[str] = mapped_column(sa.String(200))
    said: Mapped[str] = mapped_column(sa.Text)
    added: Mapped[str] = mapped_column(sa.Text)
    next_on: Mapped[dt.date | None]
    recorded_at: Mapped[dt.datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class NextContact(Base):
    """The day on which the applicant of a case hears from the office next; gone once they have.

    Attributes:
        is_asked: the applicant asked to talk to somebody that day.
    """

    __tablename__ = "next_contact"
    __table_args__ = {"info": {"scope": "call"}}

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    due_on: Mapped[dt.date] = mapped_column(index=True)
    is_asked: Mapped[bool]


class SupportAnswer(enum.StrEnum):
    """What a victim said to an offer of support."""

    YES = "yes"
    NO = "no"
    LATER = "later"


class SupportOffer(Base):
    """Support that was offered to a victim, and their answer; another answer is another row.

    Attributes:
        what: that was offered.
        wording: the words of the consent that the victim was shown or read; empty without a yes.
        method: how they said yes.
        taken_back_at: the victim took their yes back.
    """

    __tablename__ = "support_offer"
    __table_args__ = (
        sa.CheckConstraint("(answer = 'yes') = (method IS NOT NULL)", name="method_where_yes"),
        sa.CheckConstraint("answer = 'yes' OR taken_back_at IS NULL", name="taken_back_where_yes"),
        {"info": {"scope": "referral"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    offered_on: Mapped[dt.date]
    what: Mapped[str] = mapped_column(sa.String(500))
    answer: Mapped[SupportAnswer] = mapped_column(enum_type(SupportAnswer))
    wording: Mapped[str] = mapped_column(sa.Text)
    method: Mapped[ConsentMethod | None] = mapped_column(enum_type(ConsentMethod))
    recorded_at: Mapped[dt.datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    taken_back_at: Mapped[dt.datetime | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class SupportReferral(Base):
    """A victim who said yes was referred to a service."""

    __tablename__ = "support_referral"
    __table_args__ = {"info": {"scope": "referral"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    offer_id: Mapped[int] = mapped_column(sa.ForeignKey("support_offer.id"))
    service_name: Mapped[str] = mapped_column(sa.String(200))
    sent_on: Mapped[dt.date]
    recorded_at: Mapped[dt.datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class ReferralOutcome(enum.StrEnum):
    """What became of a referral."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NO_CAPACITY = "no_capacity"
    ENDED = "ended"


class ReferralStep(Base):
    """What a service answered to a referral, or that it ended, and on which day."""

    __tablename__ = "referral_step"
    __table_args__ = {"info": {"scope": "referral"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    referral_id: Mapped[int] = mapped_column(sa.ForeignKey("support_referral.id"))
    outcome: Mapped[ReferralOutcome] = mapped_column(enum_type(ReferralOutcome))
    on_day: Mapped[dt.date]
    words: Mapped[str] = mapped_column(sa.String(500))
    recorded_at: Mapped[dt.datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
