"""The chair's page is one form: whichever button is pressed, nothing that is typed is lost."""

import pytest

from portal.access.scope.marks import unscoped
from portal.db import db
from portal.models.agenda import ItemNote
from portal.models.meeting import Action, MeetingDecision
from portal.models.person import KeptForm
from portal.services import item_notes
from tests import cases
from tests.cases import make_case
from tests.hostile import VALUES
from tests.pages import Client

WHAT, DECISION, NOTES = "Visit the yard on Monday", "The reports are one case", "All are here"
TYPED = {"what": WHAT, "due_text": "friday", "decision": DECISION, "text": NOTES}


@pytest.fixture
def reference(app, people, clock):
    """A case whose meeting is under way since 10:03am; it is 10:10am on its day."""
    found = make_case(app, stage="reviewing")
    clock.at = cases.at(19, 10, 10)
    return found


@pytest.fixture
def chair(as_, reference):
    return as_(cases.CHAIR)


@pytest.fixture
def run(chair, reference):
    return chair.get(f"/cases/{reference}/meeting/run")


def rows(app, model):
    with app.app_context():
        query = db.select(model).execution_options(**unscoped("the test looks"))
        return db.session.scalars(query).all()


def typed_on(page):
    fields = page.form_with({"what"}).fields
    return {name: fields.get(name, [""])[0] for name in TYPED}


def saved(app):
    return (
        [row.what for row in rows(app, Action)],
        [row.decision for row in rows(app, MeetingDecision)],
        [row.text for row in rows(app, ItemNote) if row.text],
    )


def note_as_coordinator(app, clock, reference, run, text):
    with app.app_context():
        office = cases.actor_of(cases.COORDINATOR, clock.at)
        key = run.form_with({"what"}).fields["noted"][0]
        version = item_notes.open_notes(office, reference, key).note.version
        item_notes.save_notes(office, reference, key, cases.token(), text, version)


@pytest.mark.parametrize("button", ["Save notes", "Show changes by others", " now: ", "Next: "])
def test_a_button_saves_the_notes_and_leaves_the_rest_typed(app, chair, run, button):
    before = saved(app)
    words = next(b for b in run.form_with({"what"}).buttons if button in b)

    page = chair.follow(chair.press(run, words, **TYPED))

    has_moved = button.startswith("Next")
    assert typed_on(page) == TYPED | ({"text": ""} if has_moved else {})
    assert saved(app) == (before[0], before[1], [NOTES])


def test_what_is_added_is_gone_from_the_form_and_nothing_else_is(app, chair, run):
    actions, decisions, _ = saved(app)
    number = len(actions) + 1

    page = chair.follow(chair.press(run, "Add the decision", **TYPED))
    assert page.saved == "Decision added"
    assert typed_on(page) == TYPED | {"decision": ""}

    page = chair.follow(chair.press(page, f"Add action {number}", decision="Not yet"))
    # Friday after Tuesday 19 January 2027.
    assert page.saved == f"Action {number} added, by Friday 22 January 2027"
    assert typed_on(page) == {"what": "", "due_text": "", "decision": "Not yet", "text": NOTES}
    assert saved(app) == ([*actions, WHAT], [*decisions, DECISION], [NOTES])


def test_sent_twice_it_is_carried_out_once_and_the_rest_is_still_there(app, chair, run):
    _, decisions, _ = saved(app)

    sent = [chair.press(run, "Add the decision", **TYPED) for _ in range(2)]

    assert [page.status for page in sent] == [303, 303]
    assert saved(app)[1:] == ([*decisions, DECISION], [NOTES])
    assert typed_on(chair.follow(sent[1]))["what"] == WHAT


def test_a_wrong_part_is_said_only_when_it_is_sent(chair, run):
    wrong = TYPED | {"what": "", "due_text": "someday", "decision": "x" * 2001}
    page = chair.follow(chair.press(run, "Save notes", **wrong))
    assert page.errors == []

    sent = chair.press(page, page.form_with({"what"}).first_button)

    assert (sent.status, [href for _, href in sent.errors]) == (422, ["#what", "#due_text"])
    assert typed_on(sent) == wrong


def test_notes_of_two_people_are_shown_side_by_side_and_the_button_was_carried_out(
    app, chair, clock, reference, run
):
    note_as_coordinator(app, clock, reference, run, "The police are late")
    _, decisions, _ = saved(app)

    page = chair.press(run, "Add the decision", **TYPED)

    assert page.status == 409
    assert "The police are late" in page.main
    assert page.form_with({"text"}).fields["text"] == [NOTES]
    assert saved(app)[1:] == ([*decisions, DECISION], ["The police are late"])
    after = chair.follow(chair.submit(page, text="Both"))
    assert saved(app)[2] == ["Both"]
    assert typed_on(after) == TYPED | {"decision": "", "text": "Both"}


def test_notes_that_nobody_touched_here_are_no_conflict(app, chair, clock, reference, run):
    note_as_coordinator(app, clock, reference, run, "The police are late")

    page = chair.follow(chair.press(run, "Add the decision", decision=DECISION))

    assert page.saved == "Decision added"
    assert typed_on(page)["text"] == "The police are late"
    assert saved(app)[2] == ["The police are late"]


def test_what_is_put_aside_is_its_writers_alone_and_goes_when_it_is_taken_out(
    app, as_, chair, reference, run
):
    chair.press(run, "Save notes", **TYPED)
    for email in (cases.COORDINATOR, cases.COUNCIL):
        assert WHAT not in as_(email).get(f"/cases/{reference}/meeting/live").html
    # Whoever signs in again is led home, not back to what was never interrupted.
    assert as_(cases.CHAIR).get("/home").status == 200

    page = chair.get(run.path)
    chair.press(page, "Save notes", what="", due_text="", decision=" ")

    assert rows(app, KeptForm) == []


def test_a_post_that_ran_into_the_end_of_the_sign_in_comes_back_whole(app, chair, clock, run):
    clock.advance(hours=13)
    sent = chair.press(run, "Save notes", **TYPED)
    assert sent.location.startswith("/sign-in")

    again = Client(app)
    page = again.post(sent.location, email=cases.CHAIR, passphrase=cases.demo_people.PASSPHRASE)
    assert typed_on(again.follow(page)) == TYPED


def test_no_value_breaks_a_button_whatever_stands_in_the_other_parts(chair, reference, run):
    buttons = ("Add the decision", "Save notes", "Next: ")
    for number, value in enumerate(VALUES[::4]):
        page = chair.get(run.path)
        wanted = buttons[number % len(buttons)]
        button = next(b for b in page.form_with({"what"}).buttons if b.startswith(wanted))
        sent = chair.press(page, button, **dict.fromkeys(TYPED, value), noted=value)
        assert sent.status in {303, 404, 422}, (button, value)
        assert {href for _, href in sent.errors} <= {"#decision", "#text"}, (button, value)
