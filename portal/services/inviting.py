"""Inviting to the meeting, and telling those with an invite when something about it changes.

RFC 5546: a change has the same UID and a higher SEQUENCE; who is taken off gets a cancellation and
the rest an update without them; when the meeting is called off everybody gets a cancellation.
"""

from portal import log
from portal.access.gate import Opened, load_case
from portal.access.scope.meeting import meetings_for
from portal.db import db
from portal.domain.roles import Act, Actor
from portal.invites.content import Method
from portal.models.case import Case
from portal.models.meeting import Meeting
from portal.models.outbox import OutboxMessage
from portal.services.applicant_invite import is_due_late, receiver_of_invite
from portal.services.booking_checks import BookingError
from portal.services.invite_messages import (
    applicant_message,
    panel_cancels,
    panel_people,
    panel_requests,
)
from portal.services.invites_out import Entry, entry_of, meetings_ahead, put_out
from portal.services.once import once


def send_invites(actor: Actor, reference: str, token: str) -> int:
    """Put the invites that have not gone out yet into the outbox; return how many.

    The panel's invite names everybody on the panel; the applicant's is built apart and names
    nobody else. It is held where the victim has not agreed to it, and can be sent later; so can
    those of people who joined the panel after the others were invited.

    Raises:
        BookingError: no meeting is booked, or everybody has an invite.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        opened = load_case(actor, reference, Act.BOOK_MEETING, thing="invites")
        meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
        if meeting is None:
            raise BookingError("held_on", "No meeting is booked yet")
        if not opened.facts.chair_is_ready:
            raise BookingError("held_on", "The chair has first to declare no conflict of interest")
        is_first = meeting.invited_at is None
        messages = _to_panel(actor, opened.case, meeting)
        if is_first or is_due_late(actor, opened, meeting):
            messages += _to_applicant(actor, opened, meeting)
        if not messages:
            raise BookingError("held_on", "The invites have gone out already")
        put_out(messages)
        meeting.invited_at = meeting.invited_at or actor.at
        log.record(actor, "invites_sent", reference=reference, thing=f"{len(messages)} invites")
        turn.result = str(len(messages))
    return int(turn.result)


def not_invited(case: Case, meeting: Meeting) -> tuple[str, ...]:
    """Return who joined the panel after the others were invited, as people read it."""
    if meeting.invited_at is None:
        return ()
    ids = _newcomers(case, entry_of(meeting.panel_uid))
    return tuple(person.label for person in panel_people(case) if person.person_id in ids)


def _newcomers(case: Case, entry: Entry) -> frozenset[int]:
    invited = {holder.person_id for holder in entry.holders.values()}
    return frozenset(
        person.person_id for person in panel_people(case) if person.person_id not in invited
    )


def _to_panel(actor: Actor, case: Case, meeting: Meeting) -> list[OutboxMessage]:
    """Return the panel's invites that are still to go.

    A calendar that was told that its reader is off takes no invite of that SEQUENCE any more, so
    that who comes back raises it, for everybody.
    """
    entry = entry_of(meeting.panel_uid)
    newcomers = _newcomers(case, entry)
    requests = panel_requests(actor, case, meeting, newcomers) if newcomers else []
    if entry.taken_off.isdisjoint(message.receiver for message in requests):
        return requests
    _raise_sequence(meeting)
    return panel_requests(actor, case, meeting)


def _to_applicant(actor: Actor, opened: Opened, meeting: Meeting) -> list[OutboxMessage]:
    receiver = receiver_of_invite(actor, opened, meeting)
    if not receiver:
        return []
    if entry_of(meeting.applicant_uid).taken_off:
        meeting.applicant_sequence += 1
    return [applicant_message(actor, opened.case, meeting, Method.REQUEST, receiver)]


def _raise_sequence(meeting: Meeting) -> None:
    meeting.sequence += 1
    db.session.flush()


def update_panel(actor: Actor, case: Case, meeting: Meeting, *, is_moved: bool = False) -> None:
    """Send everybody on the panel the invite as it is now, and who is off it a cancellation.

    Belongs inside a transaction.

    Args:
        actor: whose change it is.
        case: whose meeting it is.
        meeting: whose invites have gone out.
        is_moved: day or time is another one, so that everybody is asked again.
    """
    _raise_sequence(meeting)
    if is_moved:
        meeting.time_sequence = meeting.sequence
    here = {person.person_id for person in panel_people(case)}
    holders = entry_of(meeting.panel_uid).holders.values()
    gone = [holder for holder in holders if holder.person_id not in here]
    messages = [
        *panel_cancels(actor, case, meeting, gone, takes_off=True),
        *panel_requests(actor, case, meeting),
    ]
    put_out(messages)
    thing = f"{len(messages)} invites, sequence {meeting.sequence}"
    log.record(actor, "invites_changed", reference=case.reference, thing=thing)


def update_applicant(
    actor: Actor, opened: Opened, meeting: Meeting, *, is_changed: bool, is_moved: bool = False
) -> None:
    """Bring the applicant's own entry in line: changed, sent to another address, or taken back.

    Belongs inside a transaction.

    Args:
        actor: the coordinator, who may read the consents.
        opened: the case.
        meeting: whose panel has its invites.
        is_changed: something that the applicant's invite says is another one.
        is_moved: the day or the time of the opening section is.
    """
    entry = entry_of(meeting.applicant_uid)
    receiver = receiver_of_invite(actor, opened, meeting)
    gone = [address for address in entry.holders if address != receiver]
    if not gone and not (is_changed and receiver):
        return
    if entry.holders or entry.taken_off:
        meeting.applicant_sequence += 1
    if is_moved:
        meeting.applicant_time_sequence = meeting.applicant_sequence
    messages = [
        applicant_message(actor, opened.case, meeting, Method.CANCEL, address) for address in gone
    ]
    if receiver and is_changed:
        messages.append(applicant_message(actor, opened.case, meeting, Method.REQUEST, receiver))
    put_out(messages)
    thing = f"the applicant’s, sequence {meeting.applicant_sequence}"
    log.record(actor, "invites_changed", reference=opened.case.reference, thing=thing)


def take_back_applicants(actor: Actor, opened: Opened) -> None:
    """Cancel the applicant's own invite where it may not stand any more.

    Belongs inside a transaction, after what may have changed who has to agree.
    """
    meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
    if meeting is not None and is_ahead(actor, meeting):
        update_applicant(actor, opened, meeting, is_changed=False)


def take_leavers_off(actor: Actor, case: Case) -> None:
    """Cancel the invites of those who cannot open the case any more, and tell the rest.

    Belongs inside a transaction, after what makes them leave.
    """
    _take_off(actor, meetings_ahead(actor, case_ids=[case.id]))


def take_leaver_off_everywhere(actor: Actor, person_id: int) -> None:
    """Do the same in every case that a person was invited in: their account or a role has ended."""
    _take_off(actor, meetings_ahead(actor, person_id=person_id))


def _take_off(actor: Actor, meetings: list[tuple[Meeting, Case]]) -> None:
    for meeting, case in meetings:
        here = {person.person_id for person in panel_people(case)}
        holders = entry_of(meeting.panel_uid).holders.values()
        if any(holder.person_id not in here for holder in holders):
            update_panel(actor, case, meeting)


def is_ahead(actor: Actor, meeting: Meeting) -> bool:
    """Say whether the sitting is still to come: afterwards there is nothing to tell."""
    return meeting.opened_at is None and meeting.ends_at > actor.at


def take_all_back(actor: Actor, case: Case, meeting: Meeting) -> None:
    """Cancel every invite of a meeting that is called off; belongs inside a transaction."""
    holders = list(entry_of(meeting.panel_uid).holders.values())
    applicants = list(entry_of(meeting.applicant_uid).holders)
    meeting.applicant_sequence += 1
    _raise_sequence(meeting)
    messages = [
        *panel_cancels(actor, case, meeting, holders, takes_off=False),
        *(
            applicant_message(actor, case, meeting, Method.CANCEL, address)
            for address in applicants
        ),
    ]
    if messages:
        put_out(messages)
        thing = f"{len(messages)} invites"
        log.record(actor, "invites_taken_back", reference=case.reference, thing=thing)
