"""Pages of consent."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import consents, contact_agencies
from portal.services.changes import ChangedMeanwhileError
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame
from portal.views.consent.forms import ConsentForm, ContactAgenciesForm, WithdrawalForm
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page
from portal.web.fields import Choice
from portal.web.pages import add_error, the_actor

bp = Blueprint("consent", __name__)


def _page(frame: CaseFrame, form: Any, heading: str, button: str) -> ResponseReturnValue:
    return render_template(
        "cases/form.html",
        back_to="details.show_request",
        form=form,
        case=case_top(frame, "request"),
        heading=heading,
        button_text=button,
    ), 422 if form.errors else 200


def _done(sentence: str, reference: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("details.show_request", reference=reference), 303)


@bp.route("/cases/<reference:reference>/consent/add", methods=["GET", "POST"])
@access(Act.RECORD_CONSENT)
def record_consent(reference: str) -> ResponseReturnValue:
    """Record that a victim agreed that somebody acts for them."""
    actor = the_actor()
    page = consents.open_consent_form(actor, reference)
    form = ConsentForm(data={"wording": page.wording} | _only(page))
    form.party.choices = [Choice(str(number), name) for number, name in page.victims]
    form.who_acts.choices = [Choice(str(number), name) for number, name in page.who_act]
    if form.validate_on_submit():
        try:
            consents.record_consent(actor, reference, form.token, _typed(form))
        except IntakeError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("Consent recorded", reference)
    return _page(page.frame, form, "Record consent", "Record the consent")


def _only(page: consents.ConsentForm) -> dict[str, str]:
    """Return who acts for them, chosen already where it is one person."""
    return {"who_acts": str(page.who_act[0][0])} if len(page.who_act) == 1 else {}


def _typed(form: Any) -> consents.TypedConsent:
    return consents.TypedConsent(
        party_id=int(form.party.data),
        applicant_representative_id=int(form.who_acts.data),
        covers=tuple(form.covers.data),
        wording=form.wording.data,
        method=consents.ConsentMethod(form.method.data),
        given_on=form.given_on.data,
        evidence=form.evidence.data,
    )


@bp.route(
    "/cases/<reference:reference>/consent/<number:consent_id>/take-back", methods=["GET", "POST"]
)
@access(Act.RECORD_CONSENT)
def withdraw_consent(reference: str, consent_id: int) -> ResponseReturnValue:
    """Record that a consent was taken back."""
    actor = the_actor()
    frame = consents.open_withdrawal(actor, reference, consent_id)
    form = WithdrawalForm()
    if form.validate_on_submit():
        try:
            consents.withdraw_consent(
                actor,
                reference,
                consent_id,
                form.token,
                on=form.withdrawn_on.data,
                reason=form.reason.data,
            )
        except IntakeError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("Recorded that the consent was taken back", reference)
    return _page(frame, form, "Consent taken back", "Record that it was taken back")


@bp.route("/cases/<reference:reference>/consent/contact", methods=["GET", "POST"])
@access(Act.RECORD_CONSENT)
def choose_contact_agencies(reference: str) -> ResponseReturnValue:
    """Say which agencies may have the applicant's address, phone and email."""
    actor = the_actor()
    page = contact_agencies.open_contact_form(actor, reference)
    form = ContactAgenciesForm(data=_stored(page) | {"version": page.version})
    form.agencies.choices = [Choice(str(number), name) for number, name in page.agencies.items()]
    if form.validate_on_submit():
        try:
            contact_agencies.choose_contact_agencies(
                actor,
                reference,
                form.token,
                agency_ids=[int(number) for number in form.agencies.data],
                agreed_on=form.agreed_on.data,
                version=form.version.data,
            )
        except IntakeError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            page = contact_agencies.open_contact_form(actor, reference)
            form.version.data = page.version
            return conflict_page(
                form,
                _stored(page),
                error,
                thing="who may reach the applicant",
                back=url_for("details.show_request", reference=reference),
                frame=page.frame,
            )
        else:
            return _done("Saved who may reach the applicant", reference)
    return _page(page.frame, form, "Who may reach the applicant", "Save")


def _stored(page: contact_agencies.ContactForm) -> dict[str, Any]:
    return {"agencies": [str(number) for number in page.chosen]}
