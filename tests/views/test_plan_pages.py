import hashlib

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db
from portal.models.case import Case
from portal.models.clock import CaseClock
from portal.models.outbox import OutboxMessage
from portal.models.plan import PLANS, Document, DocumentKind
from portal.services import issuing, planning
from tests import cases
from tests.cases import make_case
from tests.documents.word_reading import whole_text

PANEL, APPLICANT = "action-plan-panel-1.docx", "action-plan-applicant-1.docx"
OTHER_NAMES = (
    "action-plan-panel-2.docx",
    "action-plan-panel-0.docx",
    "action-plan-panel-01.docx",
    "action-plan-panel-1000000.docx",
    f"action-plan-panel-{'9' * 40}.docx",
    "action-plan-panel-1.docx%0a",
    "action-plan-panel-1.DOCX",
    "action-plan-panel-१.docx",
    "minutes-1.docx",
    "action-plan-panel-1.pdf",
    "..%2f..%2fportal.sqlite",
)


@pytest.fixture
def in_planning(app, people, clock):
    """A case whose meeting is closed; the plan is still to be written."""
    clock.at = cases.at(21, 12)
    return make_case(app, stage="planning")


@pytest.fixture
def ready(app, people, clock):
    """A case whose plan can be issued."""
    clock.at = cases.at(22, 12)
    return make_case(app, stage="ready")


@pytest.fixture
def issued(app, people, clock):
    clock.at = cases.at(25, 12)
    return make_case(app, stage="monitoring")


def rows(app, query):
    with app.app_context():
        return db.session.scalars(query.execution_options(**unscoped("the test counts"))).all()


def issue(client, reference, **fields):
    page = client.get(f"/cases/{reference}/plan")
    return client.press(page, "Issue both versions", **({"read": "yes"} | fields))


def test_the_page_says_what_blocks_issuing(as_, in_planning):
    page = as_(cases.COORDINATOR).get(f"/cases/{in_planning}/plan")

    assert "Before you can issue it: 3 things to decide" in page.main
    assert "The chair has checked the draft as it stands To decide" in page.main
    assert "The plan has at least one action Done" in page.main


def test_the_applicants_numbering_has_no_gap(as_, in_planning):
    page = as_(cases.COORDINATOR).get(f"/cases/{in_planning}/plan").main

    assert "2. Camera on the stairwell for 28 days" in page
    assert f"Not in this version. Reason: {cases.NOT_TOLD}" in page
    assert "3. Fit new safety glass" in page
    assert "2. Tollgate Homes will mend your door." in page


def test_the_draft_is_written(as_, in_planning):
    office = as_(cases.COORDINATOR)
    sent = office.post(
        f"/cases/{in_planning}/plan/write",
        what_was_agreed=cases.AGREED,
    )

    page = office.follow(sent)
    assert page.saved == "Draft saved"
    assert cases.AGREED in page.main
    assert cases.FINDING in page.main
    assert "2 things to decide" in page.main


@pytest.mark.parametrize(
    ("field", "date", "sentence"),
    [
        ("next_look_on", ("31", "2", "2027"), "The day must be a real date, like 9 11 2026"),
        ("next_look_on", ("21", "1", "2027"), "The day must be in the future"),
    ],
)
def test_a_day_that_does_not_fit_is_refused_and_the_text_is_kept(
    as_, in_planning, field, date, sentence
):
    parts = zip(("day", "month", "year"), date, strict=True)
    office = as_(cases.COORDINATOR)

    page = office.post(
        f"/cases/{in_planning}/plan/write",
        findings="Written again",
        **{f"{field}-{name}": value for name, value in parts},
    )

    assert page.status == 422
    assert page.errors == [(sentence, f"#{field}-day")]
    assert page.form_with({"findings"}).fields["findings"] == ["Written again"]
    assert "Written again" not in office.get(f"/cases/{in_planning}/plan").main


def test_two_who_write_at_once_lose_nothing(as_, in_planning):
    office, chair = as_(cases.COORDINATOR), as_(cases.CHAIR)
    path = f"/cases/{in_planning}/plan/write"
    opened_by_office, opened_by_chair = office.get(path), chair.get(path)

    office.submit(opened_by_office, findings="What the office found")
    page = chair.submit(opened_by_chair, what_was_agreed="What the chair wrote")

    assert page.status == 409
    assert page.h1 == "Ruth Adeyemi changed the draft while you were writing"
    assert "What the office found" in page.main
    assert page.form_with({"findings"}).fields["what_was_agreed"] == ["What the chair wrote"]
    assert chair.submit(page).status == 303
    assert "What the chair wrote" in chair.get(f"/cases/{in_planning}/plan").main


def test_a_draft_that_is_sent_twice_is_saved_once(as_, in_planning):
    office = as_(cases.COORDINATOR)
    form = office.get(f"/cases/{in_planning}/plan/write")

    sent = [office.submit(form, findings="Once") for _ in range(2)]

    assert [page.status for page in sent] == [303, 303]


