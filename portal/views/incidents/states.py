"""The page on which it is said whether a report was found."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import report_states
from portal.services.changes import ChangedMeanwhileError
from portal.services.faults import IntakeError
from portal.services.report_states import ReportState, StatePage, TypedState
from portal.views.incidents.forms import StateForBodyForm, StateForm
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page
from portal.web.pages import add_error, the_actor

bp = Blueprint("report_states", __name__)


@bp.route(
    "/cases/<reference:reference>/reports/report/<number:report_id>/found",
    methods=["GET", "POST"],
)
@access(Act.SET_REPORT_STATE)
def set_state(reference: str, report_id: int) -> ResponseReturnValue:
    """Say whether a report was found."""
    actor = the_actor()
    page = report_states.open_report_state(actor, reference, report_id)
    form = _form(page)
    if form.validate_on_submit():
        try:
            report_states.set_report_state(
                actor, reference, report_id, form.token, _typed(form, page), form.version.data
            )
        except IntakeError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            return _conflict(reference, report_id, form, error)
        else:
            flash("Recorded. The advice is worked out again", "saved")
            return redirect(url_for("cases.show_reports", reference=reference), 303)
    return render_template(
        "cases/report_state.html", form=form, page=page, case=case_top(page.frame, "reports")
    ), 422 if form.errors else 200


def _form(page: StatePage) -> Any:
    form = StateForBodyForm if page.is_for_another else StateForm
    return form(data={"version": page.version})


def _typed(form: Any, page: StatePage) -> TypedState:
    more = (
        {"said_by": form.said_by.data, "said_on": form.said_on.data} if page.is_for_another else {}
    )
    return TypedState(state=ReportState(form.state.data), reason=form.reason.data, **more)


def _conflict(
    reference: str, report_id: int, form: Any, error: ChangedMeanwhileError
) -> ResponseReturnValue:
    page = report_states.open_report_state(the_actor(), reference, report_id)
    form.version.data = page.version
    names = (
        ("state", "said_by", "said_on", "reason") if page.is_for_another else ("state", "reason")
    )
    return conflict_page(
        form,
        {name: getattr(page.typed, name) for name in names},
        error,
        thing="the report",
        back=url_for("cases.show_reports", reference=reference),
        frame=page.frame,
    )
