"""Numbers, periods and what is held in words, as the sentences about a scheme use them."""

import json
from typing import Any

from portal.domain.threshold.periods import Period
from portal.domain.threshold.rules import Held

_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(value: int) -> str:
    """Return a number as it is read out: in a word up to ten."""
    return _NUMBERS[value] if 0 < value < len(_NUMBERS) else f"{value:,}"


def many(value: int, one: str, more: str) -> str:
    """Return a number with its noun: ``one report``, ``three reports``."""
    return f"{number(value)} {one if value == 1 else more}"


def period(of: Period) -> str:
    """Return a period: ``six months``, ``30 days``."""
    return many(of.number, of.unit.value.removesuffix("s"), of.unit.value)


def sentence(words: str) -> str:
    """Return words as a sentence: with a capital and a full stop."""
    return f"{words[:1].upper()}{words[1:].rstrip('. ')}."


def listed(words: list[str], last: str = "and") -> str:
    """Return words in a row: ``a, b and c``."""
    *others, end = words
    return f"{', '.join(others)} {last} {end}" if others else end


# What a key is called before its value; a key that is true says this alone.
_KEYS = {
    "all_must_agree": "All of them must agree",
    "cumulative_effect_considered": "What it all adds up to is considered",
    "decided_by": "Who decides",
    "factors": "What is weighed",
    "factors_always_considered": "Always weighed",
    "note": "Note",
    "requires_names_and_addresses": "The names and addresses of those who reported are asked for",
    "same_reporter_implied_by_you_wording": "The area’s page says “you” of who made the reports",
    "when": "When",
}


def as_written(held: Held) -> str:
    """Return what a person has to judge, as the area has written it, as a sentence."""
    value = _value(held.words)
    if held.words in {held.key, f'"{held.key}"'}:
        return sentence(held.key.replace("_", " "))
    name = _KEYS.get(held.key, held.key.replace("_", " "))
    return sentence(name if value is True else f"{name}: {_plain(value)}")


def values(held: Held) -> list[str]:
    """Return what a held key lists, as it is stored."""
    value = _value(held.words)
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _value(words: str) -> Any:
    try:
        return json.loads(words)
    except ValueError:
        return words


def _plain(value: Any) -> str:
    """Return a stored value without its brackets."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{_plain(key)} {_plain(each)}" for key, each in value.items())
    return str(value).replace("_", " ")
