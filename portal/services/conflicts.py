"""Conflicts of interest: recorded by the office, declared by members, waived for a chair."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.gate import ActRefusedError, CaseNotFoundError, Opened, load_case
from portal.access.scope.membership_past import conflicts_for, waivers_for
from portal.access.scope.people import (
    conflict_choices_for,
    coordinators_left_for,
    parties_for,
    seats_for,
)
from portal.db import db, transaction
from portal.domain.membership import ConflictKind
from portal.domain.roles import Act, Actor, Role
from portal.models.case import Case
from portal.models.panel import Conflict, PanelSeat
from portal.models.person import Agency, Person, RoleHeld
from portal.services.changes import EndedMeanwhileError, name_of
from portal.services.frames import CaseFrame, frame
from portal.services.inviting import take_leavers_off
from portal.services.leaving import (
    Leaver,
    end_appointment,
    end_membership,
    end_supports,
    give_up_seat,
)
from portal.services.once import once
from portal.services.words import party_name

LEFT_WITH_CONFLICT = "Conflict of interest"
_GROUPS = {
    Role.CHAIR: "Chairs",
    Role.COORDINATOR: "Coordinators",
    Role.SUPPORT_WORKER: "Support workers",
}
_ONLY_FORMER_EMPLOYER = "Only a chair’s former employer can be waived"


class ConflictError(Exception):
    """What was typed cannot be saved; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class ShownConflict:
    """A conflict of interest, for the coordinator and the chair.

    Attributes:
        may_be_waived: it is a former employer of somebody who chairs reviews of the area.
    """

    conflict_id: int
    whom: str
    kind: str
    reason: str
    recorded_at: dt.datetime
    recorded_by: str
    waiver_reason: str
    waived_by: str
    may_be_waived: bool


@dataclass(frozen=True)
class ConflictsPage:
    """The conflicts of a case."""

    frame: CaseFrame
    conflicts: tuple[ShownConflict, ...]


@dataclass(frozen=True)
class Choosable:
    """Somebody, or an agency, whose conflict can be recorded; the key is what a form posts."""

    key: str
    name: str
    group: str


@dataclass(frozen=True)
class RecordPage:
    """What the form for a conflict needs."""

    frame: CaseFrame
    choices: tuple[Choosable, ...]


@dataclass(frozen=True)
class DeclarePage:
    """All that is seen before the declaration: names of the parties, place, reference.

    Attributes:
        place, parties: nothing for an observer, who knows neither.
        is_chair: who declares is to chair; everybody else can only declare a conflict.
        waiver: why the coordinator has waived a former employer of the chair, where they have.
    """

    reference: str
    place: str
    parties: tuple[str, ...]
    is_chair: bool
    is_declared: bool
    waiver: str


def open_conflicts(actor: Actor, reference: str) -> ConflictsPage:
    """Return the conflicts of a case with their reasons."""
    with transaction():
        opened = load_case(actor, reference, Act.READ_CONFLICTS, thing="conflicts")
        return ConflictsPage(frame(actor, opened), _shown(actor, opened))


def _shown(actor: Actor, opened: Opened) -> tuple[ShownConflict, ...]:
    rows = db.session.scalars(conflicts_for(actor, opened.case.id)).all()
    people = _names(
        Person, {p for r in rows for p in (r.person_id, r.recorded_by_id, r.waived_by_id)}
    )
    agencies = _names(Agency, {row.agency_id for row in rows})
    chairs = _chairs_of_area(opened.case)
    return tuple(
        ShownConflict(
            conflict_id=row.id,
            whom=people[row.person_id] if row.person_id else agencies[row.agency_id],
            kind=row.kind.value,
            reason=row.reason,
            recorded_at=row.recorded_at,
            recorded_by=people.get(row.recorded_by_id, ""),
            waiver_reason=row.waiver_reason,
            waived_by=people.get(row.waived_by_id, ""),
            may_be_waived=_may_be_waived(row, chairs) and row.waived_at is None,
        )
        for row in rows
    )


