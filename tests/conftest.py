"""What all tests share: a migrated database of their own, a clock, people, browsers, no network."""

import datetime as dt
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cache
from pathlib import Path
from typing import Any

import flask_migrate
import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from hypothesis import settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.routing import Rule

import portal
from portal.config import Config, database_url, flask_settings
from portal.db import db
from portal.domain.dates import LONDON
from portal.domain.roles import Actor
from portal.jobs import demo_people
from tests.pages import Client

# How long something takes is never asserted: a busy computer is no fault.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")

CHROMIUM = Path("/usr/bin/chromium")
NO_CHROMIUM = "There is no Chromium"
BEGINS_AT = dt.datetime(2027, 1, 14, 8, 45, tzinfo=LONDON)
POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "")
HERE = {"localhost", "127.0.0.1", "::1"}

# Hashing as weak as it gets: what is tested is who may sign in, not how long it takes.
_FOR_TESTS = {
    "TESTING": True,
    "PROPAGATE_EXCEPTIONS": False,
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": 8,
        "argon2__time_cost": 1,
        "argon2__parallelism": 1,
    },
}


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


@dataclass
class FakeClock:
    """A clock that stands still until a test moves it."""

    at: dt.datetime = BEGINS_AT

    def now(self) -> dt.datetime:
        return self.at.astimezone(dt.UTC)

    def advance(self, **delta: float) -> None:
        self.at += dt.timedelta(**delta)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


class _Templates(BytecodeCache):
    """Templates, compiled once for all the apps of a run."""

    def __init__(self) -> None:
        self.compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key] = bucket.bytecode_to_string()


_templates = _Templates()


def _share_url_builders() -> None:
    """Compile how an address is built once for all apps of the run: most of what making one takes.

    What is compiled depends on the rule's text alone; it is bound to the rule of each app.
    """
    compile_builder = Rule._compile_builder
    compiled: dict[tuple[object, ...], Any] = {}

    def remembered(rule: Rule, append_unknown: bool = True) -> Any:  # as werkzeug has it
        key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    Rule._compile_builder = remembered  # type: ignore[method-assign]  # there is no other door


_share_url_builders()


def _share_engines() -> None:
    """Keep one engine for each database of the run: it remembers each statement that it compiled.

    Compiling them anew takes as long as asking them. Between tests its connections are closed.
    """
    make = SQLAlchemy._make_engine
    engines: dict[sa.URL, Engine] = {}

    def remembered(
        self: SQLAlchemy, bind_key: str | None, options: dict[str, Any], app: Flask
    ) -> Engine:
        address = sa.make_url(options["url"])
        if address not in engines:
            engines[address] = make(self, bind_key, options | _MANY_STATEMENTS, app)
        return engines[address]

    SQLAlchemy._make_engine = remembered  # type: ignore[method-assign]  # there is no other door


_MANY_STATEMENTS = {"query_cache_size": 5000}
_share_engines()


def config_for(address: str) -> Config:
    return Config(
        secret_key="only in tests, 32 characters long",
        public_base_url="http://localhost",
        trusted_hosts=("localhost",),
        database_url=address,
        mail_from="no-reply@portal.example",
        demo=True,
    )


