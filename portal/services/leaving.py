"""Leaving a panel: a person is taken off, an agency goes, an account or a role ends.

Whoever leaves loses the case with the next request, because what has ended opens nothing. What is
done here is the rest: the dates, and the actions that need somebody else.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.gate import ActRefusedError, CaseNotFoundError, Opened, load_case
from portal.access.scope.marks import unscoped
from portal.access.scope.membership import (
    is_named,
    is_seated,
    people_shut_out,
    reads_as_agency,
)
from portal.access.scope.membership_past import ended_members_for, left_seats_for
from portal.access.scope.people import members_for, seats_for
from portal.access.scope.supporting import is_in_force
from portal.db import db
from portal.domain.roles import Act, Actor, Role
from portal.domain.stages import Stage
from portal.models.case import Case
from portal.models.meeting import Action
from portal.models.panel import ActionPassedOn, ChairAppointment, PanelMember, PanelSeat
from portal.models.person import Agency, Person, RoleHeld
from portal.models.plan import PlanDraft
from portal.models.support import SupportAccepted
from portal.services.changes import EndedMeanwhileError, name_of
from portal.services.inviting import take_leavers_off
from portal.services.once import once

_DOOR = "who leaves may no longer open the case, and what was theirs has to pass on all the same"
OVER = (Stage.NOT_MET, Stage.COMPLETED, Stage.CLOSED)


@dataclass(frozen=True)
class Leaver:
    """Somebody who leaves, and what they leave.

    Attributes:
        case_id: the case; none means all of them.
        agency_ids: the agencies that they acted for; none means all of them.
    """

    person_id: int
    case_id: int | None = None
    agency_ids: Collection[int] | None = None


def take_off(actor: Actor, reference: str, token: str, *, member_id: int) -> bool:
    """Take somebody off the panel; return whether it was the actor themselves.

    Raises:
        CaseNotFoundError: nobody of that number was ever named.
        EndedMeanwhileError: they are off already.
        ActRefusedError: they are not of the actor's agency, or not the actor.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return turn.result == "self"
        opened = load_case(actor, reference, Act.LEAVE_PANEL, thing=f"member {member_id}")
        found = db.session.execute(
            members_for(actor, opened.case.id)
            .add_columns(PanelSeat.agency_id)
            .where(PanelMember.id == member_id)
        ).one_or_none()
        if found is None:
            raise _off_already(actor, opened, member_id)
        member, agency_id = found[0], found[1]
        if not may_take_off(actor, agency_id=agency_id, person_id=member.person_id):
            raise ActRefusedError("You can take off only yourself, or a lead their own people")
        end_membership(actor, Leaver(member.person_id, opened.case.id, {agency_id}))
        take_leavers_off(actor, opened.case)
        turn.result = "self" if member.person_id == actor.person_id else "other"
    return turn.result == "self"


def _off_already(actor: Actor, opened: Opened, member_id: int) -> Exception:
    ended = ended_members_for(actor, opened.case.id).where(PanelMember.id == member_id)
    member = db.session.scalars(ended).one_or_none()
    if member is None:
        return CaseNotFoundError(opened.case.reference)
    whom = db.session.get_one(Person, member.person_id).name
    return EndedMeanwhileError(whom, by=name_of(member.left_by_id), at=member.left_at)


def may_take_off(actor: Actor, *, agency_id: int, person_id: int) -> bool:
    """Say whose name the actor may take off: the office anybody's, a lead their agency's."""
    if actor.role is Role.COORDINATOR:
        return True
    if actor.agency_id != agency_id:
        return False
    return actor.role is Role.AGENCY_LEAD or actor.person_id == person_id


