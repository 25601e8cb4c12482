"""Where an incident or a report comes from, if not from the applicant."""

from collections.abc import Sequence

import sqlalchemy as sa

from portal.db import db
from portal.models.case import Incident, Report
from portal.models.person import Agency


def export_names(found: Sequence[Incident | Report]) -> dict[int | None, str]:
    """Return the names of the agencies whose exports these came from, by the agencies' numbers.

    Belongs inside a transaction.
    """
    ids = {each.from_agency_id for each in found} - {None}
    if not ids:
        return {}
    rows = db.session.execute(sa.select(Agency.id, Agency.name).where(Agency.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def export_of(name: str) -> str:
    """Return how a page says that something came from an agency's export."""
    return f"From {name}’s export" if name else ""
