"""Every key that a rule states is computed or held in words; none is lost, whoever wrote it."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.threshold.advice import advise
from portal.domain.threshold.reading import read_rules, stated_keys
from portal.domain.threshold.rules import Rules
from tests.domain.threshold.making import SIX_MONTHS, reports, request

# One value for each key of a route that a machine has to understand.
OF_ROUTE = {
    "id": "one",
    "decision": "must",
    "min_reports": 3,
    "distinct_incidents": True,
    "separate_dates": True,
    "same_reporter": True,
    "min_reporters": 5,
    "reporter_unit": "individual_business_or_group",
    "min_hate": 1,
    "hate_recorded_at_report": True,
    "same_problem": "same_location_culprit_or_problem",
    "window": SIX_MONTHS,
    "min_in_window": 1,
    "reported_within": {"n": 30, "unit": "days", "scope": "first"},
    "applied_within": {"n": 6, "unit": "months", "of": "latest_incident", "inclusive_start": True},
    "most_recent": {"n": 1, "unit": "months", "of": "incident"},
    "min_days_since_last_report": 8,
    "first_report_not_before": "2014-05-01",
    "response": "not_per_agency_policy",
    "ongoing": True,
    "investigation_closed": True,
    "further_action_available": True,
    "engaged_with_interventions": True,
    "harm_test": "harassment_alarm_distress",
    "behaviour": ["noise"],
    "min_households_affected": 2,
    "min_agencies": 2,
    "to": ["landlord"],
    "vulnerability": "high_risk",
    "counts": "experienced_incidents",
}
OF_COUNTING = {
    "same_incident_to_several_agencies": "case_by_case",
    "anonymous_reports_count": False,
    "diary_sheets_count": False,
    "on_site_conversation_counts": False,
    "hate_incidents_count_as_asb": True,
}


def lost(stored: object, rules: Rules) -> list[str]:
    accounted = Counter(rules.computed)
    accounted.update(f"{held.where}: {held.key}" for held in rules.held)
    return list((Counter(stated_keys(stored)) - accounted).elements())


@pytest.mark.parametrize("key", OF_ROUTE)
def test_each_key_of_a_route_is_computed_and_kept_in_its_field(key):
    rules = read_rules({"any_of": [{key: OF_ROUTE[key]}]})
    (route,) = rules.routes

    assert getattr(route, key) is not None
    assert (rules.held, len(rules.computed)) == ((), 1)


@pytest.mark.parametrize("key", OF_COUNTING)
def test_each_key_of_counting_is_computed(key):
    rules = read_rules({"counting": {key: OF_COUNTING[key]}})

    assert getattr(rules.counting, key) is not None
    assert rules.held == ()


@pytest.mark.parametrize("key", sorted(OF_ROUTE.keys() - {"id", "behaviour", "to", "harm_test"}))
@pytest.mark.parametrize("value", [[], {}, "no such word", -1, 3.5, {"n": "six"}])
def test_a_value_that_is_not_understood_is_held_and_must_be_computed(key, value):
    rules = read_rules({"any_of": [{"id": "one", key: value}]})
    (held,) = rules.held

    assert (held.key, held.must_be_computed) == (key, True)
    assert key in rules.routes[0].unknown


@pytest.mark.parametrize(
    "key",
    [
        "decided_by", "factors", "requires_names_and_addresses", "all_must_agree",
        "cumulative_effect_considered", "note",
    ],
)  # fmt: skip
def test_what_a_person_decides_is_held_in_words_and_leaves_the_route_as_it_is(key):
    rules = read_rules({"any_of": [{"id": "one", "min_reports": 1, key: "somebody"}]})
    (held,) = rules.held

    assert (held.words, held.must_be_computed) == ("somebody", False)
    assert advise(rules, request(*reports("2026-12-01"))).routes[0].is_met is True


def test_an_unknown_key_is_held_in_words_wherever_it_stands():
    rules = read_rules(
        {
            "any_of": [{"id": "one", "moon": "full"}],
            "counting": {"moon": "half"},
            "preconditions": ["moon"],
            "exclusions": ["moon", {"id": "stars", "n": 3}],
            "fallback": {"decision": "discretion", "moon": "new"},
            "floor": {"number": 3, "moon": "no"},
            "moon": {"phase": 1},
        }
    )

    assert Counter(held.where for held in rules.held) == Counter(
        {"exclusions": 2}
        | dict.fromkeys(
            ["route 1 one", "counting", "preconditions", "fallback", "floor", "moon"], 1
        )
    )
    assert not any(held.must_be_computed for held in rules.held)


def test_what_is_asked_of_every_request_is_asked_of_every_route():
    rules = read_rules({"any_of": [{"id": "one", "min_reports": 1}], "preconditions": ["ongoing"]})
    asked = request(*reports("2026-12-01"), is_ongoing=False)

    assert advise(rules, asked).routes[0].is_met is False


def test_a_precondition_that_no_machine_understands_leaves_every_route_open():
    rules = read_rules({"any_of": [{"id": "one", "min_reports": 1}], "preconditions": ["moon"]})

    assert advise(rules, request(*reports("2026-12-01"))).routes[0].is_met is None


def test_null_states_nothing():
    stored = {"any_of": [{"id": "one", "window": None}], "counting": None, "fallback": None}
    rules = read_rules(stored)

    assert list(stated_keys(stored)) == ["route 1 one: id"]
    assert (rules.computed, rules.held, rules.fallback) == (("route 1 one: id",), (), None)


scraps = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
sections = st.sampled_from(
    ["any_of", "counting", "preconditions", "exclusions", "fallback", "floor"]
)
keys = st.sampled_from([*OF_ROUTE, *OF_COUNTING, "decided_by", "number"]) | st.text(max_size=5)
contents = st.dictionaries(keys, scraps | st.sampled_from(list(OF_ROUTE.values())), max_size=5)
stored_rules = scraps | st.dictionaries(
    sections | st.text(max_size=5), scraps | contents | st.lists(contents | scraps, max_size=3)
)


@given(stored_rules)
def test_whatever_is_stored_nothing_is_lost_and_advice_is_given(stored):
    rules = read_rules(stored)

    assert lost(stored, rules) == []
    advice = advise(rules, request(*reports("2026-12-01")))
    assert [answer.route for answer in advice.routes] == list(rules.routes)
    assert all(answer.missing for answer in advice.routes if answer.is_met is None)
