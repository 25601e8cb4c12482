"""How much one source may do in an hour: a limit for each alone, so that none shuts out others."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from portal.db import db
from portal.mail import sealed
from portal.models.draft import SourceCount


class TooManyError(Exception):
    """It was done too often from this source within the hour."""


@dataclass(frozen=True)
class Limit:
    """How often something may be done in an hour."""

    what: str
    most: int


# A library, a hostel or a phone network has one address for many people.
BEGUN: Final = Limit("begun", 60)
SENT: Final = Limit("sent", 30)
# The log need not hear of a program more often.
TRAPPED: Final = Limit("trapped", 20)
# Of each address alone: counted for a number, strangers could shut its owner out. There are 23^10
# codes, and a draft lives 14 days.
TRIED_FROM: Final = Limit("tried from", 30)
MAILED: Final = Limit("mailed", 1)


def count(limit: Limit, source: str, at: dt.datetime) -> None:
    """Count once more; belongs inside a transaction.

    Raises:
        TooManyError: it was too often.
    """
    if add(limit, source, at) > limit.most:
        raise TooManyError


def add(limit: Limit, source: str, at: dt.datetime) -> int:
    """Count once more and return how often it was in this hour; belongs inside a transaction."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    number: int = db.session.execute(
        dialect.insert(SourceCount)
        .values(
            source_hash=sealed.hash_of(f"{limit.what}: {source}"),
            hour=at.replace(minute=0, second=0, microsecond=0),
            number=1,
        )
        .on_conflict_do_update(
            index_elements=[SourceCount.source_hash, SourceCount.hour],
            set_={"number": SourceCount.number + 1},
        )
        .returning(SourceCount.number)
    ).scalar_one()
    return number


def forget_old(at: dt.datetime) -> None:
    """Forget what was counted more than a day ago; belongs inside a transaction."""
    db.session.execute(sa.delete(SourceCount).where(SourceCount.hour < at - dt.timedelta(days=1)))
