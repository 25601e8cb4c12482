"""The panel of a case: agencies, the people they name, and the chair who has no conflict."""

from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.gate import ActRefusedError, load_case
from portal.access.scope.people import (
    chair_pool_for,
    chairs_for,
    members_for,
    parties_for,
    seats_for,
)
from portal.db import db, transaction
from portal.domain.roles import Act, Actor, Role
from portal.models.case import Case
from portal.models.panel import ChairAppointment, Conflict, PanelMember, PanelSeat
from portal.models.person import Agency, Person, RoleHeld
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.parties import ShownParty, shown_parties
from portal.services.words import party_name


class PanelError(Exception):
    """What was chosen cannot be saved; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class ShownSeat:
    """An agency on the panel, with the people it has named and those it could name."""

    agency_id: int
    agency_name: str
    is_required: bool
    is_relevant_body: bool
    named: tuple[str, ...]
    candidates: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class PeoplePage:
    """Who is in the case and who reviews it."""

    frame: CaseFrame
    parties: tuple[ShownParty, ...]
    seats: tuple[ShownSeat, ...]
    agencies: tuple[tuple[int, str], ...]
    chair_name: str
    chair_is_ready: bool
    chairs: tuple[tuple[int, str], ...]
    own_agency_id: int | None


@dataclass(frozen=True)
class DeclarePage:
    """All that a chair sees before the declaration: names of the parties, place, reference."""

    reference: str
    place: str
    parties: tuple[str, ...]
    is_declared: bool


def open_people(actor: Actor, reference: str, act: Act = Act.VIEW_CASE) -> PeoplePage:
    """Return the page of people, or what the form for an act on it needs."""
    with transaction():
        opened = load_case(actor, reference, act, thing="people")
        case = opened.case
        top = frame(actor, opened)
        chair = db.session.scalars(chairs_for(actor, case.id)).one_or_none()
        seats = _shown_seats(actor, case)
        seated = {seat.agency_id for seat in seats}
        return PeoplePage(
            frame=top,
            parties=shown_parties(actor, case.id),
            seats=seats,
            agencies=tuple(row for row in _agencies(actor) if row[0] not in seated),
            chair_name=db.session.get_one(Person, chair.person_id).name if chair else "",
            chair_is_ready=bool(chair and chair.declared_none_at),
            chairs=_chairs(actor, case),
            own_agency_id=actor.agency_id,
        )


def _agencies(actor: Actor) -> list[tuple[int, str]]:
    rows = db.session.execute(
        sa.select(Agency.id, Agency.name)
        .where(Agency.area_id == actor.area_id)
        .order_by(Agency.name)
    )
    return [(row[0], row[1]) for row in rows]


def _shown_seats(actor: Actor, case: Case) -> tuple[ShownSeat, ...]:
    seats = db.session.scalars(seats_for(actor, case.id)).all()
    agencies = _agencies_by_id({seat.agency_id for seat in seats})
    named: dict[int, set[int]] = {}
    for member in db.session.scalars(members_for(actor, case.id)):
        named.setdefault(member.seat_id, set()).add(member.person_id)
    people = _people_of(set(agencies))
    shown = []
    for seat in seats:
        agency = agencies[seat.agency_id]
        on_seat = named.get(seat.id, set())
        of_agency = people.get(agency.id, {})
        shown.append(
            ShownSeat(
                agency_id=agency.id,
                agency_name=agency.name,
                is_required=seat.is_required,
                is_relevant_body=agency.is_relevant_body,
                named=tuple(name for pid, name in of_agency.items() if pid in on_seat),
                candidates=tuple(
                    (pid, name) for pid, name in of_agency.items() if pid not in on_seat
                ),
            )
        )
    return tuple(shown)


def _agencies_by_id(ids: set[int]) -> dict[int, Agency]:
    found = db.session.scalars(sa.select(Agency).where(Agency.id.in_(ids)))
    return {agency.id: agency for agency in found}


def _people_of(agency_ids: set[int]) -> dict[int, dict[int, str]]:
    """Return who can be named for an agency: those who hold the role there."""
    rows = db.session.execute(
        sa.select(RoleHeld.agency_id, Person.id, Person.name)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(
            RoleHeld.agency_id.in_(agency_ids),
            RoleHeld.role == Role.AGENCY_REPRESENTATIVE,
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
        )
        .order_by(Person.name)
    )
    found: dict[int, dict[int, str]] = {}
    for agency_id, person_id, name in rows:
        found.setdefault(agency_id or 0, {})[person_id] = name
    return found


def _chairs(actor: Actor, case: Case) -> tuple[tuple[int, str], ...]:
    people = db.session.scalars(chair_pool_for(actor, case.id))
    return tuple((person.id, person.name) for person in people)


def seat_agency(
    actor: Actor, reference: str, token: str, *, agency_id: int, is_required: bool
) -> None:
    """Give an agency a seat on the panel.

    Raises:
        PanelError: it has a seat already or is not of this area.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.ARRANGE_PANEL, thing=f"agency {agency_id}")
        if agency_id not in {row[0] for row in _agencies(actor)}:
            raise PanelError("agency", "Select an agency")
        if agency_id in {s.agency_id for s in db.session.scalars(seats_for(actor, opened.case.id))}:
            raise PanelError("agency", "This agency is on the panel already")
        db.session.add(
            PanelSeat(
                case_id=opened.case.id,
                agency_id=agency_id,
                is_required=is_required,
                joined_at=actor.at,
            )
        )


