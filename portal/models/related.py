"""Cases that may be about the same: what makes them alike, and what the coordinator found."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.likeness import LONGEST_KEY, Likeness


class CaseLikeness(Base):
    """Something by which a case is like another one, brought to one way of writing it.

    Made anew from the case whenever its parties or its place change.
    """

    __tablename__ = "case_likeness"
    __table_args__ = (
        sa.Index("ix_case_likeness_kind_key", "kind", "key", "case_id"),
        {"info": {"scope": "likeness"}},
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    kind: Mapped[Likeness] = mapped_column(enum_type(Likeness), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(LONGEST_KEY), primary_key=True)


class TieKind(enum.StrEnum):
    """What two cases are to each other, the same from either side."""

    DUPLICATE = "duplicate"
    RELATED = "related"
    NOT_RELATED = "not_related"


_IN_FORCE = sa.column("ended_at").is_(None)


class CaseTie(Base):
    """What the coordinator found of two cases; what was taken back stays, with who and why.

    Attributes:
        first_case_id: the case with the lower number of the two, so that a tie has one row.
    """

    __tablename__ = "case_tie"
    __table_args__ = (
        sa.Index(
            "uq_case_tie_first_second_in_force",
            "first_case_id",
            "second_case_id",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
        sa.CheckConstraint("first_case_id < second_case_id", name="in_order"),
        {"info": {"scope": "tie"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    second_case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    kind: Mapped[TieKind] = mapped_column(enum_type(TieKind))
    reason: Mapped[str] = mapped_column(sa.String(500))
    recorded_at: Mapped[dt.datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[dt.datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    why_ended: Mapped[str] = mapped_column(sa.String(500), default="")
