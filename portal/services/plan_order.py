"""Where each action stands in the plan, and which are no longer part of it."""

from dataclasses import dataclass

from portal.access.gate import ActRefusedError, CaseNotFoundError, Opened, load_case
from portal.access.readers import readers_of
from portal.access.scope.meeting import actions_for
from portal.access.scope.plan import action_at
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.domain.stages import Stage
from portal.models.meeting import Action
from portal.services.actions import ShownAction, shown_actions, uncheck
from portal.services.changes import check_version, mark_changed
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.planning import draft_of

NOT_ISSUED_YET = "Only an action of an issued plan can be superseded. Change this one instead"


def move_action(
    actor: Actor, reference: str, number: int, token: str, *, up: bool, version: int | None
) -> None:
    """Put an action before the one above it, or after the one below; the ends stay the ends.

    Nobody's version of an action changes with the order; that of the draft does.

    Raises:
        CaseNotFoundError: there is no such action.
        ChangedMeanwhileError: the draft has changed since the page was opened; nothing was moved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.WRITE_PLAN, thing=f"action {number}, order")
        check_version(draft_of(actor, opened), version)
        ids = [row.id for row in db.session.scalars(actions_for(actor, opened.case.id))]
        own = ids.index(_action(actor, opened, number).id)
        other = own - 1 if up else own + 1
        if not 0 <= other < len(ids):
            return
        ids[own], ids[other] = ids[other], ids[own]
        for position, action_id in enumerate(ids, start=1):
            db.session.execute(action_at(action_id, position))
        uncheck(actor, opened)


def _action(actor: Actor, opened: Opened, number: int) -> Action:
    query = actions_for(actor, opened.case.id).where(Action.number == number)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


@dataclass(frozen=True)
class SupersedePage:
    """An action that is to be superseded."""

    frame: CaseFrame
    action: ShownAction


def open_supersede(actor: Actor, reference: str, number: int) -> SupersedePage:
    """Return the action of an issued plan that is to be superseded.

    Raises:
        CaseNotFoundError: there is no such action, or it is superseded already.
        ActRefusedError: no issue has it yet.
    """
    with transaction():
        opened = _load(actor, reference, number, "form")
        actions = shown_actions(actor, opened, readers_of(opened.case))
        _unsuperseded(actor, opened, number)
        action = next(each for each in actions if each.number == number)
        return SupersedePage(frame(actor, opened), action)


def _load(actor: Actor, reference: str, number: int, more: str) -> Opened:
    thing = f"action {number}, {more}"
    opened = load_case(actor, reference, Act.WRITE_PLAN, thing=thing)
    if opened.case.stage is Stage.PLANNING:
        raise ActRefusedError(NOT_ISSUED_YET)
    return opened


def _unsuperseded(actor: Actor, opened: Opened, number: int) -> Action:
    action = _action(actor, opened, number)
    if action.superseded_at is not None:
        raise CaseNotFoundError(opened.case.reference)
    return action


def supersede_action(
    actor: Actor, reference: str, number: int, token: str, reason: str, version: int | None
) -> None:
    """Say that an action is no longer part of the plan, and why; it stays listed as such.

    Raises:
        CaseNotFoundError: there is no such action, or it is superseded already.
        ActRefusedError: no issue has it yet.
        ChangedMeanwhileError: somebody has changed it since the page was opened.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = _load(actor, reference, number, "superseded")
        action = _unsuperseded(actor, opened, number)
        check_version(action, version)
        action.superseded_at, action.superseded_reason = actor.at, reason
        mark_changed(actor, action)
        uncheck(actor, opened)
