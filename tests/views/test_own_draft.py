"""The applicant is consulted by their own page: what they read there, and what they say."""

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.models.consultation import ConsultedRow
from portal.models.outbox import OutboxMessage
from portal.models.plan import PlanDraft
from portal.services.asking_by_page import NO_PAGE
from tests import cases
from tests.canary import APPLICANT_DOCX, found_in, in_paper
from tests.canary_case import DOOR, make_canary_case
from tests.cases import actor_of, make_case
from tests.mine import own
from tests.post import BY_EMAIL, say_safe
from tests.views.test_hostile_values import TRIED, _targets_at, _try

UNTIL = {"answer_by-day": "25", "answer_by-month": "1", "answer_by-year": "2027"}
PLAN = "/cases/{}/plan"


@pytest.fixture
def reference(app, people, clock):
    clock.at = cases.at(22, 12)
    return make_case(app, stage="ready")


def ask(app, as_, reference):
    """Noor, who is asked by her page until Monday 25 January; and where the office reads it."""
    noor, office = own(app, reference), as_(cases.COORDINATOR)
    begun = office.post(f"{PLAN.format(reference)}/consult", way="page", **UNTIL)
    assert begun.status == 303, begun.main
    return noor, office, begun.location


def test_who_has_no_code_is_not_asked_by_page(as_, reference):
    start = f"{PLAN.format(reference)}/consult"
    page = as_(cases.COORDINATOR).post(start, way="page", **UNTIL)
    assert page.errors == [(NO_PAGE.format("Noor Haddad"), "#way")]
    again = as_(cases.COORDINATOR).post(start, way="page")
    assert again.errors == [("Enter the day by which to answer", "#answer_by-day")]


def test_they_say_of_each_row_what_they_think_and_the_office_reads_it_as_theirs(
    app, as_, reference
):
    with app.app_context():
        say_safe(actor_of(cases.COORDINATOR, cases.at(22, 12)), reference, BY_EMAIL)
    noor, office, address = ask(app, as_, reference)
    with app.app_context():
        drafts = sa.select(PlanDraft).execution_options(**DOOR)
        assert db.session.scalars(drafts).one().checked_at is not None
        (notice,) = db.session.scalars(
            sa.select(OutboxMessage)
            .where(OutboxMessage.key.startswith("own-page-"))
            .execution_options(**DOOR)
        )
    assert "plan" not in notice.body

    home = noor.get("/my")
    assert "Next: tell us what you think of the plan" in home.main
    page = noor.get(home.links["The draft of your plan"])
    assert cases.WORDS in page.main
    assert "by Monday 25 January 2027" in page.main
    assert cases.FINDING not in page.main
    assert noor.submit(page).errors == [
        ("Write what you think, of one part or of the whole", "#answer")
    ]
    sent = noor.submit(page, row_2="That helps me.", answer="Not on Mondays.")
    assert noor.follow(sent).saved == "Sent. You can change it until we go on with your plan"

    read = office.get(address)
    quotes = ["".join(each.itertext()).strip() for each in read.with_class("app-quote")]
    assert quotes == ["That helps me.", "Not on Mondays."]
    assert "by their page" in office.get(PLAN.format(reference)).main
    assert f"Answer on {reference}" in office.get("/home").links
    with app.app_context():
        # The chair has to look again: what was said stands in the panel's version.
        assert db.session.scalars(drafts).one().checked_at is None
    assert "That helps me." in as_(cases.CHAIR).get(address).main
    assert as_(cases.POLICE).get(address).status == 403


def test_it_can_be_changed_until_the_office_goes_on_and_what_was_sent_is_never_written_over(
    app, as_, reference
):
    noor, office, address = ask(app, as_, reference)
    before, old = office.get(address), noor.get("/my/plan")
    noor.post("/my/plan", answer="First thought")
    today = {"answered_on-day": "22", "answered_on-month": "1", "answered_on-year": "2027"}

    late = office.submit(before, outcome="said", answer="As she rang", **today)
    # What was typed is shown beside what she sent, and nothing of it can be saved over hers.
    assert late.status == 409
    assert "Noor Haddad sent what they think by their page" in late.main
    assert "As she rang" in late.main
    stale = noor.submit(old, answer="Another window")
    assert stale.status == 409
    assert "First thought" in stale.main
    assert noor.submit(stale, answer="Second thought").status == 303
    page = office.get(address)
    assert "Second thought" in page.main
    assert "As she rang" not in page.main

    done = office.follow(office.submit(page, what_changed="Mondays are free now."))
    assert done.saved == "What they said is kept"
    assert noor.get("/my/plan").status == 403
    assert "The draft of your plan" not in noor.get("/my").links


def test_no_other_case_and_no_other_party_has_the_draft(app, as_, reference):
    ask(app, as_, reference)
    other = own(app, make_case(app, stage="ready"))
    assert other.get("/my/plan").status == 404
    assert "The draft of your plan" not in other.get("/my").links
    early = own(app, make_case(app, stage="invited"))
    assert early.get("/my/plan").status == 403


def test_of_a_case_with_a_token_in_every_text_the_draft_holds_the_applicants_version(
    app, as_, people, clock
):
    reference = make_canary_case(app, "planning")
    clock.at = cases.at(22, 12)
    noor, _, _ = ask(app, as_, reference)
    found = found_in(noor.get("/my/plan").html)

    assert found >= {"plan-agreed", "action-words"}
    assert found <= in_paper(APPLICANT_DOCX)


def test_no_value_in_any_field_breaks_the_page(app, as_, reference):
    noor, _, _ = ask(app, as_, reference)
    for target in _targets_at(noor, "/my/plan"):
        for value in TRIED:
            _try(target, value)
    with app.app_context():
        rows = db.session.scalars(sa.select(ConsultedRow).execution_options(**DOOR)).all()
    # What was agreed, the actions of which they are told, and the next date.
    assert len(rows) >= 3
