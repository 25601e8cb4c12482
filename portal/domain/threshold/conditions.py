"""What a route asks for beside each report: numbers, days, the response, the state of the case."""

from collections.abc import Callable, Hashable, Iterator

from portal.domain.dates import in_words
from portal.domain.threshold.counting import (
    WHO_REPORTED,
    asks_for_hate_alone,
    complaint_key,
    day_of,
    is_hate_for,
)
from portal.domain.threshold.facts import ReportFact, RequestFacts, Response
from portal.domain.threshold.periods import first_day_back, last_day
from portal.domain.threshold.rules import (
    Anchor,
    AppliedAfter,
    DayOf,
    ReporterUnit,
    ResponseTest,
    Route,
    SeveralAgencies,
    WithinScope,
)
from portal.domain.threshold.taken import Taken
from portal.domain.threshold.told import Told, at_least


def conditions_of(taken: Taken) -> Iterator[Told | None]:
    """Yield what a route asks for beside each report, held against the reports taken."""
    yield from _numbers(taken)
    yield from _days(taken)


def conditions_of_case(route: Route, request: RequestFacts) -> Iterator[Told]:
    """Yield what a route asks for whatever the reports: the response, the state of the case."""
    yield from _response(route, request)
    yield from _state_of_case(route, request)
    for key in route.unknown:
        words = f"“{key.replace('_', ' ')}” is for a person to decide"
        yield Told(words, None, f"whether “{key.replace('_', ' ')}” holds")


def _numbers(taken: Taken) -> Iterator[Told | None]:
    route = taken.route
    needed = _reports_needed(route)
    if needed:
        words = "Reports that count: {sure} of {needed}"
        yield _number(words, taken.sure, taken.all_possible, needed, _of_counting(taken))
    if route.min_hate and not asks_for_hate_alone(route):
        yield _hate(taken, route.min_hate)
    if route.min_in_window and route.window:
        yield _in_window(taken, route.min_in_window)
    if route.min_reporters:
        yield _different(taken, route.min_reporters, _reporter_of(route), _REPORTERS)
    if route.min_agencies:
        yield _different(taken, route.min_agencies, lambda report: report.agency, _AGENCIES)
    if route.min_households_affected:
        yield _households(taken, route.min_households_affected)


_REPORTERS = ("Different people or groups who reported", WHO_REPORTED)
_AGENCIES = ("Agencies told", "which agency was told")


def _different(
    taken: Taken,
    needed: int,
    of: Callable[[ReportFact], Hashable | None],
    named: tuple[str, str],
) -> Told:
    """Count the different ones; ``named`` is what they are and what is missing of them."""
    what, missing = named
    sure, possible = taken.distinct(of)
    return _number(f"{what}: {{sure}} of {{needed}}", sure, possible, needed, missing)


def _reports_needed(route: Route) -> int:
    """Return how many reports have to count; none where the route is about something else."""
    if route.min_reports:
        return route.min_reports
    if route.min_hate:
        return route.min_hate
    if route.min_reporters or route.min_agencies or route.min_households_affected:
        return 0
    return 1 if route.window or route.reported_within else 0


_CASE_BY_CASE = "whether one incident that several agencies were told counts once"


def _of_counting(taken: Taken) -> str:
    """Return what is missing of the way of counting; what is of a report is said with it."""
    several = taken.counting.same_incident_to_several_agencies
    return _CASE_BY_CASE if several is SeveralAgencies.CASE_BY_CASE else ""


def _number(words: str, sure: int, possible: int, needed: int, missing: str) -> Told:
    holds = at_least(sure, possible, needed)
    return Told(words.format(sure=sure, needed=needed), holds, missing if holds is None else "")


def _reporter_of(route: Route) -> Callable[[ReportFact], Hashable | None]:
    if route.reporter_unit is ReporterUnit.HOUSEHOLD:
        return lambda report: report.household
    return lambda report: report.reporter


