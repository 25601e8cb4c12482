"""Which facts the page of the decision asks for, by what the routes of a rule say."""

import pytest

from portal.domain.threshold.asked import facts_asked
from portal.domain.threshold.preset_rules import DURHAM, GLOUCESTERSHIRE
from portal.domain.threshold.reading import read_rules


def _asked(*routes):
    stored = {
        "any_of": [{"id": f"{n}", "decision": "must"} | each for n, each in enumerate(routes)]
    }
    return facts_asked(read_rules(stored))


def test_durham_asks_what_was_done_and_gloucestershire_nothing():
    assert facts_asked(read_rules(DURHAM)) == {"response"}
    assert facts_asked(read_rules(GLOUCESTERSHIRE)) == frozenset()


@pytest.mark.parametrize(
    ("key", "value", "name"),
    [
        ("response", "dissatisfied", "is_dissatisfied"),
        ("response", "no_effective", "response"),
        ("ongoing", True, "is_ongoing"),
        ("investigation_closed", True, "is_closed"),
        ("further_action_available", False, "has_further_action"),
        ("engaged_with_interventions", True, "has_engaged"),
        ("vulnerability", True, "is_vulnerable"),
        ("min_households_affected", 2, "households_affected"),
    ],
)
def test_a_fact_is_asked_for_where_one_route_asks_for_it(key, value, name):
    assert _asked({"min_reports": 3}, {"min_reports": 1, key: value}) == {name}
