"""Clocks on the page: paused, resumed, explained, moved by a new day off, counted."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db
from portal.domain.clocks.rules import Clock
from portal.jobs import worker
from portal.models.case import Case
from portal.models.clock import CaseClock, ClockEntry
from portal.services import recounting
from tests import cases
from tests.cases import make_case

DOOR = unscoped("the test reads the table")
ADMINISTRATOR = "admin@wharrow-lpb.example"


@pytest.fixture
def reference(app, people, clock):
    """A case received on Thursday 17 December 2026 and acknowledged; today is Monday the 21st."""
    found = make_case(app, stage="assessing")
    clock.at = cases.at(21, 12, month=12, year=2026)
    return found


def _due(app, reference, clock=Clock.THRESHOLD_DECISION):
    with app.app_context():
        query = sa.select(CaseClock.due_on).join(Case, Case.id == CaseClock.case_id)
        query = query.where(Case.reference == reference, CaseClock.clock == clock)
        return db.session.scalars(query.execution_options(**DOOR)).one()


def _press(client, path, button, **fields):
    """Fill in the form of an address; a day is typed as its three parts."""
    typed = {}
    for name, value in fields.items():
        if isinstance(value, tuple):
            parts = ("day", "month", "year")
            typed |= {f"{name}-{part}": text for part, text in zip(parts, value, strict=True)}
        else:
            typed[name] = value
    return client.press(client.get(path), button, **typed)


def _pause(client, reference, reason="Waiting for the victim’s consent"):
    path = f"/cases/{reference}/clocks/threshold_decision/pause"
    return _press(client, path, "Pause the clock", reason=reason)


def test_the_page_shows_every_clock_with_its_working_and_what_it_is_counted_from(as_, reference):
    page = as_(cases.COORDINATOR).get(f"/cases/{reference}/clocks")

    assert "Request received on Thursday 17 December 2026." in page.main
    assert "The last day is Tuesday 5 January 2027." in page.main
    assert "Information requested" in page.main


def test_a_pause_stops_the_clock_and_its_days_are_not_counted(as_, app, clock, reference):
    office = as_(cases.COORDINATOR)

    assert _pause(office, reference).status == 303
    page = office.get(f"/cases/{reference}/clocks")
    assert "Paused on Monday 21 December 2026: Waiting for the victim’s consent" in page.main
    assert "Paused" in office.get(f"/cases/{reference}").main

    clock.at = cases.at(24, 12, month=12, year=2026)
    office = as_(cases.COORDINATOR)  # who was away for three days has to sign in again
    path = f"/cases/{reference}/clocks/threshold_decision/resume"
    assert _press(office, path, "Resume the clock", reason="").status == 303

    # Without it 5 January; the 21st, 22nd and 23rd are lost: 6, 7, 8 January.
    assert _due(app, reference) == dt.date(2027, 1, 8)
    page = office.get(f"/cases/{reference}/clocks")
    assert "Monday 21 December 2026 to Wednesday 23 December 2026 do not count" in page.main
    assert "so that it ends on Friday 8 January 2027" in page.main


def test_a_paused_clock_is_not_what_the_case_waits_for(as_, app, reference):
    office = as_(cases.COORDINATOR)
    _pause(office, reference)

    with app.app_context():
        query = sa.select(Case).where(Case.reference == reference)
        case = db.session.scalars(query.execution_options(**DOOR)).one()
        # The agencies' return, asked for on 18 December, 5 working days.
        assert case.next_clock is Clock.AGENCY_RETURN


def test_a_clock_is_paused_once_and_only_while_it_runs(as_, reference):
    first, second = as_(cases.COORDINATOR), as_(cases.COORDINATOR)
    path = f"/cases/{reference}/clocks/threshold_decision/pause"
    page = second.get(path)
    _pause(first, reference)

    late = second.press(page, "Pause the clock", reason="Mine, typed at the same time")

    assert late.status == 422
    assert late.errors == [("The clock is paused already", "#reason")]
    assert "Mine, typed at the same time" in late.html
    ended = _press(
        first, f"/cases/{reference}/clocks/acknowledge/pause", "Pause the clock", reason="x"
    )
    assert ended.errors == [("The clock has ended, so it cannot be paused", "#reason")]


def test_why_a_clock_is_late_is_asked_kept_and_counted(as_, app, clock, reference):
    clock.at = dt.datetime(2027, 1, 7, 12, tzinfo=dt.UTC)  # two days after the decision was due
    office = as_(cases.COORDINATOR)
    assert "Nobody has written why it is late." in office.get(f"/cases/{reference}/clocks").main
    path = f"/cases/{reference}/clocks/threshold_decision/late"
    wrong = _press(
        office,
        path,
        "Save the reason",
        reason="The police were short of staff",
        new_day=("6", "1", "2027"),
        told_on=("8", "1", "2027"),
    )
    assert [where for _, where in wrong.errors] == ["#new_day-day"]
    assert "The police were short of staff" in wrong.html

    right = _press(
        office,
        path,
        "Save the reason",
        reason="The police were short of staff",
        new_day=("12", "1", "2027"),
        told_on=("7", "1", "2027"),
    )

    assert right.status == 303
    page = office.get(f"/cases/{reference}/clocks")
    assert "The police were short of staff New day: Tuesday 12 January 2027." in page.main
    counted = office.get("/calendar/clocks").main
    # Acknowledged in time on the 18th; decision and return run late, one of them explained.
    assert "Acknowledge the request10000" in counted
    assert "Threshold decision00100" in counted
    assert "Agencies confirm the reports00110" in counted


def test_a_clock_in_time_has_nothing_to_explain(as_, reference):
    page = _press(
        as_(cases.COORDINATOR),
        f"/cases/{reference}/clocks/threshold_decision/late",
        "Save the reason",
        reason="Early",
    )

    assert page.errors == [("The clock has not passed, so there is nothing to explain", "#reason")]


def test_a_new_closure_day_moves_the_clocks_that_run_and_says_so(as_, app, clock, reference):
    office = as_(ADMINISTRATOR)
    _work(app)  # the days known so far
    saved = _press(
        office,
        "/calendar/closure",
        "Add a closure day",
        day=("24", "12", "2026"),
        reason="Office moves",
    )
    assert saved.status == 303
    assert "The clocks are being counted again." in office.get("/calendar").main
    _work(app)

    # 5 January without it, so Wednesday the 6th; the acknowledgement had ended and stays.
    assert _due(app, reference) == dt.date(2027, 1, 6)
    assert _due(app, reference, Clock.ACKNOWLEDGE) == dt.date(2026, 12, 22)
    page = as_(cases.COORDINATOR).get(f"/cases/{reference}/clocks")
    assert (
        "Moved from Tuesday 5 January 2027 to Wednesday 6 January 2027: "
        "Thursday 24 December 2026 is now a day off (Office moves)."
    ) in page.main
    calendar = office.get("/calendar").main
    assert "being counted again" not in calendar
    assert "Office moves (our own closure day)" in calendar

    taken = _press(office, "/calendar/take-away", "Take a day away", day="2026-12-24")
    assert taken.status == 303
    _work(app)
    assert _due(app, reference) == dt.date(2027, 1, 5)


def test_counting_again_without_a_change_leaves_everything(app, reference):
    _work(app)
    with app.app_context():
        before = _entries()
        recounting.count_again(app.extensions["clock"])
        assert _entries() == before == 0


def _entries():
    query = sa.select(sa.func.count()).select_from(ClockEntry)
    return db.session.scalar(query.execution_options(**DOOR))


def _work(app):
    worker.work(app, until_idle=True)


def test_another_areas_closure_day_moves_nothing_here(as_, app, reference):
    _work(app)
    other = as_("coordinator@severnreach-lpb.example")
    _press(
        other,
        "/calendar/closure",
        "Add a closure day",
        day=("24", "12", "2026"),
        reason="Flooded office",
    )
    _work(app)

    assert _due(app, reference) == dt.date(2027, 1, 5)
    assert "Flooded office" not in as_(cases.COORDINATOR).get("/calendar").main


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"day": ("18", "12", "2026")}, "The day must be today or in the future"),
        ({"day": ("25", "12", "2026")}, "This is a day off already: Christmas Day"),
        ({"day": ("", "", "")}, "Enter the day on which the office is closed"),
    ],
)
def test_a_closure_day_that_cannot_be_gets_a_sentence(as_, reference, fields, sentence):
    page = _press(
        as_(cases.COORDINATOR), "/calendar/closure", "Add a closure day", reason="Kept", **fields
    )

    assert [words for words, _ in page.errors] == [sentence]
    assert "Kept" in page.html


def test_what_happened_outside_is_recorded_and_corrected(as_, app, reference):
    office = as_(cases.COORDINATOR)
    path = f"/cases/{reference}/clocks/event"
    for day in ("19", "21"):
        done = _press(
            office,
            path,
            "Record it",
            event="all_information_received",
            happened_on=(day, "12", "2026"),
        )
        assert done.status == 303

    with app.app_context():
        query = sa.select(CaseClock.stopped_on).where(CaseClock.clock == Clock.AGENCY_RETURN)
        stopped = db.session.scalars(query.execution_options(**DOOR)).all()
    # The day that was typed last stands, and ends the agencies' clock.
    assert stopped == [dt.date(2026, 12, 21)]
    early = _press(office, path, "Record it", event="packs_sent", happened_on=("16", "12", "2026"))
    assert early.errors == [
        ("The day must be the same as or after the day of receipt", "#happened_on-day")
    ]


def test_the_agencies_on_the_case_read_the_clocks_and_change_none(as_, app, people, clock):
    found = make_case(app, stage="invited")
    clock.at = cases.at(12)
    police = as_(cases.POLICE)

    page = police.get(f"/cases/{found}/clocks")

    assert "Packs out" in page.main
    assert "Pause it" not in page.main
    assert police.get(f"/cases/{found}/clocks/meeting/pause").status == 403
    assert as_("fire@wharrow-fire.example").get(f"/cases/{found}/clocks").status == 404
