"""The plan while it is worked on, what the applicant said of it, and who got which issue."""

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, SEES_EVERYTHING, open_case, part
from portal.access.scope.once import built_once
from portal.domain.roles import Actor, Role
from portal.log import chain_of
from portal.models.consultation import Consultation, ConsultedRow
from portal.models.log import LogEntry
from portal.models.meeting import Action
from portal.models.outbox import OutboxMessage
from portal.models.plan import Document
from portal.models.plan_issue import HandedOver, IssuedAction, OwnWords, PlanIssue


@built_once
def _leads(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role in SEES_EVERYTHING else sa.false()


@built_once
def consultations_for(actor: Actor, case_id: int) -> sa.Select[Consultation]:
    """Select what the applicant was asked and said of the drafts, the first one first.

    For the coordinator and the chair alone.
    """
    return (
        part(actor, Consultation, case_id, "consultation")
        .where(_leads(actor))
        .order_by(Consultation.number)
    )


@built_once
def consulted_rows_for(actor: Actor, case_id: int) -> sa.Select[ConsultedRow]:
    """Select the rows of the drafts on the applicant's page, with what was said of each.

    For the coordinator and the chair alone.
    """
    return (
        part(actor, ConsultedRow, case_id, "consultation")
        .where(_leads(actor))
        .order_by(ConsultedRow.consultation_id, ConsultedRow.number)
    )


@built_once
def plan_issues_for(actor: Actor, case_id: int) -> sa.Select[PlanIssue]:
    """Select the issues of the plan, the first one first: for the coordinator and the chair."""
    return part(actor, PlanIssue, case_id, "plan").where(_leads(actor)).order_by(PlanIssue.number)


@built_once
def issued_actions_for(actor: Actor, case_id: int) -> sa.Select[IssuedAction]:
    """Select the actions as they stood in each issue: for the coordinator and the chair."""
    return part(actor, IssuedAction, case_id, "plan").where(_leads(actor))


@built_once
def own_words_for(actor: Actor, case_id: int) -> sa.Select[OwnWords]:
    """Select the words that are known to be the applicant's own: for those who write the plan."""
    return part(actor, OwnWords, case_id, "plan").where(_leads(actor)).order_by(OwnWords.words)


def action_at(action_id: int, position: int) -> sa.Update:
    """Return what puts an action at a position of the plan; its own version does not change."""
    return (
        sa.update(Action)
        .where(Action.id == action_id)
        .values(position=position)
        .execution_options(scope=KNOWING | {"action"}, synchronize_session=False)
    )


@built_once
def handed_over_for(actor: Actor, case_id: int) -> sa.Select[HandedOver]:
    """Select to whom the office handed what on paper: for the coordinator alone."""
    mine = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    return (
        sa.select(HandedOver)
        .join(Document, Document.id == HandedOver.document_id)
        .where(Document.case_id == case_id, mine, open_case(actor, case_id))
        .order_by(HandedOver.handed_on, HandedOver.id)
        .execution_options(scope=KNOWING | {"document", "receipt"})
    )


@built_once
def notices_for(actor: Actor, case_id: int) -> sa.Select[OutboxMessage]:
    """Select the messages that told of the issues of a plan: for the coordinator alone."""
    mine = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    return (
        part(actor, OutboxMessage, case_id, "message")
        .where(mine, OutboxMessage.key.startswith(f"plan-{case_id}-", autoescape=True))
        .order_by(OutboxMessage.id)
    )


@built_once
def first_downloads_for(
    actor: Actor, case_id: int, reference: str, things: frozenset[str]
) -> sa.Select[LogEntry]:
    """Select the first entry of the log of each download by each person: for the coordinator.

    Args:
        actor: who asks.
        case_id: of the case.
        reference: of the case.
        things: what the log calls the downloads; a look at a page of theirs is none.
    """
    mine = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    of_plans = (
        LogEntry.chain == chain_of(actor.area_id),
        LogEntry.reference == reference,
        LogEntry.act == "read_document",
        LogEntry.outcome == "done",
        LogEntry.thing.in_(things),
    )
    first = sa.select(sa.func.min(LogEntry.number)).where(*of_plans)
    first = first.group_by(LogEntry.thing, LogEntry.person_id)
    return (
        sa.select(LogEntry)
        .where(*of_plans, LogEntry.number.in_(first), mine, open_case(actor, case_id))
        .order_by(LogEntry.number)
        .execution_options(scope=KNOWING)
    )
