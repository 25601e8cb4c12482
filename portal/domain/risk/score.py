"""From answers to a band: the sum, the floors, and what is not known."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.domain.risk.bands import Band, higher_of
from portal.domain.risk.rules import CHILD, HIGH_FLOORS, Floor, RiskRules

Answers = Mapping[str, int | None]
"""Points by question; none is “don’t know, or would rather not say”."""

WHY_FROM = 2


@dataclass(frozen=True)
class FloorUsed:
    """A condition of a floor that held."""

    band: Band
    condition: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Score:
    """What the rules make of the answers.

    Attributes:
        total: the sum of the points.
        floors: every condition of a floor that held.
        floor: the highest band of these.
        unknown: how many answers are not known.
        is_raised: the band is one higher because not enough is known.
        band: what is shown.
    """

    total: int
    floors: tuple[FloorUsed, ...]
    floor: Band | None
    unknown: int
    is_raised: bool
    band: Band


class UnknownAnswerError(ValueError):
    """An answer is missing, or is none that the question has; holds the question."""


def score(rules: RiskRules, answers: Answers, *, is_child: bool) -> Score:
    """Work out the band.

    Args:
        rules: of the case's scheme.
        answers: to every question of the rules.
        is_child: the applicant is under 18.

    Raises:
        UnknownAnswerError: an answer is missing, or is none of the question's.
    """
    _check(rules, answers)
    total = sum(counted(rules, answers[key]) for key in rules.points)
    unknown = sum(answers[key] is None for key in rules.points)
    floors = _floors(rules, answers, is_child=is_child)
    floor = higher_of(*(used.band for used in floors)) if floors else None
    reached = higher_of(_by_points(rules, total), floor)
    is_raised = unknown >= rules.unknown_raise_at
    return Score(
        total=total,
        floors=floors,
        floor=floor,
        unknown=unknown,
        is_raised=is_raised,
        band=reached.next_higher if is_raised else reached,
    )


def counted(rules: RiskRules, points: int | None) -> int:
    """Return what an answer counts."""
    return rules.unknown_points if points is None else points


def needs_why(rules: RiskRules, before: int | None, after: int | None) -> bool:
    """Say whether a change of an answer is so large that it asks for one line why."""
    return abs(counted(rules, before) - counted(rules, after)) >= WHY_FROM


def _check(rules: RiskRules, answers: Answers) -> None:
    for key, possible in rules.points.items():
        if key not in answers or answers[key] not in {None, *possible}:
            raise UnknownAnswerError(key)


def _by_points(rules: RiskRules, total: int) -> Band:
    return [band for band, start in rules.starts if total >= start][-1]


def _floors(rules: RiskRules, answers: Answers, *, is_child: bool) -> tuple[FloorUsed, ...]:
    plain = [
        used
        for floor in rules.floors
        for used in _used(floor, answers, is_child=is_child, high_floors=0)
    ]
    high = sum(used.band is Band.HIGH for used in plain)
    return tuple(
        used
        for floor in rules.floors
        for used in _used(floor, answers, is_child=is_child, high_floors=high)
    )


def _used(floor: Floor, answers: Answers, *, is_child: bool, high_floors: int) -> list[FloorUsed]:
    def holds(what: str, number: int) -> bool:
        if what == CHILD:
            return is_child
        if what == HIGH_FLOORS:
            return high_floors >= number
        # What is not known never sets a floor: it raises the band by its number.
        return (answers[what] or 0) >= number

    return [
        FloorUsed(floor.band, condition)
        for condition in floor.conditions
        if all(holds(what, number) for what, number in condition)
    ]
