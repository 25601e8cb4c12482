"""Parties of a case, how they can be reached, and who reviews it."""

from collections.abc import Collection

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, SEES_EVERYTHING, CaseId, known, open_case, part
from portal.access.scope.membership import agencies_shut_out, is_named, is_seated, people_shut_out
from portal.access.scope.once import built_once
from portal.domain.roles import AGENCY_ROLES, Actor, Role
from portal.models.case import Party, PartyContact, PartyRole
from portal.models.consent import ContactConsent
from portal.models.panel import ChairAppointment, PanelMember, PanelSeat
from portal.models.person import Agency, Person, RoleHeld

VICTIMS = (PartyRole.APPLICANT_AND_VICTIM, PartyRole.VICTIM)
APPLICANTS_SIDE = (*VICTIMS, PartyRole.APPLICANT_REPRESENTATIVE)


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


@built_once
def reads_contacts(actor: Actor, case_id: CaseId) -> sa.ColumnElement[bool]:
    """Say of a row's case that the actor may read in it how every party can be reached.

    It also says who may find a case by an address: not an agency that may only reach the applicant.
    """
    if actor.role not in SEES_EVERYTHING:
        return sa.false()
    return known(actor, case_id, declared=True)


@built_once
def contacts_for(actor: Actor, case_id: int) -> sa.Select[PartyContact]:
    """Select address, phone and email of the parties.

    The coordinator and the chair get them all; an agency gets the applicant's where the applicant
    agreed to that, and never those of anybody else.
    """
    return (
        sa.select(PartyContact)
        .join(Party, Party.id == PartyContact.party_id)
        .where(
            Party.case_id == case_id,
            open_case(actor, case_id),
            may_have_contacts(actor, case_id),
        )
        .execution_options(scope=KNOWING | {"party", "contact", "consent"})
    )


def may_have_contacts(actor: Actor, case_id: int) -> sa.ColumnElement[bool]:
    """Say of a ``Party`` of a case that the actor may have their contacts."""
    if actor.role in SEES_EVERYTHING:
        return sa.true()
    if actor.role not in AGENCY_ROLES:
        return sa.false()
    agreed = sa.exists().where(
        ContactConsent.case_id == case_id,
        ContactConsent.agency_id == actor.agency_id,
        ContactConsent.ended_at.is_(None),
    )
    return sa.and_(Party.role.in_(APPLICANTS_SIDE), agreed)


@built_once
def seats_for(actor: Actor, case_id: int) -> sa.Select[PanelSeat]:
    """Select the seats of the panel that no agency has left."""
    return part(actor, PanelSeat, case_id, "panel").where(is_seated()).order_by(PanelSeat.id)


@built_once
def members_for(actor: Actor, case_id: int) -> sa.Select[PanelMember]:
    """Select who is named for the seats now, observers too."""
    return (
        sa.select(PanelMember)
        .join(PanelSeat, PanelSeat.id == PanelMember.seat_id)
        .where(
            PanelSeat.case_id == case_id,
            open_case(actor, case_id),
            is_seated(),
            is_named(),
        )
        .order_by(PanelMember.id)
        .execution_options(scope=KNOWING)
    )


@built_once
def chairs_for(actor: Actor, case_id: int) -> sa.Select[ChairAppointment]:
    """Select the appointment of the chair that is in force, also for an undeclared chair."""
    return (
        sa.select(ChairAppointment)
        .where(
            ChairAppointment.case_id == case_id,
            ChairAppointment.ended_at.is_(None),
            open_case(actor, case_id, declared=False),
        )
        .execution_options(scope=KNOWING)
    )


@built_once
def chair_pool_for(actor: Actor, case_id: int) -> sa.Select[Person]:
    """Select who could chair a case: the area's chairs less those who are not independent of it.

    These are the ones whom a conflict shuts out, and those with a role in an agency of the panel.
    """
    seated = sa.select(PanelSeat.agency_id).where(PanelSeat.case_id == case_id, is_seated())
    of_panel = sa.select(RoleHeld.person_id).where(
        RoleHeld.agency_id.in_(seated), RoleHeld.ended_at.is_(None)
    )
    mine = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    return (
        sa.select(Person)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .where(
            RoleHeld.area_id == actor.area_id,
            RoleHeld.role == Role.CHAIR,
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
            Person.id.not_in(people_shut_out(case_id, as_chair=True)),
            Person.id.not_in(of_panel),
            mine,
        )
        .order_by(Person.name)
        .execution_options(scope=frozenset({"panel"}))
    )


@built_once
def conflict_choices_for(actor: Actor, case_id: int) -> sa.Select[Person, Role, str | None]:
    """Select whose conflict in a case can be recorded, as what, and their agency's name.

    The chairs, coordinators and support workers of the area and the people of the agencies with a
    seat, less whom a conflict shuts out already: for the coordinator.
    """
    seated = sa.select(PanelSeat.agency_id).where(PanelSeat.case_id == case_id, is_seated())
    mine = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    return (
        sa.select(Person, RoleHeld.role, Agency.name)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .join(Agency, Agency.id == RoleHeld.agency_id, isouter=True)
        .where(
            RoleHeld.area_id == actor.area_id,
            sa.or_(
                RoleHeld.role.in_([Role.CHAIR, Role.COORDINATOR, Role.SUPPORT_WORKER]),
                RoleHeld.agency_id.in_(seated),
            ),
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
            Person.id.not_in(people_shut_out(case_id, as_chair=True)),
            mine,
        )
        .order_by(RoleHeld.id)
        .execution_options(scope=frozenset({"panel"}))
    )


@built_once
def coordinators_left_for(actor: Actor, case_id: int) -> sa.Select[int]:
    """Select the coordinators of the actor's area whom no conflict shuts out of a case."""
    return (
        sa.select(Person.id)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .where(
            RoleHeld.area_id == actor.area_id,
            RoleHeld.role == Role.COORDINATOR,
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
            Person.id.not_in(people_shut_out(case_id, as_chair=False)),
        )
        .execution_options(scope=frozenset({"panel"}))
    )


@built_once
def agencies_to_seat_for(actor: Actor, case_id: int) -> sa.Select[Agency]:
    """Select the agencies of the area that can sit on the panel: those without a conflict."""
    return (
        sa.select(Agency)
        .where(Agency.area_id == actor.area_id, Agency.id.not_in(agencies_shut_out(case_id)))
        .order_by(Agency.name)
        .execution_options(scope=frozenset({"panel"}))
    )


def nameable_people_for(
    case_id: int, agency_ids: Collection[int]
) -> sa.Select[int | None, int, str]:
    """Select who can be named for agencies: who holds the role there and has no conflict."""
    return (
        sa.select(RoleHeld.agency_id, Person.id, Person.name)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(
            RoleHeld.agency_id.in_(agency_ids),
            RoleHeld.role == Role.AGENCY_REPRESENTATIVE,
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
            Person.id.not_in(people_shut_out(case_id, as_chair=False)),
        )
        .order_by(Person.name)
        .execution_options(scope=frozenset({"panel"}))
    )