def name_agency_representative(
    actor: Actor, reference: str, token: str, *, agency_id: int, person_id: int
) -> None:
    """Name who sits on the panel for an agency: by its lead, or by the coordinator.

    Raises:
        PanelError: the agency has no seat, or the person is not of it.
        ActRefusedError: a lead names for another agency.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(
            actor, reference, Act.NAME_AGENCY_REPRESENTATIVE, thing=f"person {person_id}"
        )
        if actor.agency_id is not None and actor.agency_id != agency_id:
            raise ActRefusedError("You can name people of your own agency only")
        seat = db.session.scalars(
            seats_for(actor, opened.case.id).where(PanelSeat.agency_id == agency_id)
        ).one_or_none()
        if seat is None:
            raise PanelError("person", "This agency is not on the panel")
        if person_id not in _people_of({agency_id}).get(agency_id, {}):
            raise PanelError("person", "Select a person of this agency")
        already = members_for(actor, opened.case.id).where(
            PanelMember.seat_id == seat.id, PanelMember.person_id == person_id
        )
        if db.session.scalars(already).first() is None:
            db.session.add(PanelMember(seat_id=seat.id, person_id=person_id, named_at=actor.at))


def appoint_chair(actor: Actor, reference: str, token: str, *, person_id: int) -> None:
    """Appoint a chair from the pool; an earlier appointment ends.

    Raises:
        PanelError: the person is not in the pool, or has declared a conflict in this case.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.APPOINT_CHAIR, thing=f"person {person_id}")
        if person_id not in {row[0] for row in _chairs(actor, opened.case)}:
            raise PanelError("chair", "Select a chair who has no conflict of interest")
        before = db.session.scalars(chairs_for(actor, opened.case.id)).one_or_none()
        if before is not None:
            before.ended_at = actor.at
            db.session.flush()
        db.session.add(
            ChairAppointment(case_id=opened.case.id, person_id=person_id, appointed_at=actor.at)
        )


def open_declaration(actor: Actor, reference: str) -> DeclarePage:
    """Return what a chair may see in order to declare, and nothing more."""
    with transaction():
        opened = load_case(actor, reference, Act.DECLARE_CONFLICT, thing="declaration")
        parties = db.session.scalars(parties_for(actor, [opened.case.id]))
        return DeclarePage(
            reference=opened.case.reference,
            place=opened.case.place,
            parties=tuple(party_name(party.name) for party in parties),
            is_declared=opened.facts.has_declared,
        )


def declare(actor: Actor, reference: str, token: str, *, has_conflict: bool, reason: str) -> None:
    """Declare to have a conflict of interest, which excludes at once, or to have none.

    Raises:
        PanelError: a conflict without saying which.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = "conflict" if has_conflict else "no conflict"
        opened = load_case(actor, reference, Act.DECLARE_CONFLICT, thing=thing)
        appointment = db.session.scalars(chairs_for(actor, opened.case.id)).one()
        if not has_conflict:
            appointment.declared_none_at = actor.at
            return
        if not reason.strip():
            raise PanelError("reason", "Write what the conflict is")
        appointment.ended_at = actor.at
        db.session.add(
            Conflict(
                case_id=opened.case.id,
                person_id=appointment.person_id,
                recorded_at=actor.at,
                reason=reason,
            )
        )
        log.record(actor, "excluded_by_conflict", reference=reference)
