import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.access.gate import CaseNotFoundError
from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.domain.stages import IllegalMoveError
from portal.models.case import Case, Party, PartyKind, PartyRole
from portal.services import actions, consulting, documents, documents_page, issuing, planning
from portal.services.actions import ActionError
from portal.services.changes import ChangedMeanwhileError
from tests import cases
from tests.cases import actor_of, check_draft, make_case, token, typed_action

DOOR = unscoped("a test looks at what is stored")


@pytest.fixture
def reference(app, people):
    return make_case(app, stage="ready")


@pytest.fixture
def office(in_app, reference):
    return actor_of(cases.COORDINATOR, cases.ISSUED_AT)


@pytest.fixture
def chair(in_app, reference):
    return actor_of(cases.CHAIR, cases.ISSUED_AT)


def change_action(actor, reference, number, **changes):
    action = actions.open_action(actor, reference, number).action
    typed = replace(
        typed_action(cases.POLICE),
        **{name: getattr(action, name) for name in ("what", "due_on", "how_we_know")},
        words_for_applicant=action.words_for_applicant,
        reason_not_told=action.reason_not_told,
        owner=action.owner_key,
    )
    actions.change_action(
        actor, reference, number, token(), replace(typed, **changes), action.version
    )


def settle(office, reference):
    """The applicant is not asked again about the words as they are now."""
    version = planning.open_plan(office, reference).consultations[-1].version
    consulting.do_not_ask_again(office, reference, 1, token(), "They asked for it", version)


def open_sentences(actor, reference):
    return [check.sentence for check in planning.open_plan(actor, reference).open_checks]


def test_a_ready_plan_is_issued_as_number_one(office, reference):
    assert open_sentences(office, reference) == []

    assert issuing.issue_plan(office, reference, token()) == 1

    page = documents_page.open_documents(office, reference)
    assert [(each.kind, each.number) for each in page.documents] == [
        ("action-plan-applicant", 1),
        ("action-plan-panel", 1),
    ]


def test_a_form_that_is_sent_twice_issues_once(office, reference):
    same = token()

    assert [issuing.issue_plan(office, reference, same) for _ in range(2)] == [1, 1]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"how_we_know": ""}, "Action 1 still needs how we will know"),
        (
            {"how_we_know": "", "words_for_applicant": ""},
            "Action 1 still needs how we will know and words for the applicant",
        ),
        (
            {"due_on": None, "how_we_know": "", "words_for_applicant": ""},
            (
                "Action 1 still needs the day by which it is done, how we will know and words for "
                "the applicant"
            ),
        ),
        (
            {"words_for_applicant": "Mr Garrow is warned"},
            "The words of action 1: take out the name Dean Garrow, which is not for the applicant",
        ),
        (
            {"words_for_applicant": "We talk to dean  garrow"},
            "The words of action 1: take out the name Dean Garrow, which is not for the applicant",
        ),
        (
            {"words_for_applicant": "You are at high risk, so we call"},
            "The words of action 1: take out “high risk”, which is not for the applicant",
        ),
        (
            {"words_for_applicant": "As in ACR-TPJW-DTMM, the lock is changed"},
            "The words of action 1: take out “ACR-TPJW-DTMM”, which is not for the applicant",
        ),
        (
            {"words_for_applicant": "We mend the door. Camera on the  stairwell for 28 days."},
            (
                "The words of action 1: take out the words of action 2, of which the applicant is "
                "not told"
            ),
        ),
        (
            {"what": cases.NARROW_SENTENCE},
            "Action 1: take out the words of “What an informant said”, which is not for the panel",
        ),
    ],
)
def test_an_action_that_is_not_sound_blocks_the_plan(office, reference, changes, sentence):
    change_action(office, reference, 1, **changes)
    settle(office, reference)
    check_draft(reference)

    assert open_sentences(office, reference) == [sentence]
    with pytest.raises(IllegalMoveError, match="You cannot issue the plan yet"):
        issuing.issue_plan(office, reference, token())


