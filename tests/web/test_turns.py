"""Files are handed out two at a time; whoever opens a page does not wait for them."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask

from portal.web import turns

WAIT_SECONDS = 10


@pytest.fixture
def busy() -> Iterator[tuple[Flask, threading.Semaphore, threading.Event]]:
    """An app with a file that takes until the event is set; the semaphore counts who is at it."""
    app, entered, done = Flask("busy"), threading.Semaphore(0), threading.Event()
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
    turns.init_app(app)

    @app.get("/file")
    @turns.in_turn
    def hand_out() -> str:
        entered.release()
        done.wait(WAIT_SECONDS)
        return "file"

    @app.get("/broken")
    @turns.in_turn
    def fail() -> str:
        raise ValueError

    @app.get("/page")
    def show() -> str:
        return "page"

    yield app, entered, done
    done.set()


def test_the_third_file_waits_and_a_page_does_not(busy):
    app, entered, done = busy
    answers: list[str] = []
    readers = [
        threading.Thread(target=lambda: answers.append(app.test_client().get("/file").text))
        for _ in range(3)
    ]
    for reader in readers:
        reader.start()

    assert [entered.acquire(timeout=WAIT_SECONDS) for _ in range(2)] == [True, True]
    assert not entered.acquire(timeout=0.2)
    assert app.test_client().get("/page").text == "page"

    done.set()
    for reader in readers:
        reader.join(WAIT_SECONDS)
    assert answers == ["file", "file", "file"]


def test_a_file_that_fails_gives_its_turn_back(busy):
    app, _, done = busy
    done.set()

    codes = [app.test_client().get("/broken").status_code for _ in range(turns.AT_ONCE + 1)]

    assert codes == [500, 500, 500]
    assert app.test_client().get("/file").text == "file"
