"""What blocks a paper from being issued, and text that its reader may not have."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portal.models.sharing import SharedItem

# Shorter pieces are ordinary words that two texts may share by chance.
SHORTEST_QUOTE = 25
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")

Texts = Sequence[tuple[str, str]]
"""Pieces of a paper: where each stands, as a sentence names it, and what it says."""


@dataclass(frozen=True)
class Check:
    """One thing that has to be true, as a sentence, and whether it is.

    Attributes:
        at: the field in which it is put right; empty where it is in none.
    """

    sentence: str
    is_done: bool
    at: str = ""


def quoted(texts: Texts, items: Sequence[SharedItem], reader: str) -> Iterator[str]:
    """Yield a sentence for each item that a text takes a sentence from."""
    for where, text in texts:
        for item in items:
            if quotes(text, item):
                yield f"{where}: take out the words of “{item.title}”, which is not for {reader}"


def quotes(text: str, item: SharedItem) -> bool:
    """Say whether a text takes over a sentence of an item."""
    plain = _plain(text)
    return any(
        len(sentence) >= SHORTEST_QUOTE and sentence in plain
        for sentence in map(_plain, _SENTENCE_END.split(item.content))
    )


def named(texts: Texts, hidden: Iterable[str]) -> Iterator[str]:
    """Yield a sentence for each name in a text that the applicant may not read there."""
    wanted = list(hidden)
    for where, text in texts:
        for name in wanted:
            if names(text, name):
                yield f"{where}: take out the name {name}, which is not for the applicant"


def names(text: str, name: str) -> bool:
    """Say whether a text holds a name, whole or its last part."""
    words = name.split()
    wanted = {name, words[-1]} if words else set()
    return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text) for each in wanted)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!?")
