"""An area's scheme: its versions are everybody's to read, its draft is the office's."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa

from portal.access.scope.marks import CaseId, knowing
from portal.access.scope.once import built_once
from portal.domain.roles import Actor, Role
from portal.models.case import Case, Incident, Party, Report, ThresholdDecision
from portal.models.person import Person
from portal.models.scheme import SchemeDraft, SchemeVersion

_OFFICE = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})
_TRIED = frozenset({"case", "panel", "decision", "incident", "party"})


def version_in_force(area_id: int, on: dt.date) -> sa.Select[SchemeVersion]:
    """Select the version of an area that is in force on a London day."""
    return (
        sa.select(SchemeVersion)
        .where(SchemeVersion.area_id == area_id, SchemeVersion.in_force_on <= on)
        .order_by(SchemeVersion.in_force_on.desc(), SchemeVersion.number.desc())
        .limit(1)
    )


def versions_waiting(area_id: int, on: dt.date) -> sa.Select[SchemeVersion]:
    """Select the versions of an area that come into force after a London day, the next one first.

    Of two of one day the later one holds, and comes first.
    """
    return (
        sa.select(SchemeVersion)
        .where(SchemeVersion.area_id == area_id, SchemeVersion.in_force_on > on)
        .order_by(SchemeVersion.in_force_on, SchemeVersion.number.desc())
    )


@built_once
def versions_for(actor: Actor) -> sa.Select[SchemeVersion]:
    """Select every version of the actor's area, the newest first: for its office."""
    return (
        sa.select(SchemeVersion)
        .where(SchemeVersion.area_id == actor.area_id, _of(actor, _OFFICE))
        .order_by(SchemeVersion.number.desc())
    )


@built_once
def draft_for(actor: Actor) -> sa.Select[SchemeDraft]:
    """Select the draft of the actor's area: for its office."""
    return sa.select(SchemeDraft).where(SchemeDraft.area_id == actor.area_id, _of(actor, _OFFICE))


@built_once
def draft_to_edit_for(actor: Actor) -> sa.Select[SchemeDraft]:
    """Select the draft of the actor's area to be changed: for its administrator alone."""
    return (
        sa.select(SchemeDraft)
        .where(SchemeDraft.area_id == actor.area_id, _of(actor, {Role.ADMINISTRATOR}))
        .with_for_update()
    )


def names_of_office(person_ids: Collection[int]) -> sa.Select[int, str]:
    """Select who made and put in force versions, by name."""
    return sa.select(Person.id, Person.name).where(Person.id.in_(person_ids))


@built_once
def decided_cases_for(actor: Actor, most: int) -> sa.Select[Case, ThresholdDecision]:
    """Select the cases decided last with their decision, to try a draft on.

    To the administrator they are counted and never shown; a coordinator gets those that are theirs
    to know.
    """
    return (
        sa.select(Case, ThresholdDecision)
        .join(ThresholdDecision, ThresholdDecision.case_id == Case.id)
        .where(*_tried(actor))
        .order_by(ThresholdDecision.id.desc())
        .limit(most)
        .execution_options(scope=_TRIED)
    )


def incidents_tried(actor: Actor, most: int) -> sa.Select[Incident]:
    """Select what happened in the cases that a draft is tried on."""
    return (
        sa.select(Incident)
        .where(_among(actor, Incident.case_id, most))
        .order_by(Incident.happened_on.is_(None), Incident.happened_on, Incident.id)
        .execution_options(scope=_TRIED)
    )


def reports_tried(actor: Actor, most: int) -> sa.Select[Report]:
    """Select the reports of the cases that a draft is tried on."""
    return (
        sa.select(Report)
        .where(_among(actor, Report.case_id, most))
        .order_by(Report.reported_on.is_(None), Report.reported_on, Report.id)
        .execution_options(scope=_TRIED)
    )


def parties_tried(actor: Actor, most: int) -> sa.Select[Party]:
    """Select the parties of the cases that a draft is tried on."""
    return (
        sa.select(Party)
        .where(_among(actor, Party.case_id, most))
        .order_by(Party.id)
        .execution_options(scope=_TRIED)
    )


def _among(actor: Actor, case_id: CaseId, most: int) -> sa.ColumnElement[bool]:
    numbers = decided_cases_for(actor, most).with_only_columns(Case.id).subquery()
    return case_id.in_(sa.select(numbers.c.id))


def _tried(actor: Actor) -> tuple[sa.ColumnElement[bool], ...]:
    if actor.role is Role.ADMINISTRATOR:
        return (Case.area_id == actor.area_id,)
    return (*knowing(actor, declared=True), _of(actor, {Role.COORDINATOR}))


def _of(actor: Actor, roles: Collection[Role]) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role in roles else sa.false()
