from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from portal.invites.content import Attendee, Invite, InviteError, Method
from portal.invites.ics import to_ics

LONDON = ZoneInfo("Europe/London")
REFERENCE = "ACR-7K3Q-9MXD"
AWKWARD = 'A & B <x> "q" {{7*7}} {_{ ü 😀 مرحبا\nsecond; line, with \\n \\ and: the rest\n\nlast'
PROPERTIES = [
    "SUMMARY",
    "DTSTART",
    "DTEND",
    "DTSTAMP",
    "UID",
    "SEQUENCE",
    "CLASS",
    "DESCRIPTION",
    "LOCATION",
    "ORGANIZER",
    "STATUS",
    "TRANSP",
    "URL",
]


def make_invite(**changes):
    fields = {
        "uid": "meeting-1@portal.example",
        "sequence": 0,
        "method": Method.REQUEST,
        "start": datetime(2027, 6, 1, 10, 0, tzinfo=LONDON),
        "end": datetime(2027, 6, 1, 11, 30, tzinfo=LONDON),
        "stamp": datetime(2027, 1, 4, 9, 0, tzinfo=UTC),
        "organiser": Attendee("Review office", "reviews@office.example"),
        "attendees": (
            Attendee("Zoë Aldous", "zoe@police.example"),
            Attendee("", "duty@council.example"),
        ),
        "title": REFERENCE,
        "place": "Room 4, Town Hall",
        "description": "A case review meeting. Open https://portal.example/m/1",
        "url": "https://portal.example/m/1",
    }
    return Invite(**(fields | changes))


def event_of(ics):
    (event,) = icalendar.Calendar.from_ical(ics).events
    return event


def vevent_of(ics):
    return vobject.readOne(ics.decode()).vevent


def names_of(event):
    return sorted({name for name, _ in event.property_items(recursive=False)} - {"BEGIN", "END"})


def unfolded(ics):
    return ics.decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize(
    ("year", "month", "day", "utc_hour"),
    [
        (2027, 3, 27, 10),
        (2027, 3, 28, 9),
        (2027, 3, 29, 9),
        (2027, 7, 14, 9),
        (2027, 10, 30, 9),
        (2027, 10, 31, 10),
        (2027, 11, 1, 10),
        (2027, 12, 15, 10),
    ],
)
def test_ten_in_london_is_the_right_instant_for_two_calendars(year, month, day, utc_hour):
    start = datetime(year, month, day, 10, 0, tzinfo=LONDON)
    ics = to_ics(make_invite(start=start, end=start + timedelta(hours=2)))
    begins = datetime(year, month, day, utc_hour, 0, tzinfo=UTC)

    assert f"DTSTART;TZID=Europe/London:{year}{month:02}{day:02}T100000" in unfolded(ics)
    assert event_of(ics).start == begins
    assert event_of(ics).end == begins + timedelta(hours=2)
    assert vevent_of(ics).dtstart.value.astimezone(UTC) == begins
    assert vevent_of(ics).dtend.value.astimezone(UTC) == begins + timedelta(hours=2)


def test_instants_of_any_zone_are_written_in_london_time():
    zone = timezone(timedelta(hours=-5))
    there = datetime(2027, 7, 14, 4, 0, tzinfo=zone)

    ics = to_ics(make_invite(start=there, end=there + timedelta(hours=1), stamp=there))

    assert "DTSTART;TZID=Europe/London:20270714T100000" in unfolded(ics)
    assert "DTEND;TZID=Europe/London:20270714T110000" in unfolded(ics)
    assert "DTSTAMP:20270714T090000Z" in unfolded(ics)


def test_a_meeting_through_the_repeated_hour_of_october_ends_after_it_starts():
    start = datetime(2027, 10, 31, 0, 45, tzinfo=UTC)

    ics = to_ics(
        make_invite(start=start.astimezone(LONDON), end=datetime(2027, 10, 31, 2, tzinfo=UTC))
    )

    assert "DTSTART;TZID=Europe/London:20271031T014500" in unfolded(ics)
    assert "DTEND;TZID=Europe/London:20271031T020000" in unfolded(ics)


def test_the_zone_is_the_constant_one_with_a_rule_for_each_half_of_the_year():
    (zone,) = icalendar.Calendar.from_ical(to_ics(make_invite())).timezones

    rules = [part["RRULE"].to_ical() for part in zone.subcomponents]

    assert rules == [
        b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    ]


def test_texts_come_back_exactly_from_two_calendars():
    ics = to_ics(make_invite(place=AWKWARD, description=AWKWARD))

    event, vevent = event_of(ics), vevent_of(ics)

    assert (str(event.location), str(event.description)) == (AWKWARD, AWKWARD)
    assert (vevent.location.value, vevent.description.value) == (AWKWARD, AWKWARD)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")))
