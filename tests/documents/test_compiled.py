"""What is compiled comes out as docxtpl makes it; what could come out otherwise is not compiled."""

import io
import random
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from plain_word import KINDS, any_content, differing, is_sound, lean, plain_word, template_of
from plan_samples import empty_panel_plan, long_panel_plan, noor_panel_plan
from word_reading import W, changed, field_codes, outside_links, parts, whole_text, with_part

from portal.documents import render
from portal.documents.compiled import compile_template
from portal.documents.content import PanelPlan
from portal.documents.render import environment, read_template, render_panel_plan
from portal.documents.shape import sample

PANEL = template_of("action-plan-panel")
PIECES = [
    *("A & B <x>", "“q” \"q\" 'q'", "{{ 7*7 }}", "{% if x %}", "{# #}", "%}", "}}", "{{", "{", "_"),
    *("&amp;&#95;", "</w:t></w:r></w:p>", "<w:br/>", "<!-- -->", "]]>", "\\", "%s", "$1", "\\1"),
    *("\n", "\n\n", "\t", " ", "  ", "ü", "é", "😀", "👩‍👩‍👧", "مرحبا", "שלום", "\u202e", "\u2028"),
    *("\x85", "\xa0", "\ue000", "\U0010ffff", "long " * 60, "Noor", "12 Elm Court", "0"),
]
# What docxtpl itself takes out, cuts off at, or reads as signs of its own.
CHANGED = ["{_{", "}_}", "{_%", "%_}", "\r", "\r\n", "\a", "\f", "\x00", "\x0b", "\x1b", "\x7f"]
CHANGED += ["\ud800", "\udfff", "\ufffe", "\uffff", "{_{ }_}", "_{", "{_", "x" * 20_000]
# XML 1.0, production 2, without #xD, which every reader of XML takes for #xA.
NO_CHAR = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def any_text(chance: random.Random, pieces: list[str]) -> str:
    return "".join(chance.choices(pieces, k=chance.choice((0, 1, 1, 2, 5))))


def is_compiled(template: bytes) -> bool:
    return bool(render._compiled(template))


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_of_the_house_is_compiled_and_comes_out_as_docxtpl_makes_it(kind):
    template, (content_type, make) = template_of(kind), KINDS[kind]
    content = sample(content_type, lambda path: f"[{path}] & <b>\none", items=3)

    made = make(content, template)

    assert is_compiled(template)
    assert is_sound(made)
    assert differing(made, plain_word(content, template)) == []
    assert docx.Document(io.BytesIO(made)).paragraphs


@pytest.mark.parametrize("kind", KINDS)
def test_contents_made_by_chance_come_out_as_docxtpl_makes_them(kind):
    # 6 kinds of document, 167 contents each: 1,002.
    template, chance = lean(kind), random.Random(kind)  # noqa: S311 - only to make texts
    sign = re.compile(r"\{_[{%]|[}%]_\}")

    def say(_path: str) -> str:
        return sign.sub("", any_text(chance, PIECES))

    assert is_compiled(template)
    for _ in range(167):
        content = any_content(kind, chance, say)
        made = KINDS[kind][1](content, template)
        assert differing(made, plain_word(content, template)) == [], content


@pytest.mark.parametrize("kind", KINDS)
def test_texts_made_by_chance_arrive_letter_by_letter(kind):
    template, said = template_of(kind), []
    chance = random.Random(f"texts {kind}")  # noqa: S311 - only to make texts

    def say(_path: str) -> str:
        said.append(f"[{len(said)}|{any_text(chance, PIECES + CHANGED)}|]")
        return said[-1]

    while len(said) < 1000:
        before = len(said)
        content = sample(KINDS[kind][0], say, items=3)
        made = KINDS[kind][1](content, template)
        read = whole_text(made)
        wanted = [NO_CHAR.sub("�", re.sub("\r\n?", "\n", text)) for text in said[before:]]
        assert [text for text in wanted if text not in read] == []
        assert list(parts(made)) == list(parts(template))
        assert parts(made)["[Content_Types].xml"] == parts(template)["[Content_Types].xml"]
        assert field_codes(made) == field_codes(template) == {"PAGE", "NUMPAGES"}
        assert outside_links(made) == outside_links(template) == []
        assert is_sound(made)
        assert KINDS[kind][1](content, template) == made


