"""Where it stands, in words for the applicant: hand-made facts, expected words from the papers."""

import datetime as dt

import pytest

from portal.domain.clocks.rules import Clock
from portal.domain.own_steps import OwnFacts, next_event, steps
from portal.domain.stages import Stage

TODAY = dt.date(2027, 1, 14)


def _facts(stage, **more):
    return OwnFacts(stage=stage, today=TODAY, received_on=dt.date(2026, 12, 17), **more)


# At each stage: how many steps are done, and which one is now.
@pytest.mark.parametrize(
    ("stage", "done", "now"),
    [
        (Stage.RECEIVED, 1, "We decide"),
        (Stage.ASSESSING, 1, "We decide"),
        (Stage.ARRANGING, 2, "The agencies meet"),
        (Stage.REVIEWING, 2, "The agencies meet"),
        (Stage.PLANNING, 3, "You see the plan before it is final"),
        (Stage.MONITORING, 5, "The actions are carried out"),
        (Stage.COMPLETED, 6, None),
    ],
)
def test_the_steps_go_on_with_the_stages(stage, done, now):
    found = steps(_facts(stage))

    assert [step.state for step in found].count("done") == done
    assert next((step.title for step in found if step.state == "now"), None) == now
    assert found[0].words == "Thursday 17 December 2026"


def test_a_promise_says_its_day_and_plainly_when_it_is_late():
    due, late = dt.date(2027, 1, 15), dt.date(2027, 1, 13)

    assert "By Friday 15 January 2027." in (
        next_event(_facts(Stage.ASSESSING, due={Clock.THRESHOLD_DECISION: due})).words
    )
    words = next_event(_facts(Stage.ASSESSING, due={Clock.THRESHOLD_DECISION: late})).words
    assert "You were promised this by Wednesday 13 January 2027. It is late." in words


def test_that_there_is_no_review_is_told_by_the_letter_and_not_by_the_page():
    due = {Clock.APPEAL_THRESHOLD: dt.date(2027, 1, 28)}
    untold = _facts(Stage.NOT_MET, due=due)
    told = _facts(Stage.NOT_MET, due=due, is_told_no=True)

    assert next_event(untold).heading == "Next: we decide"
    assert "no review" not in str(steps(untold))
    assert next_event(told).heading == "There will be no review, and why"
    assert "You can appeal until Thursday 28 January 2027." in next_event(told).words


def test_a_meeting_whose_day_has_passed_is_not_announced_any_more():
    thursday = dt.datetime(2027, 1, 14, 10, 0, tzinfo=dt.UTC)
    wednesday = thursday - dt.timedelta(days=1)

    ahead = _facts(Stage.ARRANGING, meeting_at=thursday)
    passed = _facts(Stage.ARRANGING, meeting_at=wednesday)

    assert next_event(ahead).heading == "Next: the meeting, Thursday 14 January 2027, 10am"
    assert next_event(passed).heading == "The meeting, Wednesday 13 January 2027, 10am"
    assert "Ring us and ask." in next_event(passed).words
    assert "Ring us and ask." in steps(passed)[2].words
