"""Three actions by keyboard alone, each in under 15 seconds at six keys a second."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cases import make_case
from tests.journeys.chair import Chair
from tests.journeys.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journeys")]

KEYS_A_SECOND = 6
LONGEST = 15  # seconds
MOST_TABS = 15
ACTIONS = (
    ("Fit new safety glass at a time she chooses", "Tom", "friday", "by Friday "),
    ("Record the report of 2 November as a hate crime", "Sgt", "3 weeks", "by "),
    ("Correct log HC-44817 and tell the coordinator", "Marie", "", "by Tuesday 26 January 2027"),
)


class Keyboard:
    """The keys that somebody presses, each counted; a capital letter is two."""

    def __init__(self, chair: Chair) -> None:
        self._page = chair.page
        self.count = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key)
            self.count += 2 if len(key) == 1 and key.isupper() else 1

    def tab_to(self, selector: str) -> None:
        for _ in range(MOST_TABS):
            if self._page.locator(f"{selector}:focus").count():
                return
            self.press("Tab")
        pytest.fail(f"{selector} is not reached by {MOST_TABS} tabs")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_three_actions_are_recorded_by_keyboard_in_under_15_seconds_each(
    server: Server, meet: Callable[..., Any], script: bool
):
    reference = make_case(server.app, stage="reviewing")
    chair = meet(Chair, "chair@chairs.example", script=script)
    chair.sign_in()
    chair.open_case(reference, "meeting/run")

    for number, (what, owner, day, said_back) in enumerate(ACTIONS, start=1):
        keyboard = Keyboard(chair)
        keyboard.tab_to("#what")
        keyboard.press(*what, "Tab", *owner)
        if day:
            keyboard.tab_to("#due_text")
            keyboard.press(*day)
        else:
            keyboard.tab_to("#due")
            keyboard.press("Space")
            keyboard.tab_to(".app-quick button")
        with chair.page.expect_navigation():
            keyboard.press("Enter")

        assert chair.saved.startswith(f"Action {number} added, {said_back}"), chair.main
        assert keyboard.count / KEYS_A_SECOND < LONGEST, f"{keyboard.count} keys"
    chair.look()
    chair.sees(*(what for what, *_ in ACTIONS), "Tom Beddoes, Tollgate Homes", "Marie Castell")
