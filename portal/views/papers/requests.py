"""The page of the information requests: what agencies were asked, and the form that asks one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import information_requests
from portal.services.changes import ChangedMeanwhileError
from portal.services.faults import IntakeError
from portal.services.information_requests import RequestsPage, TypedRequest
from portal.views.papers.forms import RequestForm
from portal.views.tabs import case_top
from portal.web.pages import add_error, the_actor

bp = Blueprint("information_requests", __name__)

_CHANGED = "The case has changed while the request was made. Send the form again"


@bp.get("/cases/<reference:reference>/information-requests")
@access(Act.READ_DOCUMENT)
def show_requests(reference: str) -> ResponseReturnValue:
    """Show what agencies were asked for, as far as it is this reader's."""
    page = information_requests.open_requests(the_actor(), reference)
    return _show(page, RequestForm(page.agencies, formdata=None))


def _show(page: RequestsPage, form: RequestForm) -> ResponseReturnValue:
    html = render_template(
        "papers/requests.html", page=page, case=case_top(page.frame, "documents"), form=form
    )
    return html, 422 if form.errors else 200


@bp.post("/cases/<reference:reference>/information-requests/issue")
@access(Act.REQUEST_INFORMATION)
def issue_request(reference: str) -> ResponseReturnValue:
    """Ask one agency for information."""
    actor = the_actor()
    page = information_requests.open_requests(actor, reference, Act.REQUEST_INFORMATION)
    form = RequestForm(page.agencies)
    if form.validate_on_submit():
        typed = TypedRequest(
            agency_id=int(form.agency.data),
            period_from=form.period_from.data,
            period_to=form.period_to.data,
            extra=form.extra.data,
            what_changed=form.what_changed.data,
        )
        try:
            number = information_requests.issue_request(actor, reference, form.token, typed)
        except IntakeError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError:
            add_error(form, "agency", _CHANGED)
        else:
            name = page.agencies[typed.agency_id]
            flash(f"{name} is asked, with issue {number} of the request", "saved")
            back = url_for("information_requests.show_requests", reference=reference)
            return redirect(back, 303)
    return _show(page, form)
