import hashlib
import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from plan_samples import (
    empty_applicant_plan,
    empty_panel_plan,
    noor_applicant_plan,
    noor_panel_plan,
)
from saying_plans import applicant_plan_saying, panel_plan_saying
from word_reading import changed, field_codes, outside_links, parts, whole_text

from portal.documents import render
from portal.documents.content import Kind
from portal.documents.package import (
    FaultyTemplateError,
    OversizeTemplateError,
    UnreadableTemplateError,
    without_clock,
)
from portal.documents.render import (
    TemplateError,
    render_applicant_plan,
    render_panel_plan,
    template_for,
    template_version,
)

PANEL = template_for("default", Kind.PANEL_PLAN)
APPLICANT = template_for("default", Kind.APPLICANT_PLAN)

AWKWARD = 'A & B <x> "q" {{7*7}} {_{ ü 😀 مرحبا'
INJECTION = (
    '</w:t></w:r><w:r><w:instrText>INCLUDEPICTURE "http://example.org/x"</w:instrText></w:r>'
    "<w:r><w:t>{% raw %}%_}}_}'&amp;&#95;"
)


def recording(said: list[str], text: str):
    """Say the text with the field's name before it and an end mark after it."""

    def say(name: str) -> str:
        said.append(f"[{name}|{text}|]")
        return said[-1]

    return say


@pytest.mark.parametrize("text", [AWKWARD, INJECTION, "one\ntwo\tthree", "  spaces  kept  "])
def test_every_text_of_a_panel_plan_comes_out_exactly(text: str) -> None:
    said: list[str] = []

    document = render_panel_plan(panel_plan_saying(recording(said, text)), PANEL)

    read = whole_text(document)
    assert len(said) == 56
    assert [wanted for wanted in said if wanted not in read] == []


@pytest.mark.parametrize("text", [AWKWARD, INJECTION, "one\ntwo\tthree", "  spaces  kept  "])
def test_every_text_of_an_applicant_plan_comes_out_exactly(text: str) -> None:
    said: list[str] = []

    document = render_applicant_plan(applicant_plan_saying(recording(said, text)), APPLICANT)

    read = whole_text(document)
    assert len(said) == 38
    assert [wanted for wanted in said if wanted not in read] == []


@settings(derandomize=True, max_examples=50, deadline=None, database=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t{}%_&<>#'\"")))
@example("{_{ }_} {_% %_} {#")
@example("\n\n")
def test_any_text_makes_the_round_trip(text: str) -> None:
    said: list[str] = []
    # U+FFFE and U+FFFF are no characters; Word's XML has no place for them.
    wanted = text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")

    document = render_applicant_plan(applicant_plan_saying(recording(said, text)), APPLICANT)

    read = whole_text(document)
    assert f"[applicant name|{wanted}|]" in read
    assert f"[words 2|{wanted}|]" in read
    assert f"[reference|{wanted}|]" in read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\x00b\x07c\x0cd\x1be", "a�b�c�d�e"),
        ("a\ud800b", "a�b"),
        ("a\ufffeb\uffff", "a�b�"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_what_word_cannot_hold_is_replaced_and_the_rest_is_kept(text: str, wanted: str) -> None:
    document = render_panel_plan(panel_plan_saying(recording([], text)), PANEL)

    read = whole_text(document)
    assert f"[what 1|{wanted}|]" in read
    assert f"[checked by|{wanted}|]" in read


@pytest.mark.parametrize("text", [AWKWARD, INJECTION])
def test_text_makes_no_field_and_no_link(text: str) -> None:
    panel = render_panel_plan(panel_plan_saying(recording([], text)), PANEL)
    applicant = render_applicant_plan(applicant_plan_saying(recording([], text)), APPLICANT)

    for document in (panel, applicant):
        assert field_codes(document) == {"PAGE", "NUMPAGES"}
        assert outside_links(document) == []


def test_the_same_content_gives_the_same_bytes() -> None:
    first = render_panel_plan(noor_panel_plan(), PANEL)

    assert render_panel_plan(noor_panel_plan(), PANEL.read_bytes()) == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_properties_say_title_language_and_office_and_nothing_else() -> None:
    panel = render_panel_plan(noor_panel_plan(), PANEL)
    applicant = render_applicant_plan(noor_applicant_plan(), APPLICANT)

    said = docx.Document(io.BytesIO(panel)).core_properties
    assert said.title == "Action plan, panel version, ACR-7K3Q-9MXD, issue 1"
    assert said.author == "Office of the Commissioner for Wharrow Valley"
    assert said.language == "en-GB"
    said = docx.Document(io.BytesIO(applicant)).core_properties
    assert said.title == "Your action plan, ACR-7K3Q-9MXD"
    for document in (panel, applicant):
        assert not any(b"python-docx" in part for part in parts(document).values())
        assert b"created" not in parts(document)["docProps/core.xml"]


def test_properties_of_awkward_content_are_escaped_once() -> None:
    document = render_panel_plan(panel_plan_saying(lambda _: AWKWARD), PANEL)

    properties = docx.Document(io.BytesIO(document)).core_properties
    assert properties.author == AWKWARD
    assert properties.title == f"Action plan, panel version, {AWKWARD}, issue 3"


def test_who_edited_a_template_is_not_passed_on() -> None:
    def sign(document: docx.document.Document) -> None:
        document.core_properties.last_modified_by = "Petra Quill"
        document.core_properties.comments = "Petra Quill's notes"

    document = render_applicant_plan(noor_applicant_plan(), changed(APPLICANT.read_bytes(), sign))

    assert b"Petra" not in parts(document)["docProps/core.xml"]


def template_with(text: str) -> bytes:
    return changed(PANEL.read_bytes(), lambda document: document.add_paragraph(text))


def test_an_unknown_name_is_an_error_that_names_it() -> None:
    with pytest.raises(TemplateError, match="'landlord' is undefined"):
        render_panel_plan(noor_panel_plan(), template_with("{{ landlord }}"))


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ reference.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ range(10) }}",
        "{{ actions.append(1) }}",
        "{{ reference|upper }}",
        "{% if reference %}",
        "{{ 1 / 0 }}",
    ],
)
def test_a_template_that_reaches_out_or_is_broken_is_refused(text: str) -> None:
    with pytest.raises(FaultyTemplateError, match=r"^The template cannot be filled: "):
        render_panel_plan(noor_panel_plan(), template_with(text))


