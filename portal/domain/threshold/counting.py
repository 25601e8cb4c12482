"""Whether one report counts for a route, by itself; if it does not, the one reason why not."""

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.dates import in_words
from portal.domain.threshold.facts import ORDINARY, ReportFact, ReportState
from portal.domain.threshold.periods import Period, first_day_back, last_day
from portal.domain.threshold.rules import (
    Anchor,
    AppliedAfter,
    Counting,
    Counts,
    DayOf,
    Floor,
    Route,
    SeveralAgencies,
    WithinScope,
)

ANTI_SOCIAL = "harassment_alarm_distress"
"""What behaviour must cause to be anti-social in sections 104 and 105."""


class Reason(StrEnum):
    """Why a report does not count."""

    NOT_TRACED = "not_traced"
    NOT_REPORTED = "not_reported"
    NOT_ACCEPTED = "not_accepted"
    OTHER_AGENCY = "other_agency"
    OTHER_BEHAVIOUR = "other_behaviour"
    OTHER_REPORTER = "other_reporter"
    OUT_OF_TIME = "out_of_time"
    DUPLICATE = "duplicate"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Ground:
    """Whether a report counts.

    Attributes:
        counts: None where it cannot be told.
        reason: why not; None where it counts.
        words: the reason for this report, a sentence without its full stop.
        missing: the fact for want of which it cannot be told.
    """

    counts: bool | None
    reason: Reason | None = None
    words: str = ""
    missing: str = ""


COUNTS = Ground(counts=True, words="Counts")


def no(reason: Reason, words: str) -> Ground:
    """Return that a report does not count."""
    return Ground(False, reason, words)


def unknown(missing: str) -> Ground:
    """Return that it cannot be told whether a report counts."""
    return Ground(None, Reason.NOT_KNOWN, f"Cannot be told: {missing} is not known", missing)


def settled(grounds: Iterable[Ground | None]) -> Ground:
    """Return the first reason why not, or else the first thing that is not known, or ``COUNTS``."""
    open_one = COUNTS
    for ground in grounds:
        if ground is None:
            continue
        if ground.counts is False:
            return ground
        if open_one is COUNTS:
            open_one = ground
    return open_one


def ground_of_kind(report: ReportFact, route: Route, counting: Counting) -> Ground:
    """Say whether a report counts for a route but for its days."""
    return settled(_kinds(report, route, counting))


def ground_of_time(report: ReportFact, route: Route, applied_on: dt.date) -> Ground:
    """Say whether a report counts for a route by its days, as far as it stands by itself."""
    return settled(_times(report, route, applied_on))


def ground_of_floor(report: ReportFact, floor: Floor, applied_on: dt.date) -> Ground:
    """Say whether a report is a qualifying complaint (section 104(11)), by itself."""
    return settled(_of_floor(report, floor, applied_on))


def is_hate_for(report: ReportFact, route: Route) -> bool | None:
    """Say whether a report is one of hate as the route asks for it."""
    if report.is_hate and route.hate_recorded_at_report:
        return report.hate_recorded
    return report.is_hate


def incident_key(report: ReportFact) -> Hashable:
    """Return what tells its incident from others.

    Where it was not said which reports are of one incident, what one person says happened on one
    day in one place is one incident, whoever was told.
    """
    if report.incident:
        return report.incident
    happened = report.happened_on or ("reported", report.reported_on)
    return happened, report.reporter, report.household, report.location, report.problem


def complaint_key(report: ReportFact) -> Hashable:
    """Return what tells a complaint from others: one incident told to three agencies is one."""
    return incident_key(report), report.reporter


WHO_REPORTED = "who made each of the reports"


def told_perhaps_before(reports: Mapping[int, ReportFact]) -> set[int]:
    """Return the places of reports that may repeat another one: nobody knows who made them.

    One incident told to two agencies is two complaints if two people told it, and one if it was
    one. Where it is known of another report of the same incident who made it, one whose reporter
    is not known may be theirs.

    Args:
        reports: those that count so far, by their place in the request.
    """
    named = {incident_key(each) for each in reports.values() if each.reporter is not None}
    return {
        place
        for place, each in reports.items()
        if each.reporter is None and incident_key(each) in named
    }