def make_app(address: str, clock: FakeClock | None = None) -> Flask:
    """An app on a database, with cheap hashing and pages that show errors as people see them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portal, "flask_settings", lambda config: flask_settings(config) | _FOR_TESTS)
        app = portal.create_app(config_for(address), clock or FakeClock())
    app.jinja_env.bytecode_cache = _templates
    return app


@event.listens_for(Engine, "connect")
def _do_not_wait_for_the_disk(connection: Any, _record: Any) -> None:
    if not isinstance(connection, psycopg.Connection):
        connection.execute("PRAGMA synchronous=OFF")


def migrate(address: str) -> None:
    app = make_app(address)
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()


def _fill(address: str) -> None:
    app = make_app(address)
    with app.app_context():
        demo_people.add_all()
        db.engine.dispose()


class _Sqlite:
    """Files to copy: one migrated, one with people as well. One process uses one copy at a time."""

    def __init__(self, folder: Path) -> None:
        self.used = folder / "portal.sqlite"
        self.empty = folder / "empty.sqlite"
        self.peopled = folder / "peopled.sqlite"
        migrate(f"sqlite:///{self.empty}")
        shutil.copyfile(self.empty, self.peopled)
        _fill(f"sqlite:///{self.peopled}")

    def fresh(self, *, with_people: bool) -> str:
        # A file of its own for each test: whatever still holds the last one cannot write into it.
        for path in self.used.parent.glob(f"{self.used.name}*"):
            path.unlink()
        shutil.copyfile(self.peopled if with_people else self.empty, self.used)
        return f"sqlite:///{self.used}"


class _Postgresql:
    """One database for each process of the run, emptied between tests."""

    def __init__(self, process: str) -> None:
        self.address = new_database(f"portal_{process}")
        migrate(self.address)
        self.engine = sa.create_engine(self.address)
        self.people: dict[sa.Table, list[dict[str, Any]]] = {}

    def fresh(self, *, with_people: bool) -> str:
        if with_people and not self.people:
            self._save_people()
        with self.engine.begin() as connection:
            self._empty(connection)
            if with_people:
                self._put_people(connection)
            else:
                connection.exec_driver_sql("INSERT INTO log_chain VALUES ('installation', 0, '')")
        return self.address

    def _empty(self, connection: sa.Connection) -> None:
        # As good as TRUNCATE, which takes thirty times as long on tables that are nearly empty.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(
            "; ".join(f"DELETE FROM {table.name}" for table in db.metadata.sorted_tables)  # noqa: S608
        )
        connection.exec_driver_sql(
            "SELECT setval(sequencename::regclass, 1, false) FROM pg_sequences"
        )

    def _save_people(self) -> None:
        self.fresh(with_people=False)
        _fill(self.address)
        with self.engine.begin() as connection:
            for table in db.metadata.sorted_tables:
                rows = connection.execute(sa.select(table)).mappings()
                self.people[table] = [dict(row) for row in rows]

    def _put_people(self, connection: sa.Connection) -> None:
        for table, rows in self.people.items():
            if not rows:
                continue
            connection.execute(sa.insert(table), rows)
            if "id" in table.c:
                last = max(row["id"] for row in rows)
                connection.execute(sa.select(sa.func.setval(f"{table.name}_id_seq", last)))


def new_database(name: str) -> str:
    """Make an empty database in the cluster of TEST_DATABASE_URL and return its address."""
    cluster = sa.make_url(database_url(POSTGRESQL, Path()))
    engine = sa.create_engine(cluster, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return cluster.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def _databases(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> _Sqlite | _Postgresql:
    return _Postgresql(worker_id) if POSTGRESQL else _Sqlite(tmp_path_factory.mktemp("template"))


@pytest.fixture
def empty_address(tmp_path: Path, worker_id: str) -> str:
    """A database without tables, for the tests of the migrations."""
    if POSTGRESQL:
        return new_database(f"portal_bare_{worker_id}")
    return f"sqlite:///{tmp_path / 'bare.sqlite'}"


@cache
def _app_on(address: str) -> tuple[Flask, dict[str, Any]]:
    """One app for all tests of a process, with the settings that each test finds.

    Making it takes longer than most tests; what it knows of a test is in its database, which is
    made anew, and in its clock.
    """
    app = make_app(address)
    return app, dict(app.config)


@pytest.fixture
def app(
    request: pytest.FixtureRequest,
    _databases: _Sqlite | _Postgresql,
    clock: FakeClock,
) -> Iterator[Flask]:
    """The app on a database of its own; ``people`` in the same test fills it."""
    with_people = "people" in request.fixturenames
    app, settings_before = _app_on(_databases.fresh(with_people=with_people))
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
