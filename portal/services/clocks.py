"""The clocks of a case: started and stopped by what happens, shown with their working."""

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import holidays
import sqlalchemy as sa

from portal.access.scope.cases import clocks_for
from portal.db import db
from portal.domain import deadlines, presets
from portal.domain.caselists import NEVER
from portal.domain.dates import in_short
from portal.domain.presets import Clock, Scheme
from portal.domain.roles import Actor
from portal.models.case import Case, CaseClock
from portal.models.scheme import ClosureDay, SchemeVersion

SOON = 5

LABELS = {
    Clock.ACKNOWLEDGE: "Acknowledge the request",
    Clock.AGENCY_RETURN: "Agencies confirm the reports",
    Clock.THRESHOLD_DECISION: "Threshold decision",
    Clock.MEETING: "Review meeting",
    Clock.PACK_OUT: "Packs out",
    Clock.ACTION_PLAN: "Written action plan",
    Clock.APPEAL_THRESHOLD: "Appeal against the decision",
}


def label(clock: Clock) -> str:
    """Return the words of a clock."""
    return LABELS.get(clock, clock.value.replace("_", " ").capitalize())


# A right of the applicant that ends, not a thing that the office can be late with.
RIGHTS = frozenset({Clock.APPEAL_THRESHOLD, Clock.APPEAL_CONDUCT})


@dataclass(frozen=True)
class ClockLine:
    """A clock as a page shows it.

    Attributes:
        state: late, today, soon, later or done.
        text: "2 days late", "Today", "Fri 15 Jan" or "18 Dec, in time".
        working: how the day was worked out, a sentence each.
    """

    clock: Clock
    label: str
    state: str
    text: str
    due_on: dt.date
    working: tuple[str, ...]


@functools.lru_cache(maxsize=16)
def _bank_holidays(year: int) -> Mapping[dt.date, str]:
    found = holidays.country_holidays("GB", subdiv="ENG", years=range(year - 1, year + 3))
    return dict(found.items())


def days_off(area_id: int, around: dt.date) -> dict[dt.date, str]:
    """Return bank holidays of England and Wales and the area's own closure days, by name."""
    return {**_bank_holidays(around.year), **_closure_days(area_id)}


def _closure_days(area_id: int) -> dict[dt.date, str]:
    closed = db.session.execute(
        sa.select(ClosureDay.closed_on, ClosureDay.reason).where(ClosureDay.area_id == area_id)
    )
    return {row[0]: row[1] for row in closed}


def scheme_of(case: Case) -> Scheme:
    """Return the scheme version that the case was received under."""
    version = db.session.get_one(SchemeVersion, case.scheme_version_id)
    return presets.from_json(version.rules)


def work_out(case: Case, clock: Clock, event_on: dt.date) -> deadlines.Working:
    """Work out the last day of a clock that starts with an event of this London day."""
    return _work_out(scheme_of(case), clock, event_on, days_off(case.area_id, event_on))


def _work_out(
    scheme: Scheme, clock: Clock, event_on: dt.date, off: Mapping[dt.date, str]
) -> deadlines.Working:
    rule = scheme.rule(clock)
    return deadlines.work_out(event_on, rule.starts_from.label, rule.limit, off, before=rule.before)


def start(case: Case, clock: Clock, event_on: dt.date) -> None:
    """Start a clock; does not commit."""
    due = work_out(case, clock, event_on).due
    started = CaseClock(case_id=case.id, clock=clock, started_on=event_on, due_on=due)
    db.session.add(started)
    if next_of([started]) and (due, clock) < (case.next_due_on, case.next_clock or clock):
        _keep_next(case, started)


def stop(actor: Actor, case: Case, clock: Clock, on: dt.date) -> None:
    """Stop a clock that runs; does not commit."""
    rows = db.session.scalars(clocks_for(actor, [case.id])).all()
    running = next((row for row in rows if row.clock is clock), None)
    if running is not None and running.stopped_on is None:
        running.stopped_on = on
        _keep_next(case, next_of(rows))


def _keep_next(case: Case, clock: CaseClock | None) -> None:
    """Keep with the case which of its clocks ends first: lists are sorted and filtered by it."""
    case.next_due_on = clock.due_on if clock else NEVER
    case.next_clock = clock.clock if clock else None


def lines(actor: Actor, case: Case) -> list[ClockLine]:
    """Return the clocks of a case, those that run first, by date."""
    today = deadlines.london_day(actor.at)
    rows = db.session.scalars(clocks_for(actor, [case.id])).all()
    scheme, closed = scheme_of(case), _closure_days(case.area_id)
    shown = [_line(row, scheme, closed, today) for row in rows]
    return sorted(shown, key=lambda line: (line.state == "done", line.due_on))


def _line(
    row: CaseClock, scheme: Scheme, closed: Mapping[dt.date, str], today: dt.date
) -> ClockLine:
    off = {**_bank_holidays(row.started_on.year), **closed}
    working = _work_out(scheme, row.clock, row.started_on, off)
    state, text = describe(row, today, frozenset(off))
    return ClockLine(row.clock, LABELS[row.clock], state, text, row.due_on, working.sentences())


def describe(row: CaseClock, today: dt.date, off: deadlines.DaysOff) -> tuple[str, str]:
    """Return state and words of a clock on a London day; lateness is counted in working days."""
    if row.stopped_on is not None:
        late = deadlines.working_days_between(row.due_on, row.stopped_on, off)
        when = in_short(row.stopped_on)
        return "done", f"{when}, in time" if late <= 0 else f"{when}, {_days(late)} late"
    if row.clock in RIGHTS:
        is_over = today > row.due_on
        return (
            "done" if is_over else "later",
            f"{'Ended' if is_over else 'Until'} {in_short(row.due_on)}",
        )
    return describe_day(row.due_on, today, off)


def describe_day(due_on: dt.date, today: dt.date, off: deadlines.DaysOff) -> tuple[str, str]:
    """Return state and words of a day on which something is due and not yet done."""
    if today > due_on:
        late = max(1, deadlines.working_days_between(due_on, today, off))
        return "late", f"{_days(late)} late"
    if today == due_on:
        return "today", "Today"
    left = deadlines.working_days_between(today, due_on, off)
    return ("soon" if left <= SOON else "later"), in_short(due_on)


def next_of(rows: Iterable[CaseClock]) -> CaseClock | None:
    """Return the running clock that ends first."""
    running = [row for row in rows if row.stopped_on is None and row.clock not in RIGHTS]
    return min(running, key=lambda row: (row.due_on, row.clock), default=None)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
