"""What a case cannot do without: a victim, and somebody who asks for the review."""

from collections.abc import Collection
from typing import Protocol


class Part(Protocol):
    """What somebody is in a case, as far as a case cannot do without it."""

    @property
    def is_victim(self) -> bool:
        """Whether it is done to them."""

    @property
    def asks(self) -> bool:
        """Whether they ask for the review, for themselves or for a victim."""


def what_is_missing(parts: Collection[Part]) -> str:
    """Return the sentence that refuses a case with only these parts, or an empty text.

    The Act knows a review only of what was done to a victim, and only where somebody applies for
    it (2014 Act, section 104(1)).
    """
    if not any(part.is_victim for part in parts):
        return "The case would have no victim then. Add the victim first"
    if not any(part.asks for part in parts):
        return "Nobody would ask for the review then. Add who asks for it first"
    return ""
