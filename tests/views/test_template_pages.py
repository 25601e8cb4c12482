"""The pages of templates: downloaded, broken, mended, put in force; and PDFs of what was issued."""

import io

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.documents import office_suite
from portal.documents.check import check_template
from portal.documents.content import Kind
from portal.documents.render import template_for
from portal.models.pdf import DocumentPdf, PdfState
from portal.models.template import TemplateVersion
from portal.services import pdf_work, templates
from tests import cases
from tests.cases import make_case
from tests.documents.word_reading import changed, whole_text

ADMINISTRATOR = "admin@wharrow-lpb.example"
KIND = "/admin/templates/action-plan-panel"
DEFAULT = template_for("default", Kind.PANEL_PLAN).read_bytes()
DOOR = unscoped("a test looks at what is stored")


@pytest.fixture
def administrator(as_, monkeypatch):
    # In this process: what the other one adds is tried with the hostile templates.
    monkeypatch.setattr(templates, "check_apart", check_template)
    return as_(ADMINISTRATOR)


@pytest.fixture
def office_is_there(monkeypatch):
    """LibreOffice, and what it makes of each file."""
    made = []

    def to_pdf(word):
        made.append(word)
        return b"%PDF-1.7 made %%EOF"

    monkeypatch.setattr(office_suite, "is_there", lambda: True)
    monkeypatch.setattr(office_suite, "to_pdf", to_pdf)
    return made


def with_line(text):
    return changed(DEFAULT, lambda document: document.add_paragraph(text))


def upload(client, content, note="Our own line", name="ours.docx"):
    return client.submit(client.get(KIND), file=(io.BytesIO(content), name), note=note)


def test_a_template_is_broken_told_mended_looked_at_and_put_in_force(administrator):
    page = administrator.get(administrator.get("/admin/templates").links["Minutes of the meeting"])
    assert "In force: Default, from the start." in page.main
    page = administrator.get(KIND)
    assert administrator.get(page.links["Download the default (Word)"]).data == DEFAULT
    fields = administrator.get(page.links["The fields to copy into it"])
    assert "{{ action.how_we_know }}" in fields.main

    told = upload(administrator, with_line("{{ landlord }} {{ marknig }}"))
    assert told.status == 422
    assert "There is no field “landlord”." in told.main
    assert "There is no field “marknig”. Did you mean “marking”?" in told.main
    assert told.form_with({"file", "note"}).fields["note"] == ["Our own line"]
    assert "Your office has no version of its own" in told.main

    kept = upload(administrator, with_line("Our own line."))
    version = administrator.follow(kept)
    assert version.saved == "Version 1 is kept. It is not in force yet"
    example = administrator.get(version.links["Filled with examples (Word)"]).data
    assert "Our own line." in whole_text(example)
    assert "Marie Castell" in whole_text(example)
    day = administrator.get(version.links["Put it in force from a day"])
    past = administrator.submit(
        day, **{"from_on-day": "1", "from_on-month": "1", "from_on-year": "2027"}
    )
    assert past.errors == [("The day must be today or later", "#from_on-day")]
    done = administrator.follow(administrator.press(day, "Put it in force"))
    assert done.saved == "In force from today"
    assert "In force: Version 1, since Thursday 14 January 2027." in done.main

    stale = administrator.press(day, "Put it in force", form_token="A" * 22)
    assert stale.status == 409
    back = administrator.get(done.links["Go back to the default"])
    again = administrator.press(
        back, "Use the default", **{"from_on-day": "1", "from_on-month": "2"}
    )
    page = administrator.follow(again)
    assert page.saved == "It will be in force from Monday 1 February 2027"
    assert "Default from Monday 1 February 2027" in administrator.get("/admin/templates").main
    taken = administrator.press(page, "Take back default from Monday 1 February 2027")
    assert administrator.follow(taken).saved == "Taken back"


def test_a_file_that_is_missing_or_no_word_file_keeps_what_was_typed(administrator):
    missing = administrator.post(KIND, note="A logo")
    assert missing.errors == [("Select a file", "#file")]
    assert missing.form_with({"note"}).fields["note"] == ["A logo"]

    wrong = upload(administrator, b"not a zip", note="<b>&\x00", name="../../a.docx")
    assert wrong.status == 422
    wrong = upload(administrator, b"not a zip")
    assert "The file is not a Word document (.docx)." in wrong.main


