"""A scheme in the shape of published ones: its limits by their stages, the law not repeated."""

import dataclasses

from portal.domain.clocks.published import read_published
from portal.domain.clocks.rules import Clock, ClockEvent, ClockRule
from portal.domain.deadlines import Limit, Unit
from portal.domain.presets import durham
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


def test_every_clock_of_a_preset_is_read_again_as_a_clock():
    found = read_published(published(durham())["deadlines"])

    assert found.in_words == ()
    assert {rule.clock: rule.limit for _, rule in found.rules} == {
        rule.clock: rule.limit for rule in durham().clocks
    }


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
        "hold_review": {"from": "threshold_met", "next_meeting_of": "ASBRAC"},
        "other": [{"name": "pack_out", "n": -2, "unit": "working_days", "from": "meeting"}],
    }
