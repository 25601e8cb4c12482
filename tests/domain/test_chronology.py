"""A gap is more than a calendar month between a report and what was done next."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.chronology import gap_after, month_after

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2190, 1, 1))


def _day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        ("2026-11-02", "2026-12-02"),
        ("2026-12-31", "2027-01-31"),
        ("2027-01-31", "2027-02-28"),
        ("2028-01-30", "2028-02-29"),
        ("2026-10-31", "2026-11-30"),
    ],
)
def test_a_month_after_is_the_same_day_or_the_last_of_the_month(day, after):
    assert month_after(_day(day)) == _day(after)


@pytest.mark.parametrize(
    ("acted", "today", "gap"),
    [
        # Reported on 2 November 2026: a month ends on 2 December.
        (["2026-12-02"], "2027-01-14", None),
        (["2026-12-03"], "2027-01-14", (31, 4, True)),
        (["2026-11-02"], "2027-01-14", None),
        (["2026-11-01"], "2027-01-14", (73, 10, False)),  # before the report: 28 + 31 + 14 days
        ([], "2026-12-02", None),
        ([], "2026-12-03", (31, 4, False)),
        (["2027-01-05", "2026-12-17"], "2027-01-14", (45, 6, True)),
        (["2027-02-01"], "2027-01-14", (73, 10, False)),  # what is to come was not done yet
    ],
)
def test_a_gap_ends_with_what_was_done_next_or_runs_until_today(acted, today, gap):
    found = gap_after(_day("2026-11-02"), [_day(each) for each in acted], _day(today))

    assert (found and (found.days, found.weeks, found.is_over)) == gap


@given(DAYS)
def test_a_month_after_is_in_the_next_month_and_no_later_day_of_it(day):
    after = month_after(day)

    assert 28 <= (after - day).days <= 31
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == 1
    assert after.day <= day.day


@given(DAYS, st.lists(DAYS, max_size=8), DAYS)
def test_a_gap_is_longer_than_a_month_and_holds_no_action(reported, acted, today):
    gap = gap_after(reported, acted, today)

    if gap is None:
        first = min((day for day in acted if reported <= day <= today), default=today)
        assert first <= month_after(reported)
    else:
        assert gap.since == reported
        assert month_after(reported) < gap.until <= today
        assert gap.weeks >= 4
        assert not [day for day in acted if reported <= day < gap.until]
        assert gap.is_over == (gap.until in acted) or gap.until == today


@given(DAYS, st.lists(DAYS, max_size=8), DAYS, DAYS)
def test_whoever_knows_of_more_actions_sees_no_longer_gap(reported, acted, more, today):
    with_less, with_more = gap_after(reported, acted, today), gap_after(
        reported, [*acted, more], today
    )  # fmt: skip

    assert with_more is None or (with_less is not None and with_more.days <= with_less.days)


@given(DAYS, st.lists(DAYS, max_size=8), DAYS, st.randoms())
def test_the_order_of_what_was_done_does_not_matter(reported, acted, today, random):
    shuffled = random.sample(acted, len(acted))

    assert gap_after(reported, shuffled, today) == gap_after(reported, acted, today)
