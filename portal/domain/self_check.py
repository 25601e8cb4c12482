"""The self-check: six questions at most that advise whether to ask for a review, and never block.

No answer decides with an earlier one: what follows depends on the question and its answer alone.
So nothing of what was answered is kept, on the server or in the browser.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from portal.domain.scheme_words.parts import number as in_words
from portal.domain.threshold.counting import asks_for_hate_alone
from portal.domain.threshold.periods import Period
from portal.domain.threshold.rules import Anchor, ReporterUnit, Route, Rules

LAST: Final = 6
_ONE: Final = 1
_TWO: Final = 2


class Outcome(enum.StrEnum):
    """What the check advises; the letter is its part of the address and says nothing there."""

    LIKELY = "l"
    MAYBE = "m"
    REPORT_FIRST = "r"
    COMPLAINT = "c"
    BOTH = "b"
    DANGER = "e"


class Reply(enum.StrEnum):
    """An answer to one of the questions."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"
    ENOUGH = "enough"
    PEOPLE = "people"
    FEWER = "fewer"
    SERVICE = "service"
    NOTHING_CHANGES = "nothing_changes"
    BOTH = "both"


@dataclass(frozen=True)
class LocalNumbers:
    """What an area's scheme asks for, as far as the check needs it.

    Attributes:
        reports: how many are enough, by the law or by a route that asks for nothing but reports.
        is_law: the law itself asks for no more.
        people: how many different people are enough; none without such a route.
        are_households: these are households.
        has_hate_route: one report of hate is enough.
        period: how far back reports count.
    """

    reports: int
    is_law: bool
    people: int | None
    are_households: bool
    has_hate_route: bool
    period: Period


@dataclass(frozen=True)
class Question:
    """A question with its answers: value and words of each."""

    words: str
    hint: str
    error: str
    answers: tuple[tuple[Reply, str], ...]


def local_numbers(rules: Rules) -> LocalNumbers:
    """Return what a scheme asks for; what else a route asks for is no matter for a first check."""
    routes = [route for route in rules.routes if _counts_alone(route)]
    hate = [route for route in routes if asks_for_hate_alone(route)]
    by_reports = [
        route
        for route in routes
        if route.min_reports and route.min_reporters is None and route.min_hate is None
    ]
    by_people = [route for route in routes if route.min_reporters and not route.min_reports]
    least = min((route.min_reports or 0 for route in by_reports), default=rules.floor.number)
    fewest = min(by_people, key=lambda route: route.min_reporters or 0, default=None)
    reports = min(least, rules.floor.number)
    return LocalNumbers(
        reports=reports,
        is_law=reports == rules.floor.number,
        people=fewest.min_reporters if fewest else None,
        are_households=bool(fewest and fewest.reporter_unit is ReporterUnit.HOUSEHOLD),
        has_hate_route=bool(hate),
        period=_period(rules, by_reports, reports),
    )


def _counts_alone(route: Route) -> bool:
    """Say whether a route counts reports of whatever kind: some are only for those at high risk."""
    narrower = (
        route.vulnerability,
        route.behaviour,
        route.harm_test,
        route.to,
        route.min_agencies,
        route.min_households_affected,
    )
    return all(each is None for each in narrower)


def _period(rules: Rules, by_reports: list[Route], reports: int) -> Period:
    for route in by_reports:
        is_it = route.min_reports == reports and route.window
        if is_it and route.window and route.window.anchor is Anchor.APPLICATION:
            return route.window.period
    return rules.floor.applied_within


def question(place: int, numbers: LocalNumbers, since: str) -> Question:
    """Return a question of the check.

    Args:
        place: 1 to 6.
        numbers: of the area's scheme.
        since: the first day from which reports count, in words.
    """
    if place == _HOW_MANY:
        return _how_many(numbers, since)
    return _QUESTIONS[place]


