"""A browser for tests: every page it gets is checked as a person with a screen reader would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask, has_app_context
from werkzeug.test import TestResponse

Fields = dict[str, list[Any]]

_TYPED = {"input", "select", "textarea"}
_WITHOUT_LABEL = {"hidden", "submit", "button", "image"}
_FOCUSABLE = _TYPED | {"button", "summary"}


@dataclass(frozen=True)
class Button:
    """What a button of a form sends besides its fields, and where to."""

    fields: Fields
    action: str


@dataclass(frozen=True)
class Form:
    """A form as it stands on a page, with what would be sent if nobody touched it."""

    action: str
    method: str
    fields: Fields
    names: frozenset[str]
    buttons: dict[str, Button]
    is_in_main: bool

    @property
    def first_button(self) -> str:
        return next(iter(self.buttons))

    @property
    def entered_at(self) -> str:
        """Where it goes when Enter is pressed: to where its first button sends it."""
        return self.buttons[self.first_button].action if self.buttons else self.action


class Page:
    """An answer. ``errors`` are pairs of sentence and link from the summary at the top."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.path = response.request.full_path.rstrip("?")
        self.data = response.get_data()
        self.is_html = response.mimetype == "text/html" and bool(self.data)

    @property
    def location(self) -> str | None:
        return self.response.headers.get("Location")

    @cached_property
    def html(self) -> str:
        return self.data.decode()

    @cached_property
    def tree(self) -> Element:
        """The document; refuses what a browser would have to repair."""
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tree: Element = parser.parse(self.html)
        return tree

    @cached_property
    def text(self) -> str:
        """All that can be read on the page, with single spaces."""
        body = self.tree.find("body")
        assert body is not None
        return text_of(body)

    @cached_property
    def main(self) -> str:
        """What can be read between header and footer."""
        return text_of(self._one("main"))

    @property
    def title(self) -> str:
        return text_of(self._one("title"))

    @property
    def h1(self) -> str:
        return text_of(self._one("h1"))

    @cached_property
    def errors(self) -> list[tuple[str, str]]:
        return [
            (text_of(link), link.get("href", ""))
            for summary in self.with_class("govuk-error-summary")
            for link in summary.iter("a")
        ]

    @cached_property
    def saved(self) -> str | None:
        """The sentence of the green banner, if there is one."""
        for banner in self.with_class("govuk-notification-banner--success"):
            for heading in self.with_class("govuk-notification-banner__heading", banner):
                return text_of(heading)
        return None

    @cached_property
    def links(self) -> dict[str, str]:
        return {text_of(a): a.get("href", "") for a in self.tree.iter("a")}

    @cached_property
    def forms(self) -> list[Form]:
        in_main = set(self._one("main").iter("form"))
        return [self._form(each, each in in_main) for each in self.tree.iter("form")]

    def form_with(self, names: set[str], button: str | None = None) -> Form:
        """The one form of the page that has these fields, and this button if one is named."""
        fitting = [
            form
            for form in self.forms
            if names <= form.names
            and (button in form.buttons if button else form.is_in_main and form.method == "post")
        ]
        assert len(fitting) == 1, (
            f"{self.path} has {len(fitting)} forms with {sorted(names)}, button {button}; "
            f"it has {[(list(form.buttons), sorted(form.names)) for form in self.forms]}"
        )
        return fitting[0]

    def _form(self, form: Element, is_in_main: bool) -> Form:
        fields: Fields = {}
        names = set()
        buttons: dict[str, Button] = {}
        action = form.get("action") or self.path
        for control in self._controls(form):
            name = control.get("name")
            if control.tag == "button":
                own = {name: [control.get("value", "")]} if name is not None else {}
                buttons[text_of(control)] = Button(own, control.get("formaction") or action)
            if control.tag not in _TYPED or name is None or control.get("disabled") is not None:
                continue
            names.add(name)
            fields.setdefault(name, []).extend(_filled_in(control))
        return Form(
            action=action,
            method=form.get("method", "get").lower(),
            fields={name: values for name, values in fields.items() if values},
            names=frozenset(names),
            buttons=buttons,
            is_in_main=is_in_main,
        )

    def _controls(self, form: Element) -> Iterator[Element]:
        """Yield what belongs to a form, in the order of the page: also from outside by its id."""
        own, key = set(form.iter()), form.get("id")
        for each in self.tree.iter() if key else form.iter():
            if each.get("form") == key if each.get("form") else each in own:
                yield each

    def with_class(self, name: str, inside: Element | None = None) -> list[Element]:
        start = self.tree if inside is None else inside
        return [each for each in start.iter() if name in each.get("class", "").split()]

    def by_id(self, key: str) -> Element | None:
        return next((each for each in self.tree.iter() if each.get("id") == key), None)

    def _one(self, tag: str) -> Element:
        found = list(self.tree.iter(tag))
        assert len(found) == 1, f"{self.path} has {len(found)} <{tag}>"
        return found[0]

    def check(self) -> None:
        """Fail where the page would mislead somebody."""
        where = f"{self.path}: "
        assert self.h1, where + "the h1 is empty"
        ids = Counter(each.get("id") for each in self.tree.iter() if each.get("id") is not None)
        assert not [key for key, count in ids.items() if count > 1], where + f"ids twice: {ids}"
        assert self.title.startswith("Error: ") == bool(self.errors), where + self.title
        if self.errors:
            assert self.status in {409, 422}, where + f"errors with status {self.status}"
        for sentence, href in self.errors:
            target = self.by_id(href.removeprefix("#"))
            assert target is not None, where + f"“{sentence}” leads nowhere: {href}"
            assert _is_focusable(target), where + f"{href} cannot take the focus"
        for control in self.tree.iter():
            if control.tag in _TYPED and control.get("type") not in _WITHOUT_LABEL:
                assert self._label_of(control), where + f"no label: {control.attrib}"

    def _label_of(self, control: Element) -> str:
        named = control.get("aria-label")
        if named:
            return named
        wanted = control.get("id")
        return " ".join(
            text_of(label)
            for label in self.tree.iter("label")
            if (wanted and label.get("for") == wanted) or control in set(label.iter())
        )


