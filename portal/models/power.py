"""The guide to powers in use: what an area has switched on, and what a panel said of each."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.powers_considered import PowerResult, WhyNotRight
from portal.models.edited import Edited


class PowerSwitch(Base):
    """An area switched a power of the guide on, or off again; the last one holds.

    Attributes:
        power: id of the guide.
        number: 1 for the first switch of this power in the area.
        from_on: the London day from which it is on; for off, the day of the switch.
        reason: on what the administrator relies.
    """

    __tablename__ = "power_switch"
    __table_args__ = (sa.UniqueConstraint("area_id", "power", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("area.id"))
    power: Mapped[str] = mapped_column(sa.String(60))
    number: Mapped[int]
    is_on: Mapped[bool]
    from_on: Mapped[dt.date]
    reason: Mapped[str] = mapped_column(sa.String(500))
    switched_at: Mapped[dt.datetime]
    switched_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class PowerConsidered(Edited, Base):
    """What the meeting said of a power for an agency; panel-wide text.

    Attributes:
        power: id of the guide.
        on_day: when it was used, or by when it would be.
        who: who would use it, where it is possible now.
        words: what came of it; what is missing; if what; why it is not right.
        why_not: only where it is not right, and then always, with words.
    """

    __tablename__ = "power_considered"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.UniqueConstraint("case_id", "power", "agency_id"),
        sa.CheckConstraint("(result = 'not_right') = (why_not IS NOT NULL)", name="code_if_not"),
        sa.CheckConstraint("words <> ''", name="words"),
        {"info": {"scope": "power_considered"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    number: Mapped[int]
    power: Mapped[str] = mapped_column(sa.String(60))
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"))
    result: Mapped[PowerResult] = mapped_column(enum_type(PowerResult, "result"))
    on_day: Mapped[dt.date | None]
    who: Mapped[str]
    words: Mapped[str] = mapped_column(sa.Text)
    why_not: Mapped[WhyNotRight | None] = mapped_column(enum_type(WhyNotRight, "why_not"))
