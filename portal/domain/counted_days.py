"""Which days that deadlines are counted with have changed, in words for who reads a clock."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from portal.domain.dates import in_words

ALL_AGAIN: Final = "The deadlines were counted again."


@dataclass(frozen=True)
class DaysCountedWith:
    """Days off by their date with their names, and the days of each regular meeting by its name."""

    days_off: Mapping[dt.date, str]
    meetings: Mapping[str, Sequence[dt.date]] = field(default_factory=dict)

    def held(self) -> frozenset[tuple[str, dt.date]]:
        """Return every regular meeting as its name and day."""
        return frozenset((name, day) for name, days in self.meetings.items() for day in days)


def why_moved(before: DaysCountedWith, now: DaysCountedWith, first: dt.date, last: dt.date) -> str:
    """Return what has changed between two days, both of them included, a sentence each.

    Args:
        before: what deadlines were counted with.
        now: what they are counted with.
        first: the start of the clock that moved.
        last: its end, the old or the new one, whichever is later.
    """
    new = sorted(now.days_off.keys() - before.days_off.keys())
    gone = sorted(before.days_off.keys() - now.days_off.keys())
    found = [
        *((day, f"{in_words(day)} is now a day off ({now.days_off[day]}).") for day in new),
        *((day, f"{in_words(day)} is no longer a day off.") for day in gone),
        *((day, f"The {name} now meets on {in_words(day)}.") for name, day in _added(before, now)),
        *(
            (day, f"The {name} no longer meets on {in_words(day)}.")
            for name, day in _added(now, before)
        ),
    ]
    return " ".join(words for day, words in found if first <= day <= last) or ALL_AGAIN


def _added(before: DaysCountedWith, now: DaysCountedWith) -> list[tuple[str, dt.date]]:
    return sorted(now.held() - before.held())
