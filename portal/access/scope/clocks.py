"""The clocks of cases, what they are counted from and what became of them."""

from collections.abc import Collection

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, known, part
from portal.access.scope.once import built_once
from portal.domain.roles import Actor
from portal.models.clock import CaseClock, ClockEntry, RecordedEvent


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
