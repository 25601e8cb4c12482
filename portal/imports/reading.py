"""Which kind of file it is, by what it holds and not by what it is called."""

from typing import Final

from portal.imports.csv_files import CsvTable
from portal.imports.tables import FileError, Table
from portal.imports.xlsx_files import XlsxTable, check_package

MOST_BYTES: Final = 10 * 1024 * 1024
_ZIP: Final = b"PK"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_PDF: Final = b"%PDF"


def check_file(content: bytes) -> None:
    """Look at the outside of a file: fast enough to be done while somebody waits.

    Raises:
        FileError: it is too large, or of a kind that is not read.
    """
    if not content.strip():
        raise FileError("The file is empty")
    if len(content) > MOST_BYTES:
        raise FileError("The file must be 10 MB or smaller")
    if content.startswith(_OLD_OFFICE):
        raise FileError(
            "The file is an old workbook (.xls), or one with a passphrase. Save it as an Excel "
            "workbook (.xlsx) without a passphrase, or as CSV"
        )
    if content.startswith(_PDF):
        raise FileError("The file must be an Excel workbook (.xlsx) or a CSV file")
    if content.startswith(_ZIP):
        check_package(content)


def open_file(content: bytes) -> Table:
    """Open a file; parsing a large one takes seconds, so the worker does it.

    Raises:
        FileError: it cannot be read.
    """
    check_file(content)
    return XlsxTable(content) if content.startswith(_ZIP) else CsvTable(content)
