"""What a clock is: a limit, the events it is counted from, and the events that end it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.domain.deadlines import Limit


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
    REPORTS_COUNTED = "reports_counted"
    APPLICANT_CONTACT = "applicant_contact"
    REASONS_NOT_INVITED = "reasons_not_invited"
    APPEAL_BUNDLE = "appeal_bundle"
    WHOLE_PROCESS = "whole_process"

    @property
    def label(self) -> str:
        """The words that staff read."""
        return _LABELS[self]


_LABELS: Final = {
    Clock.ACKNOWLEDGE: "Acknowledge the request",
    Clock.AGENCY_RETURN: "Agencies confirm the reports",
    Clock.THRESHOLD_DECISION: "Threshold decision",
    Clock.MEETING: "Review meeting",
    Clock.PACK_OUT: "Packs out",
    Clock.ACTION_PLAN: "Written action plan",
    Clock.APPEAL_THRESHOLD: "Appeal against the decision",
    Clock.APPEAL_CONDUCT: "Appeal against the review",
    Clock.APPEAL_SIFT: "Appeal sifted",
    Clock.APPEAL_OUTCOME: "Outcome of the appeal",
    Clock.FEEDBACK: "Ask for feedback",
    Clock.REPORTS_COUNTED: "Count the reports",
    Clock.APPLICANT_CONTACT: "Speak to the applicant",
    Clock.REASONS_NOT_INVITED: "Reasons for not inviting the applicant",
    Clock.APPEAL_BUNDLE: "Papers for the appeal",
    Clock.WHOLE_PROCESS: "The whole review",
}

OPTIONAL: Final = frozenset(
    {
        Clock.REPORTS_COUNTED,
        Clock.APPLICANT_CONTACT,
        Clock.REASONS_NOT_INVITED,
        Clock.APPEAL_BUNDLE,
        Clock.WHOLE_PROCESS,
    }
)
"""Clocks that only some areas publish; every scheme has all the others."""

RIGHTS: Final = frozenset({Clock.APPEAL_THRESHOLD, Clock.APPEAL_CONDUCT})
"""Rights of the applicant that end, not things that the office can be late with."""


class ClockEvent(StrEnum):
    """What happens on a case, or is ahead, and starts or ends a clock."""

    REQUEST_RECEIVED = "request_received"
    ACKNOWLEDGED = "acknowledged"
    INFORMATION_REQUESTED = "information_requested"
    ALL_INFORMATION_RECEIVED = "all_information_received"
    INFORMATION_COLLATED = "information_collated"
    APPLICANT_SPOKEN_TO = "applicant_spoken_to"
    ASSESSMENT_MEETING = "assessment_meeting"
    THRESHOLD_DECIDED = "threshold_decided"
    THRESHOLD_MET = "threshold_met"
    THRESHOLD_NOT_MET = "threshold_not_met"
    DECISION_NOTICE_SENT = "decision_notice_sent"
    DECISION_NOTICE_RECEIVED = "decision_notice_received"
    APPLICANT_NOT_INVITED = "applicant_not_invited"
    REASONS_NOT_INVITED_SENT = "reasons_not_invited_sent"
    PACKS_SENT = "packs_sent"
    MEETING = "meeting"
    MEETING_OPENED = "meeting_opened"
    MEETING_CLOSED = "meeting_closed"
    REVIEW_DECIDED = "review_decided"
    PLAN_ISSUED = "plan_issued"
    PLAN_RECEIVED = "plan_received"
    PLAN_COMPLETED = "plan_completed"
    APPEAL_RECEIVED = "appeal_received"
    APPEAL_CHAIR_FOUND = "appeal_chair_found"
    APPEAL_BUNDLE_SENT = "appeal_bundle_sent"
    HEARING_HELD = "hearing_held"
    CASE_CLOSED = "case_closed"
    FEEDBACK_ASKED = "feedback_asked"

    @property
    def label(self) -> str:
        """The event as the beginning of a sentence: ``Request received``."""
        return self.value.replace("_", " ").capitalize()


_ENDS: Final = {
    Clock.ACKNOWLEDGE: (ClockEvent.ACKNOWLEDGED,),
    # The bodies that agreed to a decision have confirmed the reports: their clock has done its
    # work.
    Clock.AGENCY_RETURN: (ClockEvent.ALL_INFORMATION_RECEIVED, ClockEvent.THRESHOLD_DECIDED),
    Clock.REPORTS_COUNTED: (ClockEvent.INFORMATION_COLLATED, ClockEvent.THRESHOLD_DECIDED),
    Clock.THRESHOLD_DECISION: (ClockEvent.THRESHOLD_DECIDED,),
    Clock.MEETING: (ClockEvent.MEETING_OPENED,),
    Clock.PACK_OUT: (ClockEvent.PACKS_SENT, ClockEvent.MEETING_OPENED),
    Clock.REASONS_NOT_INVITED: (ClockEvent.REASONS_NOT_INVITED_SENT, ClockEvent.MEETING_OPENED),
    Clock.ACTION_PLAN: (ClockEvent.PLAN_ISSUED,),
    Clock.WHOLE_PROCESS: (ClockEvent.THRESHOLD_NOT_MET, ClockEvent.PLAN_ISSUED),
    Clock.APPLICANT_CONTACT: (ClockEvent.APPLICANT_SPOKEN_TO,),
    Clock.APPEAL_BUNDLE: (ClockEvent.APPEAL_BUNDLE_SENT,),
    Clock.APPEAL_SIFT: (ClockEvent.HEARING_HELD,),
    Clock.APPEAL_OUTCOME: (),
}
ENDS: Final = {
    **{clock: (*events, ClockEvent.CASE_CLOSED) for clock, events in _ENDS.items()},
    Clock.FEEDBACK: (ClockEvent.FEEDBACK_ASKED,),
}
"""The events of which the first ends a clock; a right of the applicant ends by its last day."""

ONLY_AFTER: Final = {
    Clock.MEETING: ClockEvent.THRESHOLD_MET,
    Clock.APPEAL_THRESHOLD: ClockEvent.THRESHOLD_NOT_MET,
    Clock.REASONS_NOT_INVITED: ClockEvent.APPLICANT_NOT_INVITED,
}
"""What must have happened besides before there is such a clock; nothing is counted from it."""

BY_HAND: Final = (
    ClockEvent.ALL_INFORMATION_RECEIVED,
    ClockEvent.INFORMATION_COLLATED,
    ClockEvent.APPLICANT_SPOKEN_TO,
    ClockEvent.ASSESSMENT_MEETING,
    ClockEvent.DECISION_NOTICE_RECEIVED,
    ClockEvent.PACKS_SENT,
    ClockEvent.REVIEW_DECIDED,
    ClockEvent.PLAN_RECEIVED,
    ClockEvent.FEEDBACK_ASKED,
)
"""What no page of the portal does, so that the coordinator says when it was."""


@dataclass(frozen=True)
class ClockRule:
    """One clock of a scheme.

    Attributes:
        clock: Which one.
        limit: How long; none where it ends on the day of the next meeting itself.
        starts_from: The events that the limit is counted from: from the last of them, so that it
            exists only once each has happened. One or more.
        source: A sentence that says where the rule comes from.
        before: Whether the limit ends before the event, which is ahead.
        opens_from: The earlier event from which the thing can already be done, if there is one.
        next_meeting: Name of a regular meeting of the area; the limit is then counted from its
            first one on a later day than the events.
    """

    clock: Clock
    limit: Limit | None
    starts_from: tuple[ClockEvent, ...]
    source: str
    before: bool = False
    opens_from: ClockEvent | None = None
    next_meeting: str = ""
