import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db
from portal.models.meeting import Action
from tests import cases
from tests.cases import make_case

# Of the standard agenda: the pre-brief lies before the meeting.
FIRST_ITEM = "Who is here, and who may agree actions"
ACTION = {"what": "Fit new safety glass", "due": "2"}


@pytest.fixture
def reference(app, people, clock):
    """A case whose meeting is under way; it is 10:10am on its day."""
    found = make_case(app, stage="reviewing")
    clock.at = cases.at(19, 10, 10)
    return found


@pytest.fixture
def chair(as_, reference):
    return as_(cases.CHAIR)


def rows(app, query):
    with app.app_context():
        return db.session.scalars(query.execution_options(**unscoped("the test counts"))).all()


def owner(app, email):
    with app.app_context():
        actor = cases.actor_of(email, cases.OPENED_AT)
        db.session.remove()
    return f"{actor.person_id}-{actor.agency_id or 0}"


def presence(app, email):
    with app.app_context():
        return f"p-{cases.person_id(email)}"


def add(app, chair, reference, **changes):
    fields = ACTION | {"owner": owner(app, cases.HOUSING)} | changes
    page = chair.get(f"/cases/{reference}/meeting/run")
    return chair.press(page, page.form_with({"what"}).first_button, **fields)


def test_the_chair_opens_the_meeting(app, people, as_, clock):
    reference = make_case(app, stage="invited")
    clock.at = cases.at(19, 10)
    chair = as_(cases.CHAIR)
    before = chair.get(f"/cases/{reference}/meeting/run")
    assert before.h1 == "The meeting is not open yet"
    assert "Sgt Daniel Okafor (Wharrow Valley Police), required" in before.main

    sent = [chair.press(before, "Open the meeting") for _ in range(2)]

    assert {page.location for page in sent} == {f"/cases/{reference}/meeting/run"}
    page = chair.follow(sent[0])
    assert (page.h1, page.saved) == (FIRST_ITEM, "The meeting is open")
    assert "Open since 10am. Planned end 11:30am." in page.main


def test_the_screen_holds_what_the_whole_panel_may_read_and_leads_nowhere_else(chair, reference):
    page = chair.get(f"/cases/{reference}/meeting/run")

    assert "Panel only." in page.text
    assert "Logged as a dispute between neighbours." in page.main
    for narrow in (cases.NARROW_SENTENCE, "What an informant said", "Chair and coordinator"):
        assert narrow not in page.html
    assert page.links["Leave the meeting screen"] == f"/cases/{reference}"
    assert "/cases" not in page.links.values()


def test_an_action_is_agreed_in_three_answers(app, chair, reference):
    sent = add(app, chair, reference)

    assert (sent.status, sent.location) == (303, f"/cases/{reference}/meeting/run")
    page = chair.follow(sent)
    assert page.saved == "Action 1 added, by Tuesday 2 February 2027"
    assert "Actions so far: 1" in page.main
    assert "Tom Beddoes, Tollgate Homes, by Tuesday 2 February 2027" in page.main
    assert "To do: how we will know, words for the applicant" in page.main
    assert "Record action 2" in page.main


def test_the_newest_action_stands_first(app, chair, reference):
    add(app, chair, reference, what="The first thing")
    add(app, chair, reference, what="The second thing")

    page = chair.get(f"/cases/{reference}/meeting/run").main

    assert page.index("The second thing") < page.index("The first thing")


@pytest.mark.parametrize("due", ["other", None])
def test_another_date_is_typed_as_people_say_it_and_said_back(app, chair, reference, due):
    # 19 January 2027 is a Tuesday, so the next Friday is the 22nd.
    sent = add(app, chair, reference, due=due, due_text=" Friday")

    page = chair.follow(sent)
    assert page.saved == "Action 1 added, by Friday 22 January 2027"
    assert "Tom Beddoes, Tollgate Homes, by Friday 22 January 2027" in page.main


