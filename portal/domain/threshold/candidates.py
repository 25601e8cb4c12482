"""The sets of reports that a route can be met by: of one problem, one person, one span of time.

Of what a route asks for only the best set is shown; every report of the request is in it, or says
why it is not.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from portal.domain.dates import in_words
from portal.domain.threshold.counting import (
    COUNTS,
    DAY_WORDS,
    Ground,
    Reason,
    day_of,
    ground_of_kind,
    ground_of_time,
    no,
    settled,
    unknown,
)
from portal.domain.threshold.facts import ReportFact, RequestFacts
from portal.domain.threshold.periods import last_day
from portal.domain.threshold.rules import (
    Anchor,
    Counting,
    DayOf,
    Route,
    SameProblem,
    Window,
)

Grounds = dict[int, Ground]
"""What is said of each report, by its place in the request."""

_PROBLEM_BY = {
    SameProblem.SAME: ("problem",),
    SameProblem.SIMILAR: ("problem",),
    SameProblem.RELATED: ("problem",),
    SameProblem.LINKED_LOCATION: ("location",),
    SameProblem.SAME_AREA: ("location",),
    SameProblem.LOCATION_CULPRIT_OR_PROBLEM: ("location", "culprit", "problem"),
}


@dataclass(frozen=True)
class Candidate:
    """The reports of a request, as one way of counting takes them.

    Attributes:
        grounds: whether each counts, duplicates not yet told apart.
        known: the places of the reports that are of this problem and person, whatever their day.
    """

    grounds: Grounds
    known: tuple[int, ...]


def candidates(route: Route, counting: Counting, request: RequestFacts) -> Iterator[Candidate]:
    """Yield each way of counting the reports for a route; at least one.

    Of the spans of time the fullest comes first.
    """
    reports = dict(enumerate(request.reports))
    kinds = {place: ground_of_kind(each, route, counting) for place, each in reports.items()}
    times = {
        place: ground_of_time(each, route, request.applied_on) for place, each in reports.items()
    }
    for of_problem in _by_problem(route, request.reports):
        for of_reporter in _by_reporter(route, request.reports, kinds):
            of_one = {
                place: settled((kinds[place], of_problem[place], of_reporter[place]))
                for place in kinds
            }
            known = tuple(place for place, ground in of_one.items() if ground.counts is not False)
            grounds = {place: settled((of_one[place], times[place])) for place in of_one}
            for in_time in _windows(route.window, request.reports, known):
                in_window = {place: settled((grounds[place], in_time[place])) for place in in_time}
                yield Candidate(grounds | in_window, known)


def _by_problem(route: Route, reports: tuple[ReportFact, ...]) -> Iterator[Grounds]:
    if route.same_problem is None:
        yield dict.fromkeys(range(len(reports)), COUNTS)
        return
    for attribute in _PROBLEM_BY[route.same_problem]:
        yield from _grouped(reports, attribute, f"which {attribute} it is about", _OTHER_PROBLEM)


def _by_reporter(
    route: Route, reports: tuple[ReportFact, ...], kinds: Grounds
) -> Iterator[Grounds]:
    if not route.same_reporter:
        yield dict.fromkeys(kinds, COUNTS)
        return
    yield from _grouped(reports, "reporter", "who reported it", _OTHER_REPORTER)


_OTHER_PROBLEM = no(Reason.OTHER_BEHAVIOUR, "Another problem than the others")
_OTHER_REPORTER = no(Reason.OTHER_REPORTER, "Reported by somebody else")


def _grouped(
    reports: tuple[ReportFact, ...], attribute: str, missing: str, other: Ground
) -> Iterator[Grounds]:
    """Yield for each value of an attribute which reports have it; at least once."""
    found = [getattr(report, attribute) for report in reports]
    values = dict.fromkeys(value for value in found if value is not None) or {None: None}
    not_known = unknown(missing)
    for wanted in sorted(values, key=str):
        yield {
            place: not_known if value is None else COUNTS if value == wanted else other
            for place, value in enumerate(found)
        }


def _windows(
    window: Window | None, reports: tuple[ReportFact, ...], known: tuple[int, ...]
) -> Iterator[Grounds]:
    """Yield what falls into each window that does not depend on the request; at least one."""
    if window is None or window.anchor is Anchor.APPLICATION:
        yield {}
        return
    days = {place: day_of(reports[place], window.of) for place in known}
    not_known = unknown(DAY_WORDS[window.of])
    for start in _starts(window, reports, known):
        end = last_day(start, window.period)
        outside = no(Reason.OUT_OF_TIME, f"Not between {in_words(start)} and {in_words(end)}")
        yield {
            place: not_known if day is None else COUNTS if start <= day <= end else outside
            for place, day in days.items()
        }


_OF_ANCHOR = {Anchor.FIRST_REPORT: DayOf.REPORT, Anchor.FIRST_INCIDENT: DayOf.INCIDENT}


def _starts(
    window: Window, reports: tuple[ReportFact, ...], known: tuple[int, ...]
) -> list[dt.date]:
    of = _OF_ANCHOR.get(window.anchor, window.of)
    days = sorted(day for place in known if (day := day_of(reports[place], of)))
    if window.anchor is Anchor.SPAN:
        return _spans(window, days)
    return days[:1] or [dt.date.min]


def _spans(window: Window, days: list[dt.date]) -> list[dt.date]:
    """Return where the spans begin that are no part of another one, the fullest first."""
    held: dict[dt.date, int] = {}
    latest = None
    for start in dict.fromkeys(days):
        beyond = bisect_right(days, last_day(start, window.period))
        if days[beyond - 1] != latest:
            held[start] = beyond - bisect_left(days, start)
            latest = days[beyond - 1]
    return sorted(held, key=lambda start: -held[start]) or [dt.date.min]
