"""Who made the reports of a case: as forms offer it, as pages say it, as the advice counts it."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.access.scope.people import VICTIMS, parties_for
from portal.db import db
from portal.domain.roles import Actor
from portal.models.case import Party, PartyKind, PartyRole, Report, Reporter
from portal.services.words import party_name

MAKERS = (*VICTIMS, PartyRole.WITNESS)
SOMEBODY_ELSE = "Somebody else"
NOT_KNOWN = "Not known who"


@dataclass(frozen=True)
class Maker:
    """Who made a report, as the advice tells people and households apart.

    Attributes:
        reporter, household: any name that is the same for the same one; none where not known.
        name: as pages say it; empty where nobody has said yet.
    """

    reporter: str | None
    household: str | None
    name: str


_UNSAID = Maker(None, None, "")


class Makers:
    """Who made which report of a case.

    Where nobody has said yet who made a report, it is taken for the victim's if there is one.
    """

    def __init__(self, parties: Sequence[Party], reports: Sequence[Report]) -> None:
        homes = _homes(parties)
        self._by_party = {each.id: _maker(each, homes[each.id]) for each in parties}
        victims = [each for each in parties if each.role in VICTIMS]
        is_one = len(victims) == 1 and victims[0].kind is not PartyKind.GROUP
        self.unsaid = self._by_party[victims[0].id] if is_one else _UNSAID
        # Somebody who is not in the case is a person more; whether a second one is the same nobody
        # can say, unless it is about the same incident.
        self._first_else = next(
            (each.incident_id for each in reports if each.reporter is Reporter.SOMEBODY_ELSE), None
        )

    def of(self, report: Report) -> Maker:
        """Return who made a report."""
        if report.reporter is None:
            return self.unsaid
        if report.reporter is Reporter.NOT_KNOWN or report.reporter_id is None:
            return self._not_named(report)
        return self._by_party[report.reporter_id]

    def _not_named(self, report: Report) -> Maker:
        if report.reporter is not Reporter.SOMEBODY_ELSE:
            return Maker(None, None, NOT_KNOWN)
        is_first = report.incident_id == self._first_else
        return Maker(Reporter.SOMEBODY_ELSE if is_first else None, None, SOMEBODY_ELSE)


def _maker(party: Party, home: int) -> Maker:
    household = None if party.kind is PartyKind.GROUP else f"household {home}"
    return Maker(f"party {party.id}", household, party_name(party.name))


def _homes(parties: Sequence[Party]) -> dict[int, int]:
    """Return one number for each household, by the party: who lives with whom lives together."""
    together = {party.id: {party.id} for party in parties}
    for party in parties:
        other = together.get(party.household_of_id or 0)
        if other is not None:
            joined = together[party.id] | other
            together.update(dict.fromkeys(joined, joined))
    return {number: min(home) for number, home in together.items()}


def makers_of(actor: Actor, case_id: int, reports: Sequence[Report]) -> Makers:
    """Return who made these reports; belongs inside a transaction."""
    return Makers(db.session.scalars(parties_for(actor, [case_id])).all(), reports)


def possible_makers(actor: Actor, case_id: int) -> dict[int, str]:
    """Return the victims and witnesses of a case by number, as a form offers them.

    Belongs inside a transaction.
    """
    parties = db.session.scalars(parties_for(actor, [case_id]))
    return {each.id: party_name(each.name) for each in parties if each.role in MAKERS}
