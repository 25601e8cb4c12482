"""Whom a paper for the applicant is addressed to, and whether anything may go to them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from portal.access.gate import Opened
from portal.access.scope.delivery import deliveries_for
from portal.access.scope.meeting import documents_for
from portal.access.scope.people import parties_for
from portal.access.victims import holds_of
from portal.db import db
from portal.domain.consent import Hold
from portal.domain.roles import Actor
from portal.models.case import Party, PartyRole
from portal.models.delivery import Delivery
from portal.models.plan import Document, DocumentKind


@dataclass(frozen=True)
class Asking:
    """Somebody who asks for a victim, and the victim, who has not agreed to it.

    Attributes:
        was_asked: a request for their consent was issued before.
    """

    who_asks: Party
    victim: Party
    was_asked: bool


def addressed_party(parties: Sequence[Party], holds: Collection[Hold]) -> Party | None:
    """Return the party whom a paper for the applicant is for.

    The victim who asked; else who asks for a victim, first of all one who may be told; else a
    victim.
    """
    asking = _of(parties, PartyRole.APPLICANT_AND_VICTIM)
    stand_in = _of(parties, PartyRole.APPLICANT_REPRESENTATIVE)
    told = {hold.applicant_representative_id for hold in holds if hold.is_told}
    first = [
        *asking,
        *(each for each in stand_in if each.id in told),
        *stand_in,
        *_of(parties, PartyRole.VICTIM),
    ]
    return first[0] if first else None


def asking_of(actor: Actor, opened: Opened) -> Asking | None:
    """Return who asks for a victim who has not agreed to it; none where nobody is waited for.

    Each victim agrees for themselves: one who was not asked yet comes first. Belongs inside a
    transaction.
    """
    waiting = [
        (hold.applicant_representative_id, victim)
        for hold in opened.facts.holds
        for victim in hold.waits_for
    ]
    if not waiting:
        return None
    by_id = {party.id: party for party in db.session.scalars(parties_for(actor, [opened.case.id]))}
    asked = _asked(actor, opened)
    who_asks, victim = min(waiting, key=lambda pair: pair[1] in asked)
    return Asking(by_id[who_asks], by_id[victim], was_asked=victim in asked)


def _asked(actor: Actor, opened: Opened) -> set[int]:
    """Return the victims to whom a request for their consent was issued."""
    case_id = opened.case.id
    requests = documents_for(actor, case_id).where(
        Document.kind == DocumentKind.LETTER_CONSENT_REQUEST
    )
    numbers = {document.id for document in db.session.scalars(requests)}
    sent = deliveries_for(actor, case_id).where(Delivery.document_id.in_(numbers))
    return {delivery.party_id for delivery in db.session.scalars(sent)}


def receiver_of(actor: Actor, opened: Opened, kind: DocumentKind) -> Party | None:
    """Return the party whom an issued paper goes to: a request for consent to the victim alone.

    Belongs inside a transaction.
    """
    if kind is DocumentKind.LETTER_CONSENT_REQUEST:
        asking = asking_of(actor, opened)
        return asking.victim if asking else None
    parties = db.session.scalars(parties_for(actor, [opened.case.id])).all()
    return addressed_party(parties, holds_of(opened.case.id))


def may_get_papers(party: Party) -> bool:
    """Say whether papers may go to a party now: victims get theirs, others by consent alone.

    Belongs inside a transaction.
    """
    if party.role.is_victim:
        return True
    return any(
        hold.is_told and hold.applicant_representative_id == party.id
        for hold in holds_of(party.case_id)
    )


def _of(parties: Sequence[Party], role: PartyRole) -> list[Party]:
    return [each for each in parties if each.role is role]
