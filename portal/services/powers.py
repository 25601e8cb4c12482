"""The guide to powers as an area has it: what is on, and who switched which power, and when."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from portal import log
from portal.access.gate import CaseNotFoundError
from portal.access.scope.powers import switches_for
from portal.access.scope.schemes import names_of_office
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.powers import GUIDE, Power, power_of
from portal.domain.roles import Act, Actor
from portal.models.power import PowerSwitch
from portal.services.changes import ChangedMeanwhileError, name_of
from portal.services.once import once
from portal.services.turns import take_turns


class PowerError(Exception):
    """What was typed of a power cannot be saved; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class ShownPower:
    """A power of the guide, and whether it is on in the area.

    Attributes:
        on_from: the day from which the area has switched it on; none where it has not.
        is_on: it can be chosen today.
    """

    power: Power
    on_from: dt.date | None
    is_on: bool


@dataclass(frozen=True)
class SwitchLine:
    """One switch in the history of a power."""

    is_on: bool
    from_on: dt.date
    reason: str
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class SwitchPage:
    """A power that an administrator can switch, with what was switched before, the last first.

    Attributes:
        version: number of the last switch; 0 where there was none.
    """

    shown: ShownPower
    history: tuple[SwitchLine, ...]
    version: int


@dataclass(frozen=True, kw_only=True)
class TypedSwitch:
    """On from a day, or off from today."""

    is_on: bool
    from_on: dt.date | None
    reason: str


def open_guide(actor: Actor) -> tuple[ShownPower, ...]:
    """Return the guide as the actor's area has it."""
    with transaction():
        log.record(actor, Act.READ_POWERS.value)
        return powers_of_area(actor)


def powers_of_area(actor: Actor) -> tuple[ShownPower, ...]:
    """Return every power of the guide; belongs inside a transaction."""
    last = {row.power: row for row in db.session.scalars(switches_for(actor))}
    today = london_day(actor.at)
    return tuple(_shown(power, last.get(power.id), today) for power in GUIDE)


def _shown(power: Power, last: PowerSwitch | None, today: dt.date) -> ShownPower:
    on_from = last.from_on if last and last.is_on else None
    is_on = power.is_certain or (on_from is not None and on_from <= today)
    return ShownPower(power, on_from, is_on)


def check_chosen(actor: Actor, chosen: str, stored: str = "") -> None:
    """Refuse a power that is not on in the area; what is stored already may stay.

    Raises:
        PowerError: with the sentence.
    """
    if not chosen or chosen == stored:
        return
    if chosen not in {shown.power.id for shown in powers_of_area(actor) if shown.is_on}:
        raise PowerError("power", "Select a power that is on in your area")


def list_switches(actor: Actor) -> tuple[SwitchPage, ...]:
    """Return the powers that are not in force for certain, with their history."""
    with transaction():
        log.record(actor, Act.SWITCH_POWERS.value, thing="form")
        rows = db.session.scalars(switches_for(actor)).all()
        return _switch_pages(actor, rows, [power for power in GUIDE if not power.is_certain])


def open_switch(actor: Actor, power_id: str) -> SwitchPage:
    """Return one power to be switched.

    Raises:
        CaseNotFoundError: there is no such power, or it needs no switch.
    """
    with transaction():
        power = _switchable(power_id)
        log.record(actor, Act.SWITCH_POWERS.value, thing=f"{power.id}, form")
        rows = db.session.scalars(switches_for(actor).where(PowerSwitch.power == power.id)).all()
        (page,) = _switch_pages(actor, rows, [power])
        return page


def _switchable(power_id: str) -> Power:
    power = power_of(power_id)
    if power is None or power.is_certain:
        raise CaseNotFoundError(power_id)
    return power


def _switch_pages(
    actor: Actor, rows: Iterable[PowerSwitch], powers: Iterable[Power]
) -> tuple[SwitchPage, ...]:
    past: dict[str, list[PowerSwitch]] = {}
    for row in rows:
        past.setdefault(row.power, []).insert(0, row)
    ids = {row.switched_by_id for each in past.values() for row in each}
    names = {row[0]: row[1] for row in db.session.execute(names_of_office(ids))}
    today = london_day(actor.at)
    return tuple(
        SwitchPage(
            shown=_shown(power, next(iter(past.get(power.id, ())), None), today),
            history=tuple(
                SwitchLine(
                    row.is_on, row.from_on, row.reason, names[row.switched_by_id], row.switched_at
                )
                for row in past.get(power.id, ())
            ),
            version=len(past.get(power.id, ())),
        )
        for power in powers
    )


def switch(
    actor: Actor, token: str, power_id: str, typed: TypedSwitch, version: int | None
) -> None:
    """Switch a power on from a day, or off from today.

    Raises:
        CaseNotFoundError: there is no such power, or it needs no switch.
        ChangedMeanwhileError: somebody else switched it since; nothing was saved.
        PowerError: the day is missing.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        power = _switchable(power_id)
        take_turns(actor.area_id)
        rows = db.session.scalars(switches_for(actor).where(PowerSwitch.power == power.id)).all()
        if len(rows) != version:
            last = rows[-1] if rows else None
            raise ChangedMeanwhileError(
                by=name_of(last.switched_by_id) if last else "",
                at=last.switched_at if last else None,
            )
        if typed.is_on and typed.from_on is None:
            raise PowerError("from_on", "Enter the day from which it is in force")
        log.record(actor, Act.SWITCH_POWERS.value, thing=power.id)
        db.session.add(
            PowerSwitch(
                area_id=actor.area_id,
                power=power.id,
                number=len(rows) + 1,
                is_on=typed.is_on,
                from_on=typed.from_on if typed.is_on else london_day(actor.at),
                reason=typed.reason,
                switched_at=actor.at,
                switched_by_id=actor.person_id,
            )
        )