def test_the_chair_checks_the_draft_and_a_change_takes_it_back(as_, in_planning):
    chair = as_(cases.CHAIR)
    plan = f"/cases/{in_planning}/plan"

    page = chair.follow(chair.press(chair.get(plan), "I have checked this draft"))
    assert page.saved == "The draft is checked"
    assert "Checked on Thursday 21 January 2027, 12pm" in page.main

    as_(cases.COORDINATOR).post(f"{plan}/write", findings="Other words")
    assert "The chair has checked the draft as it stands To decide" in chair.get(plan).main


def test_the_chair_does_not_check_what_has_changed_since(as_, in_planning):
    chair = as_(cases.CHAIR)
    before = chair.get(f"/cases/{in_planning}/plan")
    as_(cases.COORDINATOR).post(f"/cases/{in_planning}/plan/write", findings="Other words")

    page = chair.press(before, "I have checked this draft")

    assert page.status == 409
    sentence = "The draft has changed since you opened it."
    assert page.errors[0][0].startswith(sentence)
    assert "Other words" in page.main
    assert chair.press(page, "I have checked this draft").status == 303


def test_the_chair_does_not_check_an_action_that_has_changed_since(as_, in_planning):
    chair = as_(cases.CHAIR)
    before = chair.get(f"/cases/{in_planning}/plan")
    as_(cases.COORDINATOR).post(f"/cases/{in_planning}/actions/1", what="Something else")

    page = chair.press(before, "I have checked this draft")

    assert page.status == 409
    assert "Something else" in page.main


def test_the_coordinator_confirms_to_have_read_the_applicant_version(app, as_, ready):
    page = issue(as_(cases.COORDINATOR), ready, read=None)

    assert page.status == 422
    assert page.errors == [("Confirm that you have read the applicant version", "#read")]
    assert rows(app, sa.select(Document)) == []


def test_what_blocks_the_plan_is_said_when_it_is_issued_all_the_same(app, as_, in_planning):
    page = issue(as_(cases.COORDINATOR), in_planning)

    assert page.status == 409
    (error,) = page.errors
    assert error[0].startswith("You cannot issue the plan yet: What the panel agreed is written")
    assert rows(app, sa.select(Document)) == []


def test_a_name_that_the_applicant_may_not_read_blocks_the_plan(as_, ready):
    office = as_(cases.COORDINATOR)
    office.post(f"/cases/{ready}/plan/write", what_was_agreed=f"We spoke to {cases.RESPONDENT}.")

    page = office.get(f"/cases/{ready}/plan")

    assert f"What the panel agreed: take out the name {cases.RESPONDENT}" in page.main


def test_text_that_the_panel_may_not_read_blocks_the_plan(as_, ready):
    office = as_(cases.COORDINATOR)
    office.post(f"/cases/{ready}/plan/write", findings=f"He said: {cases.NARROW_SENTENCE}")

    page = issue(office, ready)

    assert page.status == 409
    assert "take out the words of “What an informant said”" in page.errors[0][0]


def test_issuing_makes_both_files_once_stops_the_clock_and_tells_the_panel(app, as_, ready):
    office = as_(cases.COORDINATOR)
    page = office.get(f"/cases/{ready}/plan")
    assert "Before you can issue it: nothing is left to decide" in page.main

    sent = [office.press(page, "Issue both versions", read="yes") for _ in range(2)]

    assert {(each.status, each.location) for each in sent} == {(303, f"/cases/{ready}/plan")}
    after = office.follow(sent[0])
    assert after.saved == "Both versions are issued, as issue 1"
    assert "Issue 1 is in force" in after.main
    assert "Issue both versions" not in after.main
    documents = rows(app, sa.select(Document))
    assert {(each.kind, each.number) for each in documents} == {(k, 1) for k in PLANS}
    assert [case.stage for case in rows(app, sa.select(Case))] == ["monitoring"]
    assert [c for c in rows(app, sa.select(CaseClock)) if c.stopped_on is None] == []
    told = rows(app, sa.select(OutboxMessage).where(OutboxMessage.key.like("plan-%")))
    assert len(told) == len({message.receiver for message in told}) == 6
    for message in told:
        assert message.subject == ready
        assert cases.APPLICANT not in message.body


def test_a_draft_that_changes_while_the_files_are_made_is_not_issued(app, as_, ready, monkeypatch):
    make = issuing._make

    def change_meanwhile(actor, prepared):
        office = cases.actor_of(cases.COORDINATOR, cases.ISSUED_AT)
        version = planning.open_plan(office, ready).draft.version
        planning.write_draft(office, ready, cases.token(), cases.DRAFT, version)
        return make(actor, prepared)

    monkeypatch.setattr(issuing, "_make", change_meanwhile)

    page = issue(as_(cases.COORDINATOR), ready)

    assert page.status == 409
    assert page.errors[0][0].startswith("The draft has changed since you opened it.")
    assert rows(app, sa.select(Document)) == []


