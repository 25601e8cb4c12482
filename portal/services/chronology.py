"""The chronology of a case: incidents, reports, what was shared, events, each under its handling.

It is built for one reader. What the reader may not read is never asked for, so that nothing that
is worked out of the lines (the choices of a filter, the pages, a gap after a report) tells of it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.access.gate import Opened, load_case
from portal.access.readers import CaseReader, readers_of
from portal.access.scope.cases import events_for
from portal.access.scope.marks import SEES_EVERYTHING
from portal.access.scope.meeting import meetings_for
from portal.access.scope.reports import incidents_for, reports_for
from portal.db import db, transaction
from portal.domain.chronology import Gap, gap_after
from portal.domain.dates import LONDON, clock_time, in_words
from portal.domain.deadlines import london_day
from portal.domain.handling import Handling, Told
from portal.domain.roles import Act, Actor, Role
from portal.domain.stages import Stage
from portal.models.case import CaseEvent, Incident, Report
from portal.models.meeting import Meeting
from portal.models.person import Person
from portal.services.actions import ShownAction, shown_actions
from portal.services.assessment import ShownDecision, shown_decision
from portal.services.frames import CaseFrame, frame
from portal.services.items import OFFICE, ShownItem, ShownStub, items_and_stubs
from portal.services.letters import issued_letters
from portal.services.past_meetings import past_meetings
from portal.services.reports import how_reported
from portal.services.sources import export_names, export_of

OWN_WORDS = "own_words"
APPLICANT = "The applicant"
REQUEST = "The applicant’s request"
INCIDENT, REPORT, ITEM, EVENT = "incident", "report", "item", "event"

_EVENTS = {
    Stage.RECEIVED: "Request received",
    Stage.ASSESSING: "Acknowledged and passed to the relevant bodies",
    Stage.REVIEWING: "Meeting opened",
    Stage.PLANNING: "Meeting closed",
    Stage.MONITORING: "Plan issued",
    Stage.CLOSED: "Case closed",
}
_ISSUED = frozenset({Stage.MONITORING, Stage.COMPLETED, Stage.CLOSED})


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the chronology.

    Attributes:
        on: the London day, or none where it is not known.
        kind: what it is, one of the constants of this module.
        sources: whom it comes from or concerns, by name; the filter of agencies asks for these.
        told: may the applicant be told, or ``own_words`` for what came from the applicant, or
            empty for a stub.
        readers: who else can read it, by name.
        key: of the shared item that stands behind it; its text may be a click away.
        is_own: this reader's agency shared it.
        is_closed: title and labels only; reading it is a separate, logged click.
        is_action: an agency or the office did something; ends the gap after a report.
        gap: after a report, where nothing that this reader may know of was done for long.
    """

    on: dt.date | None
    kind: str
    sources: tuple[str, ...]
    title: str
    byline: str
    text: str
    handling: str
    told: str
    readers: tuple[str, ...]
    named: tuple[str, ...] = ()
    words: str = ""
    key: str = ""
    is_own: bool = False
    is_closed: bool = False
    is_action: bool = False
    gap: Gap | None = None


@dataclass(frozen=True)
class ChronologyPage:
    """The chronology as one reader gets it, whole; ``narrowed`` cuts it to what was asked for."""

    frame: CaseFrame
    agency_name: str
    lines: tuple[Line, ...]
    everybody: tuple[str, ...]
    opened_by: str
    opened_at: dt.datetime

    @property
    def sources(self) -> tuple[str, ...]:
        """Return whom the lines that the reader sees come from."""
        return tuple(sorted({source for line in self.lines for source in line.sources}))

    @property
    def kinds(self) -> frozenset[str]:
        """Return which kinds there are among them."""
        return frozenset(line.kind for line in self.lines)


@dataclass(frozen=True)
class Wanted:
    """What a reader wants to see of the chronology; a day left out is no limit."""

    source: str = ""
    kind: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    newest_first: bool = False

    def holds(self, line: Line) -> bool:
        """Say whether a line is wanted; one without a day only where no days are asked for."""
        if self.source and self.source not in line.sources:
            return False
        if self.kind and line.kind != self.kind:
            return False
        if line.on is None:
            return self.since is None and self.until is None
        return (self.since or line.on) <= line.on <= (self.until or line.on)


def narrowed(lines: Sequence[Line], wanted: Wanted) -> tuple[Line, ...]:
    """Return the lines that are wanted, in the order that is wanted; those without a day last."""
    found = [line for line in lines if wanted.holds(line)]
    if not wanted.newest_first:
        return tuple(found)
    dated = [line for line in found if line.on is not None]
    return (*reversed(dated), *(line for line in found if line.on is None))


