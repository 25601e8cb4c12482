"""When a report was followed by nothing for more than a month."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

_DAYS_OF_A_WEEK: Final = 7
_DECEMBER: Final = 12


@dataclass(frozen=True)
class Gap:
    """The time after a report in which nothing is known to have been done.

    Attributes:
        since: the day of the report.
        until: the day of what was done next, or today where nothing was.
        is_over: something was done in the end.
    """

    since: date
    until: date
    is_over: bool

    @property
    def days(self) -> int:
        """Return how long it was, in days."""
        return (self.until - self.since).days

    @property
    def weeks(self) -> int:
        """Return how many whole weeks it was."""
        return self.days // _DAYS_OF_A_WEEK


def month_after(day: date) -> date:
    """Return the same day of the next month, or that month's last day where it has none."""
    year, month = (day.year + 1, 1) if day.month == _DECEMBER else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def gap_after(reported_on: date, acted_on: Iterable[date], today: date) -> Gap | None:
    """Return the gap after a report, where more than a calendar month passed before any action.

    Args:
        reported_on: London day of the report.
        acted_on: London days of whatever was done, before or after, in any order. Those that the
            reader may not know of are left out by the caller, so that a gap never tells of them.
        today: London day; a gap that is not over runs until now.
    """
    after = min((day for day in acted_on if reported_on <= day <= today), default=None)
    until = today if after is None else after
    if until <= month_after(reported_on):
        return None
    return Gap(reported_on, until, is_over=after is not None)
