"""Information requests: one to an agency, under the Act, kept byte for byte as it was issued."""

import datetime as dt
import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import Opened, load_case
from portal.access.readers import CaseReader, readers_of
from portal.access.scope.papers import receiver_papers_for
from portal.access.scope.reports import incidents_for, reports_for
from portal.db import db, transaction
from portal.documents.content import Fact, Kind, PanelContact, PanelText, long_date
from portal.documents.papers import AskedReport, InformationRequest
from portal.documents.render import render_paper
from portal.domain.clocks.rules import Clock, ClockEvent
from portal.domain.clocks.running import work_out_clock
from portal.domain.deadlines import london_day
from portal.domain.gateway import duty_of
from portal.domain.roles import Act, Actor
from portal.models.paper import PaperKind, ReceiverPaper
from portal.models.person import Agency, Area
from portal.services import clocks, panel_mail
from portal.services.changes import ChangedMeanwhileError
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.once import is_used, once
from portal.services.papers import ShownPaper, shown_papers
from portal.services.papers_issuing import leak_to_panel
from portal.services.template_filling import fill_all

_NO_DAY = Fact("Day not known")


@dataclass(frozen=True)
class TypedRequest:
    """What is typed for a request.

    Attributes:
        period_from, period_to: the days for which the agency looks.
        extra: what is asked besides; may be empty.
        what_changed: since the one before to this agency; asked from the second on.
    """

    agency_id: int
    period_from: dt.date
    period_to: dt.date
    extra: str
    what_changed: str


@dataclass(frozen=True)
class RequestsPage:
    """What agencies were asked for, as far as it is this reader's.

    Attributes:
        requests: the newest first.
        agencies: who can be asked, by number: those with somebody who can open the case.
    """

    frame: CaseFrame
    requests: tuple[ShownPaper, ...]
    agencies: dict[int, str]


def open_requests(actor: Actor, reference: str, act: Act = Act.READ_DOCUMENT) -> RequestsPage:
    """Return the information requests of a case that this reader may open.

    Args:
        actor: who reads.
        reference: of the case.
        act: to read them, or to ask an agency, for its form.
    """
    with transaction():
        thing = "information requests" if act is Act.READ_DOCUMENT else "form"
        opened = load_case(actor, reference, act, thing=thing)
        top = frame(actor, opened)
        asks = Act.REQUEST_INFORMATION in top.open_acts
        return RequestsPage(
            frame=top,
            requests=shown_papers(actor, opened, PaperKind.INFORMATION_REQUEST),
            agencies=_to_ask(opened) if asks else {},
        )


def _to_ask(opened: Opened) -> dict[int, str]:
    people = readers_of(opened.case)
    return {each.agency_id: each.agency_name for each in people if each.agency_id is not None}


def issue_request(actor: Actor, reference: str, token: str, typed: TypedRequest) -> int:
    """Issue a request to one agency, whose people are told that it waits; return its number.

    Raises:
        IntakeError: the agency cannot be asked, the days do not fit, it is not said what has
            changed, or a text takes over what is not for the whole panel.
        ChangedMeanwhileError: what it says has changed meanwhile; nothing was issued.
    """
    with transaction():
        ready = None
        if not is_used(actor, token):
            opened = load_case(actor, reference, Act.REQUEST_INFORMATION, thing="prepared")
            ready = _ready(actor, opened, typed)
    if ready is None:
        with once(actor, token) as turn:
            return int(turn.result)
    (content,), template = fill_all(actor, Kind.INFORMATION_REQUEST, render_paper, [ready])
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        number = ready.issue_number
        thing = f"agency {typed.agency_id}, issue {number}"
        opened = load_case(actor, reference, Act.REQUEST_INFORMATION, thing=thing)
        if _ready(actor, opened, typed) != ready:
            raise ChangedMeanwhileError
        _keep(actor, opened, typed, ready, content, template)
        panel_mail.tell(
            actor,
            opened.case,
            _people_of(opened, typed.agency_id),
            key=f"information-{opened.case.id}-{typed.agency_id}-{number}",
            page="information-requests",
        )
        turn.result = str(number)
    return int(turn.result)


def _people_of(opened: Opened, agency_id: int) -> list[CaseReader]:
    return [each for each in readers_of(opened.case) if each.agency_id == agency_id]


