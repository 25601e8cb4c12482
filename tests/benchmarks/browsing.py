"""A browser for load: one kept connection, one cookie, the hidden fields of a form."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode

TIMEOUT_SECONDS = 60
_FORM = "application/x-www-form-urlencoded"
_BOUNDARY = "between-the-parts-of-a-form"


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
    content: bytes = field(repr=False)
    milliseconds: float

    @property
    def text(self) -> str:
        """Return what came back as the text of a page."""
        return self.content.decode(errors="replace")

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

    def __init__(self, port: int, note: Callable[[Answer], None], cookie: str = "") -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        self._port, self._note, self._cookie = port, note, cookie

    def afresh(self, note: Callable[[Answer], None]) -> "Browser":
        """Return the same person's browser on a connection of its own."""
        return Browser(self._port, note, self._cookie)

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, typed: dict[str, str]) -> Answer:
        """Send a form; the answer is not followed."""
        return self._ask("POST", path, urlencode(typed).encode())

    def upload(self, path: str, typed: dict[str, str], file: bytes) -> Answer:
        """Send a form with a Word file in its field “file”."""
        named = [(f'"{name}"', value.encode()) for name, value in typed.items()]
        body = b"".join(
            f"--{_BOUNDARY}\r\nContent-Disposition: form-data; name={name}\r\n\r\n".encode()
            + value
            + b"\r\n"
            for name, value in [*named, ('"file"; filename="own.docx"', file)]
        )
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        return self._ask("POST", path, body + f"--{_BOUNDARY}--\r\n".encode(), kind)

    def _ask(self, method: str, path: str, body: bytes | None, kind: str = _FORM) -> Answer:
        headers = {"Cookie": self._cookie} if self._cookie else {}
        if body is not None:
            headers["Content-Type"] = kind
        began = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        took = (time.perf_counter() - began) * 1000
        for line in response.headers.get_all("Set-Cookie") or ():
            if line.startswith("portal="):
                self._cookie = line.partition(";")[0]
        answer = Answer(
            method, path, response.status, response.headers.get("Location", ""), content, took
        )
        # The texts of thousands of pages would fill the memory.
        self._note(Answer(method, path, answer.status, answer.location, b"", took))
        return answer
