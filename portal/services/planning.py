"""The plan: drafted from the meeting, checked by the chair, the victim consulted, issued."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.readers import readers_of
from portal.access.scope.meeting import plan_drafts_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.models.plan import PLANS, PlanDraft
from portal.services import plan_checks
from portal.services.actions import ShownAction, shown_actions
from portal.services.agreed import Agreed, agreed
from portal.services.changes import check_version, mark_changed
from portal.services.documents import ShownDocument, shown_documents
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.paper_checks import Check


@dataclass(frozen=True, kw_only=True)
class TypedDraft:
    """What the plan says besides the actions.

    Attributes:
        findings: panel text, a paragraph a line.
        what_was_agreed: for the applicant, in words meant for them.
        what_applicant_said: what they said about the draft; panel text.
    """

    findings: str
    what_was_agreed: str
    next_look_on: dt.date | None
    consulted_on: dt.date | None
    what_applicant_said: str


@dataclass(frozen=True)
class ShownDraft:
    """The draft as coordinator and chair see it."""

    findings: str
    what_was_agreed: str
    next_look_on: dt.date | None
    consulted_on: dt.date | None
    what_applicant_said: str
    checked_at: dt.datetime | None
    version: int


@dataclass(frozen=True)
class PlanPage:
    """The plan's page: what blocks issuing, both versions row against row, what was issued."""

    frame: CaseFrame
    draft: ShownDraft
    actions: tuple[ShownAction, ...]
    checks: tuple[Check, ...]
    documents: tuple[ShownDocument, ...]
    agreed: Agreed

    @property
    def open_checks(self) -> tuple[Check, ...]:
        """Return what still blocks issuing."""
        return tuple(check for check in self.checks if not check.is_done)


def open_plan(actor: Actor, reference: str, act: Act = Act.READ_PLAN_DRAFT) -> PlanPage:
    """Return the plan's page for the coordinator and the chair, or for an act on it."""
    with transaction():
        opened = load_case(actor, reference, act, thing="plan")
        draft = draft_of(actor, opened)
        actions = shown_actions(actor, opened, readers_of(opened.case))
        return PlanPage(
            frame=frame(actor, opened),
            draft=_shown(draft),
            actions=actions,
            checks=plan_checks.checks(actor, opened, draft, actions),
            documents=shown_documents(actor, opened, PLANS),
            agreed=agreed(actor, opened),
        )


def draft_of(actor: Actor, opened: Opened) -> PlanDraft:
    """Return the draft; belongs inside a transaction.

    Raises:
        CaseNotFoundError: there is none yet.
    """
    found = db.session.scalars(plan_drafts_for(actor, opened.case.id)).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def _shown(draft: PlanDraft) -> ShownDraft:
    names = ShownDraft.__dataclass_fields__
    return ShownDraft(**{name: getattr(draft, name) for name in names})


def write_draft(
    actor: Actor, reference: str, token: str, typed: TypedDraft, version: int | None
) -> None:
    """Save the draft; the chair has to check it again.

    Raises:
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.WRITE_PLAN)
        draft = draft_of(actor, opened)
        check_version(draft, version)
        for name in TypedDraft.__dataclass_fields__:
            setattr(draft, name, getattr(typed, name))
        mark_changed(actor, draft)
        draft.checked_at, draft.checked_by_id = None, None


def check_draft(actor: Actor, reference: str, token: str, version: int | None) -> None:
    """Record that the chair has read the draft as it stands.

    Raises:
        ChangedMeanwhileError: it has changed since the chair opened it.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CHECK_PLAN)
        draft = draft_of(actor, opened)
        check_version(draft, version)
        draft.checked_at, draft.checked_by_id = actor.at, actor.person_id
