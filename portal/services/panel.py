"""The panel of a case: agencies, the people they name, and the chair who has no conflict."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import ActRefusedError, load_case
from portal.access.scope.people import (
    agencies_to_seat_for,
    chair_pool_for,
    chairs_for,
    members_for,
    nameable_people_for,
    seats_for,
)
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.membership import ConflictKind, Standing
from portal.domain.panel_suggestion import AgencyFacts
from portal.domain.roles import Act, Actor, Role
from portal.models.case import Case
from portal.models.panel import ChairAppointment, PanelMember, PanelSeat
from portal.models.person import Agency, Person
from portal.services.conflicts import exclude_person, waiver_of
from portal.services.frames import CaseFrame, frame
from portal.services.inviting import take_leavers_off
from portal.services.leaving import Leaver, may_take_off, pass_on_actions
from portal.services.left_behind import LeftBehind, left_behind
from portal.services.once import once
from portal.services.parties import ShownParty, shown_parties
from portal.services.removed_parties import ShownRemoval, shown_removals


class PanelError(Exception):
    """What was chosen cannot be saved; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class ShownMember:
    """Somebody who is named for a seat; the reader may take them off, or not."""

    member_id: int
    person_id: int
    name: str
    standing: str
    may_be_taken_off: bool


@dataclass(frozen=True)
class ShownSeat:
    """An agency on the panel, with the people it has named and those it could name, or anew.

    Attributes:
        joined_late: it joined on a later day than the first of those who are on the panel now.
    """

    seat_id: int
    agency_id: int
    agency_name: str
    is_required: bool
    is_relevant_body: bool
    joined_at: dt.datetime
    joined_late: bool
    members: tuple[ShownMember, ...]
    candidates: tuple[tuple[int, str], ...]

    @property
    def has_somebody(self) -> bool:
        """Whether somebody stands for the agency; without, it has to name somebody."""
        return any(each.standing == Standing.AGENCY_REPRESENTATIVE for each in self.members)


@dataclass(frozen=True)
class PeoplePage:
    """Who is in the case and who reviews it."""

    frame: CaseFrame
    parties: tuple[ShownParty, ...]
    removals: tuple[ShownRemoval, ...]
    seats: tuple[ShownSeat, ...]
    agencies: tuple[tuple[int, str], ...]
    chair_name: str
    chair_is_ready: bool
    chair_waiver: str
    chairs: tuple[tuple[int, str], ...]
    own_agency_id: int | None
    left: LeftBehind


def open_people(actor: Actor, reference: str, act: Act = Act.VIEW_CASE) -> PeoplePage:
    """Return the page of people, or what the form for an act on it needs."""
    with transaction():
        opened = load_case(actor, reference, act, thing="people")
        case = opened.case
        top = frame(actor, opened)
        chair = db.session.scalars(chairs_for(actor, case.id)).one_or_none()
        seats = _shown_seats(actor, case)
        seated = {seat.agency_id for seat in seats}
        arranges = Act.ARRANGE_PANEL in top.open_acts
        return PeoplePage(
            frame=top,
            parties=shown_parties(actor, case.id),
            removals=shown_removals(actor, case.id),
            seats=seats,
            agencies=_free_agencies(actor, case, seated) if arranges else (),
            chair_name=db.session.get_one(Person, chair.person_id).name if chair else "",
            chair_is_ready=bool(chair and chair.declared_none_at),
            chair_waiver=waiver_of(actor, case, chair.person_id) if chair else "",
            chairs=_chairs(actor, case) if Act.APPOINT_CHAIR in top.open_acts else (),
            own_agency_id=actor.agency_id,
            left=left_behind(actor, opened),
        )


def _free_agencies(actor: Actor, case: Case, seated: set[int]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (each.agency_id, each.name)
        for each in agencies_to_seat(actor, case.id)
        if each.agency_id not in seated
    )


def agencies_to_seat(actor: Actor, case_id: int) -> list[AgencyFacts]:
    """Return the agencies of the area that could sit on the panel; inside a transaction."""
    return [
        AgencyFacts(
            agency_id=each.id,
            name=each.name,
            kind=each.kind,
            is_co_opted=each.is_co_opted,
            lga_id=each.lga_id,
        )
        for each in db.session.scalars(agencies_to_seat_for(actor, case_id))
    ]


def _shown_seats(actor: Actor, case: Case) -> tuple[ShownSeat, ...]:
    seats = db.session.scalars(seats_for(actor, case.id)).all()
    agencies = _agencies_by_id({seat.agency_id for seat in seats})
    named: dict[int, list[PanelMember]] = {}
    for member in db.session.scalars(members_for(actor, case.id)):
        named.setdefault(member.seat_id, []).append(member)
    people = _people_of(case.id, set(agencies))
    names = _names({member.person_id for row in named.values() for member in row})
    first_on = min((london_day(seat.joined_at) for seat in seats), default=None)
    shown = []
    for seat in seats:
        agency = agencies[seat.agency_id]
        members = named.get(seat.id, [])
        stands = {m.person_id for m in members if m.standing is Standing.AGENCY_REPRESENTATIVE}
        shown.append(
            ShownSeat(
                seat_id=seat.id,
                agency_id=agency.id,
                agency_name=agency.name,
                is_required=seat.is_required,
                is_relevant_body=agency.is_relevant_body,
                joined_at=seat.joined_at,
                joined_late=london_day(seat.joined_at) != first_on,
                members=_shown_members(actor, agency, members, names),
                candidates=tuple(
                    (pid, name)
                    for pid, name in people.get(agency.id, {}).items()
                    if pid not in stands
                ),
            )
        )
    return tuple(shown)


