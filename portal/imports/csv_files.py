"""CSV as programs write it: three delimiters, four encodings, quoted line ends."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Final

from portal.domain.import_plan import name_headings
from portal.domain.imported_rows import RawRow
from portal.imports.tables import Contents, FileError, checked, no_rows

_DELIMITERS: Final = ",;\t"
_BY_MARK: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS: Final = frozenset(map(chr, range(32))) - set("\t\r\n")


class CsvTable:
    """A CSV file."""

    sheets: tuple[str, ...] = ("",)

    def __init__(self, content: bytes) -> None:
        """Decode it.

        Raises:
            FileError: it is not text.
        """
        self._text = _decoded(content)

    def read(self, sheet: str) -> Contents:
        """Read the file; it has no sheets.

        Raises:
            FileError: it has no rows, too many of them, or a quotation mark that is not closed.
        """
        rows = checked(_rows(self._text))
        top = next(rows, None)
        if top is None:
            raise no_rows()
        headings = name_headings([_heading(cell) for cell in _trimmed(top)])
        found = tuple(_measured(row, len(headings)) for row in rows)
        if not found:
            raise no_rows()
        return Contents(headings, found)


def _decoded(content: bytes) -> str:
    encodings = [name for mark, name in _BY_MARK if content.startswith(mark)]
    for encoding in encodings or ["utf-8", "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError("The file is not text that can be read. Save it as “CSV UTF-8”")


def _rows(text: str) -> Iterator[RawRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 1
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield RawRow(number, tuple(cells))
    except csv.Error as error:
        raise FileError(
            f"After row {number} the file cannot be read: a quotation mark is not closed, or "
            "stands in the middle of a cell"
        ) from error


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts the first line into the most columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


def _heading(cell: object) -> str:
    text = " ".join(str(cell).split())
    if _CONTROLS.intersection(str(cell)):
        raise FileError(
            "The first row holds characters that cannot be read. Save the file as “CSV UTF-8”"
        )
    return text


def _trimmed(top: RawRow) -> list[object]:
    """Return the cells of the headings without the empty ones at the end."""
    cells: list[object] = list(top.cells)
    while cells and not str(cells[-1]).strip():
        cells.pop()
    return cells


def _measured(row: RawRow, width: int) -> RawRow:
    if any(str(cell).strip() for cell in row.cells[width:]):
        return RawRow(
            row.number,
            row.cells,
            "The row has more cells than there are headings. Put text that holds the delimiter "
            "in quotation marks",
        )
    return row
