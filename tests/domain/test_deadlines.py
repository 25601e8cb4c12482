from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.deadlines import (
    DeadlineRangeError,
    Limit,
    Unit,
    add_working_days,
    due_before,
    due_on,
    ends_at,
    is_working_day,
    london_day,
    subtract_working_days,
    work_out,
    working_days_between,
)

# England and Wales, as published by the government, typed by hand.
BANK_HOLIDAYS = {
    date(2026, 1, 1): "New Year’s Day",
    date(2026, 4, 3): "Good Friday",
    date(2026, 4, 6): "Easter Monday",
    date(2026, 5, 4): "Early May bank holiday",
    date(2026, 5, 25): "Spring bank holiday",
    date(2026, 8, 31): "Summer bank holiday",
    date(2026, 12, 25): "Christmas Day",
    date(2026, 12, 28): "Boxing Day, substitute day",
    date(2027, 1, 1): "New Year’s Day",
    date(2027, 3, 26): "Good Friday",
    date(2027, 3, 29): "Easter Monday",
    date(2027, 5, 3): "Early May bank holiday",
    date(2027, 5, 31): "Spring bank holiday",
    date(2027, 8, 30): "Summer bank holiday",
    date(2027, 12, 27): "Christmas Day, substitute day",
    date(2027, 12, 28): "Boxing Day, substitute day",
    date(2028, 1, 3): "New Year’s Day, substitute day",
    date(2028, 4, 14): "Good Friday",
    date(2028, 4, 17): "Easter Monday",
    date(2028, 5, 1): "Early May bank holiday",
    date(2028, 5, 29): "Spring bank holiday",
    date(2028, 8, 28): "Summer bank holiday",
    date(2028, 12, 25): "Christmas Day",
    date(2028, 12, 26): "Boxing Day",
    date(2029, 1, 1): "New Year’s Day",
}
OFF = frozenset(BANK_HOLIDAYS)

dates = st.dates(date(2025, 1, 1), date(2030, 12, 31))
working_days = dates.filter(lambda day: is_working_day(day, OFF))
counts = st.integers(1, 60)
IN_DAYS = [unit for unit in Unit if unit is not Unit.HOURS]
limits = st.builds(Limit, counts, st.sampled_from(IN_DAYS))


def days(number):
    return Limit(number, Unit.DAYS)


def wd(number):
    return Limit(number, Unit.WORKING_DAYS)


def weeks(number):
    return Limit(number, Unit.WEEKS)


def months(number):
    return Limit(number, Unit.MONTHS)


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        # Christmas: request on Thursday evening, decision, meeting.
        (date(2026, 12, 17), wd(5), date(2026, 12, 24)),
        (date(2026, 12, 17), wd(10), date(2027, 1, 5)),
        (date(2027, 1, 5), wd(10), date(2027, 1, 19)),
        (date(2027, 1, 19), wd(5), date(2027, 1, 26)),
        # Easter.
        (date(2026, 4, 1), wd(5), date(2026, 4, 10)),
        (date(2026, 4, 1), wd(10), date(2026, 4, 17)),
        # Appeal after a decision on 4 September 2026.
        (date(2026, 9, 4), days(14), date(2026, 9, 18)),
        # An event on a Saturday, a Sunday, a bank holiday: the next working day is day one.
        (date(2026, 6, 6), wd(1), date(2026, 6, 8)),
        (date(2026, 6, 7), wd(1), date(2026, 6, 8)),
        (date(2026, 12, 25), wd(1), date(2026, 12, 29)),
        # An end on a day off moves forward: Christmas Day, over the weekend and Boxing Day.
        (date(2026, 12, 11), days(14), date(2026, 12, 29)),
        (date(2026, 12, 18), weeks(1), date(2026, 12, 29)),
        (date(2026, 6, 1), weeks(3), date(2026, 6, 22)),
        # Months end on the last day of a short month; 28 February 2027 is a Sunday.
        (date(2026, 1, 30), months(1), date(2026, 3, 2)),
        (date(2028, 1, 31), months(1), date(2028, 2, 29)),
        (date(2026, 8, 31), months(6), date(2027, 3, 1)),
        (date(2026, 12, 15), months(1), date(2027, 1, 15)),
        (date(2026, 11, 30), months(12), date(2027, 11, 30)),
    ],
)
def test_limit_ends_on_the_day_counted_by_hand(start, limit, due):
    assert due_on(start, limit, OFF) == due


@pytest.mark.parametrize(
    ("meeting", "limit", "due"),
    [
        (date(2027, 1, 19), wd(2), date(2027, 1, 15)),
        (date(2026, 4, 8), wd(2), date(2026, 4, 2)),
        (date(2027, 1, 5), wd(5), date(2026, 12, 24)),
        (date(2026, 6, 15), days(1), date(2026, 6, 12)),
        (date(2026, 3, 31), months(1), date(2026, 2, 27)),
    ],
)
def test_what_must_precede_a_meeting_is_due_on_the_day_counted_by_hand(meeting, limit, due):
    assert due_before(meeting, limit, OFF) == due


