"""What blocks a paper from being issued, and text that its reader may not have."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portal.domain.letters import words_never_written
from portal.models.case import Party, PartyKind
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
            if quotes(text, item.content):
                yield f"{where}: take out the words of “{item.title}”, which is not for {reader}"


def quotes(text: str, other: str) -> bool:
    """Say whether a text takes over a sentence of another."""
    plain = _plain(text)
    return any(
        len(sentence) >= SHORTEST_QUOTE and sentence in plain
        for sentence in map(_plain, _SENTENCE_END.split(other))
    )


def named(texts: Texts, hidden: Iterable[Party]) -> Iterator[str]:
    """Yield a sentence for each party named in a text that the applicant may not read of there."""
    wanted = list(hidden)
    for where, text in texts:
        for party in wanted:
            if names(text, party):
                yield f"{where}: take out the name {party.name}, which is not for the applicant"


def names(text: str, party: Party) -> bool:
    """Say whether a text names a party: in full however it is written, or a person by surname.

    The last word of a group or a business is an ordinary one, and so is a surname in small letters.
    """
    words = party.name.split()
    if not words:
        return False
    if _has(text, r"\s+".join(map(re.escape, words)), re.IGNORECASE):
        return True
    return party.kind is PartyKind.INDIVIDUAL and _has(text, re.escape(words[-1]))


def _has(text: str, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> bool:
    return re.search(rf"(?<!\w){pattern}(?!\w)", text, flags) is not None


def never_told(texts: Texts, own_reference: str) -> Iterator[str]:
    """Yield a sentence for each word in a text that nothing for an applicant may hold."""
    for where, text in texts:
        for words in words_never_written(text, own_reference):
            yield f"{where}: take out “{words}”, which is not for the applicant"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!?")
