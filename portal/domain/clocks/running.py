"""When a clock of a case ends, from what has happened on the case, and how that was counted."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from portal.domain.clocks.rules import ONLY_AFTER, ClockEvent, ClockRule
from portal.domain.dates import LONDON, clock_time, in_words
from portal.domain.deadlines import Limit, Unit, due_on, is_working_day, london_day, work_out
from portal.domain.pauses import Pause, is_paused_on

_HOURS_OF_A_DAY: Final = 24

RECEIVED_AFTER: Final = {
    ClockEvent.DECISION_NOTICE_RECEIVED: ClockEvent.DECISION_NOTICE_SENT,
    ClockEvent.PLAN_RECEIVED: ClockEvent.PLAN_ISSUED,
}
"""What reaches somebody, and the event by which it was sent: an area may count from either."""

Events = Mapping[ClockEvent, dt.datetime]
"""The instant (aware) at which each thing happened, or for a meeting ahead, begins."""


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The days that an area's deadlines are counted on.

    Attributes:
        days_off: the name of each bank holiday and closure day.
        meetings: the days of each regular meeting, by its name.
        deemed_receipt: after how long a letter counts as received whose receipt nobody recorded.
    """

    days_off: Mapping[dt.date, str]
    meetings: Mapping[str, Sequence[dt.date]] = field(default_factory=dict)
    deemed_receipt: Limit | None = None


@dataclass(frozen=True)
class Worked:
    """When a clock ends.

    Attributes:
        started_on: the London day that it is counted from.
        due_on: its last London day; none while that cannot be said, because it is paused or the
            meeting that it waits for is in no calendar.
        due_at: the instant at which a limit in hours ends.
        sentences: how it was counted, a sentence each.
    """

    started_on: dt.date
    due_on: dt.date | None
    due_at: dt.datetime | None
    sentences: tuple[str, ...]


