"""The statutory floor: enough qualifying complaints, whatever the local rule says besides.

Section 104(4) and (11) of the Act. No caveat of an area can defeat it: neither who reported, nor
to whom, nor what was done about it is asked.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace

from portal.domain.threshold.counting import (
    WHO_REPORTED,
    Ground,
    Reason,
    complaint_key,
    ground_of_floor,
    no,
    told_perhaps_before,
    unknown,
)
from portal.domain.threshold.facts import ReportFact, RequestFacts
from portal.domain.threshold.routes import ReportLine
from portal.domain.threshold.rules import Floor
from portal.domain.threshold.told import at_least

_OTHER_PROBLEM = no(Reason.OTHER_BEHAVIOUR, "Other behaviour than the most complaints are about")


@dataclass(frozen=True)
class FloorAnswer:
    """The floor, held against a request.

    Attributes:
        is_met: None where it cannot be told.
        counted: how many qualifying complaints there are for sure.
        missing: the facts for want of which it cannot be told.
        lines: one for each report, in the order of the request.
    """

    floor: Floor
    is_met: bool | None
    counted: int
    missing: tuple[str, ...]
    lines: tuple[ReportLine, ...]


def judge_floor(floor: Floor, request: RequestFacts) -> FloorAnswer:
    """Return whether there are enough qualifying complaints about one behaviour."""
    grounds = [ground_of_floor(report, floor, request.applied_on) for report in request.reports]
    answers = [_about(problem, floor, request, grounds) for problem in _problems(request)]
    return max(answers, key=_strength)


_RANK = {True: 2, None: 1, False: 0}


def _strength(answer: FloorAnswer) -> tuple[int, int]:
    return _RANK[answer.is_met], answer.counted


def _problems(request: RequestFacts) -> Iterator[str]:
    known = {report.problem for report in request.reports if report.problem is not None}
    yield from sorted(known) or [""]


def _about(problem: str, floor: Floor, request: RequestFacts, grounds: list[Ground]) -> FloorAnswer:
    found = [
        _OTHER_PROBLEM if ground.counts is not False and _is_other(report, problem) else ground
        for report, ground in zip(request.reports, grounds, strict=True)
    ]
    found = [
        replace(ground, counts=None, reason=Reason.NOT_KNOWN, missing="which problem it is about")
        if ground.counts and report.problem is None
        else ground
        for report, ground in zip(request.reports, found, strict=True)
    ]
    found = _told_once(request, found)
    keys, lines = _counted_once(request, found)
    possible = {
        complaint_key(report)
        for report, ground in zip(request.reports, found, strict=True)
        if ground.counts is None
    }
    is_met = at_least(len(keys), len(keys | possible), floor.number)
    missing = [ground.missing for ground in found if ground.missing] if is_met is None else []
    return FloorAnswer(floor, is_met, len(keys), tuple(dict.fromkeys(missing)), lines)


def _told_once(request: RequestFacts, grounds: list[Ground]) -> list[Ground]:
    """Leave open what may repeat another complaint: who made it is not known."""
    counted = {place: request.reports[place] for place, each in enumerate(grounds) if each.counts}
    repeated = told_perhaps_before(counted)
    return [
        unknown(WHO_REPORTED) if place in repeated else ground
        for place, ground in enumerate(grounds)
    ]


def _is_other(report: ReportFact, problem: str) -> bool:
    return report.problem is not None and report.problem != problem


def _counted_once(
    request: RequestFacts, grounds: list[Ground]
) -> tuple[set[Hashable], tuple[ReportLine, ...]]:
    """Return the complaints that count, and what is said of each report."""
    first: dict[Hashable, int] = {}
    lines = []
    for report, ground in zip(request.reports, grounds, strict=True):
        said = ground
        if ground.counts:
            earlier = first.setdefault(complaint_key(report), report.number)
            if earlier != report.number:
                said = no(Reason.DUPLICATE, f"The same incident as report {earlier}")
        lines.append(ReportLine(report.number, said))
    return set(first), tuple(lines)
