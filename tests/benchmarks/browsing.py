"""A browser for load: one kept connection, one cookie, the hidden fields of a form."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode

TIMEOUT_SECONDS = 60


class Unanswered(Exception):  # noqa: N818  # says what happened
    """The page that came is not the one that was asked for."""


@dataclass
class Form:
    """A form with what it sends by itself."""

    hidden: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "form":
            self.forms.append(Form())
        elif tag == "input" and named.get("type") == "hidden" and self.forms:
            self.forms[-1].hidden[named["name"] or ""] = named.get("value") or ""


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took."""

    method: str
    path: str
    status: int
    location: str
    text: str = field(repr=False)
    milliseconds: float

    def form(self, name: str) -> Form:
        """Return the form of the page that has this hidden field."""
        parser = _Forms()
        parser.feed(self.text)
        for form in parser.forms:
            if name in form.hidden:
                return form
        raise Unanswered(f"{self.method} {self.path}: {self.status}, and no form with {name}")


class Browser:
    """One person's browser on this computer."""

    def __init__(self, port: int, note: Callable[[Answer], None]) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        self._note = note
        self._cookie = ""

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, typed: dict[str, str]) -> Answer:
        """Send a form; the answer is not followed."""
        return self._ask("POST", path, urlencode(typed))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": self._cookie} if self._cookie else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        took = (time.perf_counter() - began) * 1000
        for line in response.headers.get_all("Set-Cookie") or ():
            if line.startswith("portal="):
                self._cookie = line.partition(";")[0]
        answer = Answer(
            method, path, response.status, response.headers.get("Location", ""), text, took
        )
        # The texts of thousands of pages would fill the memory.
        self._note(Answer(method, path, answer.status, answer.location, "", took))
        return answer
