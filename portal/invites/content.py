"""What an invite says. The applicant's has its own list of attendees, never one cut down."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from portal.domain.addresses import is_address
from portal.domain.deadlines import FIRST_DAY, LAST_DAY
from portal.domain.invites import AnswerToInvite
from portal.domain.references import is_reference
from portal.domain.text import UnusableTextError, clean, clean_line

LARGEST_SEQUENCE: Final = 2**31 - 1

_UID: Final = re.compile(r"[\w@.+-]{1,200}", re.ASCII)
_URL: Final = re.compile(r"https?://[!-~]+")


class InviteError(ValueError):
    """The content cannot become a calendar file; says what is wrong, never with whose address."""


class Method(StrEnum):
    """What the invite asks the calendar to do (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Attendee:
    """Somebody who organises or attends.

    Attributes:
        name: As others at the meeting may see it; may be empty.
        email: One address.
        answer: What they have answered, in their own file alone; none asks them.
        delegate: Address of who comes instead, where that is what they answered.

    Raises:
        InviteError: The address is not exactly one, or the name cannot be stored.
    """

    name: str
    email: str
    answer: AnswerToInvite | None = None
    delegate: str = ""

    def __post_init__(self) -> None:
        _require(
            bool(self.delegate) == (self.answer is AnswerToInvite.DELEGATED)
            and (not self.delegate or is_address(self.delegate)),
            "Who comes instead needs one email address",
        )
        _require(
            is_address(self.email),
            "An invite needs exactly one email address for each person",
        )
        object.__setattr__(self, "name", _usable_line(self.name))


@dataclass(frozen=True)
class Invite:
    """One meeting, as one person's calendar is told of it.

    Texts are kept as `portal.domain.text` cleans them.

    Attributes:
        uid: The same for the life of the meeting: letters, digits and ``@ . + - _``.
        sequence: Higher at each change, from 0.
        method: Request (also for a change) or cancel.
        start: When it begins, aware.
        end: When it ends, aware, after the start.
        stamp: When this invite was made, aware.
        organiser: Who it comes from and who gets the answers.
        attendees: Everybody whom the reader may see on the list, at least one.
        title: The case's reference and nothing else, since calendars are shown to colleagues.
        place: Where, in words; may be empty.
        description: A sentence and the link to the portal; never what happened.
        url: The link alone, http or https, if there is one.
        takes_off: The cancellation takes only those on the list off; the meeting itself stands.

    Raises:
        InviteError: Something above does not hold.
    """

    uid: str
    sequence: int
    method: Method
    start: datetime
    end: datetime
    stamp: datetime
    organiser: Attendee
    attendees: tuple[Attendee, ...]
    title: str
    place: str
    description: str
    url: str | None = None
    takes_off: bool = False

    def __post_init__(self) -> None:
        _require(
            not self.takes_off or self.method is Method.CANCEL, "Only a cancellation takes off"
        )
        _require(_UID.fullmatch(self.uid) is not None, "The invite's UID is not plain text")
        _require(0 <= self.sequence <= LARGEST_SEQUENCE, "The invite's sequence is out of range")
        _require(is_reference(self.title), "An invite's title is the case's reference")
        _require(bool(self.attendees), "An invite needs somebody to invite")
        _require(self.url is None or _URL.fullmatch(self.url) is not None, "The link is not a URL")
        self._require_times()
        object.__setattr__(self, "place", _usable(self.place))
        object.__setattr__(self, "description", _usable(self.description))

    def _require_times(self) -> None:
        times = (self.start, self.end, self.stamp)
        _require(all(t.tzinfo is not None for t in times), "A meeting's times need a time zone")
        in_range = all(FIRST_DAY.year < t.year < LAST_DAY.year for t in times)
        _require(
            in_range, f"A meeting must be between {FIRST_DAY.year + 1} and {LAST_DAY.year - 1}"
        )
        # In UTC: two times of one zone are compared by the wall, which repeats an hour in October.
        begins, ends = self.start.astimezone(UTC), self.end.astimezone(UTC)
        _require(begins < ends, "A meeting must end after it starts")


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise InviteError(sentence)


def _usable(text: str) -> str:
    try:
        return clean(text)
    except UnusableTextError as error:
        raise InviteError(str(error)) from error


def _usable_line(text: str) -> str:
    return clean_line(_usable(text))
