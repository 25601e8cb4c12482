"""The page of a case, built for one reader: what to do, what is due, what happened."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from portal.access.gate import Opened, load_case
from portal.access.readers import readers_of
from portal.access.scope.meeting import meetings_for
from portal.access.scope.people import contacts_for, parties_for
from portal.access.scope.reports import incidents_for, reports_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.models.case import Incident, Party, Report
from portal.services import chronology, clocks
from portal.services.assessment import ShownDecision, shown_decision
from portal.services.booking import ShownMeeting, shown_meeting
from portal.services.chronology import Line
from portal.services.clocks import ClockLine
from portal.services.frames import CaseFrame, frame
from portal.services.sources import export_names, export_of
from portal.services.words import PARTY_NAMES

# The overview shows the latest lines; the whole is a tab of its own.
SHORTENED_TO = 12
INCIDENTS_ON_A_PAGE = 100


@dataclass(frozen=True)
class Contact:
    """How a party can be reached: for the coordinator and the chair."""

    name: str
    address: str
    phone: str
    email: str


@dataclass(frozen=True)
class ShownParty:
    """A party, as the side of the page lists it."""

    role: str
    name: str


@dataclass(frozen=True)
class CasePage:
    """A case, cut to its reader.

    Attributes:
        lines: the latest of the chronology, the oldest of them first.
        is_shortened: there are older ones in the chronology.
    """

    frame: CaseFrame
    reads_everything: bool
    agency_name: str
    place: str
    summary: str
    clocks: tuple[ClockLine, ...]
    lines: tuple[Line, ...]
    is_shortened: bool
    parties: tuple[ShownParty, ...]
    contacts: tuple[Contact, ...]
    panel: tuple[str, ...]
    decision: ShownDecision | None
    meeting: ShownMeeting | None


@dataclass(frozen=True)
class ShownReport:
    """A report of an incident; ``source`` as of the incident."""

    reported_on: dt.date
    reported_to: str
    how: str
    their_reference: str
    what_was_done: str
    source: str


@dataclass(frozen=True)
class ShownIncident:
    """An incident with its reports.

    Attributes:
        source: where it came from, if not from the applicant: “From …’s export”.
    """

    id: int
    happened_on: dt.date
    title: str
    account: str
    source: str
    reports: tuple[ShownReport, ...]


@dataclass(frozen=True)
class ReportsPage:
    """What happened and to whom it was reported.

    Attributes:
        after: the last incident of this page if more follow, else 0.
    """

    frame: CaseFrame
    incidents: tuple[ShownIncident, ...]
    decision: ShownDecision | None
    after: int = 0


def open_case(actor: Actor, reference: str) -> CasePage:
    """Return the page of a case for this reader."""
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE)
        case = opened.case
        people = readers_of(actor, case)
        everybody = tuple(person.label for person in people)
        meeting = db.session.scalars(meetings_for(actor, case.id)).one_or_none()
        decision = shown_decision(actor, case.id)
        lines = chronology.lines_for(actor, opened, people, decision)
        parties = db.session.scalars(parties_for(actor, [case.id])).all()
        return CasePage(
            frame=frame(actor, opened),
            reads_everything=actor.agency_id is None,
            agency_name=chronology.agency_name(actor, people),
            place=case.place,
            summary=case.summary,
            clocks=tuple(clocks.lines(actor, case)),
            lines=lines[-SHORTENED_TO:],
            is_shortened=len(lines) > SHORTENED_TO,
            parties=tuple(ShownParty(PARTY_NAMES[p.role], p.name) for p in parties),
            contacts=_contacts(actor, opened, {p.id: p for p in parties}),
            panel=everybody,
            decision=decision,
            meeting=shown_meeting(meeting) if meeting else None,
        )


def _contacts(actor: Actor, opened: Opened, parties: dict[int, Party]) -> tuple[Contact, ...]:
    return tuple(
        Contact(parties[row.party_id].name, row.address, row.phone, row.email)
        for row in db.session.scalars(contacts_for(actor, opened.case.id))
    )


def open_form(actor: Actor, reference: str, act: Act) -> CaseFrame:
    """Return the top of the page for a form; whether the act is open is asked here already."""
    with transaction():
        return frame(actor, load_case(actor, reference, act, thing="form"))


def open_reports(actor: Actor, reference: str, after: int = 0) -> ReportsPage:
    """Return a page of incidents with their reports.

    Args:
        actor: who asks.
        reference: of the case.
        after: the last incident of the page before; an unknown one begins at the top.
    """
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE, thing="reports")
        incidents, more = _page_of(
            db.session.scalars(incidents_for(actor, opened.case.id)).all(), after
        )
        shown = Report.incident_id.in_([incident.id for incident in incidents])
        reports = db.session.scalars(reports_for(actor, opened.case.id).where(shown)).all()
        sources = export_names([*incidents, *reports])
        by_incident: dict[int, list[ShownReport]] = {}
        for report in reports:
            by_incident.setdefault(report.incident_id, []).append(_shown_report(report, sources))
        return ReportsPage(
            frame=frame(actor, opened),
            incidents=tuple(
                ShownIncident(
                    row.id,
                    row.happened_on,
                    row.title,
                    row.account,
                    export_of(sources.get(row.from_agency_id, "")),
                    tuple(by_incident.get(row.id, [])),
                )
                for row in incidents
            ),
            decision=shown_decision(actor, opened.case.id),
            after=more,
        )


def _page_of(incidents: Sequence[Incident], after: int) -> tuple[Sequence[Incident], int]:
    start = next((place for place, each in enumerate(incidents, 1) if each.id == after), 0)
    shown = incidents[start : start + INCIDENTS_ON_A_PAGE]
    return shown, shown[-1].id if len(incidents) > start + INCIDENTS_ON_A_PAGE else 0


def _shown_report(report: Report, sources: dict[int | None, str]) -> ShownReport:
    return ShownReport(
        reported_on=report.reported_on,
        reported_to=report.reported_to,
        how=report.how,
        their_reference=report.their_reference,
        what_was_done=report.what_was_done,
        source=export_of(sources.get(report.from_agency_id, "")),
    )
