import datetime as dt

import pytest

from portal.web.filters import clock_time, day, day_short, moment, paragraphs, plural


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "long", "short"),
    [
        (dt.date(2027, 1, 19), "Tuesday 19 January 2027", "Tue 19 Jan"),
        (dt.date(2026, 11, 2), "Monday 2 November 2026", "Mon 2 Nov"),
        (utc(2027, 1, 19, 23, 59), "Tuesday 19 January 2027", "Tue 19 Jan"),
        (utc(2026, 7, 1, 22, 59), "Wednesday 1 July 2026", "Wed 1 Jul"),
        (utc(2026, 7, 1, 23, 0), "Thursday 2 July 2026", "Thu 2 Jul"),
    ],
)
def test_a_day_is_the_day_in_london(value, long, short):
    assert day(value) == long
    assert day_short(value) == short


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.time(10), "10am"),
        (dt.time(10, 30), "10:30am"),
        (dt.time(12, 30), "12:30pm"),
        (dt.time(12), "12pm"),
        (dt.time(0, 5), "12:05am"),
        (dt.time(21, 40), "9:40pm"),
        (utc(2027, 1, 19, 10), "10am"),
        (utc(2026, 7, 1, 10), "11am"),
        (utc(2026, 10, 25, 0, 30), "1:30am"),
        (utc(2026, 10, 25, 1, 30), "1:30am"),
    ],
)
def test_a_time_is_the_time_in_london(value, text):
    assert clock_time(value) == text


def test_a_moment_has_both():
    assert moment(utc(2026, 12, 17, 20, 15)) == "Thursday 17 December 2026, 8:15pm"
    assert moment(utc(2027, 3, 28, 1, 0)) == "Sunday 28 March 2027, 2am"


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        moment(dt.datetime(2027, 1, 19, 10))  # noqa: DTZ001 # the mistake under test


def test_text_becomes_escaped_paragraphs():
    html = paragraphs("One <b>\r\ntwo\n\n\n  three & four\n")
    assert html == (
        '<p class="govuk-body">One &lt;b&gt;<br>two</p>\n<p class="govuk-body">three &amp; four</p>'
    )
    assert paragraphs("  ") == ""


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 people"), (1, "1 person"), (6, "6 people"), (1200, "1,200 people")]
)
def test_plural(count, text):
    assert plural(count, "person", "people") == text