def test_what_docxtpl_loses_after_a_control_character_is_kept():
    said = []

    def say(path: str) -> str:
        said.append(f"[{path} & <b>]")
        return "\x0b" + said[-1]

    read = whole_text(render_panel_plan(sample(PanelPlan, say, items=2), PANEL))

    assert [text for text in said if f"�{text}" not in read] == []


def saying(*texts: str):
    def seed(document: Document) -> None:
        for text in texts:
            document.add_paragraph(text)

    return seed


def across_runs(document: Document) -> None:
    paragraph = document.add_paragraph("{% if lga_name %}")
    paragraph.add_run("in ").bold = True
    paragraph.add_run("{{ lga_name }}")
    paragraph.add_run("{% elif reference %}").italic = True
    paragraph.add_run("nowhere{% else %}\u2013{% endif %}")


def rows_of(*texts: str):
    def seed(document: Document) -> None:
        table = document.add_table(rows=0, cols=2)
        for text in texts:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = text, ""

    return seed


def static_notes(document: Document) -> None:
    document.sections[0].footer.add_paragraph("A line without any field")


@pytest.mark.parametrize(
    "change",
    [
        saying("{%p if actions %}", "{{ reference }}{# said twice #}", "{%p endif %}"),
        saying("{%p for a in actions %}", "{{ a.what }}, {{ loop.index }}", "{%p endfor %}"),
        saying("{% for a in actions if a.number %}{{ a.by_when }};{% else %}-{% endfor %}"),
        saying("{% if not (actions and powers) or present %} {{- lga_name -}} {% endif %}"),
        saying("{%p if next_look %}", "one", "{%p elif consulted %}", "two", "{%p endif %}"),
        across_runs,
        rows_of("x", "{%tr for a in actions %}", "{{ a.what }}", "{%tr endfor %}"),
        static_notes,
    ],
    ids=["p if", "p for", "for if else", "minus", "elif", "across runs", "rows", "no field"],
)
def test_other_ways_to_write_a_template_come_out_as_docxtpl_makes_them(change):
    template = changed(PANEL, change)

    assert is_compiled(template)
    for plan in (noor_panel_plan(), empty_panel_plan(), long_panel_plan(9)):
        assert differing(render_panel_plan(plan, template), plain_word(plan, template)) == []


PICTURE = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="http://'
    'schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:r><w:drawing><wp:inline>'
    '<wp:extent cx="1" cy="1"/><wp:docPr id="7" name="Crest"/></wp:inline></w:drawing></w:r></w:p>'
)


def picture(document: Document) -> None:
    document.element.body.insert(0, parse_xml(PICTURE))


def picture_in_header(document: Document) -> None:
    document.sections[0].header._element.append(parse_xml(PICTURE))


def table_in_table(document: Document) -> None:
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.add_table(rows=1, cols=1).rows[0].cells[0].text = "{{ reference }}"
    cell.add_paragraph()


def coloured(document: Document) -> None:
    document.add_table(rows=1, cols=1).rows[0].cells[0].text = "{% cellbg reference %}x"


def narrow(document: Document) -> None:
    table = document.add_table(rows=1, cols=3)
    row = table.rows[0]._tr
    row.remove(row.findall(f"{W}tc")[-1])


def tab(document: Document) -> None:
    document.add_paragraph("a").runs[0]._r.find(f"{W}t").text = "a\tb"


def field_in_attribute(document: Document) -> None:
    paragraph = document.add_paragraph("x")
    paragraph.paragraph_format.keep_with_next = True
    paragraph._p.pPr.find(f"{W}keepNext").set(f"{W}val", "{{ reference }}")


