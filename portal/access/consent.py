"""Whether something may go to the applicant's side: asked before anything is sent there."""

import sqlalchemy as sa

from portal.access.gate import Opened
from portal.access.scope.people import contacts_for, parties_for
from portal.access.victims import victims_by_who_acts
from portal.db import db
from portal.domain.consent import WAITING, may_be_told
from portal.domain.roles import Actor
from portal.models.case import Party, PartyContact, PartyRole


def why_held(actor: Actor, opened: Opened, address: str, *, for_meeting: bool = False) -> str:
    """Return why nothing may go to an address of the applicant's side, or an empty text.

    It is asked for what is about no victim alone; what is about one goes by their own consent.

    Args:
        actor: the coordinator or the chair, who may read the consents.
        opened: the case.
        address: the email address that something would go to.
        for_meeting: the consent has to cover taking part in the meeting too.
    """
    parties = db.session.scalars(parties_for(actor, [opened.case.id])).all()
    if PartyRole.APPLICANT_REPRESENTATIVE not in {party.role for party in parties}:
        return ""
    asked = victims_by_who_acts(opened.case.id, for_meeting=for_meeting)
    theirs = _whose(actor, opened, address)
    if not theirs and any(each.asks for victims in asked.values() for each in victims):
        return ""
    # An address that is nobody's on record could be of any of them.
    if all(may_be_told(asked.get(who_acts, ())) for who_acts in theirs or asked):
        return ""
    return f"{WAITING}: nothing goes to the applicant representative until it is recorded"


def _whose(actor: Actor, opened: Opened, address: str) -> set[int]:
    """Return the applicant representatives whose address it is."""
    if not address:
        return set()
    query = contacts_for(actor, opened.case.id).where(
        Party.role == PartyRole.APPLICANT_REPRESENTATIVE,
        sa.func.lower(PartyContact.email) == address.lower(),
    )
    return {contact.party_id for contact in db.session.scalars(query)}
