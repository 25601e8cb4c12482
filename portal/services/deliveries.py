"""Papers on their way to the applicant's side: the office's lists, and each step that it takes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from portal import log
from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.delivery import (
    deliveries_for,
    papers_to_send_for,
    steps_for,
)
from portal.access.scope.meeting import documents_for
from portal.access.scope.messages import messages_for
from portal.access.scope.people import contacts_for, parties_for
from portal.db import db, transaction
from portal.domain.delivery import SafeWay
from portal.domain.roles import Act, Actor
from portal.models.case import Party, PartyContact
from portal.models.delivery import (
    Delivery,
    DeliveryStep,
    PostState,
    StepKind,
)
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.models.plan import Document
from portal.services.changes import names_of
from portal.services.documents import LABELS
from portal.services.frames import CaseFrame, frame
from portal.services.safe_reach import WAYS, WHY_HELD
from portal.services.words import party_name

MOST_LISTED = 200

STEPS: Mapping[StepKind, str] = {
    StepKind.MADE: "On its way",
    StepKind.POSTED: "Posted",
    StepKind.CAME_BACK: "Came back",
    StepKind.TRIED: "Rang, and did not reach them",
    StepKind.REACHED: "Rang, reached them, and did not read it out",
    StepKind.READ_OUT: "Rang, and read it out",
    StepKind.CODE_SENT: "They asked for a code, which was sent",
    StepKind.CODE_TOLD: "Got a code to be told",
    StepKind.OPENED: "They opened it by the link",
    StepKind.TRIED_AGAIN: "Had the email sent again",
    StepKind.TAKEN_BACK: "Taken back",
}
MAIL: Mapping[DeliveryState, str] = {
    DeliveryState.WAITING: "The email is waiting to be sent",
    DeliveryState.SENDING: "The email is waiting to be sent",
    DeliveryState.SENT: "The email was sent; nobody has opened the paper yet",
    DeliveryState.UNDELIVERED: "The email could not be delivered",
    DeliveryState.WITHHELD: "The email was taken back before it was sent",
}


@dataclass(frozen=True)
class ListedPaper:
    """A paper in the office's lists: which, of which case, for whom; never where they live."""

    delivery_id: int
    reference: str
    label: str
    receiver: str
    why: str
    since: dt.datetime


@dataclass(frozen=True)
class PostPage:
    """What the office of an area has to send, to ring about, and to ask about first."""

    held: tuple[ListedPaper, ...]
    to_post: tuple[ListedPaper, ...]
    to_ring: tuple[ListedPaper, ...]
    by_email: tuple[ListedPaper, ...]
    came_back: tuple[ListedPaper, ...]


@dataclass(frozen=True)
class ShownStep:
    """A step of a delivery; by is empty where the receiver did it."""

    what: str
    at: dt.datetime
    by: str
    words: str


@dataclass(frozen=True)
class ShownDelivery:
    """A paper on its way, as the case's list shows it.

    Attributes:
        where: how far it has got, in words.
        is_open: nothing has ended it.
    """

    id: int
    label: str
    receiver: str
    way: str
    where: str
    at: dt.datetime
    is_open: bool


@dataclass(frozen=True)
class DeliveryPage:
    """A paper on its way: where it goes, what was done, and what can be done now.

    Attributes:
        filename: of the issued document.
        address: for the envelope; empty but for what goes by post.
        may: what can be done: values of ``StepKind``.
    """

    frame: CaseFrame
    shown: ShownDelivery
    party_id: int
    filename: str
    address: str
    steps: tuple[ShownStep, ...]
    may: frozenset[str]


def open_post(actor: Actor) -> PostPage:
    """Return what the office of the actor's area has to send."""
    with transaction():
        log.record(actor, Act.READ_POST.value)
        waiting = _listed(actor, PostState.WAITING)
        return PostPage(
            held=tuple(paper for _, paper in _listed(actor, PostState.HELD)),
            to_post=_by(waiting, SafeWay.POST),
            to_ring=_by(waiting, SafeWay.PHONE),
            by_email=_by(waiting, SafeWay.EMAIL),
            came_back=tuple(paper for _, paper in _listed(actor, PostState.CAME_BACK)),
        )


def _listed(actor: Actor, state: PostState) -> list[tuple[SafeWay | None, ListedPaper]]:
    rows = db.session.execute(papers_to_send_for(actor, state).limit(MOST_LISTED))
    return [
        (
            row.way,
            ListedPaper(
                delivery_id=row.id,
                reference=reference,
                label=f"{LABELS[kind]}, issue {number}",
                receiver=party_name(name),
                why=WHY_HELD[row.why_held] if row.why_held else "",
                since=row.made_at,
            ),
        )
        for row, reference, name, kind, number in rows
    ]


def _by(
    listed: list[tuple[SafeWay | None, ListedPaper]], wanted: SafeWay
) -> tuple[ListedPaper, ...]:
    return tuple(paper for way, paper in listed if way is wanted)


def deliveries_of(actor: Actor, opened: Opened) -> tuple[ShownDelivery, ...]:
    """Return which papers went to whom, when and how; belongs inside a transaction.

    Empty for everybody but the coordinator.
    """
    rows = db.session.scalars(deliveries_for(actor, opened.case.id)).all()
    if not rows:
        return ()
    documents = {each.id: each for each in db.session.scalars(documents_for(actor, opened.case.id))}
    names = {
        each.id: party_name(each.name)
        for each in db.session.scalars(parties_for(actor, [opened.case.id]))
    }
    mail = _mail_states(actor, opened)
    return tuple(
        _shown(row, documents[row.document_id], names[row.party_id], mail.get(row.id))
        for row in rows
    )


