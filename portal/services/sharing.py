"""Sharing what an agency knows: handling, the applicant's answer, and who can read it, by name."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.readers import CaseReader, readers_of, who_can_read
from portal.access.scope.items import named_agencies_for, shared_items_for
from portal.access.scope.people import seats_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.handling import Handling, Told
from portal.domain.roles import Act, Actor, Role
from portal.models.person import Agency
from portal.models.sharing import SharedItem, SharedItemAgency
from portal.services.frames import CaseFrame, frame
from portal.services.once import once

_OFFICE = "Coordinator’s office"


class SharingError(Exception):
    """What was typed cannot be shared; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class TypedItem:
    """An item as it is typed in.

    Attributes:
        named: numbers of the agencies that the handling “named” names.
        words: the second text, where the applicant may be told in other words.
    """

    title: str
    happened_on: dt.date
    content: str
    handling: Handling
    named: tuple[int, ...]
    told: Told
    words: str


@dataclass(frozen=True)
class ShownItem:
    """An item as its reader gets it."""

    key: str
    title: str
    shared_by: str
    is_own: bool
    happened_on: dt.date
    content: str
    handling: str
    named: tuple[str, ...]
    told: str
    words: str
    readers: tuple[str, ...]


@dataclass(frozen=True)
class HandlingChoice:
    """A handling with the people behind it today."""

    handling: str
    count: int
    readers: tuple[str, ...]


@dataclass(frozen=True)
class SharePage:
    """What the form for sharing needs."""

    frame: CaseFrame
    own_name: str
    choices: tuple[HandlingChoice, ...]
    agencies: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class SharedPage:
    """What has been shared with this reader."""

    frame: CaseFrame
    own_name: str
    items: tuple[ShownItem, ...]


def open_form(actor: Actor, reference: str) -> SharePage:
    """Return the form: each handling says by name and number who can read it today."""
    with transaction():
        opened = load_case(actor, reference, Act.SHARE_ITEM, thing="form")
        people = readers_of(actor, opened.case)
        return SharePage(
            frame=frame(actor, opened),
            own_name=_own_name(actor),
            choices=tuple(_choice(handling, people, actor.agency_id) for handling in Handling),
            agencies=_other_agencies(actor, opened),
        )


def _own_name(actor: Actor) -> str:
    if actor.agency_id is None:
        return _OFFICE
    return db.session.get_one(Agency, actor.agency_id).name


def _choice(handling: Handling, people: Sequence[CaseReader], own: int | None) -> HandlingChoice:
    found = who_can_read(people, handling, sharing_agency_id=own)
    return HandlingChoice(handling.value, len(found), tuple(person.label for person in found))


def _other_agencies(actor: Actor, opened: Opened) -> tuple[tuple[int, str], ...]:
    seats = {seat.agency_id for seat in db.session.scalars(seats_for(actor, opened.case.id))}
    rows = db.session.execute(
        sa.select(Agency.id, Agency.name)
        .where(Agency.id.in_(seats - {actor.agency_id}))
        .order_by(Agency.name)
    )
    return tuple((row[0], row[1]) for row in rows)


def preview(actor: Actor, reference: str, typed: TypedItem) -> tuple[SharePage, ShownItem]:
    """Return the item as it will be marked, with everybody who will be able to read it.

    Raises:
        SharingError: something is missing or does not fit.
    """
    with transaction():
        opened = load_case(actor, reference, Act.SHARE_ITEM, thing="check")
        agencies = _other_agencies(actor, opened)
        _check(actor, typed, agencies)
        people = readers_of(actor, opened.case)
        page = SharePage(frame(actor, opened), _own_name(actor), (), agencies)
        readers = who_can_read(
            people, typed.handling, sharing_agency_id=actor.agency_id, named_agency_ids=typed.named
        )
        shown = ShownItem(
            key="",
            title=typed.title,
            shared_by=page.own_name,
            is_own=True,
            happened_on=typed.happened_on,
            content=typed.content,
            handling=typed.handling.value,
            named=_names(typed.named, agencies),
            told=typed.told.value,
            words=typed.words,
            readers=tuple(reader.label for reader in readers),
        )
        return page, shown


