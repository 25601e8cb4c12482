"""Booking the meeting inside its clock, and changing what is booked."""

import datetime as dt
from dataclasses import dataclass, replace

from portal.access.gate import Opened, load_case
from portal.access.scope.clocks import clocks_for
from portal.access.scope.invites import access_notes_for
from portal.access.scope.meeting import meetings_for
from portal.access.scope.request import applicants_contacts_for
from portal.db import db, transaction
from portal.domain.clocks.rules import Clock, ClockEvent
from portal.domain.dates import LONDON
from portal.domain.roles import Act, Actor, Role
from portal.models.clock import CaseClock
from portal.models.meeting import Meeting
from portal.services import agenda, clocks, links
from portal.services.applicant_invite import is_due_late, why_invite_held
from portal.services.booking_checks import BookingError, TypedMeeting, check
from portal.services.calendars import days_off
from portal.services.changes import ChangedMeanwhileError, name_of
from portal.services.frames import CaseFrame, frame
from portal.services.invite_answers import AnswersPart, answers_part
from portal.services.invite_messages import panel_people
from portal.services.inviting import not_invited, send_invites, update_applicant, update_panel
from portal.services.once import once
from portal.services.past_meetings import PastMeetings, past_meetings
from portal.services.reasons import told_at
from portal.services.rooms import in_room, room_choices, without_room


