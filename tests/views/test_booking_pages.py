import icalendar
import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.models.outbox import OutboxMessage
from tests import cases
from tests.cases import make_case

MEETING = {
    "held_on-day": "19",
    "held_on-month": "1",
    "held_on-year": "2027",
    "starts": "10am",
    "ends": "11:30am",
    "opening_minutes": "20",
    "place": "Civic Centre",
    "join_link": "https://meet.example/panel",
    "applicant_join_link": "https://meet.example/opening",
}


@pytest.fixture
def reference(app, people, clock):
    found = make_case(app, stage="arranging")
    clock.at = cases.at(6)
    return found


@pytest.fixture
def messages(scalars):
    def read():
        query = sa.select(OutboxMessage).where(OutboxMessage.invite.is_not(None))
        query = query.order_by(OutboxMessage.id)
        return scalars(query.execution_options(**unscoped("a test looks")))

    return read


def test_the_page_shows_the_last_day_and_how_it_was_worked_out(as_, reference):
    page = as_(cases.COORDINATOR).get(f"/cases/{reference}/meeting/book")

    assert "The last day is Tuesday 19 January 2027." in page.main
    assert "10 working days, counted from the day after Tuesday 5 January 2027." in page.main


def test_a_meeting_that_was_booked_meanwhile_is_not_overwritten(as_, reference):
    office, other = as_(cases.COORDINATOR), as_(cases.COORDINATOR)
    path = f"/cases/{reference}/meeting/book"
    mine = other.get(path)
    office.post(path, **MEETING)

    page = other.submit(mine, **MEETING | {"place": "Civic Hall"})

    assert page.status == 409
    assert page.h1 == "You changed the meeting in another window while you were writing"
    assert "Civic Centre" in office.get(f"/cases/{reference}/meeting").main
    other.submit(page)
    assert "Civic Hall" in office.get(f"/cases/{reference}/meeting").main


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"held_on-day": "5"}, "The day of the meeting must be today or in the future"),
        ({"held_on-day": "16"}, "Saturday 16 January 2027 is at a weekend"),
        (
            {"held_on-day": "29", "held_on-month": "3"},
            "Monday 29 March 2027 is a day off (Easter Monday)",
        ),
        ({"ends": "9am"}, "The meeting must end after it starts"),
        ({"starts": "6am"}, "The meeting must start between 7am and 9pm"),
        ({"opening_minutes": "91"}, "The opening section must end with the meeting"),
        ({"join_link": "http://meet.example"}, "The link must start with https://"),
        (
            {"applicant_join_link": "https://meet.example/panel"},
            "The applicant needs a link of their own, not the panel’s",
        ),
        (
            {"held_on-day": "20"},
            "The last day is Tuesday 19 January 2027. Write why the meeting is later",
        ),
    ],
)
def test_a_booking_that_does_not_fit_gets_a_sentence(as_, reference, changes, error):
    page = as_(cases.COORDINATOR).post(
        f"/cases/{reference}/meeting/book", **MEETING | {"applicant_email": ""} | changes
    )

    assert page.status == 422
    assert [sentence for sentence, _ in page.errors] == [error]
    assert "Civic Centre" in page.html


def test_passing_the_last_day_is_never_prevented_but_needs_a_reason(as_, reference):
    office = as_(cases.COORDINATOR)

    sent = office.post(
        f"/cases/{reference}/meeting/book",
        **MEETING | {"held_on-day": "20", "reason_if_late": "The chair is ill"},
    )

    assert sent.status == 303
    assert "The chair is ill" in office.follow(sent).main


def test_no_invite_goes_out_before_the_chair_has_declared(app, as_, clock, messages):
    reference = make_case(app, stage="invited", chair_declares=False)
    clock.at = cases.at(7)

    page = as_(cases.COORDINATOR).post(f"/cases/{reference}/meeting/invites")

    assert [s for s, _ in page.errors] == ["The chair has first to declare no conflict of interest"]
    assert messages() == []


def test_panel_and_applicant_get_invites_that_know_nothing_of_each_other(app, people, messages):
    reference = make_case(app, stage="invited")

    sent = messages()

    # Four agency people (the police have two), the chair, the coordinator, and the applicant.
    panel, [applicant] = sent[:-1], sent[-1:]
    assert [message.receiver for message in panel] == [
        "council@hexley.example",
        "housing@tollgate.example",
        "police-lead@wharrow-police.example",
        "police@wharrow-police.example",
        "chair@chairs.example",
        "coordinator@wharrow-lpb.example",
    ]
    assert applicant.receiver == "noor@example.org"
    [event] = icalendar.Calendar.from_ical(applicant.invite).events
    assert [attendee.email for attendee in event.attendees] == ["noor@example.org"]
    assert event.DTEND.strftime("%H:%M") == "10:20"
    text = applicant.invite.decode()
    assert "example/panel" not in text
    assert "Lyle" not in text
    [panel_event] = icalendar.Calendar.from_ical(panel[0].invite).events
    assert panel_event.DTSTART.strftime("%H:%M") == "10:00"
    assert str(panel_event["SUMMARY"]) == reference
    assert str(panel_event["CLASS"]) == "PRIVATE"
    assert panel_event.uid != event.uid
    assert len({icalendar.Calendar.from_ical(m.invite).events[0].uid for m in panel}) == 1
    assert "noor" not in panel[0].invite.decode().lower()


def test_invites_go_out_once_however_often_the_button_is_pressed(app, as_, clock, messages):
    reference = make_case(app, stage="arranging")
    clock.at = cases.at(6)
    with app.app_context():
        cases._seat_panel(reference)
        chair = cases.actor_of(cases.CHAIR, cases.ARRANGED_AT)
        cases.panel.declare(chair, reference, cases.token(), has_conflict=False, reason="")
    office = as_(cases.COORDINATOR)
    office.post(f"/cases/{reference}/meeting/book", **MEETING | {"applicant_email": ""})
    page = office.get(f"/cases/{reference}/meeting/invites")

    first = office.press(page, "Send the invites")
    second = office.press(page, "Send the invites")

    assert (first.status, second.status) == (303, 303)
    assert len(messages()) == 6


def test_sent_messages_show_the_coordinator_all_and_others_their_own(app, as_, clock):
    make_case(app, stage="invited")
    clock.at = cases.at(7)

    of_office = as_(cases.COORDINATOR).get("/sent-messages").main
    of_council = as_(cases.COUNCIL).get("/sent-messages").main

    assert "To noor@example.org" in of_office
    assert "To council@hexley.example" in of_council
    assert "noor@example.org" not in of_council
    assert "To police@wharrow-police.example" not in of_council
    other_area = as_("coordinator@severnreach-lpb.example").get("/sent-messages").main
    assert "No message has been sent yet." in other_area
