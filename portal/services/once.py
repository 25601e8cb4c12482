"""A form is carried out once, however often it is sent: double click, back button, bad network."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from portal.db import db, transaction
from portal.domain.roles import Actor
from portal.models.person import FormToken, whose


@dataclass
class Turn:
    """One sending of a form.

    Attributes:
        is_repeat: the form was carried out before; ``result`` is what came of it then.
        result: what the page needs to go on, a reference or a key; set by the service.
    """

    is_repeat: bool
    result: str = ""


@contextmanager
def once(actor: Actor, token: str) -> Iterator[Turn]:
    """Open a transaction for a form's token; the second sending gets the first one's result.

    The unique token of the person, or party, is the lock: on PostgreSQL a second sending waits for
    the first to commit. What somebody else sent under the same token is another form.
    """
    with transaction():
        number = _claim(actor, token)
        if number is None:
            yield Turn(is_repeat=True, result=_result(actor, token))
            return
        turn = Turn(is_repeat=False)
        yield turn
        db.session.execute(
            sa.update(FormToken).where(FormToken.id == number).values(result=turn.result)
        )


def is_used(actor: Actor, token: str) -> bool:
    """Say whether they have sent this form before; belongs inside a transaction."""
    return db.session.scalar(sa.select(FormToken.id).where(*_mine(actor, token))) is not None


def _claim(actor: Actor, token: str) -> int | None:
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    claimed: int | None = db.session.scalar(
        dialect.insert(FormToken)
        .values(
            token=token,
            person_id=actor.person_id,
            party_id=actor.party_id,
            used_at=actor.at,
            result="",
        )
        .on_conflict_do_nothing()
        .returning(FormToken.id)
    )
    return claimed


def _result(actor: Actor, token: str) -> str:
    return db.session.scalars(sa.select(FormToken.result).where(*_mine(actor, token))).one()


def _mine(actor: Actor, token: str) -> tuple[sa.ColumnElement[bool], ...]:
    return whose(FormToken, actor.person_id, actor.party_id), FormToken.token == token
