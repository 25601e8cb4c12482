"""Booking the meeting inside its clock, and inviting to it."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.gate import Opened, load_case
from portal.access.readers import CaseReader, readers_of
from portal.access.scope.clocks import clocks_for
from portal.access.scope.meeting import meetings_for
from portal.access.scope.request import applicants_contacts_for
from portal.db import db, transaction
from portal.domain.addresses import is_address
from portal.domain.clocks.rules import Clock, ClockEvent
from portal.domain.dates import LONDON, in_words
from portal.domain.deadlines import is_working_day, london_day
from portal.domain.roles import Act, Actor, Role
from portal.invites.content import Attendee, Invite, Method
from portal.invites.ics import to_ics
from portal.models.clock import CaseClock
from portal.models.meeting import Meeting
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.models.person import Area, Person
from portal.services import agenda, clocks, links
from portal.services.applicant_invite import is_due_late, why_invite_held
from portal.services.calendars import days_off
from portal.services.changes import ChangedMeanwhileError, name_of
from portal.services.frames import CaseFrame, frame
from portal.services.once import once

EARLIEST, LATEST = dt.time(7, 0), dt.time(21, 0)
LONGEST_OPENING = 120


class BookingError(Exception):
    """What was typed cannot be booked; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class TypedMeeting:
    """A meeting as it is typed in; times are of Europe/London.

    Attributes:
        opening_minutes: how long the applicant takes part, from the start.
        applicant_email: where the applicant's own invite goes; empty sends none.
        reason_if_late: why the meeting lies after its last day, where it does.
    """

    held_on: dt.date
    starts: dt.time
    ends: dt.time
    opening_minutes: int
    place: str
    join_link: str
    applicant_join_link: str
    applicant_email: str
    reason_if_late: str


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
        invite_held: why the applicant's invite may not go; for the coordinator.
        is_applicant_due: the applicant's invite was held when the panel's went, and may go now.
    """

    frame: CaseFrame
    meeting: ShownMeeting | None
    last_day: dt.date | None
    working: tuple[str, ...]
    closed_days: tuple[ClosedDay, ...]
    invited: tuple[str, ...]
    applicant_email: str
    applicant_join_link: str
    version: int = 0
    invite_held: str = ""
    is_applicant_due: bool = False


def open_meeting_page(actor: Actor, reference: str, act: Act = Act.VIEW_CASE) -> MeetingPage:
    """Return the page of the meeting, cut to the reader, or what the form for booking needs."""
    with transaction():
        opened = load_case(actor, reference, act, thing="meeting")
        meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
        clock = _meeting_clock(actor, opened)
        is_office = actor.role is Role.COORDINATOR
        return MeetingPage(
            frame=frame(actor, opened),
            meeting=shown_meeting(meeting) if meeting else None,
            last_day=clock.due_on if clock else None,
            working=_working(actor, opened, clock),
            closed_days=_closed_days(opened, clock),
            invited=tuple(person.label for person in readers_of(opened.case)),
            applicant_email=_applicant_email(actor, opened, meeting) if is_office else "",
            applicant_join_link=meeting.applicant_join_link if meeting and is_office else "",
            version=meeting.version if meeting else 0,
            invite_held=why_invite_held(actor, opened, meeting) if meeting and is_office else "",
            is_applicant_due=meeting is not None
            and is_office
            and is_due_late(actor, opened, meeting),
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


def book_meeting(
    actor: Actor, reference: str, token: str, typed: TypedMeeting, version: int | None = 0
) -> None:
    """Book the meeting, or change it as long as nobody has been invited.

    ``version`` is the one that the form was filled from; 0 where nothing was booked.

    Raises:
        BookingError: a time, place or address does not fit.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.BOOK_MEETING)
        clock = _meeting_clock(actor, opened)
        _check(actor, opened, typed, clock)
        meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
        if meeting is None:
            meeting = Meeting(
                case_id=opened.case.id,
                panel_uid=links.new_uid(),
                applicant_uid=links.new_uid(),
            )
            db.session.add(meeting)
        elif meeting.invited_at is not None:
            raise BookingError("held_on", "The invites have gone out, so it stands as it is")
        elif meeting.version != version:
            raise ChangedMeanwhileError(by=name_of(meeting.booked_by_id), at=meeting.booked_at)
        _fill(actor, meeting, typed)
        if meeting in db.session.new:
            agenda.copy_agenda(opened, meeting)
        clocks.happened(actor, opened.case, ClockEvent.MEETING, meeting.starts_at)


