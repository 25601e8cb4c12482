"""To whom the law has a request passed on: plain rules over plain facts."""

from portal.domain.handling import AgencyKind, is_relevant_body


def is_passed_on_to(
    kind: AgencyKind, *, is_co_opted: bool, agency_lga_id: int | None, lga_id: int
) -> bool:
    """Say whether an agency of the area is a relevant body of a local government area.

    Sections 104(3) and 105 of the Act: the council of the area, the police, each integrated care
    board wholly or partly in it, and the housing providers that are co-opted. A council of another
    local government area is none, nor is any agency that is kept for another one.
    """
    if not is_relevant_body(kind, is_co_opted=is_co_opted):
        return False
    if kind is AgencyKind.COUNCIL:
        return agency_lga_id == lga_id
    return agency_lga_id in {None, lga_id}
