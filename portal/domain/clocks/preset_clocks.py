"""The clocks of the two schemes that ship; each says where its limit comes from."""

from dataclasses import replace
from typing import Final

from portal.domain.clocks.rules import Clock, ClockEvent, ClockRule
from portal.domain.deadlines import Limit, Unit

DURHAM: Final = (
    ClockRule(
        Clock.ACKNOWLEDGE,
        Limit(3, Unit.WORKING_DAYS),
        (ClockEvent.REQUEST_RECEIVED,),
        "The published procedure gives no time; other areas publish 3 working days.",
    ),
    ClockRule(
        Clock.AGENCY_RETURN,
        Limit(5, Unit.WORKING_DAYS),
        (ClockEvent.INFORMATION_REQUESTED,),
        "The published procedure gives no time; 5 working days leave time to decide in 10.",
    ),
    ClockRule(
        Clock.THRESHOLD_DECISION,
        Limit(10, Unit.WORKING_DAYS),
        (ClockEvent.REQUEST_RECEIVED,),
        "The published procedure: the applicant is told within 10 working days.",
    ),
    ClockRule(
        Clock.MEETING,
        Limit(10, Unit.WORKING_DAYS),
        (ClockEvent.THRESHOLD_DECIDED,),
        "The published procedure: within 10 working days once the threshold is met.",
    ),
    ClockRule(
        Clock.PACK_OUT,
        Limit(2, Unit.WORKING_DAYS),
        (ClockEvent.MEETING,),
        "The published procedure gives no time; another area publishes 2 working days.",
        before=True,
    ),
    ClockRule(
        Clock.ACTION_PLAN,
        Limit(5, Unit.WORKING_DAYS),
        (ClockEvent.MEETING_CLOSED,),
        "The published procedure: in writing within 5 working days of the meeting.",
    ),
    ClockRule(
        Clock.APPEAL_THRESHOLD,
        Limit(14, Unit.DAYS),
        (ClockEvent.DECISION_NOTICE_SENT,),
        "The published procedure counts 14 days from the completion of the plan. A case "
        "below the threshold has no plan, so they are counted from the decision notice.",
    ),
    ClockRule(
        Clock.APPEAL_CONDUCT,
        Limit(14, Unit.DAYS),
        (ClockEvent.PLAN_COMPLETED,),
        "The published procedure: within 14 days of the completion of the plan. An appeal "
        "can be made as soon as the plan is issued.",
        opens_from=ClockEvent.PLAN_ISSUED,
    ),
    ClockRule(
        Clock.APPEAL_SIFT,
        Limit(14, Unit.DAYS),
        (ClockEvent.APPEAL_RECEIVED,),
        "The published procedure: notice within 14 days, counted from receipt.",
    ),
    ClockRule(
        Clock.APPEAL_OUTCOME,
        Limit(14, Unit.DAYS),
        (ClockEvent.HEARING_HELD,),
        "The published procedure: in writing within 14 days of the hearing.",
    ),
    ClockRule(
        Clock.FEEDBACK,
        Limit(8, Unit.WEEKS),
        (ClockEvent.CASE_CLOSED,),
        "The published procedure gives no time; asked within 8 weeks at the latest.",
    ),
)
"""County Durham and Darlington, from its published procedure."""

_SILENT: Final = "The published policy gives no time; the limit is this portal’s own."
_PUBLISHED: Final = {
    Clock.ACKNOWLEDGE: ClockRule(
        Clock.ACKNOWLEDGE,
        Limit(1, Unit.WEEKS),
        (ClockEvent.REQUEST_RECEIVED,),
        "The published policy: within 1 week of the request.",
    ),
    Clock.THRESHOLD_DECISION: ClockRule(
        Clock.THRESHOLD_DECISION,
        Limit(3, Unit.WEEKS),
        (ClockEvent.REQUEST_RECEIVED,),
        "The published policy: within 3 weeks of the request.",
    ),
    Clock.MEETING: ClockRule(
        Clock.MEETING,
        Limit(4, Unit.WEEKS),
        (ClockEvent.REQUEST_RECEIVED,),
        "The published policy: within 4 weeks of the request.",
    ),
    Clock.ACTION_PLAN: ClockRule(
        Clock.ACTION_PLAN,
        Limit(1, Unit.WEEKS),
        (ClockEvent.MEETING_CLOSED,),
        "The published policy: the outcome within 1 week of the meeting.",
    ),
}

GLOUCESTERSHIRE: Final = tuple(
    _PUBLISHED.get(rule.clock, replace(rule, source=_SILENT)) for rule in DURHAM
)
"""Gloucestershire: four published limits, all else as in Durham’s."""
