"""What somebody of the applicant's side writes to the office, and reads from it."""

import datetime as dt
from dataclasses import dataclass

from portal.access.own import OwnCase, load_own_case
from portal.access.scope.mine import own_messages_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.models.applicant_message import ApplicantMessage
from portal.models.case import Incident
from portal.services.changes import mark_changed
from portal.services.faults import IntakeError
from portal.services.once import once

_SOMETHING_NEW = "I told you of something new: it is with the incidents."
_WITHDRAWS = "I want to take my request back."


@dataclass(frozen=True)
class OwnMessage:
    """A message as they read it; who of the office wrote it is the office."""

    is_from_office: bool
    words: str
    sent_at: dt.datetime


@dataclass(frozen=True)
class TypedNews:
    """Something new that happened, in their words; the day is none where they do not know it."""

    happened_on: dt.date | None
    title: str
    account: str


def open_messages(actor: Actor) -> tuple[OwnMessage, ...]:
    """Return what they and the office wrote to one another, the newest first.

    Raises:
        CaseNotFoundError: their key has ended, or the victim whom they act for does not agree.
    """
    with transaction():
        load_own_case(actor, Act.OPEN_OWN_PAGE, thing="messages")
        rows = db.session.scalars(own_messages_for(actor)).all()
        return tuple(
            OwnMessage(row.is_from_office, row.words, row.sent_at) for row in reversed(rows)
        )


def open_form(actor: Actor, act: Act) -> None:
    """Let them open the form of an act, if it is theirs now.

    Raises:
        CaseNotFoundError, ActRefusedError: as ``load_own_case``.
    """
    with transaction():
        load_own_case(actor, act, thing="form")


def write_to_office(actor: Actor, token: str, words: str) -> None:
    """Send the office a message.

    Raises:
        CaseNotFoundError: their key has ended, or the victim whom they act for does not agree.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        add_message(actor, load_own_case(actor, Act.WRITE_TO_OFFICE), words)


def tell_something_new(actor: Actor, token: str, typed: TypedNews) -> None:
    """Keep something new that happened, in their words, and tell the office.

    Raises:
        ActRefusedError: the case is closed.
        IntakeError: the day lies in the future.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        own = load_own_case(actor, Act.ADD_OWN_INCIDENT)
        if typed.happened_on and typed.happened_on > london_day(actor.at):
            raise IntakeError("happened_on", "The day it happened must be today or before")
        incident = Incident(
            case_id=own.case.id,
            happened_on=typed.happened_on,
            title=typed.title,
            account=typed.account,
        )
        mark_changed(actor, incident)
        db.session.add(incident)
        add_message(actor, own, _SOMETHING_NEW)


def ask_to_withdraw(actor: Actor, token: str, words: str) -> None:
    """Tell the office that they want to take their request back.

    Nothing is closed by it: somebody rings them first, on the way that they called safe, so that
    nobody else who holds their phone can end a review, and no co-applicant loses theirs.

    Raises:
        ActRefusedError: the stage does not allow it.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        own = load_own_case(actor, Act.ASK_TO_WITHDRAW)
        add_message(actor, own, f"{_WITHDRAWS}\n\n{words}".strip())


def add_message(actor: Actor, own: OwnCase, words: str) -> None:
    """Put a message of theirs before the office; belongs inside a transaction."""
    db.session.add(
        ApplicantMessage(
            case_id=own.case.id,
            party_id=own.party.id,
            is_from_office=False,
            words=words,
            sent_at=actor.at,
        )
    )
