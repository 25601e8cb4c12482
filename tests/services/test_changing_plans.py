"""The plan put in order, the applicant consulted, issued again: by the services of the pages."""

import datetime as dt
import hashlib
from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.access.scope.marks import unscoped
from portal.db import db
from portal.domain.stages import IllegalMoveError
from portal.models.clock import CaseClock
from portal.models.plan import Document, DocumentKind
from portal.services import (
    actions,
    consulting,
    documents,
    documents_page,
    issuing,
    own_words,
    plan_changing,
    plan_order,
    plan_receipts,
    planning,
)
from portal.services.changes import ChangedMeanwhileError
from portal.services.consulted import ConsultationOutcome, ConsultationWay
from portal.services.consulting import ConsultationError
from tests import cases
from tests.cases import actor_of, check_draft, make_case, token
from tests.documents.word_reading import parts, whole_text
from tests.services.test_planning import change_action, open_sentences, settle

DOOR = unscoped("a test looks at what is stored")
CHANGED_AT = cases.at(25)
OTHER_WORDS = (
    "The applicant was consulted on other words than these: consult them again, or say why not"
)
ASKED = (
    "The applicant was consulted on the draft, or asked and did not want to be, "
    "or could not be reached"
)


@pytest.fixture
def reference(app, people):
    return make_case(app, stage="ready")


@pytest.fixture
def office(in_app, reference):
    return actor_of(cases.COORDINATOR, cases.ISSUED_AT)


def numbers(actor, reference):
    return [row.action.number for row in planning.open_plan(actor, reference).rows]


def told(actor, reference):
    page = planning.open_plan(actor, reference)
    return [(row.told.number if row.told else None) for row in page.rows]


def move(actor, reference, number, *, up):
    version = planning.open_plan(actor, reference).draft.version
    plan_order.move_action(actor, reference, number, token(), up=up, version=version)


def test_actions_go_up_and_down_keep_their_numbers_and_the_applicants_have_no_gap(
    office, reference
):
    move(office, reference, 3, up=True)
    assert numbers(office, reference) == [1, 3, 2]
    # The second is not told, wherever it stands.
    assert told(office, reference) == [1, 2, None]
    move(office, reference, 1, up=False)
    assert numbers(office, reference) == [3, 1, 2]
    for number, up in ((3, True), (2, False)):
        move(office, reference, number, up=up)
    assert numbers(office, reference) == [3, 1, 2]

    assert "The chair has checked the draft as it stands" in open_sentences(office, reference)


def test_two_who_put_actions_in_order_at_once_do_not_undo_one_another(office, reference):
    version = planning.open_plan(office, reference).draft.version
    plan_order.move_action(office, reference, 3, token(), up=True, version=version)
    chair = actor_of(cases.CHAIR, cases.ISSUED_AT)

    with pytest.raises(ChangedMeanwhileError):
        plan_order.move_action(chair, reference, 1, token(), up=False, version=version)

    assert numbers(office, reference) == [1, 3, 2]


def test_another_order_is_another_text_for_the_applicant(office, reference):
    move(office, reference, 3, up=True)

    # Their first two have changed places with the second one left out: 1, 3 as before.
    assert OTHER_WORDS not in open_sentences(office, reference)
    move(office, reference, 3, up=True)
    assert OTHER_WORDS in open_sentences(office, reference)


def test_a_house_number_is_decided_on_and_stays_with_a_reason(office, reference):
    change_action(office, reference, 1, words_for_applicant="We warn the person at number 14")
    settle(office, reference)
    check_draft(reference)
    sentence = (
        "The words of action 1: “number 14” may point to somebody. Change the words, or say "
        "that they are the applicant’s own"
    )
    assert open_sentences(office, reference) == [sentence]
    with pytest.raises(CaseNotFoundError):
        own_words.keep_own_words(office, reference, token(), "number 15", "She says so")

    own_words.keep_own_words(office, reference, token(), "number 14", "She says so")
    check_draft(reference)

    assert open_sentences(office, reference) == []
    with pytest.raises(ChangedMeanwhileError):
        own_words.keep_own_words(office, reference, token(), "number 14", "Again")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "Three neighbours told us the same",
            "take out “Three neighbours told us”, which tells of somebody else’s report",
        ),
        ("As in ACR-TPJW-DTMM", "take out “ACR-TPJW-DTMM”, which is not for the applicant"),
    ],
)
def test_what_tells_of_others_blocks_the_plan(office, reference, words, sentence):
    change_action(office, reference, 1, words_for_applicant=words)

    assert f"The words of action 1: {sentence}" in open_sentences(office, reference)


