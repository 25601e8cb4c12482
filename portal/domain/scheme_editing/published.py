"""A scheme in the shape in which published ones are compared: its rules and its limits."""

from typing import Any, Final

from portal.domain.clocks.rules import Clock, ClockEvent, ClockRule
from portal.domain.presets import Scheme
from portal.domain.scheme_editing.sections import without_the_laws_own

_STAGES: Final = {
    Clock.ACKNOWLEDGE: "acknowledge",
    Clock.AGENCY_RETURN: "info_from_agencies",
    Clock.THRESHOLD_DECISION: "threshold_decision",
    Clock.MEETING: "hold_review",
    Clock.ACTION_PLAN: "send_outcome",
    Clock.APPEAL_CONDUCT: "appeal_window",
    Clock.APPEAL_SIFT: "appeal_sift",
    Clock.APPEAL_OUTCOME: "appeal_outcome",
    Clock.WHOLE_PROCESS: "whole_process",
}
# Published schemes do not tell the meeting from its end; all other events have the portal's names.
_EVENTS: Final = {
    ClockEvent.REQUEST_RECEIVED: "received",
    ClockEvent.THRESHOLD_DECIDED: "threshold_decision",
    ClockEvent.MEETING_CLOSED: "meeting",
}


def published(scheme: Scheme) -> dict[str, Any]:
    """Return name, ``rules`` and ``deadlines`` of a scheme; ``portal scheme check`` reads them.

    A floor that is the Act's own is not stated: published rules do not repeat the law.
    """
    deadlines: dict[str, Any] = {
        _STAGES[rule.clock]: _deadline(rule) for rule in scheme.clocks if rule.clock in _STAGES
    }
    deadlines["other"] = [
        {"name": rule.clock.value} | _deadline(rule)
        for rule in scheme.clocks
        if rule.clock not in _STAGES
    ]
    rules = without_the_laws_own(scheme.threshold)
    return {"name": scheme.name, "rules": rules, "deadlines": deadlines}


def _deadline(rule: ClockRule) -> dict[str, Any]:
    sign = -1 if rule.before else 1
    events = [_EVENTS.get(event, event.value) for event in rule.starts_from]
    found: dict[str, Any] = {"from": events[0] if len(events) == 1 else events}
    if rule.limit:
        found = {"n": sign * rule.limit.number, "unit": rule.limit.unit.value} | found
    return found | ({"next_meeting_of": rule.next_meeting} if rule.next_meeting else {})
