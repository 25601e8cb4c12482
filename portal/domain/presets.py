"""A scheme as data: clocks and threshold; and the two that ship: Durham and Gloucestershire.

An area's scheme is a versioned row that holds what `to_json` gives. Each rule says where its number
comes from: the area's published procedure, or, where that is silent, this portal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar

from portal.domain.deadlines import Limit, Unit
from portal.domain.threshold import preset_rules

LARGEST_NUMBER: Final = 1000
LONGEST_TEXT: Final = 500

_Word = TypeVar("_Word", bound=StrEnum)


class Clock(StrEnum):
    """What an area promises to do, or what an applicant may do, within a limit."""

    ACKNOWLEDGE = "acknowledge"
    AGENCY_RETURN = "agency_return"
    THRESHOLD_DECISION = "threshold_decision"
    MEETING = "meeting"
    PACK_OUT = "pack_out"
    ACTION_PLAN = "action_plan"
    APPEAL_THRESHOLD = "appeal_threshold"
    APPEAL_CONDUCT = "appeal_conduct"
    APPEAL_SIFT = "appeal_sift"
    APPEAL_OUTCOME = "appeal_outcome"
    FEEDBACK = "feedback"


class StartEvent(StrEnum):
    """An event on a case, or its meeting ahead, that a limit is counted from."""

    REQUEST_RECEIVED = "request_received"
    INFORMATION_REQUESTED = "information_requested"
    THRESHOLD_DECIDED = "threshold_decided"
    DECISION_NOTICE_SENT = "decision_notice_sent"
    MEETING = "meeting"
    MEETING_CLOSED = "meeting_closed"
    PLAN_ISSUED = "plan_issued"
    PLAN_COMPLETED = "plan_completed"
    APPEAL_RECEIVED = "appeal_received"
    HEARING_HELD = "hearing_held"
    CASE_CLOSED = "case_closed"

    @property
    def label(self) -> str:
        """The event as the beginning of a sentence: ``Request received``."""
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True)
class ClockRule:
    """One clock of a scheme.

    Attributes:
        clock: Which one.
        limit: How long.
        starts_from: The event whose London day the limit is counted from.
        source: A sentence that says where the rule comes from.
        before: Whether the limit ends before `starts_from`, an event ahead.
        opens_from: The earlier event from which the thing can already be done, if there is one.
    """

    clock: Clock
    limit: Limit
    starts_from: StartEvent
    source: str
    before: bool = False
    opens_from: StartEvent | None = None


@dataclass(frozen=True)
class Scheme:
    """An area's rules: its clocks and its threshold.

    Attributes:
        name: What the area calls it.
        clocks: One rule for every `Clock`, in its order.
        threshold: The rule for the threshold as it is stored; `read_rules` understands it.
    """

    name: str
    clocks: tuple[ClockRule, ...]
    threshold: Mapping[str, object]

    def rule(self, clock: Clock) -> ClockRule:
        """Return the rule of the clock.

        Raises:
            KeyError: The scheme has no such clock.
        """
        return {rule.clock: rule for rule in self.clocks}[clock]


class SchemeError(ValueError):
    """What was stored or typed is no scheme.

    Attributes:
        sentences: Everything that is wrong with it, a sentence each.
    """

    def __init__(self, sentences: tuple[str, ...]) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


def durham() -> Scheme:
    """Return the scheme of County Durham and Darlington, from its published procedure."""
    return Scheme(
        name="Durham",
        clocks=(
            ClockRule(
                Clock.ACKNOWLEDGE,
                Limit(3, Unit.WORKING_DAYS),
                StartEvent.REQUEST_RECEIVED,
                "The published procedure gives no time; other areas publish 3 working days.",
            ),
            ClockRule(
                Clock.AGENCY_RETURN,
                Limit(5, Unit.WORKING_DAYS),
                StartEvent.INFORMATION_REQUESTED,
                "The published procedure gives no time; 5 working days leave time to decide in 10.",
            ),
            ClockRule(
                Clock.THRESHOLD_DECISION,
                Limit(10, Unit.WORKING_DAYS),
                StartEvent.REQUEST_RECEIVED,
                "The published procedure: the applicant is told within 10 working days.",
            ),
            ClockRule(
                Clock.MEETING,
                Limit(10, Unit.WORKING_DAYS),
                StartEvent.THRESHOLD_DECIDED,
                "The published procedure: within 10 working days once the threshold is met.",
            ),
            ClockRule(
                Clock.PACK_OUT,
                Limit(2, Unit.WORKING_DAYS),
                StartEvent.MEETING,
                "The published procedure gives no time; another area publishes 2 working days.",
                before=True,
            ),
            ClockRule(
                Clock.ACTION_PLAN,
                Limit(5, Unit.WORKING_DAYS),
                StartEvent.MEETING_CLOSED,
                "The published procedure: in writing within 5 working days of the meeting.",
            ),
            ClockRule(
                Clock.APPEAL_THRESHOLD,
                Limit(14, Unit.DAYS),
                StartEvent.DECISION_NOTICE_SENT,
                "The published procedure counts 14 days from the completion of the plan. A case "
                "below the threshold has no plan, so they are counted from the decision notice.",
            ),
            ClockRule(
                Clock.APPEAL_CONDUCT,
                Limit(14, Unit.DAYS),
                StartEvent.PLAN_COMPLETED,
                "The published procedure: within 14 days of the completion of the plan. An appeal "
                "can be made as soon as the plan is issued.",
                opens_from=StartEvent.PLAN_ISSUED,
            ),
            ClockRule(
                Clock.APPEAL_SIFT,
                Limit(14, Unit.DAYS),
                StartEvent.APPEAL_RECEIVED,
                "The published procedure: notice within 14 days, counted from receipt.",
            ),
            ClockRule(
                Clock.APPEAL_OUTCOME,
                Limit(14, Unit.DAYS),
                StartEvent.HEARING_HELD,
                "The published procedure: in writing within 14 days of the hearing.",
            ),
            ClockRule(
                Clock.FEEDBACK,
                Limit(8, Unit.WEEKS),
                StartEvent.CASE_CLOSED,
                "The published procedure gives no time; asked within 8 weeks at the latest.",
            ),
        ),
        threshold=preset_rules.DURHAM,
    )


def gloucestershire() -> Scheme:
    """Return the scheme of Gloucestershire: four published limits, all else as in Durham's."""
    published = {
        Clock.ACKNOWLEDGE: ClockRule(
            Clock.ACKNOWLEDGE,
            Limit(1, Unit.WEEKS),
            StartEvent.REQUEST_RECEIVED,
            "The published policy: within 1 week of the request.",
        ),
        Clock.THRESHOLD_DECISION: ClockRule(
            Clock.THRESHOLD_DECISION,
            Limit(3, Unit.WEEKS),
            StartEvent.REQUEST_RECEIVED,
            "The published policy: within 3 weeks of the request.",
        ),
        Clock.MEETING: ClockRule(
            Clock.MEETING,
            Limit(4, Unit.WEEKS),
            StartEvent.REQUEST_RECEIVED,
            "The published policy: within 4 weeks of the request.",
        ),
        Clock.ACTION_PLAN: ClockRule(
            Clock.ACTION_PLAN,
            Limit(1, Unit.WEEKS),
            StartEvent.MEETING_CLOSED,
            "The published policy: the outcome within 1 week of the meeting.",
        ),
    }
    silent = "The published policy gives no time; the limit is this portal’s own."
    return Scheme(
        name="Gloucestershire",
        clocks=tuple(
            published.get(rule.clock, replace(rule, source=silent)) for rule in durham().clocks
        ),
        threshold=preset_rules.GLOUCESTERSHIRE,
    )


