"""What has been of a case's meeting: sittings that adjourned, meetings that were called off."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import Opened
from portal.access.scope.meeting import adjourned_sittings_for, called_off_meetings_for
from portal.db import db
from portal.domain.roles import Actor
from portal.services.changes import names_of


@dataclass(frozen=True)
class ShownSitting:
    """A sitting that ended without closing the meeting."""

    number: int
    starts_at: dt.datetime
    place: str
    opened_at: dt.datetime
    adjourned_at: dt.datetime
    adjourned_by: str
    reason: str
    interim_steps: str
    told_applicant: str


@dataclass(frozen=True)
class CalledOff:
    """A meeting that was called off."""

    starts_at: dt.datetime
    place: str
    called_off_at: dt.datetime
    called_off_by: str
    reason: str


@dataclass(frozen=True)
class PastMeetings:
    """Both, the first one first."""

    sittings: tuple[ShownSitting, ...]
    called_off: tuple[CalledOff, ...]


def past_meetings(actor: Actor, opened: Opened) -> PastMeetings:
    """Return what has been of the meeting, for who opens the case; inside a transaction."""
    sittings = db.session.scalars(adjourned_sittings_for(actor, opened.case.id)).all()
    called_off = db.session.scalars(called_off_meetings_for(actor, opened.case.id)).all()
    names = names_of(
        [row.adjourned_by_id for row in sittings] + [row.called_off_by_id for row in called_off]
    )
    return PastMeetings(
        sittings=tuple(
            ShownSitting(
                number=row.number,
                starts_at=row.starts_at,
                place=row.place,
                opened_at=row.opened_at,
                adjourned_at=row.adjourned_at,
                adjourned_by=names[row.adjourned_by_id],
                reason=row.reason,
                interim_steps=row.interim_steps,
                told_applicant=row.told_applicant,
            )
            for row in sittings
        ),
        called_off=tuple(
            CalledOff(
                row.starts_at,
                row.place,
                row.called_off_at or row.starts_at,
                names.get(row.called_off_by_id, ""),
                row.called_off_reason,
            )
            for row in called_off
        ),
    )
