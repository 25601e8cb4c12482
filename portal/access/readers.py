"""Who can read this: the people behind a handling, by name, before and after it is shared."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, known_ids
from portal.access.scope.membership import is_named, is_seated, people_shut_out, reads_as_agency
from portal.db import db
from portal.domain.handling import Handling, Reader, is_relevant_body, may_read
from portal.domain.roles import Actor, Role
from portal.models.case import Case
from portal.models.panel import ChairAppointment, PanelMember, PanelSeat
from portal.models.person import Agency, Person, RoleHeld


@dataclass(frozen=True)
class CaseReader:
    """Somebody who can open the case today, and as what."""

    person_id: int
    name: str
    role: Role
    agency_id: int | None
    agency_name: str
    is_relevant_body: bool

    @property
    def label(self) -> str:
        """Return name and body, as people read it."""
        return f"{self.name} ({self.agency_name or self.role.label})"


def readers_of(case: Case) -> list[CaseReader]:
    """Return everybody who can open the case in full today: panel, chair, coordinators.

    Args:
        case: one that the gate has opened for whoever asks.
    """
    return [*_agency_people(case), *_office_and_chair(case)]


def who_can_read(
    people: Iterable[CaseReader],
    handling: Handling,
    *,
    sharing_agency_id: int | None,
    named_agency_ids: Collection[int] = (),
) -> list[CaseReader]:
    """Return those of the case's readers who may read a thing shared with this handling."""
    return [
        person
        for person in people
        if any(
            may_read(reader, handling)
            for reader in _reads_as(person, sharing_agency_id, named_agency_ids)
        )
    ]


def _reads_as(
    person: CaseReader, sharing_agency_id: int | None, named: Collection[int]
) -> Iterable[Reader]:
    if person.role is Role.COORDINATOR:
        yield Reader.COORDINATOR
        return
    if person.role is Role.CHAIR:
        yield Reader.CHAIR
        return
    yield Reader.RELEVANT_BODY if person.is_relevant_body else Reader.OTHER_PANEL_AGENCY
    if person.agency_id in named:
        yield Reader.NAMED_AGENCY
    if person.agency_id == sharing_agency_id:
        yield Reader.SHARING_AGENCY


@lru_cache(maxsize=1)  # asked on every page of a case, so built once
def _of_panel() -> sa.Select[Person, Agency, Role]:
    """Select who is named to read as their agency, and the leads, of the agencies with a seat."""
    case_id: sa.BindParameter[int] = sa.bindparam("of_case")
    named = sa.exists().where(
        PanelMember.seat_id == PanelSeat.id,
        PanelMember.person_id == Person.id,
        is_named(),
        reads_as_agency(),
    )
    return (
        sa.select(Person, Agency, RoleHeld.role)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .join(Agency, Agency.id == RoleHeld.agency_id)
        .join(PanelSeat, PanelSeat.agency_id == Agency.id)
        .where(
            PanelSeat.case_id == case_id,
            is_seated(),
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
            Person.id.not_in(people_shut_out(case_id, as_chair=False)),
            sa.or_(RoleHeld.role == Role.AGENCY_LEAD, named),
        )
        .order_by(Agency.name, Person.name, RoleHeld.role.desc())
        .execution_options(scope=KNOWING)
    )


def _agency_people(case: Case) -> list[CaseReader]:
    found: dict[tuple[int, int], CaseReader] = {}
    for person, agency, role in db.session.execute(_of_panel(), {"of_case": case.id}):
        found.setdefault((agency.id, person.id), _of_agency(person, agency, role))
    return list(found.values())


def _of_agency(person: Person, agency: Agency, role: Role) -> CaseReader:
    relevant = is_relevant_body(agency.kind, is_co_opted=agency.is_co_opted)
    return CaseReader(person.id, person.name, role, agency.id, agency.name, relevant)


def observers_of(case: Case) -> list[CaseReader]:
    """Return who is named to observe a case: at its meeting, not in its papers.

    Args:
        case: one that the gate has opened for whoever asks.
    """
    rows = db.session.execute(_of_observers(), {"of_case": case.id})
    found = {
        person.id: _of_agency(person, agency, Role.AGENCY_REPRESENTATIVE) for person, agency in rows
    }
    return list(found.values())


@lru_cache(maxsize=1)
def _of_observers() -> sa.Select[Person, Agency]:
    case_id: sa.BindParameter[int] = sa.bindparam("of_case")
    return (
        sa.select(Person, Agency)
        .join(PanelMember, PanelMember.person_id == Person.id)
        .join(PanelSeat, PanelSeat.id == PanelMember.seat_id)
        .join(Agency, Agency.id == PanelSeat.agency_id)
        .where(
            PanelSeat.case_id == case_id,
            is_seated(),
            is_named(),
            ~reads_as_agency(),
            Person.active.is_(True),
            Person.id.not_in(people_shut_out(case_id, as_chair=False)),
        )
        .order_by(Agency.name, Person.name)
        .execution_options(scope=KNOWING)
    )


@lru_cache(maxsize=1)
def _of_office() -> sa.Select[Person, Role]:
    """Select the chair who has declared, then the coordinators: who can sign in today."""
    case_id: sa.BindParameter[int] = sa.bindparam("of_case")
    appointed = sa.select(ChairAppointment.person_id).where(
        ChairAppointment.case_id == case_id,
        ChairAppointment.ended_at.is_(None),
        ChairAppointment.declared_none_at.is_not(None),
    )
    return (
        sa.select(Person, RoleHeld.role)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .where(
            RoleHeld.area_id == sa.bindparam("of_area"),
            sa.or_(
                sa.and_(
                    RoleHeld.role == Role.COORDINATOR,
                    Person.id.not_in(people_shut_out(case_id, as_chair=False)),
                ),
                sa.and_(
                    RoleHeld.role == Role.CHAIR,
                    Person.id.in_(appointed),
                    Person.id.not_in(people_shut_out(case_id, as_chair=True)),
                ),
            ),
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
        )
        .order_by(RoleHeld.role, Person.name)
        .execution_options(scope=KNOWING)
    )


def _office_and_chair(case: Case) -> list[CaseReader]:
    asked = {"of_case": case.id, "of_area": case.area_id}
    return [
        _without_agency(person, role) for person, role in db.session.execute(_of_office(), asked)
    ]


def may_know_of(person_id: int, case_id: int, at: dt.datetime) -> bool:
    """Say whether a person may still know of a case, in any of the roles they hold today.

    Asked for a message before it leaves: what it tells is told by nobody who is signed in.
    """
    held = db.session.scalars(
        sa.select(RoleHeld)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(
            RoleHeld.person_id == person_id,
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
        )
    )
    actors = [
        Actor(
            person_id=person_id,
            name="",
            role=each.role,
            area_id=each.area_id,
            agency_id=each.agency_id,
            at=at,
        )
        for each in held
    ]
    return any(
        db.session.scalar(
            known_ids(actor, declared=False)
            .where(Case.id == case_id)
            .execution_options(scope=KNOWING)
        )
        is not None
        for actor in actors
    )


def _without_agency(person: Person, role: Role) -> CaseReader:
    return CaseReader(person.id, person.name, role, None, "", is_relevant_body=False)
