"""Who stands by a victim: the victim has said yes to this support worker."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.models.consent import ConsentMethod

_IN_FORCE = sa.column("ended_at").is_(None)


class SupportAccepted(Base):
    """A victim accepted a support worker; what ended stays, accepting again is a new row.

    Attributes:
        party_id: the victim.
        person_id: the support worker.
        accepted_on: the day on which the victim said yes.
        method: how they said it.
    """

    __tablename__ = "support_accepted"
    __table_args__ = (
        sa.Index(
            "uq_support_accepted_party_person_in_force",
            "party_id",
            "person_id",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
        sa.CheckConstraint(
            "ended_at IS NOT NULL OR ended_by_id IS NULL", name="ended_by_where_ended"
        ),
        {"info": {"scope": "support"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    accepted_on: Mapped[dt.date]
    method: Mapped[ConsentMethod] = mapped_column(enum_type(ConsentMethod))
    recorded_at: Mapped[dt.datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[dt.datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
