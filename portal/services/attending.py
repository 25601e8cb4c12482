"""Who is at the meeting: how, from when to when, sitting by sitting."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.readers import CaseReader, observers_of, readers_of
from portal.access.scope.meeting import attendance_for
from portal.access.scope.people import seats_for
from portal.db import db
from portal.domain.roles import Act, Actor
from portal.models.meeting import Attendance, Meeting, Presence
from portal.services.agenda import meeting_of
from portal.services.live_stamp import moved
from portal.services.once import once
from portal.services.words import PRESENCES

NOT_HERE = frozenset({Presence.APOLOGIES, Presence.ABSENT})
Times = tuple[dt.datetime | None, dt.datetime | None]
"""When somebody joined and left a sitting, where that is known."""

# The first is the best: what counts of somebody who attended the sittings in different ways.
_BEST_FIRST = (
    Presence.PRESENT,
    Presence.REMOTE,
    Presence.LEFT_EARLY,
    Presence.APOLOGIES,
    Presence.ABSENT,
)


@dataclass(frozen=True)
class Attender:
    """Somebody who is expected at the meeting, and how they attend where that is recorded."""

    person_id: int
    label: str
    agency_name: str
    is_required: bool
    presence: str
    presence_label: str
    is_observer: bool = False
    joined_at: dt.datetime | None = None
    left_at: dt.datetime | None = None

    @property
    def was_here(self) -> bool:
        """Whether they attend this sitting, or attended a part of it."""
        return bool(self.presence) and self.presence not in NOT_HERE

    @property
    def is_here(self) -> bool:
        """Whether they are here now."""
        has_left = self.left_at is not None or self.presence == Presence.LEFT_EARLY
        return self.was_here and not has_left


@dataclass(frozen=True)
class Here:
    """Who is expected at this sitting and who is here, for the pages of the meeting."""

    attenders: tuple[Attender, ...]

    @property
    def count(self) -> int:
        """How many are here now."""
        return sum(attender.is_here for attender in self.attenders)

    @property
    def missing_required(self) -> tuple[str, ...]:
        """Return the required agencies of whom nobody is here, once attendance is recorded.

        An observer does not stand for an agency.
        """
        members = [each for each in self.attenders if not each.is_observer]
        recorded = [each for each in members if each.presence]
        here = {each.agency_name for each in recorded if each.is_here}
        required = (each.agency_name for each in members if each.is_required and recorded)
        return tuple(name for name in dict.fromkeys(required) if name not in here)


@dataclass(frozen=True)
class Attended:
    """How somebody attended a meeting as a whole: the best of their sittings.

    Attributes:
        row: that sitting.
        sittings: the numbers of those that they attended; empty where they attended none.
    """

    row: Attendance
    sittings: tuple[int, ...]

    @property
    def was_there(self) -> bool:
        """Whether they attended any sitting."""
        return bool(self.sittings)

    @property
    def left_early(self) -> bool:
        """Whether they left before the end of the sitting that counts."""
        return self.row.presence is Presence.LEFT_EARLY or self.row.left_at is not None


def attended(rows: Iterable[Attendance]) -> tuple[Attended, ...]:
    """Return everybody once who was expected, in the order of their numbers."""
    ordered = sorted(rows, key=lambda row: (row.person_id, row.sitting))
    return tuple(
        _attended(list(of_person)) for _, of_person in groupby(ordered, lambda row: row.person_id)
    )


def _attended(rows: Sequence[Attendance]) -> Attended:
    best = min(rows, key=lambda row: (_BEST_FIRST.index(row.presence), row.left_at is not None))
    return Attended(best, tuple(row.sitting for row in rows if row.presence not in NOT_HERE))


def who_is_here(
    actor: Actor, opened: Opened, meeting: Meeting, people: Sequence[CaseReader]
) -> Here:
    """Return who is expected at this sitting, observers last; belongs inside a transaction."""
    recorded = _recorded(actor, opened, meeting)
    required = _required_agencies(actor, opened)
    found: dict[int, Attender] = {}
    for person in people:
        is_required = person.agency_id in required
        row = recorded.get(person.person_id)
        found.setdefault(person.person_id, _attender(person, row, is_required=is_required))
    for person in observers_of(opened.case):
        row = recorded.get(person.person_id)
        found.setdefault(person.person_id, _attender(person, row, is_observer=True))
    return Here(tuple(found.values()))


def _attender(
    person: CaseReader,
    row: Attendance | None,
    *,
    is_required: bool = False,
    is_observer: bool = False,
) -> Attender:
    label = f"{person.name} ({person.agency_name}, observer)" if is_observer else person.label
    return Attender(
        person.person_id,
        label,
        person.agency_name,
        is_required,
        row.presence.value if row else "",
        PRESENCES[row.presence] if row else "Not recorded yet",
        is_observer,
        row.joined_at if row else None,
        row.left_at if row else None,
    )


def _recorded(actor: Actor, opened: Opened, meeting: Meeting) -> dict[int, Attendance]:
    """Return the attendance of this sitting, by person."""
    rows = db.session.scalars(attendance_for(actor, opened.case.id))
    return {row.person_id: row for row in rows if row.sitting == meeting.sitting}


def _required_agencies(actor: Actor, opened: Opened) -> set[int | None]:
    seats = db.session.scalars(seats_for(actor, opened.case.id))
    return {seat.agency_id for seat in seats if seat.is_required}


def record_attendance(
    actor: Actor,
    reference: str,
    token: str,
    presences: Mapping[int, Presence],
    applicant_attendance: str,
    times: Mapping[int, Times] | None = None,
) -> None:
    """Record how everybody attends; a later answer takes the place of an earlier one.

    ``times`` says from when to when; who is left out of it keeps the times that were noted.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.RUN_MEETING, thing="attendance")
        meeting = meeting_of(actor, opened)
        meeting.applicant_attendance = applicant_attendance
        rows = _rows(actor, opened, meeting)
        for person_id in presences.keys() & rows.keys():
            row = rows[person_id]
            row.presence = presences[person_id]
            row.joined_at, row.left_at = (times or {}).get(person_id, (row.joined_at, row.left_at))
            db.session.add(row)
        moved(opened)