def test_another_victim_is_not_named_and_a_groups_last_word_is_an_ordinary_one(office, reference):
    """Those who suffer the same are invisible to one another; “court” names no group."""
    with transaction():
        query = sa.select(Case.id).where(Case.reference == reference)
        case_id = db.session.scalars(query.execution_options(**DOOR)).one()
        for kind, name in (
            (PartyKind.INDIVIDUAL, "Petra Lund"),
            (PartyKind.GROUP, "Residents of Larch Court"),
        ):
            db.session.add(Party(case_id=case_id, role=PartyRole.VICTIM, kind=kind, name=name))
    words = "We mend the door at Larch Court, for Ms Lund too"
    change_action(office, reference, 1, words_for_applicant=words)
    settle(office, reference)
    check_draft(reference)

    assert open_sentences(office, reference) == [
        "The words of action 1: take out the name Petra Lund, which is not for the applicant"
    ]


def test_without_words_for_the_applicant_of_what_was_agreed_the_plan_is_not_issued(
    office, reference
):
    version = planning.open_plan(office, reference).draft.version
    empty = replace(cases.DRAFT, what_was_agreed="  ")
    planning.write_draft(office, reference, token(), empty, version)
    check_draft(reference)

    # The words that they were consulted on are gone with it.
    assert open_sentences(office, reference) == [
        "What the panel agreed is written in words for the applicant",
        "The applicant was consulted on other words than these: consult them again, or say why not",
    ]


def test_a_changed_action_takes_the_chairs_check_back(office, reference):
    change_action(office, reference, 3, what="Fit a steel door")

    assert open_sentences(office, reference) == ["The chair has checked the draft as it stands"]


def test_the_draft_is_not_written_over_what_somebody_else_wrote(office, chair, reference):
    version = planning.open_plan(office, reference).draft.version
    planning.write_draft(chair, reference, token(), cases.DRAFT, version)

    with pytest.raises(ChangedMeanwhileError):
        planning.write_draft(office, reference, token(), cases.DRAFT, version)


@pytest.mark.parametrize("version", [None, 0, 999_999_999])
def test_a_version_that_was_never_shown_saves_nothing(office, reference, version):
    with pytest.raises(ChangedMeanwhileError):
        planning.write_draft(office, reference, token(), cases.DRAFT, version)
    with pytest.raises(ChangedMeanwhileError):
        actions.change_action(
            office, reference, 1, token(), typed_action(cases.POLICE), version=version
        )


@pytest.mark.parametrize("email", [cases.HEALTH, cases.CHAIR])
def test_only_who_can_open_the_case_and_is_not_its_chair_owns_an_action(office, reference, email):
    with pytest.raises(ActionError, match="somebody who can open this case"):
        change_action(office, reference, 1, owner=typed_action(email).owner)


def test_a_file_of_another_kind_or_number_is_not_found(office, reference):
    issuing.issue_plan(office, reference, token())

    for kind, number in (("action-plan-panel", 2), ("minutes", 1)):
        with pytest.raises(CaseNotFoundError):
            documents.download(office, reference, kind, number)


def test_the_applicants_version_is_not_for_the_panel(office, reference):
    issuing.issue_plan(office, reference, token())
    police = actor_of(cases.POLICE, cases.ISSUED_AT)

    assert documents.download(police, reference, "action-plan-panel", 1)
    with pytest.raises(CaseNotFoundError):
        documents.download(police, reference, "action-plan-applicant", 1)


def test_a_case_without_a_plan_has_no_page_of_one(app, people, in_app):
    early = make_case(app, stage="invited")
    office = actor_of(cases.COORDINATOR, cases.at(20))

    with pytest.raises(PermissionError, match="not open at the stage"):
        planning.open_plan(office, early)


def test_the_next_look_and_the_consultation_are_kept(office, reference):
    page = planning.open_plan(office, reference)

    (asked,) = page.consultations
    assert (asked.answered_on, asked.answer) == (dt.date(2027, 1, 21), cases.SAID)
    assert page.draft.next_look_on == dt.date(2027, 3, 8)
