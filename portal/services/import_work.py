"""The worker's part of an import: read the file, check its rows, add them all or none.

Each step is leased like a message of the outbox. The file is read outside of any transaction;
what came of it is written in one. A worker that dies in between has written nothing, and after the
lease the step is done again from its beginning.
"""

import datetime as dt
import logging
import traceback
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.scope.imports import (
    drop_faults_of,
    drop_file_of,
)
from portal.access.scope.marks import unscoped
from portal.clock import Clock
from portal.db import db, transaction
from portal.domain.dates import in_words
from portal.domain.deadlines import london_day
from portal.domain.imported_rows import Fault, ImportField, ReadRow, read_row
from portal.imports.reading import open_file
from portal.imports.tables import Contents, FileError
from portal.models.case import Case
from portal.models.imports import ImportFault, ImportFile, ImportRun, ImportState
from portal.services.import_adding import NotOpenError, add_plan, plan_for
from portal.services.import_runs import WORKING, mapping_of

logger = logging.getLogger("portal.imports")

LEASE = dt.timedelta(minutes=2)
PAUSE = dt.timedelta(seconds=5)
MOST_ATTEMPTS = 3
ABANDONED_AFTER = dt.timedelta(days=7)
ROWS_BETWEEN_SIGNS = 500
_PREVIEWED = 10
_WAITING_FOR_PEOPLE = frozenset({ImportState.COLUMNS, ImportState.CHECKED})
_GAVE_UP = "The file could not be worked through. Save it as CSV and import that"
_DOOR = "the worker reads files for nobody’s eyes; whose they are is asked when rows are added"


class _LeaseLostError(Exception):
    """Somebody stopped the run, or another worker has it."""


@dataclass(frozen=True)
class _Leased:
    """A step of a run, with what it needs."""

    id: int
    attempts: int
    state: ImportState
    case_id: int
    reference: str
    area_id: int
    agency_id: int
    key: str
    sheet: str
    columns: dict[str, str]
    content: bytes


def work_next(clock: Clock) -> bool:
    """Do one step of one run; say whether there was one."""
    leased = _lease(clock.now())
    if leased is None:
        return False
    try:
        _STEPS[leased.state](leased, clock)
    except _LeaseLostError:
        logger.info("Import %s was taken away", leased.key)
    except (FileError, NotOpenError) as error:
        _refuse(leased, clock.now(), str(error))
    except Exception as error:
        # Whatever a file makes the worker stumble over, it goes on with the next one.
        db.session.rollback()
        last = traceback.extract_tb(error.__traceback__)[-1]
        logger.warning(
            "Import %s, %s: %s at %s:%s",
            leased.key,
            leased.state.value,
            type(error).__name__,
            last.filename.rsplit("/", 1)[-1],
            last.lineno,
        )
        _try_again(leased, clock.now())
    return True


def _lease(now: dt.datetime) -> _Leased | None:
    with transaction():
        _stop_abandoned(now)
        free = sa.or_(ImportRun.leased_until.is_(None), ImportRun.leased_until < now)
        found = db.session.execute(
            sa.select(ImportRun, ImportFile.content, Case.reference, Case.area_id)
            .join(ImportFile, ImportFile.run_id == ImportRun.id)
            .join(Case, Case.id == ImportRun.case_id)
            .where(ImportRun.state.in_(WORKING), free)
            .order_by(ImportRun.moved_at, ImportRun.id)
            .limit(1)
            .with_for_update(of=ImportRun, skip_locked=True)
            .execution_options(**unscoped(_DOOR))
        ).one_or_none()
        if found is None:
            return None
        run, content, reference, area_id = found
        run.attempts += 1
        if run.attempts > MOST_ATTEMPTS:
            _end(run, ImportState.REFUSED, now, _GAVE_UP)
            return None
        run.leased_until = now + LEASE
        return _Leased(
            id=run.id,
            attempts=run.attempts,
            state=run.state,
            case_id=run.case_id,
            reference=reference,
            area_id=area_id,
            agency_id=run.agency_id,
            key=run.key,
            sheet=run.sheet,
            columns=dict(run.columns),
            content=content,
        )


def _stop_abandoned(now: dt.datetime) -> None:
    """End a run that nobody has gone on with, so that no file is kept for nothing."""
    run = db.session.scalars(
        sa.select(ImportRun)
        .where(ImportRun.state.in_(_WAITING_FOR_PEOPLE), ImportRun.moved_at < now - ABANDONED_AFTER)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(**unscoped(_DOOR))
    ).one_or_none()
    if run is not None:
        _end(run, ImportState.STOPPED, now)


def _end(run: ImportRun, state: ImportState, now: dt.datetime, fault: str = "") -> None:
    run.state = state
    run.moved_at = now
    run.fault = fault
    run.preview = []
    run.bad_rows = 0
    run.leased_until = None
    db.session.execute(drop_faults_of(run.id))
    db.session.execute(drop_file_of(run.id))


