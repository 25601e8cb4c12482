"""Whether a route is met: its conditions, held against the best set of reports."""

from dataclasses import dataclass

from portal.domain.threshold.candidates import Candidate, Grounds, candidates
from portal.domain.threshold.conditions import conditions_of, conditions_of_case
from portal.domain.threshold.counting import Ground
from portal.domain.threshold.facts import RequestFacts
from portal.domain.threshold.rules import Counting, Route
from portal.domain.threshold.taken import Taken
from portal.domain.threshold.told import Told, all_of


@dataclass(frozen=True)
class ReportLine:
    """What is said of a report: it counts, or the one reason why it does not."""

    number: int
    ground: Ground


@dataclass(frozen=True)
class RouteAnswer:
    """A route, held against a request.

    Attributes:
        is_met: None where it cannot be told.
        counted: how many reports count for sure.
        conditions: each with how it came out.
        missing: the facts for want of which it cannot be told.
        lines: one for each report, in the order of the request.
    """

    route: Route
    is_met: bool | None
    counted: int
    conditions: tuple[Told, ...]
    missing: tuple[str, ...]
    lines: tuple[ReportLine, ...]


def judge(route: Route, counting: Counting, request: RequestFacts) -> RouteAnswer:
    """Return whether a route is met, by the way of counting that says most for it."""
    of_case = tuple(conditions_of_case(route, request))
    ways = candidates(route, counting, request)
    if any(told.holds is False for told in of_case):
        # It cannot be met whatever counts, so only the fullest way of counting is looked at.
        ways = iter([max(ways, key=_fullness)])
    found = []
    for candidate in ways:
        found.append(_judged(Taken(route, counting, request, candidate), of_case))
        if found[-1].is_met:
            break
    return max(found, key=_strength)


def _fullness(candidate: Candidate) -> int:
    return sum(ground.counts is True for ground in candidate.grounds.values())


_RANK = {True: 2, None: 1, False: 0}


def _strength(answer: RouteAnswer) -> tuple[int, int, int]:
    possible = sum(line.ground.counts is not False for line in answer.lines)
    return _RANK[answer.is_met], answer.counted, possible


def _judged(taken: Taken, of_case: tuple[Told, ...]) -> RouteAnswer:
    conditions = (*(told for told in conditions_of(taken) if told is not None), *of_case)
    is_met = all_of(told.holds for told in conditions)
    return RouteAnswer(
        route=taken.route,
        is_met=is_met,
        counted=taken.sure,
        conditions=conditions,
        missing=_missing(is_met, conditions, taken.grounds),
        lines=tuple(
            ReportLine(report.number, taken.grounds[place])
            for place, report in enumerate(taken.request.reports)
        ),
    )


def _missing(
    is_met: bool | None, conditions: tuple[Told, ...], grounds: Grounds
) -> tuple[str, ...]:
    if is_met is not None:
        return ()
    wanted = [told.missing for told in conditions if told.holds is None]
    wanted += [ground.missing for ground in grounds.values() if ground.counts is None]
    return tuple(dict.fromkeys(each for each in wanted if each))
