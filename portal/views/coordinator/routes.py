"""The coordinator's steps: the request, the acknowledgement, the decision."""

import datetime as dt
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.dates import LONDON
from portal.domain.letters import letter_of_decision
from portal.domain.roles import Act
from portal.services import advice, assessment, casepage, intake, needs
from portal.services.advice_words import in_plain_words
from portal.services.faults import IntakeError
from portal.views.coordinator.decision_form import decision_form, typed_answers, typed_decision
from portal.views.coordinator.forms import (
    AcknowledgeForm,
    CaseForm,
    NeedForm,
)
from portal.views.tabs import case_top
from portal.web.fields import Choice
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("coordinator", __name__)

# The button that works the advice out from what is typed, and saves nothing.
WORK_OUT_AGAIN = "work_out_again"


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
            return redirect(url_for("details.show_request", reference=reference), 303)
    return render_template("coordinator/new_case.html", form=form), 422 if form.errors else 200


def _typed_case(form: Any) -> intake.TypedCase:
    return intake.TypedCase(
        received_at=dt.datetime.combine(
            form.received_on.data, form.received_time.data, tzinfo=LONDON
        ),
        channel=intake.Channel(form.channel.data),
        lga_id=int(form.lga.data),
        applicant_name=form.applicant_name.data,
        applicant_kind=intake.PartyKind(form.applicant_kind.data),
        address=form.address.data,
        phone=form.phone.data,
        email=form.email.data,
        safe_contact=form.safe_contact.data,
        place=form.place.data,
        summary=form.summary.data,
        **_who_asks(form),
    )


def _who_asks(form: Any) -> dict[str, Any]:
    if form.who_asks.data != "somebody_else":
        return {}
    return {
        "applicant_representative": form.applicant_representative.data,
        "capacity": intake.Capacity(form.capacity.data),
    }


def _form_page(
    reference: str, form: Any, heading: str, button: str, tab: str, act: Act
) -> ResponseReturnValue:
    page = casepage.open_form(the_actor(), reference, act)
    return render_template(
        "cases/form.html",
        back_to="cases.show_case",
        form=form,
        case=case_top(page, tab),
        heading=heading,
        button_text=button,
    ), 422 if form.errors else 200


def _done(sentence: str, endpoint: str, reference: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for(endpoint, reference=reference), 303)


@bp.route("/cases/<reference:reference>/acknowledge", methods=["GET", "POST"])
@access(Act.ACKNOWLEDGE)
def acknowledge(reference: str) -> ResponseReturnValue:
    """Record that the request was acknowledged and passed on."""
    form = AcknowledgeForm()
    if form.validate_on_submit():
        try:
            assessment.acknowledge(the_actor(), reference, form.token, form.acknowledged_on.data)
        except assessment.AssessmentError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("Acknowledged. The agencies’ clock runs", "cases.show_case", reference)
    return _form_page(
        reference, form, "Acknowledge the request", "Record", "overview", Act.ACKNOWLEDGE
    )


@bp.route("/cases/<reference:reference>/threshold", methods=["GET", "POST"])
@access(Act.DECIDE_THRESHOLD)
def decide_threshold(reference: str) -> ResponseReturnValue:
    """Record the threshold decision."""
    actor = the_actor()
    form = decision_form(assessment.relevant_bodies(actor))
    if WORK_OUT_AGAIN not in request.form and form.validate_on_submit():
        try:
            assessment.record_threshold_decision(actor, reference, form.token, typed_decision(form))
        except assessment.AssessmentError as error:
            add_error(form, error.field, str(error))
        else:
            flash("Decision recorded. Now tell the applicant by letter", "saved")
            kind = letter_of_decision(is_met=form.is_met.data == "yes").value
            return redirect(url_for("letters.show_letter", reference=reference, kind=kind), 303)
    page = advice.open_threshold(actor, reference, typed_answers(form))
    form.ask_only(page.asked)
    words = in_plain_words(page)
    if not words.may_refuse:
        form.is_met.choices = [choice for choice in form.is_met.choices if choice.value == "yes"]
    return render_template(
        "coordinator/threshold.html",
        form=form,
        advice=words,
        scheme=page.scheme,
        needs=page.needs,
        need_forms={need.id: BaseForm(formdata=None) for need in page.needs if not need.got_on},
        risk=page.risk,
        case=case_top(page.frame, "overview"),
    ), 422 if form.errors else 200


@bp.route("/cases/<reference:reference>/threshold/more", methods=["GET", "POST"])
@access(Act.ASK_FOR_MORE)
def ask_for_more(reference: str) -> ResponseReturnValue:
    """Write down what is needed before the decision."""
    actor = the_actor()
    page = needs.open_asking(actor, reference)
    form = NeedForm()
    form.agency.choices = [Choice(str(number), name) for number, name in page.agencies.items()]
    if form.validate_on_submit():
        typed = needs.TypedNeed(
            what=form.what.data, agency_id=int(form.agency.data), due_on=form.due_on.data
        )
        try:
            needs.ask_for_more(actor, reference, form.token, typed)
        except IntakeError as error:
            add_error(form, error.field, str(error))
        else:
            return _done(
                "Kept. It stands on your home page until it has come",
                "coordinator.decide_threshold",
                reference,
            )
    return render_template(
        "cases/form.html",
        back_to="coordinator.decide_threshold",
        form=form,
        case=case_top(page.frame, "overview"),
        heading="What you need before you decide",
        button_text="Keep it",
    ), 422 if form.errors else 200


@bp.post("/cases/<reference:reference>/threshold/more/<number:need_id>/come")
@access(Act.ASK_FOR_MORE)
def tick_off(reference: str, need_id: int) -> ResponseReturnValue:
    """Record that what was needed has come."""
    needs.tick_off(the_actor(), reference, need_id, BaseForm().token)
    return _done("Ticked off", "coordinator.decide_threshold", reference)
