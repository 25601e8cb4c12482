"""Who has to agree that an applicant representative is told, as the rules ask for it."""

from itertools import groupby
from operator import itemgetter

from portal.access.scope.request import victims_asked
from portal.db import db
from portal.domain.consent import Hold, Victim, hold_of
from portal.models.case import PartyKind, PartyRole


def victims_by_who_acts(case_id: int, *, for_meeting: bool = False) -> dict[int, list[Victim]]:
    """Return, for each applicant representative, the victims and whether each agreed to them.

    It is shown to nobody. The keys are parties, in the order in which they came to the case.

    Args:
        case_id: of a case that somebody acts in for a victim.
        for_meeting: the consent has to cover taking part in the meeting, not being told.
    """
    rows = db.session.execute(victims_asked(for_meeting=for_meeting), {"of_case": case_id})
    return {
        who_acts: [
            Victim(
                party_id=party_id,
                is_group=kind is PartyKind.GROUP,
                asks=role is PartyRole.APPLICANT_AND_VICTIM,
                has_agreed=has_agreed,
            )
            for _, party_id, role, kind, has_agreed in victims
        ]
        for who_acts, victims in groupby(rows, key=itemgetter(0))
    }


def holds_of(case_id: int) -> tuple[Hold, ...]:
    """Return what each applicant representative of a case may be told."""
    found = victims_by_who_acts(case_id)
    return tuple(hold_of(who_acts, victims) for who_acts, victims in found.items())
