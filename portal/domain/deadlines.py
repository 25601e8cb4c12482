"""Deadlines: when a clock ends, and how that was worked out, in words.

A deadline is a London date and lasts to the end of that day: arithmetic on instants would shift by
an hour where the clocks change. The day after the event is day one, also when the event falls on a
weekend or at night. Working days are Monday to Friday less the bank holidays of England and Wales
and the area's own closure days. The Act sets no way of counting; this one is ours, and every page
that shows a deadline shows how it was counted.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from portal.domain.dates import LONDON, MONTHS, in_words
from portal.domain.pauses import Pause, is_paused_on

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2200, 12, 31)

WEEKEND: Final = "weekend"

DaysOff: TypeAlias = frozenset[date]
"""Bank holidays and the area's closure days; weekends are worked out."""

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_MONTHS_OF_A_YEAR: Final = 12
_DAYS_OF_A_WEEK: Final = 7


class DeadlineRangeError(ValueError):
    """A date lies before 1900 or after 2200, where no deadline of ours can be."""

    def __init__(self) -> None:
        super().__init__(f"Dates must be between {in_words(FIRST_DAY)} and {in_words(LAST_DAY)}")


class Unit(StrEnum):
    """What a limit counts: hours from an instant, all else in days from a day.

    All but working days are calendar periods.
    """

    HOURS = "hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True)
class Limit:
    """A period such as 10 working days.

    Attributes:
        number: How many, 1 or more.
        unit: Of what.

    Raises:
        ValueError: The number is less than 1.
    """

    number: int
    unit: Unit

    def __post_init__(self) -> None:
        _require_at_least_one(self.number)

    def __str__(self) -> str:
        unit = self.unit.replace("_", " ")
        return f"{self.number} {unit.removesuffix('s') if self.number == 1 else unit}"