def _rows(actor: Actor, opened: Opened, meeting: Meeting) -> dict[int, Attendance]:
    """Return a row of this sitting for everybody who is expected; new ones are not added yet."""
    recorded = _recorded(actor, opened, meeting)
    required = _required_agencies(actor, opened)
    expected = [(person, False) for person in readers_of(opened.case)]
    expected += [(person, True) for person in observers_of(opened.case)]
    for person, is_observer in expected:
        if person.person_id not in recorded:
            recorded[person.person_id] = Attendance(
                meeting_id=meeting.id,
                sitting=meeting.sitting,
                person_id=person.person_id,
                agency_id=person.agency_id,
                is_required=not is_observer and person.agency_id in required,
                is_observer=is_observer,
                presence=Presence.PRESENT,
            )
    return recorded


def note_joined(actor: Actor, reference: str, token: str, person_id: int) -> None:
    """Note that somebody joins the sitting now; who had left is here again.

    Raises:
        CaseNotFoundError: nobody of this number is expected.
    """
    with once(actor, token) as turn:
        if not turn.is_repeat:
            opened, row = _expected(actor, reference, person_id)
            if row.presence in NOT_HERE or row.presence is Presence.LEFT_EARLY:
                row.presence = Presence.PRESENT
            row.joined_at = row.joined_at if row.left_at else actor.at
            row.left_at = None
            db.session.add(row)
            moved(opened)


def note_left(actor: Actor, reference: str, token: str, person_id: int) -> None:
    """Note that somebody leaves the sitting now.

    Raises:
        CaseNotFoundError: nobody of this number is expected.
    """
    with once(actor, token) as turn:
        if not turn.is_repeat:
            opened, row = _expected(actor, reference, person_id)
            row.left_at = actor.at
            db.session.add(row)
            moved(opened)


def _expected(actor: Actor, reference: str, person_id: int) -> tuple[Opened, Attendance]:
    opened = load_case(actor, reference, Act.RUN_MEETING, thing="attendance")
    rows = _rows(actor, opened, meeting_of(actor, opened))
    if person_id not in rows:
        raise CaseNotFoundError(reference)
    return opened, rows[person_id]


__all__ = [
    "NOT_HERE",
    "Attended",
    "Attender",
    "Here",
    "Times",
    "attended",
    "note_joined",
    "note_left",
    "record_attendance",
    "who_is_here",
]
