"""An answer as a calendar writes it: the METHOD:REPLY of RFC 5546, read and never trusted."""

from dataclasses import dataclass
from typing import Any, Final

from icalendar import Calendar

from portal.domain.invites import AnswerToInvite
from portal.domain.text import UnusableTextError, clean_line

MOST_BYTES: Final = 100 * 1024
LONGEST_COMMENT: Final = 500
_MAILTO: Final = "mailto:"

NOT_A_FILE = "This is not a calendar file that can be read"
NOT_A_REPLY = "This file is no answer to an invite. Save the answer that your calendar sends"


class ReplyError(ValueError):
    """The file is no answer that can be read; the sentence says why."""


@dataclass(frozen=True)
class Reply:
    """What somebody's calendar answers.

    Attributes:
        uid, sequence: of the invite that it answers.
        email: of who answers, in small letters.
        answer: none where the calendar says that nothing is answered yet.
        delegate: address of who comes instead, in small letters; empty where nobody does.
        comment: one line, cut where it is longer than is kept.
    """

    uid: str
    sequence: int
    email: str
    answer: AnswerToInvite | None
    delegate: str
    comment: str


def read_reply(content: bytes) -> Reply:
    """Return what the file answers.

    Raises:
        ReplyError: it is too large, cannot be read, or is another kind of calendar file.
    """
    if len(content) > MOST_BYTES:
        raise ReplyError("The file must be 100 KB or smaller")
    try:
        return _read(content)
    except ReplyError:
        raise
    # What malformed files make icalendar raise, each seen; it looks for the rules of a time zone
    # in a file of the zone's name.
    except (
        ValueError, IndexError, KeyError, AttributeError, TypeError, OverflowError, OSError
    ) as error:  # fmt: skip
        raise ReplyError(NOT_A_FILE) from error


def _read(content: bytes) -> Reply:
    calendar: Any = Calendar.from_ical(content)
    if str(calendar.get("METHOD", "")).upper() != "REPLY" or len(calendar.events) != 1:
        raise ReplyError(NOT_A_REPLY)
    event = calendar.events[0]
    attendee = _attendee(event)
    parameters = attendee.params
    return Reply(
        uid=str(event["UID"]),
        sequence=int(event.get("SEQUENCE", 0)),
        email=_address(str(attendee)),
        answer=_answer(str(parameters.get("PARTSTAT", ""))),
        delegate=_address(_first(parameters.get("DELEGATED-TO", ""))),
        comment=_comment(event),
    )


def _attendee(event: Any) -> Any:
    """Return who answers: RFC 5546, 3.2.3 has exactly one."""
    found = event.get("ATTENDEE")
    if found is None or isinstance(found, list):
        raise ReplyError("The file must hold the answer of one person")
    return found


def _answer(partstat: str) -> AnswerToInvite | None:
    known = {each.value: each for each in AnswerToInvite}
    return known.get(partstat.lower())


def _address(value: str) -> str:
    lowered = value.strip().strip('"').lower()
    return lowered.removeprefix(_MAILTO)


def _first(value: Any) -> str:
    return str(value[0]) if isinstance(value, list) else str(value)


def _comment(event: Any) -> str:
    typed = _first(event.get("COMMENT", ""))
    try:
        return clean_line(typed)[:LONGEST_COMMENT]
    except UnusableTextError:
        return ""
