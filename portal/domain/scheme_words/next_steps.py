"""What happens after somebody has asked for a review, with the days that the scheme promises."""

from dataclasses import dataclass

from portal.domain.clocks.rules import Clock
from portal.domain.presets import Scheme
from portal.domain.scheme_words.clocks import clock_words


@dataclass(frozen=True)
class NextStep:
    """A step: what it is called, and what is said of it, a sentence or two each."""

    heading: str
    words: tuple[str, ...]


def next_steps(scheme: Scheme) -> tuple[NextStep, ...]:
    """Return the steps in their order; where the scheme promises no day, none is named."""
    promised = {rule.clock: clock_words(rule) for rule in scheme.clocks}
    return tuple(NextStep(heading, tuple(_said(words, promised))) for heading, words in _STEPS)


def _said(words: tuple[str | Clock, ...], promised: dict[Clock, str]) -> list[str]:
    said = [promised.get(each, "") if isinstance(each, Clock) else each for each in words]
    return [each for each in said if each]


_STEPS: tuple[tuple[str, tuple[str | Clock, ...]], ...] = (
    (
        "We write to you",
        (Clock.ACKNOWLEDGE, "We tell you who your contact person is."),
    ),
    (
        "The services check",
        (
            "They look up what was reported.",
            "We speak to you, in a way that is safe for you, to hear how it is.",
        ),
    ),
    (
        "We decide",
        (Clock.THRESHOLD_DECISION, "We write to you and say why."),
    ),
    (
        "If there is a review",
        (
            "A person who works for none of the services leads a meeting.",
            Clock.MEETING,
            "You choose how to take part. You hear on the same day how it went.",
        ),
    ),
    (
        "You see the plan",
        ("You see it before it is final and say what you think.", Clock.ACTION_PLAN),
    ),
    (
        "We follow it up",
        ("We check that each step is done. A step cannot get lost. We keep you up to date.",),
    ),
    (
        "If there is no review",
        ("We tell you why, and what we will do all the same.", Clock.APPEAL_THRESHOLD),
    ),
    (
        "If you are not happy",
        (
            "You can appeal. You can also complain about a service.",
            "If it goes on, keep telling the services about it.",
        ),
    ),
)
