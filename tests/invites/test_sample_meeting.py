"""Sample case 1: invited, moved once, one member removed, adjourned, resumed, closed.

Every file is held against one that a person has read, and that libical's iTIP check and ical.js
have read; what differs from run to run (reference, UIDs) is written as in the kept files.
"""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest
import vobject

from portal.access.gate import ActRefusedError, load_case
from portal.access.scope.clocks import clocks_for
from portal.access.scope.meeting import adjourned_sittings_for, attendance_for
from portal.db import db, transaction
from portal.domain.clocks.rules import Clock
from portal.domain.roles import Act
from portal.domain.stages import IllegalMoveError
from portal.jobs import demo_people
from portal.models.meeting import Presence
from portal.services import adjourning, booking, calling_off, leaving, meeting, panel
from tests import cases
from tests.cases import actor_of, agency_id, make_case, person_id, token
from tests.received import NOOR, PANEL, change, office, sent, what

FIRE = "fire@wharrow-fire.example"
SEVEN = PANEL | {FIRE}
GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def arranged(app, people):
    """Booked for Monday 18 January 2027, seven members and the applicant invited on the 6th."""
    reference = make_case(app, stage="arranging")
    with app.app_context():
        cases._seat_panel(reference)
        chair = actor_of(cases.CHAIR, cases.ARRANGED_AT)
        panel.declare(chair, reference, token(), has_conflict=False, reason="")
        at = office(cases.ARRANGED_AT)
        number = agency_id(demo_people.FIRE)
        panel.seat_agency(at, reference, token(), agency_id=number, is_required=False)
        panel.name_agency_representative(
            at, reference, token(), agency_id=number, person_id=person_id(FIRE)
        )
        typed = replace(cases._MEETING, held_on=dt.date(2027, 1, 18))
        booking.book_meeting(at, reference, token(), typed)
        booking.send_invites(at, reference, token())
        yield reference


def _is_golden(name, received, reference):
    """Compare a file with the kept one, both as text with plain line ends."""
    text = received.event_file.decode()
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line) <= 75 for line in received.event_file.split(b"\r\n"))
    plain = re.sub(r"[0-9a-f]{32}@", "0123456789abcdef0123456789abcdef@", text)
    plain = plain.replace(reference, "ACR-7K3Q-9MXD").replace("\r\n", "\n")
    assert plain == (GOLDEN / f"{name}.ics").read_text(), name
    # An independent reader finds the same.
    event = vobject.readOne(text).vevent
    assert event.uid.value == received.uid
    assert int(event.sequence.value) == received.sequence
    assert {each.value.removeprefix("mailto:") for each in event.attendee_list} == received.listed


def _adjourn(reference, at, **changes):
    page = adjourning.open_adjourning(actor_of(cases.CHAIR, at), reference)
    typed = adjourning.TypedAdjournment(
        reason="The council has to ask who can pay for the door",
        interim_steps="The police drive past each evening",
        told_applicant="We go on this afternoon. Ruth calls you at noon.",
        next_sitting=replace(page.booked, **changes),
    )
    adjourning.adjourn_meeting(actor_of(cases.CHAIR, at), reference, token(), typed)


def _due(reference, clock):
    with transaction():
        opened = load_case(office(), reference, Act.VIEW_CASE)
        rows = db.session.scalars(clocks_for(office(), [opened.case.id]))
        return next((row.due_on, row.stopped_on) for row in rows if row.clock is clock)


def test_the_sample_meeting_from_the_first_invite_to_its_close(arranged, clock):
    first = {each.to: each for each in sent(clock, cases.ARRANGED_AT)}
    assert what(first.values()) == dict.fromkeys(SEVEN | {NOOR}, ("REQUEST", 0))
    assert first[cases.COUNCIL].listed == SEVEN
    assert (first[NOOR].listed, first[NOOR].starts) == ({NOOR}, "18 Jan 10:00")
    _is_golden("request", first[cases.COUNCIL], arranged)
    _is_golden("applicant_request", first[NOOR], arranged)

    change(arranged, cases.at(8), held_on=dt.date(2027, 1, 19))
    moved = {each.to: each for each in sent(clock, cases.at(8))}
    assert what(moved.values()) == dict.fromkeys(SEVEN | {NOOR}, ("REQUEST", 1))
    _is_golden("change", moved[cases.COUNCIL], arranged)

    _remove_fire(arranged)
    removed = {each.to: each for each in sent(clock, cases.at(11))}
    assert what(removed.values()) == dict.fromkeys(PANEL, ("REQUEST", 2)) | {FIRE: ("CANCEL", 2)}
    assert removed[cases.COUNCIL].listed == PANEL
    _is_golden("cancel_of_one", removed[FIRE], arranged)

    meeting.open_meeting(actor_of(cases.CHAIR, cases.at(19, 10)), arranged, token())
    _adjourn(
        arranged, cases.at(19, 10, 50), starts=dt.time(14), ends=dt.time(15), opening_minutes=10
    )
    second = {each.to: each for each in sent(clock, cases.at(19, 10, 50))}
    assert what(second.values()) == dict.fromkeys(PANEL, ("REQUEST", 3)) | {NOOR: ("REQUEST", 2)}
    assert {each.starts for each in second.values()} == {"19 Jan 14:00"}
    assert {second[to].uid for to in PANEL} == {first[cases.COUNCIL].uid}
    assert second[NOOR].uid == first[NOOR].uid
    _is_golden("second_sitting", second[cases.COUNCIL], arranged)
    _is_golden("applicant_second_sitting", second[NOOR], arranged)

    _resume_and_close(arranged)
    assert sent(clock, cases.at(19, 15)) == []
    # Decided on 5 January: the meeting by the 19th, where it was first opened; the plan 5 working
    # days after the close, on the 26th.
    assert _due(arranged, Clock.MEETING) == (dt.date(2027, 1, 19), dt.date(2027, 1, 19))
    assert _due(arranged, Clock.ACTION_PLAN) == (dt.date(2027, 1, 26), None)