@dataclass(frozen=True)
class ShownMeeting:
    """The meeting as everybody on the case sees it."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    opening_ends_at: dt.datetime
    place: str
    join_link: str
    invited_at: dt.datetime | None
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    reason_if_late: str
    sitting: int
    is_applicant_invited: bool
    reasons_not_invited: str
    not_invited_at: dt.datetime | None

    @property
    def is_ahead(self) -> bool:
        """Say whether a sitting is still to be opened."""
        return self.opened_at is None and self.closed_at is None


@dataclass(frozen=True)
class ClosedDay:
    """A weekday near the limit on which no meeting can be."""

    day: dt.date
    why: str


@dataclass(frozen=True)
class MeetingPage:
    """The meeting's page: what is booked, and for the coordinator what it may be.

    Attributes:
        applicant_email: known from the case, offered in the form; the coordinator's alone.
        version: of what is booked; 0 where nothing is.
        invited: who gets the panel's invite.
        booked: the meeting as the form has it; the coordinator's alone.
        rooms: to choose from, by number; the coordinator's alone.
        invite_held: why the applicant's invite may not go; for the coordinator.
        is_applicant_due: the applicant's invite was held when the panel's went, and may go now.
        not_invited: who joined the panel since; for the coordinator.
        reasons_told_at: when a letter told the applicant last why they are not invited; for the
            coordinator.
        answers: to the invites, cut to the reader; none before they went out.
    """

    frame: CaseFrame
    meeting: ShownMeeting | None
    last_day: dt.date | None
    working: tuple[str, ...]
    closed_days: tuple[ClosedDay, ...]
    invited: tuple[str, ...]
    applicant_email: str
    past: PastMeetings
    access_notes: str = ""
    version: int = 0
    booked: TypedMeeting | None = None
    rooms: tuple[tuple[int, str], ...] = ()
    invite_held: str = ""
    is_applicant_due: bool = False
    not_invited: tuple[str, ...] = ()
    reasons_told_at: dt.datetime | None = None
    answers: AnswersPart | None = None


def open_meeting_page(actor: Actor, reference: str, act: Act = Act.VIEW_CASE) -> MeetingPage:
    """Return the page of the meeting, cut to the reader, or what the form for booking needs."""
    with transaction():
        thing = "meeting" if act is Act.VIEW_CASE else "form"
        opened = load_case(actor, reference, act, thing=thing)
        meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
        clock = _meeting_clock(actor, opened)
        is_office = actor.role is Role.COORDINATOR
        page = MeetingPage(
            frame=frame(actor, opened),
            meeting=shown_meeting(meeting) if meeting else None,
            last_day=clock.due_on if clock else None,
            working=_working(actor, opened, clock),
            closed_days=_closed_days(opened, clock),
            invited=tuple(person.label for person in panel_people(opened.case)),
            applicant_email=_applicant_email(actor, opened, meeting) if is_office else "",
            past=past_meetings(actor, opened),
            access_notes=db.session.scalars(access_notes_for(actor, opened.case.id)).first() or "",
            version=meeting.version if meeting else 0,
            rooms=room_choices(actor, meeting.room_id if meeting else None) if is_office else (),
            answers=answers_part(actor, opened, meeting) if meeting else None,
        )
        if meeting is None or not is_office:
            return page
        return replace(
            page,
            booked=as_typed(actor, meeting),
            invite_held=why_invite_held(actor, opened, meeting),
            is_applicant_due=is_due_late(actor, opened, meeting),
            not_invited=not_invited(opened.case, meeting),
            reasons_told_at=told_at(actor, meeting) if meeting.not_invited_at else None,
        )


def shown_meeting(meeting: Meeting) -> ShownMeeting:
    """Return what everybody on the case sees of the meeting."""
    names = ShownMeeting.__dataclass_fields__
    return ShownMeeting(**{name: getattr(meeting, name) for name in names})


def _meeting_clock(actor: Actor, opened: Opened) -> CaseClock | None:
    query = clocks_for(actor, [opened.case.id]).where(CaseClock.clock == Clock.MEETING)
    return db.session.scalars(query).one_or_none()


def _working(actor: Actor, opened: Opened, clock: CaseClock | None) -> tuple[str, ...]:
    if clock is None:
        return ()
    kept = clocks.kept_clocks(actor, opened.case)
    worked = kept.worked(kept.scheme.rule(Clock.MEETING))
    return worked.sentences if worked else ()


def _closed_days(opened: Opened, clock: CaseClock | None) -> tuple[ClosedDay, ...]:
    if clock is None:
        return ()
    off = days_off(opened.case.area_id, clock.started_on)
    within = sorted(day for day in off if clock.started_on <= day <= clock.due_on)
    return tuple(ClosedDay(day, off[day]) for day in within)


def _applicant_email(actor: Actor, opened: Opened, meeting: Meeting | None) -> str:
    if meeting:
        return meeting.applicant_email
    rows = db.session.scalars(applicants_contacts_for(actor, opened.case.id))
    return next((row.email for row in rows if row.email), "")


def as_typed(actor: Actor, meeting: Meeting) -> TypedMeeting:
    """Return the meeting as it would be typed; what its room gives is left empty."""
    starts, ends = meeting.starts_at.astimezone(LONDON), meeting.ends_at.astimezone(LONDON)
    opening = meeting.opening_ends_at - meeting.starts_at
    typed = TypedMeeting(
        held_on=starts.date(),
        starts=starts.time(),
        ends=ends.time(),
        opening_minutes=int(opening.total_seconds() // 60),
        place=meeting.place,
        join_link=meeting.join_link,
        applicant_join_link=meeting.applicant_join_link,
        applicant_email=meeting.applicant_email,
        reason_if_late=meeting.reason_if_late,
        room_id=meeting.room_id,
        is_applicant_invited=meeting.is_applicant_invited,
        reasons_not_invited=meeting.reasons_not_invited,
    )
    return without_room(actor, typed)


def book_meeting(
    actor: Actor, reference: str, token: str, typed: TypedMeeting, version: int | None = 0
) -> None:
    """Book the meeting, or change it; who has an invite is told of what changes in it.

    ``version`` is the one that the form was filled from; 0 where nothing was booked.

    Raises:
        BookingError: a time, place or address does not fit, or the sitting is under way.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.BOOK_MEETING)
        meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
        typed = in_room(actor, typed)
        check(actor, opened, typed, _last_day(actor, opened, meeting))
        is_new = meeting is None
        if meeting is None:
            if version:
                raise ChangedMeanwhileError
            meeting = _new_meeting(opened)
        elif meeting.is_under_way:
            raise BookingError("held_on", "The meeting is under way, so it stands as it is")
        elif meeting.version != version:
            raise ChangedMeanwhileError(by=name_of(meeting.booked_by_id), at=meeting.booked_at)
        change(actor, opened, meeting, typed)
        if is_new:
            agenda.copy_agenda(opened, meeting)