def to_json(scheme: Scheme) -> dict[str, object]:
    """Return the scheme as plain dictionaries, lists, text and numbers, to be stored as a row."""
    return {
        "name": scheme.name,
        "clocks": [
            {
                "clock": rule.clock.value,
                "number": rule.limit.number,
                "unit": rule.limit.unit.value,
                "starts_from": rule.starts_from.value,
                "source": rule.source,
                "before": rule.before,
                "opens_from": rule.opens_from.value if rule.opens_from else None,
            }
            for rule in scheme.clocks
        ],
        "threshold": dict(scheme.threshold),
    }


def from_json(stored: object) -> Scheme:
    """Return the scheme that `to_json` stored, checked as if a stranger had written it.

    Args:
        stored: What came out of the row or out of a form; nothing about it is taken for granted.

    Raises:
        SchemeError: It is not a scheme; says everything that is wrong with it.
    """
    if not isinstance(stored, Mapping):
        raise SchemeError(("A scheme must have a name, clocks and a threshold.",))
    problems: list[str] = []
    name = _text(stored.get("name"), "name of the scheme", problems)
    rows = stored.get("clocks")
    rows = rows if isinstance(rows, list) else []
    found = [_clock_rule(row, place, problems) for place, row in enumerate(rows, start=1)]
    rules = [rule for rule in found if rule is not None]
    problems += _miscounted(rows)
    threshold = stored.get("threshold")
    if not isinstance(threshold, Mapping):
        problems.append("The threshold must be a rule with its routes.")
    if problems or not isinstance(threshold, Mapping):
        raise SchemeError(tuple(problems))
    order = list(Clock)
    clocks = tuple(sorted(rules, key=lambda rule: order.index(rule.clock)))
    return Scheme(name, clocks, threshold)