def _remove_fire(reference):
    seats = panel.open_people(office(), reference).seats
    seat = next(each.seat_id for each in seats if each.agency_name == demo_people.FIRE)
    at = office(cases.at(11))
    leaving.end_seat(at, reference, token(), seat_id=seat, reason="Not involved after all")


def _resume_and_close(reference):
    chair = actor_of(cases.CHAIR, cases.at(19, 14))
    with pytest.raises(IllegalMoveError, match="open its next sitting before you close it"):
        meeting.close_meeting(chair, reference, token())
    with pytest.raises(ActRefusedError, match="next sitting has to be opened first"):
        meeting.add_decision(chair, reference, token(), "Too early")
    meeting.open_meeting(chair, reference, token())
    with pytest.raises(IllegalMoveError, match="not yet recorded who was at the meeting"):
        meeting.close_meeting(chair, reference, token())
    here = {person_id(cases.CHAIR): Presence.PRESENT, person_id(cases.COUNCIL): Presence.PRESENT}
    meeting.record_attendance(chair, reference, token(), here, "Not there")
    meeting.close_meeting(actor_of(cases.CHAIR, cases.at(19, 15)), reference, token())
    with transaction():
        opened = load_case(office(), reference, Act.VIEW_CASE)
        assert opened.case.stage.value == "planning"
        attended = db.session.scalars(attendance_for(office(), opened.case.id)).all()
        assert {row.sitting for row in attended} == {2}


def test_it_can_adjourn_again_and_again_and_who_leaves_the_second_sitting_is_told(arranged, clock):
    change(arranged, cases.at(8), held_on=dt.date(2027, 1, 19))
    sent(clock, cases.at(8))
    meeting.open_meeting(actor_of(cases.CHAIR, cases.at(19, 10)), arranged, token())
    _adjourn(arranged, cases.at(19, 11), held_on=dt.date(2027, 1, 21))
    with pytest.raises(ActRefusedError, match="next sitting has to be opened first"):
        _adjourn(arranged, cases.at(19, 12), held_on=dt.date(2027, 1, 22))
    change(arranged, cases.at(20), held_on=dt.date(2027, 1, 22), place="Hexley Library")
    meeting.open_meeting(actor_of(cases.CHAIR, cases.at(22, 10)), arranged, token())
    _adjourn(arranged, cases.at(22, 11), held_on=dt.date(2027, 1, 25))

    after = {each.to: each for each in sent(clock, cases.at(22, 11))}

    # Sequence 1 moved it, 2 and 4 adjourned it, 3 moved the second sitting.
    assert what(after.values()) == dict.fromkeys(SEVEN, ("REQUEST", 4)) | {NOOR: ("REQUEST", 4)}
    with transaction():
        opened = load_case(office(), arranged, Act.VIEW_CASE)
        rows = db.session.scalars(adjourned_sittings_for(office(), opened.case.id)).all()
        assert [(row.number, row.place) for row in rows] == [
            (1, "Hexley Town Hall, room 4"),
            (2, "Hexley Library"),
        ]
        assert opened.case.stage.value == "reviewing"
    _remove_fire(arranged)
    assert what(sent(clock, cases.at(22, 12)))[FIRE] == ("CANCEL", 5)


def test_an_applicant_who_is_not_invited_again_keeps_the_entry_of_the_sitting_they_were_at(
    arranged, clock
):
    change(arranged, cases.at(8), held_on=dt.date(2027, 1, 19))
    sent(clock, cases.at(8))
    meeting.open_meeting(actor_of(cases.CHAIR, cases.at(19, 10)), arranged, token())

    _adjourn(
        arranged,
        cases.at(19, 11),
        held_on=dt.date(2027, 1, 21),
        is_applicant_invited=False,
        reasons_not_invited="We have heard you. The agencies go on by themselves.",
    )
    change(arranged, cases.at(20), place="Hexley Library")

    assert {each.to for each in sent(clock, cases.at(20))} == SEVEN


def test_calling_off_and_taking_back_are_as_they_were_read(arranged, clock):
    sent(clock, cases.ARRANGED_AT)

    change(arranged, cases.at(8), is_applicant_invited=False, reasons_not_invited="You asked so.")
    (applicants,) = sent(clock, cases.at(8))
    calling_off.call_off_meeting(office(cases.at(8)), arranged, token(), "The chair is ill")
    after = {each.to: each for each in sent(clock, cases.at(8))}

    _is_golden("applicant_cancel", applicants, arranged)
    _is_golden("cancel_to_all", after[cases.COUNCIL], arranged)
    assert NOOR not in after
