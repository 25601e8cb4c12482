"""Case references such as ``ACR-7K3Q-9MXD``: short enough to say on the phone, safe to mistype.

A reference is the prefix, seven random characters and a check character. The alphabet has a prime
number of characters and every position its own weight, so the check finds every single wrong
character and every exchange of two characters, wherever they stand. It is a name, not a secret:
whoever holds only the reference is let in nowhere.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

PREFIX: Final = "ACR"

# Of what is confused in print or handwriting at most one is in (0 O Q, 1 I L, 2 Z, 5 S, 6 G, 8 B,
# U V), of M and N, confused on the phone, only M; and no vowel, so that nothing spells a word.
ALPHABET: Final = "23456789CDFHJKMPQRTVWXY"

_LENGTH: Final = 8
_RADIX: Final = 2
_REMAINDER: Final = 14

# What is seen or heard in place of a character of the alphabet.
_LOOK_ALIKES: Final = str.maketrans("ZSGBUNO0", "2568VMQQ")
_SEPARATORS: Final = re.compile(r"[\s\-‐‑‒–—―−_./]+")
_TYPED: Final = re.compile(f"(?:{PREFIX})?([{ALPHABET}]{{{_LENGTH}}})")
_WRITTEN: Final = re.compile(f"{PREFIX}-([{ALPHABET}]{{4}})-([{ALPHABET}]{{4}})")
_LONGEST_TYPED: Final = 64


def new_reference(random_below: Callable[[int], int]) -> str:
    """Return a new reference; whether it is already taken is for the caller to check.

    Args:
        random_below: Gives a random whole number from 0 to below its argument, such as
            ``secrets.randbelow``; there are 23 to the power of 7 (3.4 thousand million) references.
    """
    body = "".join(ALPHABET[random_below(len(ALPHABET))] for _ in range(_LENGTH - 1))
    return _written(body + _check_character(body))


def is_reference(text: str) -> bool:
    """Return whether the text is a reference exactly as this module writes it."""
    found = _WRITTEN.fullmatch(text)
    return found is not None and _has_right_check("".join(found.groups()))


def normalise_reference(typed: str) -> str | None:
    """Return the reference that somebody meant, or None if it is not one.

    Lower case, spaces, other or missing hyphens, a missing prefix, full-width letters and
    look-alikes (``Z`` for ``2``, ``S`` for ``5``) are put right; the check character then
    guards against a wrong guess.

    Args:
        typed: What was typed or pasted, of any length.
    """
    if len(typed) > _LONGEST_TYPED:
        return None
    found = _TYPED.fullmatch(as_meant(typed))
    if found is None or not _has_right_check(found[1]):
        return None
    return _written(found[1])


def as_meant(typed: str) -> str:
    """Return what somebody meant in the characters of the alphabet, without what parts them."""
    letters = _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed)).upper()
    return letters.translate(_LOOK_ALIKES)


def _written(characters: str) -> str:
    return f"{PREFIX}-{characters[:4]}-{characters[4:]}"


def _has_right_check(characters: str) -> bool:
    return _check_character(characters[:-1]) == characters[-1]


def _check_character(body: str) -> str:
    """Return the check character of the first seven.

    A pure system in the manner of ISO/IEC 7064: the sum of the characters' values, weighted with
    the powers of the radix (1 for the check character), leaves a fixed remainder modulo the
    alphabet's size. The remainder is 14 rather than the standard's 1 so that the reference printed
    in our guidance, ``ACR-7K3Q-9MXD``, is a valid one.
    """
    total = 0
    for character in body:
        total = (total + ALPHABET.index(character)) * _RADIX
    return ALPHABET[(_REMAINDER - total) % len(ALPHABET)]
