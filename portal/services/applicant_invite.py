"""Whether the applicant's invite may go: it can be held until the victim has agreed."""

from portal.access.consent import why_held
from portal.access.gate import Opened
from portal.domain.roles import Actor
from portal.models.meeting import Meeting
from portal.services.invites_out import entry_of


def why_invite_held(actor: Actor, opened: Opened, meeting: Meeting) -> str:
    """Return why the applicant's invite may not go, or an empty text."""
    if not asks_for_invite(meeting):
        return ""
    return why_held(actor, opened, meeting.applicant_email, for_meeting=True)


def asks_for_invite(meeting: Meeting) -> bool:
    """Say whether the applicant is to get an invite by email at all."""
    return meeting.is_applicant_invited and bool(meeting.applicant_email)


def receiver_of_invite(actor: Actor, opened: Opened, meeting: Meeting) -> str:
    """Return the address that the applicant's invite may go to now; empty where to none."""
    if not asks_for_invite(meeting) or why_invite_held(actor, opened, meeting):
        return ""
    return meeting.applicant_email


def is_due_late(actor: Actor, opened: Opened, meeting: Meeting) -> bool:
    """Say whether the panel has its invites and the applicant's was held and may go now."""
    if meeting.invited_at is None or not asks_for_invite(meeting):
        return False
    is_out = meeting.applicant_email in entry_of(meeting.applicant_uid).holders
    return not is_out and bool(receiver_of_invite(actor, opened, meeting))
