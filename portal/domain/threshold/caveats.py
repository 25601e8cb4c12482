"""The local conditions that the statutory floor defeats, and the words by which a text tells them.

Section 104(4): where enough qualifying complaints were made the bodies must decide that the
threshold is met, whatever else the area's rule asks for. A letter that quoted such a condition
would say that it mattered.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from portal.domain.threshold.rules import Route, Rules


@dataclass(frozen=True)
class Caveat:
    """A condition that an area's rule adds.

    Attributes:
        name: what it asks, as a sentence names it.
        told_by: the words that tell of it.
    """

    name: str
    told_by: re.Pattern[str]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_OF_ROUTE: tuple[tuple[Callable[[Route], bool], Caveat], ...] = (
    (
        lambda route: route.response is not None,
        Caveat(
            "what was done about the reports",
            _words(
                r"\b(?:in)?adequa\w*|\b(?:in)?effective\w*|\b(?:no|poor|lack of) (?:\w+ )?"
                r"(?:response|answer|action)\b|\b(?:not |never )?(?:good|done) enough\b"
                r"|\bdissatisfied\b|\bnot satisfied\b|\bnothing was done\b"
            ),
        ),
    ),
    (
        lambda route: route.most_recent is not None,
        Caveat(
            "how recent the newest report is",
            _words(
                r"\b(?:most recent|newest|latest)\b|\b(?:in|within|during) the (?:last|past) "
                r"(?:(?:one|four|1|4|28|30|31) )?(?:days?|weeks?|month)\b"
            ),
        ),
    ),
    (
        lambda route: route.ongoing is not None,
        Caveat("whether it still goes on", _words(r"\bongoing\b|\bstill (?:goes|going) on\b")),
    ),
    (
        lambda route: route.investigation_closed is not None,
        Caveat(
            "whether an investigation is closed",
            _words(r"\b(?:case|cases|investigation|investigations) (?:\w+ )?(?:closed|open)\b"),
        ),
    ),
    (
        lambda route: route.further_action_available is not None,
        Caveat("whether further action is open", _words(r"\bfurther action\b")),
    ),
    (
        lambda route: route.engaged_with_interventions is not None,
        Caveat("whether help was taken up", _words(r"\b(?:dis|not )?engag\w+\b")),
    ),
    (
        lambda route: route.vulnerability is not None,
        Caveat("whether somebody is vulnerable", _words(r"\bvulnerab\w+\b")),
    ),
    (
        lambda route: route.separate_dates is not None,
        Caveat("whether it was on separate days", _words(r"\bseparate (?:days|dates|occasions)\b")),
    ),
    (
        lambda route: route.min_agencies is not None or route.to is not None,
        Caveat("which agencies were told", _words(r"\b(?:several|more than one|other) agenc\w+\b")),
    ),
)


def caveats_of(rules: Rules) -> Iterator[Caveat]:
    """Yield each condition that some route of the rule adds and the floor defeats."""
    for is_asked, caveat in _OF_ROUTE:
        if any(is_asked(route) for route in rules.routes):
            yield caveat


def quoted_caveats(text: str, rules: Rules) -> tuple[tuple[Caveat, str], ...]:
    """Return the conditions that a text tells of, each with the words that tell it."""
    found = ((caveat, caveat.told_by.search(text)) for caveat in caveats_of(rules))
    return tuple((caveat, match.group()) for caveat, match in found if match)
