"""The look of the default templates: styles, tables, boxes, header and footer.

In a text, ** switches bold on and off and a line break begins a new paragraph.
"""

import io
from collections.abc import Callable, Sequence

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

BRAND, INK, GREY, TINT, LINE = "0D4B5C", "0B0C0C", "484949", "E9F0F2", "8FA9B1"
FONT = "Arial"
OFFICE = "{{ office_name }}"
TWIPS_PER_CM = 567
_SCRIPTS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
# python-docx's own starting file carries a second style sheet that has gone stale, and a picture
# of a page that is not ours.
_STALE = ("/stylesWithEffects", "/thumbnail")


def new_document(title: str, size: float, *, landscape: bool) -> Document:
    """Begin a document: A4, Arial of a size in points, British English."""
    document = docx.Document()
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(_STALE):
                del part.rels[key]
    _set_properties(document, title)
    _set_page(document, landscape=landscape)
    _set_styles(document, size)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    return document


def saved(document: Document) -> bytes:
    """Return the bytes of the Word file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_properties(document: Document, title: str) -> None:
    properties = document.core_properties
    # Dates and the name of a library would differ from one building to the next.
    for element in list(properties._element):
        properties._element.remove(element)
    properties.title, properties.language = title, "en-GB"


def _set_page(document: Document, *, landscape: bool) -> None:
    section = document.sections[0]
    short, long = Cm(21), Cm(29.7)
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = Cm(2.1 if landscape else 2)
    section.bottom_margin = Cm(1.9 if landscape else 2.1)
    section.header_distance = section.footer_distance = Cm(0.9)


def _set_styles(document: Document, size: float) -> None:
    normal = _style(document, "Normal")
    normal.font.size = Pt(size)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    _use_font(normal)
    for name, points, before, after in (
        ("Title", size + 13, 0, 2),
        ("Heading 1", size + 4, 14, 5),
        ("Heading 2", size + 1, 10, 3),
    ):
        style = _style(document, name)
        style.font.size, style.font.bold = Pt(points), True
        style.font.color.rgb = RGBColor.from_string(INK if name == "Heading 2" else BRAND)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.keep_with_next = True
        _use_font(style)
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)


def _style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - true of python-docx's starting file
    return style


def _use_font(style: ParagraphStyle) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # A theme's font would win over the one named.
    for attribute in [name for name in fonts.attrib if "Theme" in name or name.endswith("theme")]:
        del fonts.attrib[attribute]
    for script in _SCRIPTS:
        fonts.set(qn(script), FONT)


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def write(
    paragraph: Paragraph, text: str, *, size: float | None = None, colour: str | None = None
) -> None:
    """Add a text to a paragraph."""
    for index, part in enumerate(text.split("**")):
        if part:
            run = paragraph.add_run(part)
            run.bold = True if index % 2 else None
            if size:
                run.font.size = Pt(size)
            if colour:
                run.font.color.rgb = RGBColor.from_string(colour)


def paragraph(document: Document, text: str, style: str | None = None) -> Paragraph:
    """Add a paragraph at the end of the document."""
    added = document.add_paragraph(style=style)
    write(added, text)
    return added


def title_block(document: Document, title: str, about: str, office: str = OFFICE) -> None:
    """Add the office, the title and the line that says whose paper it is."""
    first = document.add_paragraph()
    write(first, office, size=11, colour=GREY)
    first.paragraph_format.space_after = Pt(0)
    document.add_paragraph(title, style="Title")
    paragraph(document, about).paragraph_format.space_after = Pt(10)


def header_and_footer(
    document: Document,
    *,
    left: str,
    width: float,
    marking: str = "",
    right: str = "",
    office: str = OFFICE,
) -> None:
    """Write header and footer of every page: reference, marking, office, "Page 2 of 3".

    Args:
        document: the document.
        left: what the header says on the left.
        width: of the text, in centimetres.
        marking: the protective marking; none when empty.
        right: what the header says on the right, in bold; nothing when empty.
        office: the field that names it.
    """
    section = document.sections[0]
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    for line, text in ((header, left), (footer, office)):
        line.style = document.styles["Normal"]
        line.paragraph_format.space_after = Pt(0)
        _set_tabs(line, center=width / 2, right=width)
        write(line, f"{text}\t", size=9, colour=GREY)
        if marking:
            write(line, f"**{marking}**", size=11)
    if right:
        write(header, f"\t**{right}**", size=11)
    write(footer, "\tPage ", size=9, colour=GREY)
    _add_field(footer, "PAGE")
    write(footer, " of ", size=9, colour=GREY)
    _add_field(footer, "NUMPAGES")


def _set_tabs(line: Paragraph, **stops: float) -> None:
    tabs = _element("w:tabs")
    for kind, cm in stops.items():
        tabs.append(_element("w:tab", val=kind, pos=str(int(cm * TWIPS_PER_CM))))
    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(tabs, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _add_field(line: Paragraph, code: str) -> None:
    instruction = _element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    shown = _element("w:t")
    shown.text = "1"
    for element in (
        _element("w:fldChar", fldCharType="begin"),
        instruction,
        _element("w:fldChar", fldCharType="separate"),
        shown,
        _element("w:fldChar", fldCharType="end"),
    ):
        run = line.add_run()
        run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(GREY)
        run._r.append(element)


def box(document: Document, width: float, lines: Sequence[str]) -> None:
    """Add a tinted box with a thick line of the brand's colour on its left."""
    added = _new_table(document, [width], _borders(left=("36", BRAND)))
    row = _add_row(added, ["\n".join(lines)], [width])
    _shade(row[0], TINT)
    _finish(document, added, [width])


