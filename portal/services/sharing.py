"""Sharing what an agency knows: handling, the applicant's answer, and who can read it, by name."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.readers import CaseReader, readers_of, who_can_read
from portal.access.scope.people import seats_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.handling import Handling, Told
from portal.domain.roles import Act, Actor
from portal.models.person import Agency
from portal.models.sharing import (
    SharedItem,
    SharedItemAgency,
    SharedItemVersion,
    SharedItemVersionAgency,
)
from portal.services.frames import CaseFrame, frame
from portal.services.items import (
    OFFICE,
    ShownItem,
    ShownStub,
    ShownVersion,
    items_and_stubs,
    shown_items,
    shown_versions,
)
from portal.services.once import once

FIRST_VERSION = 1


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

    @property
    def named_now(self) -> tuple[int, ...]:
        """Return the agencies that it names, where its handling names any."""
        return self.named if self.handling is Handling.NAMED else ()

    @property
    def words_now(self) -> str:
        """Return the words for the applicant, where they are told in other words."""
        return self.words if self.told is Told.IN_THESE_WORDS else ""


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
    """What has been shared with this reader: items and stubs, the oldest first.

    Attributes:
        agency_name: of the reader's agency; empty for coordinator and chair, who read everything.
    """

    frame: CaseFrame
    agency_name: str
    items: tuple[ShownItem, ...]
    stubs: tuple[ShownStub, ...]

    @property
    def entries(self) -> tuple[ShownItem | ShownStub, ...]:
        """Return both in the order in which they happened."""
        return tuple(sorted([*self.items, *self.stubs], key=lambda each: each.happened_on))


@dataclass(frozen=True)
class ItemPage:
    """An item, or the stub that stands for it, and how it was saved as far as the reader may read.

    Attributes:
        versions: the newest first; empty where there is nothing to read but the item itself.
    """

    frame: CaseFrame
    item: ShownItem | None
    stub: ShownStub | None
    versions: tuple[ShownVersion, ...]


def open_form(actor: Actor, reference: str) -> SharePage:
    """Return the form: each handling says by name and number who can read it today."""
    with transaction():
        opened = load_case(actor, reference, Act.SHARE_ITEM, thing="form")
        people = readers_of(opened.case)
        return SharePage(
            frame=frame(actor, opened),
            own_name=own_name(actor),
            choices=handling_choices(actor, people),
            agencies=other_agencies(actor, opened),
        )


def own_name(actor: Actor) -> str:
    """Return the name of the agency that the actor shares for; belongs inside a transaction."""
    if actor.agency_id is None:
        return OFFICE
    return db.session.get_one(Agency, actor.agency_id).name


def handling_choices(actor: Actor, people: Sequence[CaseReader]) -> tuple[HandlingChoice, ...]:
    """Return each handling with the people behind it today."""
    return tuple(_choice(handling, people, actor.agency_id) for handling in Handling)


def _choice(handling: Handling, people: Sequence[CaseReader], own: int | None) -> HandlingChoice:
    found = who_can_read(people, handling, sharing_agency_id=own)
    return HandlingChoice(handling.value, len(found), tuple(person.label for person in found))


def other_agencies(actor: Actor, opened: Opened) -> tuple[tuple[int, str], ...]:
    """Return the panel's agencies that an item may name; belongs inside a transaction."""
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
        agencies = other_agencies(actor, opened)
        check_typed(actor, typed, agencies)
        page = SharePage(frame(actor, opened), own_name(actor), (), agencies)
        return page, as_it_will_be(actor, typed, agencies, readers_of(opened.case))


def as_it_will_be(
    actor: Actor,
    typed: TypedItem,
    agencies: Sequence[tuple[int, str]],
    people: Sequence[CaseReader],
) -> ShownItem:
    """Return an item as it will be marked once it is saved, with its readers of today."""
    readers = who_can_read(
        people, typed.handling, sharing_agency_id=actor.agency_id, named_agency_ids=typed.named_now
    )
    return ShownItem(
        key="",
        title=typed.title,
        shared_by=own_name(actor),
        is_own=True,
        happened_on=typed.happened_on,
        content=typed.content,
        handling=typed.handling.value,
        named=_names(typed.named_now, agencies),
        told=typed.told.value,
        words=typed.words_now,
        readers=tuple(reader.label for reader in readers),
    )


