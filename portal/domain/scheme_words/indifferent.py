"""What makes no difference to whether somebody can ask, said where the scheme bears it out."""

from portal.domain.threshold.rules import Rules

# With the key of a route that would make it matter.
_SAID = (
    ("you do not have reference numbers", ""),
    ("a case is still open, or has been closed", "investigation_closed"),
    ("something was done, but it did not help", "response"),
    ("you rent, own or visit", ""),
    ("you have asked before", ""),
)


def indifferent(rules: Rules) -> tuple[str, ...]:
    """Return what does not matter, each as the end of a sentence."""
    return tuple(
        words
        for words, key in _SAID
        if not key or all(getattr(route, key) is None for route in rules.routes)
    )