def test_why_an_action_is_not_told_stands_with_who_decided_and_when_to_look_again(
    office, reference
):
    change_action(office, reference, 2, look_again_on=dt.date(2027, 3, 8))

    row = planning.open_plan(office, reference).rows[1]

    # The chair wrote the reason, at the meeting of 19 January; the coordinator only the day.
    assert row.why_not_told == (
        cases.NOT_TOLD,
        "Decided by Margaret Lyle, Tuesday 19 January 2027",
        "Look again on Monday 8 March 2027",
    )


def answer(actor, reference, number, **changes):
    typed = consulting.TypedAnswer(
        outcome=ConsultationOutcome.SAID,
        answer="Please not Mondays.",
        answered_on=actor.at.date(),
        what_changed="",
    )
    version = consulting.open_consultation(actor, reference, number).consultation.version
    consulting.write_answer(actor, reference, number, token(), replace(typed, **changes), version)


def test_on_paper_the_draft_is_kept_byte_for_byte_marked_as_one_and_never_numbered(
    office, reference
):
    until = dt.date(2027, 1, 25)
    number = consulting.start(office, reference, token(), ConsultationWay.PAPER, until)
    kept = consulting.download_draft(office, reference, number)
    change_action(office, reference, 1, words_for_applicant="Other words")

    again = consulting.download_draft(office, reference, number)
    shown = consulting.open_consultation(office, reference, number).consultation
    text = whole_text(kept)
    headers = [
        part.decode() for name, part in parts(kept).items() if name.startswith("word/header")
    ]
    assert again == kept
    assert shown.sha256 == hashlib.sha256(kept).hexdigest()
    assert cases.WORDS in text
    assert cases.WORDS in shown.words
    assert headers
    assert all("DRAFT. Answer by Monday 25 January 2027" in header for header in headers)
    for words in ("OFFICIAL", "Issue", cases.FINDING, "Camera", "appeal from today"):
        assert words not in text, words


def test_the_plan_waits_for_the_answer_and_for_what_was_changed_because_of_it(office, reference):
    number = consulting.start(
        office, reference, token(), ConsultationWay.PAPER, dt.date(2027, 1, 25)
    )
    waits = (
        "Write down what the applicant says about draft 2, who has until Monday 25 January 2027, "
        "or that they could not be reached"
    )
    assert open_sentences(office, reference) == [waits]
    with pytest.raises(ConsultationError, match="Write down first what came of the draft"):
        consulting.start(office, reference, token(), ConsultationWay.PHONE, None)

    answer(office, reference, number)
    check_draft(reference)
    missing = (
        "Say what was changed because of what the applicant said about draft 2, or why nothing was"
    )
    assert open_sentences(office, reference) == [missing]
    answer(office, reference, number, what_changed="Action 6 is on Wednesdays")
    check_draft(reference)
    assert open_sentences(office, reference) == []
    issuing.issue_plan(office, reference, token())
    panel = whole_text(documents.download(office, reference, "action-plan-panel", 1))
    assert "Please not Mondays." in panel
    assert "Because of it: Action 6 is on Wednesdays" in panel


@pytest.mark.parametrize(
    "outcome", [ConsultationOutcome.DID_NOT_WANT, ConsultationOutcome.NOT_REACHED]
)
def test_who_does_not_want_to_be_asked_or_is_not_reached_does_not_stop_the_plan(
    app, people, in_app, outcome
):
    early = make_case(app, stage="planning")
    office = actor_of(cases.COORDINATOR, cases.PLANNED_AT)
    assert ASKED in open_sentences(office, early)

    cases.consult(early, "Rang at 9am and 4pm", outcome=outcome)
    change_action(office, early, 1, words_for_applicant="Other words")

    assert not {ASKED, OTHER_WORDS} & set(open_sentences(office, early))


