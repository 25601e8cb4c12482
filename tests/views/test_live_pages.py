"""The meeting as the panel follows it: what is new, what it costs, who is writing, who is here."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db
from portal.jobs import demo_people
from portal.models.live import Writing
from portal.models.log import LogEntry
from portal.models.meeting import Attendance, Meeting, Presence
from portal.models.person import SignIn
from portal.services import actions, meeting
from portal.services.live import FRESH
from tests import cases
from tests.canary_case import record_conflict
from tests.cases import agency_id, make_case, typed_action
from tests.pages import Client

SCHOOL_TEXT = "Ask the school what changed"


@pytest.fixture
def reference(app, people, clock):
    """A case whose meeting is under way since 10:03am; it is 10:10am on its day."""
    found = make_case(app, stage="reviewing")
    clock.at = cases.at(19, 10, 10)
    return found


def rows(app, query):
    with app.app_context():
        return db.session.scalars(query.execution_options(**unscoped("the test looks"))).all()


def add(app, reference, clock, what=SCHOOL_TEXT, email=cases.COUNCIL):
    with app.app_context():
        actor = cases.actor_of(cases.CHAIR, clock.at)
        typed = typed_action(email, what=what, words_for_applicant="")
        return actions.add_action(actor, reference, cases.token(), typed)


def state(page):
    data = page.by_id("live").attrib
    return {"seen": data["data-seen"], "since": data["data-since"]}


def poll(client, reference, asked, **more):
    path = f"/cases/{reference}/meeting/live/latest"
    return client.browser.get(path, query_string=asked | more)


def test_everybody_on_the_panel_follows_the_meeting_and_changes_their_own(
    app, as_, reference, clock
):
    add(app, reference, clock)

    for email in (cases.POLICE, cases.POLICE_LEAD, cases.COUNCIL, cases.COORDINATOR):
        page = as_(email).get(f"/cases/{reference}/meeting/live")
        assert page.h1 == "Item 1 of 13: Who is here, and who may agree actions", email
        assert SCHOOL_TEXT in page.main
        assert "As of 10:10am" in page.main
        assert ("Change action" in page.main) == (email == cases.COUNCIL)
        assert "What an informant said" not in page.html
        assert ("Yours" in page.main) == (email == cases.COUNCIL)


@pytest.mark.parametrize(
    ("email", "status"),
    [
        (cases.HEALTH, 404),
        (cases.OTHER_CHAIR, 404),
        ("support@victimcare.example", 404),
        ("fire@wharrow-fire.example", 404),
        ("coordinator@severnreach-lpb.example", 404),
    ],
)
def test_for_all_others_there_is_no_such_page(as_, reference, email, status):
    client = as_(email)

    assert client.get(f"/cases/{reference}/meeting/live").status == status
    assert poll(client, reference, {}).status_code == status


def test_a_poll_is_empty_until_something_is_new(app, as_, reference, clock):
    police = as_(cases.POLICE)
    known = state(police.get(f"/cases/{reference}/meeting/live"))
    assert poll(police, reference, known).status_code == 204
    clock.at += dt.timedelta(seconds=4)

    add(app, reference, clock)
    answer = poll(police, reference, known)

    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert SCHOOL_TEXT in text
    assert "New since you last looked" in text
    assert 'id="live-actions"' in text


def test_an_open_page_says_by_itself_that_the_meeting_opened_and_closed(app, as_, clock):
    waiting, ends = "The meeting is not open", "until the chair closes the meeting"
    reference = make_case(app, stage="invited")
    clock.at = cases.at(19, 9, 55)
    police = as_(cases.POLICE)
    page = police.get(f"/cases/{reference}/meeting/live")
    assert waiting in page.main
    assert ends not in page.main

    with app.app_context():
        chair = cases.actor_of(cases.CHAIR, cases.at(19, 10, 3))
        meeting.open_meeting(chair, reference, cases.token())
        cases.record_who_was_there(reference)
    opened = poll(police, reference, state(page)).get_data(as_text=True)
    assert 'id="live-state"' in opened
    assert waiting not in opened
    assert ends in opened

    page = police.get(f"/cases/{reference}/meeting/live")
    with app.app_context():
        chair = cases.actor_of(cases.CHAIR, cases.at(19, 11, 20))
        meeting.close_meeting(chair, reference, cases.token())
    closed = poll(police, reference, state(page)).get_data(as_text=True)
    assert "The meeting was closed on Tuesday 19 January 2027, 11:20am" in closed
    assert ends not in closed


def test_without_script_the_latest_is_a_link_that_marks_what_is_new(app, as_, reference, clock):
    add(app, reference, clock, what="An older action")
    police = as_(cases.POLICE)
    clock.at += dt.timedelta(minutes=1)
    page = police.get(f"/cases/{reference}/meeting/live")
    clock.at += dt.timedelta(minutes=1)
    add(app, reference, clock)

    page = police.get(page.links["Show the latest"])

    marked = ["".join(each.itertext()) for each in page.with_class("app-new")]
    assert len(marked) == 1
    assert SCHOOL_TEXT in marked[0]
    for bad in ("soon", "2027-01-19T10:10", "9" * 40):
        assert police.get(f"/cases/{reference}/meeting/live?since={bad}").status == 200


def test_polls_leave_one_entry_in_a_quarter_of_an_hour(app, as_, reference, clock):
    police = as_(cases.POLICE)
    known = state(police.get(f"/cases/{reference}/meeting/live"))
    before = len(rows(app, sa.select(LogEntry)))

    for _ in range(5):
        assert poll(police, reference, known).status_code == 204
    for _ in range(3):
        assert poll(police, reference, {"seen": "old"}).status_code == 200
    assert len(rows(app, sa.select(LogEntry))) == before

    clock.at += dt.timedelta(minutes=16)
    for _ in range(3):
        assert poll(police, reference, {"seen": "old"}).status_code == 200
    entries = rows(app, sa.select(LogEntry).where(LogEntry.thing == FRESH))
    assert len(entries) == 1


def test_who_loses_the_case_loses_the_open_page_with_the_next_poll(app, as_, reference):
    police = as_(cases.POLICE)
    known = state(police.get(f"/cases/{reference}/meeting/live"))
    with app.app_context():
        record_conflict(reference, cases.POLICE)

    assert poll(police, reference, known).status_code == 404
    assert poll(police, reference, {"seen": "old"}).status_code == 404


def test_the_chairs_page_asks_for_itself_and_nobody_else_gets_its_buttons(
    app, as_, reference, clock
):
    chair, police = as_(cases.CHAIR), as_(cases.POLICE)
    known = state(chair.get(f"/cases/{reference}/meeting/run"))
    assert poll(chair, reference, known, on="run").status_code == 204

    add(app, reference, clock)
    text = poll(chair, reference, known, on="run").get_data(as_text=True)

    assert "Change<span" in text
    assert "Joined now" in text
    assert poll(police, reference, known, on="run").status_code == 403


def test_a_poll_keeps_those_signed_in_who_are_at_the_meeting_and_nobody_else(
    app, as_, reference, clock
):
    with app.app_context():
        cases.record_who_was_there(reference)
        left = {cases.person_id(cases.COUNCIL): Presence.LEFT_EARLY}
        chair = cases.actor_of(cases.CHAIR, clock.at)
        meeting.record_attendance(chair, reference, cases.token(), left, "")
    present, away, gone = (as_(who) for who in (cases.POLICE, cases.HOUSING, cases.COUNCIL))
    known = {"seen": "0"}
    for _ in range(4):
        clock.at += dt.timedelta(minutes=20)
        there, not_there = poll(present, reference, known), poll(away, reference, known)
        left_early = poll(gone, reference, known)

    assert there.status_code == 200
    assert there.headers["Portal-Stayed"] == "yes"
    assert not_there.status_code == left_early.status_code == 303
    assert len(rows(app, sa.select(SignIn))) >= 2


def test_a_poll_with_nothing_new_asks_little_and_the_pages_no_more_with_more_rows(
    app, as_, reference, clock, count_queries
):
    police, chair = as_(cases.POLICE), as_(cases.CHAIR)
    known = state(police.get(f"/cases/{reference}/meeting/live"))
    with count_queries() as idle:
        poll(police, reference, known)

    def asked():
        counts = []
        for client, path in ((police, "live"), (chair, "run"), (police, "agenda")):
            client.get(f"/cases/{reference}/meeting/{path}")
            with count_queries() as queries:
                client.get(f"/cases/{reference}/meeting/{path}")
            counts.append(len(queries.statements))
        return counts

    add(app, reference, clock)
    before = asked()
    for number in range(5):
        add(app, reference, clock, what=f"Action {number}")
    assert asked() == before
    # Begin and end, who is signed in, the door to the case (two or three), the stamp.
    assert len([each for each in idle.statements if each.startswith("SELECT")]) <= 5


def test_the_stamp_leaves_the_version_of_the_booking_alone(app, as_, reference, clock):
    before = [(each.version, each.stamp) for each in rows(app, sa.select(Meeting))]

    add(app, reference, clock)

    after = [(each.version, each.stamp) for each in rows(app, sa.select(Meeting))]
    assert [version for version, _ in after] == [version for version, _ in before]
    assert after[0][1] > before[0][1]


def test_who_opens_an_action_to_change_it_is_shown_as_writing_to_the_others(
    app, as_, reference, clock
):
    add(app, reference, clock)
    chair, police = as_(cases.CHAIR), as_(cases.POLICE)
    known = state(police.get(f"/cases/{reference}/meeting/live"))
    clock.at += dt.timedelta(minutes=4)
    form = chair.get(f"/cases/{reference}/actions/1")

    text = poll(police, reference, known).get_data(as_text=True)
    assert "Margaret Lyle is writing in this since 10:14am" in text
    live = f"/cases/{reference}/meeting/live"
    assert "You are writing in this since 10:14am" in chair.get(live).main

    chair.submit(form)
    assert "is writing" not in police.get(live).main


def test_a_mark_ends_after_two_minutes_without_a_sign_of_life(app, as_, reference, clock):
    add(app, reference, clock)
    chair, police = as_(cases.CHAIR), as_(cases.POLICE)
    page = chair.get(f"/cases/{reference}/actions/1")
    live = f"/cases/{reference}/meeting/live"
    clock.at += dt.timedelta(seconds=100)
    assert sign(chair, page, reference, thing="action 1") == 204
    clock.at += dt.timedelta(seconds=100)
    known = state(police.get(live))
    assert "Margaret Lyle is writing in this since 10:10am" in police.get(live).main

    clock.at += dt.timedelta(seconds=21)
    # Time alone takes the mark away, and the open pages learn of it.
    assert poll(police, reference, known).status_code == 200
    assert "is writing" not in police.get(live).main


def sign(client, page, reference, **fields):
    token = page.form_with({"what"}).fields["csrf_token"][0]
    fields = {"csrf_token": token} | fields
    return client.send(f"/cases/{reference}/meeting/live/writing", fields).status


def test_a_script_can_end_its_own_mark_and_begin_none_on_an_action(app, as_, reference, clock):
    add(app, reference, clock)
    chair = as_(cases.CHAIR)
    page = chair.get(f"/cases/{reference}/actions/1")
    assert len(rows(app, sa.select(Writing))) == 1

    sign(chair, page, reference, thing="action 1", left="yes")
    assert rows(app, sa.select(Writing)) == []

    for thing in ("action 1", "notes ffff", "x" * 90, "action \x00", ""):
        assert sign(chair, page, reference, thing=thing) == 204
    assert rows(app, sa.select(Writing)) == []


def test_who_joins_late_and_leaves_early_is_one_click_with_the_time(app, as_, reference, clock):
    with app.app_context():
        cases.record_who_was_there(reference)
        housing = cases.person_id(cases.HOUSING)
    chair = as_(cases.CHAIR)
    page = chair.get(f"/cases/{reference}/meeting/run")
    assert "Required and not here: Tollgate Homes" in page.main
    assert "Who is here: 3 of 6" in page.main

    page = chair.follow(chair.press(page, "Joined now: Tom Beddoes (Tollgate Homes)"))
    assert "Tom Beddoes (Tollgate Homes) joined 10:10am" in page.main
    assert "Required and not here" not in page.main

    clock.at += dt.timedelta(minutes=20)
    page = chair.get(f"/cases/{reference}/meeting/run")
    page = chair.follow(chair.press(page, "Left now: Tom Beddoes (Tollgate Homes)"))
    assert "joined 10:10am left 10:30am" in page.main
    assert "Required and not here: Tollgate Homes" in page.main

    path = f"/cases/{reference}/meeting/attendance"
    wrong = chair.post(path, **{f"left-{housing}": "10:05am"})
    assert wrong.status == 422
    assert [sentence for sentence, _ in wrong.errors] == [
        "They cannot have left before they joined"
    ]
    chair.post(path, **{f"left-{housing}": "10:25am"})
    (row,) = rows(app, sa.select(Attendance).where(Attendance.person_id == housing))
    assert row.left_at == cases.at(19, 10, 25)
    assert row.joined_at == cases.at(19, 10, 10)


def test_a_visitor_is_sent_to_sign_in(app, reference):
    assert poll(Client(app), reference, {}).status_code == 303


def test_decisions_powers_and_recommendations_reach_open_pages_with_who_writes_in_them(
    app, as_, reference, clock
):
    police, chair, office = as_(cases.POLICE), as_(cases.CHAIR), as_(cases.COORDINATOR)
    run, follow = f"/cases/{reference}/meeting/run", f"/cases/{reference}/meeting/live"
    steps = (
        ("decision", lambda: chair.press(chair.get(run), "Add the decision", decision="One case")),
        ("finding", lambda: find(app, chair, reference)),
        ("power", lambda: record_power(app, chair, reference)),
        ("recommendation", lambda: record_recommendation(chair, reference)),
    )
    for thing, record in steps:
        known = state(police.get(follow)), state(chair.get(run))
        assert record().status == 303, thing
        for client, seen, on in ((police, known[0], {}), (chair, known[1], {"on": "run"})):
            answer = poll(client, reference, seen, **on)
            assert answer.status_code == 200, thing
            assert f'id="live-{thing}s"' in answer.get_data(as_text=True)

        known = state(police.get(follow))
        # Until the meeting is closed the coordinator changes powers only.
        writer = office if thing == "power" else chair
        changing = changed_at(app, reference, thing)
        page = writer.get(changing)
        name = "Margaret Lyle" if writer is chair else "Ruth Adeyemi"
        answer = poll(police, reference, known)
        assert f"{name} is writing in this since" in answer.get_data(as_text=True)
        known = state(police.get(follow))
        assert writer.submit(page).status == 303
        assert "is writing in this" not in poll(police, reference, known).get_data(as_text=True)


def changed_at(app, reference, thing):
    if thing != "finding":
        return f"/cases/{reference}/meeting/{thing}s/1"
    with app.app_context():
        return f"/cases/{reference}/meeting/adequacy/{agency_id(demo_people.HEXLEY_COUNCIL)}"


def find(app, client, reference):
    return client.post(changed_at(app, reference, "finding"), finding="no", fact="Not linked")


def record_power(app, client, reference):
    with app.app_context():
        council = str(agency_id(demo_people.HEXLEY_COUNCIL))
    return client.post(
        f"/cases/{reference}/meeting/powers/add",
        power="mediation",
        agency=council,
        result="not_right",
        why_not="would_harm_applicant",
        why="Threats were reported",
    )


def record_recommendation(client, reference):
    return client.post(
        f"/cases/{reference}/meeting/recommendations/add",
        body="Hexley College",
        what="Close the gate at night",
        why="It is used to get away",
    )
