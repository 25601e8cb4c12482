"""The page of a case, built for one reader: what to do, what is due, what happened."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import Opened, load_case
from portal.access.readers import readers_of
from portal.access.scope.cases import events_for
from portal.access.scope.meeting import meetings_for
from portal.access.scope.people import contacts_for, parties_for
from portal.access.scope.reports import incidents_for, reports_for
from portal.db import db, transaction
from portal.domain.dates import in_words
from portal.domain.deadlines import london_day
from portal.domain.handling import Handling, Told
from portal.domain.roles import Act, Actor, Role
from portal.domain.stages import Stage
from portal.models.case import CaseEvent, Incident, Party, Report
from portal.models.person import Agency, Person
from portal.services import clocks
from portal.services.assessment import ShownDecision, shown_decision
from portal.services.booking import ShownMeeting, shown_meeting
from portal.services.clocks import ClockLine
from portal.services.frames import CaseFrame, frame
from portal.services.sharing import ShownItem, shown_items
from portal.services.words import PARTY_NAMES

OWN_WORDS = "own_words"
INCIDENTS_ON_A_PAGE = 100
# Beyond it, what came from exports stands under Reports, and the chronology says so in one line.
MOST_IMPORTED_LINES = 200


@dataclass(frozen=True)
class Line:
    """A line of the chronology.

    Attributes:
        told: may the applicant be told, or ``own_words`` for what came from the applicant.
        readers: who else can read it, by name.
        key: of the shared item that stands behind it; its text may be a click away.
        is_closed: title and labels only; reading it is a separate, logged click.
    """

    on: dt.date
    title: str
    byline: str
    text: str
    handling: str
    told: str
    readers: tuple[str, ...]
    named: tuple[str, ...] = ()
    words: str = ""
    key: str = ""
    is_closed: bool = False


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
    """A case, cut to its reader."""

    frame: CaseFrame
    reads_everything: bool
    agency_name: str
    place: str
    summary: str
    clocks: tuple[ClockLine, ...]
    lines: tuple[Line, ...]
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
        items = shown_items(actor, opened, people)
        parties = db.session.scalars(parties_for(actor, [case.id])).all()
        own = next((p.agency_name for p in people if p.agency_id == actor.agency_id), "")
        return CasePage(
            frame=frame(actor, opened),
            reads_everything=actor.agency_id is None,
            agency_name=own if actor.agency_id else "",
            place=case.place,
            summary=case.summary,
            clocks=tuple(clocks.lines(actor, case)),
            lines=_chronology(actor, opened, items, decision, everybody),
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


def _chronology(
    actor: Actor,
    opened: Opened,
    items: list[ShownItem],
    decision: ShownDecision | None,
    everybody: tuple[str, ...],
) -> tuple[Line, ...]:
    incidents = db.session.scalars(incidents_for(actor, opened.case.id)).all()
    reports = db.session.scalars(reports_for(actor, opened.case.id)).all()
    imported = _imported(incidents, reports)
    sources = _sources([*incidents, *reports])
    found = [
        *_summed_up(imported, sources, everybody),
        *(_incident_line(each, sources, everybody) for each in incidents if each not in imported),
        *(_report_line(each, sources, everybody) for each in reports if each not in imported),
        *(_item_line(actor, item) for item in items),
        *_event_lines(actor, opened, decision, everybody),
    ]
    return tuple(sorted(found, key=lambda line: line.on))


def _sources(found: Sequence[Incident | Report]) -> dict[int | None, str]:
    """Return the words for where an agency's export is the source, by the agency's number."""
    ids = {each.from_agency_id for each in found} - {None}
    if not ids:
        return {}
    rows = db.session.execute(sa.select(Agency.id, Agency.name).where(Agency.id.in_(ids)))
    return {row[0]: f"From {row[1]}’s export" for row in rows}


def _imported(
    incidents: Sequence[Incident], reports: Sequence[Report]
) -> dict[Incident | Report, int]:
    """Return what came from exports with the agency's number, where it is too much to list."""
    every: list[Incident | Report] = [*incidents, *reports]
    found = {each: each.from_agency_id for each in every if each.from_agency_id is not None}
    return found if len(found) > MOST_IMPORTED_LINES else {}


