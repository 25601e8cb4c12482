"""A scheme in the shape of published ones: its limits by their stages, the law not repeated."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.clocks.published import read_published, write_published
from portal.domain.clocks.rules import Clock, ClockEvent, ClockRule
from portal.domain.deadlines import Limit, Unit
from portal.domain.presets import durham, gloucestershire
from portal.domain.scheme_editing.published import published
from portal.domain.threshold import preset_rules
from portal.domain.threshold.reading import read_rules


def test_rules_read_alike_and_the_law_is_not_repeated():
    found = published(durham())

    assert found["name"] == "Durham"
    assert "floor" not in found["rules"]
    before, after = read_rules(preset_rules.DURHAM), read_rules(found["rules"])
    assert (after.routes, after.counting, after.floor, after.held) == (
        before.routes,
        before.counting,
        before.floor,
        before.held,
    )


@pytest.mark.parametrize("clocks", [durham().clocks, gloucestershire().clocks])
def test_every_clock_of_a_preset_is_read_again_as_the_same_clock(clocks):
    assert _read_again(clocks) == _without_source(clocks)


EVENTS = st.lists(st.sampled_from(ClockEvent), min_size=1, max_size=3, unique=True).map(tuple)
LIMITS = st.builds(Limit, st.integers(1, 99), st.sampled_from(Unit))
RULES = st.builds(
    ClockRule,
    st.sampled_from(Clock),
    LIMITS,
    EVENTS,
    st.just(""),
    st.booleans(),
    st.none() | st.sampled_from(ClockEvent),
) | st.builds(  # the meeting of an assessment is such a regular one, so it is not named besides
    ClockRule,
    st.sampled_from(Clock),
    st.none() | LIMITS,
    EVENTS.filter(lambda events: ClockEvent.ASSESSMENT_MEETING not in events),
    st.just(""),
    next_meeting=st.just("Joint Action Group"),
)


@given(st.lists(RULES, unique_by=lambda rule: rule.clock))
def test_whatever_clocks_are_written_are_read_again(rules):
    assert _read_again(rules) == _without_source(rules)


def _read_again(rules):
    found = read_published(write_published(rules))
    assert found.in_words == ()
    return _without_source(rule for _, rule in found.rules)


def _without_source(rules):
    return {rule.clock: dataclasses.replace(rule, source="") for rule in rules}


def test_limits_of_every_shape_stand_by_their_stage():
    rules = (
        ClockRule(
            Clock.THRESHOLD_DECISION,
            Limit(3, Unit.WORKING_DAYS),
            (ClockEvent.ACKNOWLEDGED, ClockEvent.ALL_INFORMATION_RECEIVED),
            "",
        ),
        ClockRule(Clock.MEETING, None, (ClockEvent.THRESHOLD_MET,), "", next_meeting="ASBRAC"),
        ClockRule(
            Clock.PACK_OUT, Limit(2, Unit.WORKING_DAYS), (ClockEvent.MEETING,), "", before=True
        ),
    )

    assert published(dataclasses.replace(durham(), clocks=rules))["deadlines"] == {
        "threshold_decision": {
            "n": 3,
            "unit": "working_days",
            "from": ["acknowledged", "all_information_received"],
        },
        "hold_review": {"from": "accepted", "next_meeting_of": "ASBRAC"},
        "other": [{"name": "pack_out", "n": -2, "unit": "working_days", "from": "meeting"}],
    }