def test_what_is_not_known_yet_can_wait(app, chair, reference):
    page = chair.follow(add(app, chair, reference, owner="", due=None))

    assert page.saved == "Action 1 added, without a day"
    assert "Nobody yet" in page.main
    missing = "who does it, the day by which it is done, how we will know, words for the applicant"
    assert f"To do: {missing}" in page.main


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"what": " "}, [("Write what will be done", "#what")]),
        ({"owner": "1-999"}, [("Select one of the answers on this page", "#owner")]),
        ({"due": "3"}, [("Select one of the answers on this page", "#due")]),
        (
            {"due": "other"},
            [
                (
                    "Type the day like 5 2 2027, “friday” or “3 weeks”, or choose a ready date",
                    "#due_text",
                )
            ],
        ),
        (
            {"due": "1", "due_text": "friday"},
            [("Choose a ready date or type another one, not both", "#due_text")],
        ),
        (
            {"due": "other", "due_text": "18 1 2027"},
            [("Monday 18 January 2027 has passed. The day must be today or later", "#due_text")],
        ),
        (
            {"due": None, "due_text": "soon"},
            [("Type the day like 5 2 2027, “friday” or “3 weeks”", "#due_text")],
        ),
        ({"joining": ["999999"]}, [("Select one of the answers on this page", "#joining")]),
        ({"power": "respect_order"}, [("Select one of the answers on this page", "#power")]),
        (
            {"words_for_applicant": "You get a new door", "reason_not_told": "It would harm"},
            [
                (
                    "Write words for the applicant, or a reason why they are not told, not both",
                    "#reason_not_told",
                )
            ],
        ),
    ],
)
def test_what_is_wrong_with_an_action_is_said_and_what_was_typed_is_kept(
    app, chair, reference, changes, errors
):
    page = add(app, chair, reference, how_we_know="A photo", **changes)

    assert page.status == 422
    assert page.errors == errors
    assert page.form_with({"what"}).fields["how_we_know"] == ["A photo"]
    assert rows(app, sa.select(Action)) == []


def test_an_action_is_added_once_however_often_it_is_sent(app, chair, reference):
    page = chair.get(f"/cases/{reference}/meeting/run")
    fields = ACTION | {"owner": owner(app, cases.HOUSING)}

    for _ in range(3):
        chair.press(page, "Add action 1", **fields)

    assert [action.number for action in rows(app, sa.select(Action))] == [1]


def test_what_is_typed_is_shown_as_text(app, chair, reference):
    add(app, chair, reference, what="<script>alert(1)</script>")

    page = chair.get(f"/cases/{reference}/meeting/run")

    assert "<script>alert(1)</script>" in page.main
    assert "<script>alert(1)" not in page.html


def test_those_who_are_here_are_offered_first_as_owners(app, chair, reference):
    with app.app_context():
        cases.record_who_was_there(reference)

    page = chair.get(f"/cases/{reference}/meeting/run").html

    here, not_here = page.index("Here now"), page.index("On the case, not here")
    assert here < page.index(f'value="{owner(app, cases.COUNCIL)}"') < not_here
    assert not_here < page.index(f'value="{owner(app, cases.HOUSING)}"')


def test_the_independent_chair_is_not_offered_as_an_owner(app, chair, reference):
    page = chair.get(f"/cases/{reference}/meeting/run")

    assert f'value="{owner(app, cases.CHAIR)}"' not in page.html


def test_a_decision_is_recorded(chair, reference):
    run = chair.get(f"/cases/{reference}/meeting/run")

    for _ in range(2):
        sent = chair.press(run, "Add the decision", decision="The response was not enough")

    page = chair.follow(sent)
    assert page.saved == "Decision added"
    assert page.main.count("The response was not enough") == 1


def test_an_empty_decision_is_refused(chair, reference):
    page = chair.press(chair.get(f"/cases/{reference}/meeting/run"), "Add the decision")

    assert page.status == 422
    assert page.errors == [("Write what was decided", "#decision")]


def test_who_is_here_is_recorded_and_can_be_changed(app, chair, reference):
    path = f"/cases/{reference}/meeting/attendance"
    police, housing = presence(app, cases.POLICE), presence(app, cases.HOUSING)

    sent = chair.post(
        path, **{police: "present", housing: "absent", "applicant_attendance": "By phone"}
    )
    page = chair.follow(sent)
    assert page.saved == "Attendance saved"
    assert "Tom Beddoes (Tollgate Homes) not there, no apology received" in page.main
    assert "Applicant: By phone" in page.main
    assert "Required and not here:" in page.main
    assert "You can go on; the plan says so." in page.main

    chair.post(path, **{housing: "remote"})
    form = chair.get(path).form_with({police})
    assert (form.fields[police], form.fields[housing]) == (["present"], ["remote"])


def test_at_least_one_person_was_there(app, chair, reference):
    page = chair.post(f"/cases/{reference}/meeting/attendance", applicant_attendance="By phone")

    assert page.status == 422
    assert [sentence for sentence, _ in page.errors] == ["Select how at least one person attended"]
    assert page.form_with({"applicant_attendance"}).fields["applicant_attendance"] == ["By phone"]