def test_an_answer_is_not_written_over_another_and_lies_between_the_question_and_today(
    office, reference
):
    number = consulting.start(office, reference, token(), ConsultationWay.PHONE, None)
    for wrong in (dt.date(2027, 1, 21), dt.date(2027, 1, 23)):
        with pytest.raises(ConsultationError, match="from the day you asked until today"):
            answer(office, reference, number, answered_on=wrong)
    typed = consulting.TypedAnswer(
        outcome=ConsultationOutcome.SAID,
        answer="First",
        answered_on=cases.ISSUED_AT.date(),
        what_changed="",
    )
    consulting.write_answer(office, reference, number, token(), typed, 1)

    with pytest.raises(ChangedMeanwhileError):
        consulting.write_answer(office, reference, number, token(), typed, 1)


@pytest.fixture
def changing(office, reference):
    """Issue 1 is out since 22 January; a change is open since Monday 25 January."""
    issuing.issue_plan(office, reference, token())
    actor = actor_of(cases.COORDINATOR, CHANGED_AT)
    plan_changing.open_change(actor, reference, token())
    return actor


def say_what_changed(actor, reference, panel="A new day", applicant="The glass comes later."):
    page = planning.open_plan(actor, reference)
    typed = replace(cases.DRAFT, what_changed=panel, what_changed_for_applicant=applicant)
    planning.write_draft(actor, reference, token(), typed, page.draft.version)


def clocks(reference):
    rows = db.session.scalars(sa.select(CaseClock).execution_options(**DOOR))
    return {(row.clock, row.started_on, row.stopped_on) for row in rows}


def test_a_change_of_an_issued_plan_is_issue_two_and_the_first_stays(changing, reference):
    before = clocks(reference)
    first = documents.download(changing, reference, "action-plan-applicant", 1)
    change_action(changing, reference, 3, due_on=dt.date(2027, 2, 5))

    page = planning.open_plan(changing, reference)
    days = "Friday 5 February 2027 instead of Friday 29 January 2027"
    assert page.changes.panel == (f"Action 3 has a new day: {days}",)
    assert page.changes.applicant == (f"New day, {days}: Tollgate Homes will mend your door.",)
    assert {check.sentence for check in page.open_checks} == {
        OTHER_WORDS,
        "The panel’s version says what has changed since issue 1",
        "The applicant’s version says what has changed since issue 1",
        "The chair has checked the draft as it stands",
    }
    say_what_changed(changing, reference)
    cases.consult(reference, "I can wait.", CHANGED_AT)
    check_draft(reference)
    with_two = actor_of(cases.COORDINATOR, cases.at(26))
    same = token()
    assert [issuing.issue_plan(with_two, reference, same) for _ in range(2)] == [2, 2]

    listed = documents_page.open_documents(with_two, reference).documents
    assert [(each.kind, each.number, each.what_changed) for each in listed] == [
        ("action-plan-applicant", 1, ""),
        ("action-plan-panel", 1, ""),
        ("action-plan-applicant", 2, "The glass comes later."),
        ("action-plan-panel", 2, "A new day"),
    ]
    assert documents.download(with_two, reference, "action-plan-applicant", 1) == first
    panel, applicant = (
        whole_text(documents.download(with_two, reference, f"action-plan-{name}", 2))
        for name in ("panel", "applicant")
    )
    assert "A new day" in panel
    assert "A new day" not in applicant
    assert "This is issue 2 of your plan." in applicant
    assert "The glass comes later." in applicant
    assert "OFFICIAL-SENSITIVE" not in applicant
    # No clock is started or stopped a second time, and the case stays where it is.
    assert clocks(reference) == before
    assert planning.open_plan(with_two, reference).frame.stage == "monitoring"
    with pytest.raises(ActRefusedError, match="The plan is issued and stands"):
        change_action(with_two, reference, 1, what="Later")


