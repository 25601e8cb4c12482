"""Running clocks are counted again when the days that they are counted with have changed.

Which days an area's clocks were last counted with is kept. Where a bank holiday is announced, or
the office changes its closure days or meetings, that differs from what holds now; the worker then
counts again, some cases at a time, and keeps the new days at the end. Counting again changes
nothing that is right, so a worker that dies in between is followed by one that begins anew.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.clock import Clock
from portal.db import db, transaction
from portal.domain import presets
from portal.domain.caselists import NEVER
from portal.domain.clocks.running import Calendar
from portal.domain.counted_days import DaysCountedWith, why_moved
from portal.domain.deadlines import london_day
from portal.domain.presets import Scheme
from portal.domain.roles import Actor
from portal.models.case import Case
from portal.models.clock import CaseClock, ClockEntry, RecordedEvent
from portal.models.person import Area
from portal.models.scheme import CountedDays, SchemeVersion
from portal.services import calendars
from portal.services.clocks import KeptClocks, count, keep_next, moved_entry
from portal.services.turns import take_turns

AT_A_TIME = 200
_Row = TypeVar("_Row", CaseClock, RecordedEvent, ClockEntry)
_DOOR = unscoped("the worker counts the clocks of every case")


def count_again(clock: Clock) -> None:
    """Count the clocks of every area whose days have changed."""
    actor = Actor.job("clocks", clock.now())
    with transaction():
        areas = db.session.scalars(sa.select(Area.id).order_by(Area.id)).all()
    for area_id in areas:
        _count_area(actor, area_id)


def is_counted(area_id: int, today: dt.date) -> bool:
    """Say whether the area's clocks are counted with the days that hold now."""
    return _counted(area_id) == _now(area_id, today)


def _count_area(actor: Actor, area_id: int) -> None:
    today = london_day(actor.at)
    with transaction():
        before, now = _counted(area_id), _now(area_id, today)
    if before == now:
        return
    last = 0
    while True:
        with transaction():
            batch = _Batch(area_id, last)
            if not batch.cases:
                break
            for case in batch.cases:
                _count_case(actor, batch.kept(case), before or now, now)
            last = batch.cases[-1].id
    with transaction():
        take_turns(area_id)
        _keep(area_id, now)


def _count_case(
    actor: Actor, kept: KeptClocks, before: DaysCountedWith, now: DaysCountedWith
) -> None:
    for rule in kept.scheme.clocks:
        row = kept.rows.get(rule.clock)
        moved = count(kept, rule) if row is not None else None
        if row is None or moved is None:
            continue
        known = [day for day in (moved.before, moved.after) if day != NEVER]
        first, last = min([row.started_on, *known]), max([row.started_on, *known])
        why = why_moved(before, now, first, last)
        db.session.add(moved_entry(kept.case, rule.clock, moved, actor, why))
    keep_next(kept.case, kept.rows.values())


class _Batch:
    """Cases whose clocks run, with all that these depend on, each asked once for all of them."""

    def __init__(self, area_id: int, after: int) -> None:
        running = sa.select(CaseClock.case_id).where(CaseClock.stopped_on.is_(None))
        self.cases: Sequence[Case] = db.session.scalars(
            sa.select(Case)
            .where(Case.area_id == area_id, Case.id > after, Case.id.in_(running))
            .order_by(Case.id)
            .limit(AT_A_TIME)
            # What happens on a case meanwhile, and another worker, waits, as at the gate.
            .with_for_update()
            .execution_options(**_DOOR)
        ).all()
        ids = [case.id for case in self.cases]
        self.rows = _by_case(sa.select(CaseClock).where(CaseClock.case_id.in_(ids)))
        self.events = _by_case(sa.select(RecordedEvent).where(RecordedEvent.case_id.in_(ids)))
        self.entries = _by_case(
            sa.select(ClockEntry).where(ClockEntry.case_id.in_(ids)).order_by(ClockEntry.id)
        )
        versions = {case.scheme_version_id for case in self.cases}
        self.schemes: dict[int, Scheme] = {
            version.id: presets.from_json(version.rules)
            for version in db.session.scalars(
                sa.select(SchemeVersion).where(SchemeVersion.id.in_(versions))
            )
        }
        self.closed = calendars.closure_days(area_id)
        self.meetings = calendars.regular_meetings(area_id)

    def kept(self, case: Case) -> KeptClocks:
        """Return the clocks of one case."""
        scheme = self.schemes[case.scheme_version_id]
        around = london_day(case.received_at)
        return KeptClocks(
            case=case,
            scheme=scheme,
            calendar=Calendar(
                days_off={**calendars.bank_holidays(around.year), **self.closed},
                meetings=self.meetings,
                deemed_receipt=scheme.deemed_receipt,
            ),
            rows={row.clock: row for row in self.rows.get(case.id, [])},
            recorded={row.event: row for row in self.events.get(case.id, [])},
            entries=self.entries.get(case.id, []),
        )


def _by_case(query: sa.Select[_Row]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = {}
    for row in db.session.scalars(query.execution_options(**_DOOR)):
        found.setdefault(row.case_id, []).append(row)
    return found


def _now(area_id: int, today: dt.date) -> DaysCountedWith:
    return DaysCountedWith(calendars.days_off(area_id, today), calendars.regular_meetings(area_id))


def _counted(area_id: int) -> DaysCountedWith | None:
    row = db.session.get(CountedDays, area_id)
    if row is None:
        return None
    return DaysCountedWith(
        {dt.date.fromisoformat(day): name for day, name in row.days_off.items()},
        {
            name: tuple(dt.date.fromisoformat(day) for day in days)
            for name, days in row.meetings.items()
        },
    )


def _keep(area_id: int, now: DaysCountedWith) -> None:
    row = db.session.get(CountedDays, area_id)
    if row is None:
        row = CountedDays(area_id=area_id)
        db.session.add(row)
    row.days_off = {day.isoformat(): name for day, name in now.days_off.items()}
    row.meetings = {name: [day.isoformat() for day in days] for name, days in now.meetings.items()}
