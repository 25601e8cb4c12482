"""What a victim agreed to, and took back; nothing of it is ever overwritten."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type


class ConsentMethod(enum.StrEnum):
    """How a victim gave consent."""

    WRITTEN = "written"
    SIGNED = "signed"
    SPOKEN = "spoken"
    ONLINE = "online"


class Consent(Base):
    """A victim's consent that somebody acts for them; a new one is a new row.

    Attributes:
        party_id: the victim who consents.
        applicant_representative_id: who acts for them; none only in old records of a case in which
            nobody did: it covers nobody.
        covers_being_told: the applicant representative may be told how the case goes.
        covers_meeting: they may come to the meeting in the victim's place.
        covers_appeal: they may appeal for the victim.
        wording: the words that the victim was shown or read.
        evidence: where the proof is.
        recorded_by_id: none where it came with a request that the applicant sent themselves.
    """

    __tablename__ = "consent"
    __table_args__ = {"info": {"scope": "consent"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    applicant_representative_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    covers_being_told: Mapped[bool]
    covers_meeting: Mapped[bool]
    covers_appeal: Mapped[bool]
    wording: Mapped[str] = mapped_column(sa.Text)
    method: Mapped[ConsentMethod] = mapped_column(enum_type(ConsentMethod))
    given_on: Mapped[dt.date]
    evidence: Mapped[str] = mapped_column(sa.String(500))
    recorded_at: Mapped[dt.datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class ConsentWithdrawal(Base):
    """A consent was taken back."""

    __tablename__ = "consent_withdrawal"
    __table_args__ = {"info": {"scope": "consent"}}

    consent_id: Mapped[int] = mapped_column(sa.ForeignKey("consent.id"), primary_key=True)
    withdrawn_on: Mapped[dt.date]
    reason: Mapped[str] = mapped_column(sa.String(500))
    recorded_at: Mapped[dt.datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class ContactConsent(Base):
    """An agency that may have the applicant's address, phone and email, until it ends.

    Attributes:
        recorded_by_id: none where it came with a request that the applicant sent themselves.
    """

    __tablename__ = "contact_consent"
    __table_args__ = (
        sa.Index("ix_contact_consent_case_agency", "case_id", "agency_id"),
        {"info": {"scope": "consent"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"))
    agreed_on: Mapped[dt.date]
    recorded_at: Mapped[dt.datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[dt.datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
