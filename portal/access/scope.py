"""Which cases and which parts of them: the only module that may mark a statement as scoped.

``cases_for`` selects what an actor may know of. Everything inside a case is selected by a function
of this module that repeats the case's own condition, so that a part can never be reached by way
of a case that the actor may not open. Nothing is selected by default.
"""

from collections.abc import Collection
from typing import Any, TypeVar

import sqlalchemy as sa

from portal.db import Base
from portal.domain.handling import (
    AgencyKind,
    Handling,
    Reader,
    handlings_open_to,
    is_relevant_body,
)
from portal.domain.presets import Clock
from portal.domain.roles import AGENCY_ROLES, Actor, Role
from portal.models.case import (
    Case,
    CaseClock,
    CaseEvent,
    DecisionBody,
    Incident,
    Party,
    PartyContact,
    Report,
    ThresholdDecision,
)
from portal.models.meeting import Action, Attendance, Meeting, MeetingDecision
from portal.models.outbox import OutboxMessage
from portal.models.panel import ChairAppointment, Conflict, PanelMember, PanelSeat
from portal.models.person import Agency, Person, RoleHeld
from portal.models.plan import Document, DocumentKind, PlanDraft
from portal.models.sharing import SharedItem, SharedItemAgency

Model = TypeVar("Model", bound=Base)

_KNOWING = frozenset({"case", "panel"})
_SEES_EVERYTHING = frozenset({Role.COORDINATOR, Role.CHAIR})


def _appointed(actor: Actor, *, declared: bool) -> sa.ColumnElement[bool]:
    chairs = sa.select(ChairAppointment.case_id).where(
        ChairAppointment.person_id == actor.person_id, ChairAppointment.ended_at.is_(None)
    )
    if declared:
        chairs = chairs.where(ChairAppointment.declared_none_at.is_not(None))
    return Case.id.in_(chairs)


def _on_panel(actor: Actor) -> sa.Select[int]:
    return sa.select(PanelSeat.case_id).where(PanelSeat.agency_id == actor.agency_id)


def _mine(actor: Actor, *, declared: bool) -> sa.ColumnElement[bool]:
    match actor.role:
        case Role.COORDINATOR:
            return sa.true()
        case Role.CHAIR:
            return _appointed(actor, declared=declared)
        case Role.AGENCY_LEAD:
            return Case.id.in_(_on_panel(actor))
        case Role.AGENCY_REPRESENTATIVE:
            named = PanelMember.person_id == actor.person_id
            return Case.id.in_(
                _on_panel(actor).join(PanelMember, PanelMember.seat_id == PanelSeat.id).where(named)
            )
        case _:
            return sa.false()


def _without_conflict(actor: Actor) -> sa.ColumnElement[bool]:
    excluded = sa.select(Conflict.case_id).where(Conflict.person_id == actor.person_id)
    return Case.id.not_in(excluded)


def _case_ids(actor: Actor, *, declared: bool) -> sa.Select[int]:
    return sa.select(Case.id).where(
        Case.area_id == actor.area_id,
        _mine(actor, declared=declared),
        _without_conflict(actor),
    )


def cases_for(actor: Actor) -> sa.Select[Case]:
    """Select the cases that the actor may know of; a chair's also before the declaration."""
    known = Case.id.in_(_case_ids(actor, declared=False))
    return sa.select(Case).where(known).execution_options(scope=_KNOWING)


def undeclared_cases_for(actor: Actor) -> sa.Select[Case]:
    """Select the cases on which a chair has still to declare: known, but not open yet."""
    return cases_for(actor).where(Case.id.not_in(_case_ids(actor, declared=True))).order_by(Case.id)


def _part(actor: Actor, model: type[Model], case_id: int, scope: str) -> sa.Select[Model]:
    """Select rows of a case that the actor may open in full."""
    column: sa.ColumnElement[int] = model.case_id  # type: ignore[attr-defined]  # every part has it
    return (
        sa.select(model)
        .where(column == case_id, column.in_(_case_ids(actor, declared=True)))
        .execution_options(scope=_KNOWING | {scope})
    )


