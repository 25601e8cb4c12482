"""Who can read this: the people behind a handling, by name, before and after it is shared."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access import scope
from portal.db import db
from portal.domain.handling import Handling, Reader, is_relevant_body, may_read
from portal.domain.roles import Actor, Role
from portal.models.case import Case
from portal.models.panel import ChairAppointment, Conflict
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


def readers_of(actor: Actor, case: Case) -> list[CaseReader]:
    """Return everybody who can open the case in full today: panel, chair, coordinators."""
    return [*_agency_people(actor, case), *_chair(actor, case), *_coordinators(case)]


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


def _excluded(case: Case) -> sa.Select[int]:
    return sa.select(Conflict.person_id).where(Conflict.case_id == case.id)


def _agency_people(actor: Actor, case: Case) -> list[CaseReader]:
    """Return the named agency representatives and the leads of the agencies with a seat."""
    seats = {
        seat.agency_id: seat.id for seat in db.session.scalars(scope.seats_for(actor, case.id))
    }
    named = {
        (member.seat_id, member.person_id)
        for member in db.session.scalars(scope.members_for(actor, case.id))
    }
    held = db.session.execute(
        sa.select(Person, Agency, RoleHeld.role)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .join(Agency, Agency.id == RoleHeld.agency_id)
        .where(
            RoleHeld.agency_id.in_(seats),
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
            Person.id.not_in(_excluded(case)),
        )
        .order_by(Agency.name, Person.name, RoleHeld.role.desc())
        .execution_options(scope=frozenset({"panel"}))
    )
    found: dict[tuple[int, int], CaseReader] = {}
    for person, agency, role in held:
        if role is Role.AGENCY_LEAD or (seats[agency.id], person.id) in named:
            found.setdefault((agency.id, person.id), _of_agency(person, agency, role))
    return list(found.values())


def _of_agency(person: Person, agency: Agency, role: Role) -> CaseReader:
    relevant = is_relevant_body(agency.kind, is_co_opted=agency.is_co_opted)
    return CaseReader(person.id, person.name, role, agency.id, agency.name, relevant)


def _chair(actor: Actor, case: Case) -> list[CaseReader]:
    appointed = scope.chairs_for(actor, case.id).where(
        ChairAppointment.declared_none_at.is_not(None)
    )
    found = db.session.scalars(appointed).one_or_none()
    if found is None:
        return []
    people = _holding(case, Role.CHAIR).where(Person.id == found.person_id)
    return [_without_agency(person, Role.CHAIR) for person in db.session.scalars(people)]


def _coordinators(case: Case) -> list[CaseReader]:
    people = _holding(case, Role.COORDINATOR)
    return [_without_agency(person, Role.COORDINATOR) for person in db.session.scalars(people)]


def _holding(case: Case, role: Role) -> sa.Select[Person]:
    """Select who holds a role in the case's area today, can sign in, and has no conflict."""
    return (
        sa.select(Person)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .where(
            RoleHeld.area_id == case.area_id,
            RoleHeld.role == role,
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
            Person.id.not_in(_excluded(case)),
        )
        .order_by(Person.name)
        .execution_options(scope=frozenset({"panel"}))
    )


def _without_agency(person: Person, role: Role) -> CaseReader:
    return CaseReader(person.id, person.name, role, None, "", is_relevant_body=False)