def _locked(leased: _Leased) -> ImportRun:
    """Return the run while the lease holds; belongs inside a transaction."""
    run = db.session.scalars(
        sa.select(ImportRun)
        .where(
            ImportRun.id == leased.id,
            ImportRun.attempts == leased.attempts,
            ImportRun.state == leased.state,
        )
        .with_for_update()
        .execution_options(**unscoped(_DOOR))
    ).one_or_none()
    if run is None:
        raise _LeaseLostError
    return run


def _show_progress(leased: _Leased, now: dt.datetime, done: int, total: int) -> None:
    with transaction():
        run = _locked(leased)
        run.done, run.total = done, total
        run.leased_until = now + LEASE


def _refuse(leased: _Leased, now: dt.datetime, sentence: str) -> None:
    with transaction():
        try:
            _end(_locked(leased), ImportState.REFUSED, now, sentence)
        except _LeaseLostError:
            return


def _try_again(leased: _Leased, now: dt.datetime) -> None:
    with transaction():
        try:
            _locked(leased).leased_until = now + PAUSE
        except _LeaseLostError:
            return


def _read(leased: _Leased, clock: Clock) -> None:
    """Find sheets and headings; go on by itself where the agency's columns are remembered."""
    table = open_file(leased.content)
    sheet = leased.sheet or (table.sheets[0] if len(table.sheets) == 1 else "")
    contents = table.read(sheet) if sheet or len(table.sheets) == 1 else None
    with transaction():
        run = _locked(leased)
        run.sheets = list(table.sheets)
        run.sheet = sheet
        run.headings = list(contents.headings) if contents else []
        run.notes = list(contents.notes) if contents else []
        run.total = len(contents.rows) if contents else 0
        remembered = mapping_of(run.agency_id)
        if remembered and set(remembered.columns.values()).issubset(run.headings):
            run.columns = dict(remembered.columns)
            _move(run, ImportState.CHECKING, clock.now())
        else:
            _move(run, ImportState.COLUMNS, clock.now())


def _move(run: ImportRun, state: ImportState, now: dt.datetime) -> None:
    run.state = state
    run.moved_at = now
    run.done = 0
    run.leased_until = None
    run.attempts = 0


def _check(leased: _Leased, clock: Clock) -> None:
    """Read every row, name everything that is wrong, and count what would be added."""
    rows, faults = _rows(leased, clock)
    with transaction():
        known = plan_for(leased.case_id, leased.agency_id, rows)
    with transaction():
        run = _locked(leased)
        _keep_faults(run, faults)
        run.preview = [_as_it_will_be(row) for row in rows[:_PREVIEWED]]
        run.done = run.total
        run.new_incidents = len(known.incidents)
        run.new_reports = known.report_count
        run.rows_there = known.rows_there
        _move(run, ImportState.CHECKED, clock.now())


def _keep_faults(run: ImportRun, faults: Sequence[Fault]) -> None:
    db.session.execute(drop_faults_of(run.id))
    run.bad_rows = len({fault.row for fault in faults})
    db.session.add_all(
        ImportFault(run_id=run.id, row=each.row, heading=each.column, sentence=each.sentence)
        for each in faults
    )


def _as_it_will_be(row: ReadRow) -> list[str]:
    report = row.report
    of_report = [report.how, report.their_reference, report.what_was_done] if report else [""] * 3
    return [
        in_words(row.happened_on) if row.happened_on else "",
        row.title,
        row.account,
        in_words(report.reported_on) if report and report.reported_on else "",
        *of_report,
    ]


def _rows(leased: _Leased, clock: Clock) -> tuple[list[ReadRow], list[Fault]]:
    contents = open_file(leased.content).read(leased.sheet)
    columns = _positions(leased, contents)
    today = london_day(clock.now())
    rows: list[ReadRow] = []
    faults: list[Fault] = []
    for done, raw in enumerate(contents.rows):
        if done % ROWS_BETWEEN_SIGNS == 0:
            _show_progress(leased, clock.now(), done, len(contents.rows))
        found = read_row(raw, columns, contents.headings, today)
        if isinstance(found, ReadRow):
            rows.append(found)
        else:
            faults += found
    return rows, faults


def _positions(leased: _Leased, contents: Contents) -> dict[ImportField, int]:
    return {
        ImportField(field): contents.headings.index(heading)
        for field, heading in leased.columns.items()
    }


def _add(leased: _Leased, clock: Clock) -> None:
    """Add everything in one transaction, in the name of whoever pressed the button."""
    rows, faults = _rows(leased, clock)
    if faults:
        raise FileError(_GAVE_UP)  # it had none when it was checked
    with transaction():
        # First the case and then the run, as requests do: the other way round both could wait.
        db.session.execute(
            sa.select(Case.id)
            .where(Case.id == leased.case_id)
            .with_for_update()
            .execution_options(**unscoped(_DOOR))
        )
        run = _locked(leased)
        added = add_plan(run, leased.reference, leased.area_id, rows, clock.now())
        run.new_incidents = len(added.incidents)
        run.new_reports = added.report_count
        run.rows_there = added.rows_there
        run.done = run.total
        _end(run, ImportState.ADDED, clock.now())


_STEPS = {
    ImportState.READING: _read,
    ImportState.CHECKING: _check,
    ImportState.ADDING: _add,
}
