"""Words that say that somebody may be in despair: a reason to offer a talk, and for nothing else.

The first two phrases are those of the public pages; the others say the same.
"""

import re
import unicodedata
from typing import Final

from portal.domain.request_draft import Filled

PHRASES: Final = (
    "hurt myself",
    "cant go on",
    "cannot go on",
    "can not go on",
    "hurting myself",
    "harm myself",
    "harming myself",
    "self harm",
    "kill myself",
    "killing myself",
    "end my life",
    "ending my life",
    "take my own life",
    "end it all",
    "want to die",
    "wish i was dead",
    "wish i were dead",
    "better off dead",
    "dont want to live",
    "dont want to be here anymore",
    "suicide",
    "suicidal",
)
"""Small letters, without apostrophes, one space between words."""

TALK_TODAY: Final = "talk_today"
"""The answer “I need someone to talk to today”, among those to what it does to somebody."""

_APOSTROPHES: Final = re.compile("['’‘ʼ`´′＇]")
_WORDS: Final = re.compile(r"[^\W_]+")


def has_distress_words(text: str) -> bool:
    """Say whether a text has one of the phrases, whatever its case, apostrophes and line breaks."""
    without = _APOSTROPHES.sub("", text)
    plain = unicodedata.normalize("NFKC", without).casefold()
    said = f" {' '.join(_WORDS.findall(plain))} "
    return any(f" {phrase} " in said for phrase in PHRASES)


def reasons_to_talk(filled: Filled) -> frozenset[str]:
    """Return what on a page of the request is a reason to offer a talk: words, a tick, or both."""
    has_words = any(has_distress_words(text) for texts in filled.fields.values() for text in texts)
    is_ticked = TALK_TODAY in filled.chosen("effects")
    return frozenset({"words"} if has_words else ()) | frozenset({"tick"} if is_ticked else ())


def is_talk_offered(before: Filled, filled: Filled, *, is_sent_again: bool) -> bool:
    """Say whether a talk is offered after a page was saved: once for what is new on it.

    Args:
        before: what stood there; what was not in order was answered with its errors, not with
            the offer.
        filled: what stands there now.
        is_sent_again: the same was sent twice, and only the second answer is seen.
    """
    known = reasons_to_talk(before) if before.is_done and not is_sent_again else frozenset()
    return bool(reasons_to_talk(filled) - known)
