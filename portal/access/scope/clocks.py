"""The clocks of cases, what they are counted from and what became of them."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, known, part
from portal.access.scope.once import built_once
from portal.domain.clocks.rules import RIGHTS, Clock
from portal.domain.deadlines import london_day
from portal.domain.roles import Actor
from portal.models.clock import CaseClock, ClockEntry, ClockEntryKind, RecordedEvent


def clocks_for(actor: Actor, case_ids: Collection[int]) -> sa.Select[CaseClock]:
    """Select the clocks of cases that the actor may open."""
    return (
        sa.select(CaseClock)
        .where(
            CaseClock.case_id.in_(case_ids),
            known(actor, CaseClock.case_id, declared=True),
        )
        .order_by(CaseClock.due_on, CaseClock.clock)
        .execution_options(scope=KNOWING | {"clock"})
    )


@built_once
def recorded_events_for(actor: Actor, case_id: int) -> sa.Select[RecordedEvent]:
    """Select what has happened on the case that clocks are counted from."""
    return part(actor, RecordedEvent, case_id, "clock")


@built_once
def clock_entries_for(actor: Actor, case_id: int) -> sa.Select[ClockEntry]:
    """Select what became of the clocks of the case, in its order."""
    return part(actor, ClockEntry, case_id, "clock").order_by(ClockEntry.id)


def clocks_kept_for(
    actor: Actor, first: dt.date, last: dt.date, now: dt.datetime
) -> sa.Select[Clock, int, int, int, int, int]:
    """Select of each clock whose last day lies between two days how often it was kept.

    The columns: ended in time; ended late; late and still running; of those two how many have no
    reason; ended or running with a pause.
    """
    today = london_day(now)
    in_hours = CaseClock.due_at.is_not(None) & CaseClock.stopped_at.is_not(None)
    ended = CaseClock.stopped_on.is_not(None)
    ended_late = ended & sa.case(
        (in_hours, CaseClock.stopped_at > CaseClock.due_at),
        else_=CaseClock.stopped_on > CaseClock.due_on,
    )
    is_over = sa.case(
        (CaseClock.due_at.is_not(None), CaseClock.due_at < now), else_=CaseClock.due_on < today
    )
    running_late = ~ended & ~CaseClock.is_paused & is_over
    return (
        sa.select(
            CaseClock.clock,
            _count(ended & ~ended_late),
            _count(ended_late),
            _count(running_late),
            _count((ended_late | running_late) & ~_has_entry(ClockEntryKind.LATE)),
            _count(_has_entry(ClockEntryKind.PAUSED)),
        )
        .where(
            CaseClock.due_on.between(first, last),
            CaseClock.clock.not_in(RIGHTS),
            known(actor, CaseClock.case_id, declared=True),
        )
        .group_by(CaseClock.clock)
        .execution_options(scope=KNOWING | {"clock"})
    )


def _count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count(sa.case((condition, 1)))


def _has_entry(kind: ClockEntryKind) -> sa.ColumnElement[bool]:
    found = sa.select(ClockEntry.id).where(
        ClockEntry.case_id == CaseClock.case_id,
        ClockEntry.clock == CaseClock.clock,
        ClockEntry.kind == kind,
    )
    return found.correlate(CaseClock).exists()