def test_any_text_comes_back_as_it_was_stored_and_adds_no_property(text):
    invite = make_invite(place=f"at {text}", description=f"see {text}")

    event = event_of(to_ics(invite))

    assert str(event.location) == invite.place
    assert str(event.description) == invite.description
    assert names_of(event) == sorted([*PROPERTIES, "ATTENDEE"])


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_line_ends_of_any_kind_become_new_lines_of_the_text(line_end):
    ics = to_ics(make_invite(place=f"Room 4{line_end}Town Hall"))

    assert str(event_of(ics).location) == "Room 4\nTown Hall"


INJECTIONS = [
    "x\r\nATTENDEE:mailto:spy@evil.example",
    "x\nATTENDEE:mailto:spy@evil.example",
    "x\rATTENDEE:mailto:spy@evil.example",
    "x\x85ATTENDEE:mailto:spy@evil.example",
    "x\u2028ATTENDEE:mailto:spy@evil.example",
    "x\x0bATTENDEE:mailto:spy@evil.example",
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2",
    "x\r\n ATTENDEE:mailto:spy@evil.example",
    'x";ROLE=CHAIR:mailto:spy@evil.example',
    'x":mailto:spy@evil.example\r\nATTENDEE;CN="y',
    "x;ROLE=CHAIR;DELEGATED-TO=spy@evil.example",
    "x:mailto:spy@evil.example",
    "x^nATTENDEE:mailto:spy@evil.example",
    "x^'\\",
    "x\\nATTENDEE:mailto:spy@evil.example",
    "x\0\r\nX-EVIL:1",
    "=0D=0AATTENDEE:mailto:spy@evil.example",
]


@pytest.mark.parametrize("vector", INJECTIONS)
def test_no_text_adds_a_property_an_attendee_or_a_parameter(vector):
    invite = make_invite(
        organiser=Attendee(vector, "reviews@office.example"),
        attendees=(Attendee(vector, "zoe@police.example"),),
        place=vector,
        description=vector,
    )

    ics = to_ics(invite)

    event = event_of(ics)
    assert names_of(event) == sorted([*PROPERTIES, "ATTENDEE"])
    (attendee,) = event.attendees
    assert attendee.email == "zoe@police.example"
    assert set(attendee.params) == {"CN", "CUTYPE", "PARTSTAT", "ROLE", "RSVP"}
    assert attendee.params["ROLE"] == "REQ-PARTICIPANT"
    assert set(event.organizer.params) == {"CN"}
    assert event.organizer.email == "reviews@office.example"
    vevent = vevent_of(ics)
    assert sorted({child.name for child in vevent.getChildren()} - {"VALARM"}) == sorted(
        [*PROPERTIES, "ATTENDEE"]
    )
    assert [line.value for line in vevent.attendee_list] == ["mailto:zoe@police.example"]


@pytest.mark.parametrize(
    "name", ["Zoë “Z” O’Neill", 'Gwen "Q" Aldous; Police, Team: A ^ b', "نور حداد", "👩‍⚕️ Lee"]
)
def test_name_of_an_attendee_comes_back_exactly(name):
    ics = to_ics(make_invite(attendees=(Attendee(name, "zoe@police.example"),)))

    assert event_of(ics).attendees[0].params["CN"] == name


def test_person_without_a_name_is_invited_by_the_address_alone():
    ics = to_ics(make_invite(attendees=(Attendee(" ", "duty@council.example"),)))

    assert "CN" not in event_of(ics).attendees[0].params


def test_a_request_asks_for_an_answer_and_reminds_a_day_before():
    calendar = icalendar.Calendar.from_ical(to_ics(make_invite(sequence=3)))

    (event,) = calendar.events
    (alarm,) = event.alarms.times

    assert calendar["METHOD"] == "REQUEST"
    assert (event["STATUS"], event["CLASS"], event["TRANSP"]) == ("CONFIRMED", "PRIVATE", "OPAQUE")
    assert (event.uid, event.sequence) == ("meeting-1@portal.example", 3)
    assert [person.params["RSVP"] for person in event.attendees] == ["TRUE", "TRUE"]
    assert alarm.trigger == event.start - timedelta(days=1)


