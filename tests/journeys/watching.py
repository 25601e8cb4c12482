"""What every page has to hold, whoever looks at it."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 375, "height": 800}
_AXE = Axe()
_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RULES = {"runOnly": {"type": "tag", "values": _LEVELS}, "resultTypes": ["violations"]}
# Tokens and the time: a page that differs in nothing else has been looked at.
_CHANGES_EACH_TIME = re.compile(
    r'<input type="hidden"[^>]*>|data-(?:now|idle-ends-at)="[^"]*"|The clock of this[^<]*'
)
# Chromium calls every refusal an error; the tests look at them where they happen.
_REFUSALS = tuple(f"the server responded with a status of {code}" for code in (403, 404, 409, 422))


class Watch:
    """Looks over a person's shoulder: accessibility, console, origin, small screens."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self._origin = origin
        self._seen: set[str] = set()
        self.faults: list[str] = []
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"Script: {error.error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith(f"{self._origin}/"):
            self.faults.append(f"A request left the portal: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(each in message.text for each in _REFUSALS):
            self.faults.append(f"Console: {message.text}")

    def look(self, page: Page) -> None:
        """Check the page as it stands; a page that has been looked at is not looked at again."""
        looks = _CHANGES_EACH_TIME.sub("", page.locator("body").inner_html())
        if looks not in self._seen:
            self._seen.add(looks)
            self._accessible(page)
            self._fits(page)
        assert not self.faults, "\n".join([page.url, *self.faults])

    def _accessible(self, page: Page) -> None:
        found = _AXE.run(page, options=_RULES)
        for violation in found.response["violations"]:
            self.faults.append(f"axe: {_sentence(violation)}")

    def _fits(self, page: Page) -> None:
        page.set_viewport_size(NARROW)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW["width"]:
            widest = page.evaluate(_WIDEST)
            self.faults.append(f"At 375 pixels the page is {width} wide: {widest}")
        page.set_viewport_size(WIDE)


_WIDEST = """() => [...document.body.querySelectorAll("*")]
    .filter((each) => each.getBoundingClientRect().right > 375.5)
    .map((each) => each.outerHTML.slice(0, 90))
    .slice(-3)"""


def _sentence(violation: dict[str, Any]) -> str:
    where = [node["html"][:160] for node in violation["nodes"][:3]]
    return f"{violation['id']}, {violation['help']}: {where}"
