"""Excel workbooks: measured before they are parsed, visible sheets and rows only, no formulas."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from itertools import accumulate
from typing import Any, Final
from xml.etree import ElementTree

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser

from portal.domain.import_plan import name_headings
from portal.domain.imported_rows import Cell, RawRow, Unusable, text_of
from portal.imports.tables import (
    MOST_COLUMNS,
    Contents,
    FileError,
    checked,
    no_rows,
    too_many_columns,
    too_many_rows,
)
from portal.packages import NotAPackageError, OversizePackageError, open_measured

_MOST_BYTES: Final = 40 * 1024 * 1024
_MOST_RATIO: Final = 200
_MOST_PARTS: Final = 500
_MOST_TAGS: Final = 3_000_000  # each costs some hundred bytes while a part is parsed
_MOST_SHEET_ROWS: Final = 1_048_576  # of the format; most of them may be empty
_MOST_MERGED: Final = 20_000
_CHUNK: Final = 1024 * 1024
_DOCTYPE: Final = b"<!DOCTYPE"
_ENCRYPTED: Final = 1

_NOT_EXCEL: Final = "The file is not an Excel workbook (.xlsx) and not a CSV file"
_UNREADABLE: Final = "The workbook cannot be read. Open it in Excel and save it again, or as CSV"
_TOO_LARGE: Final = "The workbook unpacks to too much. Copy the rows into a new one, or save as CSV"
_MACROS: Final = (
    "The workbook holds macros. Save it as an Excel workbook without macros (.xlsx), or as CSV"
)
_FROM_1904: Final = "The workbook counts its days from 1904. Save it as CSV and import that"


# What openpyxl raises over a part that is not what it should be has no common class. Anything else
# is a fault of ours, which the worker logs and tries again.
_WRONG_PARTS: Final = (
    ArithmeticError,
    AttributeError,
    EOFError,
    ElementTree.ParseError,
    InvalidFileException,
    LookupError,
    OSError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def check_package(content: bytes) -> None:
    """Look at the outside of a workbook; fast, parses nothing.

    Raises:
        FileError: it is no workbook, holds macros, or unpacks to too much.
    """
    _open(content).close()


def _open(content: bytes) -> zipfile.ZipFile:
    try:
        package = open_measured(
            content, most_bytes=_MOST_BYTES, most_ratio=_MOST_RATIO, most_parts=_MOST_PARTS
        )
    except NotAPackageError as error:
        raise FileError(_NOT_EXCEL) from error
    except OversizePackageError as error:
        raise FileError(_TOO_LARGE) from error
    names = {part.filename.casefold() for part in package.infolist()}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise FileError(_MACROS)
    if "xl/workbook.xml" not in names or not all(map(_is_plain, package.infolist())):
        raise FileError(_NOT_EXCEL)
    return package


def _is_plain(part: zipfile.ZipInfo) -> bool:
    packed_as_usual = part.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    return packed_as_usual and not part.flag_bits & _ENCRYPTED


class XlsxTable:
    """A workbook."""

    def __init__(self, content: bytes) -> None:
        """Open it.

        Raises:
            FileError: it cannot be read, or not without danger.
        """
        package = _open(content)
        _scan(package)
        package.close()
        self._book = _loaded(content)
        if self._book.epoch != WINDOWS_EPOCH:
            raise FileError(_FROM_1904)
        self._sheets: dict[str, Any] = {
            sheet.title: sheet
            for sheet in self._book.worksheets
            if sheet.sheet_state == "visible" and isinstance(sheet, ReadOnlyWorksheet)
        }
        self.sheets = tuple(self._sheets)
        if not self.sheets:
            raise FileError("The workbook has no sheet that can be seen")
        self._hidden_sheets = len(self._book.worksheets) - len(self.sheets)

    def read(self, sheet: str) -> Contents:
        """Read a sheet.

        Raises:
            FileError: it is not there, has no rows or too many, or cannot be read.
        """
        if sheet not in self._sheets:
            raise FileError("The workbook has no sheet of this name that can be seen")
        parser = _parser(self._book, self._sheets[sheet])
        with closing(parser.source), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                found = list(checked(_rows(parser)))
            except _WRONG_PARTS as error:
                raise FileError(_UNREADABLE) from error
        return self._contents(parser, found)

    def _contents(self, parser: "_Parser", found: list[RawRow]) -> Contents:
        if len(found) < 2:  # noqa: PLR2004  # headings and a row
            raise no_rows()
        top = [" ".join(text_of(cell).split()) for cell in found[0].cells]
        width = max(len(row.cells) for row in found)
        headings = name_headings(top + [""] * (width - len(top)))
        merged = _merged_rows(parser, found[-1].number)
        rows = tuple(
            RawRow(row.number, row.cells, _HAS_MERGED) if row.number in merged else row
            for row in found[1:]
        )
        return Contents(headings, rows, tuple(self._notes(parser)))

    def _notes(self, parser: "_Parser") -> Iterator[str]:
        if self._hidden_sheets:
            yield _left_out(self._hidden_sheets, "hidden sheet")
        if parser.hidden_rows:
            yield _left_out(parser.hidden_rows, "hidden row")


_HAS_MERGED: Final = "The row has merged cells. Unmerge them and fill in each cell"


def _left_out(count: int, what: str) -> str:
    return f"{count:,} {what} was left out" if count == 1 else f"{count:,} {what}s were left out"


def _scan(package: zipfile.ZipFile) -> None:
    """Unpack once without keeping anything: no document types, and not more tags than memory.

    Raises:
        FileError: there is one, there are more, or the zip is damaged.
    """
    tags = 0
    try:
        for part in package.infolist():
            tail = b""
            with package.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    tags += chunk.count(b"<")
                    # Without zeros, so that it is found in UTF-16 too.
                    plain = tail + chunk.replace(b"\0", b"")
                    if _DOCTYPE in plain.upper() and part.filename.endswith((".xml", ".rels")):
                        raise FileError(_UNREADABLE)
                    tail = plain[-len(_DOCTYPE) :]
            if tags > _MOST_TAGS:
                raise FileError(_TOO_LARGE)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError) as error:
        raise FileError(_UNREADABLE) from error


def _loaded(content: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        except _WRONG_PARTS as error:
            raise FileError(_UNREADABLE) from error


class _Parser(WorkSheetParser):
    """Reads a sheet row by row; counts the hidden rows and remembers nothing else of them."""

    source: Any
    hidden_rows = 0

    def parse_row(self, row: Any) -> tuple[int, list[dict[str, Any]]]:
        """Return number and cells; those of a hidden row are left out."""
        number, cells = super().parse_row(row)
        if number > _MOST_SHEET_ROWS:
            raise too_many_rows()
        self.row_dimensions.clear()
        if row.get("hidden") in {"1", "true"}:
            self.hidden_rows += bool(cells)
            return number, []
        return number, cells

    def parse_formula(self, element: Any) -> str:
        """Say only that there is one: working it out is the spreadsheet's business."""
        return "="


