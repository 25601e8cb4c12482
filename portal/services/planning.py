"""The plan: drafted from the meeting, checked by the chair, the victim consulted, issued."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.readers import readers_of
from portal.access.scope.meeting import plan_drafts_for
from portal.db import db, transaction
from portal.documents.content import ApplicantAction, ApplicantPlan
from portal.domain.clocks.rules import Clock
from portal.domain.deadlines import london_day, working_days_between
from portal.domain.plan_changes import Differences
from portal.domain.roles import Act, Actor
from portal.domain.stages import Stage
from portal.models.plan import PLANS, PlanDraft
from portal.services import plan_checks
from portal.services.actions import ShownAction, shown_actions
from portal.services.agreed import Agreed, agreed
from portal.services.applicant_content import applicant_plan, for_applicant
from portal.services.changes import check_version, mark_changed
from portal.services.clock_lines import ClockLine, shown_lines
from portal.services.clocks import kept_clocks
from portal.services.consulted import ShownConsultation, consultations_of
from portal.services.documents import ShownDocument, shown_documents
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.paper_checks import Check
from portal.services.plan_content import not_told_in_words
from portal.services.plan_issues import LastIssue, changes_since, last_issue
from portal.services.plan_receipts import IssueReceipts, receipts_of


@dataclass(frozen=True, kw_only=True)
class TypedDraft:
    """What the plan says besides the actions.

    Attributes:
        findings: panel text, a paragraph a line.
        what_was_agreed: for the applicant, in words meant for them.
        what_changed: since the issue before, for the panel; empty in the first.
        what_changed_for_applicant: the same, in words for the applicant.
    """

    findings: str
    what_was_agreed: str
    next_look_on: dt.date | None
    what_changed: str = ""
    what_changed_for_applicant: str = ""


@dataclass(frozen=True)
class ShownDraft:
    """The draft as coordinator and chair see it."""

    findings: str
    what_was_agreed: str
    next_look_on: dt.date | None
    what_changed: str
    what_changed_for_applicant: str
    changing_since: dt.datetime | None
    checked_at: dt.datetime | None
    version: int


@dataclass(frozen=True)
class Row:
    """An action as both versions hold it; none for the applicant where theirs does not."""

    action: ShownAction
    told: ApplicantAction | None

    @property
    def why_not_told(self) -> tuple[str, ...]:
        """Return why it is not in the applicant's version, who decided, when to look again."""
        return tuple(not_told_in_words(self.action))


@dataclass(frozen=True)
class PlanClock:
    """The plan's clock while it runs.

    Attributes:
        days_left: working days until its last day; 0 on that day, negative once it is past.
    """

    line: ClockLine
    due_on: dt.date
    days_left: int


@dataclass(frozen=True)
class PlanPage:
    """The plan's page: what blocks issuing, both versions row against row, what was issued.

    Attributes:
        applicant: what the applicant's version prints, as it stands now.
        last: the issue in force; none before the first.
        changes: since that issue, as far as the actions tell.
        clock: of the plan, while it runs.
        receipts: who got what of each issue; for the coordinator alone.
    """

    frame: CaseFrame
    draft: ShownDraft
    rows: tuple[Row, ...]
    applicant: ApplicantPlan
    checks: tuple[Check, ...]
    documents: tuple[ShownDocument, ...]
    agreed: Agreed
    consultations: tuple[ShownConsultation, ...]
    last: LastIssue | None
    changes: Differences
    clock: PlanClock | None
    receipts: tuple[IssueReceipts, ...]

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
        last = last_issue(actor, opened)
        number = 1 if last is None else last.number + 1
        applicant = applicant_plan(for_applicant(actor, opened, draft, actions, number))
        documents = shown_documents(actor, opened, PLANS)
        is_changing = last is not None and draft.changing_since is not None
        return PlanPage(
            frame=frame(actor, opened),
            draft=_shown(draft),
            rows=_rows(actions, applicant),
            applicant=applicant,
            checks=plan_checks.checks(actor, opened, draft, actions),
            documents=documents,
            agreed=agreed(actor, opened),
            consultations=consultations_of(actor, opened),
            last=last,
            changes=changes_since(actor, opened, last) if last and is_changing else _NO_CHANGE,
            clock=clock_of(actor, opened),
            receipts=receipts_of(actor, opened, documents),
        )


_NO_CHANGE = Differences((), ())


def _rows(actions: Sequence[ShownAction], applicant: ApplicantPlan) -> tuple[Row, ...]:
    told = iter(applicant.actions)
    return tuple(Row(action, next(told) if action.is_told else None) for action in actions)


def clock_of(actor: Actor, opened: Opened) -> PlanClock | None:
    """Return the plan's clock until it is issued: consulting the applicant does not stop it.

    Belongs inside a transaction.
    """
    if opened.case.stage is not Stage.PLANNING:
        return None
    kept = kept_clocks(actor, opened.case)
    for line in shown_lines(kept, actor.at):
        if line.clock is Clock.ACTION_PLAN and line.due_on is not None:
            off = frozenset(kept.calendar.days_off)
            days = working_days_between(london_day(actor.at), line.due_on, off)
            return PlanClock(line, line.due_on, days)
    return None


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
