import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.clocks.rules import OPTIONAL, Clock, ClockEvent, ClockRule
from portal.domain.deadlines import Limit, Unit, due_on, work_out
from portal.domain.presets import (
    Scheme,
    SchemeError,
    durham,
    from_json,
    gloucestershire,
    to_json,
)
from portal.domain.threshold.reading import read_rules

BANK_HOLIDAYS = {
    date(2026, 12, 25): "Christmas Day",
    date(2026, 12, 28): "Boxing Day, substitute day",
    date(2027, 1, 1): "New Year’s Day",
}
OFF = frozenset(BANK_HOLIDAYS)

DURHAM = {
    "acknowledge": (3, "working_days", "request_received", False, None),
    "agency_return": (5, "working_days", "information_requested", False, None),
    "threshold_decision": (10, "working_days", "request_received", False, None),
    "meeting": (10, "working_days", "threshold_decided", False, None),
    "pack_out": (2, "working_days", "meeting", True, None),
    "action_plan": (5, "working_days", "meeting_closed", False, None),
    "appeal_threshold": (14, "days", "decision_notice_sent", False, None),
    "appeal_conduct": (14, "days", "plan_completed", False, "plan_issued"),
    "appeal_sift": (14, "days", "appeal_received", False, None),
    "appeal_outcome": (14, "days", "hearing_held", False, None),
    "feedback": (8, "weeks", "case_closed", False, None),
}
GLOUCESTERSHIRE = DURHAM | {
    "acknowledge": (1, "weeks", "request_received", False, None),
    "threshold_decision": (3, "weeks", "request_received", False, None),
    "meeting": (4, "weeks", "request_received", False, None),
    "action_plan": (1, "weeks", "meeting_closed", False, None),
}

REQUIRED = [clock for clock in Clock if clock not in OPTIONAL]

texts = st.text(min_size=1, max_size=50).filter(str.strip)
limits = st.builds(Limit, st.integers(1, 1000), st.sampled_from(Unit))


def rules_of(scheme):
    return {
        rule.clock: (
            rule.limit.number,
            rule.limit.unit,
            *rule.starts_from,
            rule.before,
            rule.opens_from,
        )
        for rule in scheme.clocks
    }


def rules_for(clock):
    return st.builds(
        ClockRule,
        st.just(clock),
        limits,
        st.lists(st.sampled_from(ClockEvent), min_size=1, max_size=3).map(tuple),
        texts,
        st.booleans(),
        st.none() | st.sampled_from(ClockEvent),
        st.just(""),
    ) | st.builds(
        ClockRule,
        st.just(clock),
        st.none() | limits,
        st.just((ClockEvent.REQUEST_RECEIVED,)),
        texts,
        next_meeting=texts,
    )


schemes = st.builds(
    Scheme,
    texts,
    st.tuples(*(rules_for(clock) for clock in Clock)),
    st.sampled_from([durham().threshold, gloucestershire().threshold]),
    st.none() | limits.filter(lambda limit: limit.unit is not Unit.HOURS),
)


@pytest.mark.parametrize(
    ("scheme", "expected"), [(durham(), DURHAM), (gloucestershire(), GLOUCESTERSHIRE)]
)
def test_shipped_scheme_has_the_clocks_of_its_area(scheme, expected):
    assert rules_of(scheme) == expected
    assert [rule.clock for rule in scheme.clocks] == REQUIRED


@pytest.mark.parametrize("scheme", [durham(), gloucestershire()])
def test_every_rule_says_where_it_comes_from(scheme):
    for rule in scheme.clocks:
        assert rule.source.startswith("The published")
        assert rule.source.endswith(".")


def test_durham_request_before_christmas_runs_to_the_plan_on_26_january():
    scheme = durham()

    decided = due_on(date(2026, 12, 17), scheme.rule(Clock.THRESHOLD_DECISION).limit, OFF)
    met = due_on(decided, scheme.rule(Clock.MEETING).limit, OFF)
    planned = due_on(met, scheme.rule(Clock.ACTION_PLAN).limit, OFF)

    assert (decided, met, planned) == (date(2027, 1, 5), date(2027, 1, 19), date(2027, 1, 26))


def test_pack_for_a_meeting_on_tuesday_goes_out_by_friday():
    rule = durham().rule(Clock.PACK_OUT)

    working = work_out(
        date(2027, 1, 19), rule.starts_from[0].label, rule.limit, BANK_HOLIDAYS, before=rule.before
    )

    assert working.due == date(2027, 1, 15)
    assert working.sentences()[0] == "Meeting on Tuesday 19 January 2027."


