import datetime as dt
import sys
import threading

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import OperationalError, StatementError

from portal.db import BusyError, NestedTransactionError, UTCDateTime, db, transaction
from portal.models.person import SignInFailure

SUMMER_EVENING = dt.datetime(2026, 7, 1, 20, 15, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def _failure(key="a", at=SUMMER_EVENING):
    return SignInFailure(address_hash=key, count=1, next_try_at=at)


def _keys():
    with db.engine.connect() as connection:
        return set(connection.scalars(sa.select(SignInFailure.address_hash)))


@pytest.fixture
def on_sqlite(in_app):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the database")


def test_an_instant_without_a_zone_is_refused(in_app):
    with pytest.raises(StatementError, match="needs its time zone"), transaction():
        db.session.add(_failure(at=dt.datetime(2026, 7, 1, 20, 15)))  # noqa: DTZ001


def test_an_instant_comes_back_aware_and_the_same(in_app):
    with transaction():
        db.session.add(_failure())

    found = db.session.scalar(sa.select(SignInFailure.next_try_at))

    assert found == SUMMER_EVENING
    assert found.tzinfo is not None


def test_an_instant_is_stored_in_utc():
    stored = UTCDateTime().process_bind_param(SUMMER_EVENING, sa.create_engine("sqlite://").dialect)

    assert stored.isoformat() == "2026-07-01T19:15:00+00:00"


def test_what_a_transaction_did_is_there_after_it(in_app):
    with transaction():
        db.session.add(_failure())

    assert _keys() == {"a"}


def test_a_transaction_that_fails_leaves_nothing(in_app):
    def fail_half_way():
        with transaction():
            db.session.add(_failure())
            db.session.flush()
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        fail_half_way()

    assert _keys() == set()
    assert not db.session.new


def test_what_was_added_before_a_transaction_is_no_part_of_it(in_app):
    db.session.add(_failure("before"))

    with transaction():
        db.session.add(_failure("inside"))

    assert _keys() == {"inside"}


def test_a_transaction_inside_another_is_refused_and_both_leave_nothing(in_app):
    def ask_a_service_within_a_service():
        with transaction():
            db.session.add(_failure())
            with transaction():
                db.session.add(_failure("b"))

    with pytest.raises(NestedTransactionError):
        ask_a_service_within_a_service()

    assert _keys() == set()


def test_after_a_failed_transaction_the_next_one_works(in_app):
    with pytest.raises(RuntimeError), transaction():
        raise RuntimeError

    with transaction():
        db.session.add(_failure())

    assert _keys() == {"a"}


def _second_writer():
    """Write from another connection without waiting for the first."""
    engine = sa.create_engine(db.engine.url)
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout=0"))
    try:
        with engine.connect() as connection:
            connection.execute(sa.insert(SignInFailure), [_values("second")])
            connection.rollback()
    finally:
        engine.dispose()


def _values(key):
    return {"address_hash": key, "count": 1, "next_try_at": SUMMER_EVENING}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT"])
def test_what_is_read_outside_a_transaction_keeps_no_writer_waiting(app, on_sqlite, method):
    with app.test_request_context("/", method=method):
        db.session.scalars(sa.select(SignInFailure)).all()

        _second_writer()


def test_a_transaction_holds_the_database_also_while_a_page_is_read(app, on_sqlite):
    with app.test_request_context("/", method="GET"), transaction():
        db.session.scalars(sa.select(SignInFailure)).all()

        with pytest.raises(OperationalError, match="locked"):
            _second_writer()


def test_sqlite_keeps_foreign_keys_and_what_was_acknowledged(on_sqlite):
    with db.engine.connect() as connection:
        foreign_keys = connection.exec_driver_sql("PRAGMA foreign_keys").scalar()
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()

    assert (foreign_keys, journal) == (1, "wal")


def test_a_writer_that_waits_too_long_for_its_turn_is_told(in_app, on_sqlite, monkeypatch):
    # By name “portal.db” is the extension, not its module.
    monkeypatch.setattr(sys.modules["portal.db"], "LONGEST_TURN_SECONDS", 0.05)
    told = []

    def second():
        with in_app.app_context():
            try:
                with transaction():
                    told.append("in")
            except BusyError:
                told.append("busy")

    with transaction():
        other = threading.Thread(target=second)
        other.start()
        other.join()

    assert told == ["busy"]
