"""Which agencies belong on a panel, with the reason for each; the coordinator completes it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.domain.handling import AgencyKind, is_relevant_body


@dataclass(frozen=True, kw_only=True)
class AgencyFacts:
    """An agency of the area, as the suggestion looks at it.

    Attributes:
        lga_id: the local government area that a council is the council of.
    """

    agency_id: int
    name: str
    kind: AgencyKind
    is_co_opted: bool = False
    lga_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What a case asks of its panel.

    Attributes:
        lga_id: the local government area of the case.
        landlord_agency_id: the applicant's landlord, where they are known and an agency.
        has_respondent: somebody is complained about.
        wants_support: the applicant would like somebody to stand by them.
    """

    lga_id: int
    landlord_agency_id: int | None = None
    has_respondent: bool = False
    wants_support: bool = False


@dataclass(frozen=True)
class Suggestion:
    """An agency that belongs on the panel, why, and whether the Act requires it.

    Attributes:
        is_required: it is a relevant body of the review (2014 Act, sections 104 and 105, and
            Schedule 4 for a housing provider that is co-opted).
    """

    agency_id: int
    name: str
    reason: str
    is_required: bool


def suggest(agencies: Iterable[AgencyFacts], needs: Needs) -> tuple[Suggestion, ...]:
    """Return the agencies that the case asks for, those required by the Act first."""
    found = [
        Suggestion(
            agency.agency_id,
            agency.name,
            reason,
            is_relevant_body(agency.kind, is_co_opted=agency.is_co_opted),
        )
        for agency in agencies
        if (reason := _reason(agency, needs))
    ]
    return tuple(sorted(found, key=lambda each: (not each.is_required, each.name)))


_BY_KIND: dict[AgencyKind, tuple[Callable[[AgencyFacts, Needs], bool], str]] = {
    AgencyKind.POLICE: (lambda _agency, _needs: True, "Police of the area"),
    AgencyKind.COUNCIL: (
        lambda agency, needs: agency.lga_id == needs.lga_id,
        "Council of the local government area of the case",
    ),
    AgencyKind.HEALTH: (lambda _agency, _needs: True, "Health body of the area"),
    AgencyKind.PROBATION: (
        lambda _agency, needs: needs.has_respondent,
        "Somebody is complained about, and probation may know them",
    ),
    AgencyKind.VICTIM_SUPPORT: (
        lambda _agency, needs: needs.wants_support,
        "The applicant would like support",
    ),
}


def _reason(agency: AgencyFacts, needs: Needs) -> str:
    if agency.agency_id == needs.landlord_agency_id:
        return "Landlord of the applicant"
    asks, reason = _BY_KIND.get(agency.kind, (None, ""))
    return reason if asks and asks(agency, needs) else ""
