"""The words that people read of the risk: answers, floors, and what each band makes happen."""

from dataclasses import dataclass
from typing import Final

from portal.domain.risk.bands import Band, BandReason
from portal.domain.risk.questions import DONT_KNOW, QUESTIONS, Question
from portal.domain.risk.rules import CHILD, HIGH_FLOORS, RiskRules
from portal.domain.risk.score import FloorUsed
from portal.domain.risk.scorings import AnswerSource, BeforeClosing, Occasion, SameDay, Sign
from portal.models.risk import BandState

QUESTION: Final = {question.key: question for question in QUESTIONS}

OCCASIONS: dict[str, str] = {
    Occasion.ASSESSMENT: "At assessment, before the decision",
    Occasion.MEETING: "At the meeting, after the accounts",
    Occasion.CLOSURE: "At closure",
    Occasion.ANY_TIME: "At another time, because something is new",
}
SOURCES: dict[str, str] = {
    AnswerSource.APPLICANT: "The applicant",
    AnswerSource.AGENCY: "An agency",
    AnswerSource.BOTH: "Both",
}
SIGNS: dict[str, str] = {
    Sign.UNDER_18: "The applicant is under 18",
    Sign.EXPLOITATION: "Signs of exploitation, a home taken over, or domestic abuse",
    Sign.UNSAFE_REPLY: "A reply to their address is not safe",
}
SAME_DAY: dict[SameDay, str] = {
    SameDay.VIOLENCE: "Violence, a weapon, fire or forced entry. If it goes on now: the caller "
    "rings 999, and you stay with them. Tell the police within the hour.",
    SameDay.SELF_HARM: "Thoughts of self-harm or suicide. Stay on the line: 999 if it is urgent, "
    "otherwise the mental health option of NHS 111 and their GP today. A named person calls them "
    "back today. Consider adult safeguarding.",
    SameDay.CHILD: "A child. Tell children’s services today. A youth or family worker joins the "
    "panel.",
    SameDay.EXPLOITATION: "Signs of exploitation, a home taken over, or domestic abuse. Take the "
    "safeguarding or domestic abuse route today. Do not contact the other household.",
    SameDay.WARNING: "Agencies know now that somebody will be harmed. The police lead decides "
    "today on a warning to the applicant. Write nothing to the applicant before that.",
    SameDay.UNSAFE_REPLY: "A reply to their address is not safe. Stop all post, email and "
    "voicemail until a safe way is set.",
}
REASONS: dict[str, str] = {
    BandReason.NEW_FACT: "A new fact",
    BandReason.WRONG_ANSWER: "An answer was wrong",
    BandReason.SAFETY_STEP: "A safety step is now in place",
    BandReason.APPLICANTS_VIEW: "The applicant’s own view",
    BandReason.AGENCY_INFORMATION: "Information of an agency (restricted)",
    BandReason.OTHER: "Something else",
}
STATES: dict[BandState, str] = {
    BandState.IN_FORCE: "In force at once",
    BandState.ASKED: "Waits for a second person. The higher band rules until then",
    BandState.AGREED: "Agreed by a second person",
    BandState.NOT_AGREED: "A second person did not agree",
    BandState.ENDED: "Ended before it was answered",
}
BEFORE_CLOSING: dict[BeforeClosing, str] = {
    BeforeClosing.CLOSING_SCORE: "Score the risk with the applicant at closure",
    BeforeClosing.TWO_LOWER_SCORES: "Two scores in a row under High, or your reasons why it is "
    "closed all the same",
    BeforeClosing.MANAGER_AGREES: "A manager in the lead agency agrees, because the risk was Very "
    "high",
}


def answer_in_words(rules: RiskRules, key: str, points: int | None) -> str:
    """Return the words of an answer by its points."""
    if points is None:
        return DONT_KNOW
    if points not in rules.points[key]:
        return f"{points} points"
    return QUESTION[key].answers[rules.points[key].index(points)]


def text_of(question: Question, *, is_one_person: bool) -> str:
    """Return how a question is asked of a person, or of a business or a group."""
    return question.text if is_one_person else question.text_for_many or question.text