def end_seat(actor: Actor, reference: str, token: str, *, seat_id: int, reason: str) -> None:
    """Let an agency leave the panel; it loses all of the case at once.

    Its actions stay with it until somebody else is asked: the coordinator sees them listed.

    Raises:
        CaseNotFoundError: there never was such a seat.
        EndedMeanwhileError: it has left already.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.END_SEAT, thing=f"seat {seat_id}")
        seat = db.session.scalars(
            seats_for(actor, opened.case.id).where(PanelSeat.id == seat_id)
        ).one_or_none()
        if seat is None:
            raise _left_already(actor, opened, seat_id)
        give_up_seat(actor, seat, reason)
        take_leavers_off(actor, opened.case)
        log.record(actor, "agency_left", reference=reference, thing=f"agency {seat.agency_id}")


def _left_already(actor: Actor, opened: Opened, seat_id: int) -> Exception:
    ended = left_seats_for(actor, opened.case.id).where(PanelSeat.id == seat_id)
    seat = db.session.scalars(ended).one_or_none()
    if seat is None:
        return CaseNotFoundError(opened.case.reference)
    whom = db.session.get_one(Agency, seat.agency_id).name
    by = name_of(seat.left_by_id)
    return EndedMeanwhileError(whom, by=by, at=seat.left_at, reason=seat.left_reason)


def give_up_seat(actor: Actor, seat: PanelSeat, reason: str) -> None:
    """End a seat and with it the names on it; belongs inside a transaction."""
    seat.left_at, seat.left_by_id, seat.left_reason = actor.at, actor.person_id, reason
    named = sa.select(PanelMember).where(PanelMember.seat_id == seat.id, is_named())
    for member in db.session.scalars(named.execution_options(**unscoped(_DOOR))):
        member.left_at, member.left_by_id = actor.at, actor.person_id
    db.session.flush()


def end_membership(actor: Actor, leaver: Leaver) -> None:
    """End the names of a leaver and pass their actions on; belongs inside a transaction."""
    named = (
        sa.select(PanelMember)
        .join(PanelSeat, PanelSeat.id == PanelMember.seat_id)
        .where(PanelMember.person_id == leaver.person_id, is_named(), is_seated())
    )
    if leaver.case_id is not None:
        named = named.where(PanelSeat.case_id == leaver.case_id)
    if leaver.agency_ids is not None:
        named = named.where(PanelSeat.agency_id.in_(leaver.agency_ids))
    for member in db.session.scalars(named.execution_options(**unscoped(_DOOR))):
        member.left_at, member.left_by_id = actor.at, actor.person_id
    db.session.flush()
    pass_on_actions(actor, leaver)


def end_appointment(at: dt.datetime, leaver: Leaver) -> None:
    """End the appointments of a leaver as chair; belongs inside a transaction."""
    found = sa.select(ChairAppointment).where(
        ChairAppointment.person_id == leaver.person_id, ChairAppointment.ended_at.is_(None)
    )
    if leaver.case_id is not None:
        found = found.where(ChairAppointment.case_id == leaver.case_id)
    for appointment in db.session.scalars(found.execution_options(**unscoped(_DOOR))):
        appointment.ended_at = at
    db.session.flush()


def end_supports(actor: Actor, leaver: Leaver) -> None:
    """End what a leaver does as a support worker; belongs inside a transaction."""
    found = sa.select(SupportAccepted).where(
        SupportAccepted.person_id == leaver.person_id, is_in_force()
    )
    if leaver.case_id is not None:
        found = found.where(SupportAccepted.case_id == leaver.case_id)
    for support in db.session.scalars(found.execution_options(**unscoped(_DOOR))):
        support.ended_at, support.ended_by_id = actor.at, actor.person_id
    db.session.flush()


def pass_on_actions(actor: Actor, leaver: Leaver) -> None:
    """Pass a leaver's actions to a lead of the same agency, where it has one who can open them.

    Belongs inside a transaction, after what makes them a leaver.
    """
    owned = (
        sa.select(Action, Case)
        .join(Case, Case.id == Action.case_id)
        .where(
            Action.owner_id == leaver.person_id,
            Action.owner_agency_id.is_not(None),
            Case.stage.not_in(OVER),
        )
        .order_by(Action.id)
    )
    if leaver.case_id is not None:
        owned = owned.where(Action.case_id == leaver.case_id)
    if leaver.agency_ids is not None:
        owned = owned.where(Action.owner_agency_id.in_(leaver.agency_ids))
    for action, case in db.session.execute(owned.execution_options(**unscoped(_DOOR))).all():
        heir = None if _is_named_still(action) else _heir(action, case)
        if heir not in {None, leaver.person_id}:
            _pass_on(actor, action, case, heir)


def _is_named_still(action: Action) -> bool:
    """Say whether the owner reads the case by a name that stands: a lead may be named too."""
    named = (
        sa.select(PanelMember.id)
        .join(PanelSeat, PanelSeat.id == PanelMember.seat_id)
        .where(
            PanelSeat.case_id == action.case_id,
            PanelSeat.agency_id == action.owner_agency_id,
            PanelMember.person_id == action.owner_id,
            is_seated(),
            is_named(),
            reads_as_agency(),
        )
    )
    found = db.session.scalars(named.execution_options(**unscoped(_DOOR))).first()
    return found is not None


def _heir(action: Action, case: Case) -> int | None:
    """Return who takes an action over: the owner if they lead the agency, else another lead."""
    seated = sa.exists().where(
        PanelSeat.case_id == case.id, PanelSeat.agency_id == action.owner_agency_id, is_seated()
    )
    leads = (
        sa.select(RoleHeld.person_id)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(
            RoleHeld.agency_id == action.owner_agency_id,
            RoleHeld.role == Role.AGENCY_LEAD,
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
            Person.id.not_in(people_shut_out(case.id, as_chair=False)),
            seated,
        )
        .order_by(sa.case((Person.id == action.owner_id, 0), else_=1), Person.name, Person.id)
    )
    heir: int | None = db.session.scalars(leads.execution_options(**unscoped(_DOOR))).first()
    return heir


def _pass_on(actor: Actor, action: Action, case: Case, heir: int | None) -> None:
    db.session.add(
        ActionPassedOn(
            action_id=action.id,
            from_person_id=action.owner_id,
            to_person_id=heir,
            agency_id=action.owner_agency_id,
            passed_at=actor.at,
        )
    )
    thing = f"action {action.number}: person {action.owner_id} to person {heir}"
    log.record(actor, "action_passed_on", reference=case.reference, thing=thing)
    action.owner_id = heir or action.owner_id
    if case.stage in {Stage.PLANNING, Stage.MONITORING}:
        _uncheck(case, actor.at)
    db.session.flush()


def _uncheck(case: Case, at: dt.datetime) -> None:
    """Take back the chair's check of a draft that is written: it names another owner now."""
    found = sa.select(PlanDraft).where(PlanDraft.case_id == case.id)
    draft = db.session.scalars(found.execution_options(**unscoped(_DOOR))).one_or_none()
    if draft is None:
        return
    if case.stage is Stage.PLANNING or draft.changing_since is not None:
        draft.changed_at = at
        draft.checked_at, draft.checked_by_id = None, None