def table(
    document: Document,
    *,
    widths: Sequence[float],
    rows: Sequence[Sequence[str] | str],
    head: Sequence[str] = (),
    describe: str,
    keep_together: bool = False,
) -> Table:
    """Add a table whose rows do not split and whose header row repeats on each page; return it.

    Args:
        document: the document.
        widths: of the columns, in centimetres.
        rows: the cells of each row, the first one bold; a single string is a row that holds a
            Jinja tag and is gone from the finished document.
        head: the header row's cells; none when empty.
        describe: what the table holds, read out by screen readers.
        keep_together: on one page, as far as it fits.
    """
    line = ("6", LINE)
    added = _new_table(document, widths, _borders(top=line, bottom=line, insideH=line))
    added._tbl.tblPr.append(_element("w:tblDescription", val=describe))
    if head:
        cells = _add_row(added, [f"**{text}**" for text in head], widths, repeats=True)
        for cell in cells:
            _shade(cell, TINT)
    for texts in rows:
        if isinstance(texts, str):
            _append_row(added).cells[0].text = texts
            continue
        cells = _add_row(added, [f"**{texts[0]}**", *texts[1:]], widths)
        if keep_together:
            _keep_with_next(cells)
    _finish(document, added, widths)
    return added


def _keep_with_next(cells: Sequence[_Cell]) -> None:
    for cell in cells:
        for text in cell.paragraphs:
            text.paragraph_format.keep_with_next = True


def _new_table(document: Document, widths: Sequence[float], borders: BaseOxmlElement) -> Table:
    added: Table = document.add_table(rows=0, cols=len(widths))
    added.alignment, added.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    margins = _element("w:tblCellMar")
    for side, width in (("top", "60"), ("left", "100"), ("bottom", "60"), ("right", "100")):
        margins.append(_element(f"w:{side}", w=width, type="dxa"))
    # Word repairs a file with these in another order: borders, layout, cell margins, look.
    properties = added._tbl.tblPr
    layout, appearance = properties.find(qn("w:tblLayout")), properties.find(qn("w:tblLook"))
    assert layout is not None and appearance is not None  # noqa: S101, PT018 - set just above
    layout.addprevious(borders)
    appearance.addprevious(margins)
    return added


def _borders(**sides: tuple[str, str]) -> BaseOxmlElement:
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        size, colour = sides.get(side, ("6", LINE))
        kind = "single" if side in sides else "nil"
        borders.append(_element(f"w:{side}", val=kind, sz=size, space="0", color=colour))
    return borders


def _append_row(added: Table) -> _Row:
    add_row: Callable[[], _Row] = added.add_row  # it has no types of its own
    return add_row()


def _add_row(
    added: Table, texts: Sequence[str], widths: Sequence[float], *, repeats: bool = False
) -> tuple[_Cell, ...]:
    row = _append_row(added)
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("w:cantSplit"))
    if repeats:
        properties.append(_element("w:tblHeader"))
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Cm(width)
        _fill(cell, text)
    if repeats:
        _keep_with_next(row.cells)
    return row.cells


def _fill(cell: _Cell, text: str) -> None:
    for number, line in enumerate(text.split("\n")):
        part = cell.add_paragraph() if number else cell.paragraphs[0]
        part.paragraph_format.space_after = Pt(0)
        part.paragraph_format.line_spacing = 1.1
        write(part, line)


def _shade(cell: _Cell, fill: str) -> None:
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=fill))


def _finish(document: Document, added: Table, widths: Sequence[float]) -> None:
    for column, width in zip(added.columns, widths, strict=True):
        column.width = Cm(width)
    gap = document.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(2), 0.6
