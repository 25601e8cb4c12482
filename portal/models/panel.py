"""Who reviews a case: agencies with their people, the chair, and conflicts of interest."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class PanelSeat(Base):
    """An agency's seat on the panel of a case."""

    __tablename__ = "panel_seat"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "agency_id"),
        {"info": {"scope": "panel"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    is_required: Mapped[bool]
    joined_at: Mapped[dt.datetime]


class PanelMember(Base):
    """An agency representative who was named for their agency's seat."""

    __tablename__ = "panel_member"
    __table_args__ = (
        sa.UniqueConstraint("seat_id", "person_id"),
        {"info": {"scope": "panel"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("panel_seat.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    named_at: Mapped[dt.datetime]


class ChairAppointment(Base):
    """The appointment of a chair to a case; one at a time is in force."""

    __tablename__ = "chair_appointment"
    __table_args__ = (
        sa.Index(
            "uq_chair_appointment_case_in_force",
            "case_id",
            unique=True,
            sqlite_where=sa.column("ended_at").is_(None),
            postgresql_where=sa.column("ended_at").is_(None),
        ),
        {"info": {"scope": "panel"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    appointed_at: Mapped[dt.datetime]
    declared_none_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]


class Conflict(Base):
    """A conflict of interest; it excludes the person from the case and beats every grant."""

    __tablename__ = "conflict"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "person_id"),
        {"info": {"scope": "panel"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    recorded_at: Mapped[dt.datetime]
    reason: Mapped[str] = mapped_column(sa.String(500))
