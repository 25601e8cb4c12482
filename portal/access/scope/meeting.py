"""The meeting, what it agreed, and the papers that came out of it."""

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, SEES_EVERYTHING, Model, open_case, part
from portal.access.scope.once import built_once
from portal.domain.roles import AGENCY_ROLES, Actor, Role
from portal.models.meeting import (
    Action,
    AdjournedSitting,
    Attendance,
    Meeting,
    MeetingDecision,
)
from portal.models.plan import LETTERS, Document, DocumentKind, PlanDraft


@built_once
def meetings_for(actor: Actor, case_id: int) -> sa.Select[Meeting]:
    """Select the meeting of a case that was not called off: there is at most one."""
    return part(actor, Meeting, case_id, "meeting").where(Meeting.called_off_at.is_(None))


@built_once
def called_off_meetings_for(actor: Actor, case_id: int) -> sa.Select[Meeting]:
    """Select the meetings of a case that were called off, the first one first."""
    return (
        part(actor, Meeting, case_id, "meeting")
        .where(Meeting.called_off_at.is_not(None))
        .order_by(Meeting.called_off_at, Meeting.id)
    )


def _of_meeting(actor: Actor, model: type[Model], case_id: int) -> sa.Select[Model]:
    column: sa.ColumnElement[int] = model.meeting_id  # type: ignore[attr-defined]  # its parts
    return (
        sa.select(model)
        .join(Meeting, Meeting.id == column)
        .where(Meeting.case_id == case_id, open_case(actor, case_id))
        .execution_options(scope=KNOWING | {"meeting"})
    )


@built_once
def attendance_for(actor: Actor, case_id: int) -> sa.Select[Attendance]:
    """Select who attended, and how, sitting by sitting."""
    return _of_meeting(actor, Attendance, case_id).order_by(
        Attendance.sitting, Attendance.person_id
    )


@built_once
def adjourned_sittings_for(actor: Actor, case_id: int) -> sa.Select[AdjournedSitting]:
    """Select the sittings that ended without closing the meeting, the first one first."""
    return _of_meeting(actor, AdjournedSitting, case_id).order_by(AdjournedSitting.number)


@built_once
def meeting_decisions_for(actor: Actor, case_id: int) -> sa.Select[MeetingDecision]:
    """Select what the meeting decided."""
    return _of_meeting(actor, MeetingDecision, case_id).order_by(MeetingDecision.number)


@built_once
def actions_for(actor: Actor, case_id: int) -> sa.Select[Action]:
    """Select the actions that were agreed, in the order of the plan: for the whole panel."""
    return part(actor, Action, case_id, "action").order_by(Action.position, Action.number)


@built_once
def actions_to_change_for(actor: Actor, case_id: int) -> sa.Select[Action]:
    """Select the actions that the actor may change: an agency those that it owns."""
    is_own = Action.owner_agency_id == actor.agency_id
    return actions_for(actor, case_id).where(is_own if actor.role in AGENCY_ROLES else sa.true())


@built_once
def plan_drafts_for(actor: Actor, case_id: int) -> sa.Select[PlanDraft]:
    """Select the draft of the plan: for the coordinator and the chair alone."""
    mine = sa.true() if actor.role in SEES_EVERYTHING else sa.false()
    return part(actor, PlanDraft, case_id, "plan").where(mine)


@built_once
def documents_for(actor: Actor, case_id: int) -> sa.Select[Document]:
    """Select the issued documents that the actor may read.

    The applicant's version goes to the applicant; of the others only the coordinator and the
    chair, who made it, read it too. The letters are the applicant's and the office's.
    """
    kinds = {DocumentKind.ACTION_PLAN_PANEL, DocumentKind.MINUTES, DocumentKind.AGENDA}
    if actor.role in SEES_EVERYTHING:
        kinds.add(DocumentKind.ACTION_PLAN_APPLICANT)
    if actor.role is Role.COORDINATOR:
        kinds.update(LETTERS.values())
    return (
        part(actor, Document, case_id, "document")
        .where(Document.kind.in_(kinds))
        .order_by(Document.number, Document.kind)
    )
