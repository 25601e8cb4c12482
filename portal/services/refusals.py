"""Refusals are logged too, in a transaction of their own: the one they ended is gone."""

from portal import log
from portal.db import BusyError, ChangedMeanwhileError, db, transaction
from portal.domain.roles import Actor


def record_refusal(actor: Actor, *, reference: str, endpoint: str, outcome: str) -> None:
    """Log that somebody asked for what is not there for them, or not theirs to do.

    Args:
        actor: who asked.
        reference: of the case, as in the address.
        endpoint: the page they asked for.
        outcome: ``not_found`` or ``refused``.
    """
    with transaction():
        log.record(actor, "refused", reference=reference, thing=endpoint, outcome=outcome)


def drop_transaction() -> None:
    """Let go of whatever the failed request left open."""
    db.session.rollback()


__all__ = ["BusyError", "ChangedMeanwhileError", "drop_transaction", "record_refusal"]
