"""Somebody's own rights, for work that they have started and that goes on without their request."""

import datetime as dt

import sqlalchemy as sa

from portal.db import db
from portal.domain.roles import Actor, Role
from portal.models.person import Person, RoleHeld


def acting_for(
    person_id: int, role: Role, area_id: int, agency_id: int | None, at: dt.datetime
) -> Actor | None:
    """Return the actor that a person would be now in a role; none where it was taken from them.

    What is done in their name asks every door again as if they did it themselves at this moment.

    Args:
        person_id: who started the work.
        role: in which they did.
        area_id: of the role.
        agency_id: of the role, where it belongs to one.
        at: the present instant, aware.
    """
    name = db.session.scalars(
        sa.select(Person.name)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .where(
            Person.id == person_id,
            Person.active.is_(True),
            RoleHeld.role == role,
            RoleHeld.area_id == area_id,
            RoleHeld.agency_id == agency_id,
            RoleHeld.ended_at.is_(None),
        )
    ).one_or_none()
    if name is None:
        return None
    return Actor(
        person_id=person_id,
        name=name,
        role=role,
        area_id=area_id,
        agency_id=agency_id,
        at=at,
    )
