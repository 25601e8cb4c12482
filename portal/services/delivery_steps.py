"""What the office does with a paper on its way: marks it, rings about it, tells a code for it."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.delivery import end_codes, safe_reaches_for
from portal.db import db, transaction
from portal.documents.reading import ShownParagraph, paragraphs_of
from portal.domain.answers import Answer
from portal.domain.roles import Act, Actor
from portal.domain.stages import IllegalMoveError
from portal.mail import sealed
from portal.models.delivery import Delivery, DeliveryCode, PostState, SafeReach, StepKind
from portal.models.person import Area
from portal.services.deliveries import (
    ShownDelivery,
    contact_of_receiver,
    find_delivery,
    open_steps,
    paper,
    receiver,
    shown_delivery,
)
from portal.services.delivering import add_step, start, take_back
from portal.services.frames import CaseFrame, frame
from portal.services.once import once

TOLD_CODE_LASTS = dt.timedelta(days=28)


@dataclass(frozen=True)
class CallPage:
    """The script of a call: what to say, what never to leave on a voicemail."""

    frame: CaseFrame
    shown: ShownDelivery
    phone: str
    times: str
    who_may_answer: str
    may_leave_message: bool
    office_phone: str
    paragraphs: tuple[ShownParagraph, ...]


def mark(actor: Actor, reference: str, delivery_id: int, token: str, *, done: str) -> str:
    """Record what was done with a paper: posted, came back, taken back, sent again; return which.

    A form that is sent again has done what it did the first time, whatever it asks for now.

    Args:
        actor: the coordinator.
        reference: of the case.
        delivery_id: of the paper on its way.
        token: of the form.
        done: one of ``DeliveryPage.may``.

    Raises:
        CaseNotFoundError: there is none of this number on the case.
        IllegalMoveError: it cannot be done, or not any more.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return turn.result
        thing = f"delivery {delivery_id}, {done}"
        opened = load_case(actor, reference, Act.DELIVER_PAPER, thing=thing)
        row = find_delivery(actor, opened, delivery_id)
        if done not in open_steps(row) or done not in _MARKS:
            raise IllegalMoveError("Somebody has changed this meanwhile. Look at it again")
        if done == "take_back":
            take_back(actor, opened, row)
        elif done == "again":
            row.state = PostState.TAKEN_BACK
            start(actor, opened, row.document_id, receiver(actor, opened, row))
        else:
            _mark_posted(actor, row, done)
        turn.result = done
    return done


_MARKS = frozenset({"posted", "came_back", "take_back", "again"})


def _mark_posted(actor: Actor, row: Delivery, done: str) -> None:
    row.state = PostState.GONE if done == "posted" else PostState.CAME_BACK
    row.ended_at = None if done == "posted" else actor.at
    add_step(actor, row, StepKind(done))


def open_call(actor: Actor, reference: str, delivery_id: int) -> CallPage:
    """Return the script for reading a paper out on the phone.

    It is made of the issued paper, which is written to the applicant.

    Raises:
        CaseNotFoundError: there is no such paper to be read out.
    """
    with transaction():
        opened = load_case(actor, reference, Act.READ_POST, thing=f"call {delivery_id}")
        row = _to_read_out(actor, opened, delivery_id)
        safe = db.session.scalars(
            safe_reaches_for(actor, opened.case.id).where(SafeReach.party_id == row.party_id)
        ).one_or_none()
        contact = contact_of_receiver(actor, opened, row)
        shown, top = shown_delivery(actor, opened, row), frame(actor, opened)
        content = paper(actor, opened, row).content
        office_phone = db.session.get_one(Area, opened.case.area_id).office_phone
    return CallPage(
        frame=top,
        shown=shown,
        phone=contact.phone if contact else "",
        times=safe.times if safe else "",
        who_may_answer=safe.who_may_answer if safe else "",
        may_leave_message=safe is not None and safe.voicemail_is_safe is Answer.YES,
        office_phone=office_phone,
        paragraphs=paragraphs_of(content),
    )


def _to_read_out(actor: Actor, opened: Opened, delivery_id: int) -> Delivery:
    row = find_delivery(actor, opened, delivery_id)
    if "call" not in open_steps(row):
        raise CaseNotFoundError(opened.case.reference)
    return row


def record_call(
    actor: Actor, reference: str, delivery_id: int, token: str, *, came_of_it: str, words: str
) -> None:
    """Record a call: they were not reached, reached, or had the paper read out.

    Args:
        actor: the coordinator.
        reference: of the case.
        delivery_id: of the paper.
        token: of the form.
        came_of_it: ``tried``, ``reached`` or ``read_out``.
        words: what was said.

    Raises:
        CaseNotFoundError: there is no such paper to be read out.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"delivery {delivery_id}, {came_of_it}"
        opened = load_case(actor, reference, Act.DELIVER_PAPER, thing=thing)
        row = _to_read_out(actor, opened, delivery_id)
        if came_of_it == StepKind.READ_OUT:
            row.state = PostState.GONE
        add_step(actor, row, StepKind(came_of_it), words)


def tell_code(actor: Actor, reference: str, delivery_id: int, token: str) -> str:
    """Return a new code for telling on the phone or writing on paper: it holds 28 days, once.

    Raises:
        CaseNotFoundError: there is none of this number on the case.
        IllegalMoveError: it has no link, or the link opens nothing any more.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            raise IllegalMoveError("The code was shown once. Make a new one")
        thing = f"delivery {delivery_id}, code"
        opened = load_case(actor, reference, Act.DELIVER_PAPER, thing=thing)
        row = find_delivery(actor, opened, delivery_id)
        if "tell_code" not in open_steps(row):
            raise IllegalMoveError("There is no link that a code could open")
        code = sealed.secret_of(sealed.new_seed("code"))
        db.session.execute(end_codes(row.id, actor.at, is_told=True))
        db.session.add(
            DeliveryCode(
                delivery_id=row.id,
                code_hash=sealed.hash_of(code),
                is_told=True,
                made_at=actor.at,
                until=actor.at + TOLD_CODE_LASTS,
            )
        )
        add_step(actor, row, StepKind.CODE_TOLD)
    return sealed.in_groups(code)
