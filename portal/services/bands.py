"""The band of a case as lists and the top of its pages show it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from portal.access.scope.risk import standings_of
from portal.db import db
from portal.domain.risk.bands import Band
from portal.domain.roles import Actor
from portal.models.risk import RiskStanding


@dataclass(frozen=True)
class ShownBand:
    """The band in force, for who may read it.

    Attributes:
        band: its value, for the look.
        is_high: it is shown wherever the case is.
        is_raised: it is one higher because not enough is known.
        line: why, as the agencies on the panel read it.
    """

    band: str
    label: str
    is_high: bool
    is_raised: bool
    line: str
    scored_at: dt.datetime


def standings_by_case(actor: Actor, case_ids: Sequence[int]) -> dict[int, RiskStanding]:
    """Return where the risk stands on cases that the actor may open, in one query."""
    return {row.case_id: row for row in db.session.scalars(standings_of(actor, case_ids))}


def bands_by_case(actor: Actor, case_ids: Sequence[int]) -> dict[int, ShownBand]:
    """Return the bands of cases that the actor may open, in one query."""
    found = standings_by_case(actor, case_ids)
    return {case_id: shown_band(row) for case_id, row in found.items()}


def shown_band(row: RiskStanding) -> ShownBand:
    """Return a band as it is shown."""
    return ShownBand(
        band=row.band.value,
        label=row.band.label,
        is_high=Band(row.band).is_high,
        is_raised=row.is_raised,
        line=row.line,
        scored_at=row.scored_at,
    )
