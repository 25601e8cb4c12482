"""Actions: what will be done, by whom and by when, how we will know, what the applicant is told."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.readers import CaseReader, readers_of
from portal.access.scope.meeting import actions_for, plan_drafts_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor, Role
from portal.domain.stages import Stage
from portal.models.meeting import Action
from portal.services.changes import check_version, mark_changed
from portal.services.frames import CaseFrame, frame
from portal.services.live_stamp import moved
from portal.services.once import once
from portal.services.writing import ShownWriting, action_thing, begin, end, writers


class ActionError(Exception):
    """What was typed cannot be saved; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class TypedAction:
    """An action as it is typed in; what is not known yet may be added until the plan."""

    what: str
    owner: str
    due_on: dt.date
    how_we_know: str
    words_for_applicant: str
    reason_not_told: str


@dataclass(frozen=True)
class ShownAction:
    """An action as the panel reads it."""

    number: int
    what: str
    owner_name: str
    owner_agency: str
    owner_key: str
    due_on: dt.date
    how_we_know: str
    words_for_applicant: str
    reason_not_told: str
    version: int
    changed_at: dt.datetime | None = None
    changed_by_id: int | None = None

    @property
    def owner(self) -> str:
        """Return who owns it, in one line."""
        return f"{self.owner_name}, {self.owner_agency}"

    @property
    def to_do(self) -> tuple[str, ...]:
        """Return what is still missing before the plan can be issued."""
        missing = []
        if not self.how_we_know:
            missing.append("how we will know")
        if not self.words_for_applicant and not self.reason_not_told:
            missing.append("words for the applicant")
        return tuple(missing)


@dataclass(frozen=True)
class ActionPage:
    """An action to be changed, with the people who could own it, and who else writes in it."""

    frame: CaseFrame
    action: ShownAction
    owners: tuple[tuple[str, str], ...]
    is_meeting_open: bool
    writers: tuple[ShownWriting, ...] = ()


def owners(people: Sequence[CaseReader]) -> tuple[tuple[str, str], ...]:
    """Return who can own an action: who can open the case, less the independent chair."""
    return tuple((owner_key(p), p.label) for p in people if p.role is not Role.CHAIR)


def owner_key(person: CaseReader) -> str:
    """Return how a form names an owner: person and the agency that they own it for."""
    return f"{person.person_id}-{person.agency_id or 0}"


def shown_actions(
    actor: Actor, opened: Opened, people: list[CaseReader]
) -> tuple[ShownAction, ...]:
    """Return the actions in their order; belongs inside a transaction."""
    names = {person.person_id: person.name for person in people}
    agencies = {person.agency_id or 0: person.agency_name for person in people}
    rows = db.session.scalars(actions_for(actor, opened.case.id))
    return tuple(
        ShownAction(
            number=row.number,
            what=row.what,
            owner_name=names.get(row.owner_id, "Nobody: the owner has left the case"),
            owner_agency=agencies.get(row.owner_agency_id or 0) or "coordinator’s office",
            owner_key=f"{row.owner_id}-{row.owner_agency_id or 0}",
            due_on=row.due_on,
            how_we_know=row.how_we_know,
            words_for_applicant=row.words_for_applicant,
            reason_not_told=row.reason_not_told,
            version=row.version,
            changed_at=row.changed_at,
            changed_by_id=row.changed_by_id,
        )
        for row in rows
    )


