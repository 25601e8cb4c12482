"""Published limits of every shape become clocks; what cannot is held in words, never dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.clocks.published import read_published
from portal.domain.clocks.rules import Clock, ClockEvent
from portal.domain.deadlines import Limit, Unit

R = ClockEvent.REQUEST_RECEIVED
WD = Unit.WORKING_DAYS


@pytest.mark.parametrize(
    ("stage", "stated", "clock", "limit", "events", "before", "meeting"),
    [
        (
            "acknowledge",
            {"n": 3, "unit": "days", "from": "received"},
            Clock.ACKNOWLEDGE, Limit(3, Unit.DAYS), (R,), False, "",
        ),
        (
            "info_from_agencies",
            {"n": 72, "unit": "hours", "from": "received"},
            Clock.AGENCY_RETURN, Limit(72, Unit.HOURS), (R,), False, "",
        ),
        (
            "threshold_decision",
            {"n": 3, "unit": "working_days", "from": ["received", "all_information_received"]},
            Clock.THRESHOLD_DECISION,
            Limit(3, WD), (R, ClockEvent.ALL_INFORMATION_RECEIVED), False, "",
        ),
        (
            "threshold_decision",
            {"next_meeting_of": "Joint Action Group", "meets_every": {"n": 6, "unit": "weeks"}},
            Clock.THRESHOLD_DECISION, None, (R,), False, "Joint Action Group",
        ),
        (
            "threshold_decision",
            {"n": 5, "unit": "working_days", "from": "assessment_meeting", "next_meeting_of": "P"},
            Clock.THRESHOLD_DECISION, Limit(5, WD), (R,), False, "P",
        ),
        (
            "hold_review",
            {"n": 28, "unit": "days", "from": "threshold_decision", "note": "up to"},
            Clock.MEETING, Limit(28, Unit.DAYS), (ClockEvent.THRESHOLD_DECIDED,), False, "",
        ),
        (
            "appeal_window",
            {"n": 21, "unit": "working_days", "from": "outcome_received"},
            Clock.APPEAL_CONDUCT, Limit(21, WD), (ClockEvent.PLAN_RECEIVED,), False, "",
        ),
        (
            "whole_process",
            {"n": 6, "unit": "weeks", "from": "application_received"},
            Clock.WHOLE_PROCESS, Limit(6, Unit.WEEKS), (R,), False, "",
        ),
    ],
)  # fmt: skip
def test_each_shape_becomes_a_clock(stage, stated, clock, limit, events, before, meeting):
    found = read_published({stage: stated, "appeal_sift": None, "other": []})

    ((name, rule),) = found.rules
    assert (name, found.in_words) == (stage, ())
    assert (rule.clock, rule.limit, rule.starts_from) == (clock, limit, events)
    assert (rule.before, rule.next_meeting) == (before, meeting)


def test_a_negative_number_is_counted_back():
    stated = {"name": "summary_report_to_panel", "n": -2, "unit": "working_days", "from": "meeting"}

    ((_, rule),) = read_published({"other": [stated]}).rules

    assert (rule.clock, rule.limit, rule.before) == (Clock.PACK_OUT, Limit(2, WD), True)


@pytest.mark.parametrize(
    ("stage", "stated", "why"),
    [
        ("lunch", {"n": 1, "unit": "days", "from": "received"}, "no clock has this name"),
        ("acknowledge", "soon", "it states no limit"),
        ("acknowledge", {"n": 2, "unit": "moons", "from": "received"}, "cannot be counted"),
        ("acknowledge", {"n": 0, "unit": "days", "from": "received"}, "cannot be counted"),
        ("acknowledge", {"n": 2, "unit": "days", "from": "the ides"}, "no event is called"),
        ("acknowledge", {"n": 2, "unit": "days", "from": "received", "unless": "x"}, "unless"),
    ],
)
def test_what_no_clock_can_say_is_held_in_words(stage, stated, why):
    found = read_published({stage: stated})

    assert found.rules == ()
    assert [each.stage for each in found.in_words] == [stage]
    assert why in found.in_words[0].why


def test_of_two_limits_for_one_thing_the_first_is_the_promise():
    limit = {"n": 10, "unit": "working_days", "from": "meeting"}

    found = read_published({"send_outcome": limit, "action_plan_copy": limit | {"n": 5}})

    assert [stage for stage, _ in found.rules] == ["send_outcome"]
    assert [each.stage for each in found.in_words] == ["action_plan_copy"]


leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=12)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["acknowledge", "hold_review", "x"]), anything))
def test_whatever_is_stated_is_a_clock_or_held_in_words(block):
    found = read_published(block)

    stated = [stage for stage, each in block.items() if each is not None]
    assert sorted([stage for stage, _ in found.rules] + [w.stage for w in found.in_words]) == (
        sorted(stated)
    )


@pytest.mark.parametrize(
    ("number", "event"), [(5, ClockEvent.MEETING_CLOSED), (-2, ClockEvent.MEETING)]
)
def test_a_limit_goes_on_from_the_end_of_the_meeting_and_back_from_its_beginning(number, event):
    stated = {"n": number, "unit": "working_days", "from": "meeting"}

    ((_, rule),) = read_published({"send_outcome": stated}).rules

    assert rule.starts_from == (event,)
