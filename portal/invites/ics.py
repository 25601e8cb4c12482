"""The calendar file of an invite (RFC 5545 and 5546), the same bytes for the same content."""

from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import CLASS, STATUS, TRANSP, Alarm, Calendar, Event, Timezone, vCalAddress

from portal.domain.dates import LONDON
from portal.invites.content import Attendee, Invite, Method

_PRODUCT: Final = "-//Case Review Portal//EN"

# Written out, not generated: what icalendar's add_missing_timezones() writes makes Thunderbird's
# engine read the hour wrong for half of the year. These two rules hold since 1996.
_TIMEZONE: Final = "\r\n".join(
    (
        "BEGIN:VTIMEZONE",
        "TZID:Europe/London",
        "BEGIN:DAYLIGHT",
        "DTSTART:19810329T010000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZNAME:BST",
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0100",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19961027T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZNAME:GMT",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0000",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    )
)


def to_ics(invite: Invite) -> bytes:
    """Return the invite as an ``.ics`` file in UTF-8.

    The MIME part that carries it must name the same method. Times are in Europe/London, so that
    the hour on the wall stays should the clocks' rules ever change.

    Args:
        invite: What to say.
    """
    calendar = Calendar.new(
        prodid=_PRODUCT,
        method=invite.method.value,
        subcomponents=[Timezone.from_ical(_TIMEZONE), _event(invite)],
    )
    # icalendar adds a random UID to the calendar itself: it would differ each time, and the
    # meeting is known by the event's.
    calendar.pop("UID", None)
    ics: bytes = calendar.to_ical()
    return ics


def _event(invite: Invite) -> Event:
    is_request = invite.method is Method.REQUEST
    return Event.new(
        uid=invite.uid,
        sequence=invite.sequence,
        stamp=invite.stamp.astimezone(UTC),
        start=_london(invite.start),
        end=_london(invite.end),
        summary=invite.title,
        location=invite.place or None,
        description=invite.description or None,
        url=invite.url,
        organizer=vCalAddress.new(invite.organiser.email, cn=invite.organiser.name or None),
        attendees=[_attendee(person, is_request) for person in invite.attendees],
        classification=CLASS.PRIVATE,
        transparency=TRANSP.OPAQUE,
        status=_status(invite),
        subcomponents=[_alarm(invite)] if is_request else [],
    )


def _status(invite: Invite) -> STATUS | None:
    """Return whether the meeting stands; RFC 5546, 3.2.5: none where somebody is taken off it."""
    if invite.method is Method.REQUEST:
        return STATUS.CONFIRMED
    return None if invite.takes_off else STATUS.CANCELLED


def _attendee(person: Attendee, is_request: bool) -> vCalAddress:
    answer = person.answer.value.upper() if person.answer else "NEEDS-ACTION"
    return vCalAddress.new(
        person.email,
        cn=person.name or None,
        cutype="INDIVIDUAL",
        role="REQ-PARTICIPANT",
        partstat=answer if is_request else None,
        rsvp=True if is_request and not person.answer else None,
        delegated_to=person.delegate or None if is_request else None,
    )


def _alarm(invite: Invite) -> Alarm:
    alarm = Alarm.new(description=invite.title)
    alarm.add("ACTION", "DISPLAY")
    alarm.TRIGGER = timedelta(days=-1)
    return alarm


def _london(instant: datetime) -> datetime:
    return instant.astimezone(LONDON)
