"""Apps for tests: each on a migrated database of its own, with a clock that stands still."""

import datetime as dt
import os
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import flask_migrate
import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.routing import Rule

import portal
from portal.config import Config, database_url, flask_settings
from portal.db import db
from portal.domain.dates import LONDON
from portal.jobs import demo_people

BEGINS_AT = dt.datetime(2027, 1, 14, 8, 45, tzinfo=LONDON)
POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "")

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


@dataclass
class FakeClock:
    """A clock that stands still until a test moves it."""

    at: dt.datetime = BEGINS_AT

    def now(self) -> dt.datetime:
        return self.at.astimezone(dt.UTC)

    def advance(self, **delta: float) -> None:
        self.at += dt.timedelta(**delta)


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


class Sqlite:
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


class Postgresql:
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


@cache
def app_on(address: str) -> tuple[Flask, dict[str, Any]]:
    """One app for all tests of a process, with the settings that each test finds.

    Making it takes longer than most tests; what it knows of a test is in its database, which is
    made anew, and in its clock.
    """
    app = make_app(address)
    return app, dict(app.config)