def open_chronology(actor: Actor, reference: str, *, in_print: bool) -> ChronologyPage:
    """Return the chronology for this reader; to print it is logged as such.

    Args:
        actor: who reads.
        reference: of the case.
        in_print: it is laid out for paper.
    """
    with transaction():
        thing = "chronology in print" if in_print else "chronology"
        opened = load_case(actor, reference, Act.VIEW_CASE, thing=thing)
        people = readers_of(opened.case)
        decision = shown_decision(actor, opened.case.id)
        meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
        return ChronologyPage(
            frame=frame(actor, opened),
            agency_name=agency_name(actor, people),
            lines=lines_for(actor, opened, people, decision, meeting),
            everybody=tuple(person.label for person in people),
            opened_by=f"{actor.name}, {actor.role.label}",
            opened_at=actor.at,
        )


def agency_name(actor: Actor, people: Sequence[CaseReader]) -> str:
    """Return the name of the agency that the actor reads as, or nothing for office and chair."""
    if actor.agency_id is None:
        return ""
    return next((p.agency_name for p in people if p.agency_id == actor.agency_id), "")


def lines_for(
    actor: Actor,
    opened: Opened,
    people: list[CaseReader],
    decision: ShownDecision | None,
    meeting: Meeting | None,
) -> tuple[Line, ...]:
    """Return the lines that the actor may read, the oldest first, those without a day last.

    Belongs inside a transaction.
    """
    everybody = tuple(person.label for person in people)
    shared = items_and_stubs(actor, opened, people)
    case_id = opened.case.id
    incidents = db.session.scalars(incidents_for(actor, case_id)).all()
    reports = db.session.scalars(reports_for(actor, case_id)).all()
    exports = export_names([*incidents, *reports])
    found = [
        *(_incident_line(row, exports.get(row.from_agency_id, ""), everybody) for row in incidents),
        *(_report_line(row, exports.get(row.from_agency_id, ""), everybody) for row in reports),
        *(_item_line(actor, item) for item in shared.items),
        *(_stub_line(actor, stub) for stub in shared.stubs),
        *_event_lines(actor, opened, everybody),
        *_decision_lines(decision, everybody),
        *_letter_lines(actor, opened, everybody),
        *_meeting_lines(actor, opened, meeting, people, everybody),
        *_past_meeting_lines(actor, opened, everybody),
    ]
    ordered = sorted(found, key=lambda line: (line.on is None, line.on or dt.date.min))
    return _with_gaps(ordered, london_day(actor.at))


def _with_gaps(lines: Sequence[Line], today: dt.date) -> tuple[Line, ...]:
    acted_on = sorted({line.on for line in lines if line.is_action and line.on is not None})
    return tuple(
        replace(line, gap=gap_after(line.on, acted_on, today))
        if line.kind == REPORT and line.on is not None
        else line
        for line in lines
    )


def _incident_line(incident: Incident, export: str, everybody: tuple[str, ...]) -> Line:
    return Line(
        on=incident.happened_on,
        kind=INCIDENT,
        sources=(export or APPLICANT,),
        title=incident.title,
        byline=export_of(export) or REQUEST,
        text=incident.account,
        handling=Handling.PANEL,
        told=Told.NO if export else OWN_WORDS,
        readers=everybody,
    )


def _report_line(report: Report, export: str, everybody: tuple[str, ...]) -> Line:
    said = [
        how_reported(report),
        f"Reference {report.their_reference}" if report.their_reference else "",
        report.what_was_done,
    ]
    return Line(
        on=report.reported_on,
        kind=REPORT,
        sources=tuple(
            dict.fromkeys(each for each in (export or APPLICANT, report.reported_to) if each)
        ),
        title=f"Reported to {report.reported_to or 'somebody whose name is not known'}",
        byline=export_of(export) or REQUEST,
        text="\n".join(part for part in said if part),
        handling=Handling.PANEL,
        told=Told.NO if export else OWN_WORDS,
        readers=everybody,
    )


def _is_closed(actor: Actor, handling: str) -> bool:
    """On the coordinator's screen others may look on: the narrowest text is a click away."""
    leads = actor.role in {Role.COORDINATOR, Role.CHAIR}
    return leads and handling == Handling.CHAIR_AND_COORDINATOR


def _item_line(actor: Actor, item: ShownItem) -> Line:
    is_closed = _is_closed(actor, item.handling)
    return Line(
        on=item.happened_on,
        kind=ITEM,
        sources=(item.shared_by,),
        title=item.title,
        byline=f"{item.shared_by}: you" if item.is_own else item.shared_by,
        text="" if is_closed else item.content,
        handling=item.handling,
        told=item.told,
        readers=item.readers,
        named=item.named,
        words="" if is_closed else item.words,
        key=item.key,
        is_own=item.is_own,
        is_closed=is_closed,
        is_action=True,
    )


