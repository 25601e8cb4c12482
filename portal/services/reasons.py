"""Why the applicant is not invited to the next sitting, as it was written to them."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import Opened
from portal.access.scope.letters import issued_letters_for
from portal.access.scope.meeting import meetings_for
from portal.db import db
from portal.domain.deadlines import london_day
from portal.domain.letters import LetterKind
from portal.domain.roles import Actor
from portal.models.meeting import Meeting
from portal.models.plan import LETTERS, Document


@dataclass(frozen=True)
class Reasons:
    """The reasons of a sitting that is ahead.

    Attributes:
        words: a paragraph a line; the panel reads the same on the page of the meeting.
        meeting_on: the London day for which the sitting is booked.
        version: of what is booked; it grows with each change, so of the reasons too.
    """

    words: str
    meeting_on: dt.date
    version: int


def reasons_of(actor: Actor, opened: Opened) -> Reasons | None:
    """Return why the applicant is not invited; none where they are, or where nothing is ahead.

    Belongs inside a transaction.
    """
    meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
    if meeting is None or meeting.is_applicant_invited:
        return None
    if meeting.opened_at is not None or meeting.closed_at is not None:
        return None
    return Reasons(meeting.reasons_not_invited, london_day(meeting.starts_at), meeting.version)


def told_at(actor: Actor, meeting: Meeting) -> dt.datetime | None:
    """Return when the applicant was told last why they are not invited to this meeting.

    None where no letter was issued since the reasons were written. Belongs inside a transaction.
    """
    letters = issued_letters_for(actor, meeting.case_id).where(
        Document.kind == LETTERS[LetterKind.NOT_INVITED],
        Document.issued_at >= meeting.not_invited_at,
    )
    return max((at for _, _, at, _ in db.session.execute(letters)), default=None)
