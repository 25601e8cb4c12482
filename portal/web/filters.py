"""How days, times, numbers and texts are written for people. Times are those of London."""

import datetime as dt
import re
from typing import Final

from flask import Flask
from markupsafe import Markup

from portal.domain import dates

_BLANK_LINES: Final = re.compile(r"\n[ \t]*\n\s*")


def _in_london(value: dt.date) -> dt.date:
    """Return a date as it is and an instant in London.

    Raises:
        ValueError: The instant has no zone, so nobody can say which day it is.
    """
    if not isinstance(value, dt.datetime):
        return value
    if value.tzinfo is None:
        raise ValueError("An instant without a zone cannot be shown")
    return value.astimezone(dates.LONDON)


def day(value: dt.date) -> str:
    """Return "Tuesday 19 January 2027" from a date or an aware datetime."""
    return dates.in_words(_in_london(value))


def day_short(value: dt.date) -> str:
    """Return "Tue 19 Jan" from a date or an aware datetime: for tables and clocks only."""
    return dates.in_short(_in_london(value))


def clock_time(value: dt.datetime | dt.time) -> str:
    """Return "10am", "10:30am" or "12:30pm" from an aware datetime or a time of day."""
    if isinstance(value, dt.time):
        return dates.clock_time(value)
    if value.tzinfo is None:
        raise ValueError("An instant without a zone cannot be shown")
    return dates.time_of(value)


def moment(value: dt.datetime) -> str:
    """Return "Tuesday 19 January 2027, 8:15pm" from an aware datetime."""
    return f"{day(value)}, {clock_time(value)}"


def paragraphs(text: str, css: str = "govuk-body") -> Markup:
    """Return text that people typed as paragraphs; a single line end becomes a line break."""
    blocks = _BLANK_LINES.split(text.replace("\r\n", "\n").strip())
    lines = (Markup("<br>").join(block.split("\n")) for block in blocks if block)
    return Markup("\n").join(Markup('<p class="{}">{}</p>').format(css, line) for line in lines)


def plural(count: int, one: str, many: str) -> str:
    """Return the number with its noun: "1 person", "1,200 people"."""
    return f"{count:,} {one if count == 1 else many}"


def init_app(app: Flask) -> None:
    """Give the functions of this file to the templates, under their names."""
    for function in (day, day_short, clock_time, moment, paragraphs, plural):
        app.add_template_filter(function)
