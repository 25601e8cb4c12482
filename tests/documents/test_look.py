"""What Word, a screen reader and a printed page make of both documents."""

import importlib.util
import io
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator
from plan_samples import (
    empty_applicant_plan,
    empty_panel_plan,
    long_panel_plan,
    noor_applicant_plan,
    noor_panel_plan,
)
from word_reading import W, field_codes, paragraphs, parts, xml_parts

from portal.documents.content import Kind
from portal.documents.render import render_applicant_plan, render_panel_plan, template_for
from portal.resources import DOCUMENT_TEMPLATES


@pytest.fixture(scope="module")
def panel() -> bytes:
    template = template_for("default", Kind.PANEL_PLAN)
    return render_panel_plan(noor_panel_plan(), template)


@pytest.fixture(scope="module")
def applicant() -> bytes:
    template = template_for("default", Kind.APPLICANT_PLAN)
    return render_applicant_plan(noor_applicant_plan(), template)


def headings(data: bytes) -> list[tuple[str, str]]:
    document = docx.Document(io.BytesIO(data))
    named = [(p.style.name, p.text) for p in document.paragraphs if p.style]
    return [(style, text) for style, text in named if style.startswith(("Title", "Heading"))]


def tables(data: bytes) -> list[docx.table.Table]:
    return docx.Document(io.BytesIO(data)).tables


def test_an_audit_of_every_rendered_file_finds_nothing(tmp_path: Path) -> None:
    panel_template = template_for("default", Kind.PANEL_PLAN)
    applicant_template = template_for("default", Kind.APPLICANT_PLAN)
    documents = [
        render_panel_plan(plan, panel_template)
        for plan in (noor_panel_plan(), empty_panel_plan(), long_panel_plan(40))
    ] + [
        render_applicant_plan(plan, applicant_template)
        for plan in (noor_applicant_plan(), empty_applicant_plan())
    ]

    for number, document in enumerate(documents):
        file = tmp_path / f"{number}.docx"
        file.write_bytes(document)
        assert OpenXmlValidator().validate(file).errors == []


def test_the_panel_version_bears_its_marking_at_both_ends_of_every_page(panel: bytes) -> None:
    document = docx.Document(io.BytesIO(panel))

    assert len(document.sections) == 1
    section = document.sections[0]
    assert not section.different_first_page_header_footer
    assert not document.settings.odd_and_even_pages_header_footer
    assert section.header.paragraphs[0].text == (
        "ACR-7K3Q-9MXD, issue 1, panel version\tOFFICIAL-SENSITIVE"
    )
    assert section.footer.paragraphs[0].text == (
        "Office of the Commissioner for Wharrow Valley\tOFFICIAL-SENSITIVE\tPage 1 of 1"
    )


def test_the_applicant_version_bears_no_marking(applicant: bytes) -> None:
    everything = b"".join(parts(applicant).values()).upper()

    assert b"OFFICIAL" not in everything
    assert b"SENSITIVE" not in everything


def test_pages_are_counted(panel: bytes, applicant: bytes) -> None:
    for document in (panel, applicant):
        assert field_codes(document) == {"PAGE", "NUMPAGES"}


def test_headings_of_the_panel_version_are_real(panel: bytes) -> None:
    assert headings(panel) == [
        ("Title", "Action plan"),
        ("Heading 1", "Actions"),
        ("Heading 1", "What the panel found"),
        ("Heading 1", "Powers considered"),
        ("Heading 1", "Recommendations"),
        ("Heading 1", "Contact"),
    ]


def test_headings_of_the_applicant_version_are_real(applicant: bytes) -> None:
    assert headings(applicant) == [
        ("Title", "Your action plan"),
        ("Heading 1", "What the panel agreed"),
        ("Heading 1", "What will be done"),
        ("Heading 1", "What happens next"),
        ("Heading 1", "If something new happens"),
        ("Heading 1", "If you are not happy"),
        ("Heading 1", "How to reach us"),
    ]


def test_the_facts_of_the_panel_version_stand_in_their_rows(panel: bytes) -> None:
    facts = [[cell.text for cell in row.cells] for row in tables(panel)[1].rows]

    assert [label for label, _ in facts] == [
        *("Meeting", "Present", "Not present", "Applicant", "Threshold", "Consulted", "Next look")
    ]
    assert facts[1][1] == (
        "Sgt Daniel Okafor, Wharrow Valley Police. Marie Castell, Hexley Council. "
        "Tom Beddoes, Tollgate Homes. Helen Carr, Moorside School. Ruth Adeyemi, coordinator"
    )
    assert facts[2][1] == "Sunita Rao, Wharrow ICB (required; no apology received)"


def test_the_applicant_has_numbers_of_their_own_without_a_gap(applicant: bytes) -> None:
    rows = tables(applicant)[1].rows

    assert [row.cells[0].text for row in rows] == ["No", "1", "2", "3", "4", "5", "6"]
    assert [cell.text for cell in rows[4].cells] == [
        "4",
        (
            "Your door will be mended with safety glass and get a door viewer, on a day you choose "
            "but not a Monday."
        ),
        "Tom Beddoes\nTollgate Homes",
        "Friday\n29 January 2027",
    ]
    assert not any("Camera" in line for line in paragraphs(applicant))


def test_forty_actions_repeat_their_header_row_and_split_none() -> None:
    template = template_for("default", Kind.PANEL_PLAN)

    rows = tables(render_panel_plan(long_panel_plan(40), template))[2].rows

    assert len(rows) == 41
    assert [row._tr.trPr.find(f"{W}tblHeader") is not None for row in rows] == [True] + [False] * 40
    assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in rows)
    # A header row goes where its first row goes.
    kept = [
        [bool(p.paragraph_format.keep_with_next) for p in row.cells[0].paragraphs] for row in rows
    ]
    assert kept == [[True]] + [[False]] * 40


def test_every_table_is_described_or_is_a_box(panel: bytes, applicant: bytes) -> None:
    for document, boxes in ((panel, 2), (applicant, 1)):
        found = [table._tbl.tblPr.find(f"{W}tblDescription") for table in tables(document)]
        assert sum(description is None for description in found) == boxes


def test_the_language_is_british_english_throughout(panel: bytes, applicant: bytes) -> None:
    for document in (panel, applicant):
        languages = {
            element.get(f"{W}val")
            for part in xml_parts(document).values()
            for element in part.iter(f"{W}lang")
        }
        assert languages == {"en-GB"}


def test_nothing_stale_is_carried_along(panel: bytes) -> None:
    names = parts(panel)

    assert "word/stylesWithEffects.xml" not in names
    assert "docProps/thumbnail.jpeg" not in names


def test_the_shipped_templates_are_what_the_script_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(DOCUMENT_TEMPLATES))
    spec = importlib.util.spec_from_file_location("template_build", DOCUMENT_TEMPLATES / "build.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        script.build(tmp_path / name)

    for kind in Kind:
        made = (tmp_path / "one" / f"{kind}.docx").read_bytes()
        assert made == (tmp_path / "two" / f"{kind}.docx").read_bytes()
        assert parts(made) == parts(template_for("default", kind).read_bytes())