def parties_for(actor: Actor, case_ids: Collection[int]) -> sa.Select[Party]:
    """Select the parties of cases that the actor may know of: their names, not how to reach them.

    A chair needs the names to be able to declare a conflict of interest.
    """
    return (
        sa.select(Party)
        .where(Party.case_id.in_(case_ids), Party.case_id.in_(_case_ids(actor, declared=False)))
        .order_by(Party.id)
        .execution_options(scope=_KNOWING | {"party"})
    )


def contacts_for(actor: Actor, case_id: int) -> sa.Select[PartyContact]:
    """Select address, phone and email of the parties: for the coordinator and the chair alone."""
    return (
        sa.select(PartyContact)
        .join(Party, Party.id == PartyContact.party_id)
        .where(
            Party.case_id == case_id,
            Party.case_id.in_(_case_ids(actor, declared=True)),
            sa.true() if actor.role in _SEES_EVERYTHING else sa.false(),
        )
        .execution_options(scope=_KNOWING | {"party", "contact"})
    )


def incidents_for(actor: Actor, case_id: int) -> sa.Select[Incident]:
    """Select what happened, in the applicant's own words: for the whole panel."""
    return _part(actor, Incident, case_id, "incident").order_by(Incident.happened_on, Incident.id)


def reports_for(actor: Actor, case_id: int) -> sa.Select[Report]:
    """Select the reports of the incidents: for the whole panel."""
    return _part(actor, Report, case_id, "incident").order_by(Report.reported_on, Report.id)


def decisions_for(actor: Actor, case_id: int) -> sa.Select[ThresholdDecision]:
    """Select the threshold decision: for the whole panel."""
    return _part(actor, ThresholdDecision, case_id, "decision")


def decision_bodies_for(actor: Actor, case_id: int) -> sa.Select[Agency]:
    """Select the agencies that agreed to the threshold decision."""
    decision = ThresholdDecision
    return (
        sa.select(Agency)
        .join(DecisionBody, DecisionBody.agency_id == Agency.id)
        .join(decision, decision.id == DecisionBody.decision_id)
        .where(decision.case_id == case_id, decision.case_id.in_(_case_ids(actor, declared=True)))
        .order_by(Agency.name)
        .execution_options(scope=_KNOWING | {"decision"})
    )


def clocks_for(actor: Actor, case_ids: Collection[int]) -> sa.Select[CaseClock]:
    """Select the clocks of cases that the actor may open."""
    return (
        sa.select(CaseClock)
        .where(
            CaseClock.case_id.in_(case_ids),
            CaseClock.case_id.in_(_case_ids(actor, declared=True)),
        )
        .order_by(CaseClock.due_on, CaseClock.clock)
        .execution_options(scope=_KNOWING | {"clock"})
    )


def running_cases_for(actor: Actor, without: Collection[Clock]) -> sa.Select[Case]:
    """Select the cases that the actor may open and that have a running clock, by its end."""
    ends = (
        sa.select(CaseClock.case_id, sa.func.min(CaseClock.due_on).label("due_on"))
        .where(
            CaseClock.stopped_on.is_(None),
            CaseClock.clock.not_in(without),
            CaseClock.case_id.in_(_case_ids(actor, declared=True)),
        )
        .group_by(CaseClock.case_id)
        .subquery()
    )
    return (
        sa.select(Case)
        .join(ends, ends.c.case_id == Case.id)
        .order_by(ends.c.due_on, Case.id)
        .execution_options(scope=_KNOWING | {"clock"})
    )


def events_for(actor: Actor, case_id: int) -> sa.Select[CaseEvent]:
    """Select the moves of the case from stage to stage."""
    return _part(actor, CaseEvent, case_id, "event").order_by(CaseEvent.at, CaseEvent.id)


def seats_for(actor: Actor, case_id: int) -> sa.Select[PanelSeat]:
    """Select the seats of the panel."""
    return _part(actor, PanelSeat, case_id, "panel").order_by(PanelSeat.id)