def _keep(
    actor: Actor,
    opened: Opened,
    typed: TypedRequest,
    request: InformationRequest,
    content: bytes,
    template: str,
) -> None:
    db.session.add(
        ReceiverPaper(
            case_id=opened.case.id,
            kind=PaperKind.INFORMATION_REQUEST,
            number=request.issue_number,
            person_id=None,
            agency_id=typed.agency_id,
            receiver=request.agency,
            issued_at=actor.at,
            issued_by_id=actor.person_id,
            template_version=template,
            sha256=hashlib.sha256(content).hexdigest(),
            what_changed=request.what_changed,
            content=content,
        )
    )


def _ready(actor: Actor, opened: Opened, typed: TypedRequest) -> InformationRequest:
    """Gather what the request says; belongs inside a transaction."""
    number = _next_number(actor, opened, typed.agency_id)
    _check(actor, opened, typed, number)
    area = db.session.get_one(Area, opened.case.area_id)
    agency = db.session.get_one(Agency, typed.agency_id)
    due_on, due_how = _due(actor, opened)
    return InformationRequest(
        office_name=Fact(area.office_name),
        reference=Fact(opened.case.reference),
        lga_name=Fact(frame(actor, opened).lga),
        issue_number=number,
        issued_on=long_date(london_day(actor.at)),
        what_changed=PanelText(typed.what_changed),
        agency=Fact(agency.name),
        due_on=due_on,
        due_how=due_how,
        duty=tuple(map(Fact, duty_of(agency.kind))),
        safe_contact=PanelText(opened.case.safe_contact),
        period_from=long_date(typed.period_from),
        period_to=long_date(typed.period_to),
        reports=_reports(actor, opened),
        extra=PanelText(typed.extra),
        contact=PanelContact(
            name=Fact(actor.name), phone=Fact(area.office_phone), email=Fact(area.office_email)
        ),
    )


def _check(actor: Actor, opened: Opened, typed: TypedRequest, number: int) -> None:
    if typed.agency_id not in _to_ask(opened):
        raise IntakeError("agency", "Select an agency that has somebody who can open the case")
    if typed.period_to < typed.period_from:
        raise IntakeError("period_to", "The last day must be the same as or after the first day")
    if number > 1 and not typed.what_changed.strip():
        sentence = "This agency was asked before. Write what has changed since then"
        raise IntakeError("what_changed", sentence)
    texts = {"extra": "What you ask besides", "what_changed": "What has changed"}
    for field, where in texts.items():
        leak = leak_to_panel(actor, opened, where, getattr(typed, field))
        if leak:
            raise IntakeError(field, leak)


def _next_number(actor: Actor, opened: Opened, agency_id: int) -> int:
    query = receiver_papers_for(actor, opened.case.id).where(
        ReceiverPaper.kind == PaperKind.INFORMATION_REQUEST, ReceiverPaper.agency_id == agency_id
    )
    last = query.with_only_columns(sa.func.max(ReceiverPaper.number)).order_by(None)
    return (db.session.scalar(last) or 0) + 1


def _due(actor: Actor, opened: Opened) -> tuple[Fact, Fact]:
    """Return the last day for the return, counted from this request, and how it was worked out."""
    kept = clocks.kept_clocks(actor, opened.case)
    rule = kept.scheme.rule(Clock.AGENCY_RETURN)
    events = {event: row.happened_at for event, row in kept.recorded.items()}
    events[ClockEvent.INFORMATION_REQUESTED] = actor.at
    worked = work_out_clock(rule, events, kept.calendar)
    if worked is None or worked.due_on is None:
        raise IntakeError("agency", "The last day for the return cannot be worked out")
    return long_date(worked.due_on), Fact(" ".join(worked.sentences))


def _reports(actor: Actor, opened: Opened) -> tuple[AskedReport, ...]:
    happened = {
        row.id: row.happened_on for row in db.session.scalars(incidents_for(actor, opened.case.id))
    }
    return tuple(
        AskedReport(
            happened_on=_day(happened[row.incident_id]),
            reported_on=_day(row.reported_on),
            to=PanelText(row.reported_to or "Somebody whose name is not known"),
            their_reference=PanelText(row.their_reference),
        )
        for row in db.session.scalars(reports_for(actor, opened.case.id))
    )


def _day(day: dt.date | None) -> Fact:
    return _NO_DAY if day is None else long_date(day)
