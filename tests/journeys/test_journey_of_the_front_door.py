"""From the start page to what the check advises, by keyboard, with and without script; and out."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Server
from tests.journeys.people import Person
from tests.journeys.watching import NARROW

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journeys")]

START = "/start/wharrowdale"
MOST_TABS = 25
# What is answered to each question, and what the check then says.
WAYS = (
    (("yes",), "Ring 999 now"),
    (("no", "no"), "Report it first, so that somebody can act"),
    (("no", "yes", "yes"), "It looks as if you can have a review"),
    (("no", "yes", "no", "fewer", "yes"), "You may be able to have one. You can ask."),
    (("no", "yes", "no", "fewer", "no", "service"), "A complaint may be the better way"),
    (("no", "yes", "no", "not_known", "no", "both"), "You can do both"),
)
PAGES = ("/", "/leaving", "/nowhere", *(START + page for page in (
    "", "/next", "/your-information", "/support", "/report", "/complain",
)))  # fmt: skip


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(MOST_TABS):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} is not reached by {MOST_TABS} tabs on {page.url}")


def _go(page: Page, selector: str) -> None:
    _tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _answer(page: Page, value: str) -> None:
    """Choose with Tab and the arrow keys, and send."""
    _tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    while page.locator("input[type=radio]:checked").get_attribute("value") != value:
        page.keyboard.press("ArrowDown")
    _go(page, "main form button")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_check_is_done_by_keyboard_on_a_phone(
    server: Server, meet: Callable[..., Any], script: bool
):
    visitor: Person = meet(Person, "nobody@home.example", script=script)
    page = visitor.page
    for answers, says in WAYS:
        page.set_viewport_size(NARROW)
        visitor.open(START)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.locator(".govuk-exit-this-page__button:focus").count() == 1
        _go(page, "a[href$='/check/wharrowdale/1']")
        for value in answers:
            visitor.look()
            _answer(page, value)
        visitor.look()
        assert visitor.h1 == says
        assert page.locator("main a[href^='/request/start/']").count() == 1
    page.go_back()
    assert visitor.h1 == "What is your main worry?"


def test_every_public_page_is_accessible(server: Server, meet: Callable[..., Any]):
    visitor: Person = meet(Person, "nobody@home.example")

    for path in PAGES:
        visitor.open(path)


def test_an_administrator_lists_somebody(server: Server, meet: Callable[..., Any]):
    admin: Person = meet(Person, "admin@severnreach-lpb.example")
    admin.sign_in()
    admin.press("Public pages")
    admin.press("Change what your office says")
    admin.press("Save")
    admin.press("Add somebody")
    admin.press("Save")
    assert admin.errors[0] == ("Select what people can turn to them for", "#kind")
    admin.choose("What can people turn to them for?", "Supports people")
    admin.type("Name", "Harbour Help")
    admin.type("Phone (optional)", "01632 960399")
    admin.press("Save")
    assert admin.saved == "Added to the public pages"
    admin.press("Harbour Help")


@pytest.mark.parametrize("way", ["click", "shift"])
def test_the_way_out_takes_the_page_out_of_the_history(
    server: Server, meet: Callable[..., Any], way: str
):
    page: Page = meet(Person, "nobody@home.example").page
    page.goto(START)
    page.goto("/check/wharrowdale/1")
    page.wait_for_selector(".govuk-exit-this-page__indicator", state="attached")
    # Where it leads to is not here: our own page stands for it.
    page.route("**/exit/**", lambda route: route.fulfill(body="<title>Weather</title>"))
    long = page.evaluate("history.length")

    with page.expect_navigation():
        if way == "click":
            page.get_by_role("button", name="Exit this page").click()
        else:
            for _ in range(3):
                page.keyboard.press("Shift")

    assert (page.title(), page.evaluate("history.length")) == ("Weather", long)
    page.go_back()
    assert page.url.endswith(START)