def _parser(book: Any, sheet: Any) -> _Parser:
    return _Parser(
        sheet._get_source(),
        sheet._shared_strings,
        data_only=False,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


def _rows(parser: _Parser) -> Iterator[RawRow]:
    seen = 0
    for number, cells in parser.parse():
        seen += 1
        if seen > _MOST_SHEET_ROWS:
            raise too_many_rows()
        filled = {cell["column"]: _cell(cell) for cell in cells}
        filled = {column: cell for column, cell in filled.items() if not _is_empty(cell)}
        if not filled:
            continue
        if max(filled) > MOST_COLUMNS:
            raise too_many_columns()
        yield RawRow(number, tuple(filled.get(column + 1) for column in range(max(filled))))


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


_LINE_END: Final = re.compile("_x000[dD]_")


def _cell(cell: dict[str, Any]) -> Cell:
    value = cell["value"]
    match cell["data_type"]:
        case "f":
            return Unusable("The cell holds a formula. Copy it and paste it as a value")
        case "e":
            return Unusable("The cell holds an error of the spreadsheet")
    if isinstance(value, str):
        return _LINE_END.sub("", value)
    found: Cell = value
    return found


def _merged_rows(parser: _Parser, last: int) -> set[int]:
    """Return the numbers of the rows with merged cells, up to the last."""
    merged = getattr(parser.merged_cells, "mergeCell", None) or []
    if len(merged) > _MOST_MERGED:
        raise FileError(_TOO_LARGE)
    starts = [0] * (last + 2)
    for each in merged:
        try:
            _, first, _, final = range_boundaries(each.ref)
        except (TypeError, ValueError) as error:
            raise FileError(_UNREADABLE) from error
        if first is None or final is None or first > last:
            continue
        starts[first] += 1
        starts[min(final, last) + 1] -= 1
    return {number for number, depth in enumerate(accumulate(starts)) if depth > 0}
