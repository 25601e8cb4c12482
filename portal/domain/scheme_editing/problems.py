"""What is wrong with a draft: what keeps it from being a scheme, and what is warned against."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from portal.domain.clocks.rules import Clock, ClockEvent, ClockRule
from portal.domain.deadlines import Limit, Unit, due_on
from portal.domain.presets import Scheme, SchemeError, from_json
from portal.domain.scheme_editing.sections import routes_of
from portal.domain.threshold.counting import asks_for_hate_alone
from portal.domain.threshold.periods import Period, first_day_back
from portal.domain.threshold.reading import read_rules
from portal.domain.threshold.rules import Anchor, Route, Rules

_HOURS_OF_A_DAY: Final = 24
LAWS_NUMBER: Final = 3
"""The government's notes on section 104: a procedure sets the number no higher than this."""


@dataclass(frozen=True)
class Problem:
    """Something about a draft.

    Attributes:
        blocks: it is no scheme while this is so.
    """

    sentence: str
    blocks: bool = False


def problems_of(stored: Mapping[str, Any], meetings: Collection[str] = ()) -> tuple[Problem, ...]:
    """Return everything that is wrong with a stored draft, what blocks it first.

    Args:
        stored: the draft.
        meetings: names of the regular meetings that the area's calendar has days of.
    """
    threshold = stored.get("threshold")
    threshold = threshold if isinstance(threshold, Mapping) else {}
    rules = read_rules(threshold)
    found = list(_no_scheme(stored))
    if not routes_of(threshold):
        found.append(Problem("There is no route: add at least one.", blocks=True))
    found += [Problem(sentence) for sentence in _of_rules(rules)]
    if not any(each.blocks for each in found):
        scheme = from_json(stored)
        found += [Problem(sentence) for sentence in _of_clocks(scheme)]
        found += [Problem(sentence) for sentence in _of_meetings(scheme, meetings)]
    return tuple(sorted(found, key=lambda each: not each.blocks))


def _no_scheme(stored: Mapping[str, Any]) -> Iterator[Problem]:
    try:
        from_json(stored)
    except SchemeError as error:
        yield from (Problem(sentence, blocks=True) for sentence in error.sentences)


def _of_rules(rules: Rules) -> Iterator[str]:
    if rules.floor.number > LAWS_NUMBER:
        yield (
            f"The number by law is {rules.floor.number}. The government’s notes on the Act say "
            "that it should be no higher than three."
        )
    yield from _only_more_than_three(rules)
    for route in rules.routes:
        name = f"Route “{route.id.replace('_', ' ')}”"
        yield from (f"{name} {why}" for why in _never_met(route))
    for held in rules.held:
        if held.must_be_computed:
            yield f"“{held.key.replace('_', ' ')}” of {held.where} is not understood: {held.why}."


def _only_more_than_three(rules: Rules) -> Iterator[str]:
    """Yield a warning where no way by the number of reports asks for as few as the law."""
    numbers = [
        route.min_reports
        for route in rules.routes
        if route.min_reports and not route.min_reporters and not asks_for_hate_alone(route)
    ]
    if numbers and min(numbers) > LAWS_NUMBER:
        yield (
            f"Every route asks for {min(numbers)} reports or more. By law {LAWS_NUMBER} are "
            "enough, whatever the routes say."
        )


def _never_met(route: Route) -> Iterator[str]:
    if route.min_in_window and not route.window:
        yield "says how many reports must be in a time, and no time: add it, or take it out."
    if route.min_in_window and route.min_in_window > (route.min_reports or 1):
        yield (
            f"asks for {route.min_in_window} reports in the time and {route.min_reports or 1} in "
            "all: it can never be met as it is written."
        )
    if route.same_reporter and (route.min_reporters or 0) > 1:
        yield (
            "asks for one person to have made all reports, and for several people: it can never "
            "be met."
        )
    if route.min_agencies and route.to and route.min_agencies > len(route.to):
        yield "asks for more services told than those whose reports it counts: it can never be met."
    yield from _rest_too_long(route)