def test_an_unknown_way_to_attend_is_refused(app, chair, reference):
    page = chair.post(
        f"/cases/{reference}/meeting/attendance", **{presence(app, cases.POLICE): "asleep"}
    )

    assert page.status == 422
    assert [sentence for sentence, _ in page.errors] == ["Select one of the answers on this page"]


def test_an_action_is_changed(app, chair, reference):
    add(app, chair, reference)
    path = f"/cases/{reference}/actions/1"

    sent = chair.post(path, how_we_know="A photo", reason_not_told="It would harm")

    assert sent.location == f"/cases/{reference}/meeting/run"
    page = chair.follow(sent)
    assert page.saved == "Action 1 saved, by Tuesday 2 February 2027"
    assert "Complete" in page.main


def test_two_who_change_an_action_at_once_lose_nothing(app, people, as_, clock):
    reference = make_case(app, stage="planning")
    clock.at = cases.at(20)
    chair, office = as_(cases.CHAIR), as_(cases.COORDINATOR)
    path = f"/cases/{reference}/actions/1"
    opened_by_chair, opened_by_office = chair.get(path), office.get(path)

    chair.submit(opened_by_chair, what="What the chair wrote", owner=owner(app, cases.COUNCIL))
    page = office.submit(opened_by_office, how_we_know="What the office wrote")

    assert page.status == 409
    assert page.h1 == "Margaret Lyle changed action 1 while you were writing"
    assert "What the chair wrote" in page.main
    assert "Marie Castell (Hexley Council)" in page.main
    assert page.form_with({"how_we_know"}).fields["how_we_know"] == ["What the office wrote"]

    again = office.submit(page)
    assert again.status == 303
    (action,) = rows(app, sa.select(Action).where(Action.number == 1))
    assert action.how_we_know == "What the office wrote"
    assert action.what != "What the chair wrote"


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"what": ""}, [("Write what will be done", "#what")]),
        (
            {"due_text": "32 1 2027"},
            [("Type the day like 5 2 2027, “friday” or “3 weeks”", "#due_text")],
        ),
        (
            {"reason_not_told": "It would harm"},
            [
                (
                    "Write words for the applicant, or a reason why they are not told, not both",
                    "#reason_not_told",
                )
            ],
        ),
    ],
)
def test_a_change_that_does_not_fit_is_refused(app, people, as_, clock, fields, errors):
    reference = make_case(app, stage="planning")
    clock.at = cases.at(20)

    page = as_(cases.COORDINATOR).post(f"/cases/{reference}/actions/1", **fields)

    assert (page.status, page.errors) == (422, errors)


def test_an_action_that_is_not_there_is_not_found(app, chair, reference):
    add(app, chair, reference)

    for number in ("0", "9", "1000000", "9" * 40, "1x", "-1"):
        assert chair.get(f"/cases/{reference}/actions/{number}").status == 404, number


@pytest.mark.parametrize(
    ("email", "status"),
    [
        (cases.COORDINATOR, 403),
        (cases.POLICE, 403),
        (cases.POLICE_LEAD, 403),
        (cases.HEALTH, 404),
        (cases.OTHER_CHAIR, 404),
    ],
)
def test_nobody_but_the_chair_runs_the_meeting(as_, reference, email, status):
    client = as_(email)

    for path in ("meeting/run", "meeting/attendance", "meeting/decisions/1"):
        assert client.get(f"/cases/{reference}/{path}").status == status, path


@pytest.mark.parametrize(("email", "status"), [(cases.COORDINATOR, 403), (cases.HEALTH, 404)])
def test_what_runs_the_meeting_is_refused_to_others_also_when_it_is_sent(
    as_, reference, email, status
):
    client = as_(email)
    token = client.get("/cases").forms[0].fields["csrf_token"][0]
    fields = {"csrf_token": token, "decision": "Mine"}

    for part in ("open", "actions", "decisions", "close"):
        page = client.send(f"/cases/{reference}/meeting/{part}", fields)
        assert page.status == status, part


def test_a_closed_meeting_cannot_be_run(app, people, as_, clock):
    reference = make_case(app, stage="planning")
    clock.at = cases.at(20)

    page = as_(cases.CHAIR).get(f"/cases/{reference}/meeting/run")

    assert page.status == 403
    assert "This is not open at the stage “Writing the plan”." in page.main
