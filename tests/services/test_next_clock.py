"""What a case keeps of its clocks is always what its clocks say."""

import datetime as dt
import random

import pytest
import sqlalchemy as sa

from portal.db import db, transaction
from portal.domain.caselists import NEVER
from portal.domain.clocks.rules import Clock, ClockEvent
from portal.models.case import Case
from portal.models.clock import CaseClock
from portal.services import clocks
from tests import cases
from tests.canary_case import DOOR
from tests.cases import actor_of, make_case

# The appeal's clocks are rights that end, so they are never what somebody is waiting for.
NOT_WAITED_FOR = {Clock.APPEAL_THRESHOLD, Clock.APPEAL_CONDUCT}


def _case(reference):
    return db.session.scalars(
        sa.select(Case).where(Case.reference == reference).execution_options(**DOOR)
    ).one()


def _worked_out(case):
    """The first end of a running clock, asked of the table of clocks."""
    rows = db.session.scalars(
        sa.select(CaseClock).where(CaseClock.case_id == case.id).execution_options(**DOOR)
    )
    running = [
        (row.due_on, row.clock.value)
        for row in rows
        if row.stopped_on is None and row.clock not in NOT_WAITED_FOR
    ]
    return min(running, default=(NEVER, None))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_the_case_keeps_the_first_end(app, people, seed):
    chance = random.Random(seed)  # noqa: S311  # only what happens, and when
    reference = make_case(app, stage="received")
    with app.app_context():
        office = actor_of(cases.COORDINATOR, cases.RECEIVED_AT)
        for event in chance.sample(list(ClockEvent), 12):
            at = cases.RECEIVED_AT + dt.timedelta(days=chance.randrange(60))
            with transaction():
                clocks.happened(office, _case(reference), event, at)
            kept = _case(reference)
            assert (kept.next_due_on, kept.next_clock) == _worked_out(kept)
            db.session.rollback()


@pytest.mark.parametrize(
    ("stage", "clock"),
    [
        # Acknowledgement: 3 working days from 17 December 2026; decision: 10.
        ("received", Clock.ACKNOWLEDGE),
        ("assessing", Clock.AGENCY_RETURN),
        ("arranging", Clock.MEETING),
        ("reviewing", None),
        ("planning", Clock.ACTION_PLAN),
        ("monitoring", None),
    ],
)
def test_each_stage_waits_for_its_clock(app, people, stage, clock):
    reference = make_case(app, stage=stage)

    with app.app_context():
        case = _case(reference)
        assert case.next_clock is clock
        assert (case.next_due_on == NEVER) == (clock is None)
        assert (case.next_due_on, case.next_clock) == _worked_out(case)


def test_what_was_done_before_its_clock_begins_has_ended_it(app, people):
    reference = make_case(app, stage="arranging")
    with app.app_context():
        office = actor_of(cases.COORDINATOR, cases.RECEIVED_AT)
        sent_at = cases.RECEIVED_AT + dt.timedelta(days=4)
        for event, at in (
            (ClockEvent.PACKS_SENT, sent_at),
            (ClockEvent.MEETING, sent_at + dt.timedelta(days=20)),
        ):
            with transaction():
                clocks.happened(office, _case(reference), event, at)

        query = sa.select(CaseClock).where(CaseClock.clock == Clock.PACK_OUT)
        packs = db.session.scalars(query.execution_options(**DOOR)).one()
        assert packs.stopped_at == sent_at
        assert _case(reference).next_clock is Clock.MEETING
