"""How hard a text is to read: the US grade of Flesch and Kincaid, counted over words and sentences.

Syllables are counted by groups of vowels, without an e at the end that nobody hears, and by where a
word may be divided. Both miss some, so the higher number holds.
"""

import re

import pyphen

_DIVIDED = pyphen.Pyphen(lang="en_US", left=1, right=1)
_WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)?")
_END = re.compile(r"[.!?:;]+(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^td]ed|[^sxzcgh]es|[^aeiouy]les)$")


def grade(blocks: list[str]) -> float:
    """Return the grade of a text; the end of a block (heading, item, paragraph) ends a sentence."""
    sentences = [part for block in blocks for part in _END.split(block) if _WORD.search(part)]
    words = [word for part in sentences for word in _WORD.findall(part)]
    syllables = sum(count_syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def count_syllables(word: str) -> int:
    """Return how many syllables a word has, at least one."""
    letters = re.sub(r"[’'].*", "", word.lower())
    groups = len(_VOWELS.findall(letters))
    is_silent = groups > 1 and _SILENT.search(letters)
    return max(1, groups - bool(is_silent), len(_DIVIDED.positions(letters)) + 1)