def _hate(taken: Taken, needed: int) -> Told:
    def count(reports: list[ReportFact], *, also_possible: bool) -> int:
        found = {
            complaint_key(report)
            for report in reports
            if (hate := is_hate_for(report, taken.route)) or (hate is None and also_possible)
        }
        return len(found)

    sure = count(taken.eligible, also_possible=False)
    possible = count([*taken.eligible, *taken.possible], also_possible=True)
    missing = "whether a report was motivated by hate"
    return _number("Reports of hate: {sure} of {needed}", sure, possible, needed, missing)


def _in_window(taken: Taken, needed: int) -> Told | None:
    window = taken.route.window
    if window is None or window.anchor is not Anchor.APPLICATION:
        return None
    start = first_day_back(taken.request.applied_on, window.period)
    days = [day_of(report, window.of) for report in taken.eligible]
    sure = sum(day is not None and day >= start for day in days)
    possible = sure + days.count(None) + len(taken.possible)
    words = f"On or after {in_words(start)}: {{sure}} of {{needed}}"
    return _number(words, sure, possible, needed, _NO_DAY)


def _households(taken: Taken, needed: int) -> Told:
    sure, possible = taken.distinct(lambda report: report.household)
    said = taken.request.households_affected
    sure, possible = max(sure, said or 0), max(possible, said or 0)
    holds = at_least(sure, possible, needed)
    if said is None and not holds:
        holds = None
    words = f"Households affected: {sure} of {needed}"
    return Told(words, holds, "how many households are affected" if holds is None else "")


def _days(taken: Taken) -> Iterator[Told | None]:
    yield _most_recent(taken)
    yield _first_reported_soon(taken)
    yield _applied_soon(taken)
    yield _rested(taken)
    yield _not_too_early(taken)


_NO_DAY = "the day of a report"


def _told(words: str, *, holds: bool, may_change: bool) -> Told:
    """Return a condition; one that a missing day may still turn round cannot be told."""
    return Told(words, None, _NO_DAY) if may_change else Told(words, holds)


def _most_recent(taken: Taken) -> Told | None:
    wanted = taken.route.most_recent
    if wanted is None:
        return None
    start = first_day_back(taken.request.applied_on, wanted.period)
    days = [day_of(report, wanted.of) for report in taken.eligible]
    holds = any(day is not None and day >= start for day in days)
    may_change = not holds and (None in days or bool(taken.possible))
    what = "incident" if wanted.of is DayOf.INCIDENT else "report"
    words = f"The newest {what} must be on or after {in_words(start)}"
    return _told(words, holds=holds, may_change=may_change)


def _first_reported_soon(taken: Taken) -> Told | None:
    within = taken.route.reported_within
    if within is None or within.scope is not WithinScope.FIRST:
        return None
    happened, knows_incidents = taken.first(DayOf.INCIDENT)
    reported, knows_reports = taken.first(DayOf.REPORT)
    words = f"The first report must be made within {within.period} of the first incident"
    if happened is None or reported is None:
        return Told(words, None, _NO_DAY) if taken.known else Told(words, False)
    holds = reported <= last_day(happened, within.period, beginning_with=within.beginning_with)
    return _told(words, holds=holds, may_change=not (knows_incidents and knows_reports))


def _applied_soon(taken: Taken) -> Told | None:
    within = taken.route.applied_within
    if within is None or within.after is AppliedAfter.EACH_REPORT:
        return None
    of = DayOf.INCIDENT if within.after is AppliedAfter.LATEST_INCIDENT else DayOf.REPORT
    is_first = within.after is AppliedAfter.FIRST_REPORT
    day, knows_all = taken.first(of) if is_first else taken.latest(of)
    words = f"Asked for within {within.period} of the {within.after.replace('_', ' ')}"
    if day is None:
        return Told(words, None, _NO_DAY) if taken.known else Told(words, False)
    end = last_day(day, within.period, beginning_with=within.beginning_with)
    holds = taken.request.applied_on <= end
    # A day that is not known can only make the first one earlier, or the latest one later.
    return _told(words, holds=holds, may_change=not knows_all and holds is is_first)


