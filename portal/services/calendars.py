"""The days that an area's deadlines are counted on: bank holidays, closure days, meetings."""

import datetime as dt
import functools
from collections.abc import Mapping

import holidays
import sqlalchemy as sa

from portal.db import db
from portal.domain.clocks.running import Calendar
from portal.domain.deadlines import Limit
from portal.models.scheme import ClosureDay, RegularMeeting

# A deadline is at most so many years from what it is counted from, in all published schemes.
_YEARS_BEFORE, _YEARS_AFTER = 1, 6


@functools.lru_cache(maxsize=16)
def bank_holidays(year: int) -> Mapping[dt.date, str]:
    """Return the bank holidays of England and Wales around a year, by name."""
    years = range(year - _YEARS_BEFORE, year + _YEARS_AFTER)
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=years).items())


def days_off(area_id: int, around: dt.date) -> dict[dt.date, str]:
    """Return bank holidays of England and Wales and the area's own closure days, by name."""
    return {**bank_holidays(around.year), **closure_days(area_id)}


def closure_days(area_id: int) -> dict[dt.date, str]:
    """Return the area's own closure days, by name."""
    closed = db.session.execute(
        sa.select(ClosureDay.closed_on, ClosureDay.reason).where(ClosureDay.area_id == area_id)
    )
    return {row[0]: row[1] for row in closed}


def regular_meetings(area_id: int) -> dict[str, tuple[dt.date, ...]]:
    """Return the days of each regular meeting of the area, by its name, in their order."""
    rows = db.session.execute(
        sa.select(RegularMeeting.name, RegularMeeting.held_on)
        .where(RegularMeeting.area_id == area_id)
        .order_by(RegularMeeting.name, RegularMeeting.held_on)
    )
    found: dict[str, tuple[dt.date, ...]] = {}
    for name, held_on in rows:
        found[name] = (*found.get(name, ()), held_on)
    return found


def calendar_of(area_id: int, around: dt.date, deemed_receipt: Limit | None) -> Calendar:
    """Return the calendar that deadlines around a day are counted on."""
    return Calendar(
        days_off=days_off(area_id, around),
        meetings=regular_meetings(area_id),
        deemed_receipt=deemed_receipt,
    )
