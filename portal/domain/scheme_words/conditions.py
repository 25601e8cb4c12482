"""What a route asks for beside its number of reports, a sentence for each key."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from portal.domain.dates import in_words
from portal.domain.scheme_words.parts import listed, many, number, period
from portal.domain.threshold.rules import (
    AppliedAfter,
    AppliedWithin,
    DayOf,
    MostRecent,
    ReportedWithin,
    ResponseTest,
    Route,
    WithinScope,
)


@dataclass(frozen=True)
class Condition:
    """A sentence about a route.

    Attributes:
        is_local: the law does not know of it, and it cannot take away what the law gives.
    """

    words: str
    is_local: bool


def conditions_of(route: Route) -> Iterator[Condition]:
    """Yield a sentence for each key of a route that is not part of its first sentence."""
    for key, (words, is_local) in _SENTENCES.items():
        value = getattr(route, key)
        if value is None:
            continue
        said = words(value)
        if said:
            yield Condition(said, is_local or _is_local(value))


def _is_local(value: Any) -> bool:
    """Say whether the law knows the key and yet counts otherwise."""
    return isinstance(value, AppliedWithin) and value.after is not AppliedAfter.EACH_REPORT


_RESPONSES = {
    ResponseTest.NONE: "Nothing was done about it.",
    ResponseTest.NONE_OR_INADEQUATE: "The answer was missing or not good enough.",
    ResponseTest.NO_EFFECTIVE: "What was done did not work.",
    ResponseTest.DISSATISFIED: "You are not satisfied with the answer.",
    ResponseTest.NOT_PER_AGENCY_POLICY: "The answer did not follow the service’s own rules.",
}
_AFTER = {
    AppliedAfter.EACH_REPORT: ("each report", "the report"),
    AppliedAfter.FIRST_REPORT: ("the first report", "the report"),
    AppliedAfter.LATEST_REPORT: ("the latest report", "the report"),
    AppliedAfter.LATEST_INCIDENT: ("the latest time that it happened", "it happened"),
}


def _reported_within(value: ReportedWithin) -> str:
    what = "The first one was" if value.scope is WithinScope.FIRST else "Each was"
    within = f"reported within {period(value.period)}"
    counted = ", counting the day it happened" if value.beginning_with else " after it happened"
    return f"{what} {within}{counted}."


def _applied_within(value: AppliedWithin) -> str:
    of, day = _AFTER[value.after]
    start = "the day it happened" if day == "it happened" else f"the day of {day}"
    counted = f", counting {start}" if value.beginning_with else ""
    return f"You ask within {period(value.period)} of {of}{counted}."


def _most_recent(value: MostRecent) -> str:
    if value.of is DayOf.INCIDENT:
        return f"It last happened no longer than {period(value.period)} ago."
    return f"The newest report is no older than {period(value.period)}."


def _choice(yes: str, no: str) -> Callable[[bool], str]:
    return lambda value: yes if value else no


def _codes(values: tuple[str, ...]) -> str:
    return listed([value.replace("_", " ") for value in values], "or")


def _harm(test: str) -> str:
    words = test.split("_")
    return f"Each caused {listed(words, 'or')}."


_Sentence = tuple[Callable[[Any], str], bool]
# In the order in which they are read. A key that stands in the first sentence says nothing here.
_SENTENCES: dict[str, _Sentence] = {
    "distinct_incidents": (
        _choice("", "Several reports of one thing that happened count, each of them."), False,
    ),
    "separate_dates": (_choice("", "They can be about the same day."), False),
    "same_reporter": (_choice("", "They do not all have to be yours."), False),
    "harm_test": (_harm, False),
    "behaviour": (lambda value: f"It is about {_codes(value)}.", True),
    "to": (lambda value: f"Each was made to the {_codes(value)}.", True),
    "hate_recorded_at_report": (
        _choice(
            "It was written down as hate when it was reported.",
            "It need not have been written down as hate when it was reported.",
        ), True,
    ),
    "reported_within": (_reported_within, False),
    "applied_within": (_applied_within, False),
    "most_recent": (_most_recent, True),
    "min_days_since_last_report": (
        lambda value: f"At least {many(value, 'day', 'days')} have passed since the last report."
        if value > 1
        else "At least one day has passed since the last report.",
        True,
    ),
    "first_report_not_before": (
        lambda value: f"The first report was made on or after {in_words(value)}.", True,
    ),
    "min_agencies": (
        lambda value: f"At least {many(value, 'service was', 'different services were')} told.",
        True,
    ),
    "response": (_RESPONSES.__getitem__, True),
    "ongoing": (_choice("It still goes on.", "It has stopped."), True),
    "investigation_closed": (
        _choice("The investigation is closed.", "The investigation is still open."), True,
    ),
    "further_action_available": (
        _choice("There is something more that can be done.", "Nothing more can be done."), True,
    ),
    "engaged_with_interventions": (
        _choice(
            "You took up what was offered to you, such as mediation.",
            "You did not take up what was offered to you.",
        ), True,
    ),
    "vulnerability": (
        _choice("You are at high risk of harm.", "You are not at high risk of harm."), True,
    ),
}  # fmt: skip

SAID_FIRST = frozenset(
    {
        "id", "decision", "min_reports", "min_reporters", "reporter_unit", "min_hate",
        "same_problem", "window", "min_in_window", "counts", "min_households_affected", "unknown",
    }
)  # fmt: skip
"""The keys of a route that stand in its first sentence."""

SAID = frozenset(_SENTENCES) | SAID_FIRST


def affected(households: int) -> str:
    """Return how many households there have to be."""
    return (
        f"at least {number(households)} {'household is' if households == 1 else 'households are'}"
    )
