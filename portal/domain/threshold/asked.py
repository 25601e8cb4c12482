"""Which facts a rule has to be told besides the reports: the page of the decision asks them."""

from collections.abc import Iterator

from portal.domain.threshold.rules import ResponseTest, Route, Rules


def facts_asked(rules: Rules) -> frozenset[str]:
    """Return the names in ``Answers`` of what some route of the rule asks for."""
    return frozenset(name for route in rules.routes for name in _of_route(route))


def _of_route(route: Route) -> Iterator[str]:
    if route.response is ResponseTest.DISSATISFIED:
        yield "is_dissatisfied"
    elif route.response is not None:
        yield "response"
    states = {
        "is_ongoing": route.ongoing,
        "is_closed": route.investigation_closed,
        "has_further_action": route.further_action_available,
        "has_engaged": route.engaged_with_interventions,
        "is_vulnerable": route.vulnerability,
        "households_affected": route.min_households_affected,
    }
    yield from (name for name, wanted in states.items() if wanted is not None)
