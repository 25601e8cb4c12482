"""What the request says, who consented to what, and how the applicant's side is reached."""

from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.access.scope.marks import SEES_EVERYTHING, part
from portal.access.scope.once import built_once
from portal.access.scope.people import APPLICANTS_SIDE, VICTIMS, contacts_for
from portal.domain.roles import Actor
from portal.models.case import Party, PartyContact, PartyKind, PartyRole, RemovedParty
from portal.models.consent import Consent, ConsentWithdrawal, ContactConsent
from portal.models.request import RequestDetails, SafeContactChange


def _leads(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role in SEES_EVERYTHING else sa.false()


@built_once
def details_for(actor: Actor, case_id: int) -> sa.Select[RequestDetails]:
    """Select the answers of the request: for the whole panel."""
    return part(actor, RequestDetails, case_id, "details")


@built_once
def safe_contact_changes_for(actor: Actor, case_id: int) -> sa.Select[SafeContactChange]:
    """Select what stood as safe contact before, the latest first: for coordinator and chair."""
    return (
        part(actor, SafeContactChange, case_id, "details")
        .where(_leads(actor))
        .order_by(SafeContactChange.number.desc())
    )


@built_once
def consents_for(actor: Actor, case_id: int) -> sa.Select[Consent]:
    """Select every consent that was recorded: for the coordinator and the chair."""
    return (
        part(actor, Consent, case_id, "consent")
        .where(_leads(actor))
        .order_by(Consent.given_on, Consent.id)
    )


@built_once
def withdrawals_for(actor: Actor, case_id: int) -> sa.Select[ConsentWithdrawal]:
    """Select which of the consents were taken back."""
    own = consents_for(actor, case_id).with_only_columns(Consent.id).order_by(None)
    return (
        sa.select(ConsentWithdrawal)
        .where(ConsentWithdrawal.consent_id.in_(own))
        .execution_options(**own.get_execution_options())
    )


@built_once
def removed_parties_for(actor: Actor, case_id: int) -> sa.Select[RemovedParty]:
    """Select the traces of parties who were in a case by mistake: for coordinator and chair."""
    return (
        part(actor, RemovedParty, case_id, "party").where(_leads(actor)).order_by(RemovedParty.id)
    )


@lru_cache(maxsize=2)  # asked at every click on a case that waits, so built once
def victims_asked(*, for_meeting: bool) -> sa.Select[int, int, PartyRole, PartyKind, bool]:
    """Select, for each who acts for a victim of a case, ``of_case``, the victims and who agreed.

    The rules ask for it; none of it is shown to anybody.
    """
    acts = aliased(Party)
    covered = Consent.covers_meeting if for_meeting else Consent.covers_being_told
    taken_back = sa.exists().where(ConsentWithdrawal.consent_id == Consent.id)
    agreed = sa.exists().where(
        Consent.party_id == Party.id,
        Consent.applicant_representative_id == acts.id,
        covered.is_(True),
        ~taken_back,
    )
    return (
        sa.select(acts.id, Party.id, Party.role, Party.kind, agreed)
        .join(acts, acts.case_id == Party.case_id)
        .where(
            Party.case_id == sa.bindparam("of_case"),
            Party.role.in_(VICTIMS),
            acts.role == PartyRole.APPLICANT_REPRESENTATIVE,
        )
        .order_by(acts.id, Party.id)
        .execution_options(scope=frozenset({"party", "consent"}))
    )


@built_once
def contact_consents_for(actor: Actor, case_id: int) -> sa.Select[ContactConsent]:
    """Select which agencies may have, or had, the applicant's address, phone and email."""
    return (
        part(actor, ContactConsent, case_id, "consent")
        .where(_leads(actor))
        .order_by(ContactConsent.id)
    )


@built_once
def applicants_contacts_for(actor: Actor, case_id: int) -> sa.Select[PartyContact]:
    """Select how the applicant's side is reached: never a respondent or a witness."""
    return contacts_for(actor, case_id).where(Party.role.in_(APPLICANTS_SIDE)).order_by(Party.id)
