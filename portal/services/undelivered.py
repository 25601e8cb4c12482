"""Messages that could not be delivered: a person looks, and has them sent again or by post."""

import datetime as dt
from dataclasses import dataclass

from portal import log
from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.cases import cases_for
from portal.access.scope.delivery import deliveries_for
from portal.access.scope.messages import messages_for
from portal.access.scope.people import parties_for
from portal.db import db, transaction
from portal.domain.delivery import SafeWay, by_way, why_held
from portal.domain.roles import Act, Actor
from portal.domain.stages import IllegalMoveError
from portal.models.case import Case, Party
from portal.models.delivery import Delivery, StepKind
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.services.changes import names_of
from portal.services.delivering import add_step, reach_of, start, take_back
from portal.services.once import once
from portal.services.safe_reach import WHY_HELD

MOST_LISTED = 200
APPLICANTS_SIDE = "The applicant’s side"
_FAULTS = {
    "SMTPRecipientsRefused": "The mail server does not know this address, or refuses it",
    "SMTPDataError": "The mail server refused the message",
    "MessageError": "This is not an email address that anything can be sent to",
}


@dataclass(frozen=True)
class DeadLetter:
    """A message that could not be delivered.

    Attributes:
        whom: a person's name, or that it was for the applicant's side.
        may_go_by_post: it says that a paper is waiting, which can be posted instead.
    """

    id: int
    reference: str
    whom: str
    receiver: str
    why: str
    tries: int
    since: dt.datetime
    may_go_by_post: bool


def open_undelivered(actor: Actor) -> tuple[DeadLetter, ...]:
    """Return what could not be delivered in the actor's area, the newest first."""
    with transaction():
        log.record(actor, Act.READ_POST.value, thing="undelivered")
        query = messages_for(actor).where(OutboxMessage.state == DeliveryState.UNDELIVERED)
        rows = db.session.scalars(query.limit(MOST_LISTED)).all()
        names = names_of(row.person_id for row in rows)
        return tuple(_shown(row, names.get(row.person_id, APPLICANTS_SIDE)) for row in rows)


def _shown(row: OutboxMessage, whom: str) -> DeadLetter:
    return DeadLetter(
        id=row.id,
        reference=row.subject,
        whom=whom,
        receiver=row.receiver,
        why=_FAULTS.get(row.fault, "The mail server could not be reached, or did not answer"),
        tries=row.attempts,
        since=row.created_at,
        may_go_by_post=row.delivery_id is not None,
    )


def try_again(actor: Actor, message_id: int, token: str) -> None:
    """Have a message sent again: as often, and with the same pauses, as a new one.

    Raises:
        CaseNotFoundError: it is none of the area's that could not be delivered.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        row, opened = _open_dead(actor, message_id, "tried again")
        row.state, row.try_at, row.attempts_before = (
            DeliveryState.WAITING,
            actor.at,
            row.attempts,
        )
        delivery = _delivery_of(actor, row, opened)
        if delivery is not None:
            add_step(actor, delivery, StepKind.TRIED_AGAIN)


def send_by_post(actor: Actor, message_id: int, token: str) -> None:
    """Send the paper by post that a message could not be delivered about.

    Raises:
        CaseNotFoundError: it is none of the area's about a paper that could not be delivered.
        IllegalMoveError: it is not safe to write to them, or their address is not known.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        row, opened = _open_dead(actor, message_id, "by post instead")
        delivery = _delivery_of(actor, row, opened)
        if opened is None or delivery is None or delivery.ended_at is not None:
            raise CaseNotFoundError("message")
        party = db.session.scalars(
            parties_for(actor, [opened.case.id]).where(Party.id == delivery.party_id)
        ).one()
        held = why_held(by_way(reach_of(actor, opened, party), SafeWay.POST))
        if held:
            raise IllegalMoveError(f"This cannot go by post. {WHY_HELD[held]}")
        take_back(actor, opened, delivery)
        start(actor, opened, delivery.document_id, party, SafeWay.POST)


def _open_dead(actor: Actor, message_id: int, done: str) -> tuple[OutboxMessage, Opened | None]:
    """Return a message that could not be delivered, and its case; keep in the log what is done.

    The case is locked first: of two who do something with the message the second finds it gone.
    """
    thing, row = f"message {message_id}, {done}", _dead(actor, message_id)
    query = cases_for(actor).where(Case.id == row.case_id).with_only_columns(Case.reference)
    reference = db.session.scalar(query)
    if reference is None:
        log.record(actor, Act.DELIVER_PAPER.value, thing=thing)
        return row, None
    opened = load_case(actor, reference, Act.DELIVER_PAPER, thing=thing)
    return _dead(actor, message_id), opened


def _dead(actor: Actor, message_id: int) -> OutboxMessage:
    query = messages_for(actor).where(
        OutboxMessage.id == message_id, OutboxMessage.state == DeliveryState.UNDELIVERED
    )
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise CaseNotFoundError("message")
    return found


def _delivery_of(actor: Actor, row: OutboxMessage, opened: Opened | None) -> Delivery | None:
    if opened is None:
        return None
    query = deliveries_for(actor, opened.case.id).where(Delivery.id == row.delivery_id)
    return db.session.scalars(query).one_or_none()
