"""The pages before and between sittings: booking with a room, answers, calling off, adjourning."""

import io

import pytest

from portal.services import booking, invite_answers, meeting
from tests import cases
from tests.cases import actor_of, make_case

ROOM = {
    "name": "Civic Centre, room 2",
    "address": "Mill Lane, Hexley",
    "access_notes": "Lift by the side door",
    "join_link": "https://meet.example/civic-panel",
    "applicant_join_link": "https://meet.example/civic-opening",
}


@pytest.fixture
def reference(app, people, clock):
    clock.at = cases.at(12)
    return make_case(app, stage="invited")


def test_a_room_is_kept_once_and_gives_a_meeting_its_place_and_links(app, as_, reference):
    office = as_(cases.COORDINATOR)
    clash = office.post("/meetings/rooms/add", **ROOM | {"applicant_join_link": ROOM["join_link"]})
    office.post("/meetings/rooms/add", **ROOM)
    twice = office.post("/meetings/rooms/add", **ROOM | {"name": "CIVIC centre, room 2"})

    both = office.post(f"/cases/{reference}/meeting/book", room="1")
    sent = office.post(
        f"/cases/{reference}/meeting/book",
        room="1",
        place="",
        join_link="",
        applicant_join_link="",
    )

    assert [s for s, _ in clash.errors] == [
        "The applicant needs a link of their own, not the panel’s"
    ]
    assert [s for s, _ in twice.errors] == ["Another room has this name already"]
    assert [s for s, _ in both.errors] == [
        "Leave this empty for the room, or select “Another place”"
    ]
    assert sent.status == 303
    page = office.get(f"/cases/{reference}/meeting")
    assert "Civic Centre, room 2, Mill Lane, Hexley" in page.main
    assert "civic-panel" in page.main
    with app.app_context():
        booked = booking.open_meeting_page(
            actor_of(cases.COORDINATOR, cases.at(12)), reference
        ).booked
    # What the room gives is not typed, so that another room gives its own.
    assert (booked.place, booked.join_link, booked.applicant_join_link) == ("", "", "")
    panel = as_(cases.POLICE).get(f"/cases/{reference}/meeting").html
    assert "Lift by the side door" in panel
    assert "civic-opening" not in panel


def test_a_room_that_somebody_else_changed_is_not_overwritten(as_, people):
    office, admin = as_(cases.COORDINATOR), as_("admin@wharrow-lpb.example")
    office.post("/meetings/rooms/add", **ROOM)
    mine = admin.get("/meetings/rooms/1")
    office.post("/meetings/rooms/1", name="Civic Centre, room 3")

    page = admin.submit(mine, access_notes="Steps")

    assert page.status == 409
    assert page.h1 == "Ruth Adeyemi changed the room while you were writing"
    other = as_("coordinator@severnreach-lpb.example")
    assert other.get("/meetings/rooms/1").status == 404
    assert "Civic" not in other.get("/meetings/rooms").html


def test_everybody_answers_on_the_meetings_page_and_only_leaders_see_who_comes(as_, reference):
    path = f"/cases/{reference}/meeting"
    police = as_(cases.POLICE)
    page = police.get(path)

    empty = police.press(page, "Send my answer")
    sent = police.press(page, "Send my answer", answer="declined", comment="In court that day")

    assert [s for s, _ in empty.errors] == ["Select whether you come"]
    assert sent.status == 303
    assert "Does not come" in police.follow(sent).main
    for leader in (cases.COORDINATOR, cases.CHAIR):
        assert "In court that day" in as_(leader).get(path).main
    for member in (cases.POLICE_LEAD, cases.COUNCIL):
        other = as_(member).get(path)
        assert "No answer yet" in other.main
        assert 'id="answers"' not in other.html
        for text in ("In court", "Does not come,", "Margaret Lyle"):
            assert text not in other.main


def test_a_file_that_is_no_answer_gets_a_sentence_at_the_field(as_, reference):
    police = as_(cases.POLICE)
    page = police.get(f"/cases/{reference}/meeting")

    wrong = police.press(page, "Hand in the file", file=(io.BytesIO(b"hello"), "a.ics"))

    assert (wrong.status, wrong.errors) == (
        422,
        [("This is not a calendar file that can be read", "#file")],
    )
    large = (io.BytesIO(b"x" * (invite_answers.MOST_BYTES + 1)), "a.ics")
    assert [s for s, _ in police.press(page, "Hand in the file", file=large).errors] == [
        "The file must be 100 KB or smaller"
    ]


def test_calling_off_asks_why_and_leads_back_to_booking(as_, reference):
    office = as_(cases.COORDINATOR)
    path = f"/cases/{reference}/meeting/call-off"

    empty, done = office.post(path), office.post(path, reason="The chair is ill")

    assert [s for s, _ in empty.errors] == ["Write why the meeting is called off"]
    page = office.follow(done)
    assert "No meeting is booked yet." in page.main
    assert "by Ruth Adeyemi: The chair is ill" in page.main
    assert "Book the meeting" in page.main
    assert "No meeting is booked yet." in as_(cases.POLICE).get(page.path).main
    assert office.get(path).status == 404


