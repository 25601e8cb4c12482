"""Whether the applicant's invite may go: it can be held until the victim has agreed."""

from portal.access.consent import why_held
from portal.access.gate import Opened
from portal.access.scope.messages import messages_for
from portal.db import db
from portal.domain.roles import Actor
from portal.models.meeting import Meeting
from portal.models.outbox import OutboxMessage


def why_invite_held(actor: Actor, opened: Opened, meeting: Meeting) -> str:
    """Return why the applicant's invite may not go, or an empty text."""
    if not meeting.applicant_email:
        return ""
    return why_held(actor, opened, meeting.applicant_email, for_meeting=True)


def invite_key(meeting: Meeting) -> str:
    """Return the key of the applicant's invite in the outbox."""
    return f"meeting-{meeting.id}-{meeting.sequence}-applicant"


def is_due_late(actor: Actor, opened: Opened, meeting: Meeting) -> bool:
    """Say whether the panel has its invites and the applicant's was held and may go now."""
    if meeting.invited_at is None or not meeting.applicant_email:
        return False
    query = messages_for(actor).where(OutboxMessage.key == invite_key(meeting))
    is_out = db.session.scalars(query).first() is not None
    return not is_out and not why_invite_held(actor, opened, meeting)
