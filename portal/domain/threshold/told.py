"""What can be told of a condition: yes, no, or not for want of a fact."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """A condition of a route, held against the facts.

    Attributes:
        words: the condition and how it came out, a sentence without its full stop.
        holds: None where it cannot be told.
        missing: the fact for want of which it cannot be told.
    """

    words: str
    holds: bool | None
    missing: str = ""


def all_of(conditions: Iterable[bool | None]) -> bool | None:
    """Return whether all hold; one that does not settles it, whatever is not known."""
    found = list(conditions)
    if False in found:
        return False
    return None if None in found else True


def at_least(sure: int, possible: int, needed: int) -> bool | None:
    """Return whether a number is reached, of which some are sure and more are possible.

    Args:
        sure: how many there are.
        possible: how many there may be, those included.
        needed: how many there have to be.
    """
    if sure >= needed:
        return True
    return None if possible >= needed else False