def work_out_clock(
    rule: ClockRule, events: Events, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> Worked | None:
    """Return when a clock ends, or none as long as something that it starts from has not happened.

    Args:
        rule: the clock's, of the scheme that the case was received under.
        events: what has happened on the case.
        calendar: of the area.
        pauses: of this clock, in their order; the days of a pause do not count.

    Raises:
        DeadlineRangeError: the start or the end lies before 1900 or after 2200.
    """
    known = _with_deemed(events, calendar)
    if not all(event in known for event in (*rule.starts_from, *_besides(rule))):
        return None
    last = max(rule.starts_from, key=lambda event: known[event])
    begun = _why_from(rule, last, events, calendar)
    if rule.next_meeting:
        return _from_next_meeting(rule, last, known[last], begun, calendar, pauses)
    return _from(rule, last.label, known[last], begun, calendar, pauses)


def _besides(rule: ClockRule) -> tuple[ClockEvent, ...]:
    return (ONLY_AFTER[rule.clock],) if rule.clock in ONLY_AFTER else ()


def _with_deemed(events: Events, calendar: Calendar) -> Events:
    """Add what counts as received, for lack of a day on which it was."""
    if calendar.deemed_receipt is None:
        return events
    deemed = {
        received: _noon(due_on(london_day(events[sent]), calendar.deemed_receipt, _off(calendar)))
        for received, sent in RECEIVED_AFTER.items()
        if sent in events
    }
    return {**deemed, **events}


def _why_from(
    rule: ClockRule, last: ClockEvent, events: Events, calendar: Calendar
) -> tuple[str, ...]:
    found = []
    if len(rule.starts_from) > 1:
        names = "; ".join(event.label.lower() for event in rule.starts_from)
        found.append(f"Counted from the last of: {names}.")
    if last not in events:
        found.append(f"It counts as received {calendar.deemed_receipt} after it was sent.")
    return tuple(found)


def _from_next_meeting(
    rule: ClockRule,
    event: ClockEvent,
    at: dt.datetime,
    begun: tuple[str, ...],
    calendar: Calendar,
    pauses: Sequence[Pause],
) -> Worked:
    day = london_day(at)
    begun = (*begun, f"{event.label} on {in_words(day)}.")
    after = [held_on for held_on in calendar.meetings.get(rule.next_meeting, ()) if held_on > day]
    if not after:
        missing = f"No day of the {rule.next_meeting} after that is in the calendar."
        return Worked(day, None, None, (*begun, missing))
    first = min(after)
    if rule.limit is not None:
        found = _from(rule, rule.next_meeting, _noon(first), begun, calendar, pauses)
        return Worked(day, found.due_on, found.due_at, found.sentences)
    if _is_paused(pauses):
        return Worked(day, None, None, (*begun, *_paused_words(pauses)))
    next_one = f"The next {rule.next_meeting} is on {in_words(first)}, which is the last day."
    return Worked(day, first, None, (*begun, next_one))


def _from(
    rule: ClockRule,
    label: str,
    at: dt.datetime,
    begun: tuple[str, ...],
    calendar: Calendar,
    pauses: Sequence[Pause],
) -> Worked:
    if rule.limit is None:
        msg = "A clock without a limit ends with a regular meeting"
        raise ValueError(msg)
    day = london_day(at)
    if _is_paused(pauses):
        started = f"{label} on {in_words(day)}."
        return Worked(day, None, None, (*begun, started, *_paused_words(pauses)))
    if rule.limit.unit is Unit.HOURS:
        return _hours(rule, rule.limit, label, at, begun, calendar, pauses)
    worked = work_out(
        day, label, rule.limit, calendar.days_off, before=rule.before, pauses=tuple(pauses)
    )
    return Worked(day, worked.due, None, (*begun, *worked.sentences()))


def _hours(
    rule: ClockRule,
    limit: Limit,
    label: str,
    at: dt.datetime,
    begun: tuple[str, ...],
    calendar: Calendar,
    pauses: Sequence[Pause],
) -> Worked:
    """Count hours from an instant; an end on a day off keeps its time of day."""
    at = at.astimezone(dt.UTC)  # in another zone an hour would be lost where its clocks change
    step = dt.timedelta(days=-1 if rule.before else 1)
    unpaused = at + limit.number * step / _HOURS_OF_A_DAY
    ends = unpaused + _days_lost(at, unpaused, pauses) * step
    while not is_working_day(london_day(ends), _off(calendar)):
        ends = _a_day_on(ends, step)
    moved = "the working day before" if rule.before else "the next working day"
    side = "earlier" if rule.before else "later"
    sentences = (
        f"{label} on {_moment(at)}.",
        f"{limit} {side}; an end on a day off keeps its time and moves to {moved}.",
        *_paused_words(pauses),
        f"The last moment is {_moment(ends)}.",
    )
    return Worked(london_day(at), london_day(ends), ends, (*begun, *sentences))


def _days_lost(start: dt.datetime, end: dt.datetime, pauses: Sequence[Pause]) -> int:
    """Return how many days the clock stood still, also on the days that this adds."""
    day, last, lost = london_day(start), london_day(end), 0
    while day < last:
        day += dt.timedelta(days=1)
        if is_paused_on(day, pauses):
            last += dt.timedelta(days=1)
            lost += 1
    return lost


def _a_day_on(at: dt.datetime, step: dt.timedelta) -> dt.datetime:
    """Return the same time of day in London on the next day, or the day before."""
    return (at.astimezone(LONDON) + step).astimezone(dt.UTC)


def _is_paused(pauses: Sequence[Pause]) -> bool:
    return any(pause.until_on is None for pause in pauses)


def _paused_words(pauses: Sequence[Pause]) -> tuple[str, ...]:
    return tuple(pause.sentence() for pause in pauses)


def _off(calendar: Calendar) -> frozenset[dt.date]:
    return frozenset(calendar.days_off)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=LONDON)


def _moment(at: dt.datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{in_words(local.date())}, {clock_time(local.time())}"