def text_of(element: Element) -> str:
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element) -> list[str]:
    if element.tag in {"script", "style"}:
        return []
    found = [element.text or ""] if isinstance(element.tag, str) else []
    for child in element:
        found += [*_texts(child), child.tail or ""]
    return found


def _is_focusable(element: Element) -> bool:
    if element.tag in _TYPED:
        return element.get("type") != "hidden" and element.get("disabled") is None
    return (
        element.tag in _FOCUSABLE
        or element.get("tabindex") is not None
        or (element.tag == "a" and element.get("href") is not None)
    )


def _filled_in(control: Element) -> list[str]:
    if control.tag == "textarea":
        return ["".join(control.itertext()).removeprefix("\n")]
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [each for each in options if each.get("selected") is not None] or options[:1]
        return [each.get("value", text_of(each)) for each in chosen]
    kind = control.get("type", "text")
    if kind in {"checkbox", "radio"}:
        return [control.get("value", "on")] if control.get("checked") is not None else []
    return [] if kind in {"file", "submit"} else [control.get("value", "")]


@dataclass
class Client:
    """Somebody at a browser of their own."""

    app: Flask
    address: str = "127.0.0.1"
    sent: list[Page] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.browser = self.app.test_client()

    def get(self, path: str, /, **options: Any) -> Page:
        """Open a page; redirects are not followed."""
        return self._open(path, method="GET", **options)

    def post(self, path: str, /, **fields: Any) -> Page:
        """Open a page, fill in its form and send it; what is not named stays as it was."""
        page = self.get(path)
        assert page.status == 200, f"{path} answered {page.status}, {page.location}"
        return self.submit(page, **fields)

    def submit(self, page: Page, /, **fields: Any) -> Page:
        """Fill in the form of a page that was got before, and send it.

        A value may be a text, a list of texts, a file as (stream, name), or None to leave it out.
        """
        form = page.form_with(set(fields))
        return self._send(form, fields, form.entered_at)

    def press(self, page: Page, button: str, /, **fields: Any) -> Page:
        """Press a button by its words, wherever on the page it is."""
        form = page.form_with(set(fields), button)
        pressed = form.buttons[button]
        return self._send(form, pressed.fields | fields, pressed.action)

    def send(self, path: str, /, data: dict[str, Any], **options: Any) -> Page:
        """Post what no page offered, as an attacker would."""
        return self._open(path, method="POST", data=data, **options)

    def follow(self, page: Page) -> Page:
        """Open the page that an answer leads to."""
        assert page.location, f"{page.path} leads nowhere: {page.status}"
        target = urlsplit(page.location)
        assert target.netloc in {"", "localhost"}, page.location
        return self.get(target.path + (f"?{target.query}" if target.query else ""))

    @property
    def cookie(self) -> str:
        """The session's cookie, empty if there is none."""
        held = self.browser.get_cookie("portal")
        return held.value if held else ""

    @cookie.setter
    def cookie(self, value: str) -> None:
        self.browser.set_cookie("portal", value)

    @property
    def is_signed_in(self) -> bool:
        page = self.get("/account")
        assert page.status == 200 or (page.location or "").startswith("/sign-in"), page.h1
        return page.status == 200

    def _send(self, form: Form, fields: dict[str, Any], action: str) -> Page:
        data: dict[str, Any] = form.fields | fields
        data = {name: value for name, value in data.items() if value is not None}
        return self._open(action, method=form.method.upper(), data=data)

    def _open(self, path: str, **options: Any) -> Page:
        # The app's context would be shared by all requests, and with it who is signed in.
        assert not has_app_context(), "Leave the app's context before a client asks for a page."
        options.setdefault("environ_overrides", {"REMOTE_ADDR": self.address})
        page = Page(self.browser.open(path, **options))
        if page.is_html:
            page.check()
        return page
