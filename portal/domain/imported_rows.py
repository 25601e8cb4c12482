"""A row of an agency's export, read strictly: what is not understood is named.

Dates are read day first, as they are written here, or as ISO dates. Nothing is guessed, cut or
left out quietly: what cannot be read is a fault with its row, its column and a sentence.
"""

import datetime as dt
import enum
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portal.domain.dates import LONDON, MONTHS
from portal.domain.text import UnusableTextError, clean, clean_line


class ImportField(enum.StrEnum):
    """What a column of an export can be."""

    HAPPENED_ON = "happened_on"
    TITLE = "title"
    ACCOUNT = "account"
    REPORTED_ON = "reported_on"
    HOW = "how"
    THEIR_REFERENCE = "their_reference"
    WHAT_WAS_DONE = "what_was_done"


NEEDED: Final = frozenset({ImportField.HAPPENED_ON, ImportField.TITLE})
OF_REPORT: Final = frozenset(
    {ImportField.HOW, ImportField.THEIR_REFERENCE, ImportField.WHAT_WAS_DONE}
)
MOST_CHARACTERS: Final = {
    ImportField.TITLE: 200,
    ImportField.ACCOUNT: 10_000,
    ImportField.HOW: 200,
    ImportField.THEIR_REFERENCE: 100,
    ImportField.WHAT_WAS_DONE: 10_000,
}
_SEVERAL_LINES: Final = frozenset({ImportField.ACCOUNT, ImportField.WHAT_WAS_DONE})


@dataclass(frozen=True)
class Unusable:
    """A cell that holds no value; the sentence goes on after the name of the column."""

    sentence: str


Cell = str | int | float | dt.date | dt.time | dt.timedelta | Unusable | None


@dataclass(frozen=True)
class RawRow:
    """A row as the file has it.

    Attributes:
        number: as a spreadsheet counts it; the first row of the file is 1.
        fault: what is wrong with the row as a whole, or an empty string.
    """

    number: int
    cells: tuple[Cell, ...]
    fault: str = ""


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be imported."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class ReadReport:
    """A report as a row has it; ``reported_on`` is none where the day is not known."""

    reported_on: dt.date | None
    how: str
    their_reference: str
    what_was_done: str


@dataclass(frozen=True)
class ReadRow:
    """A row that was understood: an incident, with the report of it where there is one.

    ``happened_on`` is none where the day is not known: unknown is an answer.
    """

    happened_on: dt.date | None
    title: str
    account: str
    report: ReadReport | None


def read_row(
    raw: RawRow,
    columns: Mapping[ImportField, int],
    headings: Sequence[str],
    today: dt.date,
) -> ReadRow | tuple[Fault, ...]:
    """Return what the row says, or everything that is wrong with it.

    Args:
        raw: the row.
        columns: in which column, counted from 0, a field stands; a field may be left out.
        headings: of the columns, to name the wrong ones.
        today: the day in London; nothing can have happened after it.
    """
    if raw.fault:
        return (Fault(raw.number, "", raw.fault),)
    reading = _Reading(raw, columns, headings)
    happened_on = reading.day(ImportField.HAPPENED_ON, today)
    reported_on = reading.day(ImportField.REPORTED_ON, today)
    texts = {field: reading.words(field) for field in MOST_CHARACTERS}
    reading.check_needed(texts)
    reading.check_report(happened_on, reported_on)
    if reading.faults:
        return tuple(reading.faults)
    return ReadRow(
        happened_on=happened_on,
        title=texts[ImportField.TITLE],
        account=texts[ImportField.ACCOUNT],
        report=_report(reported_on, texts),
    )


def _report(reported_on: dt.date | None, texts: Mapping[ImportField, str]) -> ReadReport | None:
    if reported_on is None and not any(texts[field] for field in OF_REPORT):
        return None
    return ReadReport(
        reported_on=reported_on,
        how=texts[ImportField.HOW],
        their_reference=texts[ImportField.THEIR_REFERENCE],
        what_was_done=texts[ImportField.WHAT_WAS_DONE],
    )


