"""What happened on receipt of a request: who was told, the calls, the support offered."""

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, SEES_EVERYTHING, knowing, part
from portal.access.scope.once import built_once
from portal.domain.roles import Actor, Role
from portal.domain.stages import Stage
from portal.models.case import Case
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.models.person import Agency, Area, LocalGovernmentArea, Person, RoleHeld
from portal.models.receipt import (
    FirstCall,
    NextContact,
    PassedOn,
    ReferralStep,
    SharedInbox,
    SupportOffer,
    SupportReferral,
)


def _leads(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role in SEES_EVERYTHING else sa.false()


def _office(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role is Role.COORDINATOR else sa.false()


@built_once
def passed_on_for(actor: Actor, case_id: int) -> sa.Select[PassedOn, DeliveryState | None]:
    """Select who was told of a case, with how far the message has got: for those who lead it."""
    return (
        part(actor, PassedOn, case_id, "receipt")
        .add_columns(OutboxMessage.state)
        .join(OutboxMessage, OutboxMessage.id == PassedOn.message_id, isouter=True)
        .where(_leads(actor))
        .order_by(PassedOn.id)
        .execution_options(scope=KNOWING | {"receipt", "message"})
    )


@built_once
def calls_for(actor: Actor, case_id: int) -> sa.Select[FirstCall]:
    """Select the tries to reach the applicant, the oldest first: for those who lead the case."""
    return part(actor, FirstCall, case_id, "call").where(_leads(actor)).order_by(FirstCall.number)


@built_once
def next_contact_for(actor: Actor, case_id: int) -> sa.Select[NextContact]:
    """Select when the applicant hears from the office next: for those who lead the case."""
    return part(actor, NextContact, case_id, "call").where(_leads(actor))


@built_once
def next_contacts_for(actor: Actor) -> sa.Select[NextContact, Case]:
    """Select the contacts that are due, by their day: for the coordinator."""
    return (
        sa.select(NextContact, Case)
        .join(Case, Case.id == NextContact.case_id)
        .where(_office(actor), Case.stage != Stage.CLOSED, *knowing(actor, declared=True))
        .order_by(NextContact.due_on, Case.reference)
        .execution_options(scope=KNOWING | {"call"})
    )


@built_once
def offers_for(actor: Actor, case_id: int) -> sa.Select[SupportOffer]:
    """Select the support that was offered, the oldest first: for those who lead the case."""
    return (
        part(actor, SupportOffer, case_id, "referral")
        .where(_leads(actor))
        .order_by(SupportOffer.id)
    )


@built_once
def referrals_for(actor: Actor, case_id: int) -> sa.Select[SupportReferral]:
    """Select the services that victims were referred to: for those who lead the case."""
    return (
        part(actor, SupportReferral, case_id, "referral")
        .where(_leads(actor))
        .order_by(SupportReferral.id)
    )


@built_once
def referral_steps_for(actor: Actor, case_id: int) -> sa.Select[ReferralStep]:
    """Select what became of referrals, the oldest first: for those who lead the case."""
    return (
        part(actor, ReferralStep, case_id, "referral")
        .where(_leads(actor))
        .order_by(ReferralStep.id)
    )


# The agencies of an area are no part of any case: these say where the office reaches them.


def agencies_with_inbox(area_id: int) -> sa.Select[Agency, SharedInbox | None]:
    """Select an area's agencies, with the shared inbox of those that have one."""
    return (
        sa.select(Agency, SharedInbox)
        .join(SharedInbox, SharedInbox.agency_id == Agency.id, isouter=True)
        .where(Agency.area_id == area_id)
        .order_by(Agency.id)
    )


def lgas_with_inbox(area_id: int) -> sa.Select[LocalGovernmentArea, SharedInbox | None]:
    """Select an area's local government areas, with the address of each partnership."""
    return (
        sa.select(LocalGovernmentArea, SharedInbox)
        .join(SharedInbox, SharedInbox.lga_id == LocalGovernmentArea.id, isouter=True)
        .where(LocalGovernmentArea.area_id == area_id)
        .order_by(LocalGovernmentArea.name)
    )


def leads_of(agency_ids: list[int]) -> sa.Select[int | None, str]:
    """Select agency and email of the agencies' leads, the first one of each first."""
    return (
        sa.select(RoleHeld.agency_id, Person.email)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(
            RoleHeld.agency_id.in_(agency_ids),
            RoleHeld.role == Role.AGENCY_LEAD,
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
        )
        .order_by(Person.id)
    )


def office_of(area_id: int) -> sa.Select[str, str]:
    """Select name and phone number of an area's office."""
    return sa.select(Area.office_name, Area.office_phone).where(Area.id == area_id)
