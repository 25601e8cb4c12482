"""Who looked: on one case for the coordinator, over the whole area for the auditor."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.gate import load_case
from portal.access.scope.log import area_entries_for, case_entries_for, people_in_log_for
from portal.db import db, transaction
from portal.domain.dates import LONDON
from portal.domain.references import normalise_reference
from portal.domain.roles import Act, Actor, Role
from portal.models.log import LogEntry
from portal.models.person import Person
from portal.services.frames import CaseFrame, frame
from portal.services.log_words import OUTCOMES, in_words

PAGE = 50
_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Look:
    """One entry of the log, in words; it names things by kind and key, never by what they say.

    Attributes:
        who: name of the person, or empty for the portal's own jobs.
        outcome: empty where it was done.
        address: network address that it came from.
    """

    at: dt.datetime
    who: str
    role: str
    what: str
    reference: str
    outcome: str
    address: str


@dataclass(frozen=True)
class Looks:
    """A page of entries, the newest first; ``before`` is the key of the next page, or none."""

    rows: tuple[Look, ...]
    before: int | None


@dataclass(frozen=True)
class CaseLog:
    """Who has looked at a case, and who did what on it."""

    frame: CaseFrame
    looks: Looks


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the auditor asks for; none and an empty text mean everything.

    Attributes:
        from_on, to_on: London days, both of them included.
    """

    person_id: int | None = None
    reference: str = ""
    act: str = ""
    from_on: dt.date | None = None
    to_on: dt.date | None = None


def open_case_log(actor: Actor, reference: str, before: int | None = None) -> CaseLog:
    """Return who looked at a case and did what on it, 50 entries at a time.

    Args:
        actor: who asks.
        reference: of the case.
        before: number of the last entry of the page before, or none for the newest.
    """
    with transaction():
        opened = load_case(actor, reference, Act.READ_CASE_LOG)
        entries = case_entries_for(actor, opened.case.reference)
        return CaseLog(frame(actor, opened), _page(entries, before))


def open_area_log(actor: Actor, asked: Asked, before: int | None = None) -> Looks:
    """Return the area's log as it was asked for, 50 entries at a time; asking is an entry too."""
    with transaction():
        log.record(actor, Act.READ_AREA_LOG.value, reference=_reference(asked))
        return _page(area_entries_for(actor).where(*_conditions(asked)), before)


def people_in_log(actor: Actor) -> list[tuple[int, str]]:
    """Return whom the auditor can ask about: everybody with a role in the area, now or before."""
    return [(person.id, person.name) for person in db.session.scalars(people_in_log_for(actor))]


def _reference(asked: Asked) -> str:
    return normalise_reference(asked.reference) or asked.reference


def _conditions(asked: Asked) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if asked.person_id is not None:
        found.append(LogEntry.person_id == asked.person_id)
    if asked.reference:
        found.append(LogEntry.reference == _reference(asked))
    if asked.act:
        found.append(LogEntry.act == asked.act)
    if asked.from_on:
        found.append(LogEntry.at >= _midnight(asked.from_on))
    if asked.to_on:
        found.append(LogEntry.at < _midnight(asked.to_on + _A_DAY))
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), LONDON)


def _page(entries: sa.Select[LogEntry], before: int | None) -> Looks:
    if before is not None:
        entries = entries.where(LogEntry.number < before)
    found = db.session.scalars(entries.limit(PAGE + 1)).all()
    rows = found[:PAGE]
    names = _names(rows)
    shown = tuple(_look(row, names) for row in rows)
    return Looks(shown, rows[-1].number if len(found) > PAGE else None)


def _names(rows: Sequence[LogEntry]) -> dict[int, str]:
    ids = {row.person_id for row in rows if row.person_id is not None}
    found = db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row[0]: row[1] for row in found}


def _look(row: LogEntry, names: dict[int, str]) -> Look:
    return Look(
        at=row.at,
        who=names.get(row.person_id, "") if row.person_id is not None else "",
        role="" if row.role == Role.JOB else Role(row.role).label,
        what=in_words(row.act, row.thing),
        reference=row.reference,
        outcome=OUTCOMES.get(row.outcome, row.outcome),
        address=row.address,
    )
