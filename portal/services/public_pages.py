"""What an area's office tells the public, kept by its administrator."""

import re
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from portal import log
from portal.access.gate import CaseNotFoundError
from portal.access.scope.public_pages import entries_for, post_address_of, public_page_for
from portal.db import db, transaction
from portal.domain.directory import EntryKind
from portal.domain.letters import Topic
from portal.domain.roles import Act, Actor
from portal.models.letter import AreaWords
from portal.models.person import Agency, Area
from portal.models.public_page import DirectoryEntry, PublicPage
from portal.services.booking_checks import fault_of_link
from portal.services.changes import check_version, mark_changed
from portal.services.once import once
from portal.services.turns import take_turns

_PHONE: Final = re.compile(r"[0-9+() -]{3,40}")


class PublicPageError(Exception):
    """What was typed cannot be published; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class TypedPage:
    """What the office says of itself, as it is typed in."""

    phone_hours: str
    post_address: str
    visits: str
    formats: str
    data_officer: str
    retention_years: int | None
    exit_address: str


@dataclass(frozen=True, kw_only=True)
class TypedEntry:
    """Somebody whom the public can turn to, as they are typed in."""

    kind: EntryKind
    name: str
    words: str
    phone: str
    web: str
    email: str
    is_free: bool


@dataclass(frozen=True)
class ShownPage:
    """What the office says of itself; version 0 where nothing was saved yet."""

    version: int
    typed: TypedPage


@dataclass(frozen=True)
class ShownEntry:
    """Somebody whom the public can turn to, for those who keep the list."""

    id: int
    version: int
    typed: TypedEntry


@dataclass(frozen=True)
class KeptPages:
    """All that an administrator keeps for the public pages of the area.

    Attributes:
        without_complaints: relevant bodies of which nobody reads where to complain.
    """

    slug: str
    page: ShownPage
    entries: tuple[ShownEntry, ...]
    without_complaints: tuple[str, ...]


_OF_PAGE: Final = tuple(name for name in TypedPage.__dataclass_fields__ if name != "post_address")


def list_all(actor: Actor) -> KeptPages:
    """Return what is published, and whom the public can turn to."""
    with transaction():
        log.record(actor, Act.KEEP_PUBLIC_PAGES.value)
        slug = db.session.scalars(sa.select(Area.slug).where(Area.id == actor.area_id)).one()
        entries = tuple(_shown_entry(each) for each in db.session.scalars(entries_for(actor)))
        return KeptPages(slug, _shown_page(actor), entries, _without_complaints(actor, entries))


def _without_complaints(actor: Actor, entries: tuple[ShownEntry, ...]) -> tuple[str, ...]:
    """Return the relevant bodies of the area that the list of complaints does not name."""
    listed = {each.typed.name.lower() for each in entries if each.typed.kind is EntryKind.COMPLAINT}
    query = sa.select(Agency).where(Agency.area_id == actor.area_id).order_by(Agency.name)
    return tuple(
        agency.name
        for agency in db.session.scalars(query)
        if agency.is_relevant_body and agency.name.lower() not in listed
    )


def open_page(actor: Actor) -> ShownPage:
    """Return what the office says of itself, for its form."""
    with transaction():
        log.record(actor, Act.KEEP_PUBLIC_PAGES.value, thing="the office, form")
        return _shown_page(actor)


def save_page(actor: Actor, token: str, typed: TypedPage, version: int | None) -> None:
    """Publish what the office says of itself, in place of what it said before.

    Raises:
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        PublicPageError: the address of the way out does not fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        take_turns(actor.area_id)
        page = db.session.scalars(public_page_for(actor)).one_or_none()
        if page is not None:
            check_version(page, version)
        fault = fault_of_link(typed.exit_address)
        if fault:
            raise PublicPageError("exit_address", fault)
        page = page or PublicPage(area_id=actor.area_id)
        for name in _OF_PAGE:
            setattr(page, name, getattr(typed, name))
        mark_changed(actor, page)
        db.session.add(page)
        _say_address(actor, typed.post_address)
        log.record(actor, Act.KEEP_PUBLIC_PAGES.value, thing="the office")