def _names(chosen: Sequence[int], agencies: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(name for agency_id, name in agencies if agency_id in chosen)


def _check(actor: Actor, typed: TypedItem, agencies: Sequence[tuple[int, str]]) -> None:
    if typed.happened_on > london_day(actor.at):
        raise SharingError("happened_on", "The day it happened must be today or in the past")
    if typed.handling is Handling.NAMED and not typed.named:
        raise SharingError("named", "Select at least one agency")
    if not {agency_id for agency_id, _ in agencies}.issuperset(typed.named):
        raise SharingError("named", "Select agencies of this panel")
    if typed.told is Told.IN_THESE_WORDS and not typed.words.strip():
        raise SharingError("words", "Write the words for the applicant, or choose “No”")


def share_item(actor: Actor, reference: str, token: str, typed: TypedItem) -> int:
    """Share an item; return how many people can read it today.

    Raises:
        SharingError: something is missing or does not fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        key = secrets.token_hex(5)
        opened = load_case(actor, reference, Act.SHARE_ITEM, thing=f"item {key}")
        _check(actor, typed, _other_agencies(actor, opened))
        is_named = typed.handling is Handling.NAMED
        item = SharedItem(
            case_id=opened.case.id,
            key=key,
            agency_id=actor.agency_id,
            shared_by_id=actor.person_id,
            shared_at=actor.at,
            title=typed.title,
            happened_on=typed.happened_on,
            content=typed.content,
            handling=typed.handling,
            told=typed.told,
            words_for_applicant=typed.words if typed.told is Told.IN_THESE_WORDS else "",
        )
        db.session.add(item)
        db.session.flush()
        named = typed.named if is_named else ()
        db.session.add_all(SharedItemAgency(item_id=item.id, agency_id=each) for each in named)
        readers = who_can_read(
            readers_of(actor, opened.case),
            typed.handling,
            sharing_agency_id=actor.agency_id,
            named_agency_ids=named,
        )
        turn.result = str(len(readers))
    return int(turn.result)


def open_shared(actor: Actor, reference: str) -> SharedPage:
    """Return everything that has been shared with this reader."""
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE, thing="shared")
        return SharedPage(frame(actor, opened), _own_name(actor), tuple(shown_items(actor, opened)))


def open_item(actor: Actor, reference: str, key: str) -> tuple[CaseFrame, ShownItem]:
    """Return one item; opening it is an entry of its own in the log.

    Raises:
        CaseNotFoundError: there is no such item, or none for this reader.
    """
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE, thing=f"item {key[:12]}")
        found = [item for item in shown_items(actor, opened) if item.key == key]
        if not found:
            raise CaseNotFoundError(reference)
        return frame(actor, opened), found[0]


def shown_items(
    actor: Actor, opened: Opened, people: Sequence[CaseReader] | None = None
) -> list[ShownItem]:
    """Return the items that the actor may read; belongs inside a transaction.

    Args:
        actor: who reads.
        opened: the case.
        people: the case's readers, where the caller has asked for them already.
    """
    items = db.session.scalars(shared_items_for(actor, opened.case.id)).all()
    named: dict[int, list[int]] = {}
    for row in db.session.scalars(named_agencies_for(actor, opened.case.id)):
        named.setdefault(row.item_id, []).append(row.agency_id)
    names = _agency_names(items, named)
    readers = readers_of(actor, opened.case) if people is None else people
    return [_shown(actor, item, named.get(item.id, []), names, readers) for item in items]


def _agency_names(items: Sequence[SharedItem], named: dict[int, list[int]]) -> dict[int, str]:
    ids = {item.agency_id for item in items} | {each for row in named.values() for each in row}
    rows = db.session.execute(sa.select(Agency.id, Agency.name).where(Agency.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def _shown(
    actor: Actor,
    item: SharedItem,
    named: Sequence[int],
    names: dict[int, str],
    people: Sequence[CaseReader],
) -> ShownItem:
    readers = who_can_read(
        people, item.handling, sharing_agency_id=item.agency_id, named_agency_ids=named
    )
    return ShownItem(
        key=item.key,
        title=item.title,
        shared_by=names[item.agency_id] if item.agency_id is not None else _OFFICE,
        is_own=item.agency_id == actor.agency_id and actor.role is not Role.CHAIR,
        happened_on=item.happened_on,
        content=item.content,
        handling=item.handling.value,
        named=tuple(sorted(names[each] for each in named)),
        told=item.told.value,
        words=item.words_for_applicant,
        readers=tuple(reader.label for reader in readers),
    )
