"""The agenda: copied from the scheme, edited by the chair, and where the meeting is in it."""

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.agenda import agenda_for, notes_for, projected_agenda_for, spans_for
from portal.access.scope.meeting import adjourned_sittings_for, meetings_for
from portal.db import db, transaction
from portal.domain.agenda import STANDARD, Part, Planned, Topic, numbers_for, read_agenda
from portal.domain.agenda_times import (
    Progress,
    Span,
    ended,
    first_item,
    moved_to,
    present_item,
    progress_of,
)
from portal.domain.roles import Act, Actor
from portal.models.agenda import AgendaItem, AgendaSpan
from portal.models.meeting import Meeting
from portal.services.clocks import scheme_of
from portal.services.frames import CaseFrame, frame
from portal.services.live_stamp import moved

PARTS: dict[str, str] = {
    Part.CLOSED: "Closed: the panel alone",
    Part.OPEN: "Open: the applicant is in the room",
    Part.RESTRICTED: "Restricted: chair and coordinator",
}


@dataclass(frozen=True)
class ItemTime:
    """From when to when the table was at an item; the end is none while it is."""

    sitting: int
    started_at: dt.datetime
    ended_at: dt.datetime | None


@dataclass(frozen=True)
class ShownItem:
    """An item of the agenda as a reader sees it.

    Attributes:
        number: what it is shown with; empty for a restricted one, which takes none.
        times: in this sitting where there are any, else in the last sitting that was at it.
    """

    key: str
    number: str
    topic: str
    title: str
    part: str
    part_label: str
    minutes: int
    lead: str
    recorded: str
    progress: str
    times: tuple[ItemTime, ...]
    version: int

    @property
    def is_now(self) -> bool:
        """Whether the table is at it."""
        return self.progress == Progress.NOW

    @property
    def is_done(self) -> bool:
        """Whether the table was at it and has gone on."""
        return self.progress == Progress.DONE


@dataclass(frozen=True)
class ShownAgenda:
    """An agenda and where the meeting is in it.

    Attributes:
        sitting: the number of the sitting that is next or under way.
        minutes: how long all items take together; the pre-brief lies before the meeting.
    """

    items: tuple[ShownItem, ...]
    sitting: int

    @property
    def now(self) -> ShownItem | None:
        """The item that the table is at, or none."""
        return next((item for item in self.items if item.is_now), None)

    @property
    def next(self) -> ShownItem | None:
        """The item after the present one, or none."""
        return self._beside(1)

    @property
    def before(self) -> ShownItem | None:
        """The item before the present one, or none."""
        return self._beside(-1)

    @property
    def last_number(self) -> str:
        """The number of the last item: “item 6 of 14”."""
        return next((item.number for item in reversed(self.items) if item.number), "")

    @property
    def minutes(self) -> int:
        """How long the items take together."""
        return sum(item.minutes for item in self.items if item.topic != Topic.PRE_BRIEF)

    def _beside(self, step: int) -> ShownItem | None:
        if self.now is None:
            return None
        place = self.items.index(self.now) + step
        return self.items[place] if 0 <= place < len(self.items) else None


@dataclass(frozen=True)
class AgendaPage:
    """The agenda for whoever may read the case; the chair can change it."""

    frame: CaseFrame
    agenda: ShownAgenda
    may_edit: bool
    is_open: bool
    starts_at: dt.datetime


def copy_agenda(opened: Opened, meeting: Meeting) -> None:
    """Give a meeting without an agenda that of the case's scheme; belongs inside a transaction."""
    own = scheme_of(opened.case).agenda
    planned = STANDARD if own is None else read_agenda(own)
    db.session.flush()
    db.session.add_all(_item(meeting, place, each) for place, each in enumerate(planned, start=1))


def _item(meeting: Meeting, position: int, planned: Planned) -> AgendaItem:
    return AgendaItem(
        meeting_id=meeting.id,
        key=secrets.token_hex(5),
        position=position,
        topic=planned.topic,
        title=planned.title,
        part=planned.part,
        minutes=planned.minutes,
        lead=planned.lead,
        recorded=planned.recorded,
    )


def open_agenda(actor: Actor, reference: str) -> AgendaPage:
    """Return the agenda, cut to its reader.

    Raises:
        CaseNotFoundError: no meeting is booked.
    """
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE, thing="agenda")
        meeting = meeting_of(actor, opened)
        return AgendaPage(
            frame=frame(actor, opened),
            agenda=shown_agenda(actor, opened, meeting, is_projected=False),
            may_edit=opened.allows(actor, Act.EDIT_AGENDA),
            is_open=meeting.is_under_way,
            starts_at=meeting.starts_at,
        )


def meeting_of(actor: Actor, opened: Opened) -> Meeting:
    """Return the meeting of a case; belongs inside a transaction.

    Raises:
        CaseNotFoundError: none is booked.
    """
    found = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def shown_agenda(
    actor: Actor, opened: Opened, meeting: Meeting, *, is_projected: bool = True
) -> ShownAgenda:
    """Return the agenda of a meeting; belongs inside a transaction.

    ``is_projected`` leaves out what is restricted, also for those who lead.
    """
    select = projected_agenda_for if is_projected else agenda_for
    items = db.session.scalars(select(actor, opened.case.id)).all()
    spans = _spans(actor, opened, meeting)
    numbers = numbers_for([(item.topic, item.part) for item in items])
    return ShownAgenda(
        tuple(
            _shown(item, number, spans, meeting)
            for item, number in zip(items, numbers, strict=True)
        ),
        meeting.sitting,
    )


