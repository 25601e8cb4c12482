"""Parties of a case, how they can be reached, and who reviews it."""

from collections.abc import Collection

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, SEES_EVERYTHING, CaseId, known, part
from portal.domain.roles import Actor, Role
from portal.models.case import Party, PartyContact
from portal.models.panel import ChairAppointment, Conflict, PanelMember, PanelSeat
from portal.models.person import Person, RoleHeld


def parties_for(actor: Actor, case_ids: Collection[int]) -> sa.Select[Party]:
    """Select the parties of cases that the actor may know of: their names, not how to reach them.

    A chair needs the names to be able to declare a conflict of interest.
    """
    return (
        sa.select(Party)
        .where(Party.case_id.in_(case_ids), known(actor, Party.case_id, declared=False))
        .order_by(Party.id)
        .execution_options(scope=KNOWING | {"party"})
    )


def reads_contacts(actor: Actor, case_id: CaseId) -> sa.ColumnElement[bool]:
    """Say of a row's case that the actor may read in it how the parties can be reached.

    It also says who may find a case by an address.
    """
    if actor.role not in SEES_EVERYTHING:
        return sa.false()
    return known(actor, case_id, declared=True)


def contacts_for(actor: Actor, case_id: int) -> sa.Select[PartyContact]:
    """Select address, phone and email of the parties: for the coordinator and the chair alone."""
    return (
        sa.select(PartyContact)
        .join(Party, Party.id == PartyContact.party_id)
        .where(
            Party.case_id == case_id,
            reads_contacts(actor, Party.case_id),
        )
        .execution_options(scope=KNOWING | {"party", "contact"})
    )


def seats_for(actor: Actor, case_id: int) -> sa.Select[PanelSeat]:
    """Select the seats of the panel."""
    return part(actor, PanelSeat, case_id, "panel").order_by(PanelSeat.id)


def members_for(actor: Actor, case_id: int) -> sa.Select[PanelMember]:
    """Select the agency representatives who were named for the seats."""
    return (
        sa.select(PanelMember)
        .join(PanelSeat, PanelSeat.id == PanelMember.seat_id)
        .where(
            PanelSeat.case_id == case_id,
            known(actor, PanelSeat.case_id, declared=True),
        )
        .order_by(PanelMember.id)
        .execution_options(scope=KNOWING)
    )


def chairs_for(actor: Actor, case_id: int) -> sa.Select[ChairAppointment]:
    """Select the appointment of the chair that is in force, also for an undeclared chair."""
    return (
        sa.select(ChairAppointment)
        .where(
            ChairAppointment.case_id == case_id,
            ChairAppointment.ended_at.is_(None),
            known(actor, ChairAppointment.case_id, declared=False),
        )
        .execution_options(scope=KNOWING)
    )


def chair_pool_for(actor: Actor, case_id: int) -> sa.Select[Person]:
    """Select who could chair a case: the area's chairs less those with a conflict in it."""
    excluded = sa.select(Conflict.person_id).where(Conflict.case_id == case_id)
    mine = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    return (
        sa.select(Person)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .where(
            RoleHeld.area_id == actor.area_id,
            RoleHeld.role == Role.CHAIR,
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
            Person.id.not_in(excluded),
            mine,
        )
        .order_by(Person.name)
        .execution_options(scope=frozenset({"panel"}))
    )
