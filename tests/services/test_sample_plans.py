"""Sample cases 1 and 3 go on: written up, consulted, issued, issued again; days by hand count."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db
from portal.domain.clocks.rules import Clock
from portal.jobs import demo_stories
from portal.jobs.demo_steps import COORDINATORS, acting
from portal.models.case import Case
from portal.models.clock import CaseClock
from portal.services import consulting, documents, documents_page, issuing, plan_changing, planning
from portal.services.consulted import ConsultationOutcome, ConsultationWay
from tests import cases
from tests.cases import actor_of, check_draft, make_case, token
from tests.documents.word_reading import whole_text
from tests.services.test_planning import change_action

DOOR = unscoped("a test looks at what is stored")
APPLICANT = "action-plan-applicant"


@pytest.fixture(autouse=True)
def _at_the_services(people, in_app):
    """Every sample is made by the services alone."""


def _clock():
    query = sa.select(CaseClock).where(CaseClock.clock == Clock.ACTION_PLAN)
    return db.session.scalars(query.execution_options(**DOOR)).one()


def test_noor_haddad_is_asked_on_paper_and_gets_her_plan_in_time_and_a_second_issue(app):
    reference = make_case(app, stage="planning")
    # The meeting closed on Tuesday 19 January: five working days are 20, 21, 22, 25 and 26.
    wednesday = actor_of(cases.COORDINATOR, cases.at(20))
    page = planning.open_plan(wednesday, reference)
    assert (page.clock.due_on, page.clock.days_left) == (dt.date(2027, 1, 26), 4)
    version = page.draft.version
    planning.write_draft(wednesday, reference, token(), cases.DRAFT, version)
    until = dt.date(2027, 1, 22)
    number = consulting.start(wednesday, reference, token(), ConsultationWay.PAPER, until)
    draft = whole_text(consulting.download_draft(wednesday, reference, number))
    assert cases.WORDS in draft
    friday = actor_of(cases.COORDINATOR, cases.at(22))
    answer = consulting.TypedAnswer(
        outcome=ConsultationOutcome.SAID,
        answer="I want the door first. And please not Mondays, I am at the clinic.",
        answered_on=dt.date(2027, 1, 21),
        what_changed="Action 3 comes on a day she chooses, not a Monday",
    )
    consulting.write_answer(friday, reference, number, token(), answer, 1)
    words = "Tollgate Homes will mend your door, on a day you choose but not a Monday."
    change_action(friday, reference, 3, words_for_applicant=words)
    version = planning.open_plan(friday, reference).consultations[0].version
    consulting.do_not_ask_again(friday, reference, 1, token(), "She asked for it", version)
    check_draft(reference)

    assert issuing.issue_plan(friday, reference, token()) == 1
    assert (_clock().due_on, _clock().stopped_on) == (dt.date(2027, 1, 26), dt.date(2027, 1, 22))

    # The glazier cannot come before Friday 5 February.
    thursday = actor_of(cases.COORDINATOR, cases.at(28))
    plan_changing.open_change(thursday, reference, token())
    change_action(thursday, reference, 3, due_on=dt.date(2027, 2, 5))
    page = planning.open_plan(thursday, reference)
    (told,) = page.changes.applicant
    typed = replace(cases.DRAFT, what_changed="A new day", what_changed_for_applicant=told)
    planning.write_draft(thursday, reference, token(), typed, page.draft.version)
    cases.consult(reference, "That is fine.", cases.at(28))
    check_draft(reference)
    assert issuing.issue_plan(thursday, reference, token()) == 2

    first, second = (
        whole_text(documents.download(thursday, reference, APPLICANT, each)) for each in (1, 2)
    )
    assert words in first
    assert "Friday\n29 January 2027" in first
    assert "Friday\n5 February 2027" in second
    assert "Friday 5 February 2027 instead of Friday 29 January 2027" in second
    for text in (first, second):
        for hidden in (cases.RESPONDENT, "Camera", cases.NOT_TOLD, "OFFICIAL", "DRAFT"):
            assert hidden not in text
    assert _clock().stopped_on == dt.date(2027, 1, 22)


def test_pike_and_daughter_get_a_second_issue_in_two_versions_and_the_first_stays():
    demo_stories.pike_and_daughter()
    reference = db.session.scalars(sa.select(Case.reference).execution_options(**DOOR)).one()
    db.session.rollback()
    office = acting(COORDINATORS["severnreach"], "2026-11-25T09:00")

    listed = documents_page.open_documents(office, reference).documents

    plans = [each for each in listed if each.kind.startswith("action-plan")]
    assert [(each.kind, each.number, each.issued_at.date().isoformat()) for each in plans] == [
        ("action-plan-applicant", 1, "2026-10-14"),
        ("action-plan-panel", 1, "2026-10-14"),
        ("action-plan-applicant", 2, "2026-11-24"),
        ("action-plan-panel", 2, "2026-11-24"),
    ]
    # The meeting of Thursday 8 October closed the plan's week: it ends on Thursday 15 October.
    assert (_clock().due_on, _clock().stopped_on) == (
        dt.date(2026, 10, 15),
        dt.date(2026, 10, 14),
    )
    second = whole_text(documents.download(office, reference, APPLICANT, 2))
    days = "Friday 18 December 2026 instead of Monday 30 November 2026"
    assert f"New day, {days}: The passage beside your shop will be lit." in second
    page = planning.open_plan(office, reference)
    assert [each.answered_on.isoformat() for each in page.consultations] == [
        "2026-10-14",
        "2026-11-24",
    ]
