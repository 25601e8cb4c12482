"""Imports from an agency's own export: each run, what was wrong with it, and what it has added."""

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, enum_type


class ImportState(enum.StrEnum):
    """How far a run has got; “reading”, “checking” and “adding” wait for the worker."""

    READING = "reading"
    COLUMNS = "columns"
    CHECKING = "checking"
    CHECKED = "checked"
    ADDING = "adding"
    ADDED = "added"
    REFUSED = "refused"
    STOPPED = "stopped"


class ImportRun(Base):
    """One file of an agency, on its way into a case.

    Attributes:
        role: in which its starter acted; the worker adds the rows in their name and no other.
        columns: the heading that each field stands under.
        preview: the first rows as they will be.
        total, done: rows of the file, and how many of them have been looked at in this step.
        attempts: of the worker in this step; also tells a lease from the one before.
    """

    __tablename__ = "import_run"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "key"),
        sa.Index("ix_import_run_state_leased", "state", "leased_until"),
        {"info": {"scope": "import"}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"))
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    # Random, not counted: a gap in numbers would tell of another agency's import.
    key: Mapped[str] = mapped_column(sa.String(12))
    started_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(sa.String(40))
    started_at: Mapped[dt.datetime]
    moved_at: Mapped[dt.datetime]
    state: Mapped[ImportState] = mapped_column(enum_type(ImportState))
    file_name: Mapped[str]
    file_digest: Mapped[str] = mapped_column(sa.String(64))
    sheets: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    sheet: Mapped[str] = mapped_column(default="")
    headings: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    columns: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict)
    notes: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    preview: Mapped[list[list[str]]] = mapped_column(sa.JSON, default=list)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    new_incidents: Mapped[int] = mapped_column(default=0)
    new_reports: Mapped[int] = mapped_column(default=0)
    rows_there: Mapped[int] = mapped_column(default=0)
    bad_rows: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(sa.String(500), default="")
    leased_until: Mapped[dt.datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)


class ImportFile(Base):
    """The file of a run; removed as soon as the run has ended."""

    __tablename__ = "import_file"
    __table_args__ = {"info": {"scope": "import"}}

    run_id: Mapped[int] = mapped_column(sa.ForeignKey("import_run.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)


class ImportFault(Base):
    """What is wrong with a row of a run's file; removed together with the file."""

    __tablename__ = "import_fault"
    __table_args__ = {"info": {"scope": "import"}}

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("import_run.id"), index=True)
    row: Mapped[int]
    heading: Mapped[str] = mapped_column(sa.String(120))
    sentence: Mapped[str] = mapped_column(sa.String(300))


class ImportedRow(Base):
    """A row that a case has got from an export: the same row adds nothing a second time."""

    __tablename__ = "imported_row"
    __table_args__ = {"info": {"scope": "import"}}

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("review_case.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("import_run.id"))


class ImportMapping(Base):
    """Under which headings an agency's export has what; asked once and remembered."""

    __tablename__ = "import_mapping"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agency.id"), unique=True)
    columns: Mapped[dict[str, str]] = mapped_column(sa.JSON)
    changed_at: Mapped[dt.datetime]
    changed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
