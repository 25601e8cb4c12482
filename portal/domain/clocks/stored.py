"""Clock rules as plain dictionaries: written for storing, and read as if a stranger wrote them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeVar

from portal.domain.clocks.rules import OPTIONAL, Clock, ClockEvent, ClockRule
from portal.domain.deadlines import Limit, Unit

LARGEST_NUMBER: Final = 1000
LONGEST_TEXT: Final = 500

_Word = TypeVar("_Word", bound=StrEnum)


def clock_rules_to_json(rules: Sequence[ClockRule]) -> list[dict[str, object]]:
    """Return the rules as they are stored, in their order."""
    return [
        {
            "clock": rule.clock.value,
            "limit": limit_to_json(rule.limit),
            "starts_from": [event.value for event in rule.starts_from],
            "source": rule.source,
            "before": rule.before,
            "opens_from": rule.opens_from.value if rule.opens_from else None,
            "next_meeting": rule.next_meeting,
        }
        for rule in rules
    ]


def limit_to_json(limit: Limit | None) -> dict[str, object] | None:
    """Return a limit as it is stored."""
    return {"number": limit.number, "unit": limit.unit.value} if limit else None


def clock_rules_from_json(rows: object, problems: list[str]) -> tuple[ClockRule, ...]:
    """Return the rules that are stored, in the order of the clocks.

    Args:
        rows: what came out of the row or out of a form; nothing about it is taken for granted.
        problems: takes a sentence for everything that is wrong.
    """
    rows = rows if isinstance(rows, list) else []
    found = [_clock_rule(row, place, problems) for place, row in enumerate(rows, start=1)]
    problems += _miscounted(rows)
    order = list(Clock)
    rules = (rule for rule in found if rule is not None)
    return tuple(sorted(rules, key=lambda rule: order.index(rule.clock)))


def limit_from_json(value: object, of: str, problems: list[str]) -> Limit | None:
    """Return a stored limit, or none after saying what is wrong with it."""
    if not isinstance(value, Mapping):
        problems.append(f"The limit {of} must have a number and a unit.")
        return None
    number = _number(value.get("number"), of, problems)
    unit = _word(Unit, value.get("unit"), f"unit {of}", problems)
    return Limit(number, unit) if number is not None and unit is not None else None


def _clock_rule(row: object, place: int, problems: list[str]) -> ClockRule | None:
    """Return the rule in a stored row, or None after saying what is wrong with it."""
    if not isinstance(row, Mapping):
        problems.append(f"Clock {place} must have a limit and an event.")
        return None
    clock = _word(Clock, row.get("clock"), f"name of clock {place}", problems)
    of = f"of clock {place}" if clock is None else f"of the clock “{clock.label}”"
    next_meeting = row.get("next_meeting", "")
    next_meeting = text_of(next_meeting, f"meeting {of}", problems) if next_meeting else ""
    has_limit = row.get("limit") is not None or not next_meeting
    limit = limit_from_json(row.get("limit"), of, problems) if has_limit else None
    starts_from = _events(row.get("starts_from"), of, problems)
    source = text_of(row.get("source"), f"source {of}", problems)
    before = _yes_or_no(row.get("before", False), of, problems)
    opens_from = row.get("opens_from")
    if opens_from is not None:
        opens_from = _word(ClockEvent, opens_from, f"opening event {of}", problems)
    if clock is None or not starts_from or (limit is None and has_limit):
        return None
    return ClockRule(clock, limit, starts_from, source, before, opens_from, next_meeting)


def _events(value: object, of: str, problems: list[str]) -> tuple[ClockEvent, ...]:
    words = value if isinstance(value, list) and value else [None]
    found = [_word(ClockEvent, word, f"event {of}", problems) for word in words]
    return tuple(event for event in found if event is not None)


def _miscounted(rows: list[object]) -> list[str]:
    counted = [row.get("clock") for row in rows if isinstance(row, Mapping)]
    problems = []
    for clock in Clock:
        times = counted.count(clock)
        if times > 1:
            problems.append(f"The clock “{clock.label}” is there more than once.")
        if times == 0 and clock not in OPTIONAL:
            problems.append(f"The clock “{clock.label}” is missing.")
    return problems


def _word(words: type[_Word], value: object, what: str, problems: list[str]) -> _Word | None:
    for word in words:
        if word.value == value:
            return word
    problems.append(f"The {what} must be one of: {', '.join(words)}.")
    return None


def _number(value: object, of: str, problems: list[str]) -> int | None:
    if type(value) is int and 1 <= value <= LARGEST_NUMBER:
        return value
    problems.append(f"The number {of} must be a whole number from 1 to {LARGEST_NUMBER}.")
    return None


def _yes_or_no(value: object, of: str, problems: list[str]) -> bool:
    if isinstance(value, bool):
        return value
    problems.append(f"Whether the limit {of} is counted back must be true or false.")
    return False


def text_of(value: object, what: str, problems: list[str]) -> str:
    """Return a stored text, or an empty one after saying what is wrong with it."""
    if isinstance(value, str) and value.strip() and len(value) <= LONGEST_TEXT:
        return value
    problems.append(f"The {what} must be text of 1 to {LONGEST_TEXT} characters.")
    return ""
