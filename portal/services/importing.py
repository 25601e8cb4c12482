"""Importing incidents and reports from an agency's own export, step by step.

A request only takes the file, the answers and the decision; the worker reads, checks and adds.
"""

import hashlib
import re
import secrets

import sqlalchemy as sa

from portal.access.gate import Opened, load_case
from portal.access.scope.imports import (
    drop_faults_of,
    drop_file_of,
    import_agencies_for,
    import_runs_for,
)
from portal.db import db
from portal.domain.imported_rows import NEEDED, OF_REPORT, ImportField
from portal.domain.roles import Act, Actor
from portal.domain.text import UnusableTextError, clean_line
from portal.imports.reading import MOST_BYTES, check_file
from portal.imports.tables import FileError
from portal.models.imports import ImportFile, ImportMapping, ImportRun, ImportState
from portal.models.person import Agency
from portal.services.changes import ChangedMeanwhileError, name_of
from portal.services.import_runs import ENDED, find_run, mapping_of
from portal.services.once import once

MOST_UNFINISHED = 5
_FOLDERS = re.compile(r"[/\\]")
_LONGEST_NAME = 200


class ImportingError(Exception):
    """What was chosen cannot be taken; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def start_import(
    actor: Actor,
    reference: str,
    token: str,
    *,
    agency_id: int | None,
    file_name: str,
    content: bytes,
) -> str:
    """Take a file to be read by the worker; return the key of its run.

    Args:
        actor: who imports.
        reference: of the case.
        token: of the form.
        agency_id: whose export it is; none is the actor's own agency.
        file_name: as its owner called it; only ever shown.
        content: at most 10 MB.

    Raises:
        ImportingError: the file is of a kind that is not read, or it is nobody's to import.
    """
    try:
        check_file(content)
    except FileError as error:
        raise ImportingError("file", str(error)) from error
    with once(actor, token) as turn:
        if turn.is_repeat:
            return turn.result
        key = secrets.token_hex(6)
        opened = load_case(actor, reference, Act.IMPORT_REPORTS, thing=f"import {key}")
        agency = _agency(actor, agency_id)
        _check_unfinished(actor, opened)
        run = ImportRun(
            case_id=opened.case.id,
            agency_id=agency.id,
            key=key,
            started_by_id=actor.person_id,
            role=actor.role.value,
            started_at=actor.at,
            moved_at=actor.at,
            state=ImportState.READING,
            file_name=_shown_name(file_name),
            file_digest=hashlib.sha256(content).hexdigest(),
        )
        db.session.add(run)
        db.session.flush()
        db.session.add(ImportFile(run_id=run.id, content=content))
        turn.result = key
    return turn.result


def _agency(actor: Actor, agency_id: int | None) -> Agency:
    wanted = actor.agency_id if agency_id is None else agency_id
    found = db.session.scalars(import_agencies_for(actor).where(Agency.id == wanted)).one_or_none()
    if found is None:
        raise ImportingError("agency", "Select the agency whose export it is")
    return found


def _check_unfinished(actor: Actor, opened: Opened) -> None:
    waiting = import_runs_for(actor, opened.case.id).where(ImportRun.state.not_in(ENDED))
    if len(db.session.scalars(waiting.limit(MOST_UNFINISHED)).all()) == MOST_UNFINISHED:
        raise ImportingError(
            "file",
            f"{MOST_UNFINISHED} imports of this case are not finished yet. "
            "Finish or stop one of them first",
        )


def _shown_name(file_name: str) -> str:
    try:
        name = clean_line(_FOLDERS.split(file_name)[-1])
    except UnusableTextError:
        name = ""
    return name[:_LONGEST_NAME] or "A file without a name"


def choose_sheet(actor: Actor, reference: str, key: str, token: str, sheet: str) -> None:
    """Say which sheet of a workbook is meant; the worker reads it then.

    Raises:
        ImportingError: the workbook has no such sheet.
        ChangedMeanwhileError: the run has moved on.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        run = _run(actor, reference, key)
        if run.state is not ImportState.COLUMNS or run.sheet:
            raise ChangedMeanwhileError(at=run.moved_at)
        if sheet not in run.sheets:
            raise ImportingError("sheet", "Select a sheet")
        run.sheet = sheet
        _hand_to_worker(actor, run, ImportState.READING)


