"""Points, bands and floors as data, which a scheme may carry; and the ones that ship."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from portal.domain.risk.bands import Band
from portal.domain.risk.questions import QUESTIONS

CHILD: Final = "applicant_under"
HIGH_FLOORS: Final = "high_floors_min"
GROWN_UP: Final = 18
_MOST_POINTS: Final = 100
_POINTS_OF: Final = re.compile(r"(q\d+)(?:_min)?")

OWN_BLOCK: Final[Mapping[str, Any]] = {
    "version": "own-1",
    "unknown_points": 1,
    "unknown_raise_at": 5,
    "questions": {
        "q1": [0, 1, 2, 3],
        "q2": [0, 1, 2, 3],
        "q3": [0, 1, 2, 3],
        "q4": [0, 1, 2, 4, 6],
        "q5": [0, 1, 2, 3],
        "q6": [0, 1, 2, 4],
        "q7": [0, 1, 2, 3],
        "q8": [0, 1, 2, 4, 6],
        "q9": [0, 1, 2, 4],
        "q10": [0, 1, 2, 3],
        "q11": [0, 1, 2, 4],
        "q12": [0, 1, 3, 4],
        "q13": [0, 1, 2, 3],
        "q14": [0, 1, 2, 3],
        "q15": [0, 1, 2, 3, 5],
    },
    "restricted": ["q15"],
    "bands": [["standard", 0], ["medium", 13], ["high", 23], ["very_high", 34]],
    "floors": [
        {"band": "medium", "any": [{"applicant_under": 18}, {"q6": 4}, {"q14": 3}]},
        {
            "band": "high",
            "any": [
                {"q4": 6},
                {"q11": 4},
                {"q6": 4, "q4_min": 4},
                {"q5": 3, "q7": 3},
                {"q12": 4},
            ],
        },
        {"band": "very_high", "any": [{"q8": 6}, {"q15": 5}, {"high_floors_min": 2}]},
    ],
}


@dataclass(frozen=True)
class Floor:
    """A band that is the least where any of its conditions holds.

    Attributes:
        conditions: each a tuple of what has to be true together: ``(question, points or more)``,
            ``(applicant_under, 18)`` or ``(high_floors_min, how many)``.
    """

    band: Band
    conditions: tuple[tuple[tuple[str, int], ...], ...]


@dataclass(frozen=True)
class RiskRules:
    """How answers become a band.

    Attributes:
        unknown_points: what “don’t know” counts.
        unknown_raise_at: from how many of these on the band is one higher.
        points: what each answer of a question counts, in the order of its words, rising.
        restricted: questions that the chair and the coordinator alone read.
        starts: from how many points on each band begins, the lowest band first.
    """

    version: str
    unknown_points: int
    unknown_raise_at: int
    points: Mapping[str, tuple[int, ...]]
    restricted: frozenset[str]
    starts: tuple[tuple[Band, int], ...]
    floors: tuple[Floor, ...]


class RiskRulesError(ValueError):
    """What was stored or typed are no rules of risk; the message says what is wrong."""


def read_risk_rules(block: object) -> RiskRules:
    """Return the rules in a block of a scheme, checked as if a stranger had written it.

    ``qN`` and ``qN_min`` both mean that many points or more, so that more points never lower a
    band whatever an area writes.

    Raises:
        RiskRulesError: it is no such block.
    """
    if not isinstance(block, Mapping):
        raise RiskRulesError("The rules of risk must have questions, bands and floors.")
    points = _points(block.get("questions"))
    restricted = block.get("restricted")
    if not isinstance(restricted, list) or not points.keys() >= set(map(str, restricted)):
        raise RiskRulesError("The restricted questions must be a list of questions.")
    version = block.get("version")
    if not isinstance(version, str) or not 0 < len(version) <= 40:
        raise RiskRulesError("The rules of risk must have a version of at most 40 characters.")
    return RiskRules(
        version=version,
        unknown_points=_number(block.get("unknown_points"), "points of “don’t know”"),
        unknown_raise_at=_number(block.get("unknown_raise_at"), "number that raises the band"),
        points=points,
        restricted=frozenset(map(str, restricted)),
        starts=_starts(block.get("bands")),
        floors=_floors(block.get("floors"), points),
    )


def _number(value: object, what: str) -> int:
    if type(value) is int and 0 <= value <= _MOST_POINTS:
        return value
    raise RiskRulesError(f"The {what} must be a whole number from 0 to {_MOST_POINTS}.")


def _points(stored: object) -> dict[str, tuple[int, ...]]:
    known = {question.key: question for question in QUESTIONS}
    if not isinstance(stored, Mapping) or set(stored) != set(known):
        raise RiskRulesError("The points must be given for every question, and for no other.")
    return {key: _rising(stored[key], key, len(known[key].answers)) for key in known}


def _rising(values: object, key: str, answers: int) -> tuple[int, ...]:
    what = f"points of question {key[1:]}"
    listed = values if isinstance(values, list) else []
    found = tuple(_number(value, what) for value in listed)
    if len(found) != answers or list(found) != sorted(set(found)):
        raise RiskRulesError(f"The {what} must be {answers} numbers, each higher than the last.")
    return found


def _starts(stored: object) -> tuple[tuple[Band, int], ...]:
    rows = stored if isinstance(stored, list) else []
    pairs = [row for row in rows if isinstance(row, list) and len(row) == 2]
    found = [(_band(name), _number(start, "start of a band")) for name, start in pairs]
    starts = [start for _, start in found]
    if [band for band, _ in found] != list(Band) or starts != sorted(set(starts)) or starts[0]:
        raise RiskRulesError("The bands must be the four, from 0 points on, each above the last.")
    return tuple(found)


def _band(name: object) -> Band:
    for band in Band:
        if band.value == name:
            return band
    raise RiskRulesError(f"A band must be one of: {', '.join(Band)}.")


def _floors(stored: object, points: Mapping[str, tuple[int, ...]]) -> tuple[Floor, ...]:
    if not isinstance(stored, list):
        raise RiskRulesError("The floors must be a list.")
    return tuple(_floor(row, points) for row in stored)


def _floor(row: object, points: Mapping[str, tuple[int, ...]]) -> Floor:
    conditions = row.get("any") if isinstance(row, Mapping) else None
    if not isinstance(row, Mapping) or not isinstance(conditions, list):
        raise RiskRulesError("A floor must have a band, and a list of what it holds for.")
    return Floor(_band(row.get("band")), tuple(_condition(each, points) for each in conditions))


def _condition(
    stored: object, points: Mapping[str, tuple[int, ...]]
) -> tuple[tuple[str, int], ...]:
    if not isinstance(stored, Mapping) or not stored:
        raise RiskRulesError("A condition of a floor must name a question and its points.")
    return tuple(_part(str(key), value, points) for key, value in stored.items())


def _part(key: str, value: object, points: Mapping[str, tuple[int, ...]]) -> tuple[str, int]:
    number = _number(value, f"number of “{key}” in a floor")
    if key == HIGH_FLOORS or (key == CHILD and number == GROWN_UP):
        return key, number
    found = _POINTS_OF.fullmatch(key)
    if found is None or found[1] not in points:
        raise RiskRulesError(f"A floor cannot be asked about “{key}”.")
    return found[1], number


OWN: Final = read_risk_rules(OWN_BLOCK)