def _say_address(actor: Actor, address: str) -> None:
    """Keep the postal address where the letters have it from: there is one."""
    known = db.session.get(AreaWords, (actor.area_id, Topic.POST))
    if known is not None and address:
        known.words = address
    elif known is not None:
        db.session.delete(known)
    elif address:
        db.session.add(AreaWords(area_id=actor.area_id, topic=Topic.POST, words=address))


def _shown_page(actor: Actor) -> ShownPage:
    page = db.session.scalars(public_page_for(actor)).one_or_none()
    address = db.session.scalar(post_address_of(actor.area_id or 0)) or ""
    if page is None:
        nothing: dict[str, Any] = dict.fromkeys(_OF_PAGE, "") | {"retention_years": None}
        return ShownPage(0, TypedPage(post_address=address, **nothing))
    values = {name: getattr(page, name) for name in _OF_PAGE}
    return ShownPage(page.version, TypedPage(post_address=address, **values))


def open_entry(actor: Actor, entry_id: int) -> ShownEntry:
    """Return somebody whom the public can turn to, for their form.

    Raises:
        CaseNotFoundError: the area lists nobody of this number.
    """
    with transaction():
        log.record(actor, Act.KEEP_PUBLIC_PAGES.value, thing=f"entry {entry_id}, form")
        return _shown_entry(_entry(actor, entry_id))


def save_entry(
    actor: Actor,
    token: str,
    typed: TypedEntry,
    entry_id: int | None = None,
    version: int | None = 0,
) -> None:
    """List somebody whom the public can turn to, or change what is said of them.

    Raises:
        CaseNotFoundError: the area lists nobody of this number.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        PublicPageError: they cannot be reached, or are listed already.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        take_turns(actor.area_id)
        entry = _entry(actor, entry_id) if entry_id else DirectoryEntry(area_id=actor.area_id)
        if entry_id:
            check_version(entry, version)
        _check(actor, typed, entry_id)
        for name in TypedEntry.__dataclass_fields__:
            setattr(entry, name, getattr(typed, name))
        mark_changed(actor, entry)
        db.session.add(entry)
        db.session.flush()
        log.record(actor, Act.KEEP_PUBLIC_PAGES.value, thing=f"entry {entry.id}")


def remove_entry(actor: Actor, token: str, entry_id: int, version: int | None) -> None:
    """List somebody no longer.

    Raises:
        CaseNotFoundError: the area lists nobody of this number.
        ChangedMeanwhileError: somebody else has changed it since; nothing was removed.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        take_turns(actor.area_id)
        entry = _entry(actor, entry_id)
        check_version(entry, version)
        db.session.delete(entry)
        log.record(actor, Act.KEEP_PUBLIC_PAGES.value, thing=f"entry {entry_id} removed")


def _entry(actor: Actor, entry_id: int) -> DirectoryEntry:
    found = db.session.scalars(
        entries_for(actor).where(DirectoryEntry.id == entry_id)
    ).one_or_none()
    if found is None:
        raise CaseNotFoundError("entry")
    return found


def _shown_entry(entry: DirectoryEntry) -> ShownEntry:
    values = {name: getattr(entry, name) for name in TypedEntry.__dataclass_fields__}
    return ShownEntry(entry.id, entry.version, TypedEntry(**values))


def _check(actor: Actor, typed: TypedEntry, entry_id: int | None) -> None:
    if not (typed.phone or typed.web or typed.email):
        raise PublicPageError("phone", "Enter a phone number, a web address or an email address")
    if typed.phone and not _PHONE.fullmatch(typed.phone):
        raise PublicPageError("phone", "Enter a phone number, like 01632 960 001")
    fault = fault_of_link(typed.web)
    if fault:
        raise PublicPageError("web", fault)
    namesakes = entries_for(actor).where(
        DirectoryEntry.kind == typed.kind, sa.func.lower(DirectoryEntry.name) == typed.name.lower()
    )
    if any(entry.id != entry_id for entry in db.session.scalars(namesakes)):
        raise PublicPageError("name", "This name is in this list already")
