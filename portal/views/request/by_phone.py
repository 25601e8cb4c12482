"""A coordinator goes on with a saved request for somebody on the phone, and hands it back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import draft_codes
from portal.views.request.asking import SEE_OTHER, WRONG, guard
from portal.views.request.forms import ByPhoneForm
from portal.views.request.holding import hand_back as end_hold
from portal.views.request.holding import is_by_phone, keep_key_by_phone
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("drafts", __name__)
guard(bp)


@bp.route("/drafts/open", methods=["GET", "POST"])
@access(Act.OPEN_DRAFT)
def open_draft() -> ResponseReturnValue:
    """Ask for the number and the code that the person on the phone reads out; go on with it."""
    form = ByPhoneForm()
    if form.validate_on_submit():
        try:
            opened = draft_codes.open_by_code(the_actor(), form.reference.data, form.code.data)
        except draft_codes.WrongCodeError:
            add_error(form, "reference", draft_codes.WRONG_BY_PHONE)
        else:
            if is_by_phone():
                end_hold()
            keep_key_by_phone(opened)
            return redirect(url_for("request.check"), SEE_OTHER)
    return render_template("request/by_phone.html", form=form), WRONG if form.errors else 200


@bp.post("/drafts/hand-back")
@access(Act.OPEN_DRAFT)
def hand_back() -> ResponseReturnValue:
    """End the coordinator's hold: the person goes on with the same number and code."""
    if BaseForm().validate_on_submit() and is_by_phone():
        end_hold()
        flash("Handed back. They go on with the same number and code", "saved")
    return redirect(url_for("drafts.open_draft"), SEE_OTHER)
