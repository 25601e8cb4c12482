"""Each shape in which areas publish a limit, counted by hand; and the whole against a calendar."""

import datetime as dt
from bisect import bisect_left, bisect_right

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.clocks.rules import Clock, ClockEvent, ClockRule
from portal.domain.clocks.running import Calendar, work_out_clock
from portal.domain.counted_days import ALL_AGAIN, DaysCountedWith, why_moved
from portal.domain.dates import LONDON
from portal.domain.deadlines import Limit, Unit, add_working_days, due_on, subtract_working_days
from portal.domain.pauses import Pause

OFF = {
    dt.date(2026, 12, 25): "Christmas Day",
    dt.date(2026, 12, 28): "Boxing Day (substitute)",
    dt.date(2027, 1, 1): "New Year's Day",
}
CALENDAR = Calendar(days_off=OFF)
RECEIVED = dt.datetime(2026, 12, 17, 20, 15, tzinfo=LONDON)  # a Thursday evening
ASKED = dt.datetime(2026, 12, 21, 9, 0, tzinfo=LONDON)


def rule(number, unit, *events, **more):
    limit = Limit(number, unit) if number else None
    events = events or (ClockEvent.REQUEST_RECEIVED,)
    return ClockRule(Clock.THRESHOLD_DECISION, limit, events, "The published procedure.", **more)


def due(rule, events, calendar=CALENDAR, pauses=()):
    return work_out_clock(rule, events, calendar, pauses).due_on


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (rule(10, Unit.WORKING_DAYS), dt.date(2027, 1, 5)),
        (rule(14, Unit.WORKING_DAYS), dt.date(2027, 1, 11)),
        # The 31st of December is a Thursday and no day off; the 20th day after is 6 January.
        (rule(14, Unit.DAYS), dt.date(2026, 12, 31)),
        (rule(20, Unit.DAYS), dt.date(2027, 1, 6)),
        (rule(3, Unit.WEEKS), dt.date(2027, 1, 7)),
        # The 17th of January 2027 is a Sunday.
        (rule(1, Unit.MONTHS), dt.date(2027, 1, 18)),
    ],
)
def test_each_unit_ends_on_the_day_counted_by_hand(stated, expected):
    assert due(stated, {ClockEvent.REQUEST_RECEIVED: RECEIVED}) == expected


def test_without_its_event_there_is_no_clock():
    counted = rule(3, Unit.WORKING_DAYS, ClockEvent.ACKNOWLEDGED)

    assert work_out_clock(counted, {ClockEvent.REQUEST_RECEIVED: RECEIVED}, CALENDAR) is None


def test_of_several_events_the_last_one_counts_and_all_are_needed():
    counted = rule(
        3,
        Unit.WORKING_DAYS,
        ClockEvent.REQUEST_RECEIVED,
        ClockEvent.ALL_INFORMATION_RECEIVED,
    )
    known = {ClockEvent.REQUEST_RECEIVED: RECEIVED}
    all_in = known | {ClockEvent.ALL_INFORMATION_RECEIVED: ASKED}

    worked = work_out_clock(counted, all_in, CALENDAR)

    assert work_out_clock(counted, known, CALENDAR) is None
    # Monday the 21st; then Tuesday, Wednesday, Thursday.
    assert worked.due_on == dt.date(2026, 12, 24)
    assert worked.sentences[:2] == (
        "Counted from the last of: request received; all information received.",
        "All information received on Monday 21 December 2026.",
    )


def test_hours_run_from_the_instant_through_the_change_of_the_clocks():
    counted = rule(72, Unit.HOURS, ClockEvent.INFORMATION_REQUESTED)
    # Summer time ends on Sunday 25 October 2026: 72 hours later it is an hour earlier by the clock.
    asked = dt.datetime(2026, 10, 23, 15, 0, tzinfo=LONDON)

    worked = work_out_clock(counted, {ClockEvent.INFORMATION_REQUESTED: asked}, CALENDAR)

    assert worked.due_at == dt.datetime(2026, 10, 26, 14, 0, tzinfo=dt.UTC)
    assert worked.due_on == dt.date(2026, 10, 26)


