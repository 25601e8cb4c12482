"""The clocks of a case as pages show them: state, day, and how the day was worked out."""

import datetime as dt
from dataclasses import dataclass

from portal.domain.caselists import NEVER
from portal.domain.clocks.rules import RIGHTS, Clock
from portal.domain.dates import in_short, in_words, time_of
from portal.domain.deadlines import DaysOff, london_day, working_days_between
from portal.domain.roles import Actor
from portal.models.case import Case
from portal.models.clock import CaseClock, ClockEntry, ClockEntryKind
from portal.services.clocks import KeptClocks, kept_clocks

# Working days before its end on which a clock begins to be shown as near.
SOON = 5


@dataclass(frozen=True)
class ClockLine:
    """A clock as a page shows it.

    Attributes:
        state: late, today, soon, later, paused or done.
        text: "2 days late", "Today", "Fri 15 Jan" or "18 Dec, in time".
        due_on: its last day; none while that cannot be said.
        working: how the day was worked out, a sentence each.
        history: what became of it: pauses, moves, why it was late; the oldest first.
        lacks_reason: it has passed, and nobody has said why.
    """

    clock: Clock
    label: str
    state: str
    text: str
    due_on: dt.date | None
    working: tuple[str, ...]
    history: tuple[str, ...]
    lacks_reason: bool


def lines(actor: Actor, case: Case) -> tuple[ClockLine, ...]:
    """Return the clocks of a case, those that run first, by date."""
    return shown_lines(kept_clocks(actor, case), actor.at)


def shown_lines(kept: KeptClocks, at: dt.datetime) -> tuple[ClockLine, ...]:
    """Return the kept clocks of a case as a page shows them at an instant (aware)."""
    shown = [_line(row, kept, at) for row in kept.rows.values()]
    return tuple(sorted(shown, key=lambda line: (line.state == "done", line.due_on or NEVER)))


def _line(row: CaseClock, kept: KeptClocks, at: dt.datetime) -> ClockLine:
    state, text = describe(row, at, frozenset(kept.calendar.days_off))
    entries = [entry for entry in kept.entries if entry.clock is row.clock]
    return ClockLine(
        clock=row.clock,
        label=row.clock.label,
        state=state,
        text=text,
        due_on=None if row.due_on == NEVER else row.due_on,
        working=_working(row, kept),
        history=tuple(_in_words(entry) for entry in entries),
        lacks_reason=has_passed(row, at)
        and not any(entry.kind is ClockEntryKind.LATE for entry in entries),
    )


def _working(row: CaseClock, kept: KeptClocks) -> tuple[str, ...]:
    worked = kept.worked(kept.scheme.rule(row.clock))
    return worked.sentences if worked else ()


def _in_words(entry: ClockEntry) -> str:
    day = in_words(entry.on_day)
    match entry.kind:
        case ClockEntryKind.PAUSED:
            return f"Paused on {day}: {entry.reason}"
        case ClockEntryKind.RESUMED:
            why = f": {entry.reason}" if entry.reason else "."
            return f"Resumed on {day}, so that it ends on {_due(entry.due_after)}{why}"
        case ClockEntryKind.MOVED:
            return f"Moved from {_due(entry.due_before)} to {_due(entry.due_after)}: {entry.reason}"
        case ClockEntryKind.LATE:
            return _late(entry, day)


def _late(entry: ClockEntry, day: str) -> str:
    found = [f"Why it is late, written on {day}: {entry.reason}"]
    if entry.new_day:
        found.append(f"New day: {in_words(entry.new_day)}.")
    if entry.told_on:
        found.append(f"The applicant was told on {in_words(entry.told_on)}.")
    return " ".join(found)


def _due(day: dt.date | None) -> str:
    return "no day" if day in {None, NEVER} else in_words(day)


def has_passed(row: CaseClock, at: dt.datetime) -> bool:
    """Say whether a clock that somebody has to keep ended late, or is late at an instant."""
    if row.clock in RIGHTS or row.due_on == NEVER:
        return False
    if row.stopped_on is None:
        return not row.is_paused and _is_after(row, at)
    if row.due_at is not None and row.stopped_at is not None:
        return row.stopped_at > row.due_at
    return row.stopped_on > row.due_on


def _is_after(row: CaseClock, at: dt.datetime) -> bool:
    return at > row.due_at if row.due_at is not None else london_day(at) > row.due_on


def describe(row: CaseClock, at: dt.datetime, off: DaysOff) -> tuple[str, str]:
    """Return state and words of a clock at an instant; lateness is counted in working days."""
    if row.stopped_on is not None:
        return "done", _stopped(row, row.stopped_on, at, off)
    if row.is_paused:
        return "paused", "Paused"
    if row.due_on == NEVER:
        return "later", "No day yet"
    today = london_day(at)
    if row.clock in RIGHTS:
        return _right(row.due_on, today)
    if row.due_at is not None and today == row.due_on:
        by = time_of(row.due_at)
        return ("late", f"Was due at {by}") if at > row.due_at else ("today", f"Today, {by}")
    return describe_day(row.due_on, today, off)


def _stopped(row: CaseClock, stopped_on: dt.date, at: dt.datetime, off: DaysOff) -> str:
    when = in_short(stopped_on)
    if not has_passed(row, at):
        return f"{when}, in time"
    late = working_days_between(row.due_on, stopped_on, off)
    return f"{when}, {_days(late)} late" if late > 0 else f"{when}, late"


def _right(due_on: dt.date, today: dt.date) -> tuple[str, str]:
    if today > due_on:
        return "done", f"Ended {in_short(due_on)}"
    return "later", f"Until {in_short(due_on)}"


def describe_day(due_on: dt.date, today: dt.date, off: DaysOff) -> tuple[str, str]:
    """Return state and words of a day on which something is due and not yet done."""
    if today > due_on:
        late = max(1, working_days_between(due_on, today, off))
        return "late", f"{_days(late)} late"
    if today == due_on:
        return "today", "Today"
    left = working_days_between(today, due_on, off)
    return ("soon" if left <= SOON else "later"), in_short(due_on)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
