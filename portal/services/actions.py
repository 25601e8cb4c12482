"""Actions: what will be done, by whom and by when, how we will know, what the applicant is told."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm.attributes import flag_modified

from portal.access.gate import ActRefusedError, CaseNotFoundError, Opened, glance, load_case
from portal.access.readers import CaseReader, readers_of
from portal.access.scope.meeting import actions_for, actions_to_change_for, plan_drafts_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.roles import AGENCY_ROLES, Act, Actor, Role
from portal.domain.stages import Stage
from portal.models.meeting import Action
from portal.services.changes import check_version, mark_changed
from portal.services.frames import CaseFrame, frame
from portal.services.joining import Agencies, panel_agencies, set_joining
from portal.services.live_stamp import moved
from portal.services.once import once
from portal.services.powers import PowerError, ShownPower, check_chosen, powers_of_area
from portal.services.shown_actions import ShownAction, owner_key, shown_actions
from portal.services.writing import ShownWriting, action_thing, begin_and_see_others, end

SUPERSEDED = "This action is superseded: it is no longer part of the plan"
NOT_YOURS = "Another agency owns this action. Its people, the chair and the coordinator change it"


class ActionError(Exception):
    """What was typed cannot be saved; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class TypedAction:
    """An action as it is typed in; what is not known yet may be added until the plan.

    Attributes:
        owner: as `owner_key` names them; empty for nobody yet.
        joining: numbers of the agencies that join in.
        power: id of the power of the guide that it uses; empty for none.
        look_again_on: when the reason is looked at again why the applicant is not told.
    """

    what: str
    owner: str
    due_on: dt.date | None
    how_we_know: str
    words_for_applicant: str
    reason_not_told: str
    joining: tuple[int, ...] = ()
    power: str = ""
    look_again_on: dt.date | None = None


@dataclass(frozen=True)
class ActionPage:
    """An action to be changed, with the people who could own it.

    Attributes:
        agencies: that can join in; none where the reader may not say who does.
        powers: of the guide.
        writers: who else writes in it.
    """

    frame: CaseFrame
    action: ShownAction
    owners: tuple[tuple[str, str], ...]
    agencies: Agencies
    powers: tuple[ShownPower, ...]
    is_meeting_open: bool
    is_led_by_reader: bool
    writers: tuple[ShownWriting, ...] = ()


def owners(people: Sequence[CaseReader]) -> tuple[tuple[str, str], ...]:
    """Return who can own an action: who can open the case, less the independent chair."""
    return tuple((owner_key(p), p.label) for p in people if p.role is not Role.CHAIR)