def _summed_up(
    imported: dict[Incident | Report, int],
    sources: dict[int | None, str],
    everybody: tuple[str, ...],
) -> list[Line]:
    """Return a line for each agency's export, on the day of the last thing in it."""
    lines = []
    for agency_id in sorted(set(imported.values())):
        of_it = [each for each, of in imported.items() if of == agency_id]
        days = sorted(
            each.happened_on if isinstance(each, Incident) else each.reported_on for each in of_it
        )
        count = sum(isinstance(each, Incident) for each in of_it)
        line = Line(
            on=days[-1],
            title=f"{count:,} incidents and {len(of_it) - count:,} reports",
            byline=sources[agency_id],
            text=f"From {in_words(days[0])} on. They are listed under Reports.",
            handling=Handling.PANEL,
            told=Told.NO,
            readers=everybody,
        )
        lines.append(line)
    return lines


def _incident_line(
    incident: Incident, sources: dict[int | None, str], everybody: tuple[str, ...]
) -> Line:
    source = sources.get(incident.from_agency_id, "")
    return Line(
        on=incident.happened_on,
        title=incident.title,
        byline=source or "The applicant’s request",
        text=incident.account,
        handling=Handling.PANEL,
        told=Told.NO if source else OWN_WORDS,
        readers=everybody,
    )


def _report_line(
    report: Report, sources: dict[int | None, str], everybody: tuple[str, ...]
) -> Line:
    source = sources.get(report.from_agency_id, "")
    said = [
        report.how,
        f"Reference {report.their_reference}" if report.their_reference else "",
        report.what_was_done,
    ]
    return Line(
        on=report.reported_on,
        title=f"Reported to {report.reported_to}",
        byline=source or "The applicant’s request",
        text="\n".join(part for part in said if part),
        handling=Handling.PANEL,
        told=Told.NO if source else OWN_WORDS,
        readers=everybody,
    )


def _item_line(actor: Actor, item: ShownItem) -> Line:
    # On the coordinator's screen others may look on: the narrowest text is a click away.
    is_closed = (
        actor.role in {Role.COORDINATOR, Role.CHAIR}
        and item.handling == Handling.CHAIR_AND_COORDINATOR
    )
    return Line(
        on=item.happened_on,
        title=item.title,
        byline=f"{item.shared_by}: you" if item.is_own else item.shared_by,
        text="" if is_closed else item.content,
        handling=item.handling,
        told=item.told,
        readers=item.readers,
        named=item.named,
        words="" if is_closed else item.words,
        key=item.key,
        is_closed=is_closed,
    )


_EVENTS = {
    Stage.RECEIVED: "Request received",
    Stage.ASSESSING: "Acknowledged and passed to the relevant bodies",
    Stage.REVIEWING: "Meeting opened",
    Stage.PLANNING: "Meeting closed",
    Stage.MONITORING: "Plan issued",
}


def _event_lines(
    actor: Actor, opened: Opened, decision: ShownDecision | None, everybody: tuple[str, ...]
) -> list[Line]:
    events = events_for(actor, opened.case.id)
    by_whom = events.join(Person, Person.id == CaseEvent.person_id).add_columns(Person.name)
    found = []
    for event, name in db.session.execute(by_whom):
        title = _EVENTS.get(event.stage)
        if title:
            byline = f"Recorded by {name}"
            found.append(_event_line(london_day(event.at), title, byline, "", everybody))
    if decision:
        title = "Threshold met" if decision.is_met else "Threshold not met"
        byline = f"Agreed by {', '.join(decision.agreed_by)}"
        line = _event_line(decision.decided_on, title, byline, decision.reasons, everybody)
        found.append(line)
    return found


def _event_line(
    on: dt.date, title: str, byline: str, text: str, everybody: tuple[str, ...]
) -> Line:
    return Line(on, title, byline, text, Handling.PANEL, Told.YES, everybody)


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
        sources = _sources([*incidents, *reports])
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
                    sources.get(row.from_agency_id, ""),
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
        source=sources.get(report.from_agency_id, ""),
    )
