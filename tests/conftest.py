"""What all tests share: a migrated database of their own, a clock, people, browsers, no network."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import settings
from sqlalchemy import event
from sqlalchemy.engine import Engine

from portal.db import db
from portal.domain.roles import Actor
from portal.jobs import demo_people
from tests.apps import POSTGRESQL, FakeClock, Postgresql, Sqlite, app_on, new_database
from tests.pages import Client

# How long something takes is never asserted: a busy computer is no fault.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")

CHROMIUM = Path("/usr/bin/chromium")
NO_CHROMIUM = "There is no Chromium"
HERE = {"localhost", "127.0.0.1", "::1"}


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Keep pytest-flask from holding one request open: all clients would be the same person."""


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and not CHROMIUM.exists():
        if "CI" in os.environ:
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if NO_CHROMIUM in str(report.longrepr)
    ]
    if skipped:
        words = f"{NO_CHROMIUM} at {CHROMIUM}: {len(skipped)} BROWSER TESTS WERE NOT RUN"
        terminalreporter.write_sep("!", words, red=True, bold=True)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in HERE:
            raise RuntimeError(f"A test reached for the network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        yield


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def _databases(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Sqlite | Postgresql]:
    if not POSTGRESQL:
        yield Sqlite(tmp_path_factory.mktemp("template"))
        return
    databases = Postgresql(worker_id)
    yield databases
    databases.engine.dispose()


@pytest.fixture
def empty_address(tmp_path: Path, worker_id: str) -> str:
    """A database without tables, for the tests of the migrations."""
    if POSTGRESQL:
        return new_database(f"portal_bare_{worker_id}")
    return f"sqlite:///{tmp_path / 'bare.sqlite'}"


@pytest.fixture
def app(
    request: pytest.FixtureRequest,
    _databases: Sqlite | Postgresql,
    clock: FakeClock,
) -> Iterator[Flask]:
    """The app on a database of its own; ``people`` in the same test fills it."""
    with_people = "people" in request.fixturenames
    app, settings_before = app_on(_databases.fresh(with_people=with_people))
    app.extensions["clock"] = clock
    yield app
    app.config.clear()
    app.config.update(settings_before)
    with app.app_context():
        engine = db.engine
    left_open = engine.pool.checkedout()  # type: ignore[attr-defined]
    engine.dispose()
    assert not left_open, "The test left a transaction open."


@pytest.fixture
def people(app: Flask) -> None:
    """The areas, agencies and accounts of the demonstration."""


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """The app's context for a whole test of services; no client may ask for a page in it."""
    with app.app_context():
        yield app


@pytest.fixture
def visitor(app: Flask) -> Client:
    """Somebody who is not signed in."""
    return Client(app)


@pytest.fixture
def as_(app: Flask, people: None) -> Callable[[str], Client]:
    """Sign an account of the demonstration in, each call at a browser of its own."""

    def sign_in(email: str) -> Client:
        client = Client(app)
        page = client.post("/sign-in", email=email, passphrase=demo_people.PASSPHRASE)
        assert (page.status, page.location) == (303, "/home"), page.main
        return client

    return sign_in


@pytest.fixture
def office(app: Flask, people: None, clock: FakeClock) -> Callable[..., Any]:
    """Call a service as a job of the office at the present moment: ``office(service, **words)``."""

    def call(service: Callable[..., Any], **words: Any) -> Any:
        with app.app_context():
            return service(Actor.job("a test", clock.now()), **words)

    return call


@pytest.fixture
def scalars(app: Flask) -> Callable[[sa.Select[Any]], list[Any]]:
    """Read from the database what is stored now: ``scalars(select)``."""

    def read(statement: sa.Select[Any]) -> list[Any]:
        with app.app_context():
            return list(db.session.scalars(statement))

    return read


@dataclass
class Queries:
    """The statements that ran."""

    statements: list[str] = dataclass_field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.statements)


@pytest.fixture
def count_queries() -> Callable[[], AbstractContextManager[Queries]]:
    """Collect the statements that run inside ``with count_queries() as queries:``."""

    @contextmanager
    def counting() -> Iterator[Queries]:
        queries = Queries()

        def add(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
            queries.statements.append(statement)

        event.listen(Engine, "before_cursor_execute", add)
        try:
            yield queries
        finally:
            event.remove(Engine, "before_cursor_execute", add)

    return counting