def _names(chosen: Sequence[int], agencies: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(name for agency_id, name in agencies if agency_id in chosen)


def check_typed(actor: Actor, typed: TypedItem, agencies: Sequence[tuple[int, str]]) -> None:
    """Refuse what is missing or does not fit.

    Raises:
        SharingError: with the field and the sentence.
    """
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
        thing = f"item {key} version {FIRST_VERSION}"
        opened = load_case(actor, reference, Act.SHARE_ITEM, thing=thing)
        check_typed(actor, typed, other_agencies(actor, opened))
        item = SharedItem(
            case_id=opened.case.id,
            key=key,
            agency_id=actor.agency_id,
            shared_by_id=actor.person_id,
            shared_at=actor.at,
            version=FIRST_VERSION,
            **texts_of(typed),
        )
        db.session.add(item)
        db.session.flush()
        db.session.add_all(
            SharedItemAgency(item_id=item.id, agency_id=each) for each in typed.named_now
        )
        keep_version(actor, item, typed, reason="")
        readers = who_can_read(
            readers_of(opened.case),
            typed.handling,
            sharing_agency_id=actor.agency_id,
            named_agency_ids=typed.named_now,
        )
        turn.result = str(len(readers))
    return int(turn.result)


def texts_of(typed: TypedItem) -> dict[str, object]:
    """Return what an item and each of its versions store of what was typed."""
    return {
        "title": typed.title,
        "happened_on": typed.happened_on,
        "content": typed.content,
        "handling": typed.handling,
        "told": typed.told,
        "words_for_applicant": typed.words_now,
    }


def keep_version(actor: Actor, item: SharedItem, typed: TypedItem, *, reason: str) -> None:
    """Add the version of an item that is its text from now on; belongs inside a transaction."""
    version = SharedItemVersion(
        item_id=item.id,
        number=item.version,
        reason=reason,
        saved_at=actor.at,
        saved_by_id=actor.person_id,
        **texts_of(typed),
    )
    db.session.add(version)
    db.session.flush()
    db.session.add_all(
        SharedItemVersionAgency(version_id=version.id, agency_id=each) for each in typed.named_now
    )


def open_shared(actor: Actor, reference: str) -> SharedPage:
    """Return everything that has been shared with this reader."""
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE, thing="shared")
        found = items_and_stubs(actor, opened)
        agency_name = own_name(actor) if actor.agency_id is not None else ""
        return SharedPage(frame(actor, opened), agency_name, found.items, found.stubs)


def open_item(actor: Actor, reference: str, key: str) -> ItemPage:
    """Return one item or its stub; opening it is an entry of its own in the log.

    Raises:
        CaseNotFoundError: there is no such item, or none for this reader.
    """
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE, thing=f"item {key[:12]}")
        found = items_and_stubs(actor, opened)
        item = next((each for each in found.items if each.key == key), None)
        stub = next((each for each in found.stubs if each.key == key), None)
        if item is None and stub is None:
            raise CaseNotFoundError(reference)
        versions = shown_versions(actor, opened, key) if item else ()
        return ItemPage(frame(actor, opened), item, stub, versions)


__all__ = [
    "FIRST_VERSION",
    "HandlingChoice",
    "ItemPage",
    "SharePage",
    "SharedPage",
    "SharingError",
    "ShownItem",
    "TypedItem",
    "as_it_will_be",
    "check_typed",
    "handling_choices",
    "keep_version",
    "open_form",
    "open_item",
    "open_shared",
    "other_agencies",
    "own_name",
    "preview",
    "share_item",
    "shown_items",
    "texts_of",
]
