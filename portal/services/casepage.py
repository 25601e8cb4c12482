"""The page of a case, built for one reader: what to do, what is due, what happened."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import Opened, load_case
from portal.access.readers import readers_of
from portal.access.scope.cases import events_for
from portal.access.scope.meeting import meetings_for
from portal.access.scope.people import contacts_for, parties_for
from portal.access.scope.reports import incidents_for, reports_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.handling import Handling, Told
from portal.domain.roles import Act, Actor, Role
from portal.domain.stages import Stage
from portal.models.case import CaseEvent, Incident, Party, Report
from portal.models.person import Person
from portal.services import clocks
from portal.services.assessment import ShownDecision, shown_decision
from portal.services.booking import ShownMeeting, shown_meeting
from portal.services.clocks import ClockLine
from portal.services.frames import CaseFrame, frame
from portal.services.reports import how_reported
from portal.services.sharing import ShownItem, shown_items
from portal.services.words import PARTY_NAMES, party_name

OWN_WORDS = "own_words"


@dataclass(frozen=True)
class Line:
    """A line of the chronology.

    Attributes:
        told: may the applicant be told, or ``own_words`` for what came from the applicant.
        readers: who else can read it, by name.
        key: of the shared item that stands behind it; its text may be a click away.
        is_closed: title and labels only; reading it is a separate, logged click.
    """

    on: dt.date | None
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
            parties=tuple(ShownParty(PARTY_NAMES[p.role], party_name(p.name)) for p in parties),
            contacts=_contacts(actor, opened, {p.id: p for p in parties}),
            panel=everybody,
            decision=decision,
            meeting=shown_meeting(meeting) if meeting else None,
        )


def _contacts(actor: Actor, opened: Opened, parties: dict[int, Party]) -> tuple[Contact, ...]:
    return tuple(
        Contact(party_name(parties[row.party_id].name), row.address, row.phone, row.email)
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
    found = [
        *(_incident_line(incident, everybody) for incident in incidents),
        *(_report_line(report, everybody) for report in reports),
        *(_item_line(actor, item) for item in items),
        *_event_lines(actor, opened, decision, everybody),
    ]
    return tuple(sorted(found, key=lambda line: (line.on is None, line.on or dt.date.max)))


def _incident_line(incident: Incident, everybody: tuple[str, ...]) -> Line:
    return Line(
        on=incident.happened_on,
        title=incident.title,
        byline="The applicant’s request",
        text=incident.account,
        handling=Handling.PANEL,
        told=OWN_WORDS,
        readers=everybody,
    )


def _report_line(report: Report, everybody: tuple[str, ...]) -> Line:
    said = [
        how_reported(report),
        f"Reference {report.their_reference}" if report.their_reference else "",
        report.what_was_done,
    ]
    return Line(
        on=report.reported_on,
        title=f"Reported to {report.reported_to or 'somebody whose name is not known'}",
        byline="The applicant’s request",
        text="\n".join(part for part in said if part),
        handling=Handling.PANEL,
        told=OWN_WORDS,
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
