"""Somebody who opens every page that they are led to, and every page that others were led to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

from flask import Flask

from portal.jobs import demo_people
from tests.pages import Client

_HREF = re.compile(r'href="(/[^"]*)"')
_NO_PAGE = re.compile(r"/static/")
START = ("/", "/home", "/cases", "/account", "/sent-messages")


@dataclass
class Walker:
    """A reader's browser; ``texts`` are the pages by address, ``papers`` the Word files."""

    client: Client
    texts: dict[str, str] = field(default_factory=dict)
    papers: dict[str, bytes] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)

    def walk(self) -> None:
        """Open all that links lead to, beginning at the top."""
        waiting = list(START)
        while waiting:
            path = waiting.pop()
            if path not in self.statuses:
                waiting += self.open(path)

    def open(self, path: str) -> list[str]:
        """Open one address; return where the answer leads. Errors and redirects are read too."""
        answer = self.client.browser.get(path)
        self.statuses[path] = answer.status_code
        if "wordprocessing" in answer.mimetype or answer.mimetype == "application/pdf":
            self.papers[path] = answer.get_data()
            return []
        if answer.mimetype.startswith("image/"):
            answer.close()
            return []  # a photo of a request holds no text
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
        self.texts[path] = f"{headers}\n\n{unescape(answer.get_data(as_text=True))}"
        links = _HREF.findall(answer.get_data(as_text=True))
        if answer.location:
            links.append(answer.location)
        return [_without_fragment(unescape(each)) for each in links if not _NO_PAGE.match(each)]

    def try_all(self, paths: Iterable[str]) -> None:
        """Open addresses that nobody led this reader to."""
        for path in paths:
            if path not in self.statuses:
                self.open(path)

    @property
    def text(self) -> str:
        """All that was read."""
        return "\n".join(self.texts.values())


def _without_fragment(link: str) -> str:
    parts = urlsplit(link)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def signed_in(app: Flask, email: str) -> Walker:
    """A walker who has signed in with an account of the demonstration."""
    client = Client(app)
    form = client.get("/sign-in").form_with({"email"})
    typed = {"email": email, "passphrase": demo_people.PASSPHRASE}
    page = client.send("/sign-in", form.fields | typed)
    assert (page.status, page.location) == (303, "/home"), page.main
    return Walker(client)