def test_a_cancellation_neither_asks_nor_reminds():
    calendar = icalendar.Calendar.from_ical(to_ics(make_invite(method=Method.CANCEL, sequence=4)))

    (event,) = calendar.events

    assert calendar["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert event.sequence == 4
    assert event.subcomponents == []
    assert not [person for person in event.attendees if "RSVP" in person.params]


def test_title_is_the_reference_also_in_the_reminder():
    event = event_of(to_ics(make_invite()))

    assert event["SUMMARY"] == REFERENCE
    assert [alarm["DESCRIPTION"] for alarm in event.walk("VALARM")] == [REFERENCE]


def test_the_calendar_itself_has_no_uid_and_no_second_event():
    calendar = icalendar.Calendar.from_ical(to_ics(make_invite()))

    assert sorted(calendar) == ["METHOD", "PRODID", "VERSION"]
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]


def test_same_content_gives_the_same_bytes_and_a_change_gives_others():
    assert to_ics(make_invite()) == to_ics(make_invite())
    assert to_ics(make_invite()) != to_ics(make_invite(sequence=1))


def test_lines_are_folded_to_75_octets_between_characters():
    ics = to_ics(make_invite(description="😀 مرحبا " * 60))

    assert max(len(line) for line in ics.split(b"\r\n")) <= 75
    assert [line.decode() for line in ics.split(b"\r\n")]
    assert ics.endswith(b"END:VCALENDAR\r\n")


def test_what_is_empty_is_left_out():
    event = event_of(to_ics(make_invite(place="", description="", url=None)))

    assert not {"LOCATION", "DESCRIPTION", "URL"} & set(event)


def test_only_the_attendees_given_appear():
    applicant = Attendee("Noor Haddad", "noor@mail.example")

    ics = to_ics(make_invite(attendees=(applicant,)))

    assert b"police.example" not in ics
    assert b"council.example" not in ics


@pytest.mark.parametrize(
    "address",
    [
        "",
        "zoe",
        "@police.example",
        "zoe@",
        "zoe@police",
        "zoe@police.example, spy@evil.example",
        "zoe@police.example;spy@evil.example",
        "zoe@police.example\r\nATTENDEE:mailto:spy@evil.example",
        "zoe@police.example\n",
        "zoe@police.example\r",
        "zoe\0@police.example",
        "zoe@@police.example",
        "Zoe <zoe@police.example>",
        '"zoe"@police.example',
        "mailto:zoe@police.example",
        "zoe @police.example",
        "zoe\u2028@police.example",
        f"{'z' * 250}@police.example",
    ],
)
def test_what_is_not_exactly_one_address_is_refused(address):
    with pytest.raises(InviteError, match="exactly one email address"):
        Attendee("Zoë", address)


@pytest.mark.parametrize(
    "address", ["zoe@police.example", "z.o'e+asb@mail.police.example", "زوي@police.example"]
)
def test_one_address_is_accepted(address):
    assert (
        event_of(to_ics(make_invite(attendees=(Attendee("Zoë", address),)))).attendees[0].email
        == address
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"uid": ""}, "UID"),
        ({"uid": "a\r\nATTENDEE:mailto:x@y.example"}, "UID"),
        ({"sequence": -1}, "sequence"),
        ({"sequence": 2**31}, "sequence"),
        ({"title": "Noise at 4 Hill Road"}, "title is the case's reference"),
        ({"title": f"{REFERENCE}\r\nX-EVIL:1"}, "title is the case's reference"),
        ({"attendees": ()}, "somebody to invite"),
        ({"url": "javascript:alert(1)"}, "link is not a URL"),
        ({"url": "https://portal.example/\r\nX-EVIL:1"}, "link is not a URL"),
        ({"start": datetime(2027, 6, 1, 10, 0)}, "time zone"),  # noqa: DTZ001 - the case
        ({"stamp": datetime(2027, 6, 1, 10, 0)}, "time zone"),  # noqa: DTZ001 - the case
        ({"end": datetime(2027, 6, 1, 10, 0, tzinfo=LONDON)}, "end after it starts"),
        ({"end": datetime(2027, 6, 1, 9, 30, tzinfo=UTC) - timedelta(hours=1)}, "end after"),
        ({"end": datetime.max.replace(tzinfo=UTC)}, "between 1901 and 2199"),
        ({"stamp": datetime.min.replace(tzinfo=LONDON)}, "between 1901 and 2199"),
        ({"place": "lone \ud800"}, "characters that cannot be stored"),
        ({"description": "not a character \uffff"}, "characters that cannot be stored"),
    ],
)
def test_content_that_cannot_become_a_calendar_file_is_refused(changes, sentence):
    with pytest.raises(InviteError, match=sentence):
        make_invite(**changes)


def test_name_that_cannot_be_stored_is_refused():
    with pytest.raises(InviteError, match="characters that cannot be stored"):
        Attendee("Zo\ud800", "zoe@police.example")


def test_a_changed_copy_is_checked_too():
    with pytest.raises(InviteError, match="sequence"):
        replace(make_invite(), sequence=-1)
