"""The reports that a route is held against: counted once each, with their first and latest day."""

import datetime as dt
from collections.abc import Callable, Hashable

from portal.domain.threshold.candidates import Candidate, Grounds
from portal.domain.threshold.counting import (
    WHO_REPORTED,
    Reason,
    day_of,
    duplicate_key,
    no,
    told_perhaps_before,
    unknown,
)
from portal.domain.threshold.facts import ReportFact, RequestFacts
from portal.domain.threshold.rules import Counting, DayOf, Route, SeveralAgencies


class Taken:
    """A route and the set of reports that it is held against."""

    def __init__(
        self, route: Route, counting: Counting, request: RequestFacts, candidate: Candidate
    ) -> None:
        self.route, self.counting, self.request = route, counting, request
        self.grounds = self._without_duplicates(candidate.grounds)
        self.eligible = self._reports(candidate.grounds, True)
        self.possible = self._reports(candidate.grounds, None)
        self.known = [request.reports[place] for place in candidate.known]
        self.sure = sum(ground.counts is True for ground in self.grounds.values())

    def _reports(self, grounds: Grounds, counts: bool | None) -> list[ReportFact]:
        """Return the reports of which this is said, duplicates among them."""
        reports = self.request.reports
        return [reports[place] for place, ground in grounds.items() if ground.counts is counts]

    def _without_duplicates(self, grounds: Grounds) -> Grounds:
        """Count each incident once; of several reports the one that was made first."""
        reports = self.request.reports
        first: dict[Hashable, int] = {}
        found = dict(grounds)
        counted = [place for place, ground in grounds.items() if ground.counts]
        for place in sorted(counted, key=lambda place: _order(reports[place])):
            key = duplicate_key(reports[place], self.route, self.counting)
            earlier = first.setdefault(key, place)
            if earlier != place:
                words = f"The same incident as report {reports[earlier].number}"
                found[place] = no(Reason.DUPLICATE, words)
        left = {place: reports[place] for place, ground in found.items() if ground.counts}
        return found | dict.fromkeys(told_perhaps_before(left), unknown(WHO_REPORTED))

    @property
    def all_possible(self) -> int:
        """How many may count: also those of which a fact is missing, each incident once."""
        keys = {self._loosest_key(report) for report in (*self.eligible, *self.possible)}
        return len(keys)

    def _loosest_key(self, report: ReportFact) -> Hashable:
        if self.counting.same_incident_to_several_agencies is SeveralAgencies.CASE_BY_CASE:
            return duplicate_key(report, self.route, self.counting), report.agency
        return duplicate_key(report, self.route, self.counting)

    def distinct(self, of: Callable[[ReportFact], Hashable | None]) -> tuple[int, int]:
        """Return how many different ones there are for sure, and how many at most."""
        sure = {value for report in self.eligible if (value := of(report)) is not None}
        more = {value for report in self.possible if (value := of(report)) is not None}
        unnamed = sum(of(report) is None for report in (*self.eligible, *self.possible))
        return len(sure), len(sure | more) + unnamed

    def first(self, of: DayOf) -> tuple[dt.date | None, bool]:
        """Return the first day of all the reports on the problem, and whether all are known."""
        return self._edge(min, of)

    def latest(self, of: DayOf) -> tuple[dt.date | None, bool]:
        """Return the latest day of all the reports on the problem, and whether all are known."""
        return self._edge(max, of)

    def _edge(
        self, edge: Callable[[list[dt.date]], dt.date], of: DayOf
    ) -> tuple[dt.date | None, bool]:
        days = [day_of(report, of) for report in self.known]
        known = [day for day in days if day]
        return (edge(known) if known else None), len(known) == len(days)


def _order(report: ReportFact) -> tuple[dt.date, str, int]:
    return report.reported_on or dt.date.max, report.agency or "", report.number
