"""By what two cases are alike: names, numbers and places, brought to one way of writing them."""

import enum
import re
from collections.abc import Iterator
from typing import Final

from portal.domain.searching import fold, plain

LONGEST_KEY: Final = 200


class Likeness(enum.StrEnum):
    """What two cases have in common; the surer first."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    NAME = "name"
    POSTCODE = "postcode"
    STREET = "street"

    @property
    def label(self) -> str:
        """Return what people read of it."""
        return _LABELS[self]


_LABELS: Final = {
    Likeness.PHONE: "the same phone number",
    Likeness.EMAIL: "the same email address",
    Likeness.ADDRESS: "the same address",
    Likeness.NAME: "a party of the same name",
    Likeness.POSTCODE: "the same postcode",
    Likeness.STREET: "the same street",
}
_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHE: Final = re.compile("['’ʼ`]")
_DIGIT: Final = re.compile(r"[0-9]")
_POSTCODE: Final = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})\b")
_LINE: Final = re.compile(r"[,;\r\n]+")
_HOUSE: Final = re.compile(r"\d+[a-z]?")
_LEAST_DIGITS: Final = 7
_LEAST_LETTERS: Final = 3
# Two names at least: a first name alone stands for anybody.
_LEAST_NAMES: Final = 2
_Found = Iterator[tuple[Likeness, str]]


def of_name(name: str) -> _Found:
    """Yield the key of a party's name: its words in the order of the alphabet."""
    words = sorted(_words(name))
    if len(words) >= _LEAST_NAMES:
        yield Likeness.NAME, _key(" ".join(words))


def of_phone(phone: str) -> _Found:
    """Yield the key of a phone number: its digits, a British one without +44."""
    digits = "".join(_DIGIT.findall(phone))
    if digits.startswith("0044"):
        digits = digits[2:]
    if digits.startswith("44"):
        digits = f"0{digits[2:].removeprefix('0')}"
    if len(digits) >= _LEAST_DIGITS:
        yield Likeness.PHONE, _key(digits)


def of_email(email: str) -> _Found:
    """Yield the key of an email address."""
    folded = fold(email).strip()
    if "@" in folded:
        yield Likeness.EMAIL, _key(folded)


def of_place(text: str, lga_id: int) -> _Found:
    """Yield the keys of a place or address: its postcode, its street and its house.

    A street is the same only in the same local government area: many towns have a High Street.
    What crosses its border is found by the postcode.
    """
    folded = plain(fold(text))
    for parts in _POSTCODE.findall(folded):
        yield Likeness.POSTCODE, "".join(parts)
    # The street stands on the first line that is more than the number of a house or flat.
    number = ""
    for line in _LINE.split(_POSTCODE.sub("", folded)):
        words = _words(line)
        houses = [word for word in words if _HOUSE.fullmatch(word)]
        street = " ".join(word for word in words if not _HOUSE.fullmatch(word))
        number = " ".join([number, *houses]).strip()
        if len(street) < _LEAST_LETTERS or street in _PARTS_OF_HOUSES:
            continue
        yield Likeness.STREET, _key(f"{lga_id} {street}")
        if number:
            yield Likeness.ADDRESS, _key(f"{lga_id} {number} {street}")
        return


_PARTS_OF_HOUSES: Final = frozenset({"flat", "apartment", "unit", "room", "floor", "house"})


def _words(text: str) -> list[str]:
    return _WORD.findall(_APOSTROPHE.sub("", plain(fold(text))))


def _key(text: str) -> str:
    return text[:LONGEST_KEY]
