"""The database: base class, session, transaction. The only module that commits."""

import datetime as dt
import enum
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.orm.exc import StaleDataError

_inside: ContextVar[bool] = ContextVar("inside_transaction", default=False)


class NestedTransactionError(RuntimeError):
    """A service called a service: one of them has to become a helper that only flushes."""


class ChangedMeanwhileError(Exception):
    """Somebody else has changed it since it was read; nothing was saved.

    Attributes:
        by: name of who changed it, or empty where that is not known.
        at: when, or none where that is not known.
    """

    def __init__(self, *, by: str = "", at: dt.datetime | None = None) -> None:
        super().__init__()
        self.by, self.at = by, at


class BusyError(Exception):
    """The database did not let this writer in within its time; nothing was saved."""


class UTCDateTime(sa.types.TypeDecorator[dt.datetime]):
    """An aware instant, stored in UTC; refuses a naive one."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> Any:
        """Store the instant in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its time zone.")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> dt.datetime | None:
        """Return it aware; SQLite forgets the zone."""
        if value is None:
            return None
        instant: dt.datetime = value
        return instant if instant.tzinfo else instant.replace(tzinfo=dt.UTC)


def enum_type(members: type[enum.StrEnum], name: str = "") -> sa.Enum:
    """Return a column type that stores the values (not the names) behind a CHECK.

    Args:
        members: what may be stored.
        name: of the CHECK, where a table has two columns with the same members.
    """
    return sa.Enum(
        members,
        values_callable=lambda listed: [member.value for member in listed],
        native_enum=False,
        create_constraint=True,
        length=40,
        name=name or members.__name__.lower(),
    )


class Base(DeclarativeBase):
    """Base of every model."""

    registry = registry(
        metadata=sa.MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={dt.datetime: UTCDateTime(), str: sa.String(200)},
    )


db = SQLAlchemy(model_class=Base)


# One process has one writer at a time on SQLite; they queue here. SQLite's own waiters poll with
# growing pauses, and under load some of them starve.
_writing = threading.Lock()
LONGEST_TURN_SECONDS = 30


@contextmanager
def transaction() -> Iterator[None]:
    """Commit what happens inside together with its log entries and messages, or nothing of it.

    Raises:
        NestedTransactionError: one is open already.
        ChangedMeanwhileError: a row was changed by another transaction since it was read.
        BusyError: SQLite had other writers for longer than the time-out.
    """
    if _inside.get():
        raise NestedTransactionError
    # Ends the read that found out who is asking: on SQLite a plain BEGIN cannot be upgraded.
    db.session.rollback()
    with _turn():
        token = _inside.set(True)
        try:
            yield
            db.session.commit()
        except StaleDataError as error:
            db.session.rollback()
            raise ChangedMeanwhileError from error
        except sa.exc.OperationalError as error:
            db.session.rollback()
            if "database is locked" in str(error.orig):
                raise BusyError from error
            raise
        except BaseException:
            db.session.rollback()
            raise
        finally:
            # What was collected for this transaction goes with it, also where no statement ran.
            db.session.info.clear()
            _inside.reset(token)


@contextmanager
def _turn() -> Iterator[None]:
    if db.engine.dialect.name != "sqlite":
        yield
        return
    if not _writing.acquire(timeout=LONGEST_TURN_SECONDS):
        raise BusyError
    try:
        yield
    finally:
        _writing.release()


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _inside.get() else "BEGIN")
