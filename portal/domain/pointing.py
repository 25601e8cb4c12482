"""Words that may tell an applicant who was complained about, or who else reported."""

import re
from collections.abc import Collection

# A house is named by a word before its number, or by the street after it. Days, times, amounts and
# the numbers of actions are none of these.
_HOUSE = re.compile(
    r"\b(?:number|house|flat|apartment|door|no\.?|nr\.?)\s*(?P<after>\d{1,4}[a-z]?)\b"
    r"|\b(?:the\s+(?:people|person|man|woman|family|neighbours?|tenants?|flat|house)\s+at)\s+"
    r"(?P<at>\d{1,4}[a-z]?)\b(?!\s*(?:am|pm|:|o.clock))",
    re.IGNORECASE,
)
_STREETS = (
    "road|street|lane|avenue|close|court|drive|rise|terrace|place|square|crescent|way|walk|grove|"
    "gardens|hill|view|row|house|mews|park|green"
)
_ADDRESS = re.compile(
    rf"\b(?P<number>\d{{1,4}}[a-z]?),?\s+(?:[A-Z][\w’'-]*\s+){{1,3}}?(?i:{_STREETS})\b"
)
_NUMBER = re.compile(r"\b\d{1,4}[a-z]?\b", re.IGNORECASE)
# How many reported, or that anybody else did, is nothing that an applicant may be told.
_COUNT = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|several|some|many|other|another|both)"
)
_OTHERS = re.compile(
    rf"\b{_COUNT}\s+(?:other\s+|more\s+|of\s+your\s+)?"
    r"(?:people|persons?|residents?|neighbours?|tenants?|households?|victims?|families|flats)\s+"
    r"(?:(?:who|that|have|has|had|also|in|the|street|block|building)\s+){0,4}"
    r"(?:reported|complained|told\s+us|said\s+the\s+same|suffer)\w*"
    r"|\byou\s+are\s+not\s+the\s+only\s+one\b",
    re.IGNORECASE,
)
SHORTEST_REFERENCE = 4


def house_numbers(text: str, own_address: str) -> tuple[str, ...]:
    """Return what in a text may point to a house, as it stands there, but for the reader's own.

    Args:
        text: meant for the applicant.
        own_address: of the applicant; its numbers give nobody away.
    """
    own = {number.casefold() for number in _NUMBER.findall(own_address)}
    found = [
        match
        for pattern in (_HOUSE, _ADDRESS)
        for match in pattern.finditer(text)
        if not own & {part.casefold() for part in match.groupdict().values() if part}
    ]
    found.sort(key=lambda match: match.start())
    return tuple(dict.fromkeys(" ".join(match.group().split()) for match in found))


def words_of_others(text: str) -> tuple[str, ...]:
    """Return what in a text tells that, or how many, others reported the same."""
    return tuple(dict.fromkeys(" ".join(match.group().split()) for match in _OTHERS.finditer(text)))


def references_in(text: str, references: Collection[str]) -> tuple[str, ...]:
    """Return which of these references of an agency stand in a text, however they are spaced.

    One shorter than ``SHORTEST_REFERENCE`` is a number that any text may hold.
    """
    plain = _plain(text)
    return tuple(
        dict.fromkeys(
            each
            for each in references
            if len(_plain(each)) >= SHORTEST_REFERENCE
            and re.search(rf"(?<!\w){re.escape(_plain(each))}(?!\w)", plain)
        )
    )


def _plain(text: str) -> str:
    return re.sub(r"[\s‐-―-]+", "-", text.strip().casefold())