def _stub_line(actor: Actor, stub: ShownStub) -> Line:
    is_closed = _is_closed(actor, stub.handling)
    return Line(
        on=stub.happened_on,
        kind=ITEM,
        sources=(stub.shared_by,),
        title=f"Withdrawn on {in_words(london_day(stub.withdrawn_at))}",
        byline=f"{stub.shared_by}, by {stub.withdrawn_by}",
        text="" if is_closed else stub.reason,
        handling=stub.handling,
        told="",
        readers=stub.readers,
        named=stub.named,
        key=stub.key,
        is_closed=is_closed,
    )


def _event_lines(actor: Actor, opened: Opened, everybody: tuple[str, ...]) -> list[Line]:
    events = events_for(actor, opened.case.id)
    by_whom = events.outerjoin(Person, Person.id == CaseEvent.person_id).add_columns(Person.name)
    # Why a case was closed may rest on what only these two read.
    is_told_why = actor.role in SEES_EVERYTHING
    return [
        replace(
            _event(london_day(event.at), _EVENTS[event.stage], _by_whom(name), everybody),
            is_action=event.stage is not Stage.RECEIVED,
            text=event.reason if is_told_why else "",
        )
        for event, name in db.session.execute(by_whom)
        if event.stage in _EVENTS
    ]


def _by_whom(name: str | None) -> str:
    return f"Recorded by {name}" if name else "By the applicant"


def _decision_lines(decision: ShownDecision | None, everybody: tuple[str, ...]) -> list[Line]:
    if decision is None:
        return []
    title = "Threshold met" if decision.is_met else "Threshold not met"
    byline = f"Agreed by {', '.join(decision.agreed_by)}"
    line = _event(decision.decided_on, title, byline, everybody, decision.reasons)
    return [replace(line, sources=(OFFICE, *decision.agreed_by))]


def _letter_lines(actor: Actor, opened: Opened, everybody: tuple[str, ...]) -> list[Line]:
    """Return that letters were issued: what they say is the applicant's."""
    return [
        _event(
            london_day(letter.at),
            f"Letter issued: {letter.kind.label.lower()}",
            f"Issued by {letter.by}" + (f", issue {letter.number}" if letter.number > 1 else ""),
            everybody,
        )
        for letter in issued_letters(actor, opened)
    ]


def _meeting_lines(
    actor: Actor,
    opened: Opened,
    meeting: Meeting | None,
    people: list[CaseReader],
    everybody: tuple[str, ...],
) -> list[Line]:
    """Return that the meeting was booked and, once the plan is issued, what was agreed in it."""
    if meeting is None:
        return []
    starts = meeting.starts_at.astimezone(LONDON)
    text = f"{in_words(starts.date())}, {clock_time(starts.time())}, {meeting.place}"
    found = [
        _event(london_day(meeting.booked_at), "Review meeting booked", OFFICE, everybody, text)
    ]
    if opened.case.stage in _ISSUED:
        on = london_day(meeting.closed_at or meeting.starts_at)
        agreed = shown_actions(actor, opened, people)
        found += [_action_line(on, action, everybody) for action in agreed]
    return found


def _past_meeting_lines(actor: Actor, opened: Opened, everybody: tuple[str, ...]) -> list[Line]:
    """Return that a meeting adjourned or was called off; why stands on the meeting's page."""
    past = past_meetings(actor, opened)
    ended = [
        *(
            (each.adjourned_at, "Review meeting adjourned", each.adjourned_by)
            for each in past.sittings
        ),
        *(
            (each.called_off_at, "Review meeting called off", each.called_off_by)
            for each in past.called_off
        ),
    ]
    return [_event(london_day(at), title, by, everybody) for at, title, by in ended]


def _action_line(on: dt.date, action: ShownAction, everybody: tuple[str, ...]) -> Line:
    line = _event(on, f"Action {action.number} agreed", action.owner, everybody, action.what)
    return replace(
        line,
        sources=(action.owner_agency,),
        told=Told.IN_THESE_WORDS if action.words_for_applicant else Told.NO,
        words=action.words_for_applicant,
    )


def _event(
    on: dt.date, title: str, byline: str, everybody: tuple[str, ...], text: str = ""
) -> Line:
    return Line(
        on=on,
        kind=EVENT,
        sources=(OFFICE,),
        title=title,
        byline=byline,
        text=text,
        handling=Handling.PANEL,
        told=Told.YES,
        readers=everybody,
        is_action=True,
    )
