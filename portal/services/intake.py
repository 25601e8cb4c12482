"""A request that reached the office by phone, post, email or a visit, typed in."""

import datetime as dt
import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.reports import incidents_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.presets import Clock
from portal.domain.references import new_reference
from portal.domain.roles import Act, Actor
from portal.domain.stages import Stage
from portal.models.case import (
    Case,
    CaseEvent,
    Channel,
    Incident,
    Party,
    PartyContact,
    PartyKind,
    PartyRole,
    Report,
)
from portal.models.person import LocalGovernmentArea
from portal.models.scheme import SchemeVersion
from portal.services import clocks
from portal.services.once import once
from portal.services.search_terms import index_cases


class IntakeError(Exception):
    """What was typed cannot be taken; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class TypedCase:
    """What the coordinator types in.

    Attributes:
        received_at: the instant the request reached the office, aware; not when it is typed.
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


@dataclass(frozen=True, kw_only=True)
class TypedReport:
    """A report of an incident to an agency."""

    reported_on: dt.date
    reported_to: str
    how: str
    their_reference: str
    what_was_done: str


@dataclass(frozen=True, kw_only=True)
class TypedIncident:
    """An incident, with the first report of it where there is one."""

    happened_on: dt.date
    title: str
    account: str
    report: TypedReport | None


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
        _add_applicant(case, typed)
        index_cases([case.id])
        received_on = london_day(typed.received_at)
        clocks.start(case, Clock.ACKNOWLEDGE, received_on)
        clocks.start(case, Clock.THRESHOLD_DECISION, received_on)
        db.session.add(
            CaseEvent(
                case_id=case.id,
                at=typed.received_at,
                person_id=case.keyed_by_id,
                stage=Stage.RECEIVED,
                reason="",
            )
        )
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
        scheme_version_id=_scheme_in_force(actor.area_id, london_day(typed.received_at)),
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


def _scheme_in_force(area_id: int, on: dt.date) -> int:
    found = db.session.scalar(
        sa.select(SchemeVersion.id)
        .where(SchemeVersion.area_id == area_id, SchemeVersion.in_force_on <= on)
        .order_by(SchemeVersion.in_force_on.desc(), SchemeVersion.number.desc())
        .limit(1)
    )
    if found is None:
        raise IntakeError("received_on", "No rules of this area were in force on that day")
    return found


def _add_applicant(case: Case, typed: TypedCase) -> None:
    party = Party(
        case_id=case.id,
        role=PartyRole.APPLICANT_AND_VICTIM,
        kind=typed.applicant_kind,
        name=typed.applicant_name,
    )
    db.session.add(party)
    db.session.flush()
    db.session.add(
        PartyContact(party_id=party.id, address=typed.address, phone=typed.phone, email=typed.email)
    )


def add_party(
    actor: Actor, reference: str, token: str, *, role: PartyRole, kind: PartyKind, name: str
) -> None:
    """Add another party to a case: a respondent, a witness, an applicant representative."""
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.ADD_INCIDENT, thing=f"party {role.value}")
        db.session.add(Party(case_id=opened.case.id, role=role, kind=kind, name=name))
        index_cases([opened.case.id])


def add_incident(actor: Actor, reference: str, token: str, typed: TypedIncident) -> None:
    """Add an incident and, where there is one, the report of it.

    Raises:
        IntakeError: a date lies in the future, or the report before the incident.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.ADD_INCIDENT, thing="incident")
        _check_incident_day(actor, typed.happened_on)
        incident = Incident(
            case_id=opened.case.id,
            happened_on=typed.happened_on,
            title=typed.title,
            account=typed.account,
        )
        db.session.add(incident)
        db.session.flush()
        if typed.report:
            _add_report(actor, incident, typed.report)


def add_report(
    actor: Actor, reference: str, incident_id: int, token: str, typed: TypedReport
) -> None:
    """Add a further report of an incident.

    Raises:
        CaseNotFoundError: the incident is not one of this case.
        IntakeError: a date does not fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.ADD_INCIDENT, thing="report")
        _add_report(actor, _incident(actor, opened, incident_id), typed)


def open_incident(actor: Actor, reference: str, incident_id: int) -> None:
    """Ask whether a report can be added to this incident.

    Raises:
        CaseNotFoundError: it is not one of this case.
    """
    with transaction():
        opened = load_case(actor, reference, Act.ADD_INCIDENT, thing="form")
        _incident(actor, opened, incident_id)


def _incident(actor: Actor, opened: Opened, incident_id: int) -> Incident:
    query = incidents_for(actor, opened.case.id).where(Incident.id == incident_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def _check_incident_day(actor: Actor, day: dt.date) -> None:
    if day > london_day(actor.at):
        raise IntakeError("happened_on", "The day it happened must be today or in the past")


def _add_report(actor: Actor, incident: Incident, typed: TypedReport) -> None:
    if typed.reported_on > london_day(actor.at):
        raise IntakeError("reported_on", "The day it was reported must be today or in the past")
    if typed.reported_on < incident.happened_on:
        raise IntakeError(
            "reported_on",
            "The day it was reported must be the same as or after the day it happened",
        )
    db.session.add(
        Report(
            case_id=incident.case_id,
            incident_id=incident.id,
            reported_on=typed.reported_on,
            reported_to=typed.reported_to,
            how=typed.how,
            their_reference=typed.their_reference,
            what_was_done=typed.what_was_done,
        )
    )


__all__ = [
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
    "type_in_case",
]
