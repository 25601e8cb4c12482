"""Shared items as their reader gets them: the item as it stands, or the stub of a withdrawn one."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.access.gate import Opened
from portal.access.readers import CaseReader, readers_of, who_can_read
from portal.access.scope.items import (
    named_agencies_for,
    shared_items_for,
    version_agencies_for,
    versions_for,
    withdrawals_for,
)
from portal.db import db
from portal.domain.handling import Handling
from portal.domain.roles import Actor, Role
from portal.models.person import Agency, Person
from portal.models.sharing import SharedItem, SharedItemVersion

OFFICE = "Coordinator’s office"


@dataclass(frozen=True)
class ShownItem:
    """An item as its reader gets it.

    Attributes:
        version: for the form of a correction only; no page shows it.
    """

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
    named_ids: tuple[int, ...] = ()
    version: int = 0


@dataclass(frozen=True)
class ShownStub:
    """What stands where an item was withdrawn: who, when and why, but nothing that it said.

    Attributes:
        has_history: this reader may still read in the history what it said.
    """

    key: str
    shared_by: str
    is_own: bool
    happened_on: dt.date
    handling: str
    named: tuple[str, ...]
    readers: tuple[str, ...]
    withdrawn_at: dt.datetime
    withdrawn_by: str
    reason: str
    has_history: bool


@dataclass(frozen=True)
class ShownVersion:
    """An item as it was saved once, for a reader who may read it as it was and as it stands.

    Attributes:
        is_correction: of the version before it in this reader's list.
        reason: why it was corrected; only for those who may read what it was corrected from.
    """

    saved_at: dt.datetime
    saved_by: str
    is_correction: bool
    reason: str
    title: str
    happened_on: dt.date
    content: str
    handling: str
    named: tuple[str, ...]
    told: str
    words: str


@dataclass(frozen=True)
class ShownItems:
    """What a reader finds of what was shared: the items, and the stubs of withdrawn ones."""

    items: tuple[ShownItem, ...]
    stubs: tuple[ShownStub, ...]


@dataclass(frozen=True)
class _Surroundings:
    """What all items of a case are shown with: asked for once, whatever their number."""

    actor: Actor
    people: Sequence[CaseReader]
    named: dict[int, list[int]]
    agencies: dict[int, str]

    def agency(self, agency_id: int | None) -> str:
        return OFFICE if agency_id is None else self.agencies[agency_id]

    def named_by(self, item_id: int) -> tuple[str, ...]:
        return tuple(sorted(self.agencies[each] for each in self.named.get(item_id, [])))

    def is_own(self, agency_id: int | None) -> bool:
        return agency_id == self.actor.agency_id and self.actor.role is not Role.CHAIR

    def readers(self, item_id: int, agency_id: int | None, handling: Handling) -> tuple[str, ...]:
        found = who_can_read(
            self.people,
            handling,
            sharing_agency_id=agency_id,
            named_agency_ids=self.named.get(item_id, []),
        )
        return tuple(reader.label for reader in found)


def shown_items(
    actor: Actor, opened: Opened, people: Sequence[CaseReader] | None = None
) -> list[ShownItem]:
    """Return the items that the actor may read; belongs inside a transaction.

    Args:
        actor: who reads.
        opened: the case.
        people: the case's readers, where the caller has asked for them already.
    """
    return list(items_and_stubs(actor, opened, people).items)


def items_and_stubs(
    actor: Actor, opened: Opened, people: Sequence[CaseReader] | None = None
) -> ShownItems:
    """Return the items that the actor may read and the stubs of those that were withdrawn.

    Belongs inside a transaction; the arguments are those of ``shown_items``.
    """
    items = db.session.scalars(shared_items_for(actor, opened.case.id)).all()
    withdrawn = db.session.execute(withdrawals_for(actor, opened.case.id)).all()
    named: dict[int, list[int]] = {}
    for row in db.session.scalars(named_agencies_for(actor, opened.case.id)):
        named.setdefault(row.item_id, []).append(row.agency_id)
    sharers = {item.agency_id for item in items} | {row[2] for row in withdrawn}
    around = _Surroundings(
        actor,
        readers_of(opened.case) if people is None else people,
        named,
        agency_names(sharers.union(*named.values())),
    )
    names = person_names(row[0].withdrawn_by_id for row in withdrawn)
    return ShownItems(
        tuple(_shown(item, around) for item in items),
        tuple(_stub(row, around, names) for row in withdrawn),
    )


def agency_names(ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of agencies by their number."""
    rows = db.session.execute(sa.select(Agency.id, Agency.name).where(Agency.id.in_(set(ids))))
    return {row[0]: row[1] for row in rows}


def person_names(ids: Iterable[int]) -> dict[int, str]:
    """Return the names of people by their number."""
    rows = db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(set(ids))))
    return {row[0]: row[1] for row in rows}


def _shown(item: SharedItem, around: _Surroundings) -> ShownItem:
    return ShownItem(
        key=item.key,
        title=item.title,
        shared_by=around.agency(item.agency_id),
        is_own=around.is_own(item.agency_id),
        happened_on=item.happened_on,
        content=item.content,
        handling=item.handling.value,
        named=around.named_by(item.id),
        told=item.told.value,
        words=item.words_for_applicant,
        readers=around.readers(item.id, item.agency_id, item.handling),
        named_ids=tuple(around.named.get(item.id, [])),
        version=item.version,
    )


def _stub(row: Any, around: _Surroundings, names: dict[int, str]) -> ShownStub:
    withdrawal, key, agency_id, happened_on, handling = row
    is_own = around.is_own(agency_id)
    return ShownStub(
        key=key,
        shared_by=around.agency(agency_id),
        is_own=is_own,
        happened_on=happened_on,
        handling=handling.value,
        named=around.named_by(withdrawal.item_id),
        readers=around.readers(withdrawal.item_id, agency_id, handling),
        withdrawn_at=withdrawal.withdrawn_at,
        withdrawn_by=names[withdrawal.withdrawn_by_id],
        reason=withdrawal.reason,
        has_history=is_own or around.actor.role is Role.COORDINATOR,
    )


def shown_versions(actor: Actor, opened: Opened, key: str) -> tuple[ShownVersion, ...]:
    """Return the versions of an item that the actor may read, the newest first.

    Nothing tells that there are others: none has a number, the first in the list is the one that
    was shared, and a reason is left out where what it explains is not in the list.
    Belongs inside a transaction.
    """
    rows = db.session.scalars(versions_for(actor, opened.case.id, key)).all()
    named: dict[int, list[int]] = {}
    for each in db.session.scalars(version_agencies_for(actor, opened.case.id, key)):
        named.setdefault(each.version_id, []).append(each.agency_id)
    agencies = agency_names(set[int | None]().union(*named.values()))
    names = person_names(row.saved_by_id for row in rows)
    found = []
    for before, row in zip([None, *rows], rows, strict=False):
        labels = tuple(sorted(agencies[one] for one in named.get(row.id, [])))
        found.append(_version(row, before, labels, names[row.saved_by_id]))
    return tuple(reversed(found))


def _version(
    row: SharedItemVersion, before: SharedItemVersion | None, named: tuple[str, ...], saved_by: str
) -> ShownVersion:
    follows = before is not None and before.number == row.number - 1
    return ShownVersion(
        saved_at=row.saved_at,
        saved_by=saved_by,
        is_correction=before is not None,
        reason=row.reason if follows else "",
        title=row.title,
        happened_on=row.happened_on,
        content=row.content,
        handling=row.handling.value,
        named=named,
        told=row.told.value,
        words=row.words_for_applicant,
    )
