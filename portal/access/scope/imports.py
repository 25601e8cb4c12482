"""Imports from an agency's export: for the agency whose it is, and for the coordinator."""

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, part
from portal.access.scope.once import built_once
from portal.domain.roles import AGENCY_ROLES, Actor, Role
from portal.models.case import Incident
from portal.models.imports import ImportedRow, ImportFault, ImportFile, ImportRun
from portal.models.person import Agency


def _own(actor: Actor, agency_id: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    if actor.role is Role.COORDINATOR:
        return sa.true()
    return agency_id == actor.agency_id if actor.role in AGENCY_ROLES else sa.false()


@built_once
def import_runs_for(actor: Actor, case_id: int) -> sa.Select[ImportRun]:
    """Select the runs of a case that the actor may know of, the newest first."""
    mine = _own(actor, ImportRun.agency_id)  # type: ignore[arg-type]  # a mapped column is one
    return part(actor, ImportRun, case_id, "import").where(mine).order_by(ImportRun.id.desc())


@built_once
def import_agencies_for(actor: Actor) -> sa.Select[Agency]:
    """Select the agencies whose export the actor may import: their own; for the office, each."""
    mine = _own(actor, Agency.id)  # type: ignore[arg-type]  # a mapped column is one
    return sa.select(Agency).where(Agency.area_id == actor.area_id, mine).order_by(Agency.name)


def import_faults_for(actor: Actor, run: ImportRun) -> sa.Select[ImportFault]:
    """Select what is wrong with the rows of a run, in the order of the file."""
    runs = import_runs_for(actor, run.case_id).with_only_columns(ImportRun.id).order_by(None)
    return (
        sa.select(ImportFault)
        .where(ImportFault.run_id == run.id, ImportFault.run_id.in_(runs))
        .order_by(ImportFault.row, ImportFault.id)
        .execution_options(scope=KNOWING | {"import"})
    )


def imported_rows_of(case_id: int) -> sa.Select[str]:
    """Select the digests of all rows that a case has from exports: to compare, never to show."""
    return (
        sa.select(ImportedRow.digest)
        .where(ImportedRow.case_id == case_id)
        .execution_options(scope=frozenset({"import"}))
    )


def imported_incidents_of(case_id: int, agency_id: int) -> sa.Select[Incident]:
    """Select the incidents that came from an agency's exports before: to compare, never to show."""
    return (
        sa.select(Incident)
        .where(Incident.case_id == case_id, Incident.from_agency_id == agency_id)
        .execution_options(scope=frozenset({"incident"}))
    )


def drop_file_of(run_id: int) -> sa.Delete:
    """Return what removes the file of a run."""
    return (
        sa.delete(ImportFile)
        .where(ImportFile.run_id == run_id)
        .execution_options(scope=frozenset({"import"}))
    )


def drop_faults_of(run_id: int) -> sa.Delete:
    """Return what removes what was wrong with the rows of a run."""
    return (
        sa.delete(ImportFault)
        .where(ImportFault.run_id == run_id)
        .execution_options(scope=frozenset({"import"}))
    )