def members_for(actor: Actor, case_id: int) -> sa.Select[PanelMember]:
    """Select the agency representatives who were named for the seats."""
    return (
        sa.select(PanelMember)
        .join(PanelSeat, PanelSeat.id == PanelMember.seat_id)
        .where(
            PanelSeat.case_id == case_id,
            PanelSeat.case_id.in_(_case_ids(actor, declared=True)),
        )
        .order_by(PanelMember.id)
        .execution_options(scope=_KNOWING)
    )


def chairs_for(actor: Actor, case_id: int) -> sa.Select[ChairAppointment]:
    """Select the appointment of the chair that is in force, also for an undeclared chair."""
    return (
        sa.select(ChairAppointment)
        .where(
            ChairAppointment.case_id == case_id,
            ChairAppointment.ended_at.is_(None),
            ChairAppointment.case_id.in_(_case_ids(actor, declared=False)),
        )
        .execution_options(scope=_KNOWING)
    )


def chair_pool_for(actor: Actor, case_id: int) -> sa.Select[Person]:
    """Select who could chair a case: the area's chairs less those with a conflict in it."""
    excluded = sa.select(Conflict.person_id).where(Conflict.case_id == case_id)
    mine = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    return (
        sa.select(Person)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .where(
            RoleHeld.area_id == actor.area_id,
            RoleHeld.role == Role.CHAIR,
            RoleHeld.ended_at.is_(None),
            Person.active.is_(True),
            Person.id.not_in(excluded),
            mine,
        )
        .order_by(Person.name)
        .execution_options(scope=frozenset({"panel"}))
    )


def _own_agency_reads(actor: Actor) -> sa.ColumnElement[bool]:
    """Read as one's agency: what it shared, what names it, what its place on the panel opens."""
    named = sa.select(SharedItemAgency.item_id).where(SharedItemAgency.agency_id == actor.agency_id)
    relevant = (
        sa.select(Agency.id).where(Agency.id == actor.agency_id, _is_relevant_agency()).exists()
    )
    return sa.or_(
        SharedItem.agency_id == actor.agency_id,
        SharedItem.handling.in_(handlings_open_to(Reader.OTHER_PANEL_AGENCY)),
        sa.and_(
            SharedItem.handling.in_(handlings_open_to(Reader.NAMED_AGENCY)),
            SharedItem.id.in_(named),
        ),
        sa.and_(SharedItem.handling.in_(handlings_open_to(Reader.RELEVANT_BODY)), relevant),
    )


def _is_relevant_agency() -> sa.ColumnElement[bool]:
    kinds = {kind for kind in AgencyKind if is_relevant_body(kind, is_co_opted=False)}
    co_opted = {kind for kind in AgencyKind if is_relevant_body(kind, is_co_opted=True)}
    return sa.or_(
        Agency.kind.in_(kinds), sa.and_(Agency.is_co_opted.is_(True), Agency.kind.in_(co_opted))
    )


def _readable(actor: Actor) -> sa.ColumnElement[bool]:
    if actor.role is Role.COORDINATOR:
        return SharedItem.handling.in_(handlings_open_to(Reader.COORDINATOR))
    if actor.role is Role.CHAIR:
        return SharedItem.handling.in_(handlings_open_to(Reader.CHAIR))
    if actor.role in AGENCY_ROLES:
        return _own_agency_reads(actor)
    return sa.false()


def shared_items_for(actor: Actor, case_id: int) -> sa.Select[SharedItem]:
    """Select the shared things that the actor may read, in the order in which they happened."""
    return (
        _part(actor, SharedItem, case_id, "shared_item")
        .where(_readable(actor))
        .order_by(SharedItem.happened_on, SharedItem.id)
    )


def panel_items_for(actor: Actor, case_id: int) -> sa.Select[SharedItem]:
    """Select only what the whole panel may read: for screens and papers that they all share."""
    return shared_items_for(actor, case_id).where(SharedItem.handling == Handling.PANEL)


