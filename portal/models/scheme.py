"""An area's rules as data: versioned, with the day from which a version is in force."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.models.edited import Edited


class SchemeVersion(Base):
    """One version of an area's scheme that was put in force, from its day on.

    A case keeps the version it was received under. What is still being written is a
    ``SchemeDraft``, so that nobody can take it for rules.

    Attributes:
        put_by_id, put_at: who put it in force, and when; none for an area's first version.
    """

    __tablename__ = "scheme_version"
    __table_args__ = (sa.UniqueConstraint("area_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"))
    number: Mapped[int]
    in_force_on: Mapped[dt.date]
    rules: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    put_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    put_at: Mapped[dt.datetime | None]


class SchemeDraft(Edited, Base):
    """The version that an area's office is writing: one at a time, in force for no case."""

    __tablename__ = "scheme_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"), unique=True)
    rules: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[dt.datetime]


class ClosureDay(Base):
    """A day on which an area's office is closed besides the bank holidays."""

    __tablename__ = "closure_day"

    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"), primary_key=True)
    closed_on: Mapped[dt.date] = mapped_column(primary_key=True)
    reason: Mapped[str]


class RegularMeeting(Base):
    """A day of a named meeting of the area that a clock can wait for; the office keeps them."""

    __tablename__ = "regular_meeting"

    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    held_on: Mapped[dt.date] = mapped_column(primary_key=True)


class CountedDays(Base):
    """The days that an area's running clocks were last counted with.

    Attributes:
        days_off: the name of each day off, by its date in ISO form.
        meetings: the dates of each regular meeting, by its name.
    """

    __tablename__ = "counted_days"

    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"), primary_key=True)
    days_off: Mapped[dict[str, str]] = mapped_column(sa.JSON)
    meetings: Mapped[dict[str, list[str]]] = mapped_column(sa.JSON)