@pytest.mark.parametrize(
    "change",
    [
        picture,
        picture_in_header,
        table_in_table,
        coloured,
        narrow,
        field_in_attribute,
        rows_of("{%tc for a in actions %}", "x", "{%tc endfor %}"),
        rows_of("{%tr for a in actions %}", "{{ a.what }}", "{%tr endfor %}"),
        saying("{{r reference }}"),
        saying("{{ 1 + 1 }}"),
        saying("{{ reference.upper() }}"),
        saying("{% set x = reference %}{{ x }}"),
        saying("{% if reference == 'ACR-7K3Q-9MXD' %}x{% endif %}"),
        tab,
        saying("{_{ reference }_}"),
        saying("{% if reference %}", "{% endif %}"),
    ],
    ids=[
        *("picture", "picture in header", "table in table", "cell colour", "short row"),
        *("attribute", "columns", "rows that may all go", "rich text", "sum", "call", "set"),
        *("comparison", "tab", "own sign", "condition over paragraphs"),
    ],
)
def test_what_could_come_out_otherwise_is_left_to_docxtpl(change):
    template, plan = changed(PANEL, change), noor_panel_plan()

    assert not is_compiled(template)
    try:
        wanted = plain_word(plan, template)
    except Exception as error:
        with pytest.raises(render.TemplateError, match=re.escape(str(error)[:20])):
            render_panel_plan(plan, template)
        return
    assert differing(render_panel_plan(plan, template), wanted) == []


def with_footnotes(text: str) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = parts(PANEL)["[Content_Types].xml"].decode()
    links = parts(PANEL)["word/_rels/document.xml.rels"].decode()
    link = (
        '<Relationship Id="rId900" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/footnotes"/></Relationships>'
    )
    named = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    notes = (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:footnote w:id="1"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    data = with_part(PANEL, "[Content_Types].xml", types.replace("</Types>", named).encode())
    links = links.replace("</Relationships>", link).encode()
    data = with_part(data, "word/_rels/document.xml.rels", links)
    return with_part(data, "word/footnotes.xml", notes.encode())


@pytest.mark.parametrize(("text", "compiled"), [("See the law.", True), ("{{ reference }}", False)])
def test_footnotes_are_left_to_docxtpl_where_they_hold_a_field(text, compiled):
    template, plan = with_footnotes(text), noor_panel_plan()

    assert is_compiled(template) is compiled
    assert differing(render_panel_plan(plan, template), plain_word(plan, template)) == []


def test_a_template_of_a_megabyte_is_not_kept_in_memory():
    # Random bytes do not pack.
    fill = random.Random(1).randbytes(1_000_000).hex()  # noqa: S311 - only to fill

    word = read_template(with_part(PANEL, "customXml/item1.xml", f"<a>{fill}</a>".encode()))

    assert compile_template(word, environment()) is None


def test_two_threads_compile_a_template_once_and_do_not_disturb_each_other(monkeypatch):
    compiled, start = [], threading.Barrier(2)
    monkeypatch.setattr(render, "_COMPILED", {})
    monkeypatch.setattr(
        render,
        "compile_template",
        lambda *of: compiled.append(compile_template(*of)) or compiled[-1],
    )
    plans = [long_panel_plan(12), noor_panel_plan()]

    def make(plan):
        start.wait()
        return {render_panel_plan(plan, PANEL) for _ in range(20)}

    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(make, plans))

    assert made == [{render_panel_plan(plan, PANEL)} for plan in plans]
    assert len(compiled) == 1


def test_only_the_templates_used_last_are_kept(monkeypatch):
    monkeypatch.setattr(render, "_COMPILED", {})
    monkeypatch.setattr(render, "_MOST_COMPILED", 2)
    first, second, third = (
        lean(kind) for kind in ("minutes", "letter-threshold-met", "action-plan-panel")
    )
    kept = [render._compiled(template) for template in (first, second, first, third)]

    assert render._compiled(first) is kept[0]
    assert render._compiled(second) is not kept[1]
    assert len(render._COMPILED) == 2
