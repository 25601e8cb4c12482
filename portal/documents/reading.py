"""Read a Word file of ours back as text, for a page that shows what will be printed."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

_KINDS = {"Title": "title", "Heading 1": "heading", "List Bullet": "bullet"}


@dataclass(frozen=True)
class ShownParagraph:
    """A paragraph as it is printed.

    Attributes:
        kind: title, heading, bullet or text.
        parts: its pieces, each with whether it is bold.
    """

    kind: str
    parts: tuple[tuple[str, bool], ...]


def paragraphs_of(data: bytes) -> tuple[ShownParagraph, ...]:
    """Return the paragraphs of the body, in their order, without the empty ones."""
    document = docx.Document(io.BytesIO(data))
    found = (paragraph for part in document.iter_inner_content() for paragraph in _within(part))
    return tuple(_shown(each) for each in found if each.text.strip())


def _within(part: Paragraph | Table) -> Iterator[Paragraph]:
    if isinstance(part, Paragraph):
        yield part
        return
    for row in part.rows:
        for cell in row.cells:
            yield from cell.paragraphs


def _shown(paragraph: Paragraph) -> ShownParagraph:
    style = paragraph.style.name if paragraph.style else ""
    return ShownParagraph(
        _KINDS.get(style or "", "text"),
        tuple((run.text, bool(run.bold)) for run in paragraph.runs if run.text),
    )
