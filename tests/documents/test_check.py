from collections.abc import Callable

import pytest
from docx.document import Document
from docx.oxml import parse_xml
from word_reading import W, changed, parts, with_part

from portal.documents.check import Fault, check_template
from portal.documents.content import Kind
from portal.documents.render import template_for

PANEL = template_for("default", Kind.PANEL_PLAN).read_bytes()
APPLICANT = template_for("default", Kind.APPLICANT_PLAN).read_bytes()
WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def panel_with(text: str) -> bytes:
    return changed(PANEL, lambda document: document.add_paragraph(text))


def replacing(old: str, new: str) -> Callable[[Document], None]:
    """Change a text wherever it stands within one run of the document."""

    def change(document: Document) -> None:
        found = [text for text in document.element.body.iter(f"{W}t") if old in text.text]
        assert found
        for text in found:
            text.text = text.text.replace(old, new)

    return change


@pytest.mark.parametrize("kind", list(Kind))
def test_the_shipped_templates_have_no_fault(kind: Kind) -> None:
    assert check_template(kind, template_for("default", kind).read_bytes()) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{ landlord }}", "There is no field “landlord”."),
        ("{{ meeting.room }}", "There is no field “meeting.room”."),
        ("{{ meeting.place.street }}", "There is no field “meeting.place.street”."),
        (
            "{% for action in actions %}{{ action.onwer }}{% endfor %}",
            (
                "In the list “actions”: There is no field “action.onwer”. "
                "Did you mean “action.owner_person” or “action.owner_agency”?"
            ),
        ),
        (
            "{% for x in actoins %}{% endfor %}",
            "There is no field “actoins”. Did you mean “actions”?",
        ),
        ("{{ action.what }}", "There is no field “action”. Did you mean “actions”?"),
        ("{% if landlord %}yes{% endif %}", "There is no field “landlord”."),
        ("{% if not (lga_name and landlord) %}yes{% endif %}", "There is no field “landlord”."),
        ("{% if lga_name %}{% elif landlord %}{% endif %}", "There is no field “landlord”."),
        ("{{ reference|upper }}", "There is no filter “upper”: print the field alone."),
        (
            "{% for a in actions|sort %}{% endfor %}",
            "There is no filter “sort”: print the field alone.",
        ),
        ("{{ actions }}", "“actions” is not a text: print one of its fields."),
        ("{{ meeting }}", "“meeting” is not a text: print one of its fields."),
        (
            "{% for x in reference %}{% endfor %}",
            "“reference” is not a list: it cannot be looped over.",
        ),
        (
            "{% for a in actions %}{% for b in actions %}{% endfor %}{% endfor %}",
            "In the list “actions”: A loop inside a loop is not allowed.",
        ),
        (
            "{{ reference.upper() }}",
            "Only fields, loops and conditions may be used, not “call”.",
        ),
        (
            '{{ meeting["place"] }}',
            "Only fields, loops and conditions may be used, not “getitem”.",
        ),
        (
            "{% set x = reference %}",
            "Only fields, loops and conditions may be used, not “assign”.",
        ),
        ("{{ 7 * 7 }}", "Only fields, loops and conditions may be used, not “mul”."),
        ("{{ ''.__class__ }}", "Only fields, loops and conditions may be used, not “const”."),
    ],
)
def test_a_seeded_fault_is_found_by_name(text: str, sentence: str) -> None:
    assert check_template(Kind.PANEL_PLAN, panel_with(text)) == [Fault("body", sentence)]


def test_a_tag_that_is_not_closed_is_found() -> None:
    faults = check_template(Kind.PANEL_PLAN, panel_with("{% if reference %}"))

    assert faults[0].where == "body"
    assert faults[0].sentence.startswith("A tag is wrongly written: ")


@pytest.mark.parametrize("where", ["header", "footer"])
def test_a_fault_in_header_or_footer_is_found(where: str) -> None:
    def seed(document: Document) -> None:
        getattr(document.sections[0], where).paragraphs[0].add_run("{{ marknig }}")

    faults = check_template(Kind.PANEL_PLAN, changed(PANEL, seed))

    assert faults == [Fault(where, "There is no field “marknig”. Did you mean “marking”?")]


def test_a_field_that_is_left_out_is_found() -> None:
    without = changed(PANEL, replacing("{{ action.how_we_know }}", ""))

    assert check_template(Kind.PANEL_PLAN, without) == [
        Fault("body", "The field “actions.how_we_know” is nowhere printed.")
    ]


def test_a_text_that_is_only_a_condition_counts_as_left_out() -> None:
    without = changed(APPLICANT, replacing("{{ how_we_reach_you }}", "by text"))

    assert check_template(Kind.APPLICANT_PLAN, without) == [
        Fault("body", "The field “how_we_reach_you” is nowhere printed.")
    ]


