"""How a paper reaches the applicant's side: what is safe, what went, and each step of it."""

import datetime as dt
import enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.answers import Answer
from portal.domain.delivery import SafeWay, WhyHeld
from portal.models.edited import Edited


class SafeReach(Edited, Base):
    """How it is safe to reach a party of the applicant's side, as they said it.

    Attributes:
        way: chosen for papers.
        email_is_safe, post_is_safe, voicemail_is_safe: none where it was not asked.
        is_confirmed: false once the case's safe contact was written anew: they are asked again
            before anything goes.
    """

    __tablename__ = "safe_reach"
    __table_args__ = {"info": {"scope": "contact"}}

    party_id: Mapped[int] = mapped_column(
        sa.ForeignKey("party.id", ondelete="CASCADE"), primary_key=True
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    way: Mapped[SafeWay] = mapped_column(enum_type(SafeWay))
    email_is_safe: Mapped[Answer | None] = mapped_column(enum_type(Answer, "email_is_safe"))
    post_is_safe: Mapped[Answer | None] = mapped_column(enum_type(Answer, "post_is_safe"))
    voicemail_is_safe: Mapped[Answer | None] = mapped_column(enum_type(Answer, "voicemail_is_safe"))
    times: Mapped[str]
    who_may_answer: Mapped[str]
    is_confirmed: Mapped[bool]


class SafeReachChange(Base):
    """A change of how it is safe to reach somebody, with the answers that stood before."""

    __tablename__ = "safe_reach_change"
    __table_args__ = (
        sa.UniqueConstraint("party_id", "number"),
        {"info": {"scope": "contact"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id", ondelete="CASCADE"))
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    number: Mapped[int]
    at: Mapped[dt.datetime]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    before: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


class PostState(enum.StrEnum):
    """How far a paper has got."""

    HELD = "held"
    WAITING = "waiting"
    GONE = "gone"
    CAME_BACK = "came_back"
    TAKEN_BACK = "taken_back"


class Delivery(Base):
    """An issued paper on its way to one party; another try by another way is another row.

    Attributes:
        way: none as long as it is held.
        why_held: none once it is not.
        is_instead: the office chose the way for this paper, as theirs had failed.
        ended_at: it came back or was taken back; its link opens nothing any more.
        sent_to: the email address that its link went to; empty for every other way.
        link_hash: of the link; the link itself is stored nowhere.
        link_until: the last instant at which the link opens the paper.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        sa.Index(
            "uq_delivery_document_party_in_force",
            "document_id",
            "party_id",
            unique=True,
            sqlite_where=sa.column("ended_at").is_(None),
            postgresql_where=sa.column("ended_at").is_(None),
        ),
        sa.CheckConstraint("(why_held IS NOT NULL) = (way IS NULL)", name="way_unless_held"),
        {"info": {"scope": "delivery"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    way: Mapped[SafeWay | None] = mapped_column(enum_type(SafeWay))
    why_held: Mapped[WhyHeld | None] = mapped_column(enum_type(WhyHeld))
    is_instead: Mapped[bool] = mapped_column(default=False)
    state: Mapped[PostState] = mapped_column(enum_type(PostState), index=True)
    made_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    sent_to: Mapped[str] = mapped_column(sa.String(254), default="")
    link_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    link_until: Mapped[dt.datetime | None]


class StepKind(enum.StrEnum):
    """Something that was done with a paper on its way."""

    MADE = "made"
    POSTED = "posted"
    CAME_BACK = "came_back"
    TRIED = "tried"
    REACHED = "reached"
    READ_OUT = "read_out"
    CODE_SENT = "code_sent"
    CODE_TOLD = "code_told"
    OPENED = "opened"
    TRIED_AGAIN = "tried_again"
    TAKEN_BACK = "taken_back"


class DeliveryStep(Base):
    """A step of a delivery.

    Attributes:
        person_id: who did it; none where the receiver did.
        words: what was said on the phone; empty for every other step.
    """

    __tablename__ = "delivery_step"
    __table_args__ = {"info": {"scope": "delivery"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(sa.ForeignKey("delivery.id"), index=True)
    kind: Mapped[StepKind] = mapped_column(enum_type(StepKind))
    at: Mapped[dt.datetime]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(sa.Text, default="")


class DeliveryCode(Base):
    """A code that opens a link, once; it is stored only as its hash.

    Attributes:
        is_told: by the coordinator, on the phone or on paper; any other was sent.
        tries: how often a code was typed while this one was open.
    """

    __tablename__ = "delivery_code"
    __table_args__ = {"info": {"scope": "delivery"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(sa.ForeignKey("delivery.id"), index=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    is_told: Mapped[bool]
    made_at: Mapped[dt.datetime]
    until: Mapped[dt.datetime]
    tries: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[dt.datetime | None]
