"""Cases and their moves."""

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, knowing, knowing_or_observing, part
from portal.access.scope.once import built_once
from portal.domain.roles import Actor
from portal.models.case import Case, CaseEvent


@built_once
def cases_for(actor: Actor) -> sa.Select[Case]:
    """Select the cases that the actor may know of; a chair's also before the declaration."""
    return sa.select(Case).where(*knowing(actor, declared=False)).execution_options(scope=KNOWING)


@built_once
def cases_to_knock_at(actor: Actor) -> sa.Select[Case]:
    """Select the cases that the gate may tell the actor of: also those that they only observe.

    For the gate alone: whatever lists or shows a case takes ``cases_for``.
    """
    return sa.select(Case).where(*knowing_or_observing(actor)).execution_options(scope=KNOWING)


@built_once
def events_for(actor: Actor, case_id: int) -> sa.Select[CaseEvent]:
    """Select the moves of the case from stage to stage."""
    return part(actor, CaseEvent, case_id, "event").order_by(CaseEvent.at, CaseEvent.id)
