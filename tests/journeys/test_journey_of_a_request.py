"""Sample cases 1 to 4 from the start page to the coordinator's list, on a phone, by keyboard."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator

from tests import asking, cases, noor
from tests.file_bytes import photo
from tests.journeys.conftest import Server
from tests.journeys.people import Coordinator, Person
from tests.journeys.watching import NARROW

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journeys")]

MOST_TABS = 60
OF_SEVERNREACH = "coordinator@severnreach-lpb.example"
STEPS = {"report": "Save and add another report of this", "incident": "Save and add another time"}
NOOR = noor.ANSWERS | {
    "/request/happening": noor.ANSWERS["/request/happening"] | {"lga": "Hexley"},
    "/request/incidents/1/reports/1": noor.ANSWERS["/request/incidents/1/reports/1"]
    | {"told": "Wharrow Valley Police"},
    "/request/sharing": noor.ANSWERS["/request/sharing"] | {"bodies": ["Wharrow Valley Police"]},
}
# Area, its coordinator, what is typed, whose name the list shows, and whether scripts run.
CASES = (
    ("wharrowdale", cases.COORDINATOR, NOOR, "Noor Haddad", False),
    ("wharrowdale", cases.COORDINATOR, asking.LARCH_COURT,
     "Residents of Larch Court", True),
    ("severnreach", OF_SEVERNREACH, asking.PIKE, "Pike & Daughter Hardware", False),
    ("wharrowdale", cases.COORDINATOR, asking.GWEN, "Gwen Aldous", True),
)  # fmt: skip


class Phone:
    """Somebody with a phone and a keyboard: no mouse, no touch."""

    def __init__(self, visitor: Person, answers: asking.Typed) -> None:
        self._visitor, self._answers = visitor, answers
        self._page = visitor.page
        self._page.set_viewport_size(NARROW)

    def write_page(self) -> None:
        """Answer what stands on the page, and send it."""
        self.look()
        typed = dict(self._answers.get(self._visitor.path.partition("?")[0], {}))
        button = STEPS.get(str(typed.pop("step", "")), "")
        for name, value in typed.items():
            for each in [value] if isinstance(value, str) else value:
                self._answer(name, each)
        self.go(button or self._button())

    def go(self, name: str) -> None:
        """Go to a button or link, and press Enter."""
        self._tab_to(self._visitor.named(name).first)
        with self._page.expect_navigation():
            self._page.keyboard.press("Enter")

    def tick(self, name: str) -> None:
        """Tick a box."""
        self._tab_to(self._page.locator(f"main input[name='{name}']"))
        self._page.keyboard.press("Space")

    def look(self) -> None:
        """Have the page looked over; what a phone shows does not move sideways."""
        self._visitor.look()
        self._page.set_viewport_size(NARROW)
        width = self._page.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROW["width"], (self._visitor.path, width)

    def add_photo(self) -> None:
        """Add a photo from the check; choosing one is the phone's own dialog."""
        self.go("Add photos, letters or recordings")
        self.look()
        picture = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        self._page.locator("main input[type='file']").set_input_files([picture])
        self._answer("label", "The broken door")
        self.go("Add this file")
        self._visitor.sees("The broken door")
        self.go("Save and continue")
        self._visitor.sees("The broken door")

    def _button(self) -> str:
        is_asked = self._visitor.named("Save and continue").count()
        return "Save and continue" if is_asked else "Continue"

    def _answer(self, name: str, value: str) -> None:
        fields = self._page.locator(f"main [name='{name}']")
        kind = fields.first.get_attribute("type")
        if kind not in {"radio", "checkbox"}:
            self._tab_to(fields.first)
            self._page.keyboard.insert_text(value)
            return
        field = self._chosen(fields, name, value)
        if kind == "checkbox":
            self._tab_to(field)
            self._page.keyboard.press("Space")
            return
        self._tab_to_group(name)
        self._page.keyboard.press("Space")
        for _ in range(fields.count()):
            if not field.is_checked():
                self._page.keyboard.press("ArrowDown")
        assert field.is_checked(), (name, value)

    def _chosen(self, fields: Locator, name: str, value: str) -> Locator:
        """Return an answer by its value, or by its words where the value is a number."""
        if name in asking.NUMBERED:
            return (
                self._page.locator(f".govuk-label:has-text('{value}')")
                .locator(f"xpath=preceding-sibling::input[@name='{name}']")
                .first
            )
        return fields.and_(self._page.locator(f"[value='{value}']")).first

    def _tab_to(self, target: Locator) -> None:
        handle = target.element_handle()
        for _ in range(MOST_TABS):
            if handle.evaluate("each => each === document.activeElement"):
                return
            self._page.keyboard.press("Tab")
        pytest.fail(f"{target} is not reached by {MOST_TABS} tabs on {self._page.url}")

    def _tab_to_group(self, name: str) -> None:
        for _ in range(MOST_TABS):
            if self._page.locator(f"[name='{name}']:focus").count():
                return
            self._page.keyboard.press("Tab")
        pytest.fail(f"{name} is not reached by {MOST_TABS} tabs on {self._page.url}")


@pytest.mark.parametrize(
    ("area", "email", "answers", "name", "script"),
    CASES,
    ids=["Noor Haddad", "Larch Court", "Pike & Daughter", "Gwen Aldous"],
)
def test_from_the_start_page_to_the_coordinators_list(
    server: Server, meet: Callable[..., Any], area, email, answers, name, script
):
    # ``SWAP_SCRIPT=yes`` turns it round: with scripts where there are none, and the other way.
    script = script != bool(os.environ.get("SWAP_SCRIPT"))
    visitor: Person = meet(Person, "nobody@home.example", script=script)
    phone = Phone(visitor, answers)
    visitor.open(f"/start/{area}")
    visitor.page.set_viewport_size(NARROW)
    phone.go("Start now")
    phone.look()
    phone.go("Start")
    while visitor.path != "/request/check":
        if visitor.path.startswith("/request/saved"):
            phone.look()
            phone.go("Go on")
            continue
        phone.write_page()
    phone.look()
    if answers is NOOR:
        phone.add_photo()
    phone.tick("is_true")
    phone.go("Send the request")
    assert visitor.h1 == "Request sent"
    phone.look()
    reference = visitor.page.locator(".govuk-panel__body strong").inner_text()

    coordinator: Coordinator = meet(Coordinator, email, script=False)
    coordinator.sign_in()
    coordinator.open("/cases")
    coordinator.sees(reference, name)
