"""Who stands by a victim: recorded once the victim has said yes, and ended, by the coordinator."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.people import VICTIMS, parties_for
from portal.access.scope.supporting import is_in_force, support_workers_for, supports_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.models.case import Party
from portal.models.consent import ConsentMethod
from portal.models.support import SupportAccepted
from portal.services.changes import EndedMeanwhileError, name_of, names_of
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.words import CONSENT_METHODS, party_name


@dataclass(frozen=True)
class TypedSupport:
    """A victim said yes to a support worker: to whom, on which day and how."""

    person_id: int
    accepted_on: dt.date
    method: ConsentMethod


@dataclass(frozen=True)
class ShownSupport:
    """Somebody who stands by a victim, or who did.

    Attributes:
        method: how the victim said yes, in words.
        ended_at: none as long as they stand by them.
    """

    support_id: int
    name: str
    accepted_on: dt.date
    method: str
    recorded_at: dt.datetime
    recorded_by: str
    ended_at: dt.datetime | None
    ended_by: str


@dataclass(frozen=True)
class VictimSupport:
    """A victim, who stands by them now, and who did before."""

    party_id: int
    name: str
    now: tuple[ShownSupport, ...]
    before: tuple[ShownSupport, ...]


@dataclass(frozen=True)
class SupportPage:
    """Who stands by each victim of a case."""

    frame: CaseFrame
    victims: tuple[VictimSupport, ...]


@dataclass(frozen=True)
class SupportForm:
    """A victim, and by number and name the support workers whom they can say yes to."""

    frame: CaseFrame
    name: str
    workers: dict[int, str]


def open_support(actor: Actor, reference: str) -> SupportPage:
    """Return who stands by each victim of a case."""
    with transaction():
        opened = load_case(actor, reference, Act.RECORD_SUPPORT, thing="list")
        rows = db.session.scalars(supports_for(actor, opened.case.id)).all()
        names = names_of(
            number
            for row in rows
            for number in (row.person_id, row.recorded_by_id, row.ended_by_id)
        )
        shown = [(row.party_id, _shown(row, names)) for row in rows]
        return SupportPage(
            frame=frame(actor, opened),
            victims=tuple(
                _of_victim(party_id, name, [each for of, each in shown if of == party_id])
                for party_id, name in _victims(actor, opened).items()
            ),
        )


def _shown(row: SupportAccepted, names: Mapping[int | None, str]) -> ShownSupport:
    return ShownSupport(
        support_id=row.id,
        name=names[row.person_id],
        accepted_on=row.accepted_on,
        method=CONSENT_METHODS[row.method],
        recorded_at=row.recorded_at,
        recorded_by=names[row.recorded_by_id],
        ended_at=row.ended_at,
        ended_by=names.get(row.ended_by_id, ""),
    )


def _of_victim(party_id: int, name: str, found: Iterable[ShownSupport]) -> VictimSupport:
    listed = tuple(found)
    return VictimSupport(
        party_id,
        name,
        now=tuple(each for each in listed if each.ended_at is None),
        before=tuple(each for each in listed if each.ended_at is not None),
    )


def _victims(actor: Actor, opened: Opened) -> dict[int, str]:
    query = parties_for(actor, [opened.case.id]).where(Party.role.in_(VICTIMS))
    return {party.id: party_name(party.name) for party in db.session.scalars(query)}


def open_support_form(actor: Actor, reference: str, party_id: int) -> SupportForm:
    """Return what is needed to record that a victim said yes to a support worker.

    Raises:
        CaseNotFoundError: the party is no victim of this case.
    """
    with transaction():
        thing = f"party {party_id}, form"
        opened = load_case(actor, reference, Act.RECORD_SUPPORT, thing=thing)
        name = _name_of(actor, opened, party_id)
        return SupportForm(frame(actor, opened), name, _workers(actor, opened))


def _name_of(actor: Actor, opened: Opened, party_id: int) -> str:
    names = _victims(actor, opened)
    if party_id not in names:
        raise CaseNotFoundError(opened.case.reference)
    return names[party_id]


def _workers(actor: Actor, opened: Opened) -> dict[int, str]:
    rows = db.session.execute(support_workers_for(actor, opened.case.id))
    return {row[0]: row[1] for row in rows}


def record_support(
    actor: Actor, reference: str, party_id: int, token: str, typed: TypedSupport
) -> None:
    """Record that a victim said yes to a support worker, who can then open what is theirs.

    Raises:
        CaseNotFoundError: the party is no victim of this case.
        IntakeError: it is nobody who can stand by them, who does already, or a day to come.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"party {party_id}, person {typed.person_id}"
        opened = load_case(actor, reference, Act.RECORD_SUPPORT, thing=thing)
        _check(actor, opened, party_id, typed)
        db.session.add(
            SupportAccepted(
                case_id=opened.case.id,
                party_id=party_id,
                person_id=typed.person_id,
                accepted_on=typed.accepted_on,
                method=typed.method,
                recorded_at=actor.at,
                recorded_by_id=actor.person_id,
            )
        )


def _check(actor: Actor, opened: Opened, party_id: int, typed: TypedSupport) -> None:
    name = _name_of(actor, opened, party_id)
    workers = _workers(actor, opened)
    if typed.person_id not in workers:
        raise IntakeError("worker", "Select a support worker")
    same = supports_for(actor, opened.case.id).where(
        SupportAccepted.party_id == party_id,
        SupportAccepted.person_id == typed.person_id,
        is_in_force(),
    )
    if db.session.scalars(same).first():
        raise IntakeError("worker", f"{workers[typed.person_id]} stands by {name} already")
    if typed.accepted_on > london_day(actor.at):
        raise IntakeError("accepted_on", "The day they said yes must be today or before")


def open_ending(actor: Actor, reference: str, support_id: int) -> tuple[CaseFrame, str, str]:
    """Return the frame, and the names of a support worker and of the victim they stand by.

    Raises:
        CaseNotFoundError: there never was such a support.
        EndedMeanwhileError: it has ended already.
    """
    with transaction():
        thing = f"support {support_id}, form"
        opened = load_case(actor, reference, Act.RECORD_SUPPORT, thing=thing)
        row = _in_force(actor, opened, support_id)
        victim = _name_of(actor, opened, row.party_id)
        return frame(actor, opened), name_of(row.person_id), victim


def end_support(actor: Actor, reference: str, token: str, *, support_id: int) -> None:
    """End it that somebody stands by a victim: with their next request nothing is open to them.

    Raises:
        CaseNotFoundError: there never was such a support.
        EndedMeanwhileError: it has ended already.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"support {support_id}, ended"
        opened = load_case(actor, reference, Act.RECORD_SUPPORT, thing=thing)
        row = _in_force(actor, opened, support_id)
        row.ended_at, row.ended_by_id = actor.at, actor.person_id


def _in_force(actor: Actor, opened: Opened, support_id: int) -> SupportAccepted:
    query = supports_for(actor, opened.case.id).where(SupportAccepted.id == support_id)
    row = db.session.scalars(query).one_or_none()
    if row is None:
        raise CaseNotFoundError(opened.case.reference)
    if row.ended_at is not None:
        raise EndedMeanwhileError(
            name_of(row.person_id), by=name_of(row.ended_by_id), at=row.ended_at
        )
    return row


__all__ = [
    "ConsentMethod",
    "SupportForm",
    "SupportPage",
    "TypedSupport",
    "end_support",
    "open_ending",
    "open_support",
    "open_support_form",
    "record_support",
]