def _names(model: type[Person] | type[Agency], ids: set[int | None]) -> dict[int | None, str]:
    rows = db.session.execute(sa.select(model.id, model.name).where(model.id.in_(ids - {None})))
    return {row[0]: row[1] for row in rows}


def _chairs_of_area(case: Case) -> set[int]:
    held = sa.select(RoleHeld.person_id).where(
        RoleHeld.area_id == case.area_id,
        RoleHeld.role == Role.CHAIR,
        RoleHeld.ended_at.is_(None),
    )
    return set(db.session.scalars(held))


def _may_be_waived(conflict: Conflict, chairs: set[int]) -> bool:
    return conflict.kind is ConflictKind.FORMER_EMPLOYER and conflict.person_id in chairs


def open_record_form(actor: Actor, reference: str) -> RecordPage:
    """Return whose conflict can be recorded: who is named, who is in the pool, the agencies."""
    with transaction():
        opened = load_case(actor, reference, Act.RECORD_CONFLICT, thing="form")
        return RecordPage(frame(actor, opened), _choices(actor, opened))


def _choices(actor: Actor, opened: Opened) -> tuple[Choosable, ...]:
    found: dict[str, Choosable] = {}
    for person, role, agency in db.session.execute(conflict_choices_for(actor, opened.case.id)):
        group = agency or _GROUPS[role]
        found.setdefault(
            f"person-{person.id}", Choosable(f"person-{person.id}", person.name, group)
        )
    agencies = db.session.execute(
        sa.select(Agency.id, Agency.name)
        .where(Agency.area_id == opened.case.area_id)
        .order_by(Agency.name)
    )
    have = {row.agency_id for row in db.session.scalars(conflicts_for(actor, opened.case.id))}
    whole = [
        Choosable(f"agency-{number}", name, "Whole agencies")
        for number, name in agencies
        if number not in have
    ]
    people = sorted(found.values(), key=lambda each: (each.group, each.name))
    return (*people, *whole)


