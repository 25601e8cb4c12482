"""Who reviews a case: agencies with their people, the chair, and conflicts of interest."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.membership import ConflictKind, Standing


def _one_in_force(name: str, *columns: str, while_empty: str) -> sa.Index:
    """Return an index that lets these columns stand once among the rows that are in force."""
    in_force = sa.column(while_empty).is_(None)
    return sa.Index(name, *columns, unique=True, sqlite_where=in_force, postgresql_where=in_force)


class PanelSeat(Base):
    """An agency's seat on the panel of a case; one that it left stays, joining again is a new one.

    Attributes:
        left_by_id: who let it leave; none where that was before this was kept.
        left_reason: for the coordinator and the chair alone.
    """

    __tablename__ = "panel_seat"
    __table_args__ = (
        _one_in_force(
            "uq_panel_seat_case_agency_in_force", "case_id", "agency_id", while_empty="left_at"
        ),
        sa.CheckConstraint("left_at IS NOT NULL OR left_reason = ''", name="reason_where_left"),
        {"info": {"scope": "panel"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    is_required: Mapped[bool]
    joined_at: Mapped[dt.datetime]
    left_at: Mapped[dt.datetime | None]
    left_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    left_reason: Mapped[str] = mapped_column(sa.String(500), default="")


class PanelMember(Base):
    """Somebody who was named for their agency's seat, and as what."""

    __tablename__ = "panel_member"
    __table_args__ = (
        _one_in_force(
            "uq_panel_member_seat_person_in_force", "seat_id", "person_id", while_empty="left_at"
        ),
        {"info": {"scope": "panel"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("panel_seat.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    standing: Mapped[Standing] = mapped_column(
        enum_type(Standing), default=Standing.AGENCY_REPRESENTATIVE
    )
    named_at: Mapped[dt.datetime]
    named_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    left_at: Mapped[dt.datetime | None]
    left_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class ChairAppointment(Base):
    """The appointment of a chair to a case; one at a time is in force."""

    __tablename__ = "chair_appointment"
    __table_args__ = (
        _one_in_force("uq_chair_appointment_case_in_force", "case_id", while_empty="ended_at"),
        {"info": {"scope": "panel"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    appointed_at: Mapped[dt.datetime]
    declared_none_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]


class Conflict(Base):
    """A conflict of interest; it excludes a person, or all of an agency, and beats every grant.

    Attributes:
        reason: for the coordinator and the chair alone.
        waiver_reason: why a chair may lead the review of a former employer's case; the panel
            reads it.
    """

    __tablename__ = "conflict"
    __table_args__ = (
        _one_in_force(
            "uq_conflict_case_person_in_force", "case_id", "person_id", while_empty="waived_at"
        ),
        sa.UniqueConstraint("case_id", "agency_id"),
        sa.CheckConstraint("(person_id IS NULL) <> (agency_id IS NULL)", name="person_or_agency"),
        sa.CheckConstraint(
            "waived_at IS NULL OR (kind = 'former_employer' AND person_id IS NOT NULL)",
            name="waived_for_former_employer_only",
        ),
        sa.CheckConstraint("(waived_at IS NULL) = (waiver_reason = '')", name="waived_with_reason"),
        {"info": {"scope": "panel"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    kind: Mapped[ConflictKind] = mapped_column(enum_type(ConflictKind), default=ConflictKind.OTHER)
    reason: Mapped[str] = mapped_column(sa.String(500))
    recorded_at: Mapped[dt.datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    waived_at: Mapped[dt.datetime | None]
    waived_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    waiver_reason: Mapped[str] = mapped_column(sa.String(500), default="")


class ActionPassedOn(Base):
    """An action whose owner left the case, and who has it now."""

    __tablename__ = "action_passed_on"
    __table_args__ = {"info": {"scope": "action"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action.id"), index=True)
    from_person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    to_person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"))
    passed_at: Mapped[dt.datetime]
