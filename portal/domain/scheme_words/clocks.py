"""Every clock of a scheme in a sentence to a victim."""

from dataclasses import dataclass
from typing import Final

from portal.domain.clocks.rules import Clock, ClockEvent, ClockRule
from portal.domain.presets import Scheme
from portal.domain.scheme_words.parts import listed, sentence

WORKING_DAYS: Final = (
    "Working days are Monday to Friday, without bank holidays and days when we are closed."
)


@dataclass(frozen=True)
class ClockInWords:
    """A clock: what is promised, and where the area has it from."""

    words: str
    source: str


_PROMISES: Final = {
    Clock.ACKNOWLEDGE: "We write to you",
    Clock.AGENCY_RETURN: "The services tell us what they know",
    Clock.THRESHOLD_DECISION: "We tell you if there will be a review",
    Clock.MEETING: "The meeting is",
    Clock.PACK_OUT: "The papers for the meeting go out",
    Clock.ACTION_PLAN: "You get the plan in writing",
    Clock.APPEAL_THRESHOLD: "You can appeal against the decision",
    Clock.APPEAL_CONDUCT: "You can appeal against the way the review was done",
    Clock.APPEAL_SIFT: "We tell you if your appeal will be heard, and when,",
    Clock.APPEAL_OUTCOME: "You get the answer to your appeal in writing",
    Clock.FEEDBACK: "We ask you how it was for you",
    Clock.REPORTS_COUNTED: "The reports are counted",
    Clock.APPLICANT_CONTACT: "We speak to you",
    Clock.REASONS_NOT_INVITED: "If you are not invited to the meeting, you get the reasons",
    Clock.APPEAL_BUNDLE: "The papers for your appeal are sent",
    Clock.WHOLE_PROCESS: "All of it is done",
}
_EVENTS: Final = {
    ClockEvent.REQUEST_RECEIVED: "we get your request",
    ClockEvent.ACKNOWLEDGED: "we have first written to you",
    ClockEvent.INFORMATION_REQUESTED: "we ask them",
    ClockEvent.ALL_INFORMATION_RECEIVED: "all services have answered",
    ClockEvent.INFORMATION_COLLATED: "the answers are put together",
    ClockEvent.APPLICANT_SPOKEN_TO: "we have spoken to you",
    ClockEvent.ASSESSMENT_MEETING: "the services have met about your request",
    ClockEvent.THRESHOLD_DECIDED: "we decide",
    ClockEvent.THRESHOLD_MET: "we decide that there will be a review",
    ClockEvent.THRESHOLD_NOT_MET: "we decide that there will be no review",
    ClockEvent.DECISION_NOTICE_SENT: "we send you the decision",
    ClockEvent.DECISION_NOTICE_RECEIVED: "you get the decision",
    ClockEvent.APPLICANT_NOT_INVITED: "we decide that you are not invited to the meeting",
    ClockEvent.REASONS_NOT_INVITED_SENT: "we send you the reasons",
    ClockEvent.PACKS_SENT: "the papers are sent",
    ClockEvent.MEETING: "the meeting",
    ClockEvent.MEETING_OPENED: "the meeting begins",
    ClockEvent.MEETING_CLOSED: "the meeting",
    ClockEvent.REVIEW_DECIDED: "the meeting has decided",
    ClockEvent.PLAN_ISSUED: "we send you the plan",
    ClockEvent.PLAN_RECEIVED: "you get the plan",
    ClockEvent.PLAN_COMPLETED: "the plan is complete",
    ClockEvent.APPEAL_RECEIVED: "we get your appeal",
    ClockEvent.APPEAL_CHAIR_FOUND: "somebody is found to lead the appeal",
    ClockEvent.APPEAL_BUNDLE_SENT: "the papers for your appeal are sent",
    ClockEvent.HEARING_HELD: "the hearing",
    ClockEvent.CASE_CLOSED: "your case is closed",
    ClockEvent.FEEDBACK_ASKED: "we ask you how it was",
}


def clocks_in_words(scheme: Scheme) -> tuple[ClockInWords, ...]:
    """Return each clock of a scheme, in its order."""
    return tuple(ClockInWords(clock_words(rule), rule.source) for rule in scheme.clocks)


def all_clock_words(scheme: Scheme) -> tuple[str, ...]:
    """Return every sentence about time: the clocks, and when a letter counts as received."""
    words = tuple(clock_words(rule) for rule in scheme.clocks)
    if scheme.deemed_receipt is None:
        return words
    deemed = (
        f"A letter counts as received {scheme.deemed_receipt} after we send it, unless we know "
        "when you got it."
    )
    return (*words, deemed)


def clock_words(rule: ClockRule) -> str:
    """Return what a rule promises, as a sentence."""
    words = f"{_PROMISES[rule.clock]} {_when(rule)}"
    if rule.opens_from:
        words = f"{words}; you can do so as soon as {_EVENTS[rule.opens_from]}"
    return sentence(words)


def _when(rule: ClockRule) -> str:
    events = _events(rule)
    if rule.next_meeting:
        meeting = f"the next meeting called “{rule.next_meeting}”, after {events}"
        return f"within {rule.limit} after {meeting}" if rule.limit else f"at {meeting}"
    side = "before" if rule.before else "after"
    within = "at least" if rule.before else "within"
    return f"{within} {rule.limit} {side} {events}"


def _events(rule: ClockRule) -> str:
    words = listed([_EVENTS[event] for event in rule.starts_from])
    return f"{words}, whichever is last" if len(rule.starts_from) > 1 else words
