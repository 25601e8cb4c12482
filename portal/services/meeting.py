"""The meeting itself: opened, who was there, what was decided, what will be done, closed."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.readers import CaseReader, readers_of
from portal.access.scope.items import panel_items_for
from portal.access.scope.meeting import attendance_for, meeting_decisions_for, meetings_for
from portal.access.scope.people import seats_for
from portal.db import db, transaction
from portal.domain.clocks.rules import ClockEvent
from portal.domain.roles import Act, Actor
from portal.domain.stages import Stage
from portal.models.meeting import Attendance, Meeting, MeetingDecision, Presence
from portal.models.plan import PlanDraft
from portal.services import clocks
from portal.services.actions import ShownAction, owners, shown_actions
from portal.services.agreed import Agreed, agreed
from portal.services.assessment import move_to
from portal.services.booking import ShownMeeting, shown_meeting
from portal.services.frames import CaseFrame, frame
from portal.services.joining import Agencies, panel_agencies
from portal.services.once import once
from portal.services.powers import ShownPower, powers_of_area
from portal.services.risk_page import is_scored_at_meeting
from portal.services.words import PRESENCES

NOT_HERE = frozenset({Presence.APOLOGIES, Presence.ABSENT})


@dataclass(frozen=True)
class Attender:
    """Somebody who is expected at the meeting, and how they attend where that is recorded."""

    person_id: int
    label: str
    agency_name: str
    is_required: bool
    presence: str
    presence_label: str


@dataclass(frozen=True)
class RunPage:
    """The chair's page of the meeting; it may be projected, so it holds panel items only."""

    frame: CaseFrame
    meeting: ShownMeeting
    is_open: bool
    attenders: tuple[Attender, ...]
    applicant_attendance: str
    decisions: tuple[str, ...]
    actions: tuple[ShownAction, ...]
    owners: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str], ...]
    is_risk_scored: bool
    agencies: Agencies
    powers: tuple[ShownPower, ...]
    agreed: Agreed

    @property
    def missing_required(self) -> tuple[str, ...]:
        """Return the required agencies of whom nobody is there, once attendance is recorded."""
        recorded = [a for a in self.attenders if a.presence]
        there = {a.agency_name for a in recorded if a.presence not in NOT_HERE}
        required = (a.agency_name for a in self.attenders if a.is_required and recorded)
        return tuple(name for name in dict.fromkeys(required) if name not in there)


def open_run_page(actor: Actor, reference: str) -> RunPage:
    """Return the chair's page, before the meeting is opened and while it is under way."""
    with transaction():
        opened = _load_for_chair(actor, reference)
        meeting = _meeting(actor, opened)
        people = readers_of(opened.case)
        return RunPage(
            frame=frame(actor, opened),
            meeting=shown_meeting(meeting),
            is_open=meeting.is_under_way,
            attenders=_attenders(actor, opened, meeting, people),
            applicant_attendance=meeting.applicant_attendance,
            decisions=tuple(
                row.decision
                for row in db.session.scalars(meeting_decisions_for(actor, opened.case.id))
            ),
            actions=shown_actions(actor, opened, people),
            owners=owners(people),
            items=tuple(
                (item.title, item.content)
                for item in db.session.scalars(panel_items_for(actor, opened.case.id))
            ),
            is_risk_scored=is_scored_at_meeting(actor, opened, meeting.opened_at),
            agencies=panel_agencies(people),
            powers=powers_of_area(actor),
            agreed=agreed(actor, opened),
        )


def _load_for_chair(actor: Actor, reference: str) -> Opened:
    """Open the page for the chair alone, whether the meeting is still to be opened or under way."""
    opened = load_case(actor, reference, Act.VIEW_CASE, thing="meeting, chair’s page")
    if opened.allows(actor, Act.OPEN_MEETING) or opened.allows(actor, Act.RUN_MEETING):
        return opened
    # The table says it with the right sentence.
    return load_case(actor, reference, Act.RUN_MEETING, thing="meeting, chair’s page")


