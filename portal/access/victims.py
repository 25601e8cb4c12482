"""Who has to agree that an applicant representative is told, as the rules ask for it."""

from portal.access.scope.request import victims_asked
from portal.db import db
from portal.domain.consent import Victim
from portal.models.case import PartyKind, PartyRole


def victims_of(case_id: int, *, for_meeting: bool = False) -> tuple[Victim, ...]:
    """Return the victims of a case and whether each has agreed; it is shown to nobody.

    Args:
        case_id: of a case that somebody acts in for a victim.
        for_meeting: the consent has to cover taking part in the meeting, not being told.
    """
    rows = db.session.execute(victims_asked(for_meeting=for_meeting), {"of_case": case_id})
    return tuple(
        Victim(
            party_id=party_id,
            is_group=kind is PartyKind.GROUP,
            asks=role is PartyRole.APPLICANT_AND_VICTIM,
            has_agreed=has_agreed,
        )
        for party_id, role, kind, has_agreed in rows
    )