def next_step(place: int, reply: Reply, numbers: LocalNumbers) -> int | Outcome:
    """Return the question that comes next, or what the check advises.

    The table of the public pages, section 3. Advice is never that somebody cannot ask.

    Raises:
        KeyError: this is no answer to the question.
    """
    if (place, reply) == (_HATE, Reply.YES):
        return Outcome.LIKELY if numbers.has_hate_route else _HATE + 1
    if (place, reply) == (_HOW_MANY, Reply.PEOPLE) and numbers.people is None:
        raise KeyError(reply)
    return _NEXT[place, reply]


_HATE: Final = 3
_HOW_MANY: Final = 4
_NEXT: Final[dict[tuple[int, Reply], int | Outcome]] = {
    (1, Reply.YES): Outcome.DANGER,
    (1, Reply.NO): 2,
    (2, Reply.YES): 3,
    (2, Reply.NO): Outcome.REPORT_FIRST,
    (2, Reply.NOT_KNOWN): 3,
    (3, Reply.NO): 4,
    (3, Reply.NOT_KNOWN): 4,
    (4, Reply.ENOUGH): Outcome.LIKELY,
    (4, Reply.PEOPLE): Outcome.LIKELY,
    (4, Reply.FEWER): 5,
    (4, Reply.NOT_KNOWN): 5,
    (5, Reply.YES): Outcome.MAYBE,
    (5, Reply.NO): 6,
    (6, Reply.SERVICE): Outcome.COMPLAINT,
    (6, Reply.NOTHING_CHANGES): Outcome.MAYBE,
    (6, Reply.BOTH): Outcome.BOTH,
}
_YES_OR_NO: Final = ((Reply.YES, "Yes"), (Reply.NO, "No"))
_DO_NOT_KNOW: Final = (Reply.NOT_KNOWN, "I do not know")
_QUESTIONS: Final = {
    1: Question(
        "Is anyone in danger now, or is a crime happening?",
        "",
        "Select yes if anyone is in danger now",
        _YES_OR_NO,
    ),
    2: Question(
        "Has it been reported to the police, the council or a landlord?",
        "By you or by others, such as a neighbour.",
        "Select if it has been reported",
        (*_YES_OR_NO, _DO_NOT_KNOW),
    ),
    3: Question(
        "Was it because of who you or they are?",
        "Such as race, religion, disability, sexual orientation, being trans, age or sex. "
        "What you think counts. You do not need proof.",
        "Select if it was because of who somebody is",
        (*_YES_OR_NO, (Reply.NOT_KNOWN, "I am not sure")),
    ),
    5: Question(
        "Does it still happen, or does it harm someone badly?",
        "Think of health, fear, children, or a home that you cannot use.",
        "Select if it still happens or harms someone badly",
        _YES_OR_NO,
    ),
    6: Question(
        "What is your main worry?",
        "",
        "Select your main worry",
        (
            (Reply.SERVICE, "How a member of staff or a service treated me"),
            (Reply.NOTHING_CHANGES, "That nothing changes"),
            (Reply.BOTH, "Both"),
        ),
    ),
}


def _how_many(numbers: LocalNumbers, since: str) -> Question:
    return Question(
        f"How many times was it reported since {since}?",
        "Count all reports about the same problem, also by neighbours.",
        "Select how many times it was reported",
        (*_counts(numbers), _DO_NOT_KNOW),
    )


def _counts(numbers: LocalNumbers) -> Iterator[tuple[Reply, str]]:
    if numbers.reports == _ONE:
        yield Reply.ENOUGH, "Once or more"
    else:
        yield Reply.ENOUGH, f"{numbers.reports} times or more"
    if numbers.people:
        who = "households" if numbers.are_households else "people"
        yield Reply.PEOPLE, f"{numbers.people} different {who} or more reported it"
    if numbers.reports > _ONE:
        yield Reply.FEWER, _fewer(numbers.reports)


def _fewer(reports: int) -> str:
    if reports == _TWO:
        return "Once"
    return "Once or twice" if reports == _TWO + 1 else f"Fewer than {in_words(reports)} times"
