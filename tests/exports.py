"""Files as agencies export them, and imports of them at each step."""

import datetime as dt
import io
import secrets
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
import sqlalchemy as sa
from openpyxl.worksheet.worksheet import Worksheet

from portal.access.scope.marks import unscoped
from portal.clock import Clock
from portal.db import db, transaction
from portal.domain.imported_rows import ImportField
from portal.jobs import demo_people
from portal.models.case import Case
from portal.models.imports import ImportFile, ImportRun, ImportState
from portal.services import import_runs, import_work, importing
from tests import cases
from tests.canary import TOKENS
from tests.cases import actor_of, agency_id, person_id, token

DOOR = unscoped("a test looks at what is stored")
HEADINGS = ("Date", "Type", "Description", "Reported", "How", "Ref", "Action")
COLUMNS = dict(zip(ImportField, HEADINGS, strict=True))
POSITIONS = {field: place for place, field in enumerate(ImportField)}
ROW = ("2/11/2026", "Shouting", "He shouted.", "3/11/2026", "101", "WV-1", "Visited")


def csv_of(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> bytes:
    """A CSV file as a program without surprises writes it."""
    lines = [",".join(f'"{cell}"' for cell in row) for row in (headings, *rows)]
    return "\r\n".join(lines).encode()


def rows_of(count: int) -> list[tuple[str, ...]]:
    """Rows of as many incidents, each with one report."""
    return [
        (f"{1 + number % 28}/10/2026", f"Noise {number}", "Loud music.", "1/11/2026", "101",
         f"WV-{number}", "Visited")
        for number in range(count)
    ]  # fmt: skip


def xlsx_of(
    rows: Iterable[Sequence[Any]], change: Callable[[Worksheet], object] | None = None
) -> bytes:
    """A workbook with one sheet; ``change`` does to it what a user would."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """The workbook with a further part, or another content of one that it has."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            if part.filename != name:
                target.writestr(part.filename, source.read(part), zipfile.ZIP_DEFLATED)
        target.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def work(clock: Clock, *, steps: int = 20) -> int:
    """Let the worker do what is due; return how many steps it did."""
    done = 0
    while done < steps and import_work.work_next(clock):
        done += 1
    return done


def upload(
    reference: str,
    content: bytes,
    *,
    email: str = cases.POLICE,
    agency: str | None = None,
    name: str = "export.csv",
) -> str:
    """Hand a file in; return the key of its run."""
    return importing.start_import(
        actor_of(email, cases.ARRANGED_AT),
        reference,
        token(),
        agency_id=agency_id(agency) if agency else None,
        file_name=name,
        content=content,
    )


def match(reference: str, key: str, *, email: str = cases.POLICE) -> None:
    """Match the columns as the headings of this file stand."""
    actor = actor_of(email, cases.ARRANGED_AT)
    page = import_runs.open_columns(actor, reference, key)
    if page is not None:
        importing.match_columns(actor, reference, key, token(), COLUMNS, page.version)


def checked(
    clock: Clock, reference: str, content: bytes, *, email: str = cases.POLICE
) -> import_runs.RunPage:
    """A run that was read, matched and checked."""
    agency = demo_people.POLICE if email == cases.COORDINATOR else None
    key = upload(reference, content, email=email, agency=agency)
    work(clock)
    page = seen(reference, key, email=email)
    if page.state == "columns":
        match(reference, key, email=email)
        work(clock)
    return seen(reference, key, email=email)


def seen(reference: str, key: str, *, email: str = cases.POLICE) -> import_runs.RunPage:
    """The run as its reader sees it."""
    return import_runs.open_run(actor_of(email, cases.ARRANGED_AT), reference, key)


def added(
    clock: Clock, reference: str, content: bytes, *, email: str = cases.POLICE
) -> import_runs.RunPage:
    """A run that went through to its end."""
    key = checked(clock, reference, content, email=email).key
    importing.add_rows(actor_of(email, cases.ARRANGED_AT), reference, key, token())
    work(clock)
    return seen(reference, key, email=email)


@dataclass(frozen=True)
class _Standing:
    """The clock of a case that is made at instants of its own."""

    def now(self) -> dt.datetime:
        return cases.ARRANGED_AT.astimezone(dt.UTC)


def import_for_the_police(reference: str) -> None:
    """Put a token into every text of imports: one is added, one was checked, one has a bad row."""
    title, account, how, number, done = (
        TOKENS[f"imported-{name}"] for name in ("title", "account", "how", "reference", "done")
    )
    row = ("2/11/2026", title, account, "3/11/2026", how, number, done)
    clock, name = _Standing(), TOKENS["import-file-name"]
    first = upload(reference, csv_of(row), name=name)
    work(clock)
    match(reference, first)
    work(clock)
    importing.add_rows(actor_of(cases.POLICE, cases.ARRANGED_AT), reference, first, token())
    upload(reference, csv_of((row[0], TOKENS["import-preview"], *row[2:])), name=name)
    headings = (*HEADINGS, TOKENS["import-heading"])
    bad = (TOKENS["import-bad-cell"], *row[1:])
    last = upload(reference, csv_of((*bad, "x"), headings=headings), name=name)
    work(clock)
    police = actor_of(cases.POLICE, cases.ARRANGED_AT)
    page = import_runs.open_columns(police, reference, last)
    assert page is not None
    columns = COLUMNS | {ImportField.HOW: TOKENS["import-heading"]}
    importing.match_columns(police, reference, last, token(), columns, page.version)
    work(clock)


_RUNS = {
    "run_to_match": ImportState.COLUMNS,
    "run_to_add": ImportState.CHECKED,
    "run_to_stop": ImportState.COLUMNS,
}


def add_runs(reference: str) -> None:
    """Put imports of the police at several steps into a case."""
    number = _number(reference)
    with transaction():
        for name, state in _RUNS.items():
            run = ImportRun(
                case_id=number,
                agency_id=agency_id(demo_people.POLICE),
                key=secrets.token_hex(6),
                started_by_id=person_id(cases.POLICE),
                role="agency_representative",
                started_at=cases.ARRANGED_AT,
                moved_at=cases.ARRANGED_AT,
                state=state,
                file_name=name,
                file_digest="",
                headings=list(HEADINGS),
            )
            db.session.add(run)
            db.session.flush()
            db.session.add(ImportFile(run_id=run.id, content=csv_of(ROW)))


def run_keys(reference: str) -> dict[str, str]:
    """The keys of the imports that ``add_runs`` made."""
    query = sa.select(ImportRun.file_name, ImportRun.key).where(
        ImportRun.case_id == _number(reference)
    )
    found = {row[0]: row[1] for row in db.session.execute(query.execution_options(**DOOR))}
    return {name: found.get(name, "") for name in _RUNS}


def _number(reference: str) -> int:
    query = sa.select(Case.id).where(Case.reference == reference).execution_options(**DOOR)
    return db.session.scalars(query).one()
