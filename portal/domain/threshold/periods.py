"""Periods of the threshold: how long after a day, or back from one, still counts.

A month that has no such day ends on its last day, in both readings of a period (an incident on
31 January: the last day is 28 February). "Beginning with" a day ends a day earlier than "within
... of" it: incident on 10 March, last day 9 April against 10 April.
"""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum

_MONTHS_OF_A_YEAR = 12
_DAY = dt.timedelta(days=1)


class PeriodUnit(StrEnum):
    """What a period of a rule counts; none of them knows of working days."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True)
class Period:
    """Such as six months.

    Attributes:
        number: 1 or more.
    """

    number: int
    unit: PeriodUnit

    def __str__(self) -> str:
        unit = self.unit.value
        return f"{self.number} {unit.removesuffix('s') if self.number == 1 else unit}"


def last_day(start: dt.date, period: Period, *, beginning_with: bool = False) -> dt.date:
    """Return the last day of a period after a day.

    Args:
        start: the day that it is counted from.
        period: how long.
        beginning_with: the day itself is the first of the period (section 104(11)).
    """
    end, is_clipped = _moved(start, period, 1)
    return end - _DAY if beginning_with and not is_clipped else end


def first_day_back(end: dt.date, period: Period) -> dt.date:
    """Return the first day of a period that is counted back from a day, which is its last."""
    return _moved(end, period, -1)[0]


def first_day_in_time(end: dt.date, period: Period) -> dt.date:
    """Return the first day whose period, beginning with that day, reaches another day.

    Asked for on 1 April, within six months beginning with the report: 2 October.
    """
    day = first_day_back(end, period)
    while last_day(day, period, beginning_with=True) < end:
        day += _DAY
    return day


def _moved(day: dt.date, period: Period, sign: int) -> tuple[dt.date, bool]:
    """Return the day a period away, and whether its month was too short for it.

    Beyond the calendar it is the calendar's last, or first, day: nothing can be later.
    """
    months = _months(period)
    try:
        if not months:
            return day + sign * _days(period), False
        total = day.year * _MONTHS_OF_A_YEAR + day.month - 1 + sign * months
        year, month = divmod(total, _MONTHS_OF_A_YEAR)
        longest = monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, min(day.day, longest)), day.day > longest
    except (OverflowError, ValueError, IndexError):
        return (dt.date.max if sign > 0 else dt.date.min), False


def _months(period: Period) -> int:
    if period.unit is PeriodUnit.YEARS:
        return period.number * _MONTHS_OF_A_YEAR
    return period.number if period.unit is PeriodUnit.MONTHS else 0


def _days(period: Period) -> dt.timedelta:
    return dt.timedelta(**{period.unit.value: period.number})
