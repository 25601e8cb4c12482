"""Looking a case up, with and without script: home, a list, a filter, a search."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.cases import acknowledged_case, seat_police
from tests.journeys.conftest import Server
from tests.journeys.people import AgencyRepresentative, Coordinator

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journeys")]


@pytest.mark.parametrize("script", [True, False])
def test_a_case_is_looked_up_in_lists_and_by_words(
    server: Server, meet: Callable[..., Any], script: bool
):
    reference = acknowledged_case(server)
    seat_police(server, reference)
    coordinator = meet(Coordinator, "coordinator@wharrow-lpb.example", script=script)
    police = meet(AgencyRepresentative, "police@wharrow-police.example", script=script)

    coordinator.sign_in()
    coordinator.sees("What is waiting for you", reference)
    coordinator.press("Cases")
    coordinator.select("Stage", "Checking reports")
    coordinator.press("Show cases")
    coordinator.sees(reference)
    coordinator.press("Closed")
    assert reference not in coordinator.main

    police.sign_in()
    police.press("Search")
    police.press("Find cases")
    assert police.errors == [("Enter a name, place, postcode or reference", "#q")]
    police.type("Name, place, postcode or reference", reference.removeprefix("ACR-").lower())
    police.press("Find cases")
    police.sees(reference)