def test_panel_fields_are_unknown_to_the_applicants_template() -> None:
    def seed(document: Document) -> None:
        document.add_paragraph("{% for a in actions %}{{ a.how_we_know }}{% endfor %}")
        document.add_paragraph("{{ safe_contact }}")

    assert check_template(Kind.APPLICANT_PLAN, changed(APPLICANT, seed)) == [
        Fault("body", "In the list “actions”: There is no field “a.how_we_know”."),
        Fault("body", "There is no field “safe_contact”."),
    ]


def test_a_field_in_the_properties_is_refused() -> None:
    def seed(document: Document) -> None:
        document.core_properties.title = "Plan {{ reference }}"

    assert check_template(Kind.PANEL_PLAN, changed(PANEL, seed)) == [
        Fault("properties", "The file's property “title” must not hold a field.")
    ]


def test_a_marking_on_the_applicants_template_is_refused() -> None:
    def seed(document: Document) -> None:
        document.sections[0].header.paragraphs[0].add_run("Official-Sensitive")

    assert check_template(Kind.APPLICANT_PLAN, changed(APPLICANT, seed)) == [
        Fault("trial", "What goes to the applicant must not bear a protective marking.")
    ]


def without_footer_marking(document: Document) -> None:
    for run in document.sections[0].footer.paragraphs[0].runs:
        run.text = run.text.replace("{{ marking }}", "")


def first_page_apart(document: Document) -> None:
    document.sections[0].different_first_page_header_footer = True


def even_pages_apart(document: Document) -> None:
    document.settings.odd_and_even_pages_header_footer = True


@pytest.mark.parametrize("change", [without_footer_marking, first_page_apart, even_pages_apart])
def test_a_page_without_marking_is_found(change: Callable[[Document], None]) -> None:
    assert check_template(Kind.PANEL_PLAN, changed(PANEL, change)) == [
        Fault("trial", "The marking must be in the header and footer of every page.")
    ]


def test_a_table_that_may_lose_all_its_rows_is_found() -> None:
    def seed(document: Document) -> None:
        table = document.add_table(rows=3, cols=1)
        for row, text in enumerate(("{%tr for a in actions %}", "{{ a.what }}", "{%tr endfor %}")):
            table.rows[row].cells[0].text = text

    assert check_template(Kind.PANEL_PLAN, changed(PANEL, seed)) == [
        Fault("trial", "A table is left without any row when its list is empty.")
    ]


def test_a_cell_that_may_lose_all_its_paragraphs_is_found() -> None:
    def seed(document: Document) -> None:
        cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
        cell.text = "{%p if next_look %}"
        cell.add_paragraph("soon")
        cell.add_paragraph("{%p endif %}")

    assert check_template(Kind.PANEL_PLAN, changed(PANEL, seed)) == [
        Fault("trial", "A table cell is left without any paragraph.")
    ]


def test_a_word_field_in_several_pieces_is_found() -> None:
    def seed(document: Document) -> None:
        pieces = "".join(
            f"<w:r>{inner}</w:r>"
            for inner in (
                '<w:fldChar w:fldCharType="begin"/>',
                '<w:instrText xml:space="preserve"> INCLUDE</w:instrText>',
                '<w:instrText>PICTURE "http://example.org/x.png"</w:instrText>',
                '<w:fldChar w:fldCharType="end"/>',
            )
        )
        document.element.body.insert(0, parse_xml(f"<w:p {WORDS}>{pieces}</w:p>"))

    assert check_template(Kind.PANEL_PLAN, changed(PANEL, seed)) == [
        Fault("file", "The Word field “INCLUDEPICTURE” is not allowed, only PAGE and NUMPAGES.")
    ]


def test_something_loaded_from_outside_is_found() -> None:
    def seed(document: Document) -> None:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        document.part.relate_to("http://example.org/x.png", kind, is_external=True)

    assert check_template(Kind.PANEL_PLAN, changed(PANEL, seed)) == [
        Fault("file", "The file loads something from outside, such as a linked picture.")
    ]


def test_a_link_to_click_on_is_allowed() -> None:
    def seed(document: Document) -> None:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        document.part.relate_to("http://example.org/", kind, is_external=True)

    assert check_template(Kind.PANEL_PLAN, changed(PANEL, seed)) == []


def test_macros_are_refused() -> None:
    data = with_part(PANEL, "word/vbaProject.bin", b"\x00")

    assert check_template(Kind.PANEL_PLAN, data) == [
        Fault("file", "The file holds macros or other embedded programs.")
    ]


@pytest.mark.parametrize("data", [b"", b"not a zip", PANEL[:5000]])
def test_what_is_no_word_file_is_one_fault(data: bytes) -> None:
    assert check_template(Kind.PANEL_PLAN, data) == [
        Fault("file", "The file is not a Word document (.docx).")
    ]


def test_a_damaged_part_is_one_fault() -> None:
    data = with_part(PANEL, "word/comments9.xml", b"<broken")

    assert "word/comments9.xml" not in parts(PANEL)
    assert check_template(Kind.PANEL_PLAN, data) == [
        Fault("file", "The file is damaged: Word can repair and save it.")
    ]