def _rest_too_long(route: Route) -> Iterator[str]:
    rest = route.min_days_since_last_report
    if not rest:
        return
    window = route.window
    is_back = window and window.anchor is Anchor.APPLICATION and not route.min_in_window
    if window and is_back and _days(window.period) < rest:
        yield (
            f"counts reports of the last {window.period} alone and asks for {rest} days without "
            "one: it can never be met."
        )
    if route.most_recent and _days(route.most_recent.period) < rest:
        yield (
            f"asks for a report in the last {route.most_recent.period} and for {rest} days without "
            "one: it can never be met."
        )


_A_DAY: Final = dt.date(2026, 12, 31)  # the six months back from it are long ones


def _days(period: Period) -> int:
    return (_A_DAY - first_day_back(_A_DAY, period)).days


# Each of the first is to be done before the second.
_ORDER: Final = (
    (Clock.ACKNOWLEDGE, Clock.THRESHOLD_DECISION, "the request is acknowledged", "the decision"),
    (Clock.THRESHOLD_DECISION, Clock.MEETING, "the decision is made", "the meeting"),
    (Clock.MEETING, Clock.WHOLE_PROCESS, "the meeting is held", "the end of the whole review"),
    (Clock.APPEAL_SIFT, Clock.APPEAL_OUTCOME, "it is said if an appeal is heard", "its outcome"),
)
_AHEAD: Final = (ClockEvent.MEETING,)


def _of_clocks(scheme: Scheme) -> Iterator[str]:
    rules = {rule.clock: rule for rule in scheme.clocks}
    for first, second, done, then in _ORDER:
        if second in rules and _is_later(rules[first], rules[second]):
            yield (
                f"Two clocks contradict: {done} within {rules[first].limit}, and {then} "
                f"is due within {rules[second].limit} of the same event, which is earlier."
            )
    yield from _returns_too_late(rules)
    yield from _pack_too_early(rules)
    for rule in scheme.clocks:
        if rule.before and rule.starts_from != _AHEAD:
            yield (
                f"The clock “{rule.clock.label}” is counted back from something that is known "
                "only once it has happened."
            )


def _of_meetings(scheme: Scheme, meetings: Collection[str]) -> Iterator[str]:
    for rule in scheme.clocks:
        if rule.next_meeting and rule.next_meeting not in meetings:
            yield (
                f"The clock “{rule.clock.label}” waits for the meeting “{rule.next_meeting}”, and "
                "the calendar has no day of it."
            )


def _returns_too_late(rules: Mapping[Clock, ClockRule]) -> Iterator[str]:
    returns, decision = rules[Clock.AGENCY_RETURN], rules[Clock.THRESHOLD_DECISION]
    is_from_request = decision.starts_from == (ClockEvent.REQUEST_RECEIVED,)
    if is_from_request and _is_longer(returns, decision):
        yield (
            f"Two clocks contradict: agencies may take {returns.limit} to answer, and the decision "
            f"is due {decision.limit} after the request."
        )


def _pack_too_early(rules: Mapping[Clock, ClockRule]) -> Iterator[str]:
    pack, meeting = rules[Clock.PACK_OUT], rules[Clock.MEETING]
    if pack.before and _is_longer(pack, meeting):
        yield (
            f"Two clocks contradict: packs go out {pack.limit} before the meeting, which is due "
            f"{meeting.limit} after {meeting.starts_from[0].label.lower()}."
        )


def _is_later(first: ClockRule, second: ClockRule) -> bool:
    is_same = first.starts_from == second.starts_from and not (first.before or second.before)
    return is_same and _is_longer(first, second)


_MONDAY: Final = dt.date(2026, 6, 1)
_WEEK: Final = tuple(_MONDAY + dt.timedelta(days=day) for day in range(7))
_NONE_OFF: Final[frozenset[dt.date]] = frozenset()


def _is_longer(first: ClockRule, second: ClockRule) -> bool:
    """Say whether one limit ends later than another, whatever day of the week they begin.

    What waits for a regular meeting ends when its calendar says, and is not compared.
    """
    if first.next_meeting or second.next_meeting or not (first.limit and second.limit):
        return False
    one, other = _in_days(first.limit), _in_days(second.limit)
    return all(due_on(day, one, _NONE_OFF) > due_on(day, other, _NONE_OFF) for day in _WEEK)


def _in_days(limit: Limit) -> Limit:
    """Return a limit of hours as the days that have begun by its end."""
    if limit.unit is not Unit.HOURS:
        return limit
    return Limit(-(-limit.number // _HOURS_OF_A_DAY), Unit.DAYS)
