"""Alembic's environment: the app's engine and metadata, one transaction for all revisions."""

import sqlalchemy as sa
from alembic import context
from flask import current_app

from portal.db import db
from portal.migrating import OPTIONS

LOCK = 7_202_611


def _run(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        **OPTIONS,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            connection.execute(sa.select(sa.func.set_config("lock_timeout", "10s", True)))
        context.run_migrations()


def run_migrations() -> None:
    """Run on the app's engine; SQLite's foreign keys rest while a table is copied."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            raw = connection.connection.dbapi_connection
            connection.rollback()
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            _run(connection)
            connection.commit()
        finally:
            if connection.dialect.name == "sqlite":
                connection.rollback()
                connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")


run_migrations()