def test_areas_own_closure_day_does_not_count():
    closure = date(2026, 12, 24)

    assert add_working_days(date(2026, 12, 17), 5, OFF | {closure}) == date(2026, 12, 29)


def test_every_day_of_three_years_agrees_with_a_count_over_a_list_of_working_days():
    calendar = [date(2025, 11, 1) + timedelta(days=number) for number in range(1250)]
    open_days = [day for day in calendar if day.isoweekday() not in {6, 7} and day not in OFF]
    for start in (day for day in calendar if 2026 <= day.year <= 2028):
        after = [day for day in open_days if day > start][:15]
        before = [day for day in reversed(open_days) if day < start][:15]
        for offset in range(1, 16):
            assert add_working_days(start, offset, OFF) == after[offset - 1]
            assert subtract_working_days(start, offset, OFF) == before[offset - 1]


@given(dates, limits)
def test_deadline_is_a_working_day_after_the_event(start, limit):
    due = due_on(start, limit, OFF)

    assert is_working_day(due, OFF)
    assert due > start


@given(dates, limits)
def test_what_precedes_is_due_on_a_working_day_before_the_event(event, limit):
    due = due_before(event, limit, OFF)

    assert is_working_day(due, OFF)
    assert due < event


@given(dates, dates, limits)
def test_later_event_never_gives_an_earlier_deadline(one, other, limit):
    earlier, later = sorted((one, other))

    assert due_on(earlier, limit, OFF) <= due_on(later, limit, OFF)


@given(dates, counts, st.sampled_from(IN_DAYS))
def test_longer_limit_never_gives_an_earlier_deadline(start, number, unit):
    assert due_on(start, Limit(number, unit), OFF) <= due_on(start, Limit(number + 1, unit), OFF)


@given(dates, limits, dates)
def test_another_bank_holiday_never_gives_an_earlier_deadline(start, limit, holiday):
    assert due_on(start, limit, OFF) <= due_on(start, limit, OFF | {holiday})


@given(working_days, counts)
def test_adding_and_subtracting_working_days_cancel(day, number):
    assert subtract_working_days(add_working_days(day, number, OFF), number, OFF) == day
    assert add_working_days(subtract_working_days(day, number, OFF), number, OFF) == day


@given(dates, counts)
def test_working_days_between_counts_what_was_added(day, number):
    assert working_days_between(day, add_working_days(day, number, OFF), OFF) == number


@given(dates, dates)
def test_working_days_between_changes_its_sign_with_the_order(one, other):
    assert working_days_between(one, other, OFF) == -working_days_between(other, one, OFF)


def test_working_days_between_is_zero_over_a_weekend_and_on_one_day():
    assert working_days_between(date(2026, 6, 5), date(2026, 6, 7), OFF) == 0
    assert working_days_between(date(2026, 6, 5), date(2026, 6, 5), OFF) == 0
    assert working_days_between(date(2027, 1, 5), date(2026, 12, 24), OFF) == -5


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 12, 17, 20, 15, tzinfo=UTC), date(2026, 12, 17)),
        (datetime(2026, 6, 1, 22, 59, 59, tzinfo=UTC), date(2026, 6, 1)),
        (datetime(2026, 6, 1, 23, 0, tzinfo=UTC), date(2026, 6, 2)),
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=5))), date(2025, 12, 31)),
    ],
)
def test_instant_belongs_to_the_day_that_london_has(instant, day):
    assert london_day(instant) == day


