"""The time: the only module that reads it. Everything else is handed a clock or an instant."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol


class Clock(Protocol):
    """Something that knows what time it is."""

    def now(self) -> dt.datetime:
        """Return the present instant, aware, in UTC."""


class SystemClock:
    """The computer's own time."""

    def now(self) -> dt.datetime:
        """Return the present instant, aware, in UTC."""
        return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class OffsetClock:
    """A clock that started at another instant and runs on at the usual pace."""

    offset: dt.timedelta
    base: Clock

    @classmethod
    def starting_at(cls, start: dt.datetime, base: Clock) -> "OffsetClock":
        """Return a clock that says ``start`` (aware) now."""
        return cls(start.astimezone(dt.UTC) - base.now(), base)

    def now(self) -> dt.datetime:
        """Return the moved instant, aware, in UTC."""
        return self.base.now() + self.offset
