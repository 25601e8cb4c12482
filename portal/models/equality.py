"""Answers to the voluntary questions about who asks: apart from every case, only to be counted."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.equality import (
    AgeBand,
    Disability,
    Ethnicity,
    Orientation,
    Religion,
    SameAsAtBirth,
    Sex,
)


class EqualityAnswer(Base):
    """One set of answers. It holds no case, no draft, no person and no instant.

    Attributes:
        key: random, and the order of the rows: no row number tells which came after which.
        half_year: such as ``2026-2``.
    """

    __tablename__ = "equality_answer"
    # SQLite would number the rows as they come.
    __table_args__ = {"info": {"scope": "equality"}, "sqlite_with_rowid": False}

    key: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"))
    lga_id: Mapped[int] = mapped_column(sa.ForeignKey("local_government_area.id"))
    half_year: Mapped[str] = mapped_column(sa.String(6))
    age_band: Mapped[AgeBand | None] = mapped_column(enum_type(AgeBand))
    sex: Mapped[Sex | None] = mapped_column(enum_type(Sex))
    same_as_at_birth: Mapped[SameAsAtBirth | None] = mapped_column(enum_type(SameAsAtBirth))
    ethnicity: Mapped[Ethnicity | None] = mapped_column(enum_type(Ethnicity))
    religion: Mapped[Religion | None] = mapped_column(enum_type(Religion))
    disability: Mapped[Disability | None] = mapped_column(enum_type(Disability))
    orientation: Mapped[Orientation | None] = mapped_column(enum_type(Orientation))