def test_event_begins_a_sentence():
    assert ClockEvent.DECISION_NOTICE_SENT.label == "Decision notice sent"


@given(schemes)
def test_stored_scheme_is_read_back_as_it_was(scheme):
    assert from_json(json.loads(json.dumps(to_json(scheme)))) == scheme


def test_order_of_stored_clocks_does_not_matter():
    stored = to_json(durham())
    stored["clocks"].reverse()

    assert from_json(stored) == durham()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"limit": {"number": 0, "unit": "days"}},
            "The number of the clock “Acknowledge the request” must be a whole number from 1 to",
        ),
        ({"limit": {"number": -1, "unit": "days"}}, "The number of the clock"),
        ({"limit": {"number": True, "unit": "days"}}, "The number of the clock"),
        ({"limit": {"number": "3", "unit": "days"}}, "The number of the clock"),
        ({"limit": {"number": 1.5, "unit": "days"}}, "The number of the clock"),
        ({"limit": {"number": 10**30, "unit": "days"}}, "The number of the clock"),
        ({"limit": {"number": None, "unit": "days"}}, "The number of the clock"),
        (
            {"limit": {"number": 3, "unit": "fortnights"}},
            "must be one of: hours, working_days, days,",
        ),
        ({"limit": None}, "The limit of the clock “Acknowledge the request” must have a number"),
        ({"limit": 3}, "The limit of the clock “Acknowledge the request” must have a number"),
        (
            {"limit": {"number": 3, "unit": ["days"]}},
            "The unit of the clock “Acknowledge the request” must be one of",
        ),
        (
            {"starts_from": ["never"]},
            "The event of the clock “Acknowledge the request” must be one of",
        ),
        (
            {"starts_from": "acknowledged"},
            "The event of the clock “Acknowledge the request” must be one of",
        ),
        ({"starts_from": []}, "The event of the clock “Acknowledge the request” must be one of"),
        ({"next_meeting": 7}, "The meeting of the clock “Acknowledge the request” must be text"),
        (
            {"opens_from": "never"},
            "The opening event of the clock “Acknowledge the request” must be one of",
        ),
        (
            {"opens_from": ""},
            "The opening event of the clock “Acknowledge the request” must be one of",
        ),
        ({"source": " "}, "The source of the clock “Acknowledge the request” must be text"),
        ({"source": "x" * 501}, "The source of the clock “Acknowledge the request” must be text"),
        ({"before": "no"}, "counted back must be true or false."),
        ({"clock": "lunch"}, "The name of clock 1 must be one of: acknowledge,"),
    ],
)
def test_wrong_rule_is_refused_with_a_sentence(change, sentence):
    stored = to_json(durham())
    stored["clocks"][0] |= change

    with pytest.raises(SchemeError) as refused:
        from_json(stored)

    assert sentence in refused.value.sentences[0]
    assert len(refused.value.sentences) == (2 if "clock" in change else 1)


@pytest.mark.parametrize("stored", [None, [], "durham", 3])
def test_what_is_no_scheme_at_all_is_refused(stored):
    with pytest.raises(SchemeError, match="A scheme must have a name, clocks and a threshold"):
        from_json(stored)


def test_a_letter_does_not_count_as_received_after_hours():
    stored = to_json(durham()) | {"deemed_receipt": {"number": 48, "unit": "hours"}}

    with pytest.raises(SchemeError, match="counts as received is counted in days, not in hours"):
        from_json(stored)


@pytest.mark.parametrize("threshold", [None, [], "three", 3])
def test_a_threshold_that_is_no_rule_is_refused(threshold):
    with pytest.raises(SchemeError, match="The threshold must be a rule with its routes"):
        from_json(to_json(durham()) | {"threshold": threshold})


@pytest.mark.parametrize("scheme", [durham(), gloucestershire()])
def test_a_shipped_threshold_is_computed_but_for_what_a_person_weighs(scheme):
    rules = read_rules(scheme.threshold)

    assert [held.key for held in rules.held] == ["factors"]
    assert rules.floor.number == 3


def test_everything_wrong_is_said_at_once():
    with pytest.raises(SchemeError) as refused:
        from_json({"clocks": ["x"]})

    assert len(refused.value.sentences) == 3 + len(REQUIRED)
    assert refused.value.sentences[1] == "Clock 1 must have a limit and an event."
    assert "The clock “Packs out” is missing." in refused.value.sentences


def test_clock_named_twice_is_refused():
    stored = to_json(durham())
    stored["clocks"].append(stored["clocks"][0])

    with pytest.raises(SchemeError, match="“Acknowledge the request” is there more than once"):
        from_json(stored)
