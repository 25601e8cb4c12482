"""What the applicant's side wrote to the office: read, answered, or done with without an answer."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.mine import (
    applicant_messages_for,
    applicants_side_of,
    cases_with_mail_for,
    notices_since,
)
from portal.db import db, transaction
from portal.domain.delivery import SafeWay, by_way, why_held
from portal.domain.roles import Act, Actor
from portal.mail import sealed
from portal.models.applicant_message import OWN_PAGE, ApplicantMessage
from portal.models.case import Party
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.services.changes import names_of
from portal.services.delivering import reach_of
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.words import PARTY_NAMES, party_name

ONE_NOTICE_IN = dt.timedelta(hours=1)


@dataclass(frozen=True)
class ShownMessage:
    """A message as the office reads it; ``by`` is who wrote it."""

    by: str
    is_from_office: bool
    words: str
    sent_at: dt.datetime


@dataclass(frozen=True)
class Thread:
    """What one party and the office wrote to one another; ``waits`` for the office."""

    party_id: int
    name: str
    role: str
    messages: tuple[ShownMessage, ...]
    waits: bool


@dataclass(frozen=True)
class MessagesPage:
    """The threads of a case, one for each of the applicant's side."""

    frame: CaseFrame
    threads: tuple[Thread, ...]


@dataclass(frozen=True)
class Waiting:
    """A case on which somebody waits for the office, and since when."""

    reference: str
    since: dt.datetime


def waiting(actor: Actor) -> tuple[Waiting, ...]:
    """Return where somebody of the applicant's side waits for an answer, the longest first."""
    with transaction():
        rows = db.session.execute(cases_with_mail_for(actor))
        return tuple(Waiting(reference, since) for reference, since in rows)


def open_messages(actor: Actor, reference: str) -> MessagesPage:
    """Return what the applicant's side and the office wrote to one another."""
    with transaction():
        opened = load_case(actor, reference, Act.ANSWER_APPLICANT, thing="form")
        rows = db.session.scalars(applicant_messages_for(actor, opened.case.id)).all()
        names = names_of(row.person_id for row in rows)
        parties = db.session.scalars(applicants_side_of(actor, opened.case.id)).all()
        return MessagesPage(
            frame(actor, opened),
            tuple(
                _thread(each, [row for row in rows if row.party_id == each.id], names)
                for each in parties
            ),
        )


def open_thread(actor: Actor, reference: str, party_id: int) -> tuple[MessagesPage, Thread]:
    """Return what one party and the office wrote to one another.

    Raises:
        CaseNotFoundError: they are not one of the applicant's side of this case.
    """
    page = open_messages(actor, reference)
    found = [each for each in page.threads if each.party_id == party_id]
    if not found:
        raise CaseNotFoundError(reference)
    return page, found[0]


def _thread(party: Party, rows: list[ApplicantMessage], names: dict[int | None, str]) -> Thread:
    name = party_name(party.name)
    return Thread(
        party_id=party.id,
        name=name,
        role=PARTY_NAMES[party.role],
        messages=tuple(
            ShownMessage(names.get(row.person_id, name), row.is_from_office, row.words, row.sent_at)
            for row in reversed(rows)
        ),
        waits=any(not row.is_from_office and row.read_at is None for row in rows),
    )


def answer(actor: Actor, reference: str, party_id: int, token: str, words: str) -> None:
    """Write to somebody of the applicant's side; what they had written is done with.

    They are told by email that something is waiting, if email is safe, once an hour at the most;
    the words themselves go nowhere but to their own page.

    Raises:
        CaseNotFoundError: they are not one of the applicant's side of this case.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened, party = _open(actor, reference, party_id, "answer")
        _done_with(actor, opened, party)
        leave_message(actor, opened, party, words)


def leave_message(actor: Actor, opened: Opened, party: Party, words: str) -> None:
    """Put a message on the page of a party and tell them that it waits, as ``answer`` does.

    Belongs inside a transaction.
    """
    message = ApplicantMessage(
        case_id=opened.case.id,
        party_id=party.id,
        is_from_office=True,
        words=words,
        sent_at=actor.at,
        person_id=actor.person_id,
    )
    db.session.add(message)
    db.session.flush()
    _tell(actor, opened, party, message)


def mark_read(actor: Actor, reference: str, party_id: int, token: str) -> None:
    """Be done with what somebody wrote without an answer on their page.

    Raises:
        CaseNotFoundError: they are not one of the applicant's side of this case.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        _done_with(actor, *_open(actor, reference, party_id, "read"))


def _open(actor: Actor, reference: str, party_id: int, what: str) -> tuple[Opened, Party]:
    thing = f"party {party_id}, {what}"
    opened = load_case(actor, reference, Act.ANSWER_APPLICANT, thing=thing)
    query = applicants_side_of(actor, opened.case.id).where(Party.id == party_id)
    party = db.session.scalars(query).one_or_none()
    if party is None:
        raise CaseNotFoundError(reference)
    return opened, party


def _done_with(actor: Actor, opened: Opened, party: Party) -> None:
    unread = applicant_messages_for(actor, opened.case.id).where(
        ApplicantMessage.party_id == party.id,
        ApplicantMessage.is_from_office.is_(False),
        ApplicantMessage.read_at.is_(None),
    )
    for each in db.session.scalars(unread):
        each.read_at = actor.at


def _tell(actor: Actor, opened: Opened, party: Party, message: ApplicantMessage) -> None:
    reach = by_way(reach_of(actor, opened, party), SafeWay.EMAIL)
    if why_held(reach):
        return
    if db.session.scalar(notices_since(reach.email, actor.at - ONE_NOTICE_IN)):
        return
    db.session.add(
        OutboxMessage(
            key=f"{OWN_PAGE}{message.id}",
            area_id=opened.case.area_id,
            case_id=opened.case.id,
            person_id=None,
            receiver=reach.email,
            subject=opened.case.reference,
            body=f"Something is waiting for you. Your number is {opened.case.reference}.\n\n"
            f"{sealed.own_page_link()}\n\nThe page asks for your reference and your code.\n",
            state=DeliveryState.WAITING,
            created_at=actor.at,
            try_at=actor.at,
        )
    )
