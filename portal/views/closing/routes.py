"""A case is closed, or its request withdrawn."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.domain.stages import IllegalMoveError
from portal.services import casepage, closing
from portal.services.closing import ClosingError, TypedClosing
from portal.services.frames import CaseFrame
from portal.views.closing.forms import CloseForm, WithdrawForm
from portal.views.tabs import case_top
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("closing", __name__)


def _page(
    frame: CaseFrame, form: BaseForm, heading: str, faults: tuple[str, ...] = ()
) -> ResponseReturnValue:
    return render_template(
        "cases/closing.html",
        form=form,
        case=case_top(frame, "overview"),
        heading=heading,
        faults=faults,
    ), 422 if form.errors else 200


def _closed(reference: str, sentence: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("cases.show_case", reference=reference), 303)


@bp.route("/cases/<reference:reference>/close", methods=["GET", "POST"])
@access(Act.CLOSE_CASE)
def close_case(reference: str) -> ResponseReturnValue:
    """Close a case in which nothing is left to do."""
    actor = the_actor()
    page = closing.open_closing(actor, reference)
    form = CloseForm()
    form.ask_only(page.asks)
    if form.validate_on_submit():
        answers = {name: form[name].data for name in page.asks}
        typed = TypedClosing(form.reason.data, **answers)
        try:
            closing.close_case(actor, reference, form.token, typed)
        except ClosingError as error:
            add_error(form, error.field, str(error))
        except IllegalMoveError as error:
            add_error(form, "reason", str(error))
        else:
            return _closed(reference, "Case closed. Ask the applicant how it was")
    return _page(page.frame, form, "Close the case", page.faults)


@bp.route("/cases/<reference:reference>/withdraw", methods=["GET", "POST"])
@access(Act.WITHDRAW_REQUEST)
def withdraw_request(reference: str) -> ResponseReturnValue:
    """Close a case whose applicant does not want the review any more."""
    actor = the_actor()
    form = WithdrawForm()
    frame = casepage.open_form(actor, reference, Act.WITHDRAW_REQUEST)
    if form.validate_on_submit():
        closing.withdraw_request(actor, reference, form.token, form.reason.data)
        return _closed(reference, "Case closed: the request was withdrawn")
    return _page(frame, form, "The request is withdrawn")
