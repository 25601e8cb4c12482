"""Whether the installation is well: database, migrations, templates, messages not sent."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from portal.access.scope.marks import unscoped
from portal.db import db
from portal.documents import shipped
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.resources import MIGRATIONS

LONGEST_UNSENT = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Health:
    """What ``/health`` tells.

    Attributes:
        oldest_unsent_seconds: age of the oldest message that has not left; 0 if none waits.
        unsound_templates: names of the default templates that cannot be used.
    """

    database: bool
    migration: bool
    oldest_unsent_seconds: int
    undelivered: int
    unsound_templates: tuple[str, ...]

    @property
    def is_well(self) -> bool:
        """Whether nobody needs to be called."""
        waits = self.oldest_unsent_seconds > LONGEST_UNSENT.total_seconds()
        return self.database and self.migration and not waits and not self.unsound_templates


def examine(now: dt.datetime) -> Health:
    """Look at the database, the migration head and the outbox."""
    try:
        head = _head_of_database()
        oldest, undelivered = _outbox(now)
    except SQLAlchemyError:
        db.session.rollback()
        return Health(
            database=False,
            migration=False,
            oldest_unsent_seconds=0,
            undelivered=0,
            unsound_templates=shipped.unsound(),
        )
    return Health(
        database=True,
        migration=head == ScriptDirectory(str(MIGRATIONS)).get_current_head(),
        oldest_unsent_seconds=oldest,
        undelivered=undelivered,
        unsound_templates=shipped.unsound(),
    )


def _head_of_database() -> str | None:
    version = sa.table("alembic_version", sa.column("version_num"))
    found: str | None = db.session.scalar(sa.select(version.c.version_num))
    return found


def _outbox(now: dt.datetime) -> tuple[int, int]:
    door = unscoped("health counts messages and reads none")
    oldest = db.session.scalar(
        sa.select(sa.func.min(OutboxMessage.created_at))
        .where(OutboxMessage.state.in_([DeliveryState.WAITING, DeliveryState.SENDING]))
        .execution_options(**door)
    )
    undelivered = db.session.scalar(
        sa.select(sa.func.count(OutboxMessage.id))
        .where(OutboxMessage.state == DeliveryState.UNDELIVERED)
        .execution_options(**door)
    )
    age = 0 if oldest is None else max(0, int((now - oldest).total_seconds()))
    return age, undelivered or 0
