"""The first call and those after it: tried when and how, what was said, when the next one is."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import Opened, load_case
from portal.access.scope.people import APPLICANTS_SIDE, parties_for
from portal.access.scope.receipt import calls_for, next_contact_for, next_contacts_for
from portal.db import db, transaction
from portal.domain.dates import LONDON, in_words
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.models.case import Case, Party
from portal.models.receipt import CallOutcome, CallWay, FirstCall, NextContact
from portal.services.changes import names_of
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.safe_reach import shown_reaches
from portal.services.words import party_name

WAYS: dict[str, str] = {
    CallWay.PHONE: "By phone",
    CallWay.TEXT: "By text message",
    CallWay.VISIT: "By a visit",
}
OUTCOMES: dict[str, str] = {
    CallOutcome.REACHED: "I talked to them",
    CallOutcome.NO_ANSWER: "Nobody answered",
    CallOutcome.LEFT_MESSAGE: "I left a message",
    CallOutcome.SOMEBODY_ELSE: "Somebody else answered",
    CallOutcome.WRONG_NUMBER: "The number or the address is wrong",
}
_SHOWN_OUTCOMES = OUTCOMES | {
    CallOutcome.REACHED: "Talked to them",
    CallOutcome.LEFT_MESSAGE: "Left a message",
}


@dataclass(frozen=True, kw_only=True)
class TypedCall:
    """A try to reach the applicant as it is typed in; ``tried_on`` and ``tried_time`` of London."""

    tried_on: dt.date
    tried_time: dt.time
    way: CallWay
    used: str
    outcome: CallOutcome
    who_answered: str = ""
    said: str = ""
    added: str = ""
    next_on: dt.date | None = None


@dataclass(frozen=True)
class ShownCall:
    """A try to reach the applicant, for those who lead the case."""

    number: int
    at: dt.datetime
    way: str
    used: str
    outcome: str
    who_answered: str
    said: str
    added: str
    next_on: dt.date | None
    by: str


@dataclass(frozen=True)
class NextCall:
    """When the applicant hears from the office next; ``is_asked`` where they asked for that day."""

    due_on: dt.date
    is_asked: bool


@dataclass(frozen=True)
class SafeParty:
    """How it is safe to reach a party, in sentences; none were said where there are none."""

    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class CallForm:
    """What somebody needs in front of them who rings."""

    frame: CaseFrame
    safe: tuple[SafeParty, ...]
    next_call: NextCall | None


def ask_to_ring(actor: Actor, case: Case) -> None:
    """Keep that the applicant asked to talk to somebody today.

    It stands on the coordinator's first page until they were reached. Belongs inside the
    transaction that makes the case, after it has its number; does not commit.

    Args:
        actor: who heard it, or the job for an applicant who ticked it themselves.
        case: that was just made.
    """
    today = london_day(actor.at)
    db.session.add(NextContact(case_id=case.id, due_on=today, is_asked=True))


def shown_calls(actor: Actor, opened: Opened) -> tuple[ShownCall, ...]:
    """Return the tries to reach the applicant, the latest first; belongs inside a transaction."""
    rows = db.session.scalars(calls_for(actor, opened.case.id)).all()
    names = names_of(row.recorded_by_id for row in rows)
    return tuple(
        ShownCall(
            number=row.number,
            at=row.tried_at,
            way=WAYS[row.way],
            used=row.used,
            outcome=_SHOWN_OUTCOMES[row.outcome],
            who_answered=row.who_answered,
            said=row.said,
            added=row.added,
            next_on=row.next_on,
            by=names[row.recorded_by_id],
        )
        for row in reversed(rows)
    )


def next_call(actor: Actor, opened: Opened) -> NextCall | None:
    """Return when the applicant hears from the office next; belongs inside a transaction."""
    row = db.session.scalars(next_contact_for(actor, opened.case.id)).one_or_none()
    return NextCall(row.due_on, row.is_asked) if row else None


def open_call(actor: Actor, reference: str) -> CallForm:
    """Return what is needed to ring the applicant: how that is safe comes first."""
    with transaction():
        opened = load_case(actor, reference, Act.WORK_ON_RECEIPT, thing="call, form")
        return CallForm(frame(actor, opened), safe_ways(actor, opened), next_call(actor, opened))


def safe_ways(actor: Actor, opened: Opened) -> tuple[SafeParty, ...]:
    """Return how it is safe to reach the applicant's side; belongs inside a transaction."""
    reaches = shown_reaches(actor, opened.case.id)
    query = parties_for(actor, [opened.case.id]).where(Party.role.in_(APPLICANTS_SIDE))
    return tuple(
        SafeParty(party_name(each.name), reaches.get(each.id, ()))
        for each in db.session.scalars(query)
    )


