"""A stored route as plain answers, and back: what the form cannot show is kept as it is."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from portal.domain.threshold import values
from portal.domain.threshold.counting import ANTI_SOCIAL
from portal.domain.threshold.rules import (
    Anchor,
    AppliedAfter,
    Counts,
    DayOf,
    ReporterUnit,
    ResponseTest,
    RouteDecision,
    SameProblem,
    WithinScope,
)
from portal.domain.threshold.values import NotUnderstoodError, Reader

Answers = dict[str, Any]
"""By the name of a field: a number, a word, yes or no, a day, lines of text; None is not said."""

NUMBERS: Final = (
    "min_reports", "min_reporters", "min_hate", "min_in_window", "min_days_since_last_report",
    "min_households_affected", "min_agencies",
)  # fmt: skip
YES_OR_NO: Final = (
    "distinct_incidents", "separate_dates", "same_reporter", "hate_recorded_at_report", "ongoing",
    "investigation_closed", "further_action_available", "engaged_with_interventions",
    "vulnerability",
)  # fmt: skip
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "decision": tuple(RouteDecision),
    "reporter_unit": tuple(ReporterUnit),
    "same_problem": tuple(SameProblem),
    "response": tuple(ResponseTest),
    "counts": tuple(Counts),
    "harm_test": (ANTI_SOCIAL,),
}
TEXTS: Final = ("decided_by", "note")
LINES: Final = ("behaviour", "to")
DAYS: Final = ("first_report_not_before",)
# A period, with what else is said of it; the first word is the one that holds if none is stated.
PERIODS: Final[Mapping[str, Mapping[str, type[StrEnum] | None]]] = {
    "window": {"anchor": Anchor, "of": DayOf},
    "reported_within": {"scope": WithinScope, "inclusive_start": None},
    "applied_within": {"of": AppliedAfter, "inclusive_start": None},
    "most_recent": {"of": DayOf},
}


NO_PARTS: Final[Mapping[str, type[StrEnum] | None]] = {}
# The floor has a period of the same name as a route's, and says nothing else of it.
_READERS: Final[Mapping[tuple[str, bool], Reader]] = {
    ("window", True): values.window,
    ("reported_within", True): values.reported_within,
    ("applied_within", True): values.applied_within,
    ("most_recent", True): values.most_recent,
    ("made_within", False): values.period,
    ("applied_within", False): values.period,
}


def answers_of(route: Mapping[str, Any]) -> Answers:
    """Return a stored route as the form shows it; what it cannot show is None."""
    found: Answers = {"name": _name(route)}
    for key in NUMBERS:
        found[key] = _read(values.number, route.get(key))
    for key in YES_OR_NO:
        found[key] = _read(values.yes_or_no, route.get(key))
    for key, words in WORDS.items():
        found[key] = route.get(key) if route.get(key) in words else None
    for key in TEXTS:
        found[key] = route[key] if isinstance(route.get(key), str) else ""
    for key in LINES:
        found[key] = "\n".join(_spaced(each) for each in _read(values.texts, route.get(key)) or ())
    for key in DAYS:
        found[key] = _read(values.day, route.get(key))
    for key in PERIODS:
        found |= period_answers(route, key, PERIODS[key])
    return found


def route_from(stored: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
    """Return the route with what was changed in the form; all else stays as it was stored."""
    before = answers_of(stored)
    route = dict(stored)
    for key in _keys():
        names = _names(key)
        if all(answers[name] == before[name] for name in names):
            continue
        value = _stored(key, answers)
        if value is None:
            route.pop(_key(key), None)
        else:
            route[_key(key)] = value
    return route


def period_answers(
    section: Mapping[str, Any], key: str, of: Mapping[str, type[StrEnum] | None] = NO_PARTS
) -> Answers:
    """Return a stored period as the form shows it; nothing of one that it cannot show whole.

    Args:
        section: where the period is stored.
        key: under which name.
        of: what else is said of it beside its number and unit.
    """
    stored = section.get(key)
    is_shown = _read(_READERS[key, bool(of)], stored) is not None
    parts = stored if isinstance(stored, Mapping) and is_shown else {}
    found: Answers = {f"{key}_n": parts.get("n"), f"{key}_unit": parts.get("unit")}
    for part, words in of.items():
        if words is None:
            found[f"{key}_{part}"] = parts.get(part) is True
        else:
            default = next(iter(words)).value if parts else None
            found[f"{key}_{part}"] = parts.get(part) or default
    return found


def period_from(
    answers: Answers, key: str, of: Mapping[str, type[StrEnum] | None] = NO_PARTS
) -> dict[str, Any] | None:
    """Return the period that was typed, as it is stored; None where no number is."""
    if answers[f"{key}_n"] is None:
        return None
    period = {"n": answers[f"{key}_n"], "unit": answers[f"{key}_unit"]}
    for part, words in of.items():
        value = answers[f"{key}_{part}"]
        if words is not None:
            period[part] = value or next(iter(words)).value
        elif value:
            period[part] = True
    return period


def _keys() -> tuple[str, ...]:
    return ("name", *NUMBERS, *YES_OR_NO, *WORDS, *TEXTS, *LINES, *DAYS, *PERIODS)


def _key(key: str) -> str:
    return "id" if key == "name" else key


def _names(key: str) -> tuple[str, ...]:
    if key not in PERIODS:
        return (key,)
    return (f"{key}_n", f"{key}_unit", *(f"{key}_{part}" for part in PERIODS[key]))


def _stored(key: str, answers: Answers) -> Any:
    if key in PERIODS:
        return period_from(answers, key, PERIODS[key])
    value = answers[key]
    if key == "name":
        return value.replace(" ", "_") or None
    if key in DAYS:
        return value.isoformat() if value else None
    if key in LINES:
        return [line.strip() for line in value.splitlines() if line.strip()] or None
    return None if value == "" else value


def _name(route: Mapping[str, Any]) -> str:
    return _spaced(route["id"]) if isinstance(route.get("id"), str) else ""


def _spaced(code: str) -> str:
    return code.replace("_", " ")


def _read(reader: Reader, value: object) -> Any:
    try:
        return None if value is None else reader(value)
    except NotUnderstoodError:
        return None