@pytest.mark.parametrize(
    ("day", "last_second"),
    [
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, 59, 59, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC)),
        (date(2026, 10, 24), datetime(2026, 10, 24, 22, 59, 59, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_deadline_lasts_to_the_end_of_the_day_in_london(day, last_second):
    assert ends_at(day) == last_second.replace(microsecond=999_999)
    assert ends_at(day).tzinfo is UTC


@given(st.dates(date(1900, 1, 1), date(2200, 12, 30)))
def test_day_ends_where_the_next_one_begins(day):
    assert london_day(ends_at(day)) == day
    assert london_day(ends_at(day) + timedelta(microseconds=1)) == day + timedelta(days=1)


def test_instant_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        london_day(datetime(2026, 6, 1, 12, 0))  # noqa: DTZ001 - the case under test


@pytest.mark.parametrize(
    "count",
    [
        lambda: due_on(date(9999, 12, 31), days(14), OFF),
        lambda: due_on(date(9999, 12, 31), wd(1), OFF),
        lambda: due_on(date(2200, 12, 31), days(1), OFF),
        lambda: due_on(date(2200, 12, 30), days(1), frozenset({date(2200, 12, 31)})),
        lambda: due_on(date(2026, 1, 1), days(10**30), OFF),
        lambda: due_on(date(2026, 1, 1), weeks(10**30), OFF),
        lambda: due_on(date(2026, 1, 1), months(10**30), OFF),
        lambda: due_on(date(2026, 1, 1), wd(10**30), OFF),
        lambda: due_before(date(2026, 1, 1), months(10**30), OFF),
        lambda: due_before(date(2026, 1, 1), wd(10**30), OFF),
        lambda: add_working_days(date.max, 1, OFF),
        lambda: subtract_working_days(date.min, 1, OFF),
        lambda: working_days_between(date.min, date.max, OFF),
        lambda: ends_at(date.max),
        lambda: london_day(datetime.max.replace(tzinfo=UTC)),
        lambda: london_day(datetime.min.replace(tzinfo=timezone(timedelta(hours=5)))),
        lambda: work_out(date(9999, 12, 31), "Request received", wd(5), BANK_HOLIDAYS),
    ],
)
def test_date_beyond_the_range_is_refused_with_a_sentence(count):
    with pytest.raises(DeadlineRangeError, match=r"Dates must be between .* 1900 and .* 2200"):
        count()


@pytest.mark.parametrize("number", [0, -1])
def test_limit_of_nothing_is_refused(number):
    with pytest.raises(ValueError, match="1 or more"):
        Limit(number, Unit.DAYS)
    with pytest.raises(ValueError, match="1 or more"):
        add_working_days(date(2026, 1, 1), number, OFF)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (wd(1), "1 working day"),
        (wd(10), "10 working days"),
        (weeks(1), "1 week"),
        (months(6), "6 months"),
        (days(14), "14 days"),
    ],
)
def test_limit_reads_as_words(limit, words):
    assert str(limit) == words


def test_working_names_what_was_not_counted():
    working = work_out(date(2026, 12, 17), "Request received", wd(10), BANK_HOLIDAYS)

    assert working.due == date(2027, 1, 5)
    assert working.skipped == (
        (date(2026, 12, 19), "weekend"),
        (date(2026, 12, 20), "weekend"),
        (date(2026, 12, 25), "Christmas Day"),
        (date(2026, 12, 26), "weekend"),
        (date(2026, 12, 27), "weekend"),
        (date(2026, 12, 28), "Boxing Day, substitute day"),
        (date(2027, 1, 1), "New Year’s Day"),
        (date(2027, 1, 2), "weekend"),
        (date(2027, 1, 3), "weekend"),
    )
    assert working.sentences() == (
        "Request received on Thursday 17 December 2026.",
        "10 working days, counted from the day after Thursday 17 December 2026.",
        (
            "Not counted: weekends, Friday 25 December 2026 (Christmas Day), "
            "Monday 28 December 2026 (Boxing Day, substitute day), "
            "Friday 1 January 2027 (New Year’s Day)."
        ),
        "The last day is Tuesday 5 January 2027.",
    )


def test_working_of_a_few_days_in_one_week_leaves_nothing_out():
    working = work_out(date(2026, 6, 1), "Request received", wd(3), BANK_HOLIDAYS)

    assert working.sentences() == (
        "Request received on Monday 1 June 2026.",
        "3 working days, counted from the day after Monday 1 June 2026.",
        "The last day is Thursday 4 June 2026.",
    )


def test_working_says_why_a_calendar_deadline_moved():
    working = work_out(date(2026, 12, 11), "Decision notice sent", days(14), BANK_HOLIDAYS)

    assert working.sentences()[2:] == (
        (
            "A deadline cannot fall on a day off, so it moves past Friday 25 December 2026 "
            "(Christmas Day), Saturday 26 December 2026 (weekend), "
            "Sunday 27 December 2026 (weekend) "
            "and Monday 28 December 2026 (Boxing Day, substitute day)."
        ),
        "The last day is Tuesday 29 December 2026.",
    )


def test_working_says_that_a_month_was_too_short():
    working = work_out(date(2026, 8, 31), "Case closed", months(1), {})

    assert working.sentences()[2:] == (
        "September 2026 has no day 31, so its last day is taken.",
        "The last day is Wednesday 30 September 2026.",
    )


def test_working_counts_back_from_what_is_ahead():
    working = work_out(date(2026, 4, 8), "Meeting", wd(2), BANK_HOLIDAYS, before=True)

    assert working.due == date(2026, 4, 2)
    assert working.sentences() == (
        "Meeting on Wednesday 8 April 2026.",
        "2 working days, counted back from the day before Wednesday 8 April 2026.",
        (
            "Not counted: weekends, Monday 6 April 2026 (Easter Monday), "
            "Friday 3 April 2026 (Good Friday)."
        ),
        "The last day is Thursday 2 April 2026.",
    )


@given(dates, limits, st.booleans())
def test_working_gives_the_same_day_as_the_rule_alone(start, limit, before):
    working = work_out(start, "Request received", limit, BANK_HOLIDAYS, before=before)

    assert working.due == (due_before if before else due_on)(start, limit, OFF)
    assert not any(is_working_day(day, OFF) for day, _ in working.skipped)
