"""Who has agreed to keep what is said confidential, and who tells the applicant what, and when."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.models.edited import Edited


class ConfidentialityAgreement(Base):
    """Somebody agreed to the confidentiality statement: once a case, to the words of that day.

    Attributes:
        wording: the statement as they read it.
        wording_version: which version of it that was.
    """

    __tablename__ = "confidentiality_agreement"
    __table_args__ = {"info": {"scope": "confidentiality"}}

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    wording_version: Mapped[int]
    wording: Mapped[str] = mapped_column(sa.Text)
    agreed_at: Mapped[dt.datetime]


class TellingKind(enum.StrEnum):
    """What the applicant is told."""

    OUTCOME = "outcome"
    ANSWER = "answer"


class TellingWay(enum.StrEnum):
    """How the applicant is told."""

    CALL = "call"
    VISIT = "visit"
    EMAIL = "email"
    LETTER = "letter"
    SOMEBODY = "somebody"


class Telling(Edited, Base):
    """Something that the applicant will be told: by whom, how, and by when; then that they were.

    Attributes:
        what: what they are told, or the question that they asked; for the whole panel.
        agency_id: for which agency the person does it; none for the chair and the office.
        told_at: when the applicant was told.
    """

    __tablename__ = "telling"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.CheckConstraint("(told_at IS NULL) = (told_by_id IS NULL)", name="told_by_somebody"),
        sa.Index("ix_telling_told_at_due_at", "told_at", "due_at"),
        {"info": {"scope": "telling"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    number: Mapped[int]
    kind: Mapped[TellingKind] = mapped_column(enum_type(TellingKind))
    what: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"))
    way: Mapped[TellingWay] = mapped_column(enum_type(TellingWay))
    due_at: Mapped[dt.datetime]
    told_at: Mapped[dt.datetime | None]
    told_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
