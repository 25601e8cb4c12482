"""Bringing an issued paper on its way, once; and turning it round when that way is not safe."""

import datetime as dt

from portal import log
from portal.access.gate import Opened
from portal.access.scope.delivery import deliveries_for, safe_reaches_for
from portal.access.scope.messages import messages_for
from portal.access.scope.people import contacts_for, parties_for
from portal.db import db
from portal.domain.delivery import Reach, SafeWay, by_way, why_held
from portal.domain.roles import Actor
from portal.mail import sealed
from portal.models.case import Party, PartyContact
from portal.models.delivery import (
    Delivery,
    DeliveryStep,
    PostState,
    SafeReach,
    StepKind,
)
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.models.plan import LETTERS, Document, DocumentKind
from portal.services.addressees import may_get_papers, receiver_of

LINK_LASTS = dt.timedelta(days=28)
FOR_APPLICANT = frozenset({*LETTERS.values(), DocumentKind.ACTION_PLAN_APPLICANT})
_NOT_THERE_YET = frozenset({PostState.HELD, PostState.WAITING})


def hand_over(actor: Actor, opened: Opened, document: Document) -> None:
    """Bring a paper that was just issued on its way to whom it is for; does not commit.

    What is not for the applicant goes nowhere from here.
    """
    if document.kind not in FOR_APPLICANT:
        return
    party = receiver_of(actor, opened, document.kind)
    if party is None:
        return
    db.session.flush()
    start(actor, opened, document.id, party)


def start(
    actor: Actor, opened: Opened, document_id: int, party: Party, way: SafeWay | None = None
) -> Delivery:
    """Bring a paper on its way to a party; does not commit.

    Args:
        actor: the coordinator.
        opened: the case.
        document_id: the issued paper.
        party: of the applicant's side.
        way: another one than they have chosen; it has to be safe all the same.
    """
    reach = reach_of(actor, opened, party)
    if way is not None:
        reach = by_way(reach, way)
    held = why_held(reach)
    delivery = Delivery(
        case_id=opened.case.id,
        document_id=document_id,
        party_id=party.id,
        way=None if held else reach.way,
        why_held=held,
        is_instead=way is not None,
        state=PostState.HELD if held else PostState.WAITING,
        made_at=actor.at,
    )
    db.session.add(delivery)
    db.session.flush()
    add_step(actor, delivery, StepKind.MADE)
    if delivery.way is SafeWay.EMAIL:
        _send_link(actor, opened, delivery, reach.email)
    return delivery


def reach_of(actor: Actor, opened: Opened, party: Party) -> Reach:
    """Return how a party can be reached, as it stands; belongs inside a transaction."""
    case_id = opened.case.id
    safe = db.session.scalars(
        safe_reaches_for(actor, case_id).where(SafeReach.party_id == party.id)
    ).one_or_none()
    contact = db.session.scalars(
        contacts_for(actor, case_id).where(PartyContact.party_id == party.id)
    ).one_or_none()
    return Reach(
        way=safe.way if safe and safe.is_confirmed else None,
        email_is_safe=safe.email_is_safe if safe else None,
        post_is_safe=safe.post_is_safe if safe else None,
        email=contact.email if contact else "",
        address=contact.address if contact else "",
        phone=contact.phone if contact else "",
        may_be_told=may_get_papers(party),
    )


def _send_link(actor: Actor, opened: Opened, delivery: Delivery, email: str) -> None:
    seed = sealed.new_seed("link")
    delivery.sent_to = email
    delivery.link_hash = sealed.hash_of(sealed.secret_of(seed))
    delivery.link_until = actor.at + LINK_LASTS
    db.session.add(
        message(
            actor.at,
            delivery,
            opened.case.reference,
            opened.case.area_id,
            key=f"paper-{delivery.id}",
            body=f"Something is waiting for you. Your number is {opened.case.reference}.\n\n"
            f"{sealed.PLACE}\n\nThe page asks for a code. You can have it sent there. "
            "The link works for 28 days.\n",
            seed=seed,
        )
    )


def message(
    at: dt.datetime,
    delivery: Delivery,
    reference: str,
    area_id: int,
    *,
    key: str,
    body: str,
    seed: str,
) -> OutboxMessage:
    """Return a message to whom a paper is for: reference, and what its seed stands for."""
    return OutboxMessage(
        key=key,
        area_id=area_id,
        case_id=delivery.case_id,
        person_id=None,
        receiver=delivery.sent_to,
        subject=reference,
        body=body,
        state=DeliveryState.WAITING,
        created_at=at,
        try_at=at,
        delivery_id=delivery.id,
        seed=seed,
    )


def follow(actor: Actor, opened: Opened) -> None:
    """Turn round what is on its way by a way that is not the safe one any more.

    A link whose address or way has changed opens nothing from now on. What had not reached its
    receiver goes by the way that is safe now, or is held. Belongs inside a transaction, after
    what was changed: safe ways, contacts, consents.
    """
    db.session.flush()
    open_ones = deliveries_for(actor, opened.case.id).where(Delivery.ended_at.is_(None))
    found = db.session.scalars(open_ones).all()
    if not found:
        return
    parties = {p.id: p for p in db.session.scalars(parties_for(actor, [opened.case.id]))}
    for delivery in found:
        party = parties[delivery.party_id]
        reach = reach_of(actor, opened, party)
        if _still_right(delivery, reach):
            continue
        is_there = delivery.state not in _NOT_THERE_YET
        take_back(actor, opened, delivery, state=delivery.state if is_there else None)
        if not is_there:
            start(actor, opened, delivery.document_id, party)


def _still_right(delivery: Delivery, reach: Reach) -> bool:
    if delivery.state is PostState.GONE and delivery.link_hash is None:
        return True  # it is on paper, or was read out
    if delivery.is_instead and delivery.way is not None:
        return why_held(by_way(reach, delivery.way)) is None
    held = why_held(reach)
    if delivery.why_held is not None or held is not None:
        return delivery.why_held is held
    if delivery.way is SafeWay.EMAIL:
        return reach.way is SafeWay.EMAIL and delivery.sent_to == reach.email
    return delivery.way is reach.way


def take_back(
    actor: Actor, opened: Opened, delivery: Delivery, *, state: PostState | None = None
) -> None:
    """End a delivery: its link opens nothing more, and what has not left does not leave.

    Args:
        actor: the coordinator.
        opened: the case.
        delivery: one that is in force.
        state: in which it ends; none is taken back.
    """
    delivery.state = state or PostState.TAKEN_BACK
    delivery.ended_at = actor.at
    add_step(actor, delivery, StepKind.TAKEN_BACK)
    thing = f"delivery {delivery.id}"
    log.record(actor, "paper_taken_back", reference=opened.case.reference, thing=thing)
    unsent = messages_for(actor).where(
        OutboxMessage.delivery_id == delivery.id,
        OutboxMessage.state.in_([DeliveryState.WAITING, DeliveryState.UNDELIVERED]),
    )
    for each in db.session.scalars(unsent):
        each.state = DeliveryState.WITHHELD
    db.session.flush()


def add_step(actor: Actor, delivery: Delivery, kind: StepKind, words: str = "") -> None:
    """Record a step of a delivery; the holder of a link is nobody who signs in."""
    db.session.add(
        DeliveryStep(
            delivery_id=delivery.id,
            kind=kind,
            at=actor.at,
            person_id=actor.person_id,
            words=words,
        )
    )


__all__ = [
    "FOR_APPLICANT",
    "add_step",
    "follow",
    "hand_over",
    "message",
    "reach_of",
    "start",
    "take_back",
]