def _rested(taken: Taken) -> Told | None:
    wanted = taken.route.min_days_since_last_report
    if wanted is None:
        return None
    day, knows_all = taken.latest(DayOf.REPORT)
    words = f"{wanted} days or more since the last report"
    if day is None:
        return Told(words, None, _NO_DAY) if taken.known else Told(words, False)
    holds = (taken.request.applied_on - day).days >= wanted
    return _told(words, holds=holds, may_change=not knows_all and holds)


def _not_too_early(taken: Taken) -> Told | None:
    wanted = taken.route.first_report_not_before
    if wanted is None:
        return None
    day, knows_all = taken.first(DayOf.REPORT)
    words = f"First reported on or after {in_words(wanted)}"
    if day is None:
        return Told(words, None, _NO_DAY) if taken.known else Told(words, False)
    return _told(words, holds=day >= wanted, may_change=not knows_all and day >= wanted)


_RESPONSES = {
    ResponseTest.NONE: (frozenset({Response.NONE}), "No action was taken"),
    ResponseTest.NONE_OR_INADEQUATE: (
        frozenset({Response.NONE, Response.INADEQUATE, Response.NOT_PER_AGENCY_POLICY}),
        "There was no adequate response",
    ),
    ResponseTest.NO_EFFECTIVE: (
        frozenset({Response.NONE, Response.INADEQUATE, Response.NOT_PER_AGENCY_POLICY}),
        "No effective action was taken",
    ),
    ResponseTest.NOT_PER_AGENCY_POLICY: (
        frozenset({Response.NONE, Response.NOT_PER_AGENCY_POLICY}),
        "The response did not follow the agency’s own policy",
    ),
}


def _response(route: Route, request: RequestFacts) -> Iterator[Told]:
    test = route.response
    if test is ResponseTest.DISSATISFIED:
        words, holds = "The applicant is dissatisfied with the response", _dissatisfied(request)
        yield Told(words, holds, "" if holds is not None else "whether they are dissatisfied")
    elif test is not None:
        yield _of_response(test, request.response)


def _of_response(test: ResponseTest, given: Response | None) -> Told:
    wanted, words = _RESPONSES[test]
    if given is None:
        return Told(words, None, "what was done about the reports")
    if test is ResponseTest.NOT_PER_AGENCY_POLICY and given is Response.INADEQUATE:
        return Told(words, None, "whether the response followed the agency’s own policy")
    return Told(words, given in wanted)


def _dissatisfied(request: RequestFacts) -> bool | None:
    if request.is_dissatisfied is not None:
        return request.is_dissatisfied
    return None if request.response is None else request.response is not Response.ADEQUATE


# Of each state of a case: what is said where it must be so, where it must not, where nobody knows.
_ONGOING = ("It must still go on", "It must be over", "whether it still goes on")
_CLOSED = (
    "The investigation must be closed",
    "The investigation must be open",
    "whether the investigation is closed",
)
_FURTHER_ACTION = (
    "Further action must be open to an agency",
    "No further action may be open to an agency",
    "whether further action is open to an agency",
)
_ENGAGED = (
    "The victim must have taken up what was offered",
    "The victim must not have taken up what was offered",
    "whether the victim has taken up what was offered",
)
_VULNERABLE = (
    "The victim must be at high risk",
    "The victim must not be at high risk",
    "whether the victim is at high risk",
)


def _state_of_case(route: Route, request: RequestFacts) -> Iterator[Told]:
    states = (
        (route.ongoing, request.is_ongoing, _ONGOING),
        (route.investigation_closed, request.is_closed, _CLOSED),
        (route.further_action_available, request.has_further_action, _FURTHER_ACTION),
        (route.engaged_with_interventions, request.has_engaged, _ENGAGED),
        (route.vulnerability, request.is_vulnerable, _VULNERABLE),
    )
    for wanted, is_so, (must, must_not, whether) in states:
        if wanted is None:
            continue
        sentence = must if wanted else must_not
        yield (
            Told(sentence, is_so is wanted) if is_so is not None else Told(sentence, None, whether)
        )