class _Reading:
    """One row on its way; collects what is wrong with it."""

    def __init__(
        self, raw: RawRow, columns: Mapping[ImportField, int], headings: Sequence[str]
    ) -> None:
        self.raw, self.columns, self.headings = raw, columns, headings
        self.faults: list[Fault] = []
        self.wrong: set[ImportField] = set()

    def refuse(self, field: ImportField, sentence: str) -> None:
        column = self.headings[self.columns[field]] if field in self.columns else ""
        self.faults.append(Fault(self.raw.number, column, sentence))
        self.wrong.add(field)

    def cell(self, field: ImportField) -> Cell:
        index = self.columns.get(field)
        if index is None or index >= len(self.raw.cells):
            return None
        cell = self.raw.cells[index]
        if isinstance(cell, Unusable):
            self.refuse(field, cell.sentence)
            return None
        return cell

    def day(self, field: ImportField, today: dt.date) -> dt.date | None:
        cell = self.cell(field)
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return None
        found = day_of(cell)
        if found is None:
            self.refuse(
                field,
                f"“{_short(cell)}” is not a date. Write the day first, like 3/11/2026, "
                "or like 2026-11-03",
            )
        elif found > today:
            self.refuse(field, "The day must be today or in the past")
            return None
        return found

    def words(self, field: ImportField) -> str:
        try:
            return self._words(field)
        except UnusableTextError:
            self.refuse(field, "This text holds characters that cannot be stored")
            return ""

    def _words(self, field: ImportField) -> str:
        typed = text_of(self.cell(field))
        if _CONTROL.search(typed):
            raise UnusableTextError
        text = clean(typed).strip() if field in _SEVERAL_LINES else clean_line(typed)
        most = MOST_CHARACTERS[field]
        if len(text) > most:
            self.refuse(
                field, f"The text must be {most:,} characters or fewer. It has {len(text):,}"
            )
            return text[:most]
        return text

    def check_needed(self, texts: Mapping[ImportField, str]) -> None:
        if ImportField.TITLE not in self.wrong and not texts[ImportField.TITLE]:
            self.refuse(ImportField.TITLE, "What it was is missing")

    def check_report(self, happened_on: dt.date | None, reported_on: dt.date | None) -> None:
        if happened_on is not None and reported_on is not None and reported_on < happened_on:
            self.refuse(
                ImportField.REPORTED_ON,
                "The day it was reported must be the same as or after the day it happened",
            )


_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SHOWN: Final = 40


def text_of(cell: Cell) -> str:
    """Return a cell as text: numbers without an empty fraction, days as they are written here."""
    if cell is None or isinstance(cell, Unusable):
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, dt.date):
        return _day_as_text(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _day_as_text(day: dt.date) -> str:
    has_time = isinstance(day, dt.datetime) and day.time() != dt.time()
    return f"{day.day}/{day.month}/{day.year}" + (f" {day:%H:%M}" if has_time else "")


def _short(cell: Cell) -> str:
    text = _CONTROL.sub("", " ".join(text_of(cell).split()))
    text = text.encode(errors="ignore").decode()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_TIME_TAIL: Final = r"(?:[ T,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?[ap]m)?)?"
_DAY_FIRST: Final = re.compile(
    r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})" + _TIME_TAIL, re.ASCII | re.IGNORECASE
)
_IN_WORDS: Final = re.compile(
    r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ \-]([a-z]{3,9})\.?,?[ \-](\d{4}|\d{2})" + _TIME_TAIL,
    re.ASCII | re.IGNORECASE,
)
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\S+)?", re.ASCII)
# Spreadsheets count days; before the 61st they count a 29 February 1900.
_SERIAL_ZERO: Final = dt.date(1899, 12, 30)
_FIRST_SERIAL: Final = 61
_LAST_SERIAL: Final = 200_000
_CENTURY: Final = 2000
_YEARS: Final = range(1900, 2201)
_ABBREVIATED: Final = 3
_MONTH_NUMBERS: Final = {
    **{name.casefold(): number for number, name in enumerate(MONTHS, start=1)},
    **{name[:_ABBREVIATED].casefold(): number for number, name in enumerate(MONTHS, start=1)},
    "sept": 9,
}


def day_of(cell: Cell) -> dt.date | None:
    """Return the day that a cell says, whatever its type, or none.

    Text is read day first; ISO dates are accepted, an instant with a zone as its day in London. A
    number counts days as spreadsheets do.
    """
    if isinstance(cell, dt.datetime):
        return _within(cell.date())
    if isinstance(cell, dt.date):
        return _within(cell)
    if isinstance(cell, str):
        return _from_text(" ".join(cell.split()))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_serial(cell)
    return None


def _within(day: dt.date) -> dt.date | None:
    return day if day.year in _YEARS else None


def _from_serial(number: float) -> dt.date | None:
    # A comparison, not int(): infinity and “not a number” come in files too.
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    return _within(_SERIAL_ZERO + dt.timedelta(days=int(number)))


def _from_text(text: str) -> dt.date | None:
    if _ISO.fullmatch(text):
        return _from_iso(text)
    if match := _DAY_FIRST.fullmatch(text):
        return _day(match[4], int(match[3]), match[1])
    if match := _IN_WORDS.fullmatch(text):
        return _day(match[3], _MONTH_NUMBERS.get(match[2].casefold(), 0), match[1])
    return None


def _from_iso(text: str) -> dt.date | None:
    try:
        instant = dt.datetime.fromisoformat(text)
        if instant.tzinfo:
            instant = instant.astimezone(LONDON)
    except (ValueError, OverflowError):
        return None
    return _within(instant.date())


def _day(year: str, month: int, day: str) -> dt.date | None:
    full = int(year) if len(year) > 2 else _CENTURY + int(year)
    try:
        return _within(dt.date(full, month, int(day)))
    except ValueError:
        return None
