"""A route in its first sentence: how many reports of what, by whom, and in which time."""

from dataclasses import dataclass

from portal.domain.scheme_words.conditions import Condition, affected, conditions_of
from portal.domain.scheme_words.parts import many, number, period, sentence
from portal.domain.threshold.counting import asks_for_hate_alone
from portal.domain.threshold.rules import (
    Anchor,
    Counts,
    DayOf,
    ReporterUnit,
    Route,
    RouteDecision,
    SameProblem,
    Window,
)


@dataclass(frozen=True)
class RouteInWords:
    """A way to a review.

    Attributes:
        name: as the area calls it.
        words: what has to be true, a sentence.
        conditions: what has to be true besides.
        is_may: the services may find the threshold met; they need not.
    """

    name: str
    words: str
    conditions: tuple[Condition, ...]
    is_may: bool


def route_in_words(route: Route) -> RouteInWords:
    """Return a route as it is read by a victim."""
    return RouteInWords(
        name=route.id.replace("_", " "),
        words=sentence(" ".join(part for part in (_subject(route), *_rest(route)) if part)),
        conditions=tuple(conditions_of(route)),
        is_may=route.decision is RouteDecision.MAY,
    )


_OF_PROBLEM = {
    SameProblem.SAME: "of the same problem",
    SameProblem.SIMILAR: "of a similar problem",
    SameProblem.RELATED: "of things that belong together",
    SameProblem.LINKED_LOCATION: "at the same place or places linked to it",
    SameProblem.SAME_AREA: "in the same area",
    SameProblem.LOCATION_CULPRIT_OR_PROBLEM: (
        "of the same place, the same people or the same problem"
    ),
}
_PROBLEM = {
    SameProblem.SAME: "the same problem",
    SameProblem.SIMILAR: "a similar problem",
    SameProblem.RELATED: "things that belong together",
    SameProblem.LINKED_LOCATION: "things at the same place or places linked to it",
    SameProblem.SAME_AREA: "things in the same area",
    SameProblem.LOCATION_CULPRIT_OR_PROBLEM: "the same place, the same people or the same problem",
}
_REPORTERS = {
    ReporterUnit.INDIVIDUAL: ("person", "people"),
    ReporterUnit.HOUSEHOLD: ("household", "households"),
    ReporterUnit.INDIVIDUAL_OR_GROUP: ("person or group", "people or groups"),
    ReporterUnit.INDIVIDUAL_BUSINESS_OR_GROUP: (
        "person, business or group",
        "people, businesses or groups",
    ),
}
_HATE = "of something done because of who a person is (hate)"


def _subject(route: Route) -> str:
    """Return what is counted, as far as the place and the time."""
    if route.min_reporters and not route.min_reports:
        return _people(route)
    if asks_for_hate_alone(route):
        return f"{_reports(route, route.min_hate or 1)} {_HATE}"
    if route.min_reports:
        return f"{_reports(route, route.min_reports)}{_of_what(route)}"
    if route.min_households_affected:
        return f"{affected(route.min_households_affected)} affected"
    if route.window or route.reported_within:
        return f"{_reports(route, 1)}{_of_what(route)}"
    return "you can ask"


def _people(route: Route) -> str:
    people = _reporters(route, route.min_reporters or 1)
    what = _PROBLEM[route.same_problem] if route.same_problem else "it"
    if route.window and route.window.of is DayOf.INCIDENT:
        what = "what happened" if what == "it" else f"{what} that happened"
    return f"{people} reported {what}"


def _reporters(route: Route, count: int) -> str:
    one, more = _REPORTERS[route.reporter_unit or ReporterUnit.INDIVIDUAL]
    return many(count, one, f"different {more}")


def _reports(route: Route, count: int) -> str:
    if route.counts is Counts.EXPERIENCED_INCIDENTS:
        return many(count, "incident (reported or not)", "incidents (reported or not)")
    return many(count, "report", "reports")


def _of_what(route: Route) -> str:
    parts = []
    if route.distinct_incidents:
        parts.append("of separate incidents")
    if route.separate_dates:
        parts.append("on different days")
    if route.same_problem:
        parts.append(_OF_PROBLEM[route.same_problem])
    return "".join(f" {part}" for part in parts)


def _rest(route: Route) -> tuple[str, ...]:
    """Return by whom, how many of hate, and in which time."""
    return (
        "made by you" if route.same_reporter else "",
        _by_several(route),
        _some_of_hate(route),
        _in_time(route),
        _households(route),
    )


def _by_several(route: Route) -> str:
    if not (route.min_reporters and (route.min_reports or route.min_hate)):
        return ""
    return f"by at least {_reporters(route, route.min_reporters)}" if route.min_reports else ""


def _some_of_hate(route: Route) -> str:
    if not route.min_hate or asks_for_hate_alone(route):
        return ""
    return f"({many(route.min_hate, 'of them', 'of them')} {_HATE})"


def _households(route: Route) -> str:
    if not route.min_households_affected or not (route.min_reports or route.min_reporters):
        return ""
    return f", and {affected(route.min_households_affected)} affected"


def _in_time(route: Route) -> str:
    if route.window is None:
        return "at any time" if asks_for_hate_alone(route) else ""
    when = _window(route.window)
    if route.window.of is DayOf.INCIDENT and not route.min_reporters:
        when = f"{_happened(route)} {when}"
    if route.min_in_window:
        return f"– at least {number(route.min_in_window)} of them {when}"
    return when


def _happened(route: Route) -> str:
    is_named = route.distinct_incidents or asks_for_hate_alone(route)
    is_named = is_named or route.counts is Counts.EXPERIENCED_INCIDENTS
    return "that happened" if is_named else "about what happened"


def _window(window: Window) -> str:
    how_long = period(window.period)
    return {
        Anchor.APPLICATION: f"in the {how_long} before you ask",
        Anchor.SPAN: f"within any {how_long}",
        Anchor.FIRST_REPORT: f"within {how_long} of the first report",
        Anchor.FIRST_INCIDENT: f"within {how_long} of the first time that it happened",
    }[window.anchor]