def test_hours_that_end_on_a_day_off_keep_their_time_of_day():
    counted = rule(72, Unit.HOURS, ClockEvent.INFORMATION_REQUESTED)
    asked = dt.datetime(2026, 12, 22, 16, 30, tzinfo=LONDON)

    worked = work_out_clock(counted, {ClockEvent.INFORMATION_REQUESTED: asked}, CALENDAR)

    # Christmas Day, the weekend and Boxing Day's substitute are passed over.
    assert worked.due_at == dt.datetime(2026, 12, 29, 16, 30, tzinfo=LONDON)
    assert worked.sentences[-1] == "The last moment is Tuesday 29 December 2026, 4:30pm."


def test_what_is_counted_back_ends_before_its_event():
    meeting = dt.datetime(2027, 1, 19, 10, 0, tzinfo=LONDON)
    events = {ClockEvent.MEETING: meeting}

    packs = rule(2, Unit.WORKING_DAYS, ClockEvent.MEETING, before=True)
    hours = rule(48, Unit.HOURS, ClockEvent.MEETING, before=True)

    assert due(packs, events) == dt.date(2027, 1, 15)
    # 48 hours earlier is a Sunday, so the working day before it: Friday, at the same time.
    assert work_out_clock(hours, events, CALENDAR).due_at == dt.datetime(
        2027, 1, 15, 10, 0, tzinfo=LONDON
    )


def test_the_next_regular_meeting_is_one_on_a_later_day():
    group = Calendar(
        days_off=OFF,
        meetings={
            "Joint Action Group": (
                dt.date(2026, 12, 17),
                dt.date(2027, 1, 6),
                dt.date(2027, 2, 17),
            )
        },
    )
    at_it = rule(0, Unit.DAYS, next_meeting="Joint Action Group")
    after_it = rule(5, Unit.WORKING_DAYS, next_meeting="Joint Action Group")
    events = {ClockEvent.REQUEST_RECEIVED: RECEIVED}

    assert due(at_it, events, group) == dt.date(2027, 1, 6)
    # Thursday the 7th is day one.
    assert due(after_it, events, group) == dt.date(2027, 1, 13)
    without = work_out_clock(at_it, events, CALENDAR)
    assert without.due_on is None
    assert without.sentences[-1] == (
        "No day of the Joint Action Group after that is in the calendar."
    )


def test_a_letter_counts_as_received_where_nobody_recorded_its_receipt():
    counted = rule(21, Unit.WORKING_DAYS, ClockEvent.DECISION_NOTICE_RECEIVED)
    sent = {ClockEvent.DECISION_NOTICE_SENT: dt.datetime(2026, 11, 2, 12, tzinfo=LONDON)}
    deeming = Calendar(days_off=OFF, deemed_receipt=Limit(2, Unit.WORKING_DAYS))
    known = sent | {
        ClockEvent.DECISION_NOTICE_RECEIVED: dt.datetime(2026, 11, 6, 12, tzinfo=LONDON)
    }

    assert work_out_clock(counted, sent, CALENDAR) is None
    # Deemed on Wednesday the 4th; 21 working days on is Thursday 3 December. Recorded on Friday
    # the 6th it is Monday the 7th.
    assert due(counted, sent, deeming) == dt.date(2026, 12, 3)
    assert due(counted, known, deeming) == dt.date(2026, 12, 7)


def test_paused_days_do_not_count_and_are_named():
    counted = rule(10, Unit.WORKING_DAYS)
    pause = Pause(dt.date(2026, 12, 21), dt.date(2026, 12, 24), "waiting for the victim’s consent")
    events = {ClockEvent.REQUEST_RECEIVED: RECEIVED}

    worked = work_out_clock(counted, events, CALENDAR, (pause,))

    # Without it 5 January; Monday, Tuesday and Wednesday are lost: 6, 7, 8 January.
    assert worked.due_on == dt.date(2027, 1, 8)
    assert (
        "Paused: Monday 21 December 2026 to Wednesday 23 December 2026 do not count "
        "(waiting for the victim’s consent)."
    ) in worked.sentences