def match_columns(
    actor: Actor,
    reference: str,
    key: str,
    token: str,
    columns: dict[ImportField, str],
    version: int | None,
) -> None:
    """Say under which heading each field stands; it is remembered of the agency.

    Args:
        actor: who says so.
        reference: of the case.
        key: of the run.
        token: of the form.
        columns: heading of each field that the file has.
        version: of what was remembered when the form was opened; 0 was nothing.

    Raises:
        ImportingError: a heading is not one of the file's, or one that is needed is missing.
        ChangedMeanwhileError: the run has moved on, or a colleague has matched columns since.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        run = _run(actor, reference, key)
        if run.state not in {ImportState.COLUMNS, ImportState.CHECKED}:
            raise _matched_by(mapping_of(run.agency_id))
        _check_columns(run, columns)
        run.columns = {field.value: heading for field, heading in columns.items()}
        _remember(actor, run, version)
        db.session.execute(drop_faults_of(run.id))
        _hand_to_worker(actor, run, ImportState.CHECKING)


def _check_columns(run: ImportRun, columns: dict[ImportField, str]) -> None:
    for field in ImportField:
        heading = columns.get(field)
        if heading is not None and heading not in run.headings:
            raise ImportingError(field.value, "Select one of the columns of the file")
        if heading is None and field in NEEDED:
            raise ImportingError(field.value, "Select the column: every row needs it")
    if OF_REPORT & columns.keys() and ImportField.REPORTED_ON not in columns:
        raise ImportingError(
            ImportField.REPORTED_ON.value,
            "Select the column with the day it was reported, or leave out how it was reported, "
            "their reference and what was done",
        )


def _remember(actor: Actor, run: ImportRun, version: int | None) -> None:
    remembered = mapping_of(run.agency_id)
    if (remembered.version if remembered else 0) != version or actor.person_id is None:
        raise _matched_by(remembered)
    if remembered is None:
        remembered = ImportMapping(agency_id=run.agency_id)
        db.session.add(remembered)
    remembered.columns = dict(run.columns)
    remembered.changed_at = actor.at
    remembered.changed_by_id = actor.person_id
    try:
        db.session.flush()
    except sa.exc.IntegrityError as error:  # a colleague was first, a moment ago
        raise ChangedMeanwhileError from error


def _matched_by(remembered: ImportMapping | None) -> ChangedMeanwhileError:
    if remembered is None:
        return ChangedMeanwhileError()
    by = name_of(remembered.changed_by_id)
    return ChangedMeanwhileError(by=by, at=remembered.changed_at)


def add_rows(actor: Actor, reference: str, key: str, token: str) -> None:
    """Let the worker add the rows of a run that was checked and has no bad row.

    A run that is not at this step, or not any more, stays as it is.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.IMPORT_REPORTS, thing=f"import {key[:12]}, add")
        run = find_run(actor, opened, key, changing=True)
        if run.state is ImportState.CHECKED and not run.bad_rows:
            # Whoever presses the button answers for what is added.
            run.started_by_id = actor.person_id or run.started_by_id
            run.role = actor.role.value
            _hand_to_worker(actor, run, ImportState.ADDING)


def stop_import(actor: Actor, reference: str, key: str, token: str) -> bool:
    """Give a run up and remove its file; say whether it could still be stopped."""
    with once(actor, token) as turn:
        if turn.is_repeat:
            return True
        opened = load_case(actor, reference, Act.IMPORT_REPORTS, thing=f"import {key[:12]}, stop")
        run = find_run(actor, opened, key, changing=True)
        if run.state not in ENDED:
            run.state = ImportState.STOPPED
            run.moved_at = actor.at
            run.preview = []
            run.bad_rows = 0
            db.session.execute(drop_faults_of(run.id))
            db.session.execute(drop_file_of(run.id))
        return run.state is ImportState.STOPPED


def _run(actor: Actor, reference: str, key: str) -> ImportRun:
    opened = load_case(actor, reference, Act.IMPORT_REPORTS, thing=f"import {key[:12]}, columns")
    return find_run(actor, opened, key, changing=True)


def _hand_to_worker(actor: Actor, run: ImportRun, state: ImportState) -> None:
    """Put a run before the worker; belongs inside a transaction."""
    run.state = state
    run.moved_at = actor.at
    run.done = 0
    run.bad_rows = 0
    run.leased_until = None
    run.attempts = 0


__all__ = [
    "MOST_BYTES",
    "ImportField",
    "ImportingError",
    "add_rows",
    "choose_sheet",
    "match_columns",
    "start_import",
    "stop_import",
]
