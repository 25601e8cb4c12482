"""Days as people type them, against a calendar read by hand: 19 January 2027 is a Tuesday."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.dates import MONTHS, WEEKDAYS
from portal.domain.typed_days import TypedDayError, as_typed, read_day

TODAY = dt.date(2027, 1, 19)
HOW = "Type the day like 5 2 2027, “friday” or “3 weeks”"
WEEK, DAY = dt.timedelta(weeks=1), dt.timedelta(days=1)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2045, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("friday", (2027, 1, 22)),
        ("  FRI ", (2027, 1, 22)),
        ("on Friday", (2027, 1, 22)),
        ("tuesday", (2027, 1, 26)),  # never today
        ("today", (2027, 1, 19)),
        ("tomorrow", (2027, 1, 20)),
        ("3 weeks", (2027, 2, 9)),
        ("in 10 days", (2027, 1, 29)),
        ("a fortnight", (2027, 2, 2)),
        ("2 months", (2027, 3, 19)),
        ("5 2 2027", (2027, 2, 5)),
        ("05/02/2027", (2027, 2, 5)),
        ("5.2.27", (2027, 2, 5)),
        ("5 feb", (2027, 2, 5)),
        ("5th of February 2027", (2027, 2, 5)),
        ("Friday, 5 February 2027", (2027, 2, 5)),
        ("2027-02-05", (2027, 2, 5)),
        ("18 1", (2028, 1, 18)),  # this year's was yesterday
        ("29 february", (2028, 2, 29)),
    ],
)
def test_a_day_is_read_as_it_is_meant(text, day):
    assert read_day(text, TODAY) == dt.date(*day)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", HOW),
        ("soon", HOW),
        ("next week", HOW),
        ("30 2 2027", HOW),
        ("5 13 2027", HOW),
        ("10 working days", HOW),
        ("5 ma 2027", HOW),  # March or May
        ("1" * 500, HOW),
        ("٣ 2 2027", HOW),
        (
            "next friday",
            "Type which you mean: 22 1 2027 is Friday 22 January 2027, 29 1 2027 a week later",
        ),
        (
            "thursday 5 feb",
            "5 2 2027 is Friday 5 February 2027. Type the day that you mean",
        ),
        ("18 1 2027", "Monday 18 January 2027 has passed. The day must be today or later"),
        ("20 1 2032", "The day must be within 5 years"),
    ],
)
def test_what_is_no_day_ends_in_a_sentence(text, sentence):
    with pytest.raises(TypedDayError) as refused:
        read_day(text, TODAY)

    assert str(refused.value) == sentence


@given(today=DAYS, ahead=st.integers(0, 5 * 365))
def test_a_day_typed_in_any_of_its_forms_is_that_day(today, ahead):
    day = today + ahead * DAY
    month = MONTHS[day.month - 1]
    weekday = WEEKDAYS[day.weekday()]
    forms = (
        as_typed(day),
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{weekday[:3]} {day.day} {month[:3].upper()} {day:%y}",
    )

    assert {read_day(form, today) for form in forms} == {day}


@given(today=DAYS, weekday=st.sampled_from(WEEKDAYS))
def test_a_weekday_is_within_the_week_to_come_and_never_today(today, weekday):
    day = read_day(weekday, today)

    assert WEEKDAYS[day.weekday()] == weekday
    assert today < day <= today + WEEK


@given(today=DAYS, months=st.integers(1, 60))
def test_months_end_in_the_month_that_they_name_and_are_clipped(today, months):
    day = read_day(f"{months} months", today)

    assert (day.year * 12 + day.month) - (today.year * 12 + today.month) == months
    assert day.day == today.day or ((day + DAY).day == 1 and day.day < today.day)


@given(today=DAYS, text=st.text(max_size=60))
def test_whatever_is_typed_is_a_day_to_come_or_a_sentence(today, text):
    with contextlib.suppress(TypedDayError):
        assert today <= read_day(text, today)
