"""A request that reached the office by phone, post, email or a visit, typed in."""

import datetime as dt
import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.scope.schemes import version_in_force
from portal.db import db
from portal.domain.clocks.rules import ClockEvent
from portal.domain.deadlines import london_day
from portal.domain.references import new_reference
from portal.domain.roles import Act, Actor
from portal.domain.stages import Stage
from portal.models.case import Capacity, Case, CaseEvent, Channel, PartyKind, PartyRole
from portal.models.person import LocalGovernmentArea
from portal.services import clocks, passing_on
from portal.services.faults import IntakeError
from portal.services.incidents import (
    TypedIncident,
    TypedReport,
    add_incident,
    add_report,
    open_incident,
)
from portal.services.once import once
from portal.services.parties import TypedParty, add_party, put_party
from portal.services.search_terms import index_cases


@dataclass(frozen=True, kw_only=True)
class TypedCase:
    """What the coordinator types in.

    Attributes:
        received_at: the instant the request reached the office, aware; not when it is typed.
        applicant_name, applicant_kind: of the victim, who is the applicant too unless somebody
            asks for them.
        applicant_representative: name of who asks for the victim; empty where the victim asks.
    """

    received_at: dt.datetime
    channel: Channel
    lga_id: int
    applicant_name: str
    applicant_kind: PartyKind
    address: str
    phone: str
    email: str
    safe_contact: str
    place: str
    summary: str
    applicant_representative: str = ""
    capacity: Capacity | None = None


def lgas(actor: Actor) -> list[tuple[int, str]]:
    """Return the local government areas of the actor's area."""
    rows = db.session.execute(
        sa.select(LocalGovernmentArea.id, LocalGovernmentArea.name)
        .where(LocalGovernmentArea.area_id == actor.area_id)
        .order_by(LocalGovernmentArea.name)
    )
    return [(row[0], row[1]) for row in rows]


def type_in_case(actor: Actor, token: str, typed: TypedCase) -> str:
    """Add a case and start its first clocks; return its reference.

    Raises:
        IntakeError: the request is said to arrive in the future, or no scheme was in force then.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return turn.result
        case = _new_case(actor, typed)
        db.session.add(case)
        db.session.flush()
        _add_parties(case, typed)
        index_cases([case.id])
        clocks.happened(actor, case, ClockEvent.REQUEST_RECEIVED, typed.received_at)
        db.session.add(
            CaseEvent(
                case_id=case.id,
                at=typed.received_at,
                person_id=case.keyed_by_id,
                stage=Stage.RECEIVED,
                reason="",
            )
        )
        passing_on.pass_on(actor, case)
        log.record(actor, Act.TYPE_IN_CASE.value, reference=case.reference)
        turn.result = case.reference
    return turn.result


def _new_case(actor: Actor, typed: TypedCase) -> Case:
    if typed.received_at > actor.at:
        raise IntakeError("received_on", "The day it was received must be today or in the past")
    if actor.area_id is None or actor.person_id is None:
        raise IntakeError("lga", "Only an area's coordinator can type in a case")
    if typed.lga_id not in {lga_id for lga_id, _ in lgas(actor)}:
        raise IntakeError("lga", "Select the local government area")
    return Case(
        area_id=actor.area_id,
        lga_id=typed.lga_id,
        scheme_version_id=scheme_in_force(actor.area_id, london_day(typed.received_at)),
        reference=new_reference(secrets.randbelow),
        stage=Stage.RECEIVED,
        channel=typed.channel,
        received_at=typed.received_at,
        keyed_at=actor.at,
        keyed_by_id=actor.person_id,
        place=typed.place,
        summary=typed.summary,
        safe_contact=typed.safe_contact,
    )


def scheme_in_force(area_id: int, on: dt.date) -> int:
    """Return the number of the rules that an area has on a day.

    Raises:
        IntakeError: it has none yet.
    """
    found = db.session.scalars(version_in_force(area_id, on)).one_or_none()
    if found is None:
        raise IntakeError("received_on", "No rules of this area were in force on that day")
    return found.id


def _add_parties(case: Case, typed: TypedCase) -> None:
    victim = TypedParty(
        kind=typed.applicant_kind,
        name=typed.applicant_name,
        address=typed.address,
        phone=typed.phone,
        email=typed.email,
    )
    if not typed.applicant_representative:
        put_party(case.id, PartyRole.APPLICANT_AND_VICTIM, victim)
        return
    put_party(case.id, PartyRole.VICTIM, victim)
    stands_in = TypedParty(
        kind=PartyKind.INDIVIDUAL,
        name=typed.applicant_representative,
        capacity=typed.capacity,
    )
    put_party(case.id, PartyRole.APPLICANT_REPRESENTATIVE, stands_in)


__all__ = [
    "Capacity",
    "Channel",
    "IntakeError",
    "PartyKind",
    "PartyRole",
    "TypedCase",
    "TypedIncident",
    "TypedReport",
    "add_incident",
    "add_party",
    "add_report",
    "lgas",
    "open_incident",
    "scheme_in_force",
    "type_in_case",
]
