"""A request is passed on to every relevant body, and the community safety partnership is told.

Sections 104(3) and 105 of the Act. What goes out is the reference and a link, and it opens
nothing: an agency reads the case once it has a seat on the panel.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from portal import log
from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.receipt import (
    agencies_with_inbox,
    leads_of,
    lgas_with_inbox,
    office_of,
    passed_on_for,
)
from portal.db import db
from portal.domain.passing_on import is_passed_on_to
from portal.domain.roles import Act, Actor
from portal.models.case import Case
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.models.person import LocalGovernmentArea
from portal.models.receipt import Occasion, PassedOn
from portal.services import links
from portal.services.changes import EndedMeanwhileError, name_of, names_of
from portal.services.once import once

# What the key of every such message begins with: it is not the applicant side's mail, which is
# otherwise what a case has for nobody who signs in, and no consent of theirs holds it.
KEY = "passed-on-"
_WHAT = {
    Occasion.RECEIPT: "We have received a request for a review.",
    Occasion.DECISION: "The decision on a request for a review has been recorded.",
    Occasion.PLAN: "A review has issued its plan.",
}
OCCASIONS: dict[Occasion, str] = {
    Occasion.RECEIPT: "the request",
    Occasion.DECISION: "the decision",
    Occasion.PLAN: "the plan",
}
_STATES = {
    DeliveryState.WAITING: "The email is waiting to be sent",
    DeliveryState.SENDING: "The email is being sent",
    DeliveryState.SENT: "Emailed",
    DeliveryState.UNDELIVERED: "The email could not be delivered. Ring them",
    DeliveryState.WITHHELD: "The email was taken back before it was sent",
}


@dataclass(frozen=True)
class _Body:
    """Somebody to be told: an agency or a partnership, and where."""

    key: str
    name: str
    email: str
    agency_id: int | None = None
    lga_id: int | None = None


@dataclass(frozen=True)
class ShownPassing:
    """A body that was told, or is to be rung.

    Attributes:
        of_what: what it was told of.
        how: where the message went and how far it has got, or who was rung.
        is_to_ring: nobody has told it yet.
        by: who did what made it be told; empty where the applicant did.
    """

    number: int
    body: str
    of_what: str
    at: dt.datetime
    by: str
    how: str
    is_to_ring: bool


def pass_on(actor: Actor, case: Case) -> None:
    """Pass a new request on to every relevant body, and tell the community safety partnership.

    Belongs inside the transaction that makes the case, after it has its number; does not commit.

    Args:
        actor: who typed it in, or the job for an applicant who sent it themselves.
        case: that was just made.
    """
    _tell(actor, case, Occasion.RECEIPT, [*_relevant_bodies(case), _partnership(case)])


def tell_partnership(actor: Actor, case: Case, occasion: Occasion) -> None:
    """Tell the community safety partnership of the decision, or of the first plan.

    Belongs inside a transaction; does not commit.
    """
    _tell(actor, case, occasion, [_partnership(case)])


def _relevant_bodies(case: Case) -> list[_Body]:
    rows = db.session.execute(agencies_with_inbox(case.area_id)).all()
    bodies = [
        _Body(f"agency-{agency.id}", agency.name, inbox.email if inbox else "", agency.id)
        for agency, inbox in rows
        if is_passed_on_to(
            agency.kind,
            is_co_opted=agency.is_co_opted,
            agency_lga_id=agency.lga_id,
            lga_id=case.lga_id,
        )
    ]
    return [*_with_leads(bodies)]


def _with_leads(bodies: list[_Body]) -> Iterator[_Body]:
    """Yield the bodies; one that keeps no shared inbox is told by its lead."""
    without = [body.agency_id for body in bodies if body.agency_id and not body.email]
    leads: dict[int | None, str] = {}
    for agency_id, email in db.session.execute(leads_of(without)):
        leads.setdefault(agency_id, email)
    for body in bodies:
        yield replace(body, email=leads.get(body.agency_id, body.email))


def _partnership(case: Case) -> _Body:
    found = lgas_with_inbox(case.area_id).where(LocalGovernmentArea.id == case.lga_id)
    lga, inbox = db.session.execute(found).one()
    name = f"{lga.name} community safety partnership"
    return _Body(f"partnership-{lga.id}", name, inbox.email if inbox else "", lga_id=lga.id)


def _tell(actor: Actor, case: Case, occasion: Occasion, bodies: list[_Body]) -> None:
    messages = {
        body.key: _message(actor, case, occasion, body, _text(case, occasion))
        for body in bodies
        if body.email
    }
    db.session.add_all(messages.values())
    db.session.flush()
    db.session.add_all(
        PassedOn(
            case_id=case.id,
            occasion=occasion,
            agency_id=body.agency_id,
            lga_id=body.lga_id,
            body=body.name,
            at=actor.at,
            person_id=actor.person_id,
            sent_to=body.email,
            message_id=messages[body.key].id if body.email else None,
        )
        for body in bodies
    )
    # A job belongs to no area, and what it does is told in the log of the case's.
    in_area = replace(actor, area_id=case.area_id)
    whom = ", ".join(body.key for body in bodies)
    log.record(in_area, "passed_on", reference=case.reference, thing=f"{occasion.value}, {whom}")


def _text(case: Case, occasion: Occasion) -> str:
    name, phone = db.session.execute(office_of(case.area_id)).one()
    return (
        f"{_WHAT[occasion]} Its reference is {case.reference}.\n\n"
        f"{links.case_link(case.reference)}\n\n"
        "The link opens for people who work on the case. You do not have to do anything now. "
        f"If you have a question, call {name} on {phone}.\n"
    )


def _message(actor: Actor, case: Case, occasion: Occasion, body: _Body, text: str) -> OutboxMessage:
    return OutboxMessage(
        key=f"{KEY}{case.id}-{occasion.value}-{body.key}",
        area_id=case.area_id,
        case_id=case.id,
        # To a body, at its lead's address where it has no other, and to no reader of the case: from
        # one it would be withheld as long as they may not know of it.
        person_id=None,
        receiver=body.email,
        subject=case.reference,
        body=text,
        state=DeliveryState.WAITING,
        created_at=actor.at,
        try_at=actor.at,
    )


def shown_passings(actor: Actor, opened: Opened) -> tuple[ShownPassing, ...]:
    """Return who was told of a case, the oldest first; belongs inside a transaction."""
    rows = db.session.execute(passed_on_for(actor, opened.case.id)).all()
    names = names_of(number for row, _ in rows for number in (row.person_id, row.told_by_id))
    return tuple(
        ShownPassing(
            number=row.id,
            body=row.body,
            of_what=OCCASIONS[row.occasion],
            at=row.at,
            by=names.get(row.person_id, ""),
            how=_how(row, state),
            is_to_ring=_is_to_ring(row, state),
        )
        for row, state in rows
    )


def _is_to_ring(row: PassedOn, state: DeliveryState | None) -> bool:
    return row.told_at is None and state in {None, DeliveryState.UNDELIVERED}


def _how(row: PassedOn, state: DeliveryState | None) -> str:
    if row.told_at is not None:
        return f"Told by phone: {row.told_whom}"
    if state is None:
        return "To be told by phone: no address is known"
    return f"{_STATES[state]}: {row.sent_to}"


def open_ring(actor: Actor, opened: Opened, number: int) -> tuple[str, str]:
    """Return which body is to be rung, and of what; belongs inside a transaction.

    Raises:
        CaseNotFoundError: there is none of this number on the case that is told by phone.
        EndedMeanwhileError: somebody has told it already.
    """
    row = _to_ring(actor, opened, number)
    return row.body, OCCASIONS[row.occasion]


def say_rung(actor: Actor, reference: str, number: int, token: str, told_whom: str) -> None:
    """Write down that a body was told by phone, and who answered.

    Raises:
        CaseNotFoundError, EndedMeanwhileError: as ``open_ring``.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.WORK_ON_RECEIPT, thing=f"passed on {number}")
        row = _to_ring(actor, opened, number)
        row.told_at, row.told_by_id, row.told_whom = actor.at, actor.person_id, told_whom


def _to_ring(actor: Actor, opened: Opened, number: int) -> PassedOn:
    query = passed_on_for(actor, opened.case.id).where(PassedOn.id == number)
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    row, state = found
    if row.told_at is not None:
        by = name_of(row.told_by_id)
        raise EndedMeanwhileError(row.body, by=by, at=row.told_at, reason=row.told_whom)
    if not _is_to_ring(row, state):
        raise CaseNotFoundError(opened.case.reference)
    return row


__all__ = [
    "KEY",
    "EndedMeanwhileError",
    "Occasion",
    "ShownPassing",
    "open_ring",
    "pass_on",
    "say_rung",
    "shown_passings",
    "tell_partnership",
]
