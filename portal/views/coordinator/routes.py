"""The coordinator's steps from the request to the decision."""

import datetime as dt
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.deadlines import LONDON
from portal.domain.roles import Act
from portal.services import intake
from portal.views.coordinator.forms import CaseForm
from portal.web.fields import Choice
from portal.web.pages import add_error, the_actor

bp = Blueprint("coordinator", __name__)


@bp.route("/cases/new", methods=["GET", "POST"])
@access(Act.TYPE_IN_CASE)
def type_in_case() -> ResponseReturnValue:
    """Type in a request."""
    actor = the_actor()
    form = CaseForm()
    form.lga.choices = [Choice(str(lga_id), name) for lga_id, name in intake.lgas(actor)]
    if form.validate_on_submit():
        try:
            reference = intake.type_in_case(actor, form.token, _typed_case(form))
        except intake.IntakeError as error:
            add_error(form, error.field, str(error))
        else:
            flash(f"Case {reference} added", "saved")
            return redirect(url_for("cases.show_case", reference=reference), 303)
    return render_template("coordinator/new_case.html", form=form), 422 if form.errors else 200


def _typed_case(form: Any) -> intake.TypedCase:
    return intake.TypedCase(
        received_at=dt.datetime.combine(
            form.received_on.data, form.received_time.data, tzinfo=LONDON
        ),
        channel=form.channel.data,
        lga_id=int(form.lga.data),
        applicant_name=form.applicant_name.data,
        applicant_kind=form.applicant_kind.data,
        address=form.address.data,
        phone=form.phone.data,
        email=form.email.data,
        safe_contact=form.safe_contact.data,
        place=form.place.data,
        summary=form.summary.data,
    )
