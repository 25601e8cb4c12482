"""What a file holds, whatever its kind: sheets with headings and rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from portal.domain.imported_rows import RawRow

MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 200


class FileError(Exception):
    """The file cannot be imported; the message is a sentence for whoever chose it."""


@dataclass(frozen=True)
class Contents:
    """The rows of one sheet.

    Attributes:
        headings: one for each column, none empty, no two the same.
        rows: below the headings; empty ones are left out.
        notes: sentences about what was left out on purpose.
    """

    headings: tuple[str, ...]
    rows: tuple[RawRow, ...]
    notes: tuple[str, ...] = ()


class Table(Protocol):
    """A file that was opened."""

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the sheets to choose from; one empty name where the file has no sheets."""

    def read(self, sheet: str) -> Contents:
        """Read a sheet; raise FileError where that cannot be done."""


def too_many_rows() -> FileError:
    """Return the error of a sheet that is too long."""
    return FileError(
        f"The file has more than {MOST_ROWS:,} rows. Split it, and import the parts one by one"
    )


def too_many_columns() -> FileError:
    """Return the error of a sheet that is too wide."""
    return FileError(
        f"The file has more than {MOST_COLUMNS} columns. Take out those that are not needed"
    )


def no_rows() -> FileError:
    """Return the error of a sheet with nothing below its headings."""
    return FileError("The file has no rows below its headings")


def checked(rows: Iterator[RawRow]) -> Iterator[RawRow]:
    """Pass rows on until there are too many of them."""
    for count, row in enumerate(rows):
        if count > MOST_ROWS:  # the headings are one more
            raise too_many_rows()
        if len(row.cells) > MOST_COLUMNS:
            raise too_many_columns()
        yield row
