"""Notes on the items of the agenda: working text, with a version each time they are left."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.agenda import agenda_for, note_versions_for, notes_for
from portal.db import db, transaction
from portal.domain.agenda import Part
from portal.domain.roles import Act, Actor
from portal.models.agenda import AgendaItem, ItemNote, ItemNoteVersion
from portal.services.agenda import ShownItem, meeting_of, shown_agenda
from portal.services.changes import ChangedMeanwhileError, check_version, mark_changed
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.writing import ShownWriting, begin, end, notes_thing, writers

NEW = 0


@dataclass(frozen=True)
class ShownNote:
    """The notes on an item as they stand; the version is ``NEW`` where nothing was noted yet."""

    item: ShownItem
    text: str
    version: int


@dataclass(frozen=True)
class NotePage:
    """The notes on one item, to be written.

    Attributes:
        is_restricted: for chair and coordinator alone; never on a screen that others look at.
        writers: who else is writing in them.
    """

    frame: CaseFrame
    note: ShownNote
    is_restricted: bool
    writers: tuple[ShownWriting, ...]
    leads: bool


@dataclass(frozen=True)
class RestrictedPage:
    """The restricted items with what was noted on them: for chair and coordinator alone."""

    frame: CaseFrame
    notes: tuple[ShownNote, ...]
    leads: bool


def notes_of(actor: Actor, opened: Opened) -> dict[int, ItemNote]:
    """Return the notes of a meeting by the number of their item; belongs inside a transaction."""
    return {note.item_id: note for note in db.session.scalars(notes_for(actor, opened.case.id))}


def shown_note(actor: Actor, opened: Opened, item: ShownItem) -> ShownNote:
    """Return the notes on an item as they stand; belongs inside a transaction."""
    return _shown(item, _notes_by_key(actor, opened))


def _notes_by_key(actor: Actor, opened: Opened) -> dict[str, ItemNote]:
    rows = db.session.execute(
        notes_for(actor, opened.case.id)
        .join(AgendaItem, AgendaItem.id == ItemNote.item_id)
        .add_columns(AgendaItem.key)
    )
    return {row[1]: row[0] for row in rows}


def _shown(item: ShownItem, notes: Mapping[str, ItemNote]) -> ShownNote:
    row = notes.get(item.key)
    return ShownNote(item, row.text, row.version) if row else ShownNote(item, "", NEW)


def open_notes(actor: Actor, reference: str, key: str) -> NotePage:
    """Return the notes on an item to be written; others see that they are.

    Raises:
        CaseNotFoundError: there is no such item.
    """
    with transaction():
        opened = load_case(actor, reference, Act.WRITE_NOTES, thing="form")
        meeting = meeting_of(actor, opened)
        items = shown_agenda(actor, opened, meeting, is_projected=False).items
        item = next((each for each in items if each.key == key), None)
        if item is None:
            raise CaseNotFoundError(reference)
        is_restricted = item.part == Part.RESTRICTED
        others = writers(actor, opened).get(notes_thing(key), ())
        # The panel’s pages are told that somebody writes: not of what they must not know of.
        if not is_restricted:
            begin(actor, opened, notes_thing(key))
        return NotePage(
            frame=frame(actor, opened),
            note=shown_note(actor, opened, item),
            is_restricted=is_restricted,
            writers=tuple(each for each in others if not each.is_own),
            leads=opened.allows(actor, Act.RUN_MEETING),
        )


def open_restricted(actor: Actor, reference: str) -> RestrictedPage:
    """Return the restricted items and their notes."""
    with transaction():
        opened = load_case(actor, reference, Act.WRITE_NOTES, thing="restricted items, form")
        meeting = meeting_of(actor, opened)
        items = shown_agenda(actor, opened, meeting, is_projected=False).items
        notes = _notes_by_key(actor, opened)
        return RestrictedPage(
            frame=frame(actor, opened),
            notes=tuple(_shown(item, notes) for item in items if item.part == Part.RESTRICTED),
            leads=opened.allows(actor, Act.RUN_MEETING),
        )


def save_notes(
    actor: Actor, reference: str, key: str, token: str, text: str, version: int | None
) -> None:
    """Keep the notes on an item, and them as they are now as a version.

    Raises:
        CaseNotFoundError: there is no such item.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.WRITE_NOTES)
        item = db.session.scalars(
            agenda_for(actor, opened.case.id).where(AgendaItem.key == key)
        ).one_or_none()
        if item is None:
            raise CaseNotFoundError(reference)
        note = notes_of(actor, opened).get(item.id)
        if note is None:
            note = _new_note(item, version)
        else:
            check_version(note, version)
        if note.text != text:
            note.text = text
            mark_changed(actor, note)
            last = _last_versions(actor, opened).get(note.item_id, 0)
            _keep_version(actor, note, last + 1, is_at_close=False)
        end(actor, opened, notes_thing(key))


def _new_note(item: AgendaItem, version: int | None) -> ItemNote:
    if version != NEW:
        raise ChangedMeanwhileError
    note = ItemNote(item_id=item.id, meeting_id=item.meeting_id, text="")
    db.session.add(note)
    return note


def _last_versions(actor: Actor, opened: Opened) -> dict[int, int]:
    """Return the number of the last version of the notes on each item that has any."""
    rows = db.session.execute(
        note_versions_for(actor, opened.case.id)
        .order_by(None)
        .with_only_columns(ItemNoteVersion.item_id, sa.func.max(ItemNoteVersion.number))
        .group_by(ItemNoteVersion.item_id)
    )
    return {row[0]: row[1] for row in rows}


def _keep_version(actor: Actor, note: ItemNote, number: int, *, is_at_close: bool) -> None:
    db.session.add(
        ItemNoteVersion(
            item_id=note.item_id,
            number=number,
            text=note.text,
            is_at_close=is_at_close,
            kept_at=actor.at,
            kept_by_id=actor.person_id,
        )
    )


def keep_at_close(actor: Actor, opened: Opened) -> None:
    """Keep all notes as they stand when the meeting is closed; belongs inside a transaction."""
    last = _last_versions(actor, opened)
    for note in notes_of(actor, opened).values():
        _keep_version(actor, note, last.get(note.item_id, 0) + 1, is_at_close=True)
