"""The agencies of an area, as forms offer them."""

import sqlalchemy as sa

from portal.db import db
from portal.domain.roles import Actor
from portal.models.person import Agency


def agencies_of_area(actor: Actor) -> dict[int, str]:
    """Return the names of the agencies of the actor's area by their number, in order of name."""
    rows = db.session.execute(
        sa.select(Agency.id, Agency.name)
        .where(Agency.area_id == actor.area_id)
        .order_by(Agency.name)
    )
    return {row[0]: row[1] for row in rows}
