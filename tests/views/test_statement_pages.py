"""The applicant's statement: who writes it, who reads it, its lock, and who read it out."""

import pytest
import sqlalchemy as sa

from portal.access.rules import STATEMENT_IS_LOCKED
from portal.access.scope.marks import unscoped
from portal.db import db
from portal.models.case import Party, PartyRole
from portal.models.opening import Statement, StatementReading
from tests import cases
from tests.cases import make_case

WORDS = "Since October I do not sleep.\r\n\r\nI told people and they called it a dispute."
TYPED = {
    "words": WORDS,
    "handed_in_on-day": "14",
    "handed_in_on-month": "1",
    "handed_in_on-year": "2027",
    "channel": "phone",
    "written_down_by": "Kelly Nash",
    "panel_reads": "once_read_out",
    "reads_out": "chair",
}
LATER = cases.at(19, 10, 14)


@pytest.fixture
def reference(app, people, clock):
    """A case whose meeting is booked for 10am; it is five to ten."""
    clock.at = cases.at(19, 9, 55)
    return make_case(app, stage="invited")


def rows(app, model):
    with app.app_context():
        query = sa.select(model).execution_options(**unscoped("the test counts"))
        return db.session.scalars(query).all()


def party(app, role):
    return next(each.id for each in rows(app, Party) if each.role is role)


def path(app, reference):
    return f"/cases/{reference}/statements/{party(app, PartyRole.APPLICANT_AND_VICTIM)}"


def hand_in(app, as_, reference, **changes):
    office = as_(cases.COORDINATOR)
    return office.follow(office.post(path(app, reference), **(TYPED | changes)))


def open_the_meeting(chair, clock, reference):
    clock.at = LATER
    chair.press(chair.get(f"/cases/{reference}/meeting/run"), "Open the meeting")


def test_the_coordinator_writes_it_down_word_for_word(app, as_, reference):
    page = hand_in(app, as_, reference)

    assert page.saved == "Statement saved"
    for words in (
        "Since October I do not sleep.",
        "Thursday 14 January 2027, phone",
        "Kelly Nash",
        "Only once it has been read out",
        "The chair",
    ):
        assert words in page.main
    assert page.links["Change the statement of Noor Haddad"] == path(app, reference)


@pytest.mark.parametrize(
    ("choice", "before", "afterwards"),
    [("before", True, True), ("once_read_out", False, True), ("never", False, False)],
)
def test_the_panel_reads_it_as_the_applicant_chose(
    app, as_, clock, reference, choice, before, afterwards
):
    hand_in(app, as_, reference, panel_reads=choice)
    chair, police = as_(cases.CHAIR), as_(cases.POLICE)
    listed = f"/cases/{reference}/statements"

    def is_read_by(client):
        return "Since October" in client.get(listed).main

    assert (is_read_by(chair), is_read_by(police)) == (True, before)
    open_the_meeting(chair, clock, reference)
    assert is_read_by(police) == before
    chair.post(f"{path(app, reference)}/read", read_by="chair")

    assert is_read_by(police) == afterwards
    if not afterwards:
        assert "There is no statement for you to read." in police.get(listed).main


def test_it_is_locked_when_the_meeting_opens_and_stays_as_it_was(app, as_, clock, reference):
    hand_in(app, as_, reference)
    office, chair = as_(cases.COORDINATOR), as_(cases.CHAIR)
    opened_before = office.get(path(app, reference))
    open_the_meeting(chair, clock, reference)

    late = office.submit(opened_before, words="Something else")

    assert late.status == 403
    assert STATEMENT_IS_LOCKED in late.main
    assert office.get(path(app, reference)).status == 403
    assert "Change the statement" not in office.get(f"/cases/{reference}/statements").main
    (row,) = rows(app, Statement)
    assert row.words == WORDS.replace("\r\n", "\n")
    assert row.version == 1


def test_who_read_it_out_is_noted_and_a_later_note_keeps_the_earlier_one(
    app, as_, clock, reference
):
    hand_in(app, as_, reference)
    chair = as_(cases.CHAIR)
    open_the_meeting(chair, clock, reference)
    screen = chair.follow(
        chair.post(f"/cases/{reference}/meeting/opening/start", how="room", rings_today="Ruth")
    )
    assert "Statement handed in on Thursday 14 January 2027. To be read out by the chair." in (
        screen.main
    )

    page = chair.follow(chair.press(screen, "It has been read out"))
    assert "Read out by the chair." in page.main
    chair.post(f"{path(app, reference)}/read", read_by="other", read_by_name="Kelly")

    assert "Read out by Kelly." in chair.get(screen.path).main
    assert [row.read_by for row in rows(app, StatementReading)] == ["chair", "other"]


def test_two_who_write_it_down_at_once_lose_nothing(app, as_, reference):
    first, second = as_(cases.COORDINATOR), as_(cases.COORDINATOR)
    pages = [client.get(path(app, reference)) for client in (first, second)]
    first.submit(pages[0], **TYPED)

    page = second.submit(pages[1], **(TYPED | {"words": "What the other one heard"}))

    assert page.status == 409
    assert "Since October I do not sleep." in page.main
    assert page.form_with({"words"}).fields["words"] == ["What the other one heard"]
    assert second.submit(page).status == 303
    assert [row.words for row in rows(app, Statement)] == ["What the other one heard"]


def test_what_stood_before_a_change_stays_for_who_leads(app, as_, reference):
    hand_in(app, as_, reference, panel_reads="before")
    office, listed = as_(cases.COORDINATOR), f"/cases/{reference}/statements"
    office.submit(office.get(path(app, reference)), words="I sleep a little now.")
    office.submit(office.get(path(app, reference)), words="I sleep again.")

    led = as_(cases.CHAIR).get(listed).main
    read = as_(cases.POLICE).get(listed).main

    assert "I sleep again." in read
    assert "Since October" not in read
    assert "I sleep a little now." not in read
    # The present one, then the last one before, then the first.
    assert led.index("I sleep again.") < led.index("I sleep a little now.") < led.index("Since")
    assert led.count("As it stood before, saved by Ruth") == 2


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"words": " "}, ("Write the statement", "#words")),
        (
            {"handed_in_on-day": "20"},
            ("The day it was handed in must be today or before", "#handed_in_on-day"),
        ),
        ({"panel_reads": None}, ("Select whether the panel may read it", "#panel_reads")),
        ({"reads_out": "other"}, ("Write who will read it out", "#reads_out_name")),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_is_kept(app, as_, reference, changes, error):
    page = as_(cases.COORDINATOR).post(path(app, reference), **(TYPED | changes))

    assert (page.status, page.errors) == (422, [error])
    assert page.form_with({"words"}).fields["written_down_by"] == ["Kelly Nash"]
    assert rows(app, Statement) == []


def test_only_a_victim_of_the_case_has_a_statement(app, as_, reference):
    respondent = party(app, PartyRole.RESPONDENT)

    assert as_(cases.COORDINATOR).get(f"/cases/{reference}/statements/{respondent}").status == 404


def test_a_victim_who_has_a_statement_stays_in_the_case(app, as_, reference):
    hand_in(app, as_, reference)
    number = party(app, PartyRole.APPLICANT_AND_VICTIM)

    page = as_(cases.COORDINATOR).get(f"/cases/{reference}/people/{number}/take-out")

    assert "heir statement is kept on this case" in page.main
