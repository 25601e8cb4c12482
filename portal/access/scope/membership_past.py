"""Who has left the panel and what that left behind; conflicts of interest with their reasons."""

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, SEES_EVERYTHING, open_case, part
from portal.access.scope.once import built_once
from portal.domain.roles import Actor, Role
from portal.models.meeting import Action
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.models.panel import (
    ActionPassedOn,
    ChairAppointment,
    Conflict,
    PanelMember,
    PanelSeat,
)


def _leads(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role in SEES_EVERYTHING else sa.false()


@built_once
def left_seats_for(actor: Actor, case_id: int) -> sa.Select[PanelSeat]:
    """Select the seats that agencies have left, with why: for the coordinator and the chair."""
    return (
        part(actor, PanelSeat, case_id, "panel")
        .where(PanelSeat.left_at.is_not(None), _leads(actor))
        .order_by(PanelSeat.left_at, PanelSeat.id)
    )


@built_once
def left_members_for(actor: Actor, case_id: int) -> sa.Select[PanelMember, int]:
    """Select who was taken off a seat, with the agency: for the coordinator and the chair."""
    return (
        sa.select(PanelMember, PanelSeat.agency_id)
        .join(PanelSeat, PanelSeat.id == PanelMember.seat_id)
        .where(
            PanelSeat.case_id == case_id,
            open_case(actor, case_id),
            PanelMember.left_at.is_not(None),
            _leads(actor),
        )
        .order_by(PanelMember.left_at, PanelMember.id)
        .execution_options(scope=KNOWING)
    )


@built_once
def ended_members_for(actor: Actor, case_id: int) -> sa.Select[PanelMember]:
    """Select who was taken off a seat: of one's own agency, or of all for those who lead."""
    mine = sa.or_(_leads(actor), PanelSeat.agency_id == actor.agency_id)
    return (
        sa.select(PanelMember)
        .join(PanelSeat, PanelSeat.id == PanelMember.seat_id)
        .where(
            PanelSeat.case_id == case_id,
            open_case(actor, case_id),
            PanelMember.left_at.is_not(None),
            mine,
        )
        .execution_options(scope=KNOWING)
    )


@built_once
def passed_on_for(actor: Actor, case_id: int) -> sa.Select[ActionPassedOn, int]:
    """Select the actions that passed on, with their numbers: of one's own agency, or all."""
    mine = sa.or_(_leads(actor), ActionPassedOn.agency_id == actor.agency_id)
    return (
        sa.select(ActionPassedOn, Action.number)
        .join(Action, Action.id == ActionPassedOn.action_id)
        .where(
            Action.case_id == case_id,
            open_case(actor, case_id),
            mine,
        )
        .order_by(ActionPassedOn.passed_at, ActionPassedOn.id)
        .execution_options(scope=KNOWING | {"action"})
    )


@built_once
def sent_messages_for(actor: Actor, case_id: int) -> sa.Select[OutboxMessage]:
    """Select what has gone out by mail about a case to people: for the coordinator alone."""
    mine = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    return (
        part(actor, OutboxMessage, case_id, "message")
        .where(
            OutboxMessage.state.in_([DeliveryState.SENT, DeliveryState.SENDING]),
            OutboxMessage.person_id.is_not(None),
            mine,
        )
        .order_by(OutboxMessage.id)
    )


@built_once
def conflicts_for(actor: Actor, case_id: int) -> sa.Select[Conflict]:
    """Select the conflicts of interest with their reasons: for the coordinator and the chair."""
    return part(actor, Conflict, case_id, "panel").where(_leads(actor)).order_by(Conflict.id)


@built_once
def appointments_for(actor: Actor, case_id: int) -> sa.Select[ChairAppointment]:
    """Select who chairs and who did before: for the coordinator and the chair."""
    return (
        part(actor, ChairAppointment, case_id, "panel")
        .where(_leads(actor))
        .order_by(ChairAppointment.id)
    )


@built_once
def waivers_for(actor: Actor, case_id: int) -> sa.Select[int | None, str]:
    """Select whose conflict was waived and why: for whoever may know who chairs.

    What the conflict is stays with the coordinator and the chair.
    """
    return (
        sa.select(Conflict.person_id, Conflict.waiver_reason)
        .where(
            Conflict.case_id == case_id,
            open_case(actor, case_id, declared=False),
            Conflict.waived_at.is_not(None),
        )
        .order_by(Conflict.waived_at, Conflict.id)
        .execution_options(scope=KNOWING)
    )
