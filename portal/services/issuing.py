"""Issuing the plan: both Word files made outside any transaction and kept byte for byte."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.access.gate import Opened, load_case
from portal.access.readers import readers_of
from portal.db import transaction
from portal.documents.content import ApplicantPlan, Kind, PanelPlan
from portal.documents.render import render_applicant_plan, render_panel_plan
from portal.domain.clocks.rules import ClockEvent
from portal.domain.roles import Act, Actor
from portal.domain.stages import IllegalMoveError, Stage
from portal.models.plan import PLANS, DocumentKind, PlanDraft
from portal.services import clocks, panel_mail, passing_on, plan_checks
from portal.services.actions import ShownAction, shown_actions
from portal.services.applicant_content import applicant_plan, for_applicant, words_of
from portal.services.assessment import move_to
from portal.services.changes import ChangedMeanwhileError, mark_changed
from portal.services.documents import Made, keep, next_number
from portal.services.once import is_used, once
from portal.services.plan_content import panel_plan
from portal.services.plan_issues import keep_issue
from portal.services.planning import draft_of
from portal.services.template_filling import fill


@dataclass(frozen=True)
class _Ready:
    """What the two versions say, and the state of the draft that they were built from."""

    panel: PanelPlan
    applicant: ApplicantPlan
    words: str
    number: int
    state: tuple[int, ...]


def issue_plan(actor: Actor, reference: str, token: str) -> int:
    """Issue both versions of the plan; return the number of the issue.

    Raises:
        IllegalMoveError: something still blocks it, as a sentence.
        ChangedMeanwhileError: the draft changed while the files were made; nothing was issued.
    """
    ready = _prepare(actor, reference, token)
    if ready is None:
        return _issued_before(actor, token)
    made = _make(actor, ready)
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        opened = load_case(actor, reference, Act.ISSUE_PLAN, thing=f"issue {ready.number}")
        draft = draft_of(actor, opened)
        actions = shown_actions(actor, opened, readers_of(opened.case))
        if _state(draft, actions) != ready.state:
            raise ChangedMeanwhileError
        _happened(actor, _with_faults(actor, opened, actions))
        for each in made:
            keep(actor, opened, ready.number, each, _what_changed(each.kind, draft))
        keep_issue(actor, opened, draft, ready.number, ready.words)
        draft.changing_since = None
        mark_changed(actor, draft)
        panel_mail.tell(
            actor,
            opened.case,
            readers_of(opened.case),
            key=f"plan-{opened.case.id}-{ready.number}",
            page="documents",
        )
        turn.result = str(ready.number)
    return int(turn.result)


def _what_changed(kind: DocumentKind, draft: PlanDraft) -> str:
    """Return what a version says of what has changed, in its own words."""
    is_panels = kind is DocumentKind.ACTION_PLAN_PANEL
    return draft.what_changed if is_panels else draft.what_changed_for_applicant


def _happened(actor: Actor, opened: Opened) -> None:
    """Move the case on with the first issue: its clock stops, and the right of appeal begins.

    A later issue changes neither the stage nor any clock.

    Raises:
        IllegalMoveError: something still blocks it, as a sentence.
    """
    if opened.case.stage is Stage.PLANNING:
        move_to(actor, opened, Act.ISSUE_PLAN, Stage.MONITORING)
        clocks.happened(actor, opened.case, ClockEvent.PLAN_ISSUED, actor.at)
        passing_on.tell_partnership(actor, opened.case, passing_on.Occasion.PLAN)
    elif opened.facts.plan_faults:
        raise IllegalMoveError(_refusal(opened.facts.plan_faults))


def _refusal(faults: Sequence[str]) -> str:
    return f"You cannot issue the plan yet: {'; '.join(faults)}"


def _prepare(actor: Actor, reference: str, token: str) -> _Ready | None:
    """Gather what both versions say; None where this form was carried out before."""
    with transaction():
        if is_used(actor, token):
            return None
        opened = load_case(actor, reference, Act.ISSUE_PLAN, thing="prepared")
        draft = draft_of(actor, opened)
        actions = shown_actions(actor, opened, readers_of(opened.case))
        faults = _with_faults(actor, opened, actions).facts.plan_faults
        if faults:
            raise IllegalMoveError(_refusal(faults))
        number = next_number(actor, opened, PLANS)
        facts = for_applicant(actor, opened, draft, actions, number)
        return _Ready(
            panel=panel_plan(actor, opened, draft, actions, number),
            applicant=applicant_plan(facts),
            words=words_of(facts),
            number=number,
            state=_state(draft, actions),
        )


def _with_faults(actor: Actor, opened: Opened, actions: Sequence[ShownAction]) -> Opened:
    checks = plan_checks.checks(actor, opened, draft_of(actor, opened), actions)
    faults = tuple(check.sentence for check in checks if not check.is_done)
    return Opened(opened.case, replace(opened.facts, plan_faults=faults))


def _issued_before(actor: Actor, token: str) -> int:
    with once(actor, token) as turn:
        return int(turn.result)


def _state(draft: PlanDraft, actions: Sequence[ShownAction]) -> tuple[int, ...]:
    return (draft.version, *(action.version for action in actions))


def _make(actor: Actor, ready: _Ready) -> list[Made]:
    return [
        fill(actor, Kind.PANEL_PLAN, render_panel_plan, ready.panel),
        fill(actor, Kind.APPLICANT_PLAN, render_applicant_plan, ready.applicant),
    ]
