"""Words as a search compares them: no matter how they are written, but nothing guessed."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from portal.domain.references import PREFIX

LONGEST_TERM: Final = 80
MOST_WORDS: Final = 6
SHORTEST: Final = 2

_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHE: Final = re.compile("['’ʼ`]")
_POSTCODE: Final = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})\b")
_PREFIX: Final = PREFIX.lower()
_JOINED: Final = re.compile(r"[a-z0-9]{2,12}")


def fold(text: str) -> str:
    """Return the text without differences of case and width; accents stay."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded)


def plain(folded: str) -> str:
    """Return folded text without its accents."""
    parts = unicodedata.normalize("NFD", folded)
    bare = "".join(each for each in parts if not unicodedata.combining(each))
    return unicodedata.normalize("NFC", bare)


def terms(text: str) -> frozenset[str]:
    """Return the words by which a text is found: with and without accents, postcodes in one."""
    folded = fold(text)
    found: set[str] = set()
    # O’Brien is found by brien and by obrien.
    for form in (folded, plain(folded)):
        found.update(_WORD.findall(form))
        found.update(_WORD.findall(_APOSTROPHE.sub("", form)))
    found.update("".join(parts) for parts in _POSTCODE.findall(folded))
    return frozenset(word[:LONGEST_TERM] for word in found)


def reference_terms(reference: str) -> frozenset[str]:
    """Return the words by which a reference is found: whole and by its parts, without hyphens.

    The prefix, which every reference has, is left out here and in what is typed.
    """
    _, *parts = fold(reference).split("-")
    return frozenset({*parts, "".join(parts)})


@dataclass(frozen=True)
class Sought:
    """What somebody looks for.

    Attributes:
        words: all of which a case must have, the longest first.
        joined: the same written together, as a postcode or reference may be; or empty.
        whole: the words must be whole, not only begin so.
    """

    words: tuple[str, ...]
    joined: str
    whole: bool


def sought(typed: str, *, whole: bool) -> Sought | None:
    """Return what was typed as words to look for, or None where that is too little."""
    folded = fold(typed)
    words = _WORD.findall(_APOSTROPHE.sub("", folded))
    listed = sorted({word[:LONGEST_TERM] for word in words[:MOST_WORDS]}, key=_longest_first)
    if not listed or len(listed[0]) < SHORTEST:
        return None
    joined = "".join(words).removeprefix(_PREFIX)
    return Sought(tuple(listed), joined if _JOINED.fullmatch(joined) else "", whole)


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word
