"""What the rules of the home page ask about many cases at once."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, SEES_EVERYTHING, knowing, known
from portal.access.scope.membership import is_named, is_seated, reads_as_agency
from portal.access.scope.once import built_once
from portal.domain.roles import AGENCY_ROLES, Actor, Role
from portal.domain.stages import Stage
from portal.domain.threshold.facts import ReportState
from portal.models.case import Case, Report
from portal.models.meeting import Action
from portal.models.panel import ChairAppointment, PanelMember, PanelSeat
from portal.models.person import Agency
from portal.models.plan import PlanDraft
from portal.models.sharing import SharedItem
from portal.models.threshold import DecisionNeed


def seats_of(actor: Actor, case_ids: Collection[int]) -> sa.Select[int, str, bool]:
    """Select case, agency and whether it has named somebody: for an agency, of its own seats."""
    named = sa.select(PanelMember.id).where(
        PanelMember.seat_id == PanelSeat.id, is_named(), reads_as_agency()
    )
    mine = PanelSeat.agency_id == actor.agency_id if actor.agency_id else sa.true()
    return (
        sa.select(PanelSeat.case_id, Agency.name, named.correlate(PanelSeat).exists())
        .join(Agency, Agency.id == PanelSeat.agency_id)
        .where(
            PanelSeat.case_id.in_(case_ids),
            is_seated(),
            known(actor, PanelSeat.case_id, declared=True),
            mine,
        )
        .order_by(Agency.name)
        .execution_options(scope=KNOWING)
    )


def chaired_of(actor: Actor, case_ids: Collection[int]) -> sa.Select[int]:
    """Select which of the cases have a chair."""
    return (
        sa.select(ChairAppointment.case_id)
        .where(
            ChairAppointment.case_id.in_(case_ids),
            ChairAppointment.ended_at.is_(None),
            known(actor, ChairAppointment.case_id, declared=True),
        )
        .execution_options(scope=KNOWING)
    )


def checked_plans_of(actor: Actor, case_ids: Collection[int]) -> sa.Select[int]:
    """Select on which of the cases the chair has checked the draft: for those who write it."""
    mine = sa.true() if actor.role in SEES_EVERYTHING else sa.false()
    return (
        sa.select(PlanDraft.case_id)
        .where(
            PlanDraft.case_id.in_(case_ids),
            PlanDraft.checked_at.is_not(None),
            known(actor, PlanDraft.case_id, declared=True),
            mine,
        )
        .execution_options(scope=KNOWING | {"plan"})
    )


def shared_by_own_agency(actor: Actor, case_ids: Collection[int]) -> sa.Select[int]:
    """Select on which of the cases the actor's own agency has shared something."""
    return (
        sa.select(SharedItem.case_id)
        .where(
            SharedItem.case_id.in_(case_ids),
            SharedItem.agency_id == actor.agency_id,
            known(actor, SharedItem.case_id, declared=True),
        )
        .distinct()
        .execution_options(scope=KNOWING | {"shared_item"})
    )


def reports_to_find_of(actor: Actor, case_ids: Collection[int]) -> sa.Select[int]:
    """Select on which of the cases reports made to the actor's own agency are only claimed."""
    mine = Report.agency_id == actor.agency_id if actor.role in AGENCY_ROLES else sa.false()
    return (
        sa.select(Report.case_id)
        .where(
            Report.case_id.in_(case_ids),
            Report.state == ReportState.CLAIMED,
            known(actor, Report.case_id, declared=True),
            mine,
        )
        .distinct()
        .execution_options(scope=KNOWING | {"incident"})
    )


def needs_of(actor: Actor, case_ids: Collection[int]) -> sa.Select[int, str, str, dt.date]:
    """Select what is still needed before the decisions, by its day: for the coordinator alone.

    A row is the case, the name of the agency, what is needed, and by when.
    """
    mine = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    return (
        sa.select(DecisionNeed.case_id, Agency.name, DecisionNeed.what, DecisionNeed.due_on)
        .join(Agency, Agency.id == DecisionNeed.agency_id)
        .where(
            DecisionNeed.case_id.in_(case_ids),
            DecisionNeed.got_at.is_(None),
            known(actor, DecisionNeed.case_id, declared=True),
            mine,
        )
        .order_by(DecisionNeed.due_on, DecisionNeed.id)
        .execution_options(scope=KNOWING | {"decision_need"})
    )


@built_once
def own_actions_for(actor: Actor) -> sa.Select[Action, Case]:
    """Select the actions under way that the actor owns, a lead those of the agency, by date."""
    if actor.role is Role.AGENCY_LEAD:
        owned: sa.ColumnElement[bool] = Action.owner_agency_id == actor.agency_id
    else:
        owned = sa.and_(
            Action.owner_id == actor.person_id, Action.owner_agency_id == actor.agency_id
        )
    return (
        sa.select(Action, Case)
        .join(Case, Case.id == Action.case_id)
        .where(
            owned if actor.role in AGENCY_ROLES else sa.false(),
            Case.stage == Stage.MONITORING,
            Action.superseded_at.is_(None),
            *knowing(actor, declared=True),
        )
        .order_by(Action.due_on, Action.id)
        .execution_options(scope=KNOWING | {"action"})
    )
