"""Whether something may go to the applicant's side: asked before anything is sent there."""

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from portal.access.gate import Opened
from portal.access.scope.people import contacts_for, parties_for
from portal.access.scope.request import consents_for, withdrawals_for
from portal.db import db
from portal.domain.consent import WAITING, Asker, waits_for_consent
from portal.domain.roles import Actor
from portal.models.case import Party, PartyContact, PartyRole
from portal.models.consent import Consent, ConsentWithdrawal


def why_held(actor: Actor, opened: Opened, address: str, *, for_meeting: bool = False) -> str:
    """Return why nothing may go to an address of the applicant's side, or an empty text.

    Args:
        actor: the coordinator or the chair, who may read the consents.
        opened: the case.
        address: the email address that something would go to.
        for_meeting: the consent has to cover taking part in the meeting too.
    """
    parties = db.session.scalars(parties_for(actor, [opened.case.id])).all()
    roles = {party.role for party in parties}
    if PartyRole.APPLICANT_REPRESENTATIVE not in roles:
        return ""
    covered = Consent.covers_meeting if for_meeting else Consent.covers_being_told
    is_agreed = _in_force(actor, opened, covered)
    victim_asks = PartyRole.APPLICANT_AND_VICTIM in roles and not _stands_in(actor, opened, address)
    if waits_for_consent(Asker(True, victim_asks, is_agreed)):
        return f"{WAITING}: nothing goes to the applicant representative until it is recorded"
    return ""


def _in_force(actor: Actor, opened: Opened, covered: InstrumentedAttribute[bool]) -> bool:
    taken_back = withdrawals_for(actor, opened.case.id).with_only_columns(
        ConsentWithdrawal.consent_id
    )
    query = consents_for(actor, opened.case.id).where(
        covered.is_(True), Consent.id.not_in(taken_back)
    )
    return db.session.scalars(query).first() is not None


def _stands_in(actor: Actor, opened: Opened, address: str) -> bool:
    """Say whether the address is the applicant representative's."""
    query = contacts_for(actor, opened.case.id).where(
        Party.role == PartyRole.APPLICANT_REPRESENTATIVE,
        sa.func.lower(PartyContact.email) == address.lower(),
    )
    return bool(address) and db.session.scalars(query).first() is not None
