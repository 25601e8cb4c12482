"""Pages of a plan that is put in order, asked about, changed and issued again."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db
from portal.models.pdf import DocumentPdf, PdfState
from portal.models.plan import Document, DocumentKind
from tests import cases
from tests.cases import make_case

DOOR = unscoped("a test puts in what the worker makes")
PLAN = "/cases/{}/plan"


@pytest.fixture
def ready(app, people, clock):
    clock.at = cases.at(22, 12)
    return make_case(app, stage="ready")


@pytest.fixture
def issued(app, people, clock):
    clock.at = cases.at(25, 12)
    return make_case(app, stage="monitoring")


def order(page):
    return [part.split(".")[0] for part in page.main.split("Panel version ")[1:]]


def test_an_action_goes_up_by_a_button_and_an_old_page_moves_nothing(as_, ready):
    office, chair = as_(cases.COORDINATOR), as_(cases.CHAIR)
    plan = PLAN.format(ready)
    old = chair.get(plan)

    page = office.get(plan)
    form = next(each for each in page.forms if each.action.endswith("/actions/3/up"))
    sent = office.send(form.action, form.fields)

    assert (sent.status, sent.location) == (303, f"{plan}#action-3")
    text = office.get(plan).main
    assert text.index("3. Fit new safety glass") < text.index("2. Camera on the stairwell")
    form = next(each for each in old.forms if each.action.endswith("/actions/1/down"))
    refused = chair.send(form.action, form.fields)
    assert refused.status == 409
    assert refused.errors[0][0].startswith("The draft has changed since you opened it")


def test_the_applicant_is_asked_on_paper_and_what_they_say_is_kept(as_, ready):
    office = as_(cases.COORDINATOR)
    start = f"{PLAN.format(ready)}/consult"

    wrong = office.post(start, way="paper")
    assert wrong.errors == [("Enter the day by which to answer", "#answer_by-day")]
    past = {"answer_by-day": "22", "answer_by-month": "1", "answer_by-year": "2027"}
    assert office.post(start, way="paper", **past).errors == [
        ("The day must be in the future", "#answer_by-day")
    ]
    until = past | {"answer_by-day": "25"}
    page = office.follow(office.post(start, way="paper", **until))

    # Friday 22 January to Tuesday 26 January: Monday and Tuesday are left.
    assert "2 working days left" in page.main
    assert cases.WORDS in page.main
    assert "What is missing?" in page.main
    assert cases.FINDING not in page.main
    draft = office.get(page.links["Draft 2, Word"])
    assert draft.response.headers["Content-Disposition"].endswith(f"{ready}-draft-2.docx")
    assert draft.response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    empty = office.submit(page, outcome="said")
    assert {sentence for sentence, _ in empty.errors} == {"Write what they said", "Enter the day"}
    today = {"answered_on-day": "22", "answered_on-month": "1", "answered_on-year": "2027"}
    second = office.get(f"{PLAN.format(ready)}/consultations/2")
    done = office.follow(office.submit(page, outcome="said", answer="Not Mondays.", **today))
    assert done.saved == "What they said is kept"
    assert "Not Mondays." in done.main
    assert "Say what was changed because of what the applicant said about draft 2" in done.main
    old = office.submit(second, outcome="said", answer="Other words.", **today)
    assert old.status == 409
    assert "Not Mondays." in old.main
    chair = as_(cases.CHAIR).get(f"{PLAN.format(ready)}/consultations/2")
    assert "Not Mondays." in chair.main
    assert "Keep what came of it" not in chair.main


def test_a_plan_is_changed_and_issued_again_by_its_pages(as_, issued):
    office, chair = as_(cases.COORDINATOR), as_(cases.CHAIR)
    plan = PLAN.format(issued)
    assert "Issue 1 is in force" in office.get(plan).main

    page = office.follow(office.press(office.get(plan), "Change the plan"))
    assert "You are changing issue 1." in page.main
    assert office.get(f"{plan}/actions/1/supersede").status == 200
    added = office.post(f"{plan}/actions/add", what="Ring every week")
    assert added.status == 303
    page = office.get(plan)
    assert "Action 4 is new" in page.main
    assert "Action 4 still needs who does it" in page.main
    written = office.post(f"{plan}/write", what_changed="One more", what_changed_for_applicant="")
    assert office.follow(written).saved == "Draft saved"
    assert "One more" in chair.get(plan).main
    assert as_(cases.POLICE).get(plan).status == 403
    # Until the next issue the panel has the first one.
    assert "issue 2" not in as_(cases.POLICE).get(f"/cases/{issued}/documents").main


def test_a_pdf_of_the_plan_counts_as_got_and_the_same_version_in_word_once(app, as_, issued):
    police, pdf = as_(cases.POLICE), f"/cases/{issued}/documents/action-plan-panel-1/pdf"
    with app.app_context():
        document = db.session.scalars(
            sa.select(Document)
            .where(Document.kind == DocumentKind.ACTION_PLAN_PANEL)
            .execution_options(**DOOR)
        ).one()
        db.session.add(
            DocumentPdf(
                document_id=document.id,
                case_id=document.case_id,
                state=PdfState.THERE,
                content=b"%PDF-",
                asked_at=document.issued_at,
                asked_by_id=document.issued_by_id,
            )
        )
        db.session.commit()
    assert police.get(police.get(pdf).links["Download the PDF"]).status == 200
    police.get(f"/cases/{issued}/documents/action-plan-panel-1.docx")

    text = as_(cases.COORDINATOR).get(PLAN.format(issued)).main
    assert text.count("Downloaded the panel version first on Monday 25 January 2027, 12pm") == 1


def test_who_got_which_issue_stands_on_the_plan_and_on_paper_is_written_down(as_, issued):
    office, plan = as_(cases.COORDINATOR), PLAN.format(issued)
    as_(cases.POLICE).get(f"/cases/{issued}/documents/action-plan-panel-1.docx")
    day = {"handed_on-day": "25", "handed_on-month": "1", "handed_on-year": "2027"}
    form = {"which": "action-plan-panel-1", "given_to": "Ada Moss", **day}

    sent = office.post(f"{plan}/handed-over", **form)

    text = office.follow(sent).main
    assert "Ada Moss. Got the panel version on paper on Monday 25 January 2027" in text
    assert "Downloaded the panel version first on Monday 25 January 2027, 12pm" in text
    # A look at the page of a PDF, whether there is one or not, is no download.
    look = as_(cases.HOUSING).get(f"/cases/{issued}/documents/action-plan-panel-1/pdf")
    assert look.status == 200
    text = office.get(plan).main
    assert "Tom Beddoes. The email waits to be sent. Not downloaded yet" in text
    assert "Who got which issue" not in as_(cases.CHAIR).get(plan).main
    late = office.post(f"{plan}/handed-over", **(form | {"handed_on-day": "21"}))
    assert late.errors == [
        ("The day must be from the day of the issue until today", "#handed_on-day")
    ]


def test_the_plans_page_asks_no_more_of_the_database_with_more_actions(
    app, as_, ready, count_queries
):
    office, plan = as_(cases.COORDINATOR), PLAN.format(ready)
    office.get(plan)
    with count_queries() as few:
        office.get(plan)
    for number in range(5):
        office.post(f"{plan}/actions/add", what=f"More {number}", reason_not_told="x")

    with count_queries() as many:
        office.get(plan)

    assert len(many.statements) == len(few.statements)


def test_a_house_number_leads_to_a_page_on_which_it_is_kept_with_a_reason(as_, ready):
    office, plan = as_(cases.COORDINATOR), PLAN.format(ready)
    office.post(f"{plan}/write", what_was_agreed="We spoke to the person at number 14.")

    assert f"{plan}/own-words" in office.get(plan).links.values()
    page = office.get(f"{plan}/own-words")
    assert office.submit(page).errors == [
        ("Select the words", "#words"),
        ("Write how you know", "#reason"),
    ]
    sent = office.submit(page, words="number 14", reason="She says so in her request")

    after = office.follow(sent)
    assert after.saved == "The words stay, with your reason"
    assert "may point to somebody" not in after.main
