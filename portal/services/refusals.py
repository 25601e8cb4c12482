"""Refusals are logged too, in a transaction of their own: the one they ended is gone."""

from portal import log
from portal.db import BusyError, ChangedMeanwhileError, db, transaction
from portal.domain.roles import Actor
from portal.services.log_words import refused_thing


def record_refusal(actor: Actor, *, reference: str, endpoint: str, act: str, outcome: str) -> None:
    """Log that somebody asked for what is not there for them, or not theirs to do.

    Args:
        actor: who asked.
        reference: of the case, as in the address.
        endpoint: the page they asked for.
        act: what that page is for.
        outcome: ``not_found`` or ``refused``.
    """
    with transaction():
        thing = refused_thing(endpoint, act)
        log.record(actor, "refused", reference=reference, thing=thing, outcome=outcome)


def drop_transaction() -> None:
    """Let go of whatever the failed request left open."""
    db.session.rollback()


__all__ = ["BusyError", "ChangedMeanwhileError", "drop_transaction", "record_refusal"]
