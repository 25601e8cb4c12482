"""Powers considered in the meeting: per power and agency, what was said of it."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.readers import readers_of
from portal.access.scope.powers import powers_considered_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.powers_considered import PowerResult, WhyNotRight
from portal.domain.roles import Act, Actor
from portal.domain.stages import Stage
from portal.models.power import PowerConsidered
from portal.services.actions import ShownAction, shown_actions, uncheck
from portal.services.agreed import Agreed, ShownConsidered, agreed
from portal.services.changes import check_version, mark_changed
from portal.services.frames import CaseFrame, frame
from portal.services.joining import panel_agencies
from portal.services.live_stamp import moved
from portal.services.once import once
from portal.services.powers import PowerError, ShownPower, check_chosen, powers_of_area
from portal.services.writing import ShownWriting, begin_and_see_others, end, power_thing


@dataclass(frozen=True, kw_only=True)
class TypedConsidered:
    """What was said of a power.

    Attributes:
        on_day: when it was used, or by when it would be.
        who: who would use it, where it is possible now.
        words: what came of it; what is missing; if what; why it is not right.
        why_not: only where it is not right.
    """

    power: str
    agency_id: int
    result: PowerResult
    words: str
    on_day: dt.date | None = None
    who: str = ""
    why_not: WhyNotRight | None = None


@dataclass(frozen=True)
class AgreedPage:
    """What the meeting has agreed so far, for everybody on the panel.

    Attributes:
        changeable: numbers of the actions that the reader may change.
    """

    frame: CaseFrame
    agreed: Agreed
    actions: tuple[ShownAction, ...]
    changeable: frozenset[int]


@dataclass(frozen=True)
class ConsideredPage:
    """The form for one power, with what it can be chosen from.

    Attributes:
        considered: what is stored; none for a new one.
        is_meeting_open: the page may be projected.
        writers: who else is writing in it.
    """

    frame: CaseFrame
    considered: ShownConsidered | None
    powers: tuple[ShownPower, ...]
    agencies: tuple[tuple[int, str], ...]
    is_meeting_open: bool
    writers: tuple[ShownWriting, ...]


def open_agreed(actor: Actor, reference: str) -> AgreedPage:
    """Return what the meeting has agreed so far."""
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE, thing="what was agreed")
        actions = shown_actions(actor, opened, readers_of(opened.case))
        return AgreedPage(
            frame=frame(actor, opened),
            agreed=agreed(actor, opened),
            actions=actions,
            changeable=_changeable(actor, opened, actions),
        )


def _changeable(actor: Actor, opened: Opened, actions: tuple[ShownAction, ...]) -> frozenset[int]:
    if opened.allows(actor, Act.RUN_MEETING) or opened.allows(actor, Act.WRITE_PLAN):
        return frozenset(action.number for action in actions)
    if opened.allows(actor, Act.CHANGE_OWN_ACTION):
        return frozenset(a.number for a in actions if a.owner_agency_id == actor.agency_id)
    return frozenset()


def open_considered(actor: Actor, reference: str, number: int | None = None) -> ConsideredPage:
    """Return the form for a new power, or for one that is there.

    Raises:
        CaseNotFoundError: there is none of that number.
    """
    with transaction():
        thing = "power, form" if number is None else f"power {number}, form"
        opened = load_case(actor, reference, Act.CONSIDER_POWER, thing=thing)
        found = [each for each in agreed(actor, opened).powers if each.number == number]
        if number is not None and not found:
            raise CaseNotFoundError(reference)
        thing = power_thing(number) if number else ""
        return ConsideredPage(
            frame=frame(actor, opened),
            considered=found[0] if found else None,
            powers=powers_of_area(actor),
            agencies=panel_agencies(readers_of(opened.case)),
            is_meeting_open=opened.case.stage is Stage.REVIEWING,
            writers=begin_and_see_others(actor, opened, thing) if thing else (),
        )


def consider_power(actor: Actor, reference: str, token: str, typed: TypedConsidered) -> None:
    """Record what was said of a power for an agency.

    Raises:
        PowerError: it is off, its agency is not on the panel, or it is on the list already.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CONSIDER_POWER, thing="power")
        rows = db.session.scalars(powers_considered_for(actor, opened.case.id)).all()
        _check(actor, opened, typed)
        _check_new(typed, [(row.power, row.agency_id) for row in rows])
        row = PowerConsidered(case_id=opened.case.id, number=len(rows) + 1)
        _fill(row, typed)
        db.session.add(row)
        moved(opened)
        uncheck(actor, opened)


def change_considered(
    actor: Actor,
    reference: str,
    number: int,
    token: str,
    typed: TypedConsidered,
    version: int | None,
) -> None:
    """Change what was said of a power.

    Raises:
        CaseNotFoundError: there is none of that number.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        PowerError: as for a new one.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CONSIDER_POWER, thing=f"power {number}")
        rows = db.session.scalars(powers_considered_for(actor, opened.case.id)).all()
        row = next((each for each in rows if each.number == number), None)
        if row is None:
            raise CaseNotFoundError(reference)
        check_version(row, version)
        _check(actor, opened, typed, row)
        _check_new(typed, [(each.power, each.agency_id) for each in rows if each is not row])
        _fill(row, typed)
        mark_changed(actor, row)
        end(actor, opened, power_thing(number))
        moved(opened)
        uncheck(actor, opened)


def _check(
    actor: Actor, opened: Opened, typed: TypedConsidered, row: PowerConsidered | None = None
) -> None:
    check_chosen(actor, typed.power, row.power if row else "")
    able = {number for number, _ in panel_agencies(readers_of(opened.case))}
    if typed.agency_id not in able | ({row.agency_id} if row else set()):
        raise PowerError("agency", "Select an agency of the panel")
    if not typed.words.strip():
        raise PowerError("words", "Write why, or what came of it")
    if (typed.result is PowerResult.NOT_RIGHT) != (typed.why_not is not None):
        raise PowerError("why_not", "Select why it is not right")
    is_used = typed.result is PowerResult.USED
    if is_used and typed.on_day is not None and typed.on_day > london_day(actor.at):
        raise PowerError("used_on", "The day must be today or in the past")


def _check_new(typed: TypedConsidered, others: list[tuple[str, int]]) -> None:
    if (typed.power, typed.agency_id) in others:
        raise PowerError(
            "power", "This power is on the list for this agency already: change it there"
        )


def _fill(row: PowerConsidered, typed: TypedConsidered) -> None:
    for name in TypedConsidered.__dataclass_fields__:
        setattr(row, name, getattr(typed, name))