def record_conflict(
    actor: Actor, reference: str, token: str, *, whom: str, kind: ConflictKind, reason: str
) -> bool:
    """Record a conflict of somebody or of an agency, which excludes at once.

    Returns:
        Whether it is the actor's own.

    Raises:
        ConflictError: somebody else was chosen, or nobody would be left to run the case.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return turn.result == "self"
        opened = load_case(actor, reference, Act.RECORD_CONFLICT, thing=whom)
        if whom not in {each.key for each in _choices(actor, opened)}:
            raise ConflictError("whom", "Select a person or an agency")
        named, _, number = whom.partition("-")
        left = coordinators_left_for(actor, opened.case.id)
        if named == "person":
            exclude_person(actor, opened, int(number), kind, reason)
            turn.result = "self" if int(number) == actor.person_id else "other"
        else:
            _exclude_agency(actor, opened, int(number), kind, reason)
        if db.session.scalars(left).first() is None:
            raise ConflictError(
                "whom", "Nobody could run this case then. Another coordinator has to be added first"
            )
    return turn.result == "self"


def exclude_person(
    actor: Actor, opened: Opened, person_id: int, kind: ConflictKind, reason: str
) -> None:
    """Exclude somebody from a case: chair, member, coordinator; belongs inside a transaction."""
    leaver = Leaver(person_id, opened.case.id)
    db.session.add(
        Conflict(
            case_id=opened.case.id,
            person_id=person_id,
            kind=kind,
            reason=reason,
            recorded_at=actor.at,
            recorded_by_id=actor.person_id,
        )
    )
    db.session.flush()
    end_appointment(actor.at, leaver)
    end_membership(actor, leaver)
    end_supports(actor, leaver)
    take_leavers_off(actor, opened.case)
    reference, thing = opened.case.reference, f"person {person_id}"
    log.record(actor, "excluded_by_conflict", reference=reference, thing=thing)


def _exclude_agency(
    actor: Actor, opened: Opened, agency_id: int, kind: ConflictKind, reason: str
) -> None:
    seats = seats_for(actor, opened.case.id).where(PanelSeat.agency_id == agency_id)
    seat = db.session.scalars(seats).one_or_none()
    if seat is not None:
        give_up_seat(actor, seat, LEFT_WITH_CONFLICT)
    db.session.add(
        Conflict(
            case_id=opened.case.id,
            agency_id=agency_id,
            kind=kind,
            reason=reason,
            recorded_at=actor.at,
            recorded_by_id=actor.person_id,
        )
    )
    db.session.flush()
    take_leavers_off(actor, opened.case)
    reference, thing = opened.case.reference, f"agency {agency_id}"
    log.record(actor, "excluded_by_conflict", reference=reference, thing=thing)


def open_waiver(actor: Actor, reference: str, conflict_id: int) -> tuple[CaseFrame, ShownConflict]:
    """Return a conflict that can be waived.

    Raises:
        CaseNotFoundError: there is no such conflict.
        ActRefusedError: it is not a chair's former employer, so nobody can waive it.
    """
    with transaction():
        opened = load_case(
            actor, reference, Act.WAIVE_CONFLICT, thing=f"form for conflict {conflict_id}"
        )
        _find(actor, opened, conflict_id)
        shown = {each.conflict_id: each for each in _shown(actor, opened)}
        return frame(actor, opened), shown[conflict_id]


def _find(actor: Actor, opened: Opened, conflict_id: int) -> Conflict:
    found = db.session.scalars(
        conflicts_for(actor, opened.case.id).where(Conflict.id == conflict_id)
    ).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    if not _may_be_waived(found, _chairs_of_area(opened.case)):
        raise ActRefusedError(_ONLY_FORMER_EMPLOYER)
    return found


def waive_conflict(
    actor: Actor, reference: str, token: str, *, conflict_id: int, reason: str
) -> None:
    """Waive a chair's former employer, with reasons that the panel reads.

    The chair is in the pool again, and declares again once appointed.

    Raises:
        CaseNotFoundError: there is no such conflict.
        ActRefusedError: it is of another kind, or not of a chair.
        EndedMeanwhileError: somebody else has waived it already.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.WAIVE_CONFLICT, thing=f"conflict {conflict_id}")
        conflict = _find(actor, opened, conflict_id)
        if conflict.waived_at is not None:
            raise EndedMeanwhileError(
                name_of(conflict.person_id),
                by=name_of(conflict.waived_by_id),
                at=conflict.waived_at,
                reason=conflict.waiver_reason,
            )
        conflict.waived_at = actor.at
        conflict.waived_by_id = actor.person_id
        conflict.waiver_reason = reason


def waiver_of(actor: Actor, case: Case, person_id: int | None) -> str:
    """Return why a conflict of somebody was waived, or nothing; belongs inside a transaction."""
    waived = db.session.execute(waivers_for(actor, case.id))
    return next((reason for whose, reason in waived if whose == person_id), "")


def open_declaration(actor: Actor, reference: str) -> DeclarePage:
    """Return what somebody may see in order to declare, and nothing more."""
    with transaction():
        opened = load_case(actor, reference, Act.DECLARE_CONFLICT, thing="declaration")
        parties = db.session.scalars(parties_for(actor, [opened.case.id]))
        is_chair = actor.role is Role.CHAIR
        return DeclarePage(
            reference=opened.case.reference,
            place="" if opened.facts.is_observer else opened.case.place,
            parties=tuple(party_name(party.name) for party in parties),
            is_chair=is_chair,
            is_declared=is_chair and opened.facts.has_declared,
            waiver=waiver_of(actor, opened.case, actor.person_id),
        )
