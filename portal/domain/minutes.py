"""The minutes of a meeting: their sections in order, and how far they have come."""

import datetime as dt
import enum
from typing import Final

from portal.domain.dates import in_words
from portal.domain.deadlines import Limit, Unit

# Our page on the meeting, 9: each agency may correct its own account for 2 working days.
CORRECTION: Final = Limit(2, Unit.WORKING_DAYS)


class Section(enum.StrEnum):
    """A section of the minutes; in the order in which they stand."""

    ATTENDANCE = "attendance"
    BODIES = "bodies"
    OPENING = "opening"
    TIMELINE = "timeline"
    ACCOUNTS = "accounts"
    RISK = "risk"
    ADEQUACY = "adequacy"
    POWERS = "powers"
    DECISIONS = "decisions"
    ACTIONS = "actions"
    RECOMMENDATIONS = "recommendations"
    COMMUNICATION = "communication"
    INTERIM = "interim"
    LESSONS = "lessons"
    NEXT = "next"
    DISAGREEMENT = "disagreement"

    @property
    def heading(self) -> str:
        """Return the words that stand above it."""
        return _HEADINGS[self]


_HEADINGS = {
    Section.ATTENDANCE: "Attendance",
    Section.BODIES: "Required agencies",
    Section.OPENING: "Opening section",
    Section.TIMELINE: "Timeline and reports",
    Section.ACCOUNTS: "Accounts of the agencies",
    Section.RISK: "Risk",
    Section.ADEQUACY: "Was what was done enough?",
    Section.POWERS: "Powers considered",
    Section.DECISIONS: "Discussion and decisions",
    Section.ACTIONS: "Actions",
    Section.RECOMMENDATIONS: "Recommendations",
    Section.COMMUNICATION: "Who tells the applicant what",
    Section.INTERIM: "Steps already started",
    Section.LESSONS: "Lessons",
    Section.NEXT: "What happens next",
    Section.DISAGREEMENT: "Disagreement",
}


class Progress(enum.StrEnum):
    """How far the minutes have come."""

    DRAFT = "draft"
    SENT_ROUND = "sent_round"
    AGREED = "agreed"
    ISSUED = "issued"

    @property
    def label(self) -> str:
        """Return the words that people read."""
        return {"draft": "Draft", "sent_round": "Sent round for correction"}.get(
            self.value, self.value.capitalize()
        )


def progress_of(*, is_sent_round: bool, is_agreed: bool, is_issued: bool) -> Progress:
    """Say how far minutes have come; a change takes agreement and issue back."""
    if is_issued:
        return Progress.ISSUED
    if is_agreed:
        return Progress.AGREED
    return Progress.SENT_ROUND if is_sent_round else Progress.DRAFT


def why_not_corrected(correct_until: dt.date, today: dt.date) -> str:
    """Return why an agency may no longer correct its account; empty as long as it may.

    Args:
        correct_until: the last day, to its end.
        today: the London day.
    """
    if today <= correct_until:
        return ""
    return (
        f"The time to correct your account ended on {in_words(correct_until)}. "
        "Tell the chair if something in it is wrong"
    )
