import datetime as dt

import pytest
import sqlalchemy as sa

from portal.db import db, transaction
from portal.models.outbox import DeliveryState
from tests.mail.outbox import waiting


def _change(app, statement):
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def _put(app, *messages):
    with app.app_context(), transaction():
        db.session.add_all(messages)


def test_health_is_well_when_nothing_waits(visitor):
    page = visitor.get("/health")

    assert page.status == 200
    assert page.response.json == {
        "database": "ok",
        "migration": "ok",
        "oldest_unsent_seconds": 0,
        "undelivered": 0,
        "templates": "ok",
    }


def test_health_tells_how_long_the_oldest_message_has_waited(app, visitor, people, clock):
    now = clock.now()
    _put(
        app,
        waiting("sent", created_at=now - dt.timedelta(hours=2), state=DeliveryState.SENT),
        waiting("old", created_at=now - dt.timedelta(minutes=10), state=DeliveryState.SENDING),
        waiting("new", created_at=now - dt.timedelta(minutes=5)),
    )

    page = visitor.get("/health")

    assert page.status == 200
    assert page.response.json["oldest_unsent_seconds"] == 600


def test_health_calls_for_help_when_a_message_has_waited_too_long(app, visitor, people, clock):
    _put(app, waiting("old", created_at=clock.now() - dt.timedelta(minutes=15, seconds=1)))

    page = visitor.get("/health")

    assert page.status == 503
    assert page.response.json["oldest_unsent_seconds"] == 901


def test_health_counts_what_could_not_be_delivered(app, visitor, people, clock):
    _put(app, *[waiting(key, state=DeliveryState.UNDELIVERED) for key in ("a", "b")])

    page = visitor.get("/health")

    assert page.status == 200
    assert page.response.json["undelivered"] == 2


@pytest.fixture
def behind(app):
    """A database that somebody forgot to migrate."""
    with app.app_context():
        engine = db.engine
    with engine.begin() as connection:
        head = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000_before'")
    yield
    version = sa.table("alembic_version", sa.column("version_num"))
    with engine.begin() as connection:
        connection.execute(sa.update(version).values(version_num=head))


def test_health_calls_for_help_when_the_database_is_not_at_the_newest_revision(visitor, behind):
    page = visitor.get("/health")

    assert page.status == 503
    assert page.response.json["migration"] == "not at the newest revision"


def test_health_answers_also_without_a_database(app, visitor, monkeypatch):
    with app.app_context():
        dialect = db.engine.dialect

    def unreachable(*_args, **_options):
        raise dialect.loaded_dbapi.OperationalError("no connection")

    monkeypatch.setattr(dialect, "do_execute", unreachable)

    page = visitor.get("/health")

    assert page.status == 503
    assert page.response.json["database"] == "unreachable"