def _spans(actor: Actor, opened: Opened, meeting: Meeting) -> tuple[Span[int], ...]:
    """Return when the table was where; what a sitting left open ended with that sitting."""
    rows = db.session.scalars(spans_for(actor, opened.case.id)).all()
    ends = _ends(actor, opened) if _is_left_open(rows, meeting) else {}
    return tuple(
        Span(
            row.item_id,
            row.sitting,
            row.started_at,
            row.ended_at or ends.get(row.sitting) or meeting.closed_at,
        )
        for row in rows
    )


def _is_left_open(rows: Iterable[AgendaSpan], meeting: Meeting) -> bool:
    return any(row.ended_at is None and row.sitting != meeting.sitting for row in rows)


def _ends(actor: Actor, opened: Opened) -> dict[int, dt.datetime]:
    """Return when each earlier sitting was adjourned."""
    rows = db.session.scalars(adjourned_sittings_for(actor, opened.case.id))
    return {row.number: row.adjourned_at for row in rows}


def _shown(
    item: AgendaItem, number: str, spans: Sequence[Span[int]], meeting: Meeting
) -> ShownItem:
    own = [span for span in spans if span.item == item.id]
    last = max((span.sitting for span in own), default=meeting.sitting)
    return ShownItem(
        key=item.key,
        number=number,
        topic=item.topic.value,
        title=item.title,
        part=item.part.value,
        part_label=PARTS[item.part],
        minutes=item.minutes,
        lead=item.lead,
        recorded=item.recorded,
        progress=progress_of(item.id, spans, meeting.sitting).value,
        times=tuple(
            ItemTime(span.sitting, span.started_at, span.ended_at)
            for span in own
            if span.sitting == last
        ),
        version=item.version,
    )


def begin_sitting(actor: Actor, opened: Opened, meeting: Meeting) -> None:
    """Put the table at the first item, or where the sitting before ended; within a transaction."""
    items = db.session.scalars(projected_agenda_for(actor, opened.case.id)).all()
    if not items:
        copy_agenda(opened, meeting)
        db.session.flush()
        items = db.session.scalars(projected_agenda_for(actor, opened.case.id)).all()
    spans = _spans(actor, opened, meeting)
    waiting = [item.id for item in items if item.topic is not Topic.PRE_BRIEF]
    start = first_item(waiting, spans)
    if start is not None:
        _keep(actor, opened, meeting, moved_to(spans, start, meeting.sitting, actor.at))


def end_sitting(actor: Actor, opened: Opened, meeting: Meeting) -> None:
    """Leave the item that the table is at, because the sitting ends; within a transaction."""
    _keep(actor, opened, meeting, ended(_spans(actor, opened, meeting), actor.at))


def go_to(actor: Actor, opened: Opened, meeting: Meeting, *, left: str, key: str) -> str:
    """Go from one item to another; return the title where the table was elsewhere already.

    Belongs inside a transaction.

    Raises:
        CaseNotFoundError: there is no such item that the table could be at.
    """
    items = db.session.scalars(projected_agenda_for(actor, opened.case.id)).all()
    wanted = next((item for item in items if item.key == key), None)
    if wanted is None:
        raise CaseNotFoundError(opened.case.reference)
    spans = _spans(actor, opened, meeting)
    at_now = present_item(spans, meeting.sitting)
    now = next((item for item in items if item.id == at_now), None)
    if now is not None and now.key not in {left, key}:
        return now.title
    _keep(actor, opened, meeting, moved_to(spans, wanted.id, meeting.sitting, actor.at))
    return ""


def _keep(actor: Actor, opened: Opened, meeting: Meeting, spans: Sequence[Span[int]]) -> None:
    """Store the spans: the ends of those that are there, and the one that was begun."""
    rows = db.session.scalars(spans_for(actor, opened.case.id)).all()
    for row, span in zip(rows, spans, strict=False):
        row.ended_at = span.ended_at
    db.session.add_all(
        AgendaSpan(
            meeting_id=meeting.id,
            item_id=span.item,
            sitting=span.sitting,
            started_at=span.started_at,
            ended_at=span.ended_at,
        )
        for span in spans[len(rows) :]
    )
    moved(opened)


def has_been_at(actor: Actor, opened: Opened, item: AgendaItem) -> bool:
    """Say whether the table was at an item, or something was noted on it."""
    spans = db.session.scalars(spans_for(actor, opened.case.id))
    return any(span.item_id == item.id for span in spans) or has_notes(actor, opened, item)


def has_notes(actor: Actor, opened: Opened, item: AgendaItem) -> bool:
    """Say whether something was noted on an item."""
    notes = db.session.scalars(notes_for(actor, opened.case.id))
    return any(note.item_id == item.id for note in notes)