_ORDER = list(Standing)


def _shown_members(
    actor: Actor, agency: Agency, members: list[PanelMember], names: dict[int, str]
) -> tuple[ShownMember, ...]:
    found = [
        ShownMember(
            member_id=each.id,
            person_id=each.person_id,
            name=names[each.person_id],
            standing=each.standing.value,
            may_be_taken_off=may_take_off(actor, agency_id=agency.id, person_id=each.person_id),
        )
        for each in members
    ]
    return tuple(sorted(found, key=lambda each: (_ORDER.index(Standing(each.standing)), each.name)))


def _names(person_ids: set[int]) -> dict[int, str]:
    rows = db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    return {row[0]: row[1] for row in rows}


def _agencies_by_id(ids: set[int]) -> dict[int, Agency]:
    found = db.session.scalars(sa.select(Agency).where(Agency.id.in_(ids)))
    return {agency.id: agency for agency in found}


def _people_of(case_id: int, agency_ids: set[int]) -> dict[int, dict[int, str]]:
    """Return who can be named for an agency: those who hold the role there, without conflict."""
    rows = db.session.execute(nameable_people_for(case_id, agency_ids))
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
        PanelError: it has a seat already, has a conflict of interest, or is not of this area.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.ARRANGE_PANEL, thing=f"agency {agency_id}")
        seat(actor, opened.case, agency_id, "agency", is_required=is_required)


def seat(actor: Actor, case: Case, agency_id: int, field: str, *, is_required: bool) -> None:
    """Give an agency a seat; belongs inside a transaction.

    Raises:
        PanelError: it cannot be seated; the sentence stands at the field.
    """
    if agency_id not in {each.agency_id for each in agencies_to_seat(actor, case.id)}:
        raise PanelError(field, "Select an agency")
    if agency_id in {seat.agency_id for seat in db.session.scalars(seats_for(actor, case.id))}:
        raise PanelError(field, "This agency is on the panel already")
    db.session.add(
        PanelSeat(case_id=case.id, agency_id=agency_id, is_required=is_required, joined_at=actor.at)
    )
    db.session.flush()


def name_agency_representative(
    actor: Actor,
    reference: str,
    token: str,
    *,
    agency_id: int,
    person_id: int,
    standing: Standing = Standing.AGENCY_REPRESENTATIVE,
) -> None:
    """Name somebody for an agency's seat, and as what: by its lead, or by the coordinator.

    Who is named already is named anew where the standing is another one.

    Raises:
        PanelError: the agency has no seat, the person is not of it or has a conflict, or it has
            an agency representative already.
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
        if person_id not in _people_of(opened.case.id, {agency_id}).get(agency_id, {}):
            raise PanelError("person", "Select a person of this agency")
        _name(actor, opened.case, seat, person_id, standing)


def _name(actor: Actor, case: Case, seat: PanelSeat, person_id: int, standing: Standing) -> None:
    on_seat = members_for(actor, case.id).where(PanelMember.seat_id == seat.id)
    members = {each.person_id: each for each in db.session.scalars(on_seat)}
    before = members.get(person_id)
    if before is not None and before.standing is standing:
        return
    first = [m for m in members.values() if m.standing is Standing.AGENCY_REPRESENTATIVE]
    if standing is Standing.AGENCY_REPRESENTATIVE and first:
        who = db.session.get_one(Person, first[0].person_id).name
        raise PanelError(
            "standing", f"{who} is the agency representative. Take them off first, or name a deputy"
        )
    if before is not None:
        before.left_at, before.left_by_id = actor.at, actor.person_id
        db.session.flush()
        if standing is Standing.OBSERVER:
            pass_on_actions(actor, Leaver(person_id, case.id, {seat.agency_id}))
            take_leavers_off(actor, case)
    db.session.add(
        PanelMember(
            seat_id=seat.id,
            person_id=person_id,
            standing=standing,
            named_at=actor.at,
            named_by_id=actor.person_id,
        )
    )


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
            take_leavers_off(actor, opened.case)
        db.session.add(
            ChairAppointment(case_id=opened.case.id, person_id=person_id, appointed_at=actor.at)
        )


def declare(
    actor: Actor,
    reference: str,
    token: str,
    *,
    has_conflict: bool,
    reason: str,
    kind: ConflictKind = ConflictKind.OTHER,
) -> None:
    """Declare to have a conflict of interest, which excludes at once, or, as chair, to have none.

    Raises:
        PanelError: a conflict without saying which.
        ActRefusedError: none, by somebody who is not asked.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = "conflict" if has_conflict else "no conflict"
        opened = load_case(actor, reference, Act.DECLARE_CONFLICT, thing=thing)
        if has_conflict:
            if not reason.strip():
                raise PanelError("reason", "Write what the conflict is")
            exclude_person(actor, opened, actor.person_id or 0, kind, reason)
        elif actor.role is Role.CHAIR:
            chair = db.session.scalars(chairs_for(actor, opened.case.id)).one()
            chair.declared_none_at = actor.at
        else:
            raise ActRefusedError("Only who is to chair is asked to declare that there is none")