def duplicate_key(report: ReportFact, route: Route, counting: Counting) -> Hashable:
    """Return what two reports share that are counted once in a route."""
    if route.separate_dates:
        return report.happened_on or incident_key(report)
    if route.counts is Counts.EXPERIENCED_INCIDENTS:
        return incident_key(report)
    if counting.same_incident_to_several_agencies is SeveralAgencies.EACH:
        return complaint_key(report), report.agency
    if route.distinct_incidents is False:
        return complaint_key(report), report.agency, report.reported_on
    if route.distinct_incidents and route.min_reporters is None:
        return incident_key(report)
    return complaint_key(report)


def asks_for_hate_alone(route: Route) -> bool:
    """Say whether every report that counts for a route has to be one of hate."""
    return route.min_hate is not None and (route.min_reports or 1) <= route.min_hate


def _kinds(report: ReportFact, route: Route, counting: Counting) -> Iterator[Ground | None]:
    if report.state is ReportState.NOT_TRACED:
        yield no(Reason.NOT_TRACED, "Not traced by the agency")
    if not report.was_reported and route.counts is not Counts.EXPERIENCED_INCIDENTS:
        yield no(Reason.NOT_REPORTED, "Told to nobody")
    yield from _kinds_not_accepted(report, counting)
    yield _to_agency(report, route)
    yield from _behaviours(report, route, counting)


def _kinds_not_accepted(report: ReportFact, counting: Counting) -> Iterator[Ground | None]:
    tests = (
        (counting.anonymous_reports_count, report.is_anonymous, "an anonymous report"),
        (counting.diary_sheets_count, report.is_diary_sheet, "a diary sheet"),
        (
            counting.on_site_conversation_counts,
            report.is_on_site_conversation,
            "a conversation on the spot",
        ),
    )
    for is_accepted, is_one, words in tests:
        if is_accepted is not False or is_one is False:
            continue
        if is_one is None:
            yield unknown(f"whether it is {words}")
        else:
            yield no(Reason.NOT_ACCEPTED, f"It is {words}, which does not count")


# Words for one kind of agency that schemes and reports use alike.
_LANDLORDS = frozenset(
    {"landlord", "housing", "housing_provider", "social_landlord", "registered_provider"}
)


def _to_agency(report: ReportFact, route: Route) -> Ground | None:
    if route.to is None:
        return None
    if report.agency is None:
        return unknown("which agency was told")
    wanted = {each.casefold().replace(" ", "_") for each in route.to}
    told = report.agency.casefold().replace(" ", "_")
    if told in wanted or (told in _LANDLORDS and wanted & _LANDLORDS):
        return None
    return no(Reason.OTHER_AGENCY, "Told to an agency whose reports this route does not count")


def _behaviours(report: ReportFact, route: Route, counting: Counting) -> Iterator[Ground | None]:
    if route.min_hate is None and counting.hate_incidents_count_as_asb is False:
        yield _hate(report.is_hate, wanted=False)
    if asks_for_hate_alone(route):
        yield _hate(is_hate_for(report, route), wanted=True)
    if route.harm_test is not None:
        yield _harm(report.harm, route.harm_test)
    if route.behaviour is not None:
        yield _among(report.behaviour, route.behaviour)


def _hate(is_hate: bool | None, *, wanted: bool) -> Ground | None:
    if is_hate is None:
        return unknown("whether it was motivated by hate")
    if is_hate is wanted:
        return None
    words = "Not reported as motivated by hate" if wanted else "Hate is not counted in this route"
    return no(Reason.OTHER_BEHAVIOUR, words)


def _harm(harm: str | None, test: str) -> Ground | None:
    if harm is None:
        return unknown("what harm it did")
    if harm in {ORDINARY, test} or harm in test.split("_"):
        return None
    return no(Reason.OTHER_BEHAVIOUR, f"It caused no {' or '.join(test.split('_'))}")


