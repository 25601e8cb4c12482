"""Whom a paper for the applicant is addressed to, and whether anything may go to them."""

from collections.abc import Collection, Sequence

from portal.access.victims import holds_of
from portal.domain.consent import Hold
from portal.models.case import Party, PartyRole


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
