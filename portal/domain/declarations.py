"""What somebody at a meeting said of a conflict of interest, as the whole panel reads it."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from portal.domain.dates import in_words
from portal.domain.deadlines import london_day

NONE_DECLARED: Final = "None declared"
NOT_ASKED: Final = "Not asked"
_WAIVED = "Has worked for an agency that is involved. The coordinator has waived this"


@dataclass(frozen=True)
class Declarations:
    """What one person said of a conflict on a case; what it is and why is not for the panel.

    Attributes:
        none_at: when they declared that they have none, as a chair does before all else.
        conflict_at: when they declared one themselves.
        waived: when the coordinator waived a former employer, and the reason that the panel reads.
    """

    none_at: tuple[dt.datetime, ...] = ()
    conflict_at: tuple[dt.datetime, ...] = ()
    waived: tuple[tuple[dt.datetime, str], ...] = ()


def conflict_in_words(said: Declarations, until: dt.datetime, *, is_asked: bool) -> str:
    """Return what somebody had declared when a sitting ended.

    Args:
        said: what they declared on the case, before the sitting and after it.
        until: when the sitting ended; what came later is left out.
        is_asked: they are asked to say it when they have a conflict.
    """
    waivers = [f"{_WAIVED}: {reason}" for at, reason in said.waived if at <= until]
    return ". ".join([_last(said, until, is_asked=is_asked), *waivers])


def _last(said: Declarations, until: dt.datetime, *, is_asked: bool) -> str:
    declared = [(at, "None, declared") for at in said.none_at if at <= until]
    declared += [(at, "One, declared") for at in said.conflict_at if at <= until]
    if declared:
        at, words = max(declared)
        return f"{words} on {in_words(london_day(at))}"
    return NONE_DECLARED if is_asked else NOT_ASKED
