"""The limits that an area publishes, in the shape of published schemes: read as clocks, written.

Each stage that states a limit becomes a clock, or is held in words with the reason; none is lost.
What is written is read again as the same clocks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from portal.domain.clocks.rules import Clock, ClockEvent, ClockRule
from portal.domain.deadlines import Limit, Unit

_Word = TypeVar("_Word", bound=StrEnum)

_SOURCE: Final = "As the area publishes it."

STAGES: Final = {
    "acknowledge": Clock.ACKNOWLEDGE,
    "info_from_agencies": Clock.AGENCY_RETURN,
    "threshold_decision": Clock.THRESHOLD_DECISION,
    "hold_review": Clock.MEETING,
    "send_outcome": Clock.ACTION_PLAN,
    "action_plan_copy": Clock.ACTION_PLAN,
    "appeal_window": Clock.APPEAL_CONDUCT,
    "appeal_sift": Clock.APPEAL_SIFT,
    "appeal_outcome": Clock.APPEAL_OUTCOME,
    "whole_process": Clock.WHOLE_PROCESS,
}
"""The clock of each stage that published schemes share; of two names the first is written."""

_OTHERS: Final = {
    "count_qualifying_complaints": Clock.REPORTS_COUNTED,
    "summary_report_to_panel": Clock.PACK_OUT,
    "reasons_for_not_inviting_victim": Clock.REASONS_NOT_INVITED,
    "initial_reporting_form_completed_with_applicant": Clock.APPLICANT_CONTACT,
    "chair_contacts_victim": Clock.APPLICANT_CONTACT,
    "second_contact": Clock.APPLICANT_CONTACT,
}
"""What one area or another states besides; the portal's own names hold too, and are written."""

EVENTS: Final = {
    "received": ClockEvent.REQUEST_RECEIVED,
    "application_received": ClockEvent.REQUEST_RECEIVED,
    "accepted": ClockEvent.THRESHOLD_MET,
    "activated": ClockEvent.THRESHOLD_MET,
    "threshold_decision": ClockEvent.THRESHOLD_DECIDED,
    "threshold_notified": ClockEvent.DECISION_NOTICE_SENT,
    "letter_sent": ClockEvent.DECISION_NOTICE_SENT,
    "meeting": ClockEvent.MEETING_CLOSED,
    "meeting_begins": ClockEvent.MEETING,
    "review_decision": ClockEvent.REVIEW_DECIDED,
    "outcome_sent": ClockEvent.PLAN_ISSUED,
    "outcome_received": ClockEvent.PLAN_RECEIVED,
    "outcome_informed": ClockEvent.PLAN_RECEIVED,
}
"""The event of each anchor; of two names the first is written, the portal's own names hold too.

Published schemes do not tell the meeting from its end: what is counted on from it, is from its end.
"""

_EVENTS_AHEAD: Final = EVENTS | {"meeting": ClockEvent.MEETING}
"""The same where a limit is counted back."""

_STAGE_OF: Final = {clock: stage for stage, clock in reversed(STAGES.items())}
_NAME_OF: Final = {event: name for name, event in reversed(EVENTS.items())}
_NAME_AHEAD_OF: Final = {event: name for name, event in reversed(_EVENTS_AHEAD.items())}

_FIRST: Final = {Clock.MEETING: ClockEvent.THRESHOLD_DECIDED}
# A remark for a reader; how often a meeting is held is in the calendar that the office keeps.
_REMARKS: Final = frozenset({"note", "meets_every", "name"})
_KEYS: Final = frozenset({"n", "unit", "from", "next_meeting_of", "opens_from"}) | _REMARKS


@dataclass(frozen=True)
class InWords:
    """A stage that the area states and no clock is counted for, and why."""

    stage: str
    why: str


@dataclass(frozen=True)
class PublishedClocks:
    """What an area publishes: the clocks of it, each with its stage, and what is held in words."""

    rules: tuple[tuple[str, ClockRule], ...]
    in_words: tuple[InWords, ...]


def read_published(block: object) -> PublishedClocks:
    """Read the limits of a published scheme; a stage that holds nothing does not state anything."""
    rules: list[tuple[str, ClockRule]] = []
    in_words: list[InWords] = []
    taken: set[Clock] = set()
    for stage, stated in _stages(block):
        found = _read(stage, stated)
        if isinstance(found, ClockRule) and found.clock in taken:
            found = f"the clock “{found.clock.label}” has another limit already, which is promised"
        if isinstance(found, ClockRule):
            taken.add(found.clock)
            rules.append((stage, found))
        else:
            in_words.append(InWords(stage, found))
    return PublishedClocks(tuple(rules), tuple(in_words))


