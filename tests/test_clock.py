import datetime as dt

from portal.clock import OffsetClock, SystemClock
from portal.domain.dates import LONDON
from tests.apps import FakeClock


def test_the_computers_time_is_aware_and_in_utc():
    assert SystemClock().now().tzinfo is dt.UTC


def test_a_moved_clock_begins_where_it_was_set_and_runs_on():
    base = FakeClock()
    moved = OffsetClock.starting_at(dt.datetime(2026, 7, 1, 20, 15, tzinfo=LONDON), base)

    began = moved.now()
    base.advance(hours=3)

    assert began == dt.datetime(2026, 7, 1, 19, 15, tzinfo=dt.UTC)
    assert began.tzinfo is dt.UTC
    assert moved.now() == dt.datetime(2026, 7, 1, 22, 15, tzinfo=dt.UTC)
