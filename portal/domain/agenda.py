"""The agenda of a meeting: the standard one, an area's own, and how items are numbered for readers.

The standard and its minutes are this portal's own (content/meeting.md, section 1). An area may
carry another in its scheme.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LONGEST_MINUTES: Final = 240
LONGEST_TITLE: Final = 200
MOST_ITEMS: Final = 40
NO_NUMBER: Final = ""
BEFORE: Final = "0"


class Part(enum.StrEnum):
    """Who is at the table for an item."""

    OPEN = "open"
    CLOSED = "closed"
    RESTRICTED = "restricted"


class Topic(enum.StrEnum):
    """What an item is about, where a page of the portal belongs to it; else ``OTHER``."""

    PRE_BRIEF = "pre_brief"
    ATTENDANCE = "attendance"
    CONFIDENTIALITY = "confidentiality"
    OPENING = "opening"
    APPLICANT_LEAVES = "applicant_leaves"
    CHRONOLOGY = "chronology"
    ACCOUNTS = "accounts"
    RESTRICTED = "restricted"
    RISK = "risk"
    ADEQUACY = "adequacy"
    POWERS = "powers"
    ACTIONS = "actions"
    RECOMMENDATIONS = "recommendations"
    TELLING = "telling"
    CLOSE = "close"
    OTHER = "other"


class AgendaError(ValueError):
    """What was stored or typed is no agenda; the message says what is wrong."""


@dataclass(frozen=True)
class Planned:
    """An item as an agenda begins with it.

    Attributes:
        minutes: how long it may take; those of the pre-brief lie before the meeting.
        lead: who leads it, in words.
        recorded: what is written down, in words; a hint for the notes.
    """

    topic: Topic
    title: str
    part: Part
    minutes: int
    lead: str
    recorded: str


def _item(topic: Topic, part: Part, minutes: int, title: str, lead: str, recorded: str) -> Planned:
    return Planned(topic, title, part, minutes, lead, recorded)


_O, _C, _R = Part.OPEN, Part.CLOSED, Part.RESTRICTED
STANDARD: Final = (
    _item(
        Topic.PRE_BRIEF,
        _C,
        10,
        "Pre-brief",
        "Chair, coordinator",
        "Safety, who sits where, wishes for the start; conflicts declared today.",
    ),
    _item(
        Topic.ATTENDANCE,
        _C,
        3,
        "Who is here, and who may agree actions",
        "Coordinator",
        "The decision to go on or to adjourn, and why.",
    ),
    _item(
        Topic.CONFIDENTIALITY,
        _C,
        4,
        "Welcome and confidentiality",
        "Chair",
        "Each person’s agreement.",
    ),
    _item(
        Topic.OPENING,
        _O,
        25,
        "Opening section with the applicant",
        "Chair",
        "Who attended, who read the statement, wishes, questions, what was promised to answer.",
    ),
    _item(
        Topic.APPLICANT_LEAVES,
        _C,
        2,
        "The applicant leaves; two-minute pause",
        "Coordinator",
        "The time they left, and who rings today.",
    ),
    _item(
        Topic.CHRONOLOGY,
        _C,
        8,
        "What happened: gaps, what is not agreed",
        "Coordinator",
        "Corrections; reports confirmed or not traced.",
    ),
    _item(
        Topic.ACCOUNTS,
        _C,
        18,
        "What each agency did",
        "Agencies",
        "What is added to the returns, and the handling of each.",
    ),
    _item(
        Topic.RESTRICTED,
        _R,
        5,
        "Restricted information",
        "Chair",
        "Whose it is, and its handling.",
    ),
    _item(
        Topic.RISK,
        _C,
        8,
        "Risk and harm",
        "Chair",
        "The band, and what it rests on.",
    ),
    _item(
        Topic.ADEQUACY,
        _C,
        7,
        "Was what was done enough?",
        "Chair",
        "A finding on the response of each agency, in neutral words, and the fact it rests on.",
    ),
    _item(
        Topic.POWERS,
        _C,
        10,
        "Powers and options",
        "Chair",
        "What was decided and why. Powers that are not right need a reason.",
    ),
    _item(
        Topic.ACTIONS,
        _C,
        12,
        "Actions",
        "Chair",
        "What, who, by when, how we will know, and the words for the applicant.",
    ),
    _item(
        Topic.RECOMMENDATIONS,
        _C,
        4,
        "Recommendations to public bodies",
        "Chair",
        "To whom, the text, and the day of the reply.",
    ),
    _item(
        Topic.TELLING,
        _C,
        3,
        "Who tells the applicant what, and when",
        "Chair",
        "Who rings today, the next contact, and safety before the letter goes.",
    ),
    _item(
        Topic.CLOSE,
        _C,
        3,
        "Lessons, next check, close",
        "Chair",
        "Candidates for lessons, and the day on which we look again.",
    ),
)


def numbers_for(items: Sequence[tuple[Topic, Part]]) -> tuple[str, ...]:
    """Return the number that each item is shown with.

    A restricted item has none, and takes none: all others have the same number for every reader,
    whether they may know of it or not. What lies before the meeting is 0.
    """
    numbers, last = [], 0
    for topic, part in items:
        if part is Part.RESTRICTED:
            numbers.append(NO_NUMBER)
        elif topic is Topic.PRE_BRIEF:
            numbers.append(BEFORE)
        else:
            last += 1
            numbers.append(str(last))
    return tuple(numbers)


def read_agenda(stored: object) -> tuple[Planned, ...]:
    """Return the agenda that an area keeps in its scheme, checked as if a stranger had written it.

    Raises:
        AgendaError: it is none; says the first thing that is wrong.
    """
    if not isinstance(stored, list) or not 1 <= len(stored) <= MOST_ITEMS:
        raise AgendaError(f"The agenda must be a list of 1 to {MOST_ITEMS} items.")
    return tuple(_read_item(number, each) for number, each in enumerate(stored, start=1))


def _read_item(number: int, stored: object) -> Planned:
    if not isinstance(stored, Mapping):
        raise AgendaError(f"Item {number} of the agenda must have a title, a part and minutes.")
    minutes = stored.get("minutes")
    if type(minutes) is not int or not 0 <= minutes <= LONGEST_MINUTES:
        raise AgendaError(f"Item {number} of the agenda must take 0 to {LONGEST_MINUTES} minutes.")
    try:
        topic, part = Topic(str(stored.get("topic", Topic.OTHER))), Part(str(stored.get("part")))
    except ValueError as error:
        raise AgendaError(f"Item {number} of the agenda has an unknown topic or part.") from error
    return Planned(
        topic,
        _text(number, stored, "title", least=1),
        part,
        minutes,
        _text(number, stored, "lead"),
        _text(number, stored, "recorded"),
    )


def _text(number: int, stored: Mapping[object, object], name: str, least: int = 0) -> str:
    text = stored.get(name, "")
    if not isinstance(text, str) or not least <= len(text.strip()) <= LONGEST_TITLE:
        raise AgendaError(
            f"The {name} of item {number} of the agenda must have {least} to {LONGEST_TITLE} "
            "characters."
        )
    return text.strip()
