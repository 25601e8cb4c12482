"""Before a meeting is closed it is said what is missing; after it, what comes next."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.domain.clocks.rules import Clock
from portal.models.clock import CaseClock
from portal.models.meeting import Meeting
from portal.services import actions, meeting
from tests import cases
from tests.cases import actor_of, make_case, token

DOOR = unscoped("a test looks at what is stored")


@pytest.fixture
def reference(app, people, clock):
    """A case whose meeting is under way; it is 11:24am on its day."""
    found = make_case(app, stage="reviewing")
    clock.at = cases.CLOSED_AT
    return found


def _decide(app, reference):
    with app.app_context():
        chair = actor_of(cases.CHAIR, cases.OPENED_AT)
        cases.record_who_was_there(reference)
        meeting.add_decision(chair, reference, token(), cases.FINDING)
        lacking = cases.typed_action(cases.POLICE, how_we_know="")
        actions.add_action(chair, reference, token(), lacking)


def test_a_meeting_is_not_closed_before_it_is_known_who_was_there(as_, reference):
    chair = as_(cases.CHAIR)
    path = f"/cases/{reference}/meeting/close"
    page = chair.get(path)
    assert "You have not yet recorded who was at the meeting" in page.main
    assert not [form for form in page.forms if form.is_in_main]

    sent = chair.send(path, page.forms[0].fields)

    assert sent.status == 409
    assert sent.errors == [("You have not yet recorded who was at the meeting", "#must")]
    assert chair.get(f"/cases/{reference}/meeting/closed").status == 403


def test_what_is_missing_is_listed_and_kept_with_the_meeting_that_is_closed(
    app, as_, scalars, reference
):
    _decide(app, reference)
    chair = as_(cases.CHAIR)
    # Neither lead has anything recorded; housing, required, sent apologies; nobody has agreed.
    missing = (
        "Required and not there: Tollgate Homes",
        "There, and not yet agreed to the confidentiality statement: ",
        "Risk not scored at this meeting",
        "Action 1 lacks: how we will know",
        "Nobody named who tells the applicant what happens now",
    )

    page = chair.get(f"/cases/{reference}/meeting/close")
    sent = chair.press(page, "Close the meeting")
    after = chair.follow(sent)

    assert sent.location == f"/cases/{reference}/meeting/closed"
    kept = scalars(sa.select(Meeting.missing_at_close).execution_options(**DOOR))[0]
    for sentence in missing:
        assert sentence in page.main
        assert sentence in after.main
        assert sentence in kept
    assert "No decision recorded" not in page.main
    assert "took part" not in page.main


def test_closing_twice_starts_the_clock_of_the_plan_once_and_drafts_it(
    app, as_, scalars, reference
):
    _decide(app, reference)
    chair = as_(cases.CHAIR)
    page = chair.get(f"/cases/{reference}/meeting/close")

    sent = [chair.press(page, "Close the meeting") for _ in range(2)]

    assert {each.status for each in sent} == {303}
    after = chair.follow(sent[0])
    assert after.saved == "The meeting is closed, and the plan’s clock has started"
    # Closed on Tuesday 19 January: five working days end on Tuesday the 26th.
    assert "The written action plan is due on Tuesday 26 January 2027" in after.main
    assert "How this was worked out" in after.main
    assert cases.FINDING in chair.get(f"/cases/{reference}/plan").main
    query = sa.select(CaseClock).where(CaseClock.clock == Clock.ACTION_PLAN)
    (clock,) = scalars(query.execution_options(**DOOR))
    assert (clock.started_on, clock.due_on) == (dt.date(2027, 1, 19), dt.date(2027, 1, 26))


def test_nothing_narrower_than_the_panel_stands_on_the_page_that_is_projected(app, as_, reference):
    _decide(app, reference)

    page = as_(cases.CHAIR).get(f"/cases/{reference}/meeting/close")

    assert "Panel only." in page.text
    assert cases.NARROW_SENTENCE not in page.html
    assert "/cases" not in page.links.values()