def _last_day(actor: Actor, opened: Opened, meeting: Meeting | None) -> dt.date | None:
    """Return the last day for the first sitting; a further one has no clock."""
    clock = _meeting_clock(actor, opened)
    is_first = meeting is None or meeting.sitting == 1
    return clock.due_on if clock and is_first else None


def _new_meeting(opened: Opened) -> Meeting:
    meeting = Meeting(
        case_id=opened.case.id,
        panel_uid=links.new_uid(),
        applicant_uid=links.new_uid(),
        sequence=0,
        time_sequence=0,
        applicant_sequence=0,
        applicant_time_sequence=0,
        applicant_attendance="",
        reasons_not_invited="",
    )
    db.session.add(meeting)
    return meeting


@dataclass(frozen=True)
class _Told:
    """What the two invites say; what differs from it has to be told."""

    time: tuple[dt.datetime, dt.datetime]
    panel: tuple[str, ...]
    opening: tuple[dt.datetime, dt.datetime]
    applicant: tuple[object, ...]

    @classmethod
    def of(cls, meeting: Meeting) -> "_Told":
        return cls(
            time=(meeting.starts_at, meeting.ends_at),
            panel=(meeting.place, meeting.join_link),
            opening=(meeting.starts_at, meeting.opening_ends_at),
            applicant=(
                meeting.place,
                meeting.applicant_join_link,
                meeting.applicant_email,
                meeting.is_applicant_invited,
            ),
        )


def change(actor: Actor, opened: Opened, meeting: Meeting, typed: TypedMeeting) -> None:
    """Give a meeting its day, hours and place, and tell who has an invite of what changes.

    Belongs inside a transaction, after the checks.
    """
    before = _Told.of(meeting) if meeting.invited_at else None
    _fill(actor, meeting, typed)
    _tell_clocks(actor, opened, meeting)
    if before is None:
        return
    now = _Told.of(meeting)
    is_moved = before.time != now.time
    if is_moved or before.panel != now.panel:
        update_panel(actor, opened.case, meeting, is_moved=is_moved)
    is_opening_moved = before.opening != now.opening
    update_applicant(
        actor,
        opened,
        meeting,
        is_changed=is_opening_moved or before.applicant != now.applicant,
        is_moved=is_opening_moved,
    )


def _tell_clocks(actor: Actor, opened: Opened, meeting: Meeting) -> None:
    """Count to the meeting; the reasons for the applicant are due only where they are needed."""
    clocks.happened(actor, opened.case, ClockEvent.MEETING, meeting.starts_at)
    if meeting.not_invited_at is None:
        clocks.taken_back(actor, opened.case, ClockEvent.APPLICANT_NOT_INVITED)
    else:
        clocks.happened(
            actor, opened.case, ClockEvent.APPLICANT_NOT_INVITED, meeting.not_invited_at
        )


def _fill(actor: Actor, meeting: Meeting, typed: TypedMeeting) -> None:
    meeting.starts_at = typed.starts_at
    meeting.ends_at = typed.ends_at
    meeting.opening_ends_at = typed.opening_ends_at
    meeting.place = typed.place
    meeting.room_id = typed.room_id
    meeting.join_link = typed.join_link
    meeting.applicant_join_link = typed.applicant_join_link
    meeting.applicant_email = typed.applicant_email
    meeting.reason_if_late = typed.reason_if_late
    meeting.booked_at = actor.at
    meeting.booked_by_id = _known(actor)
    _fill_reasons(actor, meeting, typed)


def _fill_reasons(actor: Actor, meeting: Meeting, typed: TypedMeeting) -> None:
    meeting.is_applicant_invited = typed.is_applicant_invited
    reasons = "" if typed.is_applicant_invited else typed.reasons_not_invited
    if reasons == meeting.reasons_not_invited:
        return
    meeting.reasons_not_invited = reasons
    meeting.not_invited_at = actor.at if reasons else None
    meeting.not_invited_by_id = actor.person_id if reasons else None


def _known(actor: Actor) -> int:
    if actor.person_id is None:
        raise BookingError("held_on", "Only a person can book a meeting")
    return actor.person_id


__all__ = [
    "BookingError",
    "MeetingPage",
    "ShownMeeting",
    "TypedMeeting",
    "as_typed",
    "book_meeting",
    "change",
    "open_meeting_page",
    "send_invites",
    "shown_meeting",
]
