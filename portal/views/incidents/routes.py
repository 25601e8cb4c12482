"""Pages that add and change incidents and their reports."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.answers import Answer
from portal.domain.roles import Act
from portal.services import incidents
from portal.services.changes import ChangedMeanwhileError
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame
from portal.services.incidents import Reporter, TypedIncident, TypedReport
from portal.views.incidents.forms import (
    NOT_KNOWN,
    ChangeIncidentForm,
    ChangeReportForm,
    IncidentForm,
    ReportForm,
    offer,
)
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page
from portal.web.pages import add_error, the_actor

bp = Blueprint("incidents", __name__)


def _page(frame: CaseFrame, form: Any, heading: str, button: str) -> ResponseReturnValue:
    return render_template(
        "cases/form.html",
        back_to="cases.show_reports",
        form=form,
        case=case_top(frame, "reports"),
        heading=heading,
        button_text=button,
    ), 422 if form.errors else 200


def _done(sentence: str, reference: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("cases.show_reports", reference=reference), 303)


@bp.route("/cases/<reference:reference>/reports/add-incident", methods=["GET", "POST"])
@access(Act.ADD_INCIDENT)
def add_incident(reference: str) -> ResponseReturnValue:
    """Add an incident with its first report."""
    actor = the_actor()
    page = incidents.open_adding(actor, reference)
    form = IncidentForm()
    offer(form, page.agencies, page.makers)
    if form.validate_on_submit():
        typed = _typed_incident(form, _typed_report(form) if _is_reported(form) else None)
        try:
            incidents.add_incident(actor, reference, form.token, typed)
        except IntakeError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("Incident added", reference)
    return _page(page.frame, form, "Add an incident", "Add the incident")


def _is_reported(form: Any) -> bool:
    return bool(form.was_reported.data == "yes")


def _typed_incident(form: Any, report: TypedReport | None = None) -> TypedIncident:
    return TypedIncident(
        happened_on=form.happened_on.data,
        happened_time=form.happened_time.data,
        place=form.place.data,
        title=form.title.data,
        account=form.account.data,
        hate=Answer(form.hate.data) if form.hate.data else None,
        strands=tuple(form.strands.data),
        report=report,
    )


def _typed_report(form: Any) -> TypedReport:
    agency, reporter = form.agency.data, form.reporter.data
    is_party = bool(reporter) and reporter.isdigit()
    return TypedReport(
        reported_on=form.reported_on.data,
        agency_id=int(agency) if agency and agency != NOT_KNOWN else None,
        reported_to=form.reported_to.data,
        spoke_to=form.spoke_to.data,
        channel=incidents.ReportChannel(form.channel.data or NOT_KNOWN),
        how=form.how.data,
        their_reference=form.their_reference.data,
        what_was_done=form.what_was_done.data,
        what_was_promised=form.what_was_promised.data,
        reporter=Reporter.PARTY if is_party else Reporter(reporter) if reporter else None,
        reporter_id=int(reporter) if is_party else None,
    )


@bp.route(
    "/cases/<reference:reference>/reports/<number:incident_id>/add-report", methods=["GET", "POST"]
)
@access(Act.ADD_INCIDENT)
def add_report(reference: str, incident_id: int) -> ResponseReturnValue:
    """Add a further report of an incident."""
    actor = the_actor()
    page = incidents.open_incident(actor, reference, incident_id, Act.ADD_INCIDENT)
    form = ReportForm()
    offer(form, page.agencies, page.makers)
    if form.validate_on_submit():
        try:
            incidents.add_report(actor, reference, incident_id, form.token, _typed_report(form))
        except IntakeError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("Report added", reference)
    return _page(page.frame, form, "Add a report", "Add the report")


@bp.route("/cases/<reference:reference>/reports/<number:incident_id>", methods=["GET", "POST"])
@access(Act.CHANGE_REQUEST)
def change_incident(reference: str, incident_id: int) -> ResponseReturnValue:
    """Change what is known of an incident."""
    actor = the_actor()
    page = incidents.open_incident(actor, reference, incident_id)
    form = ChangeIncidentForm(data=_stored_incident(page.typed) | {"version": page.version})
    if form.validate_on_submit():
        try:
            incidents.change_incident(
                actor, reference, incident_id, form.token, _typed_incident(form), form.version.data
            )
        except IntakeError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            page = incidents.open_incident(actor, reference, incident_id)
            form.version.data = page.version
            return conflict_page(
                form,
                _stored_incident(page.typed),
                error,
                thing="the incident",
                back=url_for("cases.show_reports", reference=reference),
                frame=page.frame,
            )
        else:
            return _done("Incident saved", reference)
    return _page(page.frame, form, "Change the incident", "Save the incident")


def _stored_incident(typed: TypedIncident) -> dict[str, Any]:
    return {
        "happened_on": typed.happened_on,
        "day_not_known": typed.happened_on is None,
        "happened_time": typed.happened_time,
        "place": typed.place,
        "title": typed.title,
        "account": typed.account,
        "hate": typed.hate.value if typed.hate else None,
        "strands": list(typed.strands),
    }


@bp.route("/cases/<reference:reference>/reports/report/<number:report_id>", methods=["GET", "POST"])
@access(Act.CHANGE_REQUEST)
def change_report(reference: str, report_id: int) -> ResponseReturnValue:
    """Change what is known of a report."""
    actor = the_actor()
    page = incidents.open_report(actor, reference, report_id)
    form = ChangeReportForm(data=_stored_report(page.typed) | {"version": page.version})
    offer(form, page.agencies, page.makers)
    if form.validate_on_submit():
        typed = _typed_report(form)
        try:
            incidents.change_report(
                actor, reference, report_id, form.token, typed, form.version.data
            )
        except IntakeError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            page = incidents.open_report(actor, reference, report_id)
            form.version.data = page.version
            return conflict_page(
                form,
                _stored_report(page.typed),
                error,
                thing="the report",
                back=url_for("cases.show_reports", reference=reference),
                frame=page.frame,
            )
        else:
            return _done("Report saved", reference)
    return _page(page.frame, form, "Change the report", "Save the report")


def _stored_report(typed: TypedReport) -> dict[str, Any]:
    has_name = typed.agency_id is None and typed.reported_to
    agency = str(typed.agency_id) if typed.agency_id else NOT_KNOWN
    return {
        "reported_on": typed.reported_on,
        "report_day_not_known": typed.reported_on is None,
        "agency": None if has_name else agency,
        "reported_to": typed.reported_to if has_name else "",
        "spoke_to": typed.spoke_to,
        "channel": typed.channel.value,
        "how": typed.how,
        "their_reference": typed.their_reference,
        "what_was_done": typed.what_was_done,
        "what_was_promised": typed.what_was_promised,
        "reporter": str(typed.reporter_id) if typed.reporter_id else typed.reporter,
    }
