"""The office keeps its closure days and the days of its regular meetings."""

import datetime as dt
from dataclasses import dataclass

from portal import log
from portal.access.rules import has_act
from portal.db import db, transaction
from portal.domain.dates import in_words
from portal.domain.deadlines import is_weekend, london_day
from portal.domain.roles import Act, Actor
from portal.models.scheme import ClosureDay, RegularMeeting
from portal.services import calendars, recounting
from portal.services.once import once
from portal.services.turns import take_turns


class CalendarError(Exception):
    """What was typed cannot be saved; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class ShownDay:
    """A day off, and whether it is one of the area's own."""

    day: dt.date
    name: str
    is_own: bool


@dataclass(frozen=True)
class KeptDay:
    """A day that the office has added: a closure day, or one of a regular meeting."""

    day: dt.date
    meeting: str
    reason: str

    @property
    def label(self) -> str:
        """The words of a list."""
        return f"{in_words(self.day)}: {self.meeting or self.reason}"


@dataclass(frozen=True)
class CalendarPage:
    """The days that deadlines are counted with, from today on.

    Attributes:
        days_off: bank holidays and the area's own closure days, of this year and the next.
        meetings: the days of each regular meeting that are ahead, by its name.
        is_counted: every running clock is counted with these days already.
        may_count: the reader may see how the clocks are kept.
    """

    days_off: tuple[ShownDay, ...]
    meetings: dict[str, tuple[dt.date, ...]]
    is_counted: bool
    may_count: bool


def open_calendar(actor: Actor) -> CalendarPage:
    """Return the area's calendar."""
    with transaction():
        log.record(actor, Act.KEEP_CALENDAR.value)
        today, area_id = london_day(actor.at), _area(actor)
        own = calendars.closure_days(area_id)
        days = calendars.days_off(area_id, today)
        return CalendarPage(
            days_off=tuple(
                ShownDay(day, days[day], day in own)
                for day in sorted(days)
                if today <= day and day.year <= today.year + 1 and not is_weekend(day)
            ),
            meetings={
                name: ahead
                for name, held in calendars.regular_meetings(area_id).items()
                if (ahead := tuple(day for day in held if day >= today))
            },
            is_counted=recounting.is_counted(area_id, today),
            may_count=has_act(actor.role, Act.COUNT_CLOCKS),
        )


def close_on(actor: Actor, token: str, day: dt.date, reason: str) -> None:
    """Add a closure day; the running clocks move soon after.

    Raises:
        CalendarError: the day is past, or a day off already.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        area_id = _area(actor)
        take_turns(area_id)
        _check_ahead(actor, day)
        known = calendars.days_off(area_id, day)
        if day in known:
            raise CalendarError("day", f"This is a day off already: {known[day]}")
        db.session.add(ClosureDay(area_id=area_id, closed_on=day, reason=reason))
        log.record(actor, Act.KEEP_CALENDAR.value, thing=f"closed on {day}")


def add_meeting(actor: Actor, token: str, name: str, day: dt.date) -> None:
    """Add a day of a regular meeting, also an extra one for something urgent.

    Raises:
        CalendarError: the day is past, or is there already.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        area_id = _area(actor)
        take_turns(area_id)
        _check_ahead(actor, day)
        if db.session.get(RegularMeeting, (area_id, name, day)) is not None:
            raise CalendarError("day", f"The {name} of this day is in the calendar already")
        db.session.add(RegularMeeting(area_id=area_id, name=name, held_on=day))
        log.record(actor, Act.KEEP_CALENDAR.value, thing=f"meeting on {day}")


def to_take_away(actor: Actor) -> tuple[KeptDay, ...]:
    """Return what the office has added and can take away: what is past was counted with."""
    with transaction():
        log.record(actor, Act.KEEP_CALENDAR.value, thing="form")
        today, area_id = london_day(actor.at), _area(actor)
        own = calendars.closure_days(area_id)
        held = calendars.regular_meetings(area_id)
        return (
            *(KeptDay(day, "", own[day]) for day in sorted(own) if day >= today),
            *(KeptDay(day, name, "") for name in held for day in held[name] if day >= today),
        )


def take_away(actor: Actor, token: str, kept: KeptDay) -> None:
    """Take a day away; where somebody has done so before, nothing is left to do."""
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        area_id = _area(actor)
        take_turns(area_id)
        row = (
            db.session.get(RegularMeeting, (area_id, kept.meeting, kept.day))
            if kept.meeting
            else db.session.get(ClosureDay, (area_id, kept.day))
        )
        if row is not None:
            db.session.delete(row)
            log.record(actor, Act.KEEP_CALENDAR.value, thing=f"taken away: {kept.day}")


def _check_ahead(actor: Actor, day: dt.date) -> None:
    if day < london_day(actor.at):
        raise CalendarError("day", "The day must be today or in the future")


def _area(actor: Actor) -> int:
    if actor.area_id is None:
        msg = "Only somebody of an area keeps its calendar"
        raise ValueError(msg)
    return actor.area_id
