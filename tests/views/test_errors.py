import logging
import re

import pytest
import sqlalchemy as sa

from portal.access import actor
from portal.db import db
from portal.models.log import LogEntry
from portal.services import health

COORDINATOR = "coordinator@wharrow-lpb.example"
AUDITOR = "auditor@wharrow-lpb.example"
SECRET = "canary-what-somebody-typed-5c1"


def _refusals(app):
    with app.app_context():
        return db.session.execute(
            sa.select(LogEntry.chain, LogEntry.outcome, LogEntry.reference, LogEntry.thing)
            .where(LogEntry.act == "refused")
            .order_by(LogEntry.id)
        ).all()


@pytest.fixture
def broken(monkeypatch):
    """A service with a fault whose message holds what somebody typed."""

    def examine(_now):
        raise ValueError(SECRET)

    monkeypatch.setattr(health, "examine", examine)


def test_a_fault_of_ours_shows_a_number_and_logs_it_without_what_people_typed(
    visitor, broken, caplog
):
    with caplog.at_level(logging.DEBUG):
        page = visitor.get("/health")

    number = re.search(r"Give this number when you tell us about it: (\w+)", page.main).group(1)
    assert (page.status, page.h1) == (500, "Something went wrong")
    assert f"Error {number}: ValueError at test_errors.py" in caplog.text
    assert SECRET not in caplog.text
    assert SECRET not in page.html


def test_each_fault_has_a_number_of_its_own(visitor, broken):
    numbers = {re.search(r"about it: (\w+)", visitor.get("/health").main)[1] for _ in range(3)}

    assert len(numbers) == 3


def test_after_a_fault_the_next_page_works(visitor, broken):
    visitor.get("/health")

    assert visitor.get("/").status == 200


@pytest.mark.parametrize("path", ["/nowhere", "/cases/", "/static/nowhere.css", "/%00", "/é/☃"])
def test_a_page_that_does_not_exist_says_so(visitor, path):
    page = visitor.get(path)

    assert (page.status, page.h1) == (404, "Page not found")


def test_a_page_that_is_only_sent_to_cannot_be_opened(visitor):
    page = visitor.get("/sign-out")

    assert (page.status, page.h1) == (405, "You cannot do this")


def test_too_much_text_at_once_gets_a_page_that_says_so(visitor):
    fields = visitor.get("/sign-in").form_with({"email"}).fields

    page = visitor.send("/sign-in", fields | {"email": "x" * (2 * 1024 * 1024)})

    assert (page.status, page.h1) == (413, "This is too much text at once")


@pytest.mark.parametrize(
    ("email", "way_on"),
    [(COORDINATOR, "your cases"), (AUDITOR, "your home page"), (None, "the start page")],
)
def test_the_way_on_from_a_page_not_found_is_one_that_the_role_has(as_, visitor, email, way_on):
    page = (as_(email) if email else visitor).get("/nowhere")

    assert f"Check the address, or go to {way_on}." in page.main


def test_an_error_page_shows_who_is_signed_in(as_):
    page = as_(COORDINATOR).get("/nowhere")

    assert page.status == 404
    assert "/home" in page.links.values()


def test_what_a_role_does_not_do_is_refused_with_a_sentence_and_logged(app, as_):
    page = as_(AUDITOR).get("/cases/new")

    assert (page.status, page.h1) == (403, "You cannot do this now")
    assert "Your role does not do this." in page.main
    assert _refusals(app) == [("area-1", "refused", "", "coordinator.type_in_case, type_in_case")]


def test_a_refusal_to_somebody_unknown_is_no_entry(app, visitor, people):
    assert visitor.get("/cases/new").status == 303
    assert _refusals(app) == []


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/sign-out", "/health"])
def test_every_answer_carries_the_headers_errors_too(visitor, path):
    headers = visitor.get(path).response.headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" in headers["Vary"]


@pytest.mark.parametrize("path", ["/home", "/", "/sign-in"])
def test_a_database_that_is_away_gets_the_same_page_with_a_number(as_, monkeypatch, caplog, path):
    client = as_(COORDINATOR)

    def away(*_):
        raise RuntimeError(SECRET)

    monkeypatch.setattr(actor, "_live", away)

    page = client.get(path)

    assert (page.status, page.h1) == (500, "Something went wrong")
    number = re.search(r"[0-9a-f]{8}", page.main).group()
    assert number in caplog.text
    assert SECRET not in page.html + caplog.text