def _fill(actor: Actor, meeting: Meeting, typed: TypedMeeting) -> None:
    meeting.starts_at = dt.datetime.combine(typed.held_on, typed.starts, tzinfo=LONDON)
    meeting.ends_at = dt.datetime.combine(typed.held_on, typed.ends, tzinfo=LONDON)
    meeting.opening_ends_at = meeting.starts_at + dt.timedelta(minutes=typed.opening_minutes)
    meeting.place = typed.place
    meeting.join_link = typed.join_link
    meeting.applicant_join_link = typed.applicant_join_link
    meeting.applicant_email = typed.applicant_email
    meeting.reason_if_late = typed.reason_if_late
    meeting.booked_at = actor.at
    meeting.booked_by_id = _known(actor)


def _known(actor: Actor) -> int:
    if actor.person_id is None:
        raise BookingError("held_on", "Only a person can book a meeting")
    return actor.person_id


def _check(actor: Actor, opened: Opened, typed: TypedMeeting, clock: CaseClock | None) -> None:
    _check_day(actor, opened, typed.held_on)
    _check_times(typed)
    _check_links(typed)
    if typed.applicant_email and not is_address(typed.applicant_email):
        raise BookingError("applicant_email", "Enter one email address")
    if clock and typed.held_on > clock.due_on and not typed.reason_if_late:
        raise BookingError(
            "reason_if_late",
            f"The last day is {in_words(clock.due_on)}. Write why the meeting is later",
        )


def _check_day(actor: Actor, opened: Opened, day: dt.date) -> None:
    if day < london_day(actor.at):
        raise BookingError("held_on", "The day of the meeting must be today or in the future")
    off = days_off(opened.case.area_id, day)
    if day in off:
        raise BookingError("held_on", f"{in_words(day)} is a day off ({off[day]})")
    if not is_working_day(day, frozenset(off)):
        raise BookingError("held_on", f"{in_words(day)} is at a weekend")


def _check_times(typed: TypedMeeting) -> None:
    if not EARLIEST <= typed.starts < LATEST:
        raise BookingError("starts", "The meeting must start between 7am and 9pm")
    if typed.ends <= typed.starts:
        raise BookingError("ends", "The meeting must end after it starts")
    length = dt.datetime.combine(typed.held_on, typed.ends) - dt.datetime.combine(
        typed.held_on, typed.starts
    )
    if not 1 <= typed.opening_minutes <= LONGEST_OPENING:
        raise BookingError("opening_minutes", "The opening section must take 1 to 120 minutes")
    if dt.timedelta(minutes=typed.opening_minutes) > length:
        raise BookingError("opening_minutes", "The opening section must end with the meeting")


def _check_links(typed: TypedMeeting) -> None:
    for field in ("join_link", "applicant_join_link"):
        link = getattr(typed, field)
        if link and not link.startswith("https://"):
            raise BookingError(field, "The link must start with https://")
        if not all(character.isascii() and character.isprintable() for character in link):
            raise BookingError(field, "Copy the link from the address bar: it has special letters")
        if " " in link:
            raise BookingError(field, "The link must not hold spaces")
    if typed.join_link and typed.join_link == typed.applicant_join_link:
        raise BookingError(
            "applicant_join_link", "The applicant needs a link of their own, not the panel’s"
        )


