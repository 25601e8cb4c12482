"""What an area has one of, its people change one after the other."""

import sqlalchemy as sa

from portal.db import db
from portal.models.person import Area


def take_turns(area_id: int | None) -> None:
    """Wait until nobody else of the area is at it; belongs at the beginning of a transaction.

    Two who add the same day at once would both find it missing. SQLite lets one writer in at a time
    anyway and ignores the lock.
    """
    db.session.execute(sa.select(Area.id).where(Area.id == area_id).with_for_update())
