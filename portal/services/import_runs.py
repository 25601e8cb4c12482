"""What pages show of imports, and the finding of a run for somebody who may know of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import CaseNotFoundError, Opened, glance, load_case
from portal.access.scope.imports import import_agencies_for, import_faults_for, import_runs_for
from portal.db import db, transaction
from portal.domain.import_plan import guess_columns
from portal.domain.imported_rows import Fault, ImportField
from portal.domain.roles import Act, Actor, Role
from portal.models.imports import ImportFault, ImportMapping, ImportRun, ImportState
from portal.models.person import Agency
from portal.services.frames import CaseFrame, frame

FAULTS_ON_A_PAGE = 50
_RUNS_SHOWN = 20
WORKING = frozenset({ImportState.READING, ImportState.CHECKING, ImportState.ADDING})
ENDED = frozenset({ImportState.ADDED, ImportState.REFUSED, ImportState.STOPPED})
FIELDS: dict[ImportField, str] = {
    ImportField.HAPPENED_ON: "Happened on",
    ImportField.TITLE: "What it was",
    ImportField.ACCOUNT: "What happened",
    ImportField.REPORTED_ON: "Reported on",
    ImportField.HOW: "Reported how",
    ImportField.THEIR_REFERENCE: "Their reference",
    ImportField.WHAT_WAS_DONE: "What was done",
}
STATES: dict[str, str] = {
    ImportState.READING: "Reading the file",
    ImportState.COLUMNS: "Waiting for you to match its columns",
    ImportState.CHECKING: "Checking the rows",
    ImportState.CHECKED: "Checked, nothing added yet",
    ImportState.ADDING: "Adding the rows",
    ImportState.ADDED: "Added",
    ImportState.REFUSED: "Not imported",
    ImportState.STOPPED: "Stopped, nothing added",
}


@dataclass(frozen=True)
class RunLine:
    """A run in the list of earlier ones."""

    key: str
    file_name: str
    agency_name: str
    started_at: dt.datetime
    state: str


@dataclass(frozen=True)
class StartPage:
    """What the page needs on which a file is chosen.

    Attributes:
        agencies: to choose from; one for whoever imports for their own agency.
    """

    frame: CaseFrame
    agencies: tuple[tuple[int, str], ...]
    asks_agency: bool
    runs: tuple[RunLine, ...]


@dataclass(frozen=True)
class RunPage:
    """How far a run has got, and what its reader has to do.

    Attributes:
        said: the step in words, with how many rows are done.
        preview_headings, preview: the first rows as they will be.
        faults: of this page; ``after`` leads to the next one, 0 is none.
    """

    frame: CaseFrame
    key: str
    state: str
    state_label: str
    said: str
    is_working: bool
    may_change: bool
    agency_name: str
    file_name: str
    total: int
    done: int
    new_incidents: int
    new_reports: int
    rows_there: int
    bad_rows: int
    fault: str
    notes: tuple[str, ...]
    preview_headings: tuple[str, ...]
    preview: tuple[tuple[str, ...], ...]
    faults: tuple[Fault, ...]
    after: int


@dataclass(frozen=True)
class ColumnsPage:
    """What the page needs on which columns are matched.

    Attributes:
        asks_sheet: one of the sheets has to be chosen first.
        chosen: the heading of each field, as remembered of this agency or else as guessed.
        saved: the heading of each field as it is remembered of this agency now.
        version: of what is remembered; 0 is nothing.
        is_open: columns can be matched now; they can again when the worker has checked the rows,
            unless the run ``is_over``.
    """

    frame: CaseFrame
    key: str
    file_name: str
    agency_name: str
    sheets: tuple[str, ...]
    sheet: str
    asks_sheet: bool
    headings: tuple[str, ...]
    chosen: dict[str, str]
    saved: dict[str, str]
    version: int
    is_open: bool
    is_over: bool


def find_run(actor: Actor, opened: Opened, key: str, *, changing: bool = False) -> ImportRun:
    """Return a run of the case; belongs inside a transaction.

    Raises:
        CaseNotFoundError: there is none, or none for this reader.
    """
    query = import_runs_for(actor, opened.case.id).where(ImportRun.key == key)
    if changing:
        query = query.with_for_update()
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def open_start(actor: Actor, reference: str) -> StartPage:
    """Return the form for a file, with the imports that this reader may know of."""
    with transaction():
        opened = load_case(actor, reference, Act.IMPORT_REPORTS, thing="form")
        found = db.session.scalars(import_runs_for(actor, opened.case.id).limit(_RUNS_SHOWN)).all()
        names = _agency_names(found)
        agencies = db.session.scalars(import_agencies_for(actor)).all()
        return StartPage(
            frame=frame(actor, opened),
            agencies=tuple((each.id, each.name) for each in agencies),
            asks_agency=actor.role is Role.COORDINATOR,
            runs=tuple(
                RunLine(
                    run.key,
                    run.file_name,
                    names[run.agency_id],
                    run.started_at,
                    STATES[run.state],
                )
                for run in found
            ),
        )


def _agency_names(runs: Sequence[ImportRun]) -> dict[int, str]:
    ids = {run.agency_id for run in runs}
    rows = db.session.execute(sa.select(Agency.id, Agency.name).where(Agency.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def open_run(actor: Actor, reference: str, key: str, after: int = 0) -> RunPage:
    """Return how far a run has got.

    Args:
        actor: who asks.
        reference: of the case.
        key: of the run.
        after: number of the row after which faults are shown.

    Raises:
        CaseNotFoundError: there is no such run, or none for this reader.
    """
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE, thing=f"import {key[:12]}")
        run = find_run(actor, opened, key)
        faults, more = _faults(actor, run, after)
        return RunPage(
            frame=frame(actor, opened),
            key=run.key,
            state=run.state.value,
            state_label=STATES[run.state],
            said=_said(run),
            is_working=run.state in WORKING,
            may_change=opened.allows(actor, Act.IMPORT_REPORTS) and run.state not in ENDED,
            agency_name=db.session.get_one(Agency, run.agency_id).name,
            file_name=run.file_name,
            total=run.total,
            done=run.done,
            new_incidents=run.new_incidents,
            new_reports=run.new_reports,
            rows_there=run.rows_there,
            bad_rows=run.bad_rows,
            fault=run.fault,
            notes=tuple(run.notes),
            preview_headings=tuple(FIELDS.values()),
            preview=tuple(tuple(row) for row in run.preview),
            faults=faults,
            after=more,
        )


@dataclass(frozen=True)
class RunProgress:
    """How far a run has got: its step and counts, and nothing of what is in the file."""

    state: str
    said: str
    done: int


def glance_at_run(actor: Actor, reference: str, key: str) -> RunProgress:
    """Return how far a run has got, for the script of its page; no entry in the log.

    Raises:
        CaseNotFoundError: there is no such run, or none for this reader.
    """
    run = find_run(actor, glance(actor, reference, Act.VIEW_CASE), key)
    return RunProgress(run.state.value, _said(run), run.done)


def _said(run: ImportRun) -> str:
    if not run.total or run.state is ImportState.READING:
        return STATES[run.state]
    rows = "row" if run.total == 1 else "rows"
    return f"{STATES[run.state]}: {run.done:,} of {run.total:,} {rows}"


def _faults(actor: Actor, run: ImportRun, after: int) -> tuple[tuple[Fault, ...], int]:
    """Return a page of faults, whole rows only, and the number of its last row if more follow."""
    if not run.bad_rows:
        return (), 0
    query = import_faults_for(actor, run).where(ImportFault.row > after)
    found = db.session.scalars(query.limit(FAULTS_ON_A_PAGE + 1)).all()
    shown = [Fault(each.row, each.heading, each.sentence) for each in found]
    if len(shown) <= FAULTS_ON_A_PAGE:
        return tuple(shown), 0
    cut = shown[-1].row
    whole = [each for each in shown if each.row != cut]
    return tuple(whole), whole[-1].row


def list_bad_rows(actor: Actor, reference: str, key: str) -> list[Fault]:
    """Return everything that is wrong with a run's file, to be downloaded; an entry in the log.

    Raises:
        CaseNotFoundError: there is no such run, or none for this reader.
    """
    with transaction():
        thing = f"import {key[:12]}, bad rows downloaded"
        opened = load_case(actor, reference, Act.VIEW_CASE, thing=thing)
        found = db.session.scalars(import_faults_for(actor, find_run(actor, opened, key)))
        return [Fault(each.row, each.heading, each.sentence) for each in found]


def open_columns(actor: Actor, reference: str, key: str) -> ColumnsPage:
    """Return the form in which columns are matched, also for a run that has moved on.

    Raises:
        CaseNotFoundError: there is no such run, or none for this reader.
    """
    with transaction():
        opened = load_case(actor, reference, Act.IMPORT_REPORTS, thing=f"import {key[:12]}, form")
        run = find_run(actor, opened, key)
        remembered = mapping_of(run.agency_id)
        return ColumnsPage(
            frame=frame(actor, opened),
            key=run.key,
            file_name=run.file_name,
            agency_name=db.session.get_one(Agency, run.agency_id).name,
            sheets=tuple(run.sheets),
            sheet=run.sheet,
            asks_sheet=bool(run.sheets) and not run.headings and not run.sheet,
            headings=tuple(run.headings),
            chosen=_chosen(run, remembered),
            saved=_remembered(run, remembered),
            version=remembered.version if remembered else 0,
            is_open=run.state in {ImportState.COLUMNS, ImportState.CHECKED},
            is_over=run.state in ENDED | {ImportState.ADDING},
        )


def _chosen(run: ImportRun, remembered: ImportMapping | None) -> dict[str, str]:
    if run.columns:
        return dict(run.columns)
    if remembered is None:
        return {field.value: name for field, name in guess_columns(run.headings).items()}
    return _remembered(run, remembered)


def _remembered(run: ImportRun, remembered: ImportMapping | None) -> dict[str, str]:
    columns = remembered.columns if remembered else {}
    return {field: name for field, name in columns.items() if name in run.headings}


def mapping_of(agency_id: int) -> ImportMapping | None:
    """Return what is remembered of an agency's export; belongs inside a transaction."""
    return db.session.scalars(
        sa.select(ImportMapping).where(ImportMapping.agency_id == agency_id)
    ).one_or_none()
