"""The clocks of a case: started, moved and ended by what happens on it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.access.scope.clocks import clock_entries_for, clocks_for, recorded_events_for
from portal.db import db
from portal.domain import presets
from portal.domain.caselists import NEVER
from portal.domain.clocks.rules import ENDS, ONLY_AFTER, RIGHTS, Clock, ClockEvent, ClockRule
from portal.domain.clocks.running import RECEIVED_AFTER, Calendar, Worked, work_out_clock
from portal.domain.dates import LONDON, in_words
from portal.domain.deadlines import london_day
from portal.domain.pauses import Pause
from portal.domain.presets import Scheme
from portal.domain.roles import Actor
from portal.models.case import Case
from portal.models.clock import CaseClock, ClockEntry, ClockEntryKind, RecordedEvent
from portal.models.scheme import SchemeVersion
from portal.services.calendars import calendar_of


@dataclass
class KeptClocks:
    """A case's clocks and all that they depend on.

    Attributes:
        rows: the clocks that the case has had so far.
        recorded: when what they are counted from has happened.
        entries: what became of them, in its order.
    """

    case: Case
    scheme: Scheme
    calendar: Calendar
    rows: dict[Clock, CaseClock]
    recorded: dict[ClockEvent, RecordedEvent]
    entries: Sequence[ClockEntry]

    def worked(self, rule: ClockRule) -> Worked | None:
        """Work out a clock from what has happened."""
        events = {event: row.happened_at for event, row in self.recorded.items()}
        return work_out_clock(rule, events, self.calendar, self.pauses(rule.clock))

    def record(self, event: ClockEvent, at: dt.datetime) -> None:
        """Keep when something happened, or when it will now be; does not commit."""
        row = self.recorded.get(event)
        if row is None:
            row = RecordedEvent(case_id=self.case.id, event=event)
            self.recorded[event] = row
            db.session.add(row)
        row.happened_at = at

    def pauses(self, clock: Clock) -> tuple[Pause, ...]:
        """Return when a clock stood still."""
        found: list[Pause] = []
        for entry in self.entries:
            if entry.clock is clock and entry.kind is ClockEntryKind.PAUSED:
                found.append(Pause(entry.on_day, None, entry.reason))
            if entry.clock is clock and entry.kind is ClockEntryKind.RESUMED:
                found[-1] = Pause(found[-1].from_on, entry.on_day, found[-1].reason)
        return tuple(found)


def scheme_of(case: Case) -> Scheme:
    """Return the scheme version that the case was received under."""
    version = db.session.get_one(SchemeVersion, case.scheme_version_id)
    return presets.from_json(version.rules)


def kept_clocks(actor: Actor, case: Case) -> KeptClocks:
    """Return a case's clocks with all that they depend on; belongs inside a transaction."""
    scheme = scheme_of(case)
    rows = db.session.scalars(clocks_for(actor, [case.id]))
    events = db.session.scalars(recorded_events_for(actor, case.id))
    around = london_day(case.received_at)
    return KeptClocks(
        case=case,
        scheme=scheme,
        calendar=calendar_of(case.area_id, around, scheme.deemed_receipt),
        rows={row.clock: row for row in rows},
        recorded={row.event: row for row in events},
        entries=db.session.scalars(clock_entries_for(actor, case.id)).all(),
    )


def instant_of(actor: Actor, day: dt.date) -> dt.datetime:
    """Return when something happened of which the London day was typed: now, or noon of the day."""
    if day == london_day(actor.at):
        return actor.at
    return dt.datetime.combine(day, dt.time(12), tzinfo=LONDON)


def happened(actor: Actor, case: Case, event: ClockEvent, at: dt.datetime) -> None:
    """Record that something has happened on a case, or when its meeting will be; does not commit.

    What ends by it ends, what is counted from it starts; what ran already moves, and keeps why.

    Args:
        actor: who does it; they may open the case.
        case: whose clocks these are.
        event: what happened.
        at: when, aware; ``instant_of`` where only the day is known.
    """
    kept = kept_clocks(actor, case)
    kept.record(event, at)
    for row in kept.rows.values():
        if event in ENDS.get(row.clock, ()):
            _end(kept, row)
    why = f"{event.label}: {in_words(london_day(at))}"
    for rule in kept.scheme.clocks:
        if _depends_on(rule, event):
            _count_and_say(kept, rule, actor, why)
    keep_next(case, kept.rows.values())