def named_agencies_for(actor: Actor, case_id: int) -> sa.Select[SharedItemAgency]:
    """Select which agencies are named by the items that the actor may read."""
    readable = shared_items_for(actor, case_id).with_only_columns(SharedItem.id).order_by(None)
    return (
        sa.select(SharedItemAgency)
        .where(SharedItemAgency.item_id.in_(readable))
        .execution_options(scope=_KNOWING | {"shared_item"})
    )


def meetings_for(actor: Actor, case_id: int) -> sa.Select[Meeting]:
    """Select the meeting of a case."""
    return _part(actor, Meeting, case_id, "meeting")


def _of_meeting(actor: Actor, model: type[Model], case_id: int) -> sa.Select[Model]:
    column: sa.ColumnElement[int] = model.meeting_id  # type: ignore[attr-defined]
    return (
        sa.select(model)
        .join(Meeting, Meeting.id == column)
        .where(Meeting.case_id == case_id, Meeting.case_id.in_(_case_ids(actor, declared=True)))
        .execution_options(scope=_KNOWING | {"meeting"})
    )


def attendance_for(actor: Actor, case_id: int) -> sa.Select[Attendance]:
    """Select who attended the meeting, and how."""
    return _of_meeting(actor, Attendance, case_id)


def meeting_decisions_for(actor: Actor, case_id: int) -> sa.Select[MeetingDecision]:
    """Select what the meeting decided."""
    return _of_meeting(actor, MeetingDecision, case_id).order_by(MeetingDecision.number)


def actions_for(actor: Actor, case_id: int) -> sa.Select[Action]:
    """Select the actions that were agreed: for the whole panel."""
    return _part(actor, Action, case_id, "action").order_by(Action.number)


def plan_drafts_for(actor: Actor, case_id: int) -> sa.Select[PlanDraft]:
    """Select the draft of the plan: for the coordinator and the chair alone."""
    mine = sa.true() if actor.role in _SEES_EVERYTHING else sa.false()
    return _part(actor, PlanDraft, case_id, "plan").where(mine)


def documents_for(actor: Actor, case_id: int) -> sa.Select[Document]:
    """Select the issued documents that the actor may read.

    The applicant's version goes to the applicant; of the others only the coordinator and the
    chair, who made it, read it too.
    """
    kinds = {DocumentKind.ACTION_PLAN_PANEL}
    if actor.role in _SEES_EVERYTHING:
        kinds.add(DocumentKind.ACTION_PLAN_APPLICANT)
    return (
        _part(actor, Document, case_id, "document")
        .where(Document.kind.in_(kinds))
        .order_by(Document.number, Document.kind)
    )


def messages_for(actor: Actor) -> sa.Select[OutboxMessage]:
    """Select the messages of the area for its coordinator, for everybody else their own."""
    mine = sa.and_(OutboxMessage.area_id == actor.area_id, _received(actor))
    return (
        sa.select(OutboxMessage)
        .where(mine)
        .order_by(OutboxMessage.id.desc())
        .execution_options(scope=_KNOWING | {"message"})
    )


def _received(actor: Actor) -> sa.ColumnElement[bool]:
    """Select an area's messages for its coordinator, one's own for others, on cases they know."""
    known = sa.or_(
        OutboxMessage.case_id.is_(None),
        OutboxMessage.case_id.in_(_case_ids(actor, declared=False)),
    )
    if actor.role is Role.COORDINATOR:
        return known
    return sa.and_(OutboxMessage.person_id == actor.person_id, known)


def unscoped(reason: str) -> dict[str, Any]:
    """Open every scope: the one named door for the demonstration's seed, the worker and the gate.

    Args:
        reason: why no actor's scope fits; a test lists who uses this.
    """
    if not reason:
        raise ValueError("Say why no scope fits.")
    every = {
        table.info["scope"] for table in Base.metadata.tables.values() if "scope" in table.info
    }
    return {"scope": frozenset(every)}
