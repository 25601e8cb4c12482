"""What the applicant's side and the office write to one another."""

import datetime as dt
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

OWN_PAGE: Final = "own-page-"
"""How the key of the email begins that tells a party that a message waits; its number follows."""


class ApplicantMessage(Base):
    """A message between one party of the applicant's side and the office; it is never changed.

    Attributes:
        party_id: whose it is: no other party of the case reads it.
        person_id: who wrote it for the office, or the support worker who wrote it for the party;
            none where the party wrote it.
        read_at: when the office was done with it, by an answer or without one.
    """

    __tablename__ = "applicant_message"
    __table_args__ = {"info": {"scope": "applicant_message"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id", ondelete="CASCADE"), index=True)
    is_from_office: Mapped[bool]
    words: Mapped[str] = mapped_column(sa.Text)
    sent_at: Mapped[dt.datetime]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    read_at: Mapped[dt.datetime | None]
