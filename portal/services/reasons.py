"""The written reasons for not inviting the applicant, made of what was written to them alone."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, load_case
from portal.access.scope.meeting import meetings_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.models.person import Area
from portal.services.changes import name_of


@dataclass(frozen=True)
class ReasonsPage:
    """What goes to the applicant, and who wrote it when, for the office."""

    reference: str
    office_name: str
    office_phone: str
    on: dt.date
    reasons: str
    written_by: str
    written_at: dt.datetime | None


def open_reasons(actor: Actor, reference: str) -> ReasonsPage:
    """Return the reasons as they go to the applicant.

    Raises:
        CaseNotFoundError: the applicant is invited, or no meeting is booked.
    """
    with transaction():
        opened = load_case(actor, reference, Act.BOOK_MEETING, thing="reasons for the applicant")
        meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
        if meeting is None or not meeting.reasons_not_invited:
            raise CaseNotFoundError(reference)
        area = db.session.get_one(Area, opened.case.area_id)
        return ReasonsPage(
            reference=opened.case.reference,
            office_name=area.office_name,
            office_phone=area.office_phone,
            on=london_day(actor.at),
            reasons=meeting.reasons_not_invited,
            written_by=name_of(meeting.not_invited_by_id),
            written_at=meeting.not_invited_at,
        )
