"""What a meeting lacks when it is about to be closed."""

from portal.access.gate import Opened
from portal.access.readers import readers_of
from portal.access.scope.meeting import attendance_for, meeting_decisions_for
from portal.access.scope.opening import readings_for, statements_for
from portal.access.scope.people import seats_for
from portal.access.scope.telling import tellings_for
from portal.db import db
from portal.domain.agenda import Topic
from portal.domain.meeting_gaps import Gap, MeetingFacts, gaps
from portal.domain.roles import Actor
from portal.models.meeting import Meeting, Presence
from portal.models.telling import Telling, TellingKind
from portal.services.actions import shown_actions
from portal.services.adequacy import without_finding
from portal.services.agenda import shown_agenda
from portal.services.attending import NOT_HERE
from portal.services.confidentiality import who_has_not_agreed
from portal.services.opening import opening_state
from portal.services.risk_page import is_scored_at_meeting


def gaps_of(actor: Actor, opened: Opened, meeting: Meeting) -> tuple[Gap, ...]:
    """Return what is missing, for the chair; belongs inside a transaction."""
    case_id = opened.case.id
    people = readers_of(opened.case)
    presences = _presences(actor, case_id, meeting)
    there = {number for number, presence in presences.items() if presence not in NOT_HERE}
    agencies_there = {p.agency_id for p in people if p.person_id in there}
    names = {p.agency_id: p.agency_name for p in people}
    required = [
        seat.agency_id for seat in db.session.scalars(seats_for(actor, case_id)) if seat.is_required
    ]
    state = opening_state(actor, case_id, meeting.sitting)
    outcome = tellings_for(actor, case_id).where(Telling.kind == TellingKind.OUTCOME)
    return gaps(
        MeetingFacts(
            unrecorded=tuple(
                dict.fromkeys(p.label for p in people if presences and p.person_id not in presences)
            ),
            absent_required=tuple(
                names.get(each, "an agency that has named nobody")
                for each in required
                if presences and each not in agencies_there
            ),
            not_agreed=tuple(
                p.label for p in who_has_not_agreed(actor, opened) if p.person_id in there
            ),
            says_how_applicant_took_part=bool(meeting.applicant_attendance),
            is_risk_scored=is_scored_at_meeting(actor, opened, meeting.opened_at),
            without_finding=without_finding(actor, opened),
            has_decision=db.session.scalars(meeting_decisions_for(actor, case_id)).first()
            is not None,
            actions={a.number: a.to_do for a in shown_actions(actor, opened, people)},
            is_teller_named=db.session.scalars(outcome).first() is not None,
            inside=state.who if state.is_under_way else "",
            unread=_unread(actor, case_id),
            not_reached=_not_reached(actor, opened, meeting),
        )
    )


def _unread(actor: Actor, case_id: int) -> int:
    """Return how many statements nobody is recorded to have read out."""
    read = {row.statement_id for row in db.session.scalars(readings_for(actor, case_id))}
    rows = db.session.scalars(statements_for(actor, case_id))
    return sum(row.id not in read for row in rows)


def _not_reached(actor: Actor, opened: Opened, meeting: Meeting) -> tuple[str, ...]:
    """Return the items that the panel reads and the table was not at; the pre-brief lies before."""
    items = shown_agenda(actor, opened, meeting).items
    return tuple(
        item.title
        for item in items
        if not (item.is_now or item.is_done or item.topic == Topic.PRE_BRIEF)
    )


def _presences(actor: Actor, case_id: int, meeting: Meeting) -> dict[int, Presence]:
    """Return how each person attended this sitting."""
    rows = db.session.scalars(attendance_for(actor, case_id))
    return {row.person_id: row.presence for row in rows if row.sitting == meeting.sitting}
