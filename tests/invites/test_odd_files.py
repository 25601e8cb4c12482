"""A thousand odd texts, what a cancellation says, and files that people hand in."""

import contextlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.invites import AnswerToInvite
from portal.invites.content import Attendee, InviteError, Method
from portal.invites.ics import to_ics
from portal.invites.reply import NOT_A_FILE, ReplyError, read_reply
from tests.invites.test_invites import PROPERTIES, event_of, make_invite


def test_a_thousand_odd_names_rooms_and_texts_add_no_property_and_no_long_line():
    odd = random.Random(5545)  # noqa: S311  # the same thousand each time
    letters = "aZ é😀مﷺ\"':;,\\^n=<>{}%\t\r\n\x85\u2028\u202e" + "x" * 8
    for number in range(340):
        name, place, text = (
            "".join(odd.choices(letters, k=odd.randrange(1, 140))) + part
            for part in odd.choices(["", "\r\nATTENDEE:mailto:a@b.example", "END:VEVENT"], k=3)
        )
        method = (Method.REQUEST, Method.CANCEL)[number % 2]
        ics = to_ics(
            make_invite(
                method=method,
                place=f"p{place}",
                description=f"d{text}",
                attendees=(Attendee(name, "zoe@police.example"),),
            )
        )
        assert max(map(len, ics.split(b"\r\n"))) <= 75
        lines = ics.replace(b"\r\n ", b"").split(b"\r\n")
        starts = [line.split(b":")[0].split(b";")[0] for line in lines]
        assert starts.count(b"ATTENDEE") == 1
        assert (
            starts.count(b"BEGIN") == starts.count(b"END") == (6 if method is Method.REQUEST else 5)
        )
        assert set(starts) <= {name.encode() for name in [*PROPERTIES, *_AROUND, ""]}


_AROUND = [
    "BEGIN", "END", "VERSION", "PRODID", "METHOD", "TZID", "RRULE", "TZNAME", "TZOFFSETFROM",
    "TZOFFSETTO", "ATTENDEE", "ACTION", "TRIGGER",
]  # fmt: skip


def test_only_a_cancellation_of_the_whole_meeting_says_that_it_is_cancelled():
    whole, one = (
        event_of(to_ics(make_invite(method=Method.CANCEL, takes_off=takes_off)))
        for takes_off in (False, True)
    )

    # RFC 5546, 3.2.5: STATUS must not be there where somebody is taken off.
    assert (whole["STATUS"], "STATUS" in one) == ("CANCELLED", False)
    with pytest.raises(InviteError, match="Only a cancellation takes off"):
        make_invite(takes_off=True)


def test_an_answer_stands_in_the_file_and_who_gave_it_is_not_asked_again():
    people = (
        Attendee("Zoë", "zoe@police.example", AnswerToInvite.ACCEPTED),
        Attendee("Al", "al@police.example", AnswerToInvite.DELEGATED, "bo@police.example"),
        Attendee("Bo", "bo@police.example"),
    )

    event = event_of(to_ics(make_invite(attendees=people)))

    assert [each.params["PARTSTAT"] for each in event.attendees] == [
        "ACCEPTED", "DELEGATED", "NEEDS-ACTION",
    ]  # fmt: skip
    assert ["RSVP" in each.params for each in event.attendees] == [False, False, True]
    assert event.attendees[1].params["DELEGATED-TO"] == "mailto:bo@police.example"
    for delegate in ("", "a@b@c", "x\r\nATTENDEE:mailto:e@f.example"):
        with pytest.raises(InviteError):
            Attendee("Al", "al@police.example", AnswerToInvite.DELEGATED, delegate)


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reading_of_answers(content):
    with contextlib.suppress(ReplyError):
        read_reply(b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n" + content)
    with contextlib.suppress(ReplyError):
        read_reply(content)


@pytest.mark.parametrize(
    "line",
    [
        # A folder of the time zones, a name longer than a file may have, a day after the last one.
        "DTSTART;TZID=Europe:20270101T000000",
        f"DTSTART;TZID={'a' * 5000}:20270101T000000",
        "FREEBUSY:99990101T000000Z/P9999W",
    ],
)
def test_a_zone_or_a_time_that_cannot_be_is_a_sentence(line):
    event = f"BEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\n"
    content = f"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n{event}END:VCALENDAR\r\n".encode()

    with pytest.raises(ReplyError, match=NOT_A_FILE):
        read_reply(content)