def _meeting(actor: Actor, opened: Opened) -> Meeting:
    found = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def _attenders(
    actor: Actor, opened: Opened, meeting: Meeting, people: list[CaseReader]
) -> tuple[Attender, ...]:
    recorded = {
        person_id: row.presence for person_id, row in _recorded(actor, opened, meeting).items()
    }
    required = _required_agencies(actor, opened)
    found: dict[int, Attender] = {}
    for person in people:
        presence = recorded.get(person.person_id)
        found.setdefault(
            person.person_id,
            Attender(
                person.person_id,
                person.label,
                person.agency_name,
                person.agency_id in required,
                presence.value if presence else "",
                PRESENCES[presence] if presence else "Not recorded yet",
            ),
        )
    return tuple(found.values())


def _recorded(actor: Actor, opened: Opened, meeting: Meeting) -> dict[int, Attendance]:
    """Return the attendance of this sitting, by person."""
    rows = db.session.scalars(attendance_for(actor, opened.case.id))
    return {row.person_id: row for row in rows if row.sitting == meeting.sitting}


def _required_agencies(actor: Actor, opened: Opened) -> set[int | None]:
    seats = db.session.scalars(seats_for(actor, opened.case.id))
    return {seat.agency_id for seat in seats if seat.is_required}


def open_meeting(actor: Actor, reference: str, token: str) -> None:
    """Open the meeting; its clock has done its work. Once adjourned, open its next sitting.

    Raises:
        IllegalMoveError: what is missing, as a sentence.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.OPEN_MEETING)
        if not opened.facts.is_adjourned:
            move_to(actor, opened, Act.OPEN_MEETING, Stage.REVIEWING)
            clocks.happened(actor, opened.case, ClockEvent.MEETING_OPENED, actor.at)
        _meeting(actor, opened).opened_at = actor.at


def record_attendance(
    actor: Actor,
    reference: str,
    token: str,
    presences: Mapping[int, Presence],
    applicant_attendance: str,
) -> None:
    """Record how everybody attended; a later answer takes the place of an earlier one."""
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.RUN_MEETING, thing="attendance")
        meeting = _meeting(actor, opened)
        meeting.applicant_attendance = applicant_attendance
        people = {person.person_id: person for person in readers_of(opened.case)}
        required = _required_agencies(actor, opened)
        recorded = _recorded(actor, opened, meeting)
        for person_id, presence in presences.items():
            if person_id in recorded:
                recorded[person_id].presence = presence
            elif person_id in people:
                agency_id = people[person_id].agency_id
                db.session.add(
                    Attendance(
                        meeting_id=meeting.id,
                        sitting=meeting.sitting,
                        person_id=person_id,
                        agency_id=agency_id,
                        is_required=agency_id in required,
                        presence=presence,
                    )
                )


def add_decision(actor: Actor, reference: str, token: str, decision: str) -> None:
    """Record a decision of the meeting; the whole panel reads it."""
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.RUN_MEETING, thing="decision")
        meeting = _meeting(actor, opened)
        before = db.session.scalars(meeting_decisions_for(actor, opened.case.id)).all()
        db.session.add(
            MeetingDecision(meeting_id=meeting.id, number=len(before) + 1, decision=decision)
        )


def close_meeting(actor: Actor, reference: str, token: str) -> None:
    """Close the meeting: the plan is drafted from it and the plan's clock starts.

    Raises:
        IllegalMoveError: what is missing, as a sentence.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CLOSE_MEETING)
        move_to(actor, opened, Act.CLOSE_MEETING, Stage.PLANNING)
        _meeting(actor, opened).closed_at = actor.at
        decisions = db.session.scalars(meeting_decisions_for(actor, opened.case.id))
        db.session.add(
            PlanDraft(
                case_id=opened.case.id,
                findings="\n".join(row.decision for row in decisions),
                what_was_agreed="",
                what_applicant_said="",
                changed_at=actor.at,
            )
        )
        clocks.happened(actor, opened.case, ClockEvent.MEETING_CLOSED, actor.at)