def test_what_changes_for_the_panel_alone_needs_no_new_answer_and_no_words(changing, reference):
    change_action(changing, reference, 2, how_we_know="Two sheets")
    say_what_changed(changing, reference, applicant="")
    check_draft(reference)

    assert open_sentences(changing, reference) == []
    assert planning.open_plan(changing, reference).changes.applicant == ()


def test_an_action_is_added_and_another_superseded_and_neither_vanishes(changing, reference):
    added = cases.typed_action(cases.COUNCIL, words_for_applicant="You get one person to call.")
    assert actions.add_action(changing, reference, token(), added) == 4
    for number, why in ((2, "Put up already"), (3, "The flat is empty")):
        version = actions.open_action(changing, reference, number).action.version
        plan_order.supersede_action(changing, reference, number, token(), why, version)

    assert told(changing, reference) == [1, None, None, 2]
    assert planning.open_plan(changing, reference).changes.panel == (
        "Action 2 is superseded",
        "Action 3 is superseded",
        "Action 4 is new",
    )
    with pytest.raises(ActRefusedError, match="superseded"):
        actions.open_action(changing, reference, 3)
    say_what_changed(changing, reference)
    cases.consult(reference, "Good.", CHANGED_AT)
    check_draft(reference)
    issuing.issue_plan(changing, reference, token())
    panel = whole_text(documents.download(changing, reference, "action-plan-panel", 2))
    assert "The flat is empty" in panel
    assert "Fit new safety glass" in panel
    # The applicant was never told of action 2, and is not now.
    assert f"Not told. {cases.NOT_TOLD}" in panel
    assert panel.count("No longer in their plan") == 1
    applicant = whole_text(documents.download(changing, reference, "action-plan-applicant", 2))
    assert "mend your door" not in applicant


def test_before_the_first_issue_nothing_is_superseded_and_no_change_opened(office, reference):
    with pytest.raises(ActRefusedError, match="Only an action of an issued plan"):
        plan_order.open_supersede(office, reference, 1)
    with pytest.raises(ActRefusedError):
        plan_changing.open_change(office, reference, token())


def test_the_faults_of_a_new_issue_stop_it_too(changing, reference):
    with pytest.raises(IllegalMoveError, match="what has changed since issue 1"):
        issuing.issue_plan(changing, reference, token())

    kinds = db.session.scalars(sa.select(Document.number).execution_options(**DOOR)).all()
    assert set(kinds) == {1}


def test_the_coordinator_sees_who_got_which_issue_and_nobody_else_does(office, reference):
    issuing.issue_plan(office, reference, token())
    police = actor_of(cases.POLICE, cases.at(23, 10))
    for instant in (cases.at(23, 10), cases.at(24, 10)):
        documents.download(
            replace(police, at=instant), reference, DocumentKind.ACTION_PLAN_PANEL, 1
        )
    later = actor_of(cases.COORDINATOR, cases.at(25))
    which = "action-plan-panel-1"
    with pytest.raises(plan_receipts.HandOverError, match="from the day of the issue"):
        plan_receipts.record_hand_over(
            later, reference, token(), which, "Ada Moss", dt.date(2027, 1, 21)
        )
    plan_receipts.record_hand_over(
        later, reference, token(), which, "Ada Moss", dt.date(2027, 1, 24)
    )

    (issue,) = planning.open_plan(later, reference).receipts
    by_name = {each.name: each for each in issue.receipts}
    # The whole panel was told by a message, which waits for the worker.
    assert by_name["Sgt Daniel Okafor"].is_waiting
    assert by_name["Sgt Daniel Okafor"].downloads == (("panel version", cases.at(23, 10)),)
    assert by_name["Ada Moss"].papers == (("panel version", dt.date(2027, 1, 24)),)
    assert len(by_name) == 7
    chair = actor_of(cases.CHAIR, cases.at(25))
    assert planning.open_plan(chair, reference).receipts == ()
