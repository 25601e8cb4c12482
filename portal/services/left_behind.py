"""What those who left a panel have left behind: their actions, and the mail that reached them."""

import datetime as dt
from collections.abc import Sequence, Set
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import Opened
from portal.access.readers import CaseReader, readers_of
from portal.access.scope.marks import SEES_EVERYTHING
from portal.access.scope.meeting import actions_for
from portal.access.scope.membership_past import (
    left_members_for,
    left_seats_for,
    passed_on_for,
    sent_messages_for,
)
from portal.access.scope.people import chairs_for
from portal.db import db
from portal.domain.roles import Actor
from portal.invites.content import Method
from portal.models.meeting import Action
from portal.models.outbox import OutboxMessage
from portal.models.panel import ActionPassedOn, ChairAppointment, PanelMember, PanelSeat
from portal.models.person import Agency, Person
from portal.services.actions import owners
from portal.services.leaving import OVER


@dataclass(frozen=True)
class LeftSeat:
    """An agency that left, and why."""

    agency_name: str
    joined_at: dt.datetime
    left_at: dt.datetime
    reason: str


@dataclass(frozen=True)
class LeftPerson:
    """Somebody who was taken off, or left with their agency."""

    name: str
    agency_name: str
    standing: str
    left_at: dt.datetime


@dataclass(frozen=True)
class PassedOn:
    """An action that has another owner since."""

    number: int
    from_name: str
    to_name: str
    passed_at: dt.datetime


@dataclass(frozen=True)
class Ownerless:
    """An action whose owner cannot open the case any more."""

    number: int
    owner_name: str
    agency_name: str


@dataclass(frozen=True)
class SentMail:
    """What reached somebody by mail who may not know of the case any more."""

    name: str
    receiver: str
    what: str
    sent_at: dt.datetime | None


@dataclass(frozen=True)
class LeftBehind:
    """All of it, cut to its reader: an agency sees only its own actions that passed on."""

    seats: tuple[LeftSeat, ...] = ()
    people: tuple[LeftPerson, ...] = ()
    passed_on: tuple[PassedOn, ...] = ()
    ownerless: tuple[Ownerless, ...] = ()
    mail: tuple[SentMail, ...] = ()


@dataclass(frozen=True)
class _Names:
    people: dict[int | None, str]
    agencies: dict[int | None, str]


def left_behind(actor: Actor, opened: Opened) -> LeftBehind:
    """Return what leavers have left behind; belongs inside a transaction."""
    case_id = opened.case.id
    seats = db.session.scalars(left_seats_for(actor, case_id)).all()
    members = db.session.execute(left_members_for(actor, case_id)).all()
    passed = db.session.execute(passed_on_for(actor, case_id)).all()
    readers = readers_of(opened.case) if actor.role in SEES_EVERYTHING else []
    lost = _lost_actions(actor, opened, readers)
    mail = _lost_mail(actor, case_id, readers)
    names = _Names(
        _names_of(
            Person,
            {row.person_id for row, _ in members}
            | {who for row, _ in passed for who in (row.from_person_id, row.to_person_id)}
            | {row.owner_id for row in lost}
            | {row.person_id for row in mail},
        ),
        _names_of(
            Agency,
            {seat.agency_id for seat in seats}
            | {agency_id for _, agency_id in members}
            | {row.owner_agency_id for row in lost},
        ),
    )
    return LeftBehind(
        seats=tuple(_left_seat(row, names) for row in seats),
        people=tuple(_left_person(row, agency_id, names) for row, agency_id in members),
        passed_on=tuple(_passed_on(row, number, names) for row, number in passed),
        ownerless=tuple(
            Ownerless(
                row.number, names.people[row.owner_id], names.agencies.get(row.owner_agency_id, "")
            )
            for row in lost
        ),
        mail=tuple(_sent(row, names) for row in mail),
    )


def _lost_actions(actor: Actor, opened: Opened, readers: Sequence[CaseReader]) -> list[Action]:
    """Return the actions whose owner cannot open the case; for who sees all of it.

    In a case that is over no action waits for anybody.
    """
    if actor.role not in SEES_EVERYTHING or opened.case.stage in OVER:
        return []
    able = {key for key, _ in owners(readers)}
    rows = db.session.scalars(actions_for(actor, opened.case.id))
    return [
        row
        for row in rows
        if row.owner_id is not None and f"{row.owner_id}-{row.owner_agency_id or 0}" not in able
    ]


def _lost_mail(actor: Actor, case_id: int, readers: Sequence[CaseReader]) -> list[OutboxMessage]:
    """Return what reached people who do not read the case now; a chair may still declare."""
    chair = chairs_for(actor, case_id).with_only_columns(ChairAppointment.person_id)
    able = {person.person_id for person in readers} | set(db.session.scalars(chair))
    rows = db.session.scalars(sent_messages_for(actor, case_id))
    return [row for row in rows if row.person_id not in able]


def _names_of(model: type[Person] | type[Agency], ids: Set[int | None]) -> dict[int | None, str]:
    if not ids - {None}:
        return {}
    rows = db.session.execute(sa.select(model.id, model.name).where(model.id.in_(ids - {None})))
    return {row[0]: row[1] for row in rows}


def _left_seat(row: PanelSeat, names: _Names) -> LeftSeat:
    left_at = row.left_at or row.joined_at
    return LeftSeat(names.agencies[row.agency_id], row.joined_at, left_at, row.left_reason)


def _left_person(row: PanelMember, agency_id: int, names: _Names) -> LeftPerson:
    left_at = row.left_at or row.named_at
    person, agency = names.people[row.person_id], names.agencies[agency_id]
    return LeftPerson(person, agency, row.standing.value, left_at)


def _passed_on(row: ActionPassedOn, number: int, names: _Names) -> PassedOn:
    to_whom = names.people[row.to_person_id]
    return PassedOn(number, names.people[row.from_person_id], to_whom, row.passed_at)


_MAIL: dict[str | None, str] = {
    Method.REQUEST: "Invite to the meeting",
    Method.CANCEL: "Cancellation of the invite",
}


def _sent(row: OutboxMessage, names: _Names) -> SentMail:
    what = _MAIL.get(row.invite_method, "Message")
    return SentMail(names.people[row.person_id], row.receiver, what, row.sent_at)
