"""The messages that carry calendar files: to the panel, and apart from it to the applicant.

The applicant's file is made of its own list, which holds the applicant alone; nothing of the
panel's is ever handed to it.
"""

import secrets
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from portal.access.readers import CaseReader, readers_of
from portal.db import db
from portal.domain.roles import Actor
from portal.invites.content import Attendee, Invite, Method
from portal.invites.ics import to_ics
from portal.models.case import Case
from portal.models.invite import InviteAnswer
from portal.models.meeting import Meeting
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.models.person import Area, Person
from portal.services import links
from portal.services.invites_out import Holder, counting_answers


def panel_people(case: Case) -> list[CaseReader]:
    """Return who is invited: everybody who can open the case, in two roles once."""
    people = readers_of(case)
    return list({person.person_id: person for person in reversed(people)}.values())[::-1]


def panel_requests(
    actor: Actor, case: Case, meeting: Meeting, only: frozenset[int] | None = None
) -> list[OutboxMessage]:
    """Return the panel's invite for each person, or for some of them.

    Each file lists everybody, and of the answers its own reader's alone.
    """
    people = panel_people(case)
    persons = _persons(person.person_id for person in people)
    answers = counting_answers(meeting, persons)
    plain = {each.person_id: Attendee(each.name, persons[each.person_id].email) for each in people}
    found = []
    for each in people:
        if only is not None and each.person_id not in only:
            continue
        listed = plain | {
            each.person_id: _answered(plain[each.person_id], answers.get(each.person_id))
        }
        invite = _panel_invite(actor, case, meeting, Method.REQUEST, tuple(listed.values()))
        holder = Holder(each.person_id, plain[each.person_id].email)
        found.append(_message(actor, case, meeting, invite, holder, _asks(case)))
    return found


def panel_cancels(
    actor: Actor, case: Case, meeting: Meeting, holders: Sequence[Holder], *, takes_off: bool
) -> list[OutboxMessage]:
    """Return the cancellation for each holder.

    Args:
        actor: whose change it is.
        case: whose meeting it is.
        meeting: as it was told before.
        holders: who gets one.
        takes_off: the meeting stands without them, and each file lists its own reader alone.
    """
    persons = _persons(each.person_id for each in holders if each.person_id)
    attendees = {
        each: Attendee(persons[each.person_id].name, each.receiver)
        for each in holders
        if each.person_id
    }
    return [
        _message(
            actor,
            case,
            meeting,
            _panel_invite(
                actor,
                case,
                meeting,
                Method.CANCEL,
                (attendee,) if takes_off else tuple(attendees.values()),
                takes_off=takes_off,
            ),
            holder,
            _is_off(case),
        )
        for holder, attendee in attendees.items()
    ]


def applicant_message(
    actor: Actor, case: Case, meeting: Meeting, method: Method, receiver: str
) -> OutboxMessage:
    """Return the applicant's own invite or its cancellation; it names nobody else."""
    area = db.session.get_one(Area, case.area_id)
    is_request = method is Method.REQUEST
    invite = Invite(
        uid=meeting.applicant_uid,
        sequence=meeting.applicant_sequence,
        method=method,
        start=meeting.starts_at,
        end=meeting.opening_ends_at,
        stamp=actor.at,
        organiser=_organiser(case),
        attendees=(Attendee(case.reference, receiver),),
        title=case.reference,
        place=meeting.place if is_request else "",
        description=f"If this does not suit you, call {area.office_phone}."
        if is_request
        else f"If you have a question, call {area.office_phone}.",
        url=meeting.applicant_join_link or None if is_request else None,
    )
    body = (
        f"There is an invite for you, with the reference {case.reference}.\n\n"
        f"If the time does not suit you, call {area.office_phone}.\n"
        if is_request
        else _is_off(case)
    )
    return _message(actor, case, meeting, invite, Holder(None, receiver), body)


def _persons(ids: Iterable[int]) -> dict[int, Person]:
    found = db.session.scalars(sa.select(Person).where(Person.id.in_(set(ids))))
    return {person.id: person for person in found}


def _answered(attendee: Attendee, answer: InviteAnswer | None) -> Attendee:
    if answer is None:
        return attendee
    delegate = _persons([answer.delegate_id]) if answer.delegate_id else {}
    email = next((person.email for person in delegate.values()), "")
    return Attendee(attendee.name, attendee.email, answer.answer, email)


def _panel_invite(
    actor: Actor,
    case: Case,
    meeting: Meeting,
    method: Method,
    attendees: tuple[Attendee, ...],
    *,
    takes_off: bool = False,
) -> Invite:
    is_request = method is Method.REQUEST
    return Invite(
        uid=meeting.panel_uid,
        sequence=meeting.sequence,
        method=method,
        start=meeting.starts_at,
        end=meeting.ends_at,
        stamp=actor.at,
        organiser=_organiser(case),
        attendees=attendees,
        title=case.reference,
        # Who is taken off is told nothing new.
        place=meeting.place if is_request else "",
        description=links.case_link(case.reference, "meeting") if is_request else "",
        url=meeting.join_link or None if is_request else None,
        takes_off=takes_off,
    )


def _organiser(case: Case) -> Attendee:
    area = db.session.get_one(Area, case.area_id)
    return Attendee(area.office_name, area.office_email)


def _asks(case: Case) -> str:
    return (
        f"Something is waiting for you on {case.reference}: an invite to a meeting.\n\n"
        f"{links.case_link(case.reference, 'meeting')}\n"
    )


def _is_off(case: Case) -> str:
    area = db.session.get_one(Area, case.area_id)
    return (
        f"An entry in your calendar with the reference {case.reference} is cancelled.\n\n"
        f"If you have a question, call {area.office_phone}.\n"
    )


def _message(
    actor: Actor, case: Case, meeting: Meeting, invite: Invite, to_whom: Holder, body: str
) -> OutboxMessage:
    whom = f"panel-{to_whom.person_id}" if to_whom.person_id else "applicant"
    return OutboxMessage(
        # The same sequence can go to somebody twice: who was taken off can be named again.
        key=f"meeting-{meeting.id}-{invite.sequence}-{whom}-{secrets.token_hex(4)}",
        area_id=case.area_id,
        case_id=case.id,
        person_id=to_whom.person_id,
        receiver=to_whom.receiver,
        subject=case.reference,
        body=body,
        invite=to_ics(invite),
        invite_method=invite.method.value,
        invite_uid=invite.uid,
        state=DeliveryState.WAITING,
        created_at=actor.at,
        try_at=actor.at,
    )
