"""Words that make an action weak: it says too little of who does what, or by when."""

import re
from typing import Final

# From our meeting guide, 8. A word counts in all its forms: “monitoring”, “liaises”.
_WEAK: Final = {
    "monitor": r"monitor\w*",
    "liaise": r"liais\w+",
    "consider": r"consider(?:s|ed|ing)?",
    "continue": r"continu(?:e|es|ed|ing)",
    "explore": r"explor(?:e|es|ed|ing)",
    "ensure": r"ensur(?:e|es|ed|ing)",
    "encourage": r"encourag(?:e|es|ed|ing)",
    "ongoing": r"on-?going",
    "ASAP": r"asap|as soon as possible",
    "as appropriate": r"as appropriate",
    "all agencies": r"all agencies",
}


def weak_words(text: str) -> tuple[str, ...]:
    """Return the weak words of an action's text, each once: for a hint, never to refuse it."""
    return tuple(
        word
        for word, pattern in _WEAK.items()
        if re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
    )