def test_the_list_takes_as_many_queries_with_many_versions(app, administrator, count_queries):
    upload(administrator, with_line("One."))
    administrator.get(KIND)
    with count_queries() as few:
        administrator.get(KIND)
        administrator.get("/admin/templates")
    with app.app_context(), transaction():
        first = db.session.scalars(sa.select(TemplateVersion)).one()
        db.session.add_all(
            TemplateVersion(
                area_id=first.area_id, kind=first.kind, number=number, file_name="a", note="n",
                content=b"x", sha256="", kept_at=first.kept_at, kept_by_id=first.kept_by_id,
            )
            for number in range(2, 30)
        )  # fmt: skip

    with count_queries() as many:
        administrator.get(KIND)
        administrator.get("/admin/templates")

    assert many.count == few.count


def test_a_pdf_is_made_once_however_often_it_is_asked_for_and_handed_out_at_the_same_gate(
    app, as_, people, clock, office_is_there
):
    reference = make_case(app, stage="monitoring")
    clock.at = cases.at(25)
    police, chair = as_(cases.POLICE), as_(cases.CHAIR)
    listed = police.get(f"/cases/{reference}/documents")
    page = police.get(listed.links["As PDF: Action plan, panel version, issue 1"])
    for _ in range(2):
        answer = police.press(page, "Make the PDF")
    other = chair.get(page.path)
    assert "Waiting to be made" in other.main
    assert "Make the PDF" not in other.main
    progress = f"{page.path}/progress"
    assert police.get(progress).response.json["step"] == "waiting"
    assert police.get(f"{progress}?seen=waiting").status == 204

    with app.app_context():
        assert [pdf_work.work_next(clock) for _ in range(2)] == [True, False]

    word = police.get(f"/cases/{reference}/documents/action-plan-panel-1.docx").data
    assert office_is_there == [word]
    ready = police.follow(answer)
    handed = police.get(ready.links["Download the PDF"])
    assert handed.data == b"%PDF-1.7 made %%EOF"
    assert handed.response.headers["Content-Disposition"].endswith("action-plan-panel-1.pdf")
    assert as_("fire@wharrow-fire.example").get(ready.links["Download the PDF"]).status == 404
    log = as_(cases.COORDINATOR).get(f"/cases/{reference}/log").main
    assert "Opened documents: action-plan-panel-1, PDF download" in log


def test_a_pdf_that_was_not_made_says_why_and_can_be_tried_again(
    app, as_, people, clock, office_is_there, monkeypatch
):
    reference = make_case(app, stage="monitoring")
    chair = as_(cases.CHAIR)
    path = f"/cases/{reference}/documents/action-plan-applicant-1/pdf"

    def fails(_):
        raise office_suite.OfficeSuiteError("LibreOffice took too long over this document")

    with monkeypatch.context() as patch:
        patch.setattr(office_suite, "to_pdf", fails)
        chair.press(chair.get(path), "Make the PDF")
        with app.app_context():
            pdf_work.work_next(clock)
    page = chair.get(path)
    assert "No PDF was made. LibreOffice took too long over this document." in page.main
    chair.press(page, "Try again")
    # A worker takes it and dies; after the lease another one makes it.
    with app.app_context():
        assert pdf_work._lease(DocumentPdf, clock.now())
        assert not pdf_work.work_next(clock)
        clock.advance(minutes=4)
        assert pdf_work.work_next(clock)
        stored = db.session.scalars(sa.select(DocumentPdf).execution_options(**DOOR)).one()
        assert (stored.state, stored.attempts) == (PdfState.THERE, 2)
        db.session.rollback()
    assert "Download the PDF" in chair.get(path).links
    assert as_(cases.POLICE).get(path).status == 404


def test_without_libreoffice_the_page_says_so_and_offers_the_word_file(
    app, as_, people, monkeypatch
):
    monkeypatch.setattr(office_suite, "is_there", lambda: False)
    reference = make_case(app, stage="monitoring")
    page = as_(cases.COUNCIL).get(f"/cases/{reference}/documents/action-plan-panel-1/pdf")

    assert "LibreOffice is not installed on the portal’s computer. Use the Word file." in page.main
    assert page.links["Download the Word file"].endswith("action-plan-panel-1.docx")
    assert not [form for form in page.forms if form.is_in_main]
