"""The chair edits the agenda before and during the meeting: texts, order, more and fewer items."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.agenda import agenda_for, make_room_in, place_of
from portal.db import db, transaction
from portal.domain.agenda import MOST_ITEMS, Part, Topic
from portal.domain.roles import Act, Actor
from portal.models.agenda import AgendaItem
from portal.models.meeting import Meeting
from portal.services.agenda import (
    ShownAgenda,
    ShownItem,
    copy_agenda,
    has_been_at,
    has_notes,
    meeting_of,
    shown_agenda,
)
from portal.services.changes import check_version, mark_changed
from portal.services.frames import CaseFrame, frame
from portal.services.live_stamp import moved
from portal.services.once import once

AT_THE_END = "end"


class AgendaEditError(Exception):
    """What was typed does not fit; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class TypedItem:
    """An item as it is typed in.

    Attributes:
        before: the key of the item that comes after it, or ``AT_THE_END``.
    """

    title: str
    part: Part
    minutes: int
    lead: str
    before: str


@dataclass(frozen=True)
class ItemPage:
    """An item to be changed, or none to be added, with all that it can stand before."""

    frame: CaseFrame
    item: ShownItem | None
    agenda: ShownAgenda

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Return what an item can stand before, by key and title."""
        own = self.item.key if self.item else ""
        return (
            *(
                (each.key, f"Before “{each.title}”")
                for each in self.agenda.items
                if each.key != own
            ),
            (AT_THE_END, "At the end"),
        )

    @property
    def place(self) -> str:
        """Return where the item stands now."""
        keys = [each.key for each in self.agenda.items]
        after = keys[keys.index(self.item.key) + 1 :] if self.item else []
        return after[0] if after else AT_THE_END


def open_item(actor: Actor, reference: str, key: str = "") -> ItemPage:
    """Return an item to be changed, or the page on which one is added.

    Raises:
        CaseNotFoundError: there is no such item.
    """
    with transaction():
        opened = load_case(actor, reference, Act.EDIT_AGENDA, thing="form")
        meeting = meeting_of(actor, opened)
        agenda = shown_agenda(actor, opened, meeting, is_projected=False)
        item = next((each for each in agenda.items if each.key == key), None)
        if key and item is None:
            raise CaseNotFoundError(reference)
        return ItemPage(frame(actor, opened), item, agenda)


def change_item(
    actor: Actor, reference: str, key: str, token: str, typed: TypedItem, version: int | None
) -> None:
    """Change an item and where it stands.

    Raises:
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        AgendaEditError: its part cannot be changed any more.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.EDIT_AGENDA)
        items = _items(actor, opened)
        item = _found(items, key, reference)
        check_version(item, version)
        _check_part(actor, opened, item, typed.part)
        item.title, item.part, item.minutes = typed.title, typed.part, typed.minutes
        item.lead = typed.lead
        mark_changed(actor, item)
        _place(items, item, typed.before)
        moved(opened)


def _items(actor: Actor, opened: Opened) -> Sequence[AgendaItem]:
    return db.session.scalars(agenda_for(actor, opened.case.id)).all()


def _found(items: Sequence[AgendaItem], key: str, reference: str) -> AgendaItem:
    for item in items:
        if item.key == key:
            return item
    raise CaseNotFoundError(reference)


def _check_part(actor: Actor, opened: Opened, item: AgendaItem, part: Part) -> None:
    """Refuse what would take an item from the panel's sight, or bring restricted notes into it."""
    if part is item.part or Part.RESTRICTED not in {part, item.part}:
        return
    if part is Part.RESTRICTED and has_been_at(actor, opened, item):
        raise AgendaEditError(
            "part", "The panel was at this item already. Add an item for what is restricted"
        )
    if has_notes(actor, opened, item):
        raise AgendaEditError(
            "part", "Its notes are for chair and coordinator. Add an item for what is not"
        )


def _place(items: Sequence[AgendaItem], item: AgendaItem, before: str) -> None:
    """Let an item stand before another one; nobody’s version changes with the order."""
    others = [each for each in items if each is not item]
    after = next((each for each in others if each.key == before), None)
    if after is None:
        _put(item, max((each.position for each in others), default=0) + 1)
        return
    position = after.position
    db.session.flush()
    db.session.execute(make_room_in(item.meeting_id, position))
    _put(item, position)


def _put(item: AgendaItem, position: int) -> None:
    db.session.flush()
    db.session.execute(place_of(item.id, position))


def add_item(actor: Actor, reference: str, token: str, typed: TypedItem) -> None:
    """Add an item.

    Raises:
        AgendaEditError: there are as many as fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.EDIT_AGENDA, thing="added an item")
        meeting = meeting_of(actor, opened)
        items = _items(actor, opened) or _copied(actor, opened, meeting)
        if len(items) >= MOST_ITEMS:
            raise AgendaEditError("title", f"An agenda has at most {MOST_ITEMS} items")
        item = AgendaItem(
            meeting_id=meeting.id,
            key=secrets.token_hex(5),
            position=0,
            topic=Topic.OTHER,
            title=typed.title,
            part=typed.part,
            minutes=typed.minutes,
            lead=typed.lead,
            recorded="",
        )
        mark_changed(actor, item)
        db.session.add(item)
        _place(items, item, typed.before)
        moved(opened)


def _copied(actor: Actor, opened: Opened, meeting: Meeting) -> Sequence[AgendaItem]:
    copy_agenda(opened, meeting)
    db.session.flush()
    return _items(actor, opened)


def take_out_item(actor: Actor, reference: str, key: str, token: str, version: int | None) -> None:
    """Take an item out that the meeting has not been at.

    Raises:
        ChangedMeanwhileError: somebody has changed it since the page was opened.
        AgendaEditError: the meeting was at it, or something was noted on it.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.EDIT_AGENDA, thing="took an item out")
        item = _found(_items(actor, opened), key, reference)
        check_version(item, version)
        if has_been_at(actor, opened, item):
            raise AgendaEditError("title", "The meeting was at this item already, so it stays")
        db.session.delete(item)
        db.session.flush()
        moved(opened)
