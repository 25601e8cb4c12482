"""How days and times of day are written for people, on pages and on paper alike."""

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")

# Not strftime: its names follow the locale of the machine.
WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_NOON: Final = 12


def in_words(day: dt.date) -> str:
    """Return the day as pages write it: ``Tuesday 5 January 2027``."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def in_short(day: dt.date) -> str:
    """Return the day for tables and clocks only: ``Tue 5 Jan``."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def clock_time(at: dt.time) -> str:
    """Return a time of day: ``10am``, ``10:30am``, ``12:30pm``."""
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % _NOON or _NOON}{minutes}{'am' if at.hour < _NOON else 'pm'}"


def time_of(instant: dt.datetime) -> str:
    """Return the time of day of an aware instant in Europe/London, as ``clock_time`` writes it."""
    return clock_time(instant.astimezone(LONDON).time())