def add_action(actor: Actor, reference: str, token: str, typed: TypedAction) -> int:
    """Agree an action, in the meeting or while the plan is written; return its number.

    Raises:
        ActionError: the owner cannot open the case, the date is past, or the power is off.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        opened = _load_to_add(actor, reference)
        people = readers_of(opened.case)
        owner = _owner(actor, people, typed)
        _check_due(actor, typed)
        _check_words(typed)
        _check_power(actor, typed)
        before = db.session.scalars(actions_for(actor, opened.case.id)).all()
        last = max((row.position for row in before), default=0)
        action = Action(case_id=opened.case.id, number=len(before) + 1, position=last + 1)
        _fill(actor, action, typed, owner)
        mark_changed(actor, action)
        db.session.add(action)
        db.session.flush()
        set_joining(actor, opened, action, _joining(people, typed))
        moved(opened)
        uncheck(actor, opened)
        turn.result = str(action.number)
    return int(turn.result)


def _load_to_add(actor: Actor, reference: str) -> Opened:
    opened = glance(actor, reference, Act.VIEW_CASE)
    is_planning = opened.allows(actor, Act.WRITE_PLAN)
    act = Act.WRITE_PLAN if is_planning else Act.RUN_MEETING
    return load_case(actor, reference, act, thing="action")


def _fill(actor: Actor, action: Action, typed: TypedAction, owner: CaseReader | None) -> None:
    if typed.reason_not_told != action.reason_not_told:
        is_reason = bool(typed.reason_not_told)
        action.not_told_at = actor.at if is_reason else None
        action.not_told_by_id = actor.person_id if is_reason else None
    action.look_again_on = typed.look_again_on if typed.reason_not_told else None
    action.what = typed.what
    action.owner_id = owner.person_id if owner else None
    action.owner_agency_id = owner.agency_id if owner else None
    action.due_on = typed.due_on
    action.how_we_know = typed.how_we_know
    action.words_for_applicant = typed.words_for_applicant
    action.reason_not_told = typed.reason_not_told
    action.power = typed.power


def _owner(actor: Actor, people: Sequence[CaseReader], typed: TypedAction) -> CaseReader | None:
    if actor.role in AGENCY_ROLES:
        people = _of_own_agency(actor, people)
        if not typed.owner:
            raise ActionError("owner", "Select who of your agency owns it")
    for person in people:
        if owner_key(person) == typed.owner and person.role is not Role.CHAIR:
            return person
    if typed.owner:
        raise ActionError("owner", "Select who owns it: somebody who can open this case")
    return None


def _of_own_agency(actor: Actor, people: Sequence[CaseReader]) -> list[CaseReader]:
    """Return whom an agency may pass its action to: its own people."""
    return [person for person in people if person.agency_id == actor.agency_id]


def _joining(people: Sequence[CaseReader], typed: TypedAction) -> tuple[int, ...]:
    able = {number for number, _ in panel_agencies(people)}
    if not able.issuperset(typed.joining):
        raise ActionError("joining", "Select agencies of the panel")
    return typed.joining


def _check_power(actor: Actor, typed: TypedAction, stored: str = "") -> None:
    try:
        check_chosen(actor, typed.power, stored)
    except PowerError as error:
        raise ActionError(error.field, str(error)) from error


def _check_due(actor: Actor, typed: TypedAction) -> None:
    if typed.due_on is not None and typed.due_on < london_day(actor.at):
        raise ActionError("due_text", "The day must be today or in the future")


def _check_words(typed: TypedAction) -> None:
    if typed.words_for_applicant and typed.reason_not_told:
        raise ActionError(
            "reason_not_told",
            "Write words for the applicant, or a reason why they are not told, not both",
        )


@dataclass(frozen=True)
class NewActionPage:
    """The form for an action that is agreed while the plan is written."""

    frame: CaseFrame
    owners: tuple[tuple[str, str], ...]
    agencies: Agencies
    powers: tuple[ShownPower, ...]


def open_new_action(actor: Actor, reference: str) -> NewActionPage:
    """Return who could own another action of the plan, and who could join in."""
    with transaction():
        opened = load_case(actor, reference, Act.WRITE_PLAN, thing="action, form")
        people = readers_of(opened.case)
        return NewActionPage(
            frame(actor, opened), owners(people), panel_agencies(people), powers_of_area(actor)
        )


def open_action(actor: Actor, reference: str, number: int) -> ActionPage:
    """Return an action to be changed, while the meeting is under way or the plan is written.

    Raises:
        CaseNotFoundError: there is no such action.
        ActRefusedError: another agency owns it.
    """
    with transaction():
        opened = _load_to_change(actor, reference, number)
        _to_change(actor, opened, number)
        people = readers_of(opened.case)
        is_agency = actor.role in AGENCY_ROLES
        return ActionPage(
            frame=frame(actor, opened),
            action=next(a for a in shown_actions(actor, opened, people) if a.number == number),
            owners=owners(_of_own_agency(actor, people) if is_agency else people),
            agencies=() if is_agency else panel_agencies(people),
            powers=powers_of_area(actor),
            is_meeting_open=opened.case.stage is Stage.REVIEWING,
            is_led_by_reader=opened.allows(actor, Act.RUN_MEETING),
            writers=begin_and_see_others(actor, opened, action_thing(number)),
        )


def _load_to_change(actor: Actor, reference: str, number: int) -> Opened:
    opened = load_case(actor, reference, Act.VIEW_CASE, thing=f"action {number}")
    if opened.allows(actor, Act.RUN_MEETING):
        return opened
    act = Act.CHANGE_OWN_ACTION if actor.role in AGENCY_ROLES else Act.WRITE_PLAN
    return load_case(actor, reference, act, thing=f"action {number}")


def _to_change(actor: Actor, opened: Opened, number: int) -> Action:
    """Return the action that the actor may change."""
    numbered = Action.number == number
    mine = actions_to_change_for(actor, opened.case.id).where(numbered)
    action = db.session.scalars(mine).one_or_none()
    if action is not None and action.superseded_at is not None:
        raise ActRefusedError(SUPERSEDED)
    if action is not None:
        return action
    if db.session.scalars(actions_for(actor, opened.case.id).where(numbered)).one_or_none():
        raise ActRefusedError(NOT_YOURS)
    raise CaseNotFoundError(opened.case.reference)


def change_action(
    actor: Actor,
    reference: str,
    number: int,
    token: str,
    typed: TypedAction,
    version: int | None,
) -> None:
    """Change an action; a plan that the chair had checked has to be checked again.

    An agency says nothing of who else joins in: that stays as the meeting agreed it.

    Raises:
        CaseNotFoundError: there is no such action.
        ActRefusedError: another agency owns it.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        ActionError: the owner cannot open the case, the power is off, or the texts do not fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = _load_to_change(actor, reference, number)
        action = _to_change(actor, opened, number)
        check_version(action, version)
        people = readers_of(opened.case)
        owner = _owner(actor, people, typed)
        _check_words(typed)
        _check_power(actor, typed, action.power)
        if typed.due_on != action.due_on:
            _check_due(actor, typed)
        _fill(actor, action, typed, owner)
        if actor.role not in AGENCY_ROLES:
            set_joining(actor, opened, action, _joining(people, typed))
        mark_changed(actor, action)
        # Who joins in stands in another table; the version grows with it all the same.
        flag_modified(action, "changed_at")
        end(actor, opened, action_thing(number))
        moved(opened)
        uncheck(actor, opened)


def uncheck(actor: Actor, opened: Opened) -> None:
    """Take back the chair's check of the draft, because what was checked has changed."""
    draft = db.session.scalars(plan_drafts_for(actor, opened.case.id)).one_or_none()
    if draft is not None:
        mark_changed(actor, draft)
        # Twice at one instant is a change all the same.
        flag_modified(draft, "changed_at")
        draft.checked_at, draft.checked_by_id = None, None


__all__ = [
    "ActionError",
    "ActionPage",
    "NewActionPage",
    "ShownAction",
    "TypedAction",
    "add_action",
    "change_action",
    "open_action",
    "open_new_action",
    "owner_key",
    "owners",
    "shown_actions",
    "uncheck",
]
