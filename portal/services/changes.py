"""Two people change the same thing: the second is told who was first, and nothing is lost."""

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa

from portal.db import ChangedMeanwhileError, db
from portal.domain.roles import Actor
from portal.models.edited import Edited
from portal.models.person import Person


class EndedMeanwhileError(ChangedMeanwhileError):
    """What somebody was about to end, somebody else has ended: there is nothing left to save.

    Attributes:
        whom: the person or the agency that it was about.
        reason: why, where one was given.
    """

    def __init__(self, whom: str, *, by: str, at: dt.datetime | None, reason: str = "") -> None:
        super().__init__(by=by, at=at)
        self.whom, self.reason = whom, reason


def name_of(person_id: int | None) -> str:
    """Return the name of who was first; empty where it was nobody who signs in."""
    by = db.session.get(Person, person_id) if person_id else None
    return by.name if by else ""


def names_of(person_ids: Iterable[int | None]) -> dict[int | None, str]:
    """Return the names of several people, asked at once."""
    ids = {*person_ids} - {None}
    if not ids:
        return {}
    query = sa.select(Person.id, Person.name).where(Person.id.in_(ids))
    return {row[0]: row[1] for row in db.session.execute(query)}


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
    raise ChangedMeanwhileError(by=name_of(thing.changed_by_id), at=thing.changed_at)


def mark_changed(actor: Actor, thing: Edited) -> None:
    """Keep who changes it and when; does not commit."""
    thing.changed_at = actor.at
    thing.changed_by_id = actor.person_id


__all__ = [
    "ChangedMeanwhileError",
    "EndedMeanwhileError",
    "check_version",
    "mark_changed",
    "name_of",
    "names_of",
]