def add_action(actor: Actor, reference: str, token: str, typed: TypedAction) -> int:
    """Agree an action; return its number.

    Raises:
        ActionError: the owner cannot open the case, or the date is past.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        opened = load_case(actor, reference, Act.RUN_MEETING, thing="action")
        owner = _owner(actor, opened, typed)
        _check_due(actor, typed)
        before = db.session.scalars(actions_for(actor, opened.case.id)).all()
        action = Action(
            case_id=opened.case.id,
            number=len(before) + 1,
            what=typed.what,
            owner_id=owner.person_id,
            owner_agency_id=owner.agency_id,
            due_on=typed.due_on,
            how_we_know=typed.how_we_know,
            words_for_applicant=typed.words_for_applicant,
            reason_not_told=typed.reason_not_told,
        )
        _check_words(typed)
        mark_changed(actor, action)
        db.session.add(action)
        moved(opened)
        turn.result = str(action.number)
    return int(turn.result)


def _owner(actor: Actor, opened: Opened, typed: TypedAction) -> CaseReader:
    for person in readers_of(opened.case):
        if owner_key(person) == typed.owner and person.role is not Role.CHAIR:
            return person
    raise ActionError("owner", "Select who owns it: somebody who can open this case")


def _check_due(actor: Actor, typed: TypedAction) -> None:
    if typed.due_on < london_day(actor.at):
        raise ActionError("due_on", "The day must be today or in the future")


def _check_words(typed: TypedAction) -> None:
    if typed.words_for_applicant and typed.reason_not_told:
        raise ActionError(
            "reason_not_told",
            "Write words for the applicant, or a reason why they are not told, not both",
        )


def open_action(actor: Actor, reference: str, number: int) -> ActionPage:
    """Return an action to be changed, while the meeting is under way or the plan is written.

    Raises:
        CaseNotFoundError: there is no such action.
    """
    with transaction():
        opened = _load_to_change(actor, reference, number)
        people = readers_of(opened.case)
        actions = [a for a in shown_actions(actor, opened, people) if a.number == number]
        if not actions:
            raise CaseNotFoundError(reference)
        thing = action_thing(number)
        others = [each for each in writers(actor, opened).get(thing, ()) if not each.is_own]
        begin(actor, opened, thing)
        return ActionPage(
            frame=frame(actor, opened),
            action=actions[0],
            owners=owners(people),
            is_meeting_open=opened.case.stage is Stage.REVIEWING,
            writers=tuple(others),
        )


def _load_to_change(actor: Actor, reference: str, number: int) -> Opened:
    opened = load_case(actor, reference, Act.VIEW_CASE, thing=f"action {number}")
    if opened.allows(actor, Act.RUN_MEETING):
        return opened
    return load_case(actor, reference, Act.WRITE_PLAN, thing=f"action {number}")


def change_action(
    actor: Actor,
    reference: str,
    number: int,
    token: str,
    typed: TypedAction,
    version: int | None,
) -> None:
    """Change an action; a plan that the chair had checked has to be checked again.

    Raises:
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        ActionError: the owner cannot open the case, or the texts do not fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = _load_to_change(actor, reference, number)
        action = db.session.scalars(
            actions_for(actor, opened.case.id).where(Action.number == number)
        ).one_or_none()
        if action is None:
            raise CaseNotFoundError(reference)
        check_version(action, version)
        owner = _owner(actor, opened, typed)
        _check_words(typed)
        if typed.due_on != action.due_on:
            _check_due(actor, typed)
        action.what = typed.what
        action.owner_id, action.owner_agency_id = owner.person_id, owner.agency_id
        action.due_on = typed.due_on
        action.how_we_know = typed.how_we_know
        action.words_for_applicant = typed.words_for_applicant
        action.reason_not_told = typed.reason_not_told
        mark_changed(actor, action)
        end(actor, opened, action_thing(number))
        moved(opened)
        uncheck(actor, opened)


def uncheck(actor: Actor, opened: Opened) -> None:
    """Take back the chair's check of the draft, because what was checked has changed."""
    draft = db.session.scalars(plan_drafts_for(actor, opened.case.id)).one_or_none()
    if draft is not None:
        mark_changed(actor, draft)
        draft.checked_at, draft.checked_by_id = None, None


__all__ = [
    "ActionError",
    "ActionPage",
    "ShownAction",
    "TypedAction",
    "add_action",
    "change_action",
    "open_action",
    "owner_key",
    "owners",
    "shown_actions",
    "uncheck",
]
