"""Cases, their clocks and their moves."""

from collections.abc import Collection

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, known_ids, observed_ids, part
from portal.domain.presets import Clock
from portal.domain.roles import Actor
from portal.models.case import Case, CaseClock, CaseEvent


def cases_for(actor: Actor) -> sa.Select[Case]:
    """Select the cases that the actor may know of; a chair's also before the declaration."""
    known = Case.id.in_(known_ids(actor, declared=False))
    return sa.select(Case).where(known).execution_options(scope=KNOWING)


def cases_to_knock_at(actor: Actor) -> sa.Select[Case]:
    """Select the cases that the gate may tell the actor of: also those that they only observe.

    For the gate alone: whatever lists or shows a case takes ``cases_for``.
    """
    found = sa.or_(Case.id.in_(known_ids(actor, declared=False)), Case.id.in_(observed_ids(actor)))
    return sa.select(Case).where(found).execution_options(scope=KNOWING)


def undeclared_cases_for(actor: Actor) -> sa.Select[Case]:
    """Select the cases on which a chair has still to declare: known, but not open yet."""
    return cases_for(actor).where(Case.id.not_in(known_ids(actor, declared=True))).order_by(Case.id)


def clocks_for(actor: Actor, case_ids: Collection[int]) -> sa.Select[CaseClock]:
    """Select the clocks of cases that the actor may open."""
    return (
        sa.select(CaseClock)
        .where(
            CaseClock.case_id.in_(case_ids),
            CaseClock.case_id.in_(known_ids(actor, declared=True)),
        )
        .order_by(CaseClock.due_on, CaseClock.clock)
        .execution_options(scope=KNOWING | {"clock"})
    )


def running_cases_for(actor: Actor, without: Collection[Clock]) -> sa.Select[Case]:
    """Select the cases that the actor may open and that have a running clock, by its end."""
    ends = (
        sa.select(CaseClock.case_id, sa.func.min(CaseClock.due_on).label("due_on"))
        .where(
            CaseClock.stopped_on.is_(None),
            CaseClock.clock.not_in(without),
            CaseClock.case_id.in_(known_ids(actor, declared=True)),
        )
        .group_by(CaseClock.case_id)
        .subquery()
    )
    return (
        sa.select(Case)
        .join(ends, ends.c.case_id == Case.id)
        .order_by(ends.c.due_on, Case.id)
        .execution_options(scope=KNOWING | {"clock"})
    )


def events_for(actor: Actor, case_id: int) -> sa.Select[CaseEvent]:
    """Select the moves of the case from stage to stage."""
    return part(actor, CaseEvent, case_id, "event").order_by(CaseEvent.at, CaseEvent.id)
