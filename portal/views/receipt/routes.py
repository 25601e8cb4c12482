"""Pages of what is done on receipt of a request: told, rung, supported."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import first_call, passing_on, receipt_page, support_referrals
from portal.services.changes import EndedMeanwhileError
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame
from portal.views.receipt.forms import (
    CONSENT_WORDS,
    CallForm,
    OfferForm,
    OutcomeForm,
    ReferralForm,
    RungForm,
)
from portal.views.tabs import case_top
from portal.web.conflict import ended_page
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("receipt", __name__)


@bp.get("/cases/<reference:reference>/receipt")
@access(Act.READ_RECEIPT)
def show_receipt(reference: str) -> ResponseReturnValue:
    """Show what was done on receipt of the request."""
    page = receipt_page.open_receipt(the_actor(), reference)
    return render_template("receipt/receipt.html", page=page, case=case_top(page.frame, "receipt"))


@bp.route("/cases/<reference:reference>/receipt/told/<number:number>", methods=["GET", "POST"])
@access(Act.WORK_ON_RECEIPT)
def say_rung(reference: str, number: int) -> ResponseReturnValue:
    """Write down that a body was told by phone."""
    actor = the_actor()
    form = RungForm()
    try:
        if form.validate_on_submit():
            passing_on.say_rung(actor, reference, number, form.token, form.told_whom.data)
            return _done("Recorded", reference)
        frame, body, of_what = receipt_page.open_ring(actor, reference, number)
    except EndedMeanwhileError as error:
        return _ended(reference, form, error, f"told {error.whom}", told_whom=error.reason)
    return _form_page(frame, form, f"Tell {body} of {of_what}", "They have been told")


@bp.route("/cases/<reference:reference>/receipt/call", methods=["GET", "POST"])
@access(Act.WORK_ON_RECEIPT)
def record_call(reference: str) -> ResponseReturnValue:
    """Record a try to reach the applicant; how that is safe stands above the form."""
    actor = the_actor()
    page = first_call.open_call(actor, reference)
    form = CallForm()
    if form.validate_on_submit():
        try:
            first_call.record_call(actor, reference, form.token, _call(form))
        except IntakeError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("Call recorded", reference)
    return _form_page(page.frame, form, "Record a call", "Record the call", safe=page.safe)


def _call(form: Any) -> first_call.TypedCall:
    return first_call.TypedCall(
        tried_on=form.tried_on.data,
        tried_time=form.tried_time.data,
        way=first_call.CallWay(form.way.data),
        used=form.used.data,
        outcome=first_call.CallOutcome(form.outcome.data),
        who_answered=form.who_answered.data,
        said=form.said.data,
        added=form.added.data,
        next_on=form.next_on.data,
    )


@bp.route("/cases/<reference:reference>/receipt/offer/<number:party_id>", methods=["GET", "POST"])
@access(Act.WORK_ON_RECEIPT)
def record_offer(reference: str, party_id: int) -> ResponseReturnValue:
    """Record that support was offered to a victim, and the answer."""
    actor = the_actor()
    page = support_referrals.open_offer(actor, reference, party_id)
    form = OfferForm(data={"wording": CONSENT_WORDS})
    if form.validate_on_submit():
        try:
            support_referrals.record_offer(actor, reference, party_id, form.token, _offer(form))
        except IntakeError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("Offer of support recorded", reference)
    return _form_page(page.frame, form, f"Support offered to {page.name}", "Record the offer")


def _offer(form: Any) -> support_referrals.TypedOffer:
    answer = support_referrals.SupportAnswer(form.answer.data)
    is_yes = answer is support_referrals.SupportAnswer.YES
    return support_referrals.TypedOffer(
        offered_on=form.offered_on.data,
        what=form.what.data,
        answer=answer,
        wording=form.wording.data,
        method=support_referrals.ConsentMethod(form.method.data) if is_yes else None,
    )


@bp.route("/cases/<reference:reference>/receipt/refer/<number:offer_id>", methods=["GET", "POST"])
@access(Act.WORK_ON_RECEIPT)
def refer(reference: str, offer_id: int) -> ResponseReturnValue:
    """Record that a victim who said yes was referred to a service."""
    actor = the_actor()
    form = ReferralForm()
    try:
        page = support_referrals.open_yes(actor, reference, offer_id)
        if form.validate_on_submit():
            support_referrals.refer(
                actor, reference, offer_id, form.token, form.service_name.data, form.sent_on.data
            )
            return _done("Referral recorded", reference)
    except IntakeError as error:
        add_error(form, error.field, str(error))
    except EndedMeanwhileError as error:
        did = "recorded that the yes was taken back"
        return _ended(reference, form, error, did, service_name="")
    return _form_page(
        page.frame,
        form,
        f"Refer {page.name} to a service",
        "Record the referral",
        sentences=[f"{page.name} said yes to this: {page.what}"],
    )


@bp.route(
    "/cases/<reference:reference>/receipt/take-back/<number:offer_id>", methods=["GET", "POST"]
)
@access(Act.WORK_ON_RECEIPT)
def take_back(reference: str, offer_id: int) -> ResponseReturnValue:
    """Record that a victim took their yes to support back."""
    actor = the_actor()
    form = BaseForm()
    try:
        if form.validate_on_submit():
            support_referrals.take_back(actor, reference, offer_id, form.token)
            return _done("Recorded. Tell the service, if one was asked", reference)
        page = support_referrals.open_yes(actor, reference, offer_id)
    except EndedMeanwhileError as error:
        return _ended(reference, form, error, "recorded that the yes was taken back")
    return _form_page(
        page.frame,
        form,
        f"{page.name} takes the yes back",
        "Record that it is taken back",
        sentences=[
            f"They said yes to this: {page.what}",
            "From now on nobody can be referred on it. What was sent stays on the case.",
        ],
    )


@bp.route(
    "/cases/<reference:reference>/receipt/referrals/<number:referral_id>", methods=["GET", "POST"]
)
@access(Act.WORK_ON_RECEIPT)
def say_outcome(reference: str, referral_id: int) -> ResponseReturnValue:
    """Record what became of a referral."""
    actor = the_actor()
    page = support_referrals.open_referral(actor, reference, referral_id)
    form: Any = OutcomeForm()
    if form.validate_on_submit():
        try:
            support_referrals.say_outcome(
                actor,
                reference,
                referral_id,
                form.token,
                support_referrals.ReferralOutcome(form.outcome.data),
                form.on_day.data,
                form.words.data,
            )
        except IntakeError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("Recorded", reference)
    heading = f"What became of the referral to {page.what}?"
    return _form_page(page.frame, form, heading, "Record it")


def _form_page(
    frame: CaseFrame, form: BaseForm, heading: str, button_text: str, **more: Any
) -> ResponseReturnValue:
    html = render_template(
        "receipt/form.html",
        form=form,
        case=case_top(frame, "receipt"),
        heading=heading,
        button_text=button_text,
        **more,
    )
    return html, 422 if form.errors else 200


def _ended(
    reference: str, form: BaseForm, error: EndedMeanwhileError, did: str, **stored: str
) -> ResponseReturnValue:
    return ended_page(
        form,
        stored,
        error,
        did=did,
        back=url_for("receipt.show_receipt", reference=reference),
        frame=receipt_page.open_receipt(the_actor(), reference).frame,
    )


def _done(sentence: str, reference: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("receipt.show_receipt", reference=reference), 303)
