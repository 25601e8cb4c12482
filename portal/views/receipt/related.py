"""Pages on which the coordinator says whether another case is the same, related, or neither."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.references import normalise_reference
from portal.domain.roles import Act
from portal.services import related
from portal.services.changes import EndedMeanwhileError
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame
from portal.views.receipt.forms import TakeBackForm, TieForm
from portal.views.tabs import case_top
from portal.web.conflict import ended_page
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("related", __name__)


@bp.get("/cases/<reference:reference>/related")
@access(Act.RELATE_CASES)
def show_related(reference: str) -> ResponseReturnValue:
    """Show the cases that are like this one, and what was found of them."""
    page = related.open_related(the_actor(), reference)
    return render_template("receipt/related.html", page=page, case=case_top(page.frame, "receipt"))


@bp.route("/cases/<reference:reference>/related/say", methods=["GET", "POST"])
@access(Act.RELATE_CASES)
def say_what_it_is(reference: str) -> ResponseReturnValue:
    """Say what another case is to this one."""
    actor = the_actor()
    frame = related.open_saying(actor, reference)
    form: Any = TieForm(data={"other": normalise_reference(request.args.get("other", ""))})
    if form.validate_on_submit():
        kind = related.TieKind(form.kind.data)
        try:
            related.say_what_it_is(
                actor, reference, form.token, form.other.data, kind, form.reason.data
            )
        except IntakeError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("Recorded on both cases", reference)
    return _form_page(frame, form, "What is the other case to this one?", "Record it")


@bp.route("/cases/<reference:reference>/related/<number:tie_id>/undo", methods=["GET", "POST"])
@access(Act.RELATE_CASES)
def take_back(reference: str, tie_id: int) -> ResponseReturnValue:
    """Take back what was said of two cases."""
    actor = the_actor()
    form = TakeBackForm()
    try:
        if form.validate_on_submit():
            related.take_back(actor, reference, tie_id, form.token, form.why.data)
            return _done("Taken back. Both cases keep what was said", reference)
        frame, other, kind = related.open_taking_back(actor, reference, tie_id)
    except EndedMeanwhileError as error:
        return ended_page(
            form,
            {"why": error.reason},
            error,
            did=f"took back what was said of {error.whom}",
            back=url_for("related.show_related", reference=reference),
            frame=related.open_saying(actor, reference),
        )
    return _form_page(frame, form, f"Take back that {other} is {kind}", "Take it back")


def _form_page(
    frame: CaseFrame, form: BaseForm, heading: str, button_text: str
) -> ResponseReturnValue:
    html = render_template(
        "receipt/form.html",
        form=form,
        case=case_top(frame, "receipt"),
        heading=heading,
        button_text=button_text,
        back=url_for("related.show_related", reference=frame.reference),
        back_label="Cases that are alike",
    )
    return html, 422 if form.errors else 200


def _done(sentence: str, reference: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("related.show_related", reference=reference), 303)
