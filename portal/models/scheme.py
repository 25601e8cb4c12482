"""An area's rules as data: versioned, with the day from which a version is in force."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class SchemeVersion(Base):
    """One version of an area's scheme; a case keeps the version it was received under."""

    __tablename__ = "scheme_version"
    __table_args__ = (sa.UniqueConstraint("area_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"))
    number: Mapped[int]
    in_force_on: Mapped[dt.date]
    rules: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


class ClosureDay(Base):
    """A day on which an area's office is closed besides the bank holidays."""

    __tablename__ = "closure_day"

    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"), primary_key=True)
    closed_on: Mapped[dt.date] = mapped_column(primary_key=True)
    reason: Mapped[str]
