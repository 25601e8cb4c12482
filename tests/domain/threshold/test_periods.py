"""Periods after a day and back from one, by hand and against a library that was not asked."""

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.threshold.periods import (
    Period,
    PeriodUnit,
    first_day_back,
    first_day_in_time,
    last_day,
)
from tests.domain.threshold.making import day

MONTH = Period(1, PeriodUnit.MONTHS)


@pytest.mark.parametrize(
    ("start", "within", "beginning_with"),
    [
        ("2025-03-10", "2025-04-10", "2025-04-09"),
        # February has no 31st, so its last day is taken in both readings.
        ("2025-01-31", "2025-02-28", "2025-02-28"),
        ("2024-01-31", "2024-02-29", "2024-02-29"),
        ("2025-01-29", "2025-02-28", "2025-02-28"),
        ("2024-01-29", "2024-02-29", "2024-02-28"),
        ("2025-01-28", "2025-02-28", "2025-02-27"),
        ("2025-08-31", "2025-09-30", "2025-09-30"),
        ("2025-12-31", "2026-01-31", "2026-01-30"),
        # Over the end of summer time, which has no bearing on days.
        ("2026-10-10", "2026-11-10", "2026-11-09"),
        # Saturday 9 January 2027 is the last day all the same.
        ("2026-12-10", "2027-01-10", "2027-01-09"),
    ],
)
def test_a_month_ends_on_the_day_that_was_counted_by_hand(start, within, beginning_with):
    assert last_day(day(start), MONTH) == day(within)
    assert last_day(day(start), MONTH, beginning_with=True) == day(beginning_with)


def test_thirty_days_are_not_a_month():
    assert last_day(day("2025-01-31"), Period(30, PeriodUnit.DAYS)) == day("2025-03-02")


def test_six_months_back_are_clipped_to_the_end_of_february():
    assert first_day_back(day("2025-08-31"), Period(6, PeriodUnit.MONTHS)) == day("2025-02-28")


@pytest.mark.parametrize(
    ("applied", "first"),
    [
        # A report of 1 October is in time until 31 March, one of 2 October until 1 April.
        ("2026-04-01", "2025-10-02"),
        # 28 February to 27 August, 1 March to 31 August.
        ("2026-08-31", "2026-03-01"),
        # 28 August to 27 February; from 29 August on February is too short: to the 28th.
        ("2026-02-28", "2025-08-29"),
    ],
)
def test_the_first_day_in_time_is_the_one_that_was_counted_by_hand(applied, first):
    assert first_day_in_time(day(applied), Period(6, PeriodUnit.MONTHS)) == day(first)


def test_a_year_after_a_leap_day_ends_on_the_last_of_february():
    assert last_day(day("2024-02-29"), Period(1, PeriodUnit.YEARS)) == day("2025-02-28")


@pytest.mark.parametrize(("number", "unit"), [(1000, unit) for unit in PeriodUnit])
def test_a_period_beyond_the_calendar_ends_with_it(number, unit):
    assert last_day(dt.date.max, Period(number, unit)) == dt.date.max
    assert first_day_back(dt.date.min, Period(number, unit)) == dt.date.min


periods = st.builds(Period, st.integers(1, 60), st.sampled_from(PeriodUnit))
days = st.dates(dt.date(2014, 1, 1), dt.date(2100, 1, 1))


@given(days, periods)
def test_a_period_equals_that_of_another_library(start, period):
    away = relativedelta(**{period.unit.value: period.number})

    assert last_day(start, period) == start + away
    assert first_day_back(start, period) == start - away


@given(days, periods)
def test_beginning_with_a_day_never_ends_later_and_at_most_a_day_earlier(start, period):
    within, beginning = last_day(start, period), last_day(start, period, beginning_with=True)

    assert within - dt.timedelta(days=1) <= beginning <= within


@given(days, periods)
def test_the_first_day_in_time_reaches_the_day_and_the_one_before_it_does_not(end, period):
    first = first_day_in_time(end, period)

    assert last_day(first, period, beginning_with=True) >= end
    before = first - dt.timedelta(days=1)
    assert last_day(before, period, beginning_with=True) < end
