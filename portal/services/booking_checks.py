"""The meeting as it is typed in, and what has to fit before it is booked."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import Opened
from portal.access.scope.invites import taken_hours_for
from portal.db import db
from portal.domain.addresses import is_address
from portal.domain.dates import LONDON, clock_time, in_words
from portal.domain.deadlines import is_working_day, london_day
from portal.domain.letters import words_never_written
from portal.domain.roles import Actor
from portal.services.calendars import days_off

EARLIEST, LATEST = dt.time(7, 0), dt.time(21, 0)
LONGEST_OPENING = 120


class BookingError(Exception):
    """What was typed cannot be booked; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class TypedMeeting:
    """A meeting as it is typed in; times are of Europe/London.

    Attributes:
        opening_minutes: how long the applicant takes part, from the start.
        applicant_email: where the applicant's own invite goes; empty sends none.
        reason_if_late: why the meeting lies after its last day, where it does.
        room_id: a kept room, which gives place and links where these are left empty.
        reasons_not_invited: written to the applicant, where they are not invited.
    """

    held_on: dt.date
    starts: dt.time
    ends: dt.time
    opening_minutes: int
    place: str
    join_link: str
    applicant_join_link: str
    applicant_email: str
    reason_if_late: str
    room_id: int | None = None
    is_applicant_invited: bool = True
    reasons_not_invited: str = ""

    @property
    def starts_at(self) -> dt.datetime:
        """Return when it begins."""
        return dt.datetime.combine(self.held_on, self.starts, tzinfo=LONDON)

    @property
    def ends_at(self) -> dt.datetime:
        """Return when it ends."""
        return dt.datetime.combine(self.held_on, self.ends, tzinfo=LONDON)

    @property
    def opening_ends_at(self) -> dt.datetime:
        """Return when the opening section ends."""
        return self.starts_at + dt.timedelta(minutes=self.opening_minutes)


def check(actor: Actor, opened: Opened, typed: TypedMeeting, last_day: dt.date | None) -> None:
    """Refuse what does not fit.

    Args:
        actor: who books.
        opened: the case.
        typed: with place and links of its room.
        last_day: of the clock, where one runs.

    Raises:
        BookingError: with the field and the sentence.
    """
    _check_day(actor, opened, typed.held_on)
    _check_times(typed)
    if not typed.place:
        raise BookingError("place", "Enter the place, or select a room")
    _check_room(actor, opened, typed)
    _check_links(typed)
    _check_applicant(opened, typed)
    if last_day and typed.held_on > last_day and not typed.reason_if_late:
        raise BookingError(
            "reason_if_late",
            f"The last day is {in_words(last_day)}. Write why the meeting is later",
        )


def _check_room(actor: Actor, opened: Opened, typed: TypedMeeting) -> None:
    """Refuse a room that another meeting has then: both would meet at one door, or on one link."""
    if typed.room_id is None:
        return
    taken = db.session.execute(taken_hours_for(actor, typed.room_id, opened.case.id))
    for starts_at, ends_at in taken:
        if starts_at < typed.ends_at and typed.starts_at < ends_at:
            hours = " to ".join(
                clock_time(at.astimezone(LONDON).time()) for at in (starts_at, ends_at)
            )
            raise BookingError("room", f"The room is taken then, from {hours}")


def _check_day(actor: Actor, opened: Opened, day: dt.date) -> None:
    if day < london_day(actor.at):
        raise BookingError("held_on", "The day of the meeting must be today or in the future")
    off = days_off(opened.case.area_id, day)
    if day in off:
        raise BookingError("held_on", f"{in_words(day)} is a day off ({off[day]})")
    if not is_working_day(day, frozenset(off)):
        raise BookingError("held_on", f"{in_words(day)} is at a weekend")


def _check_times(typed: TypedMeeting) -> None:
    if not EARLIEST <= typed.starts < LATEST:
        raise BookingError("starts", "The meeting must start between 7am and 9pm")
    if typed.ends <= typed.starts:
        raise BookingError("ends", "The meeting must end after it starts")
    if not 1 <= typed.opening_minutes <= LONGEST_OPENING:
        raise BookingError("opening_minutes", "The opening section must take 1 to 120 minutes")
    if typed.opening_ends_at > typed.ends_at:
        raise BookingError("opening_minutes", "The opening section must end with the meeting")


def _check_links(typed: TypedMeeting) -> None:
    for field in ("join_link", "applicant_join_link"):
        fault = fault_of_link(getattr(typed, field))
        if fault:
            raise BookingError(field, fault)
    if typed.join_link and typed.join_link == typed.applicant_join_link:
        raise BookingError("applicant_join_link", LINKS_APART)


LINKS_APART = "The applicant needs a link of their own, not the panel’s"


def fault_of_link(link: str) -> str:
    """Return what is wrong with a link to join by video, or an empty text."""
    if not link:
        return ""
    if not link.startswith("https://"):
        return "The link must start with https://"
    if not all(character.isascii() and character.isprintable() for character in link):
        return "Copy the link from the address bar: it has special letters"
    return "The link must not hold spaces" if " " in link else ""


def _check_applicant(opened: Opened, typed: TypedMeeting) -> None:
    if typed.applicant_email and not is_address(typed.applicant_email):
        raise BookingError("applicant_email", "Enter one email address")
    if typed.is_applicant_invited:
        return
    if not typed.reasons_not_invited.strip():
        raise BookingError("reasons_not_invited", "Write your reasons: the applicant reads them")
    words = words_never_written(typed.reasons_not_invited, opened.case.reference)
    if words:
        raise BookingError(
            "reasons_not_invited", f"Take out “{words[0]}”, which is not for the applicant"
        )
