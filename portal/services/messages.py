"""Messages that were sent, shown as their receivers get them; in a demonstration only."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.gate import CaseNotFoundError
from portal.access.scope.messages import messages_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.mail import sealed
from portal.models.outbox import OutboxMessage

PAGE = 50


@dataclass(frozen=True)
class ShownMessage:
    """A message as its receiver gets it."""

    id: int
    receiver: str
    subject: str
    body: str
    created_at: dt.datetime
    state: str
    invite: str
    invite_method: str


def list_messages(actor: Actor) -> tuple[ShownMessage, ...]:
    """Return the newest messages: the area's for its coordinator, else one's own."""
    with transaction():
        log.record(actor, Act.READ_SENT_MESSAGES.value)
        return tuple(_shown(row) for row in db.session.scalars(messages_for(actor).limit(PAGE)))


def download_invite(actor: Actor, message_id: int) -> tuple[str, bytes]:
    """Return reference and calendar file of a message.

    Raises:
        CaseNotFoundError: there is no such message for this reader, or it has no invite.
    """
    with transaction():
        log.record(actor, Act.READ_SENT_MESSAGES.value, thing=f"invite of message {message_id}")
        query: sa.Select[OutboxMessage] = messages_for(actor)
        found = db.session.scalars(query.where(OutboxMessage.id == message_id)).one_or_none()
        if found is None or found.invite is None:
            raise CaseNotFoundError("message")
        return found.subject, found.invite


def _shown(row: OutboxMessage) -> ShownMessage:
    return ShownMessage(
        id=row.id,
        receiver=row.receiver,
        subject=row.subject,
        body=sealed.opened_body(row.body, row.seed),
        created_at=row.created_at,
        state=row.state.value,
        invite=row.invite.decode() if row.invite else "",
        invite_method=row.invite_method or "",
    )
