"""Who stands by whom, and the little of a case that a support worker gets.

A support worker knows of no case by ``cases_for``: what is theirs is selected here alone, and is
of the victims who have accepted them.
"""

import datetime as dt

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, among, part, without_conflict
from portal.access.scope.membership import people_shut_out
from portal.access.scope.once import built_once
from portal.access.scope.people import VICTIMS
from portal.domain.roles import Actor, Role
from portal.domain.stages import Stage
from portal.models.case import Case, Party
from portal.models.meeting import Meeting
from portal.models.opening import Statement
from portal.models.person import Person, RoleHeld
from portal.models.support import SupportAccepted

_STANDING_BY = KNOWING | {"support", "party"}


def is_in_force() -> sa.ColumnElement[bool]:
    """Say of an accepted support that nobody has ended it."""
    return SupportAccepted.ended_at.is_(None)


def _office(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role is Role.COORDINATOR else sa.false()


@built_once
def supports_for(actor: Actor, case_id: int) -> sa.Select[SupportAccepted]:
    """Select who stands by the victims of a case, and who did: for the coordinator."""
    return (
        part(actor, SupportAccepted, case_id, "support")
        .where(_office(actor))
        .order_by(SupportAccepted.id)
    )


@built_once
def support_workers_for(actor: Actor, case_id: int) -> sa.Select[int, str]:
    """Select who can stand by a victim: the area's support workers without a conflict."""
    return (
        sa.select(Person.id, Person.name)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .where(
            RoleHeld.area_id == actor.area_id,
            RoleHeld.role == Role.SUPPORT_WORKER,
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
            Person.id.not_in(people_shut_out(case_id, as_chair=False)),
            _office(actor),
        )
        .distinct()
        .order_by(Person.name, Person.id)
        .execution_options(scope=frozenset({"panel"}))
    )


def _accepted(actor: Actor) -> sa.Select[int]:
    """Select the cases of the victims who have accepted the actor."""
    mine = sa.true() if actor.role is Role.SUPPORT_WORKER else sa.false()
    return (
        sa.select(SupportAccepted.case_id)
        .join(Party, Party.id == SupportAccepted.party_id)
        .where(
            SupportAccepted.person_id == actor.person_id,
            is_in_force(),
            Party.role.in_(VICTIMS),
            mine,
        )
    )


def _supported(actor: Actor) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions on ``Case``: what the actor stands by somebody in."""
    return Case.area_id == actor.area_id, among(_accepted(actor)), without_conflict(actor)


@built_once
def supported_cases_for(actor: Actor) -> sa.Select[Case]:
    """Select the cases in which the actor stands by a victim: for the gate alone."""
    return sa.select(Case).where(*_supported(actor)).execution_options(scope=_STANDING_BY)


@built_once
def stood_by_for(
    actor: Actor,
) -> sa.Select[str, Stage, int, str, dt.datetime | None, dt.datetime | None, bool | None]:
    """Select whom the actor stands by: reference, stage, number and name of the victim.

    Then when the opening section of the meeting begins and ends, and whether the applicant is
    invited to it; nothing where no meeting is booked.
    """
    return (
        sa.select(
            Case.reference,
            Case.stage,
            Party.id,
            Party.name,
            Meeting.starts_at,
            Meeting.opening_ends_at,
            Meeting.is_applicant_invited,
        )
        .select_from(Party)
        .join(Case, Case.id == Party.case_id)
        .join(
            Meeting,
            sa.and_(Meeting.case_id == Case.id, Meeting.called_off_at.is_(None)),
            isouter=True,
        )
        .where(*_supported(actor), Party.id.in_(_victims(actor)))
        .order_by(Case.id, Party.id)
        .execution_options(scope=_STANDING_BY | {"meeting"})
    )


def _victims(actor: Actor) -> sa.Select[int]:
    return _accepted(actor).with_only_columns(SupportAccepted.party_id).correlate(None)


@built_once
def supported_statement_for(actor: Actor, case_id: int, party_id: int) -> sa.Select[Statement]:
    """Select the statement of a victim whom the actor stands by."""
    return (
        sa.select(Statement)
        .join(Case, Case.id == Statement.case_id)
        .where(
            *_supported(actor),
            Statement.case_id == case_id,
            Statement.party_id == party_id,
            Statement.party_id.in_(_victims(actor)),
        )
        .execution_options(scope=_STANDING_BY | {"statement"})
    )