def _among(behaviour: str | None, wanted: tuple[str, ...]) -> Ground | None:
    if behaviour is None:
        return unknown("what kind of behaviour it was")
    if behaviour in {ORDINARY, *wanted}:
        return None
    return no(Reason.OTHER_BEHAVIOUR, "Behaviour of another kind")


def day_of(report: ReportFact, of: DayOf) -> dt.date | None:
    """Return the day of the report, or of its incident; of what nobody was told the incident's."""
    is_of_incident = of is DayOf.INCIDENT or not report.was_reported
    return report.happened_on if is_of_incident else report.reported_on


DAY_WORDS = {DayOf.REPORT: "the day it was reported", DayOf.INCIDENT: "the day it happened"}


def _times(report: ReportFact, route: Route, applied_on: dt.date) -> Iterator[Ground | None]:
    yield _before_request(report, applied_on)
    window = route.window
    if window and window.anchor is Anchor.APPLICATION and route.min_in_window is None:
        yield in_window(
            day_of(report, window.of), first_day_back(applied_on, window.period), window.of
        )
    within = route.reported_within
    if within and within.scope is WithinScope.EACH and report.was_reported:
        yield _soon_after_incident(report, within.period, beginning_with=within.beginning_with)
    applied = route.applied_within
    if applied and applied.after is AppliedAfter.EACH_REPORT:
        end = report.reported_on and last_day(
            report.reported_on, applied.period, beginning_with=applied.beginning_with
        )
        yield _asked_by(end, applied_on)


def _of_floor(report: ReportFact, floor: Floor, applied_on: dt.date) -> Iterator[Ground | None]:
    if report.state is ReportState.NOT_TRACED:
        yield no(Reason.NOT_TRACED, "Not traced by the agency")
    if not report.was_reported:
        yield no(Reason.NOT_REPORTED, "Told to nobody")
    yield _harm(report.harm, ANTI_SOCIAL)
    yield _before_request(report, applied_on)
    yield _soon_after_incident(report, floor.made_within, beginning_with=True)
    end = report.reported_on and last_day(
        report.reported_on, floor.applied_within, beginning_with=True
    )
    yield _asked_by(end, applied_on)


def _before_request(report: ReportFact, applied_on: dt.date) -> Ground | None:
    for day, what in ((report.reported_on, "Reported"), (report.happened_on, "It happened")):
        if day and day > applied_on:
            words = f"{what} on {in_words(day)}, after the review was asked for"
            return no(Reason.OUT_OF_TIME, words)
    return None


def in_window(day: dt.date | None, start: dt.date, of: DayOf) -> Ground | None:
    """Say whether a day is not before the first one of a window."""
    if day is None:
        return unknown(DAY_WORDS[of])
    if day >= start:
        return None
    what = "It happened" if of is DayOf.INCIDENT else "Reported"
    words = f"{what} on {in_words(day)}, before {in_words(start)}"
    return no(Reason.OUT_OF_TIME, words)


def _soon_after_incident(
    report: ReportFact, period: Period, *, beginning_with: bool
) -> Ground | None:
    happened_on, reported_on = report.happened_on, report.reported_on
    if happened_on is None or reported_on is None:
        return unknown(DAY_WORDS[DayOf.REPORT if happened_on else DayOf.INCIDENT])
    if reported_on < happened_on:
        words = f"Reported on {in_words(reported_on)}, before it is said to have happened"
        return no(Reason.OUT_OF_TIME, words)
    end = last_day(happened_on, period, beginning_with=beginning_with)
    if reported_on <= end:
        return None
    words = f"Reported on {in_words(reported_on)}; the last day for it was {in_words(end)}"
    return no(Reason.OUT_OF_TIME, words)


def _asked_by(end: dt.date | None, applied_on: dt.date) -> Ground | None:
    if end is None:
        return unknown(DAY_WORDS[DayOf.REPORT])
    if applied_on <= end:
        return None
    words = f"A review had to be asked for by {in_words(end)} for it to count"
    return no(Reason.OUT_OF_TIME, words)