def _stages(block: object) -> Iterator[tuple[str, object]]:
    if not isinstance(block, Mapping):
        return
    for stage, stated in block.items():
        if stage != "other" and stated is not None:
            yield str(stage), stated
    others = block.get("other")
    for each in others if isinstance(others, list) else ():
        name = each.get("name") if isinstance(each, Mapping) else None
        yield str(name or "other"), each


def _read(stage: str, stated: object) -> ClockRule | str:
    """Return the rule of a stage, or why there is none."""
    clock = STAGES.get(stage) or _OTHERS.get(stage) or _own(Clock, stage)
    if clock is None:
        return "no clock has this name"
    return _rule(clock, stated) if isinstance(stated, Mapping) else "it states no limit"


def _rule(clock: Clock, stated: Mapping[object, object]) -> ClockRule | str:
    unknown = sorted(set(map(str, stated)) - _KEYS)
    if unknown:
        return f"it states what no clock knows: {', '.join(unknown)}"
    next_meeting = str(stated.get("next_meeting_of") or "")
    has_limit = stated.get("n") is not None or not next_meeting
    limit = _limit(stated) if has_limit else None
    if has_limit and limit is None:
        return "its number or unit cannot be counted"
    is_before = has_limit and _is_negative(stated.get("n"))
    events = _events(clock, stated, next_meeting, is_before=is_before)
    if events is None:
        return f"it is counted from “{stated.get('from')}”, which no event is called"
    opens_from = _event(stated.get("opens_from"), is_before=False)
    if opens_from is None and stated.get("opens_from") is not None:
        return f"it opens from “{stated.get('opens_from')}”, which no event is called"
    return ClockRule(clock, limit, events, _SOURCE, is_before, opens_from, next_meeting)


def _limit(stated: Mapping[object, object]) -> Limit | None:
    number, unit = stated.get("n"), _own(Unit, stated.get("unit"))
    if type(number) is not int or number == 0 or unit is None:
        return None
    return Limit(abs(number), unit)


def _is_negative(number: object) -> bool:
    return isinstance(number, int) and number < 0


def _events(
    clock: Clock, stated: Mapping[object, object], next_meeting: str, *, is_before: bool
) -> tuple[ClockEvent, ...] | None:
    """Return what a limit is counted from; of a regular meeting, what comes before that one."""
    named = stated.get("from")
    names = named if isinstance(named, list) else [named]
    if next_meeting and names in ([None], ["assessment_meeting"]):
        return (_FIRST.get(clock, ClockEvent.REQUEST_RECEIVED),)
    found = tuple(event for name in names if (event := _event(name, is_before=is_before)))
    return found if names and len(found) == len(names) else None


def _event(name: object, *, is_before: bool) -> ClockEvent | None:
    names = _EVENTS_AHEAD if is_before else EVENTS
    return names.get(str(name)) or _own(ClockEvent, name)


def _own(words: type[_Word], name: object) -> _Word | None:
    """Return the word of the portal's own that has this name."""
    return next((word for word in words if word.value == name), None)


def write_published(rules: Sequence[ClockRule]) -> dict[str, Any]:
    """Return clocks as the limits of a published scheme; where each comes from is left out."""
    deadlines: dict[str, Any] = {
        _STAGE_OF[rule.clock]: _stated(rule) for rule in rules if rule.clock in _STAGE_OF
    }
    deadlines["other"] = [
        {"name": rule.clock.value} | _stated(rule) for rule in rules if rule.clock not in _STAGE_OF
    ]
    return deadlines


def _stated(rule: ClockRule) -> dict[str, Any]:
    known = _NAME_AHEAD_OF if rule.before else _NAME_OF
    names = [known.get(event, event.value) for event in rule.starts_from]
    stated: dict[str, Any] = {"from": names[0] if len(names) == 1 else names}
    if rule.limit:
        number = -rule.limit.number if rule.before else rule.limit.number
        stated = {"n": number, "unit": rule.limit.unit.value} | stated
    if rule.next_meeting:
        stated["next_meeting_of"] = rule.next_meeting
    if rule.opens_from:
        stated["opens_from"] = _NAME_OF.get(rule.opens_from, rule.opens_from.value)
    return stated
