"""The agencies of an area, as forms offer them."""

import sqlalchemy as sa

from portal.db import db
from portal.domain.handling import AgencyKind
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


def bodies_of_area(actor: Actor) -> dict[int, str]:
    """Return who in the actor's area takes reports: police, councils, landlords, health."""
    rows = db.session.execute(
        sa.select(Agency.id, Agency.name)
        .where(Agency.area_id == actor.area_id, Agency.kind.in_(_TAKE_REPORTS))
        .order_by(Agency.name)
    )
    return {row[0]: row[1] for row in rows}


_TAKE_REPORTS = (
    AgencyKind.POLICE,
    AgencyKind.COUNCIL,
    AgencyKind.HOUSING_PROVIDER,
    AgencyKind.HEALTH,
)


def council_of(actor: Actor, lga_id: int) -> int | None:
    """Return the council of a local government area, or none where it is not known."""
    return db.session.scalar(
        sa.select(Agency.id)
        .where(
            Agency.area_id == actor.area_id,
            Agency.kind == AgencyKind.COUNCIL,
            Agency.lga_id == lga_id,
        )
        .limit(1)
    )


def landlord_named(actor: Actor, name: str) -> int | None:
    """Return the housing provider of the actor's area with a name, however its letters' case is."""
    return db.session.scalar(
        sa.select(Agency.id)
        .where(
            Agency.area_id == actor.area_id,
            Agency.kind == AgencyKind.HOUSING_PROVIDER,
            sa.func.lower(Agency.name) == name.strip().lower(),
        )
        .limit(1)
    )
