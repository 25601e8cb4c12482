"""The panel that a case asks for: suggested with reasons, seated in one go."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.access.gate import Opened, load_case
from portal.access.scope.people import parties_for, seats_for
from portal.access.scope.request import details_for
from portal.db import db, transaction
from portal.domain.handling import is_relevant_body
from portal.domain.panel_suggestion import AgencyFacts, Needs, Suggestion, suggest
from portal.domain.roles import Act, Actor
from portal.models.case import PartyRole
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.panel import PanelError, agencies_to_seat, seat


@dataclass(frozen=True)
class SuggestionPage:
    """The agencies that could join: those that the case asks for, and all others."""

    frame: CaseFrame
    suggested: tuple[Suggestion, ...]
    others: tuple[AgencyFacts, ...]


def open_suggestion(actor: Actor, reference: str) -> SuggestionPage:
    """Return which agencies belong on the panel, less those that sit on it."""
    with transaction():
        opened = load_case(actor, reference, Act.ARRANGE_PANEL, thing="suggested panel")
        seats = db.session.scalars(seats_for(actor, opened.case.id))
        seated = {seat.agency_id for seat in seats}
        free = [
            agency
            for agency in agencies_to_seat(actor, opened.case.id)
            if agency.agency_id not in seated
        ]
        suggested = suggest(free, _needs(actor, opened))
        taken = {each.agency_id for each in suggested}
        others = tuple(agency for agency in free if agency.agency_id not in taken)
        return SuggestionPage(frame(actor, opened), suggested, others)


def _needs(actor: Actor, opened: Opened) -> Needs:
    request = db.session.scalars(details_for(actor, opened.case.id)).one_or_none()
    parties = db.session.scalars(parties_for(actor, [opened.case.id]))
    return Needs(
        lga_id=opened.case.lga_id,
        landlord_agency_id=request.landlord_agency_id if request else None,
        has_respondent=any(party.role is PartyRole.RESPONDENT for party in parties),
    )


def seat_suggested(actor: Actor, reference: str, token: str, agency_ids: Sequence[int]) -> int:
    """Give several agencies a seat; those required by the Act are needed at the meeting.

    Returns:
        How many.

    Raises:
        PanelError: nothing was chosen, or one of them cannot be seated; then none is.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        chosen = ", ".join(str(number) for number in agency_ids)
        opened = load_case(actor, reference, Act.ARRANGE_PANEL, thing=f"agencies {chosen}")
        if not agency_ids:
            raise PanelError("agencies", "Select at least one agency")
        relevant = {
            each.agency_id
            for each in agencies_to_seat(actor, opened.case.id)
            if is_relevant_body(each.kind, is_co_opted=each.is_co_opted)
        }
        for number in agency_ids:
            is_required = number in relevant
            seat(actor, opened.case, number, "agencies", is_required=is_required)
        turn.result = str(len(agency_ids))
    return int(turn.result)
