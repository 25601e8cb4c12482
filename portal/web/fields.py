"""Form fields that render the whole GOV.UK form group: label, hint, error message, control.

``{{ form.place() }}`` is all that a page writes. The markup is in `components/fields.html`.
Whatever is posted, a field answers with a value or with an error sentence, never with an exception.
"""

import datetime as dt
import re
from typing import Any, Final

from werkzeug.datastructures import FileStorage
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from portal.domain.text import clean, clean_line, showable
from portal.web.choices import CheckboxesField, CheckboxField, Choice, RadioField, SelectField
from portal.web.field_base import GovukField, Required, RequiredWhen, first_text

__all__ = [
    "CheckboxField",
    "CheckboxesField",
    "Choice",
    "DateField",
    "EmailField",
    "GovukField",
    "IntegerField",
    "LongTextField",
    "PassphraseField",
    "RadioField",
    "Required",
    "RequiredWhen",
    "SelectField",
    "TextField",
    "TimeField",
    "UploadField",
]

_DATE_PARTS: Final = ("day", "month", "year")
_PART_LIMIT: Final = 20  # nobody means more; the rest is cut, not shown again
_EARLIEST_YEAR: Final = 1900
_LATEST_YEAR: Final = 2200
_NOON: Final = 12
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?(?:([ap])\.?m\.?)?", re.ASCII)
_WHOLE_NUMBER: Final = re.compile(r"-?\d{1,9}", re.ASCII)
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class TextField(GovukField):
    """One line of text. ``data`` is the cleaned text, "" when empty.

    Options: max_length (after cleaning), width (2, 3, 4, 5, 10, 20 or 30 characters; none is full
    width), autocomplete, inputmode, spellcheck (false for names, references and addresses).
    """

    macro = "text_input"
    options = (
        *GovukField.options,
        "max_length",
        "width",
        "autocomplete",
        "inputmode",
        "spellcheck",
    )
    input_type = "text"
    max_length: int = 200
    width: int | None = None
    autocomplete: str | None = None
    inputmode: str | None = None
    spellcheck: bool = True

    def process_data(self, value: Any) -> None:
        """Take the stored text; none is the empty text."""
        self.data = value or ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Clean what was typed; text that cannot be cleaned is kept to be shown again."""
        self.typed, self.data = first_text(valuelist), ""
        self.data = self.typed = self.cleaned(self.typed)

    def cleaned(self, typed: str) -> str:
        """Return the text as it is stored."""
        return clean_line(typed)

    def pre_validate(self, form: Any) -> None:
        """Refuse text that is too long and say how long it is."""
        super().pre_validate(form)
        if len(self.data) > self.max_length:
            raise StopValidation(
                f"{self.what} must be {self.max_length:,} characters or fewer. "
                f"You have typed {len(self.data):,}."
            )


class LongTextField(TextField):
    """Several lines of text; line ends come back as they were typed. Options: rows, max_length."""

    macro = "textarea"
    options = (*TextField.options, "rows")
    rows: int = 5
    max_length = 20_000

    def cleaned(self, typed: str) -> str:
        """Return the text as it is stored; space alone is nothing."""
        return clean(typed) if typed.strip() else ""


class EmailField(TextField):
    """An email address. Only its shape is checked: mail shows whether it exists."""

    input_type = "email"
    max_length = 254
    autocomplete = "email"
    spellcheck = False

    def pre_validate(self, form: Any) -> None:
        """Refuse what cannot be an address."""
        super().pre_validate(form)
        if self.data and not _EMAIL.fullmatch(self.data):
            raise StopValidation(
                "Enter an email address in the correct format, like name@example.com"
            )


class PassphraseField(TextField):
    """A passphrase, taken as typed and never sent back. Give ``autocomplete`` for a new one."""

    input_type = "password"
    autocomplete = "current-password"
    spellcheck = False

    @property
    def shown(self) -> str:
        """Nothing: no page may repeat a passphrase."""
        return ""

    def cleaned(self, typed: str) -> str:
        """Return it unchanged: a space at the end belongs to a passphrase."""
        clean(typed)
        return typed


class IntegerField(GovukField):
    """A whole number. ``data`` is an int or none. Options: least, most, width."""

    macro = "text_input"
    options = (*GovukField.options, "least", "most", "width")
    input_type = "text"
    inputmode = "numeric"
    autocomplete = None
    spellcheck = False
    least: int = 0
    most: int = 999_999_999
    width: int = 5

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number or keep what was typed."""
        self.typed, self.data = first_text(valuelist).strip(), None
        digits = self.typed.replace(",", "")
        if not digits:
            return
        if not _WHOLE_NUMBER.fullmatch(digits):
            raise ValueError(f"{self.what} must be a whole number, like 12")
        if not self.least <= int(digits) <= self.most:
            raise ValueError(f"{self.what} must be between {self.least:,} and {self.most:,}")
        self.data = int(digits)