def taken_back(actor: Actor, case: Case, event: ClockEvent) -> None:
    """Forget something that was ahead and will not be, with the clocks that run from it.

    Does not commit; what has ended stays.
    """
    kept = kept_clocks(actor, case)
    row = kept.recorded.pop(event, None)
    if row is None:
        return
    db.session.delete(row)
    for rule in kept.scheme.clocks:
        clock = kept.rows.get(rule.clock)
        if clock and clock.stopped_on is None and _needs(rule, event):
            db.session.delete(kept.rows.pop(rule.clock))
    keep_next(case, kept.rows.values())


def _depends_on(rule: ClockRule, event: ClockEvent) -> bool:
    """Say whether the clock is counted from the event, also by way of what counts as received."""
    sent = {RECEIVED_AFTER.get(each) for each in rule.starts_from}
    return event in sent or _needs(rule, event)


def _needs(rule: ClockRule, event: ClockEvent) -> bool:
    return event in rule.starts_from or event is ONLY_AFTER.get(rule.clock)


def _end(kept: KeptClocks, row: CaseClock) -> None:
    """End a clock with the first of what ends it; a day that is corrected corrects its end."""
    ends = [kept.recorded[event] for event in ENDS[row.clock] if event in kept.recorded]
    at = min(each.happened_at for each in ends)
    row.is_paused = False
    row.stopped_on = london_day(at)
    row.stopped_at = at


def _count_and_say(kept: KeptClocks, rule: ClockRule, actor: Actor, why: str) -> None:
    moved = count(kept, rule)
    if moved:
        db.session.add(moved_entry(kept.case, rule.clock, moved, actor, why))


@dataclass(frozen=True)
class Moved:
    """The last day of a clock before and after it was counted again; ``NEVER`` for no day."""

    before: dt.date
    after: dt.date


def count(kept: KeptClocks, rule: ClockRule) -> Moved | None:
    """Count a clock from what has happened; does not commit.

    What has ended stays as it was; what was done before its clock begins has ended it.

    Returns:
        From when to when it moved, or none where it is new or stays.
    """
    row = kept.rows.get(rule.clock)
    worked = kept.worked(rule)
    if worked is None or (row is not None and row.stopped_on is not None):
        return None
    if row is None:
        row = CaseClock(case_id=kept.case.id, clock=rule.clock)
        kept.rows[rule.clock] = row
        db.session.add(row)
        _fill(row, worked)
        if any(event in kept.recorded for event in ENDS.get(row.clock, ())):
            _end(kept, row)
        return None
    before = row.due_on
    _fill(row, worked)
    return Moved(before, row.due_on) if before != row.due_on else None


def _fill(row: CaseClock, worked: Worked) -> None:
    row.started_on = worked.started_on
    row.due_on = worked.due_on or NEVER
    row.due_at = worked.due_at


def moved_entry(case: Case, clock: Clock, moved: Moved, actor: Actor, why: str) -> ClockEntry:
    """Return the line of a clock's history that says from when to when it moved, and why."""
    return ClockEntry(
        case_id=case.id,
        clock=clock,
        kind=ClockEntryKind.MOVED,
        on_day=london_day(actor.at),
        reason=why,
        due_before=moved.before,
        due_after=moved.after,
        recorded_at=actor.at,
        person_id=actor.person_id,
    )


def keep_next(case: Case, rows: Iterable[CaseClock]) -> None:
    """Keep with the case which of its clocks ends first: lists are sorted and filtered by it."""
    clock = next_of(rows)
    case.next_due_on = clock.due_on if clock else NEVER
    case.next_clock = clock.clock if clock else None


def next_of(rows: Iterable[CaseClock]) -> CaseClock | None:
    """Return the running clock that ends first, of those that somebody has to keep."""
    running = [row for row in rows if is_running(row) and row.clock not in RIGHTS]
    return min(running, key=lambda row: (row.due_on, row.clock), default=None)


def is_running(row: CaseClock) -> bool:
    """Say whether a clock has a last day ahead or behind it, and nothing has ended it."""
    return row.stopped_on is None and not row.is_paused and row.due_on != NEVER