def record_call(actor: Actor, reference: str, token: str, typed: TypedCall) -> None:
    """Keep a try to reach the applicant, and when the next contact is.

    Raises:
        IntakeError: it is said to be in the future or before the request, the next contact is in
            the past, or nothing was said although they talked.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.WORK_ON_RECEIPT, thing="call")
        tried_at = dt.datetime.combine(typed.tried_on, typed.tried_time, LONDON)
        _check(actor, opened, typed, tried_at)
        calls = db.session.scalars(calls_for(actor, opened.case.id)).all()
        db.session.add(
            FirstCall(
                case_id=opened.case.id,
                number=len(calls) + 1,
                tried_at=tried_at,
                way=typed.way,
                used=typed.used,
                outcome=typed.outcome,
                who_answered=typed.who_answered,
                said=typed.said,
                added=typed.added,
                next_on=typed.next_on,
                recorded_at=actor.at,
                recorded_by_id=actor.person_id,
            )
        )
        _set_next(actor, opened, typed)


def _check(actor: Actor, opened: Opened, typed: TypedCall, tried_at: dt.datetime) -> None:
    if tried_at > actor.at:
        raise IntakeError("tried_on", "The day and time you tried must be today or in the past")
    received_on = london_day(opened.case.received_at)
    if typed.tried_on < received_on:
        raise IntakeError(
            "tried_on",
            f"The day you tried must be the same as or after {in_words(received_on)}, "
            "the day the request was received",
        )
    if typed.outcome is CallOutcome.REACHED and not typed.said:
        raise IntakeError("said", "Enter what was said")
    if typed.next_on is not None and typed.next_on < london_day(actor.at):
        raise IntakeError("next_on", "The day of the next contact must be today or in the future")


def _set_next(actor: Actor, opened: Opened, typed: TypedCall) -> None:
    """Keep the day of the next contact.

    Who asked for a call and was not reached still waits for it, unless another day was set.
    """
    row = db.session.scalars(next_contact_for(actor, opened.case.id)).one_or_none()
    is_reached = typed.outcome is CallOutcome.REACHED
    if typed.next_on is None:
        if row is not None and is_reached:
            db.session.delete(row)
        return
    if row is None:
        row = NextContact(case_id=opened.case.id, is_asked=False)
        db.session.add(row)
    row.due_on, row.is_asked = typed.next_on, row.is_asked and not is_reached


def contacts_to_do(actor: Actor, most: int) -> list[tuple[dt.date, Case, str, str]]:
    """Return the contacts that are due: day, case, what is to be done and why.

    Belongs inside a transaction.
    """
    rows = db.session.execute(next_contacts_for(actor).limit(most))
    today = london_day(actor.at)
    return [(row.due_on, case, *_in_words(row, today)) for row, case in rows]


def _in_words(row: NextContact, today: dt.date) -> tuple[str, str]:
    if not row.is_asked:
        return "Ring the applicant", f"Agreed for {in_words(row.due_on)}. Look first how it is safe"
    title = "Ring today" if row.due_on <= today else "Ring the applicant"
    return title, "The applicant asked to talk to somebody. Look first how it is safe"


__all__ = [
    "OUTCOMES",
    "WAYS",
    "CallForm",
    "CallOutcome",
    "CallWay",
    "NextCall",
    "SafeParty",
    "ShownCall",
    "TypedCall",
    "ask_to_ring",
    "contacts_to_do",
    "next_call",
    "open_call",
    "record_call",
    "safe_ways",
    "shown_calls",
]