def _clock_rule(row: object, place: int, problems: list[str]) -> ClockRule | None:
    """Return the rule in a stored row, or None after saying what is wrong with it."""
    if not isinstance(row, Mapping):
        problems.append(f"Clock {place} must have a limit and an event.")
        return None
    clock = _word(Clock, row.get("clock"), f"name of clock {place}", problems)
    of = f"of clock {place}" if clock is None else f"of the clock “{clock.replace('_', ' ')}”"
    number = _number(row.get("number"), of, problems)
    unit = _word(Unit, row.get("unit"), f"unit {of}", problems)
    starts_from = _word(StartEvent, row.get("starts_from"), f"event {of}", problems)
    source = _text(row.get("source"), f"source {of}", problems)
    before = _yes_or_no(row.get("before", False), of, problems)
    opens_from = row.get("opens_from")
    if opens_from is not None:
        opens_from = _word(StartEvent, opens_from, f"opening event {of}", problems)
    if clock is None or number is None or unit is None or starts_from is None:
        return None
    return ClockRule(clock, Limit(number, unit), starts_from, source, before, opens_from)


def _miscounted(rows: list[object]) -> list[str]:
    counted = [row.get("clock") for row in rows if isinstance(row, Mapping)]
    problems = []
    for clock in Clock:
        times = counted.count(clock)
        if times != 1:
            wrong = "is missing" if times == 0 else "is there more than once"
            problems.append(f"The clock “{clock.replace('_', ' ')}” {wrong}.")
    return problems


def _word(words: type[_Word], value: object, what: str, problems: list[str]) -> _Word | None:
    for word in words:
        if word.value == value:
            return word
    problems.append(f"The {what} must be one of: {', '.join(words)}.")
    return None


def _number(value: object, of: str, problems: list[str]) -> int | None:
    if type(value) is int and 1 <= value <= LARGEST_NUMBER:
        return value
    problems.append(f"The number {of} must be a whole number from 1 to {LARGEST_NUMBER}.")
    return None


def _yes_or_no(value: object, of: str, problems: list[str]) -> bool:
    if isinstance(value, bool):
        return value
    problems.append(f"Whether the limit {of} is counted back must be true or false.")
    return False


def _text(value: object, what: str, problems: list[str]) -> str:
    if isinstance(value, str) and value.strip() and len(value) <= LONGEST_TEXT:
        return value
    problems.append(f"The {what} must be text of 1 to {LONGEST_TEXT} characters.")
    return ""
