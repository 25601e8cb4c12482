"""The values that a stored rule can state, read strictly: what is not understood is said."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from portal.domain.threshold.periods import Period, PeriodUnit
from portal.domain.threshold.rules import (
    Anchor,
    AppliedAfter,
    AppliedWithin,
    DayOf,
    MostRecent,
    ReportedWithin,
    Window,
    WithinScope,
)

LARGEST_NUMBER = 1000

Word = TypeVar("Word", bound=StrEnum)
Reader = Callable[[object], Any]


class NotUnderstoodError(ValueError):
    """A value that this portal cannot compute; says what is wrong with it."""


def number(value: object) -> int:
    """Read a whole number from 1 on."""
    if type(value) is int and 1 <= value <= LARGEST_NUMBER:
        return value
    raise NotUnderstoodError(f"not a whole number from 1 to {LARGEST_NUMBER}")


def yes_or_no(value: object) -> bool:
    """Read true or false."""
    if isinstance(value, bool):
        return value
    raise NotUnderstoodError("neither true nor false")


def plain_text(value: object) -> str:
    """Read a text that is not empty."""
    if isinstance(value, str) and value.strip():
        return value
    raise NotUnderstoodError("not a text")


def texts(value: object) -> tuple[str, ...]:
    """Read a text or a list of them."""
    found = (value,) if isinstance(value, str) else value
    if isinstance(found, list | tuple) and found and all(isinstance(one, str) for one in found):
        return tuple(found)
    raise NotUnderstoodError("not a list of texts")


def day(value: object) -> dt.date:
    """Read a day such as 2014-05-01."""
    try:
        return dt.date.fromisoformat(plain_text(value))
    except ValueError as error:
        raise NotUnderstoodError("not a day such as 2014-05-01") from error


def high_risk(value: object) -> bool:
    """Read whether the victim must be at high risk: true, or in a word."""
    if isinstance(value, str) and value in {"vulnerable", "high_risk", "high"}:
        return True
    return yes_or_no(value)


def word(words: type[Word]) -> Reader:
    """Return a reader of one of these words."""

    def read(value: object) -> Word:
        for each in words:
            if value == each.value:
                return each
        raise NotUnderstoodError(f"none of: {', '.join(words)}")

    return read


def _parts(value: object, known: Collection[str]) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise NotUnderstoodError("not a list of named parts")
    stated = {key: part for key, part in value.items() if part is not None}
    unknown = sorted(str(key) for key in stated if key not in known)
    if unknown:
        raise NotUnderstoodError(f"has parts that are not known: {', '.join(unknown)}")
    return stated


def _period(parts: Mapping[str, object]) -> Period:
    return Period(number(parts.get("n")), word(PeriodUnit)(parts.get("unit")))


def period(value: object) -> Period:
    """Read a period such as ``{n: 6, unit: months}``."""
    return _period(_parts(value, {"n", "unit"}))


def window(value: object) -> Window:
    """Read the time in which reports count; back from the request and of reports, if not said."""
    parts = _parts(value, {"n", "unit", "anchor", "of"})
    anchor = word(Anchor)(parts.get("anchor", Anchor.APPLICATION))
    return Window(_period(parts), anchor, word(DayOf)(parts.get("of", DayOf.REPORT)))


def reported_within(value: object) -> ReportedWithin:
    """Read how soon a report must follow its incident; each of them, if not said."""
    parts = _parts(value, {"n", "unit", "scope", "inclusive_start"})
    scope = word(WithinScope)(parts.get("scope", WithinScope.EACH))
    return ReportedWithin(_period(parts), scope, yes_or_no(parts.get("inclusive_start", False)))


def applied_within(value: object) -> AppliedWithin:
    """Read how soon the request must follow; each of the reports, if not said."""
    parts = _parts(value, {"n", "unit", "of", "inclusive_start"})
    after = word(AppliedAfter)(parts.get("of", AppliedAfter.EACH_REPORT))
    return AppliedWithin(_period(parts), after, yes_or_no(parts.get("inclusive_start", False)))


def most_recent(value: object) -> MostRecent:
    """Read how old the newest report, or incident, may be."""
    parts = _parts(value, {"n", "unit", "of"})
    return MostRecent(_period(parts), word(DayOf)(parts.get("of", DayOf.REPORT)))