def is_weekend(day: date) -> bool:
    """Return whether the day is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def is_working_day(day: date, days_off: DaysOff) -> bool:
    """Return whether the day is Monday to Friday and none of the days off."""
    return not is_weekend(day) and day not in days_off


def add_working_days(day: date, n: int, days_off: DaysOff) -> date:
    """Return the nth working day after the day; the day itself never counts.

    Args:
        day: The London day of the event.
        n: Working days, 1 or more.
        days_off: Bank holidays and closure days.

    Raises:
        ValueError: n is less than 1.
        DeadlineRangeError: The result would lie after 2200.
    """
    return _step_working_days(day, n, days_off, _DAY)


def subtract_working_days(day: date, n: int, days_off: DaysOff) -> date:
    """Return the nth working day before the day, as in "2 working days before the meeting".

    Args:
        day: The London day of what is ahead.
        n: Working days, 1 or more.
        days_off: Bank holidays and closure days.

    Raises:
        ValueError: n is less than 1.
        DeadlineRangeError: The result would lie before 1900.
    """
    return _step_working_days(day, n, days_off, -_DAY)


def due_on(start: date, limit: Limit, days_off: DaysOff) -> date:
    """Return the last day of the limit that starts with an event on the day.

    Days, weeks and months are of the calendar. A month without the day ends on its last day, and
    an end on a weekend or day off moves to the next working day.

    Args:
        start: The London day of the event; day one is the day after.
        limit: How long.
        days_off: Bank holidays and closure days.

    Raises:
        ValueError: The limit is in hours, which are counted from an instant.
        DeadlineRangeError: The start or the end lies before 1900 or after 2200.
    """
    if limit.unit is Unit.WORKING_DAYS:
        return add_working_days(start, limit.number, days_off)
    return _off_days_off(_calendar_end(start, limit, _DAY), days_off, _DAY)


def due_before(event: date, limit: Limit, days_off: DaysOff) -> date:
    """Return the last day on which something that must precede an event can be done.

    The mirror of `due_on`: calendar periods that begin on a day off move to an earlier working day,
    so that nobody gets less time than the limit says.

    Args:
        event: The London day of what is ahead.
        limit: How long before it.
        days_off: Bank holidays and closure days.

    Raises:
        ValueError: The limit is in hours, which are counted from an instant.
        DeadlineRangeError: The event or the result lies before 1900 or after 2200.
    """
    if limit.unit is Unit.WORKING_DAYS:
        return subtract_working_days(event, limit.number, days_off)
    return _off_days_off(_calendar_end(event, limit, -_DAY), days_off, -_DAY)


def working_days_between(a: date, b: date, days_off: DaysOff) -> int:
    """Return how many working days b is after a; negative if it is before.

    The earlier day does not count, the later one does, so that
    ``working_days_between(day, add_working_days(day, n, off), off) == n``.

    Raises:
        DeadlineRangeError: A day lies before 1900 or after 2200.
    """
    earlier, later = sorted((_checked(a), _checked(b)))
    span = (later - earlier).days
    count = sum(is_working_day(earlier + _DAY * step, days_off) for step in range(1, span + 1))
    return count if a <= b else -count


def london_day(instant: datetime) -> date:
    """Return the date in London at an instant.

    Raises:
        ValueError: The instant bears no time zone.
        DeadlineRangeError: It lies before 1900 or after 2200.
    """
    if instant.tzinfo is None:
        msg = "An instant needs a time zone"
        raise ValueError(msg)
    _checked(instant.date())
    return _checked(instant.astimezone(LONDON).date())


def ends_at(day: date) -> datetime:
    """Return the last instant (microsecond) of a London day, in UTC.

    Raises:
        DeadlineRangeError: The day lies before 1900 or after 2200.
    """
    return datetime.combine(_checked(day), time.max, tzinfo=LONDON).astimezone(UTC)


@dataclass(frozen=True)
class Working:
    """How a deadline was worked out, for the page that shows it.

    Attributes:
        start: The London day of the event that the limit is counted from.
        start_label: What happened, as the beginning of a sentence: ``Request received``.
        limit: How long.
        due: The last day.
        skipped: The days that did not count, or from which the end was moved, each with its reason.
        before: Whether the limit is counted back from an event that is ahead.
        pauses: When the clock stood still.
    """

    start: date
    start_label: str
    limit: Limit
    due: date
    skipped: tuple[tuple[date, str], ...]
    before: bool = False
    pauses: tuple[Pause, ...] = ()

    def sentences(self) -> tuple[str, ...]:
        """Return the explanation in plain words, a sentence each."""
        side = "back from the day before" if self.before else "from the day after"
        found = [
            f"{self.start_label} on {in_words(self.start)}.",
            f"{self.limit}, counted {side} {in_words(self.start)}.",
            self._clipping(),
            *(pause.sentence() for pause in self.pauses),
            self._days_left_out(),
            f"The last day is {in_words(self.due)}.",
        ]
        return tuple(sentence for sentence in found if sentence)

    def _clipping(self) -> str:
        if self.limit.unit is not Unit.MONTHS:
            return ""
        end = _calendar_end(self.start, self.limit, -_DAY if self.before else _DAY)
        if end.day == self.start.day:
            return ""
        month = MONTHS[end.month - 1]
        return f"{month} {end.year} has no day {self.start.day}, so its last day is taken."

    def _days_left_out(self) -> str:
        if not self.skipped:
            return ""
        if self.limit.unit is Unit.WORKING_DAYS:
            return f"Not counted: {', '.join(self._reasons())}."
        *others, last = [f"{in_words(day)} ({why})" for day, why in self.skipped]
        moved = f"{', '.join(others)} and {last}" if others else last
        return f"A deadline cannot fall on a day off, so it moves past {moved}."

    def _reasons(self) -> list[str]:
        named = [f"{in_words(day)} ({why})" for day, why in self.skipped if why != WEEKEND]
        return ["weekends", *named] if len(named) < len(self.skipped) else named


def work_out(
    start: date,
    start_label: str,
    limit: Limit,
    days_off: Mapping[date, str],
    *,
    before: bool = False,
    pauses: tuple[Pause, ...] = (),
) -> Working:
    """Work out a deadline together with its explanation.

    Args:
        start: The London day of the event.
        start_label: What happened, as the beginning of a sentence: ``Request received``.
        limit: How long.
        days_off: The name of each bank holiday and closure day.
        before: Whether to count back from an event that is ahead, as for the pack.
        pauses: When the clock stood still, each with its end; only for what is counted forward.

    Raises:
        ValueError: The limit is in hours, which are counted from an instant.
        DeadlineRangeError: The start or the end lies before 1900 or after 2200.
    """
    off = frozenset(days_off)
    step = -_DAY if before else _DAY
    if limit.unit is Unit.WORKING_DAYS:
        due = _with_pauses(start, limit, off, pauses) if pauses else _due(start, limit, off, step)
        first = start + step
    else:
        first = _calendar_end(start, limit, step)
        first = _past_pauses(start, (first - start).days, pauses) if pauses else first
        due = _off_days_off(first, off, step)
    passed = (first + step * number for number in range(abs((due - first).days)))
    skipped = tuple(
        (day, WEEKEND if is_weekend(day) else days_off[day])
        for day in passed
        if not is_working_day(day, off) and not is_paused_on(day, pauses)
    )
    return Working(start, start_label, limit, due, skipped, before, pauses)


def _due(start: date, limit: Limit, off: DaysOff, step: timedelta) -> date:
    return (due_before if step < timedelta() else due_on)(start, limit, off)


def _with_pauses(start: date, limit: Limit, off: DaysOff, pauses: Sequence[Pause]) -> date:
    """Return the last of so many working days on which the clock did not stand still."""
    day = start
    for _ in range(limit.number):
        day = _checked(day + _DAY)
        while is_paused_on(day, pauses) or not is_working_day(day, off):
            day = _checked(day + _DAY)
    return day


def _past_pauses(start: date, days: int, pauses: Sequence[Pause]) -> date:
    """Return the last of so many days on which the clock did not stand still."""
    day = start
    for _ in range(days):
        day = _checked(day + _DAY)
        while is_paused_on(day, pauses):
            day = _checked(day + _DAY)
    return day


def _step_working_days(day: date, n: int, days_off: DaysOff, step: timedelta) -> date:
    _require_at_least_one(n)
    for _ in range(n):
        day = _off_days_off(_checked(_checked(day) + step), days_off, step)
    return day


def _off_days_off(day: date, days_off: DaysOff, step: timedelta) -> date:
    """Return the day, or the next working day in the direction of the step."""
    while not is_working_day(day, days_off):
        day = _checked(day + step)
    return day


def _calendar_end(start: date, limit: Limit, step: timedelta) -> date:
    """Return where a limit in days, weeks or months ends, wherever that falls."""
    if limit.unit is Unit.HOURS:
        msg = "Hours are counted from an instant"
        raise ValueError(msg)
    sign = step // _DAY
    _checked(start)
    if limit.unit is Unit.MONTHS:
        return _checked(_add_months(start, sign * limit.number))
    days = limit.number * (_DAYS_OF_A_WEEK if limit.unit is Unit.WEEKS else 1)
    if days > (LAST_DAY - FIRST_DAY).days:
        raise DeadlineRangeError
    return _checked(start + step * days)


def _add_months(start: date, months: int) -> date:
    total = start.year * _MONTHS_OF_A_YEAR + start.month - 1 + months
    year, month = total // _MONTHS_OF_A_YEAR, total % _MONTHS_OF_A_YEAR + 1
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise DeadlineRangeError
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _checked(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise DeadlineRangeError
    return day


def _require_at_least_one(number: int) -> None:
    if number < 1:
        msg = "A limit must be 1 or more"
        raise ValueError(msg)
