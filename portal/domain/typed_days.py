"""Days as people type them in a meeting: "friday", "3 weeks", "5 2 2027".

Written here and not taken from a library: those that read dates guess on, so that a slip of the
finger becomes some day or other; here what is not understood is asked for again.
"""

import calendar
import datetime as dt
import re
from typing import Final

from portal.domain.dates import MONTHS, WEEKDAYS, in_words

FURTHEST_YEARS: Final = 5
_HOW: Final = "Type the day like 5 2 2027, “friday” or “3 weeks”"
_LONGEST: Final = 40
_WEEK: Final = 7
_YEAR: Final = 12  # months
_LEAP_YEARS_APART: Final = 8  # at the turn of most centuries
_LEAST_LETTERS: Final = 3
_CENTURY: Final = 2000

_ORDINAL: Final = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.ASCII)
_PERIOD: Final = re.compile(
    r"(?:in )?(?P<n>an?|\d{1,3}) (?P<unit>day|week|fortnight|month|year)s?(?: time)?", re.ASCII
)
_DAY_FIRST: Final = re.compile(r"(\d{1,2}) (\d{1,2})(?: (\d{4}|\d{2}))?", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})", re.ASCII)
_MONTH_NAMED: Final = re.compile(r"(\d{1,2}) (?:of )?([a-z]+)(?: (\d{4}|\d{2}))?", re.ASCII)
_WEEKDAY_FIRST: Final = re.compile(r"([a-z]+) (\d.*)", re.ASCII)


class TypedDayError(ValueError):
    """What was typed is no day that an action can be due on; the sentence says how to type it."""


def read_day(text: str, today: dt.date) -> dt.date:
    """Return the day that somebody means.

    A weekday is the next one, never today; a day without its year is the next one to come, today
    included. Weeks are seven days; months are of the calendar, clipped to the month's end.

    Args:
        text: As it was typed; case and spaces do not matter.
        today: The London day on which it was typed.

    Raises:
        TypedDayError: It cannot be read, can mean two days, is past, or too far away.
    """
    # Further away than anybody means, and not to be searched letter by letter.
    if len(text) > _LONGEST:
        raise TypedDayError(_HOW)
    words = " ".join(re.split(r"[\s/.,-]+", _ORDINAL.sub("", text.strip().lower()))).strip()
    day = _read(words, today)
    if day is None:
        raise TypedDayError(_HOW)
    if day < today:
        raise TypedDayError(f"{in_words(day)} has passed. The day must be today or later")
    if day > _months_after(today, FURTHEST_YEARS * _YEAR):
        raise TypedDayError(f"The day must be within {FURTHEST_YEARS} years")
    return day


def as_typed(day: dt.date) -> str:
    """Return the day as it can be typed: ``5 2 2027``."""
    return f"{day.day} {day.month} {day.year}"


def _read(words: str, today: dt.date) -> dt.date | None:
    if words in {"today", "tomorrow"}:
        return today + dt.timedelta(days=words == "tomorrow")
    weekday = _weekday(words.removeprefix("on "))
    if weekday is not None:
        return _next_weekday(today, weekday)
    _refuse_next_weekday(words, today)
    if match := _PERIOD.fullmatch(words):
        return _after(today, 1 if match["n"] in {"a", "an"} else int(match["n"]), match["unit"])
    if match := _WEEKDAY_FIRST.fullmatch(words):
        return _with_weekday(match[1], match[2], today)
    return _dated(words, today)


def _refuse_next_weekday(words: str, today: dt.date) -> None:
    """Refuse “next friday”: for some it is the coming one, for others the one after."""
    weekday = _weekday(words.removeprefix("next ")) if words.startswith("next ") else None
    if weekday is not None:
        first = _next_weekday(today, weekday)
        second = first + dt.timedelta(days=_WEEK)
        raise TypedDayError(
            f"Type which you mean: {as_typed(first)} is {in_words(first)}, "
            f"{as_typed(second)} a week later"
        )


def _weekday(word: str) -> int | None:
    return _position(word, WEEKDAYS)


def _position(word: str, names: tuple[str, ...]) -> int | None:
    """Return which of the names a word is, or begins, with three letters or more."""
    if len(word) < _LEAST_LETTERS:
        return None
    found = (number for number, name in enumerate(names) if name.lower().startswith(word))
    return next(found, None)


def _next_weekday(today: dt.date, weekday: int) -> dt.date:
    return today + dt.timedelta(days=(weekday - today.weekday() - 1) % _WEEK + 1)


def _after(today: dt.date, number: int, unit: str) -> dt.date:
    match unit:
        case "day":
            return today + dt.timedelta(days=number)
        case "week":
            return today + dt.timedelta(weeks=number)
        case "fortnight":
            return today + dt.timedelta(weeks=2 * number)
        case "month":
            return _months_after(today, number)
        case _:
            return _months_after(today, number * _YEAR)


def _months_after(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, _YEAR)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _with_weekday(name: str, rest: str, today: dt.date) -> dt.date | None:
    """Return the day of “friday 5 february”, whose weekday has to be right."""
    weekday, day = _weekday(name), _dated(rest, today)
    if weekday is None or day is None:
        return None
    if day.weekday() != weekday:
        raise TypedDayError(f"{as_typed(day)} is {in_words(day)}. Type the day that you mean")
    return day


def _dated(words: str, today: dt.date) -> dt.date | None:
    if match := _YEAR_FIRST.fullmatch(words):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(words):
        return _of_year(int(match[1]), int(match[2]), match[3], today)
    if match := _MONTH_NAMED.fullmatch(words):
        month = _position(match[2], MONTHS)
        return None if month is None else _of_year(int(match[1]), month + 1, match[3], today)
    return None


def _of_year(day: int, month: int, year: str | None, today: dt.date) -> dt.date | None:
    if year is not None:
        return _date(int(year) + (_CENTURY if len(year) == 2 else 0), month, day)
    years = range(today.year, today.year + _LEAP_YEARS_APART + 1)
    found = (_date(each, month, day) for each in years)
    return next((each for each in found if each is not None and each >= today), None)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
