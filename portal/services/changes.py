"""Two people change the same thing: the second is told who was first, and nothing is lost."""

from portal.db import ChangedMeanwhileError, db
from portal.domain.roles import Actor
from portal.models.edited import Edited
from portal.models.person import Person


def check_version(thing: Edited, version: int | None) -> None:
    """Refuse a form that was filled from an older version of the thing.

    Args:
        thing: as it is stored now.
        version: the one that the form carries, or none when that cannot be read.

    Raises:
        ChangedMeanwhileError: with the name of who changed it, and when.
    """
    if thing.version == version:
        return
    by = db.session.get(Person, thing.changed_by_id) if thing.changed_by_id else None
    raise ChangedMeanwhileError(by=by.name if by else "", at=thing.changed_at)


def mark_changed(actor: Actor, thing: Edited) -> None:
    """Keep who changes it and when; does not commit."""
    thing.changed_at = actor.at
    thing.changed_by_id = actor.person_id


__all__ = ["ChangedMeanwhileError", "check_version", "mark_changed"]
