"""The end of a sign-in, staying signed in, the back button, and impatient fingers."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.cases import NAME, SUMMARY, acknowledged_case, seat_police
from tests.journeys.conftest import Server
from tests.journeys.people import AgencyRepresentative, Coordinator

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journeys")]

COORDINATOR = "coordinator@wharrow-lpb.example"
WARNING = "You will be signed out in 2 minutes"


@pytest.fixture
def coordinator(meet: Callable[..., Any]) -> Coordinator:
    """Signed in, at a browser whose clock can be moved on."""
    person = meet(Coordinator, COORDINATOR)
    person.page.clock.install()
    person.sign_in()
    return person


def _wait(server: Server, person: Coordinator, *, minutes: float) -> None:
    """Let minutes pass, at the server and in the browser."""
    server.clock.advance(minutes=minutes)
    person.page.clock.fast_forward(int(minutes * 60_000))


def test_the_page_warns_two_minutes_before_the_end_and_one_click_is_enough_to_stay(
    server: Server, coordinator: Coordinator
):
    warning = coordinator.page.locator("#idle")
    _wait(server, coordinator, minutes=27.5)
    assert not warning.is_visible()

    _wait(server, coordinator, minutes=0.75)
    assert WARNING in warning.inner_text()
    coordinator.look()
    with coordinator.page.expect_response("**/stay") as answer:
        coordinator.named("Stay signed in").click()
    warning.wait_for(state="hidden")

    assert answer.value.status == 204
    assert coordinator.path == "/home", "The page with what was typed on it stays."
    _wait(server, coordinator, minutes=27)
    coordinator.open("/cases")
    assert coordinator.path == "/cases", "The click was 27 minutes ago."


def test_staying_keeps_what_is_typed_on_the_page(server: Server, coordinator: Coordinator):
    coordinator.open("/cases/new")
    coordinator.type("What is the case about?", "A long story, not saved yet.")
    _wait(server, coordinator, minutes=28.5)

    with coordinator.page.expect_response("**/stay"):
        coordinator.named("Stay signed in").click()
    coordinator.page.locator("#idle").wait_for(state="hidden")

    typed = coordinator.field("What is the case about?").input_value()
    assert typed == "A long story, not saved yet."


def test_who_does_not_stay_has_to_sign_in_again(server: Server, coordinator: Coordinator):
    _wait(server, coordinator, minutes=31)

    coordinator.open("/cases")

    assert coordinator.path == "/sign-in?next=/cases"


def test_the_back_button_shows_nothing_after_signing_out(server: Server, meet: Callable[..., Any]):
    reference = acknowledged_case(server)
    person = meet(Coordinator, COORDINATOR)
    person.sign_in()
    person.open_case(reference)
    person.sees(NAME, SUMMARY)
    person.sign_out()

    for _ in range(2):
        person.page.go_back()
        person.does_not_see(NAME, SUMMARY)
    assert person.path.startswith("/sign-in")


@pytest.fixture
def police(server: Server, meet: Callable[..., Any]) -> AgencyRepresentative:
    """Somebody of the police, on the page that names the readers of what they typed."""
    reference = acknowledged_case(server)
    seat_police(server, reference)
    person = meet(AgencyRepresentative, "police@wharrow-police.example")
    person.sign_in()
    person.write_item(reference, title="One visit", content="Seen.", who="Panel", told="No")
    return person


def _times_shared(person: AgencyRepresentative) -> int:
    person.page.wait_for_url("**/shared")
    person.look()
    return person.page.get_by_role("link", name="One visit", exact=True).count()


def test_a_double_click_shares_once(police: AgencyRepresentative):
    count, _ = police.readers()

    police.named(f"Share with {count} people").dblclick()

    assert _times_shared(police) == 1
    assert police.saved == f"Shared with {count} people"


def test_a_form_that_arrives_three_times_shares_once(police: AgencyRepresentative):
    # Browsers hold back most of a double click, bad networks do not.
    answers = police.page.evaluate(
        """async () => {
            const form = document.querySelector("main form");
            const typed = new URLSearchParams([...new FormData(form), ["share", "yes"]]);
            const send = () => fetch("", { method: "POST", body: typed, redirect: "manual" });
            return (await Promise.all([send(), send()])).map((each) => each.type);
        }"""
    )
    assert answers == ["opaqueredirect", "opaqueredirect"]

    count, _ = police.readers()
    police.press(f"Share with {count} people")

    assert _times_shared(police) == 1
