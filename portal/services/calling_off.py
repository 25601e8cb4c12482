"""Calling a meeting off: it stays on record, everybody is told, another one can be booked."""

from portal.access.gate import Opened, load_case
from portal.access.scope.meeting import meetings_for
from portal.db import db, transaction
from portal.domain.clocks.rules import ClockEvent
from portal.domain.roles import Act, Actor
from portal.models.meeting import Meeting
from portal.services import clocks
from portal.services.agenda import meeting_of
from portal.services.booking import ShownMeeting, shown_meeting
from portal.services.booking_checks import BookingError
from portal.services.frames import CaseFrame, frame
from portal.services.inviting import is_ahead, take_all_back
from portal.services.once import once


def open_calling_off(actor: Actor, reference: str) -> tuple[CaseFrame, ShownMeeting]:
    """Return the meeting that would be called off.

    Raises:
        CaseNotFoundError: none is booked.
    """
    with transaction():
        opened = load_case(actor, reference, Act.CALL_OFF_MEETING, thing="form")
        return frame(actor, opened), shown_meeting(meeting_of(actor, opened))


def call_off_meeting(actor: Actor, reference: str, token: str, reason: str) -> None:
    """Call the meeting off and take every invite back; the case goes on being arranged.

    Raises:
        CaseNotFoundError: none is booked.
        BookingError: no reason is given.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CALL_OFF_MEETING)
        meeting = meeting_of(actor, opened)
        if not reason.strip():
            raise BookingError("reason", "Write why the meeting is called off")
        _call_off(actor, opened, meeting, reason)
        clocks.taken_back(actor, opened.case, ClockEvent.MEETING)


def call_off_with_request(actor: Actor, opened: Opened, reason: str) -> None:
    """Call off what is still to come of a meeting whose request was withdrawn.

    Belongs inside a transaction; a sitting that is under way, or over, stays as it was.
    """
    meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
    if meeting is not None and is_ahead(actor, meeting) and meeting.closed_at is None:
        _call_off(actor, opened, meeting, reason)


def _call_off(actor: Actor, opened: Opened, meeting: Meeting, reason: str) -> None:
    if is_ahead(actor, meeting):
        take_all_back(actor, opened.case, meeting)
    meeting.called_off_at = actor.at
    meeting.called_off_by_id = actor.person_id
    meeting.called_off_reason = reason
