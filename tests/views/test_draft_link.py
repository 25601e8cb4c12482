"""The link to a saved request: sent where email is safe, and worth nothing without the code."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.mail.deliver import send_next
from portal.models.outbox import OutboxMessage
from tests import cases, noor
from tests.pages import Client

DOOR = unscoped("a test looks")
BY_EMAIL = {"ways": ["email"], "email": "noor@home.example"}


class Kept:
    """A mail server that keeps what it gets."""

    def __init__(self):
        self.got = []

    def send(self, message):
        self.got.append(message)


@pytest.fixture
def post(app, clock):
    """Have all that is due sent; return what left."""

    def send():
        server = Kept()
        with app.app_context():
            while send_next(clock, server, "no-reply@portal.example"):
                pass
        return server.got

    return send


@pytest.fixture(autouse=True)
def _on_a_thursday_evening(clock):
    clock.at = noor.AT


def saved(visitor, **reach):
    """A draft with how it is safe to reach her; returns its number and code, and the page."""
    _, both = noor.begun(visitor)
    page = visitor.press(visitor.get("/request/reach"), "Save and come back later", **reach)
    return both, visitor.follow(page)


def link_in(message):
    return message.body.partition("Open: http://")[2].partition("/")[2].split()[0]


def test_the_link_asks_for_the_code_and_ends_with_a_newer_one(visitor, people, app, clock, post):
    both, page = saved(visitor, **BY_EMAIL)
    visitor.press(page, "Send me the link")
    (message,) = post()
    assert (message.receiver, message.subject) == ("noor@home.example", both["reference"])
    # Fourteen days after Thursday 17 December.
    assert "Thursday 31 December 2026" in message.body
    assert "Noor" not in message.body

    link = f"/{link_in(message)}"
    other = Client(app)
    asked = other.get(link)
    assert asked.response.headers["Referrer-Policy"] == "no-referrer"
    assert both["reference"] not in asked.html
    wrong = other.submit(asked, code="2345678923")
    unknown = other.post("/request/continue/nobody-has-this-link", code=both["code"])
    assert wrong.errors == unknown.errors != []
    assert other.submit(asked, code=both["code"]).location == "/request/check"

    clock.advance(minutes=61)
    opened = visitor.post("/request/continue", **both)
    assert opened.location == "/request/check"
    visitor.press(visitor.get("/request/later"), "Send me the link")
    (newer,) = post()
    assert Client(app).post(link, code=both["code"]).errors == wrong.errors
    assert Client(app).post(f"/{link_in(newer)}", code=both["code"]).status == 303

    # Email is not safe any more: nothing that was sent there opens it.
    visitor.press(
        visitor.get("/request/reach"), "Save and continue", ways=["phone"], phone="01632 960 188"
    )
    assert Client(app).post(f"/{link_in(newer)}", code=both["code"]).errors == wrong.errors


def test_one_address_gets_one_message_an_hour_of_all_drafts(visitor, people, app, clock, post, as_):
    _, page = saved(visitor, **BY_EMAIL)
    first = visitor.press(page, "Send me the link")
    stranger = Client(app)
    both, _ = saved(stranger, ways=["email"], email="Noor@home.example")
    clock.advance(minutes=50)  # into the next hour of the clock
    stranger.post("/request/continue", **both)
    second = stranger.press(stranger.get("/request/later"), "Send me the link")

    assert first.status == second.status == 200
    assert "is on its way" in second.main
    assert len(post()) == 1
    page = as_(cases.COORDINATOR).get("/post/undelivered")
    assert "noor@home.example" not in page.html.lower()


def test_no_link_where_email_is_not_said_to_be_safe(visitor, people, scalars):
    _, page = saved(visitor, ways=["phone"], phone="01632 960 188", email="noor@home.example")

    assert "Send me the link" not in page.main
    assert scalars(sa.select(OutboxMessage).execution_options(**DOOR)) == []


def test_who_takes_the_address_back_meanwhile_is_not_told_that_a_link_is_on_its_way(
    visitor, people
):
    _, page = saved(visitor, **BY_EMAIL)
    by_phone = {"ways": ["phone"], "phone": "01632 960 188"}
    visitor.press(visitor.get("/request/reach"), "Save and continue", **by_phone)

    assert "on its way" not in visitor.press(page, "Send me the link").main
