"""Tries that failed, counted for whatever was typed or came from somewhere, known or not."""

import datetime as dt
import hashlib

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from portal.db import db
from portal.models.person import SignInFailure


def lock(what: str, now: dt.datetime) -> tuple[int, dt.datetime]:
    """Return how often it failed and from when it may be tried again.

    Locks the row, also one that was not there before: tries at the same moment wait for each
    other, so that sending many at once gives no more tries than sending them one by one.
    """
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    count, next_try_at = db.session.execute(
        dialect.insert(SignInFailure)
        .values(address_hash=_key(what), count=0, next_try_at=now)
        .on_conflict_do_update(
            index_elements=[SignInFailure.address_hash], set_={"count": SignInFailure.count}
        )
        .returning(SignInFailure.count, SignInFailure.next_try_at)
    ).one()
    return count, next_try_at


def keep(what: str, count: int, next_try_at: dt.datetime) -> None:
    """Keep how often it has failed now, and from when it may be tried again."""
    db.session.execute(
        sa.update(SignInFailure)
        .where(SignInFailure.address_hash == _key(what))
        .values(count=count, next_try_at=next_try_at)
    )


def forget(what: str) -> None:
    """Begin anew: it went right."""
    db.session.execute(sa.delete(SignInFailure).where(SignInFailure.address_hash == _key(what)))


def _key(what: str) -> str:
    return hashlib.sha256(what.encode()).hexdigest()
