"""Adding the rows of an import to their case: all of them or none, each once."""

import datetime as dt
from collections.abc import Sequence

from portal import log
from portal.access.gate import ActRefusedError, CaseNotFoundError, Opened, load_case
from portal.access.on_behalf import acting_for
from portal.access.scope.imports import imported_incidents_of, imported_rows_of
from portal.db import db
from portal.domain.import_plan import ImportPlan, Present, plan_import
from portal.domain.imported_rows import ReadReport, ReadRow
from portal.domain.roles import Act, Actor, Role
from portal.domain.threshold.facts import ReportState
from portal.models.case import Incident, Report, ReportChannel
from portal.models.imports import ImportedRow, ImportRun
from portal.models.person import Agency

ADDED = "reports_imported"


class NotOpenError(Exception):
    """Whoever pressed the button may not import into this case any more; holds a sentence."""


def plan_for(case_id: int, agency_id: int, rows: Sequence[ReadRow]) -> ImportPlan:
    """Return what the rows add to a case as it stands; belongs inside a transaction."""
    incidents = db.session.scalars(imported_incidents_of(case_id, agency_id))
    present = [Present(each.id, each.happened_on, each.title, each.account) for each in incidents]
    known = set(db.session.scalars(imported_rows_of(case_id)))
    return plan_import(agency_id, rows, known, present)


def add_plan(
    run: ImportRun, reference: str, area_id: int, rows: Sequence[ReadRow], at: dt.datetime
) -> ImportPlan:
    """Add what the rows of a run add now, and log it; belongs inside a transaction.

    Raises:
        NotOpenError: the person or the case may not do this any more.
    """
    actor, opened = _open(run, reference, area_id, at)
    plan = plan_for(run.case_id, run.agency_id, rows)
    agency = db.session.get_one(Agency, run.agency_id)
    _add_incidents(run, agency, plan)
    for joined in plan.joined:
        _add_reports(run, agency, joined.incident_id, joined.reports)
    db.session.add_all(
        ImportedRow(case_id=run.case_id, digest=digest, run_id=run.id) for digest in plan.digests
    )
    db.session.flush()
    thing = f"import {run.key}: {len(plan.incidents)} incidents, {plan.report_count} reports"
    log.record(actor, ADDED, reference=opened.case.reference, thing=thing)
    return plan


def _open(run: ImportRun, reference: str, area_id: int, at: dt.datetime) -> tuple[Actor, Opened]:
    role = Role(run.role)
    agency_id = None if role is Role.COORDINATOR else run.agency_id
    actor = acting_for(run.started_by_id, role, area_id, agency_id, at)
    if actor is None:
        raise NotOpenError("Nothing was added: whoever asked for it has another role now")
    try:
        return actor, load_case(actor, reference, Act.IMPORT_REPORTS, thing=f"import {run.key}")
    except (CaseNotFoundError, ActRefusedError) as error:
        raise NotOpenError("Nothing was added: the case is not open for imports now") from error


def _add_incidents(run: ImportRun, agency: Agency, plan: ImportPlan) -> None:
    added = [
        Incident(
            case_id=run.case_id,
            happened_on=each.happened_on,
            title=each.title,
            account=each.account,
            from_agency_id=agency.id,
            import_run_id=run.id,
        )
        for each in plan.incidents
    ]
    db.session.add_all(added)
    db.session.flush()
    for incident, new in zip(added, plan.incidents, strict=True):
        _add_reports(run, agency, incident.id, new.reports)


def _add_reports(
    run: ImportRun, agency: Agency, incident_id: int, reports: Sequence[ReadReport]
) -> None:
    db.session.add_all(
        Report(
            case_id=run.case_id,
            incident_id=incident_id,
            reported_on=each.reported_on,
            agency_id=agency.id,
            reported_to=agency.name,
            channel=ReportChannel.NOT_KNOWN,
            how=each.how,
            their_reference=each.their_reference,
            what_was_done=each.what_was_done,
            # Their own export says so: they have it.
            state=ReportState.CONFIRMED,
            from_agency_id=agency.id,
            import_run_id=run.id,
        )
        for each in reports
    )
