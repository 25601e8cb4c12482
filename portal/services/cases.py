"""Cases in lists: what is where, and what is due next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.scope.cases import cases_for, clocks_for, running_cases_for, undeclared_cases_for
from portal.access.scope.people import parties_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.references import is_reference
from portal.domain.roles import Act, Actor
from portal.models.case import Case, CaseClock, Party, PartyRole
from portal.models.person import LocalGovernmentArea
from portal.services import clocks

PAGE = 50
_APPLICANT_FIRST = [PartyRole.APPLICANT_AND_VICTIM, PartyRole.VICTIM]


@dataclass(frozen=True)
class CaseRow:
    """A case in a list.

    Attributes:
        is_open: false for a chair who has still to declare, and sees name and reference only.
        next_state, next_text, next_label: the running clock that ends first, if there is one.
    """

    reference: str
    name: str
    lga: str
    stage_label: str
    received_at: dt.datetime | None
    is_open: bool = True
    next_label: str = ""
    next_state: str = ""
    next_text: str = ""
    next_due_on: dt.date | None = None


@dataclass(frozen=True)
class CaseList:
    """A page of cases, and the key of the next page if there is one."""

    rows: tuple[CaseRow, ...]
    after: str = ""


@dataclass(frozen=True)
class DueGroup:
    """What is due, under one heading."""

    heading: str
    rows: tuple[CaseRow, ...]


def list_cases(actor: Actor, after: str = "") -> CaseList:
    """Return the actor's cases, the newest first, a page at a time.

    Args:
        actor: who asks.
        after: reference of the last case of the page before; an unknown one begins at the top.
    """
    with transaction():
        log.record(actor, Act.LIST_CASES.value)
        query = cases_for(actor).order_by(Case.received_at.desc(), Case.id.desc())
        last = _last_of_page(actor, after)
        if last is not None:
            key = sa.tuple_(Case.received_at, Case.id)
            query = query.where(key < sa.tuple_(last.received_at, last.id))
        found = db.session.scalars(query.limit(PAGE + 1)).all()
        rows = _rows(actor, found[:PAGE])
        return CaseList(rows, found[PAGE - 1].reference if len(found) > PAGE else "")


def _last_of_page(actor: Actor, after: str) -> Case | None:
    if not is_reference(after):
        return None
    return db.session.scalars(cases_for(actor).where(Case.reference == after)).one_or_none()


def due_for(actor: Actor) -> list[DueGroup]:
    """Return the actor's cases with a running clock, grouped by how near its end is.

    The 50 that end first: who has more than that to do first needs no longer list.
    """
    with transaction():
        log.record(actor, Act.OPEN_HOME.value)
        found = db.session.scalars(running_cases_for(actor, clocks.RIGHTS).limit(PAGE)).all()
        rows = sorted(_rows(actor, found), key=_due)
        undeclared = db.session.scalars(undeclared_cases_for(actor).limit(PAGE)).all()
        if not undeclared:
            return _grouped(rows)
        to_declare = DueGroup("Say whether you have a conflict", _rows(actor, undeclared))
        return [to_declare, *_grouped(rows)]


def _due(row: CaseRow) -> dt.date:
    return row.next_due_on or dt.date.max


_HEADINGS = {
    "late": "Late",
    "today": "Today",
    "soon": "In the next 5 working days",
    "later": "Later",
}


def _grouped(rows: Sequence[CaseRow]) -> list[DueGroup]:
    groups = []
    for state, heading in _HEADINGS.items():
        of_state = tuple(row for row in rows if row.next_state == state)
        if of_state:
            groups.append(DueGroup(heading, of_state))
    return groups


def _rows(actor: Actor, found: Sequence[Case]) -> tuple[CaseRow, ...]:
    """Return the rows of a list in a fixed number of queries, however many cases there are."""
    ids = [case.id for case in found]
    names = applicant_names(actor, ids)
    lgas = _lga_names(found)
    running: dict[int, list[CaseClock]] = {}
    for row in db.session.scalars(clocks_for(actor, ids)):
        running.setdefault(row.case_id, []).append(row)
    today = london_day(actor.at)
    off = frozenset(clocks.days_off(actor.area_id, today)) if actor.area_id else frozenset()
    closed = _undeclared(actor)
    shown = []
    for case in found:
        if case.id in closed:
            shown.append(_closed_row(case, names.get(case.id, "")))
            continue
        clock = clocks.next_of(running.get(case.id, []))
        state, text = clocks.describe(clock, today, off) if clock else ("", "")
        shown.append(
            CaseRow(
                reference=case.reference,
                name=names.get(case.id, ""),
                lga=lgas[case.lga_id],
                stage_label=case.stage.label,
                received_at=case.received_at,
                next_label=clocks.LABELS[clock.clock] if clock else "",
                next_state=state,
                next_text=text,
                next_due_on=clock.due_on if clock else None,
            )
        )
    return tuple(shown)


def _undeclared(actor: Actor) -> set[int]:
    query = undeclared_cases_for(actor).with_only_columns(Case.id)
    return set(db.session.scalars(query))


def _closed_row(case: Case, name: str) -> CaseRow:
    return CaseRow(case.reference, name, "", "", None, is_open=False)


def applicant_names(actor: Actor, case_ids: Sequence[int]) -> dict[int, str]:
    """Return the name that each case goes by: the applicant's, or else the victim's."""
    names: dict[int, tuple[int, str]] = {}
    for party in db.session.scalars(parties_for(actor, case_ids)):
        rank = _rank(party)
        if party.case_id not in names or rank < names[party.case_id][0]:
            names[party.case_id] = (rank, party.name)
    return {case_id: name for case_id, (_, name) in names.items()}


def _rank(party: Party) -> int:
    if party.role in _APPLICANT_FIRST:
        return _APPLICANT_FIRST.index(party.role)
    return len(_APPLICANT_FIRST)


def _lga_names(found: Sequence[Case]) -> dict[int, str]:
    rows = db.session.execute(
        sa.select(LocalGovernmentArea.id, LocalGovernmentArea.name).where(
            LocalGovernmentArea.id.in_({case.lga_id for case in found})
        )
    )
    return {row[0]: row[1] for row in rows}
