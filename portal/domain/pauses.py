"""Pauses of a clock: days that do not count, and why."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portal.domain.dates import in_words

_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """Days on which a clock stood still.

    Attributes:
        from_on: the first London day that does not count.
        until_on: the day on which it went on, which counts again; none as long as it stands still.
        reason: why, as the coordinator wrote it; empty where the reader is not told.
    """

    from_on: dt.date
    until_on: dt.date | None
    reason: str

    def covers(self, day: dt.date) -> bool:
        """Say whether the day does not count because of this pause."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    def sentence(self) -> str:
        """Return what a page says of it."""
        first = in_words(self.from_on)
        why = self.reason.rstrip(".")
        because = f": {why}" if why else ""
        if self.until_on is None:
            return f"Paused since {first}{because}."
        if self.until_on == self.from_on:
            return f"Paused and resumed on {first}, so no day is lost{because}."
        last = in_words(self.until_on - _DAY)
        days = f"{first} does" if first == last else f"{first} to {last} do"
        note = f" ({why})" if why else ""
        return f"Paused: {days} not count{note}."


def is_paused_on(day: dt.date, pauses: Sequence[Pause]) -> bool:
    """Say whether any of the pauses covers the day."""
    return any(pause.covers(day) for pause in pauses)