@pytest.mark.parametrize(
    ("email", "status"),
    [
        (cases.POLICE, 403),
        (cases.POLICE_LEAD, 403),
        (cases.HEALTH, 404),
        (cases.OTHER_CHAIR, 404),
    ],
)
def test_the_draft_is_for_the_coordinator_and_the_chair_alone(as_, ready, email, status):
    client = as_(email)

    for path in ("plan", "plan/write", "actions/1"):
        assert client.get(f"/cases/{ready}/{path}").status == status, path


@pytest.mark.parametrize(
    ("email", "part", "status"),
    [
        (cases.CHAIR, "issue", 403),
        (cases.COORDINATOR, "check", 403),
        (cases.POLICE, "issue", 403),
        (cases.HEALTH, "issue", 404),
    ],
)
def test_who_may_not_check_or_issue_is_refused(app, as_, ready, email, part, status):
    client = as_(email)
    token = client.get("/cases").forms[0].fields["csrf_token"][0]

    page = client.send(f"/cases/{ready}/plan/{part}", {"csrf_token": token, "read": "yes"})

    assert page.status == status
    assert rows(app, sa.select(Document)) == []


def test_an_issued_plan_is_written_no_more(as_, issued):
    office = as_(cases.COORDINATOR)

    assert office.get(f"/cases/{issued}/plan").status == 200
    assert office.get(f"/cases/{issued}/plan/write").status == 403
    assert office.get(f"/cases/{issued}/actions/1").status == 403


def test_before_the_first_issue_there_is_no_document(as_, ready):
    page = as_(cases.POLICE).get(f"/cases/{ready}/documents")

    assert "No document has been issued yet." in page.main


@pytest.mark.parametrize(
    ("email", "names"),
    [
        (cases.COORDINATOR, {PANEL, APPLICANT}),
        (cases.CHAIR, {PANEL, APPLICANT}),
        (cases.POLICE, {PANEL}),
        (cases.POLICE_LEAD, {PANEL}),
    ],
)
def test_each_reader_gets_their_files_and_no_other(as_, issued, email, names):
    client = as_(email)
    page = client.get(f"/cases/{issued}/documents")

    listed = {href.rpartition("/")[2] for href in page.links.values() if href.endswith(".docx")}
    got = {
        name
        for name in (PANEL, APPLICANT)
        if client.get(f"/cases/{issued}/documents/{name}").status == 200
    }

    assert listed == got == names
    assert ("applicant version" in page.main) == (APPLICANT in names)


@pytest.mark.parametrize("name", [PANEL, APPLICANT])
def test_a_file_is_handed_out_as_it_was_issued(app, as_, issued, name):
    office = as_(cases.COORDINATOR)

    page = office.get(f"/cases/{issued}/documents/{name}")

    kind = DocumentKind(name.removesuffix("-1.docx"))
    with app.app_context():
        query = sa.select(Document.content, Document.sha256).where(Document.kind == kind)
        content, sha256 = db.session.execute(
            query.execution_options(**unscoped("the test compares"))
        ).one()
    assert page.data == content
    assert hashlib.sha256(page.data).hexdigest() == sha256
    listed = "".join(office.get(f"/cases/{issued}/documents").main.split())
    assert sha256 in listed
    headers = page.response.headers
    assert headers["Content-Disposition"] == f"attachment; filename={issued}-{name}"
    assert page.response.mimetype.endswith("wordprocessingml.document")
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_downloaded_file_runs_nothing_in_a_browser(as_, issued):
    page = as_(cases.COORDINATOR).get(f"/cases/{issued}/documents/{PANEL}")

    assert page.response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_the_applicants_file_holds_nothing_of_the_panels(as_, issued):
    office = as_(cases.COORDINATOR)

    panel = whole_text(office.get(f"/cases/{issued}/documents/{PANEL}").data)
    applicant = whole_text(office.get(f"/cases/{issued}/documents/{APPLICANT}").data)

    panel_only = (cases.FINDING, "Camera on the stairwell", cases.NOT_TOLD, "OFFICIAL-SENSITIVE")
    for text in (*panel_only, "Installation sheet", "Text first", "I want the door first"):
        assert text in panel
        assert text not in applicant
    for text in (cases.AGREED, cases.WORDS, "Tollgate Homes will mend your door."):
        assert text in applicant
    for text in (cases.RESPONDENT, cases.NARROW_SENTENCE):
        assert text not in panel + applicant


def test_any_other_name_is_not_found(as_, issued):
    office = as_(cases.COORDINATOR)
    for name in OTHER_NAMES:
        assert office.get(f"/cases/{issued}/documents/{name}").status == 404, name


def test_other_agencies_and_excluded_people_find_no_file(as_, issued):
    for email in (cases.HEALTH, cases.OTHER_CHAIR, "coordinator@severnreach-lpb.example"):
        client = as_(email)
        assert client.get(f"/cases/{issued}/documents").status == 404
        assert client.get(f"/cases/{issued}/documents/{PANEL}").status == 404