def test_the_meeting_booked_after_one_that_was_called_off_runs_alone(app, as_, reference, clock):
    office, path = as_(cases.COORDINATOR), f"/cases/{reference}/meeting"
    booked = office.get(f"{path}/book").form_with({"place"}).fields | {"version": ["0"]}
    office.post(f"{path}/call-off", reason="The chair is ill")
    assert office.send(f"{path}/book", data=booked).status == 303
    clock.at = cases.OPENED_AT
    with app.app_context():
        meeting.open_meeting(actor_of(cases.CHAIR, clock.at), reference, cases.token())

    agenda = as_(cases.POLICE).get(f"{path}/agenda")
    assert agenda.main.count("Opening section with the applicant") == 1
    chair = as_(cases.CHAIR)
    for page in ("live", "run", "attendance", "live/latest"):
        assert chair.browser.get(f"{path}/{page}").status_code == 200, page
    chair.post(f"{path}/opening/start", how="room", with_them="", rings_today="Ruth, at 1pm")
    assert chair.get(f"{path}/opening").status == 200


def test_the_reasons_for_the_applicant_are_a_letter_without_the_panels_words(as_, reference):
    office, path = as_(cases.COORDINATOR), f"/cases/{reference}/letters/not-invited"
    office.post(
        f"/cases/{reference}/meeting/book",
        is_applicant_invited="no",
        reasons_not_invited="You asked us not to be there.",
    )
    assert office.get(f"/cases/{reference}/meeting").links["Prepare the letter"] == path

    typed = {"how_we_reach_you": "by text, before noon."}
    letter = office.follow(office.post(f"{path}/write", **typed))
    shown = letter.main.split("The letter as it will read")[1]

    assert "You asked us not to be there." in shown
    assert "We will contact you by text, before noon." in shown
    for text in ("Garrow", "Okafor", "OFFICIAL", "Town Hall", "meet.example"):
        assert text not in shown
    assert office.press(letter, "Issue the letter", read="yes").location == path
    told = office.get(f"/cases/{reference}/meeting").main
    assert "The letter with these reasons was issued on Tuesday 12 January 2027." in told
    panel = as_(cases.COUNCIL).get(f"/cases/{reference}/meeting").main
    assert "You asked us not to be there." in panel
    assert "The reasons for the applicant" not in panel
    assert as_(cases.COUNCIL).get(path).status in {403, 404}


ADJOURNED = {
    "reason": "The council has to ask who pays",
    "interim_steps": "The police drive past each evening",
    "told_applicant": "We go on this afternoon",
    "held_on-day": "21",
    "held_on-month": "1",
    "held_on-year": "2027",
    "is_applicant_invited": "yes",
}


@pytest.mark.parametrize("who", [cases.CHAIR, cases.COORDINATOR])
def test_chair_or_coordinator_adjourns_and_the_chair_opens_the_next_sitting(
    app, as_, clock, people, who
):
    reference = make_case(app, stage="reviewing")
    clock.at = cases.at(19, 11)
    path = f"/cases/{reference}/meeting/adjourn"
    leader = as_(who)
    form = leader.get(path)

    empty = leader.submit(form)
    past = leader.submit(form, **ADJOURNED | {"held_on-day": "19", "starts": "10am"})
    done = leader.submit(form, **ADJOURNED)

    assert "meet.example/noor" not in form.html
    assert "noor@example.org" not in form.html
    assert [s for s, _ in empty.errors] == [
        "Enter the day of the meeting",
        "Write why the meeting is adjourned",
        "Write what starts at once, or “none”",
        "Write what the applicant is told today",
        "Select whether the applicant is invited",
    ]
    assert [s for s, _ in past.errors] == ["The next sitting must start later than now"]
    shown = leader.follow(done).main
    for text in ("sitting 2", "Thursday 21 January 2027, 10am", *list(ADJOURNED.values())[:3]):
        assert text in shown
    assert leader.get(path).status == 403
    assert as_(cases.POLICE).get(path).status == 403

    clock.at = cases.at(21, 10)
    chair = as_(cases.CHAIR)
    page = chair.get(f"/cases/{reference}/meeting/run")
    opened = chair.press(page, "Open the meeting")
    assert opened.status == 303
    assert chair.follow(opened).h1 != page.h1


def test_the_queries_of_the_meetings_page_do_not_grow_with_answers(
    app, as_, reference, count_queries
):
    office = as_(cases.COORDINATOR)
    path = f"/cases/{reference}/meeting"
    office.get(path)
    with count_queries() as before:
        office.get(path)
    for email in (cases.POLICE, cases.COUNCIL, cases.HOUSING, cases.CHAIR):
        client = as_(email)
        client.press(client.get(path), "Send my answer", answer="accepted")

    with count_queries() as after:
        office.get(path)

    assert after.count == before.count


def test_a_room_is_of_one_meeting_at_a_time(app, as_, reference):
    office = as_(cases.COORDINATOR)
    office.post("/meetings/rooms/add", **ROOM)
    typed = {"room": "1", "place": "", "join_link": "", "applicant_join_link": ""}
    office.post(f"/cases/{reference}/meeting/book", **typed)
    # The first meeting has the room on 19 January 2027 from 10am to 11:30am.
    other = make_case(app, stage="arranging")
    day = {"held_on-day": "19", "held_on-month": "1", "held_on-year": "2027"}
    booking_of = typed | day | {"opening_minutes": "20"}

    clash = office.post(
        f"/cases/{other}/meeting/book", **booking_of, starts="11:00am", ends="12:30pm"
    )
    after = office.post(
        f"/cases/{other}/meeting/book", **booking_of, starts="11:30am", ends="12:30pm"
    )

    assert clash.errors == [("The room is taken then, from 10am to 11:30am", "#room")]
    assert reference not in clash.html
    assert after.status == 303
