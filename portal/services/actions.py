"""Actions: what will be done, by whom and by when, how we will know, what the applicant is told."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm.attributes import flag_modified

from portal.access.gate import ActRefusedError, CaseNotFoundError, Opened, load_case
from portal.access.readers import CaseReader, readers_of
from portal.access.scope.meeting import actions_for, actions_to_change_for, plan_drafts_for
from portal.db import db, transaction
from portal.domain.action_quality import weak_words
from portal.domain.deadlines import london_day
from portal.domain.powers import power_name
from portal.domain.roles import AGENCY_ROLES, Act, Actor, Role
from portal.domain.stages import Stage
from portal.models.meeting import Action
from portal.services.changes import check_version, mark_changed
from portal.services.frames import CaseFrame, frame
from portal.services.joining import Agencies, joining_by_action, panel_agencies, set_joining
from portal.services.live_stamp import moved
from portal.services.once import once
from portal.services.powers import PowerError, ShownPower, check_chosen, powers_of_area
from portal.services.writing import ShownWriting, action_thing, begin_and_see_others, end

NOBODY_YET = "Nobody yet"
GONE = "Nobody: the owner has left the case"
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
    """

    what: str
    owner: str
    due_on: dt.date | None
    how_we_know: str
    words_for_applicant: str
    reason_not_told: str
    joining: tuple[int, ...] = ()
    power: str = ""


@dataclass(frozen=True)
class ShownAction:
    """An action as the panel reads it."""

    number: int
    what: str
    owner_name: str
    owner_agency: str
    owner_agency_id: int | None
    owner_key: str
    due_on: dt.date | None
    how_we_know: str
    words_for_applicant: str
    reason_not_told: str
    joining: Agencies
    power: str
    version: int
    changed_at: dt.datetime | None = None
    changed_by_id: int | None = None

    @property
    def owner(self) -> str:
        """Return who owns it, in one line."""
        return f"{self.owner_name}, {self.owner_agency}" if self.owner_key else NOBODY_YET

    @property
    def with_whom(self) -> str:
        """Return the agencies that join in, in one line; empty where none does."""
        return ", ".join(name for _, name in self.joining)

    @property
    def power_name(self) -> str:
        """Return what the power is called that it uses; empty for none."""
        return power_name(self.power)

    @property
    def weak_words(self) -> tuple[str, ...]:
        """Return the words that say too little, for a hint."""
        return weak_words(f"{self.what}\n{self.how_we_know}")

    @property
    def to_do(self) -> tuple[str, ...]:
        """Return what is still missing before the plan can be issued."""
        missing = []
        if not self.owner_key:
            missing.append("who does it")
        if self.due_on is None:
            missing.append("the day by which it is done")
        if not self.how_we_know:
            missing.append("how we will know")
        if not self.words_for_applicant and not self.reason_not_told:
            missing.append("words for the applicant")
        return tuple(missing)


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


def owner_key(person: CaseReader) -> str:
    """Return how a form names an owner: person and the agency that they own it for."""
    return f"{person.person_id}-{person.agency_id or 0}"


def shown_actions(
    actor: Actor, opened: Opened, people: list[CaseReader]
) -> tuple[ShownAction, ...]:
    """Return the actions in their order; belongs inside a transaction."""
    names = {person.person_id: person.name for person in people}
    agencies = {person.agency_id or 0: person.agency_name for person in people}
    rows = db.session.scalars(actions_for(actor, opened.case.id)).all()
    joining = joining_by_action(actor, opened)
    return tuple(
        ShownAction(
            number=row.number,
            what=row.what,
            owner_name=names.get(row.owner_id, GONE) if row.owner_id else NOBODY_YET,
            owner_agency=_agency_of(row, agencies),
            owner_agency_id=row.owner_agency_id,
            owner_key=f"{row.owner_id}-{row.owner_agency_id or 0}" if row.owner_id else "",
            due_on=row.due_on,
            how_we_know=row.how_we_know,
            words_for_applicant=row.words_for_applicant,
            reason_not_told=row.reason_not_told,
            joining=joining.get(row.id, ()),
            power=row.power,
            version=row.version,
            changed_at=row.changed_at,
            changed_by_id=row.changed_by_id,
        )
        for row in rows
    )


def _agency_of(row: Action, agencies: Mapping[int, str]) -> str:
    if row.owner_id is None:
        return ""
    return agencies.get(row.owner_agency_id or 0) or "coordinator’s office"


def add_action(actor: Actor, reference: str, token: str, typed: TypedAction) -> int:
    """Agree an action; return its number.

    Raises:
        ActionError: the owner cannot open the case, the date is past, or the power is off.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        opened = load_case(actor, reference, Act.RUN_MEETING, thing="action")
        people = readers_of(opened.case)
        owner = _owner(actor, people, typed)
        _check_due(actor, typed)
        _check_words(typed)
        _check_power(actor, typed)
        before = db.session.scalars(actions_for(actor, opened.case.id)).all()
        action = Action(case_id=opened.case.id, number=len(before) + 1)
        _fill(action, typed, owner)
        mark_changed(actor, action)
        db.session.add(action)
        db.session.flush()
        set_joining(actor, opened, action, _joining(people, typed))
        moved(opened)
        turn.result = str(action.number)
    return int(turn.result)


def _fill(action: Action, typed: TypedAction, owner: CaseReader | None) -> None:
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
        _fill(action, typed, owner)
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
