"""Adjourning: a sitting ends, the meeting goes on at another one with the same invites."""

from dataclasses import dataclass, replace

from portal.access.gate import load_case
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.models.meeting import AdjournedSitting, Meeting
from portal.services import links
from portal.services.agenda import end_sitting, meeting_of
from portal.services.booking import as_typed, change
from portal.services.booking_checks import BookingError, TypedMeeting, check
from portal.services.frames import CaseFrame, frame
from portal.services.live_stamp import moved
from portal.services.once import once
from portal.services.rooms import in_room, room_choices


@dataclass(frozen=True)
class AdjournPage:
    """What the form for adjourning needs; the applicant's link and email are not in it."""

    frame: CaseFrame
    booked: TypedMeeting
    rooms: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class TypedAdjournment:
    """Why a sitting ends, what holds until the next one, and when and where that is.

    Attributes:
        next_sitting: its applicant's link and email are kept from the sitting before.
    """

    reason: str
    interim_steps: str
    told_applicant: str
    next_sitting: TypedMeeting


def open_adjourning(actor: Actor, reference: str) -> AdjournPage:
    """Return what the form for adjourning begins with: place and hours of this sitting.

    Raises:
        CaseNotFoundError: there is no meeting.
    """
    with transaction():
        opened = load_case(actor, reference, Act.ADJOURN_MEETING, thing="form")
        meeting = meeting_of(actor, opened)
        booked = replace(as_typed(actor, meeting), applicant_join_link="", applicant_email="")
        return AdjournPage(frame(actor, opened), booked, room_choices(actor, meeting.room_id))


def adjourn_meeting(actor: Actor, reference: str, token: str, typed: TypedAdjournment) -> None:
    """Adjourn the sitting that is under way to another one.

    Raises:
        ActRefusedError: it is adjourned already.
        BookingError: the next sitting does not fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.ADJOURN_MEETING)
        meeting = meeting_of(actor, opened)
        following = _following(actor, meeting, typed.next_sitting)
        check(actor, opened, following, None)
        if following.starts_at <= actor.at:
            raise BookingError("starts", "The next sitting must start later than now")
        end_sitting(actor, opened, meeting)
        _end_sitting(actor, meeting, typed)
        moved(opened)
        if not following.is_applicant_invited:
            # Their entry was of the sitting that was held, and stays in their calendar as it was.
            meeting.applicant_uid = links.new_uid()
        change(actor, opened, meeting, following)


def _following(actor: Actor, meeting: Meeting, typed: TypedMeeting) -> TypedMeeting:
    """Return the next sitting with what its form does not ask; another room brings its link."""
    following = replace(typed, applicant_join_link="", applicant_email=meeting.applicant_email)
    if typed.room_id == meeting.room_id:
        following = replace(following, applicant_join_link=meeting.applicant_join_link)
    return in_room(actor, replace(following, reason_if_late=meeting.reason_if_late))


def _end_sitting(actor: Actor, meeting: Meeting, typed: TypedAdjournment) -> None:
    db.session.add(
        AdjournedSitting(
            meeting_id=meeting.id,
            number=meeting.sitting,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            place=meeting.place,
            opened_at=meeting.opened_at,
            adjourned_at=actor.at,
            adjourned_by_id=actor.person_id,
            reason=typed.reason,
            interim_steps=typed.interim_steps,
            told_applicant=typed.told_applicant,
        )
    )
    meeting.sitting += 1
    meeting.opened_at = None
