"""What stands on the home page for each kind of task: a verb first, then one line why."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from portal.domain.dates import LONDON, in_words, time_of
from portal.domain.roles import AGENCY_ROLES, Role
from portal.domain.tasks import TaskKind
from portal.models.meeting import Meeting


@dataclass(frozen=True, kw_only=True)
class CaseInWords:
    """What the words are made of."""

    role: Role
    received_on: dt.date
    agency_name: str
    unnamed: tuple[str, ...]
    meeting: Meeting | None
    decision_on: dt.date | None
    is_plan_checked: bool
    needed: tuple[str, ...]
    is_met: bool

    @property
    def meeting_at(self) -> str:
        """Return the time of day at which the meeting begins."""
        if self.meeting is None:
            return ""
        return time_of(self.meeting.starts_at)

    @property
    def meeting_on(self) -> str:
        """Return the day of the meeting."""
        return in_words(self.meeting.starts_at.astimezone(LONDON).date()) if self.meeting else ""

    @property
    def meeting_place(self) -> str:
        """Return where it is, as a line."""
        return f"{self.meeting.place}." if self.meeting else ""


def in_text(kind: TaskKind, words: CaseInWords) -> tuple[str, str]:
    """Return what is to be done and why, for one kind of task."""
    return _WORDS[kind](words)


def _chase(words: CaseInWords) -> tuple[str, str]:
    due = words.decision_on
    why = f"The decision is due on {in_words(due)}." if due else "No decision has been recorded."
    return "Ask the agencies which reports they can confirm", why


def _name(words: CaseInWords) -> tuple[str, str]:
    if words.role in AGENCY_ROLES:
        return "Name who takes this case", f"{words.agency_name} has a seat on the panel."
    if not words.unnamed:
        return "Seat the agencies", "The panel has no agency yet."
    listed = ", ".join(words.unnamed)
    has = "has" if len(words.unnamed) == 1 else "have"
    return "Complete the panel", f"{listed} {has} a seat and nobody named for it."


def _plan(words: CaseInWords) -> tuple[str, str]:
    checked = "The chair has checked it." if words.is_plan_checked else "The chair checks it first."
    return "Issue the action plan", checked


_WORDS: dict[TaskKind, Callable[[CaseInWords], tuple[str, str]]] = {
    TaskKind.ACKNOWLEDGE: lambda words: (
        "Acknowledge the request",
        f"Received {in_words(words.received_on)}. Say who to call and when the decision comes.",
    ),
    TaskKind.CHASE_RETURNS: _chase,
    TaskKind.FIND_REPORTS: lambda words: (
        "Say which reports you have",
        f"Reports made to {words.agency_name} wait for its word.",
    ),
    TaskKind.GET_MORE: lambda words: (
        "Get what you need before you decide",
        ". ".join(words.needed),
    ),
    TaskKind.DECIDE: lambda words: (
        "Record the threshold decision",
        f"Received {in_words(words.received_on)}.",
    ),
    TaskKind.SEND_LETTER: lambda words: (
        f"Send the letter: threshold {'met' if words.is_met else 'not met'}",
        "The decision is recorded. No letter has told the applicant yet.",
    ),
    TaskKind.APPOINT_CHAIR: lambda _: ("Appoint a chair", "Nobody chairs this review yet."),
    TaskKind.NAME_PEOPLE: _name,
    TaskKind.BOOK_MEETING: lambda _: (
        "Book the meeting",
        "The threshold is met and no meeting is booked yet.",
    ),
    TaskKind.SEND_INVITES: lambda words: (
        "Send the invites",
        f"The meeting is on {words.meeting_on}, {words.meeting_at}. Nobody is invited yet.",
    ),
    TaskKind.SEND_PACKS: lambda words: (
        "Issue the packs",
        f"The meeting is on {words.meeting_on}. Each member gets what they may read.",
    ),
    TaskKind.GO_TO_MEETING: lambda words: (
        f"Come to the meeting at {words.meeting_at}",
        words.meeting_place,
    ),
    TaskKind.LEAD_MEETING: lambda words: (
        f"Lead the meeting at {words.meeting_at}",
        words.meeting_place,
    ),
    TaskKind.CLOSE_MEETING: lambda _: (
        "Close the meeting",
        "It is under way. Closing it starts the clock of the plan.",
    ),
    TaskKind.CHECK_PLAN: lambda _: (
        "Check the draft of the action plan",
        "The coordinator can issue it once you have checked it.",
    ),
    TaskKind.ISSUE_PLAN: _plan,
    TaskKind.SCORE_RISK: lambda _: ("Ask how it is for them", "No risk assessment yet."),
    TaskKind.FIND_OUT: lambda _: (
        "Find out what is not known of the risk",
        "Too many answers are not known, so the band is one higher.",
    ),
    TaskKind.AGREE_TO_BAND: lambda _: (
        "Say whether you agree to a lower band of risk",
        "The higher band rules until you do.",
    ),
    TaskKind.SHARE: lambda words: (
        f"Share what {words.agency_name} knows",
        f"Nothing from {words.agency_name} is on this case yet.",
    ),
}
