"""What the office does with a case's clocks: pause, resume, say why one is late, record events."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.db import db, transaction
from portal.domain.clocks.rules import BY_HAND, RIGHTS, Clock, ClockEvent
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.models.clock import CaseClock, ClockEntry, ClockEntryKind, RecordedEvent
from portal.services.clock_lines import ClockLine, has_passed, shown_lines
from portal.services.clocks import (
    KeptClocks,
    count,
    happened,
    instant_of,
    keep_next,
    kept_clocks,
)
from portal.services.frames import CaseFrame, frame
from portal.services.once import once


class ClockError(Exception):
    """What was typed cannot be saved; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class ShownEvent:
    """Something that has happened on a case, and its London day."""

    event: ClockEvent
    happened_on: dt.date


@dataclass(frozen=True)
class ClocksPage:
    """The clocks of a case with all that they are counted from.

    Attributes:
        events: what has happened, by its day.
        to_pause, to_resume, to_explain: on which clocks this can be done now.
    """

    frame: CaseFrame
    lines: tuple[ClockLine, ...]
    events: tuple[ShownEvent, ...]
    to_pause: frozenset[Clock]
    to_resume: frozenset[Clock]
    to_explain: frozenset[Clock]


def open_clocks(actor: Actor, reference: str) -> ClocksPage:
    """Return the clocks of a case, for whoever may open it."""
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE, thing="clocks")
        kept = kept_clocks(actor, opened.case)
        rows = kept.rows.values()
        events = [ShownEvent(row.event, london_day(row.happened_at)) for row in _recorded(kept)]
        return ClocksPage(
            frame=frame(actor, opened),
            lines=shown_lines(kept, actor.at),
            events=tuple(events),
            to_pause=frozenset(row.clock for row in rows if not _why_not_paused(kept, row)),
            to_resume=frozenset(row.clock for row in rows if row.is_paused),
            to_explain=frozenset(row.clock for row in rows if has_passed(row, actor.at)),
        )


def _recorded(kept: KeptClocks) -> list[RecordedEvent]:
    rows = [row for row in kept.recorded.values() if row.event is not ClockEvent.MEETING]
    return sorted(rows, key=lambda row: row.happened_at)


def open_clock_form(actor: Actor, reference: str, clock: Clock) -> CaseFrame:
    """Return the top of the page for a form about a clock.

    Raises:
        CaseNotFoundError: the case has no such clock, or as the gate says.
    """
    with transaction():
        opened = load_case(actor, reference, Act.CHANGE_CLOCK, thing=f"{clock}, form")
        _row(kept_clocks(actor, opened.case), clock)
        return frame(actor, opened)


def pause(actor: Actor, reference: str, token: str, clock: Clock, reason: str) -> None:
    """Let a clock stand still from today on.

    Raises:
        ClockError: it cannot be paused now.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened, kept, row = _opened(actor, reference, clock)
        refused = _why_not_paused(kept, row)
        if refused:
            raise ClockError("reason", refused)
        row.is_paused = True
        _count_again(actor, opened, _add(actor, opened, clock, ClockEntryKind.PAUSED, reason))


def resume(actor: Actor, reference: str, token: str, clock: Clock, reason: str) -> None:
    """Let a paused clock go on from today on; the days in between do not count.

    Raises:
        ClockError: it does not stand still.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened, _kept, row = _opened(actor, reference, clock)
        if not row.is_paused:
            raise ClockError("reason", "The clock is not paused: somebody has resumed it")
        row.is_paused = False
        _count_again(actor, opened, _add(actor, opened, clock, ClockEntryKind.RESUMED, reason))


def _why_not_paused(kept: KeptClocks, row: CaseClock) -> str:
    if row.stopped_on is not None:
        return "The clock has ended, so it cannot be paused"
    if row.is_paused:
        return "The clock is paused already"
    if row.clock in RIGHTS:
        return "This is the applicant’s time, so it cannot be paused"
    if kept.scheme.rule(row.clock).before:
        return "The clock is counted back from the meeting: change the day of the meeting"
    return ""


@dataclass(frozen=True)
class TypedLateness:
    """Why a clock was not kept.

    Attributes:
        new_day: by when it is meant to be done; none where it is done already.
        told_on: when the applicant was told; none where they were not yet.
    """

    reason: str
    new_day: dt.date | None
    told_on: dt.date | None


def say_why_late(
    actor: Actor, reference: str, token: str, clock: Clock, typed: TypedLateness
) -> None:
    """Record why a clock was not kept, by when it will be done, and whether the applicant knows.

    Raises:
        ClockError: it has not passed, or a day does not fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened, _kept, row = _opened(actor, reference, clock)
        if not has_passed(row, actor.at):
            raise ClockError("reason", "The clock has not passed, so there is nothing to explain")
        today = london_day(actor.at)
        if typed.new_day and typed.new_day < today:
            raise ClockError("new_day", "The new day must be today or in the future")
        if typed.told_on and typed.told_on > today:
            raise ClockError("told_on", "The day must be today or in the past")
        entry = _add(actor, opened, clock, ClockEntryKind.LATE, typed.reason)
        entry.new_day = typed.new_day
        entry.told_on = typed.told_on


def record_event(
    actor: Actor, reference: str, token: str, event: ClockEvent, happened_on: dt.date
) -> None:
    """Record something that no page of the portal does, or correct on which day it was.

    Raises:
        ClockError: it is not the office's to record, or the day does not fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CHANGE_CLOCK, thing=event.value)
        if event not in BY_HAND:
            raise ClockError("event", "Select what happened")
        if happened_on > london_day(actor.at):
            raise ClockError("happened_on", "The day must be today or in the past")
        if happened_on < london_day(opened.case.received_at):
            sentence = "The day must be the same as or after the day of receipt"
            raise ClockError("happened_on", sentence)
        happened(actor, opened.case, event, instant_of(actor, happened_on))


def _opened(actor: Actor, reference: str, clock: Clock) -> tuple[Opened, KeptClocks, CaseClock]:
    opened = load_case(actor, reference, Act.CHANGE_CLOCK, thing=clock.value)
    kept = kept_clocks(actor, opened.case)
    return opened, kept, _row(kept, clock)


def _row(kept: KeptClocks, clock: Clock) -> CaseClock:
    row = kept.rows.get(clock)
    if row is None:
        raise CaseNotFoundError(kept.case.reference)
    return row


def _add(
    actor: Actor, opened: Opened, clock: Clock, kind: ClockEntryKind, reason: str
) -> ClockEntry:
    entry = ClockEntry(
        case_id=opened.case.id,
        clock=clock,
        kind=kind,
        on_day=london_day(actor.at),
        reason=reason,
        recorded_at=actor.at,
        person_id=actor.person_id,
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def _count_again(actor: Actor, opened: Opened, entry: ClockEntry) -> None:
    """Count a clock that was paused or goes on; the same line of its history keeps both days."""
    kept = kept_clocks(actor, opened.case)
    moved = count(kept, kept.scheme.rule(entry.clock))
    if moved:
        entry.due_before, entry.due_after = moved.before, moved.after
    keep_next(opened.case, kept.rows.values())