def test_a_calendar_limit_loses_the_paused_days_too():
    counted = rule(14, Unit.DAYS)
    pause = Pause(dt.date(2026, 12, 21), dt.date(2026, 12, 24), "away")

    # 31 December and three days is Sunday the 3rd, so Monday.
    assert due(counted, {ClockEvent.REQUEST_RECEIVED: RECEIVED}, pauses=(pause,)) == dt.date(
        2027, 1, 4
    )


def test_a_clock_that_stands_still_has_no_last_day():
    worked = work_out_clock(
        rule(10, Unit.WORKING_DAYS),
        {ClockEvent.REQUEST_RECEIVED: RECEIVED},
        CALENDAR,
        (Pause(dt.date(2026, 12, 21), None, "waiting for consent"),),
    )

    assert worked.due_on is None
    assert worked.sentences[-1] == "Paused since Monday 21 December 2026: waiting for consent."


def test_a_clock_of_the_review_needs_the_threshold_met_whatever_it_is_counted_from():
    meeting = ClockRule(
        Clock.MEETING, Limit(4, Unit.WEEKS), (ClockEvent.REQUEST_RECEIVED,), "Published."
    )
    events = {ClockEvent.REQUEST_RECEIVED: RECEIVED}

    assert work_out_clock(meeting, events, CALENDAR) is None
    met = events | {ClockEvent.THRESHOLD_MET: ASKED}
    # Four weeks from Thursday 17 December, not from the decision.
    assert due(meeting, met) == dt.date(2027, 1, 14)


units_in_days = st.sampled_from([unit for unit in Unit if unit is not Unit.HOURS])
days = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))


@given(days, st.integers(1, 30), units_in_days, st.integers(0, 20), st.integers(0, 20))
def test_a_pause_never_brings_a_deadline_forward(start, number, unit, after, length):
    events = {ClockEvent.REQUEST_RECEIVED: dt.datetime.combine(start, dt.time(12), tzinfo=LONDON)}
    first = start + dt.timedelta(days=after)
    pause = Pause(first, first + dt.timedelta(days=length), "away")
    counted = rule(number, unit)

    without, paused = due(counted, events), due(counted, events, pauses=(pause,))

    assert paused >= without
    assert length > 0 or paused == without


def test_every_day_of_six_years_agrees_with_a_list_of_working_days():
    """2,191 days and eight offsets, against positions in a list that knows nothing of the rules."""
    first, last = dt.date(2026, 1, 1), dt.date(2031, 12, 31)
    off = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(2025, 2034)))
    calendar = [dt.date(2025, 6, 1) + dt.timedelta(days=number) for number in range(2900)]
    open_days = [day for day in calendar if day.strftime("%a") not in {"Sat", "Sun"}]
    open_days = [day for day in open_days if day not in off]
    starts = [day for day in calendar if first <= day <= last]

    assert len(starts) == 2191
    for start in starts:
        after, before = bisect_right(open_days, start), bisect_left(open_days, start)
        for offset in (1, 3, 5, 10, 21):
            assert add_working_days(start, offset, off) == open_days[after + offset - 1]
        assert subtract_working_days(start, 2, off) == open_days[before - 2]
        # Calendar limits by the ordinal of the day, moved on to the next day of the list.
        for limit, length in ((Limit(14, Unit.DAYS), 14), (Limit(3, Unit.WEEKS), 21)):
            ends = dt.date.fromordinal(start.toordinal() + length)
            assert due_on(start, limit, off) == open_days[bisect_left(open_days, ends)]


BEFORE = DaysCountedWith({dt.date(2026, 12, 25): "Christmas Day"}, {"Group": ()})


def test_why_a_clock_moved_names_what_has_changed_within_it():
    now = DaysCountedWith(
        {dt.date(2026, 12, 24): "office moves", dt.date(2027, 3, 1): "far away"},
        {"Group": (dt.date(2026, 12, 22),)},
    )

    why = why_moved(BEFORE, now, dt.date(2026, 12, 17), dt.date(2027, 1, 5))

    assert why == (
        "Thursday 24 December 2026 is now a day off (office moves). "
        "Friday 25 December 2026 is no longer a day off. "
        "The Group now meets on Tuesday 22 December 2026."
    )
    assert why_moved(now, now, dt.date(2026, 12, 17), dt.date(2027, 1, 5)) == ALL_AGAIN
