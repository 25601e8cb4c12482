"""One server with people and no cases, one browser, and a clock that runs and can be moved on."""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from portal import create_app
from portal.clock import OffsetClock, SystemClock
from portal.config import Config
from portal.db import db
from portal.domain.dates import LONDON
from portal.jobs import demo_people
from portal.mail.deliver import Nowhere, send_next
from tests.conftest import CHROMIUM
from tests.journeys.people import Person

BEGINS_AT = dt.datetime(2027, 1, 14, 8, 45, tzinfo=LONDON)

# No sandbox: where tests run as root there is none. The rest keeps Chromium from calling home.
_SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class MovableClock:
    """A clock that runs on at the usual pace and can be moved forward."""

    def __init__(self, start: dt.datetime) -> None:
        self._running = OffsetClock.starting_at(start, SystemClock())

    def now(self) -> dt.datetime:
        return self._running.now()

    def advance(self, **delta: float) -> None:
        self.move_to(self.now() + dt.timedelta(**delta))

    def move_to(self, at: dt.datetime) -> None:
        assert at >= self.now(), "Time does not go back: others have signed in meanwhile."
        self._running = OffsetClock.starting_at(at, SystemClock())


@dataclass(frozen=True)
class Server:
    """The portal as it answers on this computer."""

    app: Flask
    origin: str
    clock: MovableClock

    def deliver(self) -> int:
        """Send what waits in the outbox; return how many messages there were."""
        sent = 0
        with self.app.app_context():
            while send_next(self.clock, Nowhere(), "no-reply@portal.example"):
                sent += 1
        return sent

    def do(self, act: Callable[[], Any]) -> Any:
        """Do something with the services, to get a case as far as a test needs it."""
        with self.app.app_context():
            return act()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("journeys")
    clock = MovableClock(BEGINS_AT)
    config = Config(
        secret_key="only in tests, 32 characters long",
        public_base_url="http://127.0.0.1",
        trusted_hosts=("127.0.0.1",),
        database_url=f"sqlite:///{folder / 'portal.sqlite'}",
        mail_from="no-reply@portal.example",
        demo=True,
    )
    app = create_app(config, clock)
    with app.app_context():
        flask_migrate.upgrade()
        demo_people.add_all()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    serving = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield Server(app, f"http://127.0.0.1:{serving.server_port}", clock)
    serving.shutdown()
    thread.join()
    serving.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(_SWITCHES))
        yield launched
        launched.close()


@pytest.fixture
def meet(server: Server, chromium: Browser) -> Iterator[Callable[..., Any]]:
    """Give somebody a browser of their own: ``meet(Chair, "chair@chairs.example")``."""
    met: list[Person] = []

    def new(kind: type[Person], email: str, *, script: bool = True) -> Person:
        person = kind(chromium, server.origin, email, script=script)
        met.append(person)
        return person

    yield new
    for person in met:
        person.leave()