def floor_in_words(used: FloorUsed) -> str:
    """Return a floor that held, and what it holds for, as one line."""
    return f"At least {used.band.label}: {' and '.join(_part(*part) for part in used.condition)}"


def _part(what: str, number: int) -> str:
    if what == CHILD:
        return "the applicant is under 18"
    if what == HIGH_FLOORS:
        return f"{number} or more of what sets High hold"
    question = QUESTION[what]
    return f"question {question.number} ({question.title.lower()}) has {number} points or more"


@dataclass(frozen=True)
class Step:
    """Something that a band makes happen."""

    what: str
    words: str


_S, _M, _H, _V = Band.STANDARD, Band.MEDIUM, Band.HIGH, Band.VERY_HIGH
# Which of them agencies read: what it makes happen for them.
_FOR_AGENCIES = frozenset(
    {"Safety at home", "Agencies", "Review meeting", "Panel", "The plan holds", "A late action"}
)
_STEPS: dict[str, dict[Band, str]] = {
    "Contact with the applicant": {
        _S: "At each stage, at least every 4 weeks",
        _M: "Every 2 weeks",
        _H: "Every week, and a call before each letter",
        _V: "Every 2 working days or as they choose, with a direct number",
    },
    "Support": {
        _S: "Offered at receipt, meeting and closure",
        _M: "Offered again after the call",
        _H: "Referred within 1 working day if they say yes. Asked again in a week if they say no",
        _V: "The same day, with a warm handover: both on the call",
    },
    "Safety at home": {
        _S: "A leaflet, and how to report",
        _M: "A talk about safety: what would help",
        _H: "Home security, fire safety and a police marker are considered within 2 working days",
        _V: "Home security, fire safety and a police marker are considered within 1 working day, "
        "and a temporary move is offered",
    },
    "Agencies": {
        _S: "Told with the information request",
        _M: "Told with the information request",
        _H: "Leads are rung, not only written to. Returns come in half the time, rounded up",
        _V: "Police, council and landlord meet about safety within 2 working days, and it is "
        "recorded",
    },
    "Review meeting": {
        _S: "Inside its clock",
        _M: "Inside its clock",
        _H: "In the first half of its clock, if the panel can",
        _V: "An interim plan first. The meeting is not later than half its clock",
    },
    "Panel": {
        _S: "The core panel",
        _M: "The core panel and a support worker",
        _H: "The core panel, a support worker, and adult or children’s services or mental health "
        "as needed",
        _V: "The core panel, a support worker, adult or children’s services or mental health as "
        "needed, and a manager who can commit money",
    },
    "Decision letter": {
        _S: "In the way that they chose",
        _M: "In the way that they chose",
        _H: "After a call, never by post alone",
        _V: "Spoken first, with support present",
    },
    "The plan holds": {
        _S: "Who keeps contact, and how often",
        _M: "Who keeps contact, and how often, and one action that prevents",
        _H: "Who keeps contact, and how often; an action that prevents, and one for safety at "
        "home; what to do if it flares up; a review in 4 weeks",
        _V: "Who keeps contact, and how often; an action that prevents, and one for safety at "
        "home; what to do if it flares up; a named person on call; a weekly check by the chair "
        "until two lower scores",
    },
    "A late action": {
        _S: "The usual reminders",
        _M: "The usual reminders",
        _H: "The agency’s lead is told on the first day",
        _V: "The chair and the agency’s lead are told on the first day, and the applicant is rung",
    },
    "Who signs the plan off": {
        _S: "The chair",
        _M: "The chair",
        _H: "The chair, after the risk is scored again",
        _V: "The chair and the coordinator, after the risk is scored again",
    },
    "Closure": {
        _S: "Ask for a score at closure",
        _M: "Ask for a score at closure",
        _H: "Not before two scores under High, or reasons",
        _V: "Not before two scores under High, or reasons, and a manager in the lead agency agrees",
    },
}


def steps_of(band: Band, *, for_agencies: bool) -> tuple[Step, ...]:
    """Return what a band makes happen (our risk matrix, 5); for agencies what is theirs to do."""
    return tuple(
        Step(what, words[band])
        for what, words in _STEPS.items()
        if what in _FOR_AGENCIES or not for_agencies
    )
