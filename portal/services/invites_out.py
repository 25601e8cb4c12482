"""What has gone out, or waits to, about an entry in people's calendars: who holds an invite.

The outbox is what is known of it: an invite that never leaves is held by nobody.
"""

from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db
from portal.domain.invites import counts
from portal.domain.roles import Actor
from portal.invites.content import Method
from portal.models.case import Case
from portal.models.invite import InviteAnswer
from portal.models.meeting import Meeting
from portal.models.outbox import DeliveryState, OutboxMessage

_DOOR = "whoever changes a panel, everybody with an invite has to be told, and their answer kept"


@dataclass(frozen=True)
class Holder:
    """Somebody in whose calendar the entry is, or will be; no person is the applicant."""

    person_id: int | None
    receiver: str


@dataclass(frozen=True)
class Entry:
    """An entry in calendars.

    Attributes:
        holders: who was invited and not taken off since, by address.
        taken_off: the addresses that were taken off and not invited again.
    """

    holders: dict[str, Holder]
    taken_off: frozenset[str]


def entry_of(uid: str) -> Entry:
    """Return who holds the invite with this UID; belongs inside a transaction."""
    rows = db.session.execute(
        sa.select(OutboxMessage.person_id, OutboxMessage.receiver, OutboxMessage.invite_method)
        .where(OutboxMessage.invite_uid == uid, OutboxMessage.state != DeliveryState.WITHHELD)
        .order_by(OutboxMessage.id)
        .execution_options(**unscoped(_DOOR))
    )
    last = {receiver: (person_id, method) for person_id, receiver, method in rows}
    return Entry(
        holders={
            receiver: Holder(person_id, receiver)
            for receiver, (person_id, method) in last.items()
            if method == Method.REQUEST
        },
        taken_off=frozenset(
            receiver for receiver, (_, method) in last.items() if method == Method.CANCEL
        ),
    )


def put_out(messages: Sequence[OutboxMessage]) -> None:
    """Add messages to the outbox in the place of older ones that have not left.

    Belongs inside a transaction.
    """
    for message in messages:
        db.session.execute(
            sa.update(OutboxMessage)
            .where(
                OutboxMessage.invite_uid == message.invite_uid,
                OutboxMessage.receiver == message.receiver,
                OutboxMessage.state == DeliveryState.WAITING,
            )
            .values(state=DeliveryState.WITHHELD)
            .execution_options(synchronize_session=False, **unscoped(_DOOR))
        )
    db.session.add_all(messages)
    db.session.flush()


def counting_answers(meeting: Meeting, panel: Container[int]) -> dict[int | None, InviteAnswer]:
    """Return the answer of each person that counts, for the files that they themselves get."""
    rows = db.session.scalars(
        sa.select(InviteAnswer)
        .where(InviteAnswer.meeting_id == meeting.id)
        .order_by(InviteAnswer.id)
        .execution_options(**unscoped(_DOOR))
    )
    return {row.person_id: row for row in rows if does_count(meeting, row, panel)}


def does_count(meeting: Meeting, row: InviteAnswer, panel: Container[int]) -> bool:
    """Say whether an answer still holds: to this day and time, and who comes instead still can.

    ``panel`` holds the numbers of the persons who are on the panel now.
    """
    if row.delegate_id is not None and row.delegate_id not in panel:
        return False
    since = meeting.applicant_time_sequence if row.person_id is None else meeting.time_sequence
    return counts(row.sequence, since)


def meetings_ahead(
    actor: Actor, *, case_ids: Collection[int] = (), person_id: int | None = None
) -> list[tuple[Meeting, Case]]:
    """Return the meetings that somebody was invited to and that are not over, with their cases.

    Args:
        actor: whose change of a panel it is; only their instant is asked for.
        case_ids: of which cases; none means all those with an invite to the person.
        person_id: who was invited.
    """
    query = (
        sa.select(Meeting, Case)
        .join(Case, Case.id == Meeting.case_id)
        .where(
            Meeting.invited_at.is_not(None),
            Meeting.called_off_at.is_(None),
            Meeting.opened_at.is_(None),
            Meeting.ends_at > actor.at,
        )
        .order_by(Meeting.id)
    )
    if person_id is None:
        query = query.where(Meeting.case_id.in_(case_ids))
    else:
        invited = sa.exists().where(
            OutboxMessage.invite_uid == Meeting.panel_uid, OutboxMessage.person_id == person_id
        )
        query = query.where(invited)
    return [
        (row[0], row[1]) for row in db.session.execute(query.execution_options(**unscoped(_DOOR)))
    ]