def _mail_states(actor: Actor, opened: Opened) -> dict[int | None, DeliveryState]:
    """Return how far the email with the link of each delivery has got."""
    rows = db.session.scalars(
        messages_for(actor).where(
            OutboxMessage.case_id == opened.case.id,
            OutboxMessage.delivery_id.is_not(None),
            OutboxMessage.key.startswith("paper-"),
        )
    )
    return {row.delivery_id: row.state for row in rows}


def _shown(
    row: Delivery, document: Document, receiver: str, mail: DeliveryState | None
) -> ShownDelivery:
    return ShownDelivery(
        id=row.id,
        label=f"{LABELS[document.kind]}, issue {document.number}",
        receiver=receiver,
        way=WAYS[row.way] if row.way else "",
        where=_where(row, mail),
        at=row.made_at,
        is_open=row.ended_at is None,
    )


_WHERE: Mapping[tuple[PostState, SafeWay | None], str] = {
    (PostState.WAITING, SafeWay.POST): "To be printed and posted",
    (PostState.WAITING, SafeWay.PHONE): "To be read out on the phone",
    (PostState.GONE, SafeWay.EMAIL): "Opened by the link",
    (PostState.GONE, SafeWay.POST): "Posted",
    (PostState.GONE, SafeWay.PHONE): "Read out on the phone",
    (PostState.CAME_BACK, SafeWay.POST): "Came back",
}


def _where(row: Delivery, mail: DeliveryState | None) -> str:
    if row.state is PostState.HELD and row.why_held:
        return WHY_HELD[row.why_held]
    if row.state is PostState.WAITING and row.way is SafeWay.EMAIL:
        return MAIL[mail or DeliveryState.WAITING]
    return _WHERE.get((row.state, row.way), "Taken back")


def open_delivery(actor: Actor, reference: str, delivery_id: int) -> DeliveryPage:
    """Return a paper on its way.

    Raises:
        CaseNotFoundError: there is none of this number on the case.
    """
    with transaction():
        opened = load_case(actor, reference, Act.READ_POST, thing=f"delivery {delivery_id}")
        row = find_delivery(actor, opened, delivery_id)
        document = paper(actor, opened, row)
        steps = db.session.scalars(
            steps_for(actor, opened.case.id).where(DeliveryStep.delivery_id == row.id)
        ).all()
        names = names_of(step.person_id for step in steps)
        contact = contact_of_receiver(actor, opened, row)
        return DeliveryPage(
            frame=frame(actor, opened),
            shown=shown_delivery(actor, opened, row),
            party_id=row.party_id,
            filename=f"{document.kind}-{document.number}.docx",
            address=contact.address if contact and row.way is SafeWay.POST else "",
            steps=tuple(
                ShownStep(STEPS[s.kind], s.at, names.get(s.person_id, ""), s.words) for s in steps
            ),
            may=open_steps(row),
        )


def open_steps(row: Delivery) -> frozenset[str]:
    """Return what can be done with a paper now."""
    if row.state is PostState.CAME_BACK:
        return frozenset({"again"})
    if row.ended_at is not None:
        return frozenset()
    waits = row.state is PostState.WAITING
    found = {"take_back"} if waits or row.way is SafeWay.EMAIL else set()
    match row.way:
        case SafeWay.POST:
            found.add("posted" if waits else "came_back")
        case SafeWay.PHONE if waits:
            found.add("call")
        case SafeWay.EMAIL:
            found.add("tell_code")
    return frozenset(found)


def find_delivery(actor: Actor, opened: Opened, delivery_id: int) -> Delivery:
    """Return a paper on its way; belongs inside a transaction.

    Raises:
        CaseNotFoundError: there is none of this number on the case.
    """
    query = deliveries_for(actor, opened.case.id).where(Delivery.id == delivery_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def paper(actor: Actor, opened: Opened, row: Delivery) -> Document:
    """Return the issued paper of a delivery; belongs inside a transaction."""
    query = documents_for(actor, opened.case.id).where(Document.id == row.document_id)
    return db.session.scalars(query).one()


def receiver(actor: Actor, opened: Opened, row: Delivery) -> Party:
    """Return whom a paper goes to; belongs inside a transaction."""
    query = parties_for(actor, [opened.case.id]).where(Party.id == row.party_id)
    return db.session.scalars(query).one()


def contact_of_receiver(actor: Actor, opened: Opened, row: Delivery) -> PartyContact | None:
    """Return how to reach whom a paper goes to; belongs inside a transaction."""
    query = contacts_for(actor, opened.case.id).where(PartyContact.party_id == row.party_id)
    return db.session.scalars(query).one_or_none()


def shown_delivery(actor: Actor, opened: Opened, row: Delivery) -> ShownDelivery:
    """Return a delivery as it is shown; belongs inside a transaction."""
    mail = _mail_states(actor, opened).get(row.id)
    name = party_name(receiver(actor, opened, row).name)
    return _shown(row, paper(actor, opened, row), name, mail)
