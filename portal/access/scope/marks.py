"""Which cases an actor may know of, and may open; every other room of the scope builds on it.

The rooms of this package are the only ones that may mark a statement as scoped. A part of a case
is selected with the case's own condition repeated, so that it can never be reached by way of a
case that the actor may not open. Nothing is selected by default.
"""

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import QueryableAttribute

from portal.access.scope.membership import cases_named_in, cases_shut_to, is_seated
from portal.access.scope.once import built_once
from portal.db import Base
from portal.domain.roles import Actor, Role
from portal.models.case import Case
from portal.models.panel import ChairAppointment, PanelSeat

Model = TypeVar("Model", bound=Base)

CaseId = sa.ColumnElement[int] | QueryableAttribute[Any]
"""The column of a row that says which case it belongs to."""

KNOWING = frozenset({"case", "panel"})
SEES_EVERYTHING = frozenset({Role.COORDINATOR, Role.CHAIR})


def among(case_ids: sa.Select[int]) -> sa.ColumnElement[bool]:
    """Say of ``Case`` that it is one of these, asked by its key: no list of them is ever made."""
    (column,) = case_ids.selected_columns
    return case_ids.where(column == Case.id).correlate(Case).exists()


def _appointed(actor: Actor, *, declared: bool) -> sa.ColumnElement[bool]:
    chairs = sa.select(ChairAppointment.case_id).where(
        ChairAppointment.person_id == actor.person_id, ChairAppointment.ended_at.is_(None)
    )
    if declared:
        chairs = chairs.where(ChairAppointment.declared_none_at.is_not(None))
    return among(chairs)


def _on_panel(actor: Actor) -> sa.Select[int]:
    return sa.select(PanelSeat.case_id).where(PanelSeat.agency_id == actor.agency_id, is_seated())


def _mine(actor: Actor, *, declared: bool) -> sa.ColumnElement[bool]:
    match actor.role:
        case Role.COORDINATOR:
            return sa.true()
        case Role.CHAIR:
            return _appointed(actor, declared=declared)
        case Role.AGENCY_LEAD:
            return among(_on_panel(actor))
        case Role.AGENCY_REPRESENTATIVE:
            return among(cases_named_in(actor, observing=False))
        case _:
            return sa.false()


def _observed(actor: Actor) -> sa.ColumnElement[bool]:
    if actor.role is Role.AGENCY_REPRESENTATIVE:
        return among(cases_named_in(actor, observing=True))
    return sa.false()


def without_conflict(actor: Actor) -> sa.ColumnElement[bool]:
    """Say of ``Case`` that no conflict shuts it to the actor."""
    return ~among(cases_shut_to(actor))


@built_once
def knowing(
    actor: Actor, *, declared: bool, by_key: bool = False
) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions on ``Case``: what the actor may know of, or open (``declared``).

    Args:
        actor: who asks.
        declared: only what is open to them.
        by_key: the statement names a few cases; it must not walk the area's whole index instead,
            which SQLite would, as it knows nothing of how many cases an area has.
    """
    area = Case.area_id + 0 if by_key else Case.area_id
    return (
        area == actor.area_id,
        _mine(actor, declared=declared),
        without_conflict(actor),
    )


@built_once
def knowing_or_observing(actor: Actor) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions on ``Case``: what the actor may know of, or observes."""
    return (
        Case.area_id == actor.area_id,
        sa.or_(_mine(actor, declared=False), _observed(actor)),
        without_conflict(actor),
    )


@built_once
def known_ids(actor: Actor, *, declared: bool) -> sa.Select[int]:
    """Select the numbers of the cases that the actor may know of, or also open (``declared``).

    Those that they only observe are not among them: nothing of these is theirs to read.
    ``known`` asks the same of one case by its key, and costs the same however many there are.
    """
    return sa.select(Case.id).where(*knowing(actor, declared=declared))


@built_once
def known(actor: Actor, case_id: CaseId, *, declared: bool) -> sa.ColumnElement[bool]:
    """Say of a row's case that it is one of ``known_ids``."""
    this_one = known_ids(actor, declared=declared).where(Case.id == case_id)
    return this_one.correlate_except(Case).exists()


@built_once
def open_case(actor: Actor, case_id: int, *, declared: bool = True) -> sa.ColumnElement[bool]:
    """Say of one case, by its number, that it is one of ``known_ids``.

    For a statement that is about this case alone: the condition does not depend on its rows.
    """
    this_one = known_ids(actor, declared=declared).where(Case.id == case_id)
    return this_one.correlate(None).exists()


@built_once
def observed_ids(actor: Actor) -> sa.Select[int]:
    """Select the numbers of the cases that the actor observes, and does not know otherwise."""
    return sa.select(Case.id).where(
        Case.area_id == actor.area_id,
        _observed(actor),
        without_conflict(actor),
        Case.id.not_in(known_ids(actor, declared=False)),
    )


@built_once
def part(actor: Actor, model: type[Model], case_id: int, scope: str) -> sa.Select[Model]:
    """Select rows of a case that the actor may open in full."""
    column: sa.ColumnElement[int] = model.case_id  # type: ignore[attr-defined]  # every part has it
    return (
        sa.select(model)
        .where(column == case_id, open_case(actor, case_id))
        .execution_options(scope=KNOWING | {scope})
    )


def unscoped(reason: str) -> dict[str, Any]:
    """Open every scope: the one named door for the demonstration's seed, the worker and the gate.

    Args:
        reason: why no actor's scope fits; a test lists who uses this.
    """
    if not reason:
        raise ValueError("Say why no scope fits.")
    every = {
        table.info["scope"] for table in Base.metadata.tables.values() if "scope" in table.info
    }
    return {"scope": frozenset(every)}