def send_invites(actor: Actor, reference: str, token: str) -> int:
    """Put the invites into the outbox; return how many.

    The panel's invite names everybody on the panel; the applicant's is built apart and names
    nobody else. It is held where the victim has not agreed to it, and can be sent later.

    Raises:
        BookingError: no meeting is booked, or the invites have gone out.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        opened = load_case(actor, reference, Act.BOOK_MEETING, thing="invites")
        meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
        if meeting is None:
            raise BookingError("held_on", "No meeting is booked yet")
        is_late = is_due_late(actor, opened, meeting)
        if meeting.invited_at is not None and not is_late:
            raise BookingError("held_on", "The invites have gone out already")
        if not opened.facts.chair_is_ready:
            raise BookingError("held_on", "The chair has first to declare no conflict of interest")
        messages = [] if is_late else _panel_messages(actor, opened, meeting)
        if meeting.applicant_email and not why_invite_held(actor, opened, meeting):
            messages.append(_applicant_message(actor, opened, meeting))
        db.session.add_all(messages)
        meeting.invited_at = meeting.invited_at or actor.at
        log.record(actor, "invites_sent", reference=reference, thing=f"{len(messages)} invites")
        turn.result = str(len(messages))
    return int(turn.result)


def _organiser(opened: Opened) -> Attendee:
    area = db.session.get_one(Area, opened.case.area_id)
    return Attendee(area.office_name, area.office_email)


def _panel_messages(actor: Actor, opened: Opened, meeting: Meeting) -> list[OutboxMessage]:
    people = _once_each(readers_of(opened.case))
    emails = {person.id: person.email for person in _persons(people)}
    invite = Invite(
        uid=meeting.panel_uid,
        sequence=meeting.sequence,
        method=Method.REQUEST,
        start=meeting.starts_at,
        end=meeting.ends_at,
        stamp=actor.at,
        organiser=_organiser(opened),
        attendees=tuple(Attendee(p.name, emails[p.person_id]) for p in people),
        title=opened.case.reference,
        place=meeting.place,
        description=links.case_link(opened.case.reference, "meeting"),
        url=meeting.join_link or None,
    )
    ics = to_ics(invite)
    body = (
        f"Something is waiting for you on {opened.case.reference}: an invite to a meeting.\n\n"
        f"{links.case_link(opened.case.reference, 'meeting')}\n"
    )
    return [
        _message(actor, opened, meeting, body, ics, f"panel-{p.person_id}", emails[p.person_id], p)
        for p in people
    ]


def _once_each(people: list[CaseReader]) -> list[CaseReader]:
    """Return each person once, who reads the case in two roles gets one invite."""
    return list({person.person_id: person for person in reversed(people)}.values())[::-1]


def _persons(people: list[CaseReader]) -> list[Person]:
    ids = {person.person_id for person in people}
    return list(db.session.scalars(sa.select(Person).where(Person.id.in_(ids))))


def _applicant_message(actor: Actor, opened: Opened, meeting: Meeting) -> OutboxMessage:
    area = db.session.get_one(Area, opened.case.area_id)
    invite = Invite(
        uid=meeting.applicant_uid,
        sequence=meeting.sequence,
        method=Method.REQUEST,
        start=meeting.starts_at,
        end=meeting.opening_ends_at,
        stamp=actor.at,
        organiser=_organiser(opened),
        attendees=(Attendee(opened.case.reference, meeting.applicant_email),),
        title=opened.case.reference,
        place=meeting.place,
        description=f"If this does not suit you, call {area.office_phone}.",
        url=meeting.applicant_join_link or None,
    )
    body = (
        f"There is an invite for you, with the reference {opened.case.reference}.\n\n"
        f"If the time does not suit you, call {area.office_phone}.\n"
    )
    return _message(
        actor, opened, meeting, body, to_ics(invite), "applicant", meeting.applicant_email, None
    )


def _message(
    actor: Actor,
    opened: Opened,
    meeting: Meeting,
    body: str,
    ics: bytes,
    to_whom: str,
    receiver: str,
    person: CaseReader | None,
) -> OutboxMessage:
    return OutboxMessage(
        key=f"meeting-{meeting.id}-{meeting.sequence}-{to_whom}",
        area_id=opened.case.area_id,
        case_id=opened.case.id,
        person_id=person.person_id if person else None,
        receiver=receiver,
        subject=opened.case.reference,
        body=body,
        invite=ics,
        invite_method=Method.REQUEST.value,
        state=DeliveryState.WAITING,
        created_at=actor.at,
        try_at=actor.at,
    )
