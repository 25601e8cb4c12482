"""Advice on the threshold: the local rule and the statutory floor, side by side.

The engine advises, a person decides.
"""

from dataclasses import dataclass
from enum import StrEnum

from portal.domain.threshold.facts import RequestFacts
from portal.domain.threshold.floor import FloorAnswer, judge_floor
from portal.domain.threshold.routes import RouteAnswer, judge
from portal.domain.threshold.rules import RouteDecision, Rules


class Advised(StrEnum):
    """What is advised."""

    MET = "met"
    NOT_MET = "not_met"
    DISCRETION = "discretion"


@dataclass(frozen=True)
class Advice:
    """What follows from a rule and a request.

    Attributes:
        local: by the area's own rule alone.
        overall: by both: where the floor is met, the threshold is, and where the floor cannot be
            told nobody is refused.
        why: how the local answer came about, a sentence without its full stop.
        routes: in the order of the rule.
    """

    local: Advised
    overall: Advised
    why: str
    routes: tuple[RouteAnswer, ...]
    floor: FloorAnswer


def departs(advised: Advised, *, is_met: bool) -> bool:
    """Say whether a decision is another than the advice; judgement is nobody's to depart from."""
    return advised is not Advised.DISCRETION and (advised is Advised.MET) is not is_met


def advise(rules: Rules, request: RequestFacts) -> Advice:
    """Return the advice on a request under a rule; the same facts give the same advice."""
    routes = tuple(judge(route, rules.counting, request) for route in rules.routes)
    floor = judge_floor(rules.floor, request)
    local, why = _local(rules, request, routes)
    return Advice(local, _overall(local, floor), why, routes, floor)


def _overall(local: Advised, floor: FloorAnswer) -> Advised:
    if floor.is_met:
        return Advised.MET
    if floor.is_met is None and local is Advised.NOT_MET:
        return Advised.DISCRETION
    return local


def _local(
    rules: Rules, request: RequestFacts, routes: tuple[RouteAnswer, ...]
) -> tuple[Advised, str]:
    if rules.excludes_one_organisation and _went_to_one(request):
        return Advised.NOT_MET, "Every report went to one organisation, which this rule shuts out"
    musts = [each for each in routes if each.route.decision is RouteDecision.MUST]
    met = [each.route.id for each in musts if each.is_met]
    if met:
        return Advised.MET, f"Met by {', '.join(met)}"
    open_ones = [each for each in routes if each.is_met is None]
    if open_ones:
        missing = dict.fromkeys(fact for each in open_ones for fact in each.missing)
        return Advised.DISCRETION, f"Cannot be told without: {'; '.join(missing)}"
    may = [each.route.id for each in routes if each.is_met]
    if may:
        return Advised.DISCRETION, f"May be accepted by {', '.join(may)}"
    if rules.fallback and _is_below(rules.fallback.below, routes):
        return Advised.DISCRETION, "No route is met; the bodies decide by their judgement"
    return Advised.NOT_MET, "No route is met"


def _is_below(number: int | None, routes: tuple[RouteAnswer, ...]) -> bool:
    return number is None or max((each.counted for each in routes), default=0) < number


def _went_to_one(request: RequestFacts) -> bool:
    agencies = {report.agency for report in request.reports if report.was_reported}
    return len(agencies) == 1 and None not in agencies
