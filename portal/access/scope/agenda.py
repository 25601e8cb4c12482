"""The agenda of a meeting and what was noted: restricted items are for those who lead."""

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, SEES_EVERYTHING, Model, open_case
from portal.access.scope.once import built_once
from portal.domain.agenda import Part
from portal.domain.roles import Actor
from portal.models.agenda import AgendaItem, AgendaSpan, ItemNote, ItemNoteVersion
from portal.models.meeting import Meeting

_SCOPE = KNOWING | {"meeting", "agenda"}
_WITH_NOTES = _SCOPE | {"note"}


def _leads(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role in SEES_EVERYTHING else sa.false()


def _of_meeting(actor: Actor, model: type[Model], case_id: int) -> sa.Select[Model]:
    column: sa.ColumnElement[int] = model.meeting_id  # type: ignore[attr-defined]  # its parts
    return (
        sa.select(model)
        .join(Meeting, Meeting.id == column)
        .where(
            Meeting.case_id == case_id,
            Meeting.called_off_at.is_(None),
            open_case(actor, case_id),
        )
    )


@built_once
def agenda_for(actor: Actor, case_id: int) -> sa.Select[AgendaItem]:
    """Select the items of a meeting in their order; restricted ones for those who lead."""
    return (
        _of_meeting(actor, AgendaItem, case_id)
        .where(sa.or_(AgendaItem.part != Part.RESTRICTED, _leads(actor)))
        .order_by(AgendaItem.position, AgendaItem.id)
        .execution_options(scope=_SCOPE)
    )


@built_once
def projected_agenda_for(actor: Actor, case_id: int) -> sa.Select[AgendaItem]:
    """Select the items that may stand on a screen that the whole panel looks at."""
    return agenda_for(actor, case_id).where(AgendaItem.part != Part.RESTRICTED)


@built_once
def spans_for(actor: Actor, case_id: int) -> sa.Select[AgendaSpan]:
    """Select when the table was at which item; it never rests at a restricted one."""
    return (
        _of_meeting(actor, AgendaSpan, case_id)
        .order_by(AgendaSpan.id)
        .execution_options(scope=_SCOPE)
    )


@built_once
def notes_for(actor: Actor, case_id: int) -> sa.Select[ItemNote]:
    """Select the notes on the items as they stand: for the chair and the coordinator alone."""
    return (
        _of_meeting(actor, ItemNote, case_id)
        .where(_leads(actor))
        .execution_options(scope=_WITH_NOTES)
    )


@built_once
def note_versions_for(actor: Actor, case_id: int) -> sa.Select[ItemNoteVersion]:
    """Select the notes as they were left, the first ones first: for those who lead alone."""
    return (
        sa.select(ItemNoteVersion)
        .join(AgendaItem, AgendaItem.id == ItemNoteVersion.item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            Meeting.case_id == case_id,
            Meeting.called_off_at.is_(None),
            open_case(actor, case_id),
            _leads(actor),
        )
        .order_by(ItemNoteVersion.item_id, ItemNoteVersion.number)
        .execution_options(scope=_WITH_NOTES)
    )


def make_room_in(meeting_id: int, position: int) -> sa.Update:
    """Return what moves the items of a meeting from a position on by one; no version changes."""
    return (
        sa.update(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.position >= position)
        .values(position=AgendaItem.position + 1)
        .execution_options(scope=_SCOPE, synchronize_session=False)
    )


def place_of(item_id: int, position: int) -> sa.Update:
    """Return what puts an item at a position; its version does not change."""
    return (
        sa.update(AgendaItem)
        .where(AgendaItem.id == item_id)
        .values(position=position)
        .execution_options(scope=_SCOPE, synchronize_session=False)
    )
