"""The clocks of a case, what they were counted from, and what became of them."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type
from portal.domain.clocks.rules import Clock, ClockEvent


class CaseClock(Base):
    """A clock of a case: started by an event, stopped by another, with the day it is due.

    Attributes:
        started_on: the London day that it is counted from.
        due_on: its last London day, or ``NEVER`` while that cannot be said.
        due_at: the instant at which a limit in hours ends.
        stopped_at: the instant of the event that ended it; none for what ended before events
            were kept, or while it runs.
        is_paused: it stands still until it is resumed.
    """

    __tablename__ = "case_clock"
    __table_args__ = {"info": {"scope": "clock"}}

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    clock: Mapped[Clock] = mapped_column(enum_type(Clock), primary_key=True)
    started_on: Mapped[dt.date]
    due_on: Mapped[dt.date] = mapped_column(index=True)
    due_at: Mapped[dt.datetime | None]
    stopped_on: Mapped[dt.date | None]
    stopped_at: Mapped[dt.datetime | None]
    is_paused: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


class RecordedEvent(Base):
    """When something happened on a case that a clock starts from or ends with.

    Attributes:
        happened_at: noon in London where only the day is known; for a meeting ahead, its start.
    """

    __tablename__ = "recorded_event"
    __table_args__ = {"info": {"scope": "clock"}}

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    event: Mapped[ClockEvent] = mapped_column(enum_type(ClockEvent), primary_key=True)
    happened_at: Mapped[dt.datetime]


class ClockEntryKind(enum.StrEnum):
    """What became of a clock."""

    PAUSED = "paused"
    RESUMED = "resumed"
    MOVED = "moved"
    LATE = "late"


class ClockEntry(Base):
    """A line in the history of a clock; nothing in it is ever changed.

    Attributes:
        on_day: the London day from which it holds.
        reason: why, as the coordinator wrote it, or what moved it.
        due_before, due_after: of what moved it; ``NEVER`` where there was no day.
        new_day: by when it is meant to be done, where it is late.
        told_on: when the applicant was told that it is late.
        person_id: none where the portal itself counted again.
    """

    __tablename__ = "clock_entry"
    __table_args__ = {"info": {"scope": "clock"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), index=True)
    clock: Mapped[Clock] = mapped_column(enum_type(Clock))
    kind: Mapped[ClockEntryKind] = mapped_column(enum_type(ClockEntryKind))
    on_day: Mapped[dt.date]
    reason: Mapped[str] = mapped_column(sa.Text)
    due_before: Mapped[dt.date | None]
    due_after: Mapped[dt.date | None]
    new_day: Mapped[dt.date | None]
    told_on: Mapped[dt.date | None]
    recorded_at: Mapped[dt.datetime]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