class TimeField(GovukField):
    """A time of day, as people write it. ``data`` is a time or none."""

    macro = "text_input"
    input_type = "text"
    inputmode = None
    autocomplete = None
    spellcheck = False
    width = 5

    @property
    def shown(self) -> str:
        """What was typed, else the stored time in 24 hours."""
        return f"{self.data:%H:%M}" if self.typed is None and self.data else super().shown

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the time or keep what was typed."""
        self.typed, self.data = first_text(valuelist).strip(), None
        if self.typed:
            self.data = _time_from(self.typed)
            if self.data is None:
                raise ValueError("Enter a time, like 10am or 2:30pm")


def _time_from(typed: str) -> dt.time | None:
    """Return the time that "10am", "10:30 pm", "14:05" or "9.30" means, or none."""
    match = _TIME.fullmatch(typed.lower())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    elif match[2] is None:
        return None  # "10" alone may be morning or night
    try:
        return dt.time(hour, minute)
    except ValueError:
        return None


class DateField(GovukField):
    """A day in three parts. ``data`` is a date or none; what was typed stays in the parts."""

    macro = "date_input"
    typed_parts: tuple[str, ...] = ("", "", "")
    bad: tuple[str, ...] = ()

    @property
    def error_id(self) -> str:
        """Id of the first part that is wrong: the group itself cannot take the focus."""
        return f"{self.id}-{self.bad[0] if self.bad else 'day'}"

    @property
    def posted_names(self) -> tuple[str, ...]:
        """Names of the three controls."""
        return tuple(f"{self.name}-{part}" for part in _DATE_PARTS)

    @property
    def is_empty(self) -> bool:
        """Whether all three parts are empty."""
        return not any(self.typed_parts)

    def parts(self) -> list[tuple[str, str]]:
        """Return name and content of the three controls."""
        return [
            (name, showable(typed))
            for name, typed in zip(_DATE_PARTS, self.typed_parts, strict=True)
        ]

    def is_wrong(self, part: str) -> bool:
        """Whether the part is marked as wrong; an error of the whole date marks all three."""
        return bool(self.errors) and (not self.bad or part in self.bad)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the default, then the three posted parts; none of them has the field's own name."""
        super().process(None, data, extra_filters)
        if formdata is None:
            day = self.data
            self.typed_parts = (str(day.day), str(day.month), str(day.year)) if day else ("",) * 3
            return
        posted = [
            first_text(formdata.getlist(name)).strip()[:_PART_LIMIT] for name in self.posted_names
        ]
        self.typed_parts, self.data = tuple(posted), None
        self.raw_data = [part for part in posted if part]
        if self.raw_data:
            self.data, problem, self.bad = _date_from(self.typed_parts)
            self.process_errors = [f"{self.what} {problem}"] if problem else []


def _date_from(parts: tuple[str, ...]) -> tuple[dt.date | None, str, tuple[str, ...]]:
    """Return the date, or what is wrong with it and the names of the wrong parts."""
    named = list(zip(_DATE_PARTS, parts, strict=True))
    if missing := tuple(name for name, typed in named if not typed):
        return None, f"must include a {' and '.join(missing)}", missing
    unreadable = tuple(name for name, typed in named if not (typed.isascii() and typed.isdigit()))
    if unreadable:
        return None, "must be a real date, like 9 11 2026", unreadable
    day, month, year = (int(typed) for typed in parts)
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None, f"must have a year between {_EARLIEST_YEAR} and {_LATEST_YEAR}", ("year",)
    try:
        return dt.date(year, month, day), "", ()
    except (ValueError, OverflowError):
        bad = ("month",) if not 1 <= month <= _NOON else ("day",)
        return None, "must be a real date, like 9 11 2026", bad


class UploadField(GovukField):
    """One file. ``data`` is a FileStorage with a name, or none. Option: accept."""

    macro = "upload"
    options = (*GovukField.options, "accept")
    accept: str | None = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the first part of the form that is a file and has a name."""
        files = (value for value in valuelist if isinstance(value, FileStorage) and value.filename)
        self.data = next(files, None)
