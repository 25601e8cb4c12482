"""Was what each agency did enough? What the panel finds, and the fact on which it rests."""

from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.people import seats_for
from portal.access.scope.powers import adequacy_findings_for
from portal.db import db, transaction
from portal.domain.adequacy import Adequacy
from portal.domain.roles import Act, Actor
from portal.domain.stages import Stage
from portal.models.adequacy import AdequacyFinding
from portal.services.agreed import ShownFinding, agreed, names_of_agencies
from portal.services.changes import check_version, mark_changed
from portal.services.frames import CaseFrame, frame
from portal.services.live_stamp import moved
from portal.services.once import once


class AdequacyError(Exception):
    """A finding cannot be saved; the sentence says what it lacks."""


@dataclass(frozen=True)
class AgencyFound:
    """An agency of the panel, and what was found of its response; none yet at first."""

    agency_id: int
    name: str
    found: ShownFinding | None


@dataclass(frozen=True)
class AdequacyPage:
    """Every agency of the panel, and every other of which something was found.

    Attributes:
        is_meeting_open: the page may be projected.
    """

    frame: CaseFrame
    agencies: tuple[AgencyFound, ...]
    is_meeting_open: bool


@dataclass(frozen=True)
class FindingPage:
    """The form for one agency."""

    frame: CaseFrame
    agency: AgencyFound
    is_meeting_open: bool


def open_adequacy(actor: Actor, reference: str) -> AdequacyPage:
    """Return the agencies and what was found of their responses."""
    with transaction():
        opened = load_case(actor, reference, Act.FIND_ADEQUACY, thing="form")
        return AdequacyPage(frame(actor, opened), _agencies(actor, opened), _is_open(opened))


def open_finding(actor: Actor, reference: str, agency_id: int) -> FindingPage:
    """Return the form for an agency.

    Raises:
        CaseNotFoundError: it is not on the panel, and nothing was found of it before.
    """
    with transaction():
        thing = f"agency {agency_id}, form"
        opened = load_case(actor, reference, Act.FIND_ADEQUACY, thing=thing)
        agency = _agency(actor, opened, agency_id)
        return FindingPage(frame(actor, opened), agency, _is_open(opened))


def _is_open(opened: Opened) -> bool:
    return opened.case.stage is Stage.REVIEWING


def _agencies(actor: Actor, opened: Opened) -> tuple[AgencyFound, ...]:
    found = {each.agency_id: each for each in agreed(actor, opened).findings}
    seats = db.session.scalars(seats_for(actor, opened.case.id))
    names = names_of_agencies(seat.agency_id for seat in seats)
    names |= {each.agency_id: each.agency_name for each in found.values()}
    by_name = sorted(names.items(), key=lambda each: each[1])
    return tuple(AgencyFound(number, name, found.get(number)) for number, name in by_name)


def _agency(actor: Actor, opened: Opened, agency_id: int) -> AgencyFound:
    for each in _agencies(actor, opened):
        if each.agency_id == agency_id:
            return each
    raise CaseNotFoundError(opened.case.reference)


def without_finding(actor: Actor, opened: Opened) -> tuple[str, ...]:
    """Return the agencies of which nothing was found yet; belongs inside a transaction."""
    return tuple(each.name for each in _agencies(actor, opened) if each.found is None)


def find_adequacy(
    actor: Actor,
    reference: str,
    agency_id: int,
    token: str,
    finding: Adequacy,
    fact: str,
    version: int | None,
) -> None:
    """Record what the panel finds of the response of an agency.

    Args:
        actor: the chair or the coordinator.
        reference: of the case.
        agency_id: whose response.
        token: of the form.
        finding: what was found.
        fact: on which it rests.
        version: of the finding that the form was filled from; 0 where there was none.

    Raises:
        AdequacyError: there is no fact.
        CaseNotFoundError: the agency is not on the panel, and nothing was found of it before.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.FIND_ADEQUACY, thing=f"agency {agency_id}")
        # First, because it locks the meeting: the second of two who write the first finding of an
        # agency has to meet the first one's row.
        moved(opened)
        _agency(actor, opened, agency_id)
        if not fact.strip():
            raise AdequacyError("Write the fact on which it rests")
        row = _row(actor, opened, agency_id, version)
        row.finding, row.fact = finding, fact
        mark_changed(actor, row)
        db.session.add(row)


def _row(actor: Actor, opened: Opened, agency_id: int, version: int | None) -> AdequacyFinding:
    query = adequacy_findings_for(actor, opened.case.id)
    row = db.session.scalars(query.where(AdequacyFinding.agency_id == agency_id)).one_or_none()
    if row is None:
        return AdequacyFinding(case_id=opened.case.id, agency_id=agency_id)
    check_version(row, version)
    return row
