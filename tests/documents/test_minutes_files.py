"""The minutes as a Word file: every text comes out, it is marked and sound, and nothing leaks."""

import io

import docx
import pytest
from openxml_audit import OpenXmlValidator

from portal.access.gate import CaseNotFoundError
from portal.documents.minutes import MinutesContent
from portal.documents.render import render_minutes, template_for
from portal.documents.shape import sample
from portal.services import documents, minutes, minutes_accounts
from tests import cases
from tests import minutes as steps
from tests.canary import INSIDE, OUTSIDE, TOKENS, found_in, on_pages
from tests.canary_case import make_canary_case
from tests.cases import actor_of
from tests.documents.word_reading import W, field_codes, outside_links, parts, whole_text, xml_parts

AWKWARD = "A & B <x> “q” {{7*7}} {_{ ü 😀 مرحبا"
# Of the texts of the canary case: names, place and what the meeting recorded for the whole panel,
# the band's line that every agency reads, and titles of what is shared with all of it. Never an
# item's text.
RECORDED = {
    *("applicant-name", "meeting-place", "applicant-attendance", "meeting-decision", "risk-line"),
    *("action-what", "action-how", "action-words", "action-not-told"),
    *("item-panel-title", "item-panel-told-title", "item-panel-not-told-title"),
    "item-panel-widened-title",
    "adequacy-fact",
    # Why the former employer of the chair was waived: the panel reads it.
    "waiver-reason",
    *("power-words", "power-who", "power-missing", "power-why-not"),
    *("recommendation-body", "recommendation-what", "recommendation-why"),
    # On an item that the whole panel was at the table for.
    *("agenda-item", "agenda-notes"),
    # Who tells the applicant what is for the whole panel.
    "telling-what",
}


def _made(text="", *, items=2):
    said = []

    def say(path):
        said.append(f"[{path}|{text}|]")
        return said[-1]

    content = sample(MinutesContent, say, items=items)
    return render_minutes(content, template_for("default", "minutes")), said


def test_every_text_comes_out_exactly_and_the_file_is_sound(tmp_path):
    made, said = _made(AWKWARD)

    read = whole_text(made)
    assert [wanted for wanted in said if wanted not in read] == []
    assert outside_links(made) == []
    for number, document in enumerate((made, _made(items=0)[0], _made(items=40)[0])):
        file = tmp_path / f"{number}.docx"
        file.write_bytes(document)
        assert OpenXmlValidator().validate(file).errors == []


def test_every_page_is_marked_and_counted_and_every_table_described():
    made, _ = _made(items=40)
    document = docx.Document(io.BytesIO(made))

    (section,) = document.sections
    assert not section.different_first_page_header_footer
    assert not document.settings.odd_and_even_pages_header_footer
    for end in (section.header, section.footer):
        assert "[marking||]" in end.paragraphs[0].text
    assert field_codes(made) == {"PAGE", "NUMPAGES"}
    boxes = [table for table in document.tables if len(table.columns) == 1]
    assert len(boxes) == 2
    for table in document.tables:
        if len(table.columns) > 1:
            assert table._tbl.tblPr.find(f"{W}tblDescription") is not None
            first, *others = table.rows
            assert first._tr.trPr.find(f"{W}tblHeader") is not None
            assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in others)
    sittings = [
        row.cells[0].paragraphs[0]
        for table in document.tables
        for row in table.rows
        if ".sitting|" in row.cells[0].text
    ]
    assert len(sittings) == 40
    # Who was there stands on the page on which their sitting is named.
    assert all(line.paragraph_format.keep_with_next for line in sittings)
    languages = {
        element.get(f"{W}val")
        for part in xml_parts(made).values()
        for element in part.iter(f"{W}lang")
    }
    assert languages == {"en-GB"}


@pytest.fixture
def issued(app, people):
    reference = make_canary_case(app, "planning")
    with app.app_context():
        steps.issue_all_the_way(reference)
    return reference


def test_the_file_holds_what_is_for_the_whole_panel_and_nothing_narrower(app, issued):
    with app.app_context():
        reader = actor_of(INSIDE["school"], steps.ISSUED_AT)
        content = documents.download(reader, issued, "minutes", 1)

    everything = "\n".join(part.decode(errors="replace") for part in parts(content).values())
    assert found_in(everything) == RECORDED
    assert "OFFICIAL-SENSITIVE" in everything
    assert docx.Document(io.BytesIO(content)).core_properties.title == f"Minutes, {issued}, issue 1"
    for reader in INSIDE:
        assert found_in(everything) <= on_pages(reader) | {
            # What the panel reads in the papers that are issued to it, and on no page.
            *("applicant-attendance", "meeting-decision", "action-how", "action-not-told"),
            "agenda-notes",
        }


def test_the_file_is_handed_to_the_panel_and_exists_for_nobody_else(app, issued):
    with app.app_context():
        for name, email in (INSIDE | OUTSIDE).items():
            actor = actor_of(email, steps.ISSUED_AT)
            if name in INSIDE:
                assert documents.download(actor, issued, "minutes", 1)
            else:
                with pytest.raises(CaseNotFoundError):
                    documents.download(actor, issued, "minutes", 1)


def test_before_the_issue_an_agency_finds_nothing_that_is_not_its_own(app, as_, people, clock):
    clock.at = steps.SENT_AT
    reference = make_canary_case(app, "planning")
    with app.app_context():
        steps.draft(reference)
        steps.send_round(reference)
        office = actor_of(cases.COORDINATOR, steps.SENT_AT)
        for text in minutes.open_minutes(office, reference).draft.texts:
            mark = f"{text.words} kept-from-{text.number}-others"
            minutes.write_text(office, reference, cases.token(), text.number, mark, text.version)
        police = actor_of(cases.POLICE, steps.SENT_AT)
        own = minutes_accounts.open_account(police, reference).account.number

    browser = as_(cases.POLICE)
    seen = [browser.get(f"/cases/{reference}{path}") for path in ("/minutes/account", "/meeting")]
    text = "\n".join(page.html for page in seen)
    assert text.count("kept-from-") == text.count(f"kept-from-{own}-others") == 1
    assert found_in(text) <= on_pages("police")
    assert TOKENS["meeting-decision"] not in text