def test_a_template_that_is_no_word_file_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("notes.txt", "nothing")

    for data in (b"", b"PK\x03\x04", b"%PDF-1.7", out.getvalue(), PANEL.read_bytes()[:9000]):
        with pytest.raises(UnreadableTemplateError, match="not a Word document"):
            render_panel_plan(noor_panel_plan(), data)


def packed(size: int, count: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(count):
            package.writestr(f"word/document{number}.xml", b"a" * size)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(render, "DocxTemplate")

    with pytest.raises(OversizeTemplateError, match="unpacks to more than 20 MB"):
        render_panel_plan(noor_panel_plan(), packed(11 * 1024 * 1024, count=2))
    with pytest.raises(OversizeTemplateError, match="more than 200 times"):
        render_panel_plan(noor_panel_plan(), packed(1024 * 1024))
    with pytest.raises(OversizeTemplateError, match="larger than 20 MB"):
        render_panel_plan(noor_panel_plan(), b"a" * (20 * 1024 * 1024 + 1))


def test_no_panel_text_is_in_what_the_applicant_gets() -> None:
    panel: list[str] = []
    render_panel_plan(panel_plan_saying(recording(panel, "Panel4711")), PANEL)

    document = render_applicant_plan(noor_applicant_plan(), APPLICANT)

    assert len(panel) == 56
    everything = b"".join(parts(document).values()).decode(errors="replace")
    assert "Panel4711" not in everything
    assert "panel version" not in everything


def test_empty_lists_leave_no_empty_section() -> None:
    panel = whole_text(render_panel_plan(empty_panel_plan(), PANEL))
    applicant = whole_text(render_applicant_plan(empty_applicant_plan(), APPLICANT))

    assert "The panel agreed no action." in panel
    for absent in ("Not present", "Next look", "Powers", "Recommendation", "found", "Safe contact"):
        assert absent not in panel
    assert "There are no actions to tell you about now. Ruth Adeyemi can tell you" in applicant
    for absent in ("By when", "What happens next", "not happy", "How we reach you", "agreed"):
        assert absent not in applicant


def test_a_template_is_named_by_its_content() -> None:
    assert template_version(b"abc") == "ba7816bf8f01"
    assert (
        template_version(PANEL.read_bytes())
        == (hashlib.sha256(PANEL.read_bytes()).hexdigest()[:12])
    )


def test_an_area_uses_its_own_template_where_it_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wharrow-valley").mkdir()
    own = tmp_path / "wharrow-valley" / "action-plan-panel.docx"
    own.write_bytes(b"own")
    monkeypatch.setattr(render, "DOCUMENT_TEMPLATES", tmp_path)

    assert template_for("wharrow-valley", "action-plan-panel") == own
    default = tmp_path / "default" / "action-plan-applicant.docx"
    assert template_for("wharrow-valley", "action-plan-applicant") == default


@pytest.mark.parametrize("slug", ["..", "a/b", "", "Wharrow", "a\n", "../default"])
def test_a_slug_that_leads_elsewhere_is_refused(slug: str) -> None:
    with pytest.raises(ValueError, match="slug"):
        template_for(slug, "action-plan-panel")


def test_a_kind_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="not a valid Kind"):
        template_for("default", "../action-plan-panel")


def test_a_zip_without_clock_holds_the_same_parts() -> None:
    assert parts(without_clock(PANEL.read_bytes())) == parts(PANEL.read_bytes())
