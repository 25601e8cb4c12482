"""Pages on which the coordinator records who stands by a victim."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import support
from portal.services.changes import EndedMeanwhileError
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame
from portal.views.support.forms import SupportForm
from portal.views.tabs import case_top
from portal.web.conflict import ended_page
from portal.web.fields import Choice
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("support", __name__)


@bp.get("/cases/<reference:reference>/support")
@access(Act.RECORD_SUPPORT)
def show_support(reference: str) -> ResponseReturnValue:
    """Show who stands by each victim."""
    page = support.open_support(the_actor(), reference)
    return render_template("support/support.html", page=page, case=case_top(page.frame, "people"))


@bp.route("/cases/<reference:reference>/support/<number:party_id>/add", methods=["GET", "POST"])
@access(Act.RECORD_SUPPORT)
def record_support(reference: str, party_id: int) -> ResponseReturnValue:
    """Record that a victim said yes to a support worker."""
    actor = the_actor()
    page = support.open_support_form(actor, reference, party_id)
    form = SupportForm(data=_only(page))
    form.worker.choices = [Choice(str(number), name) for number, name in page.workers.items()]
    form.accepted_on.label.text = f"When did {page.name} say yes?"
    form.said_yes.label.text = f"{page.name} has said yes to this support worker"
    if form.validate_on_submit():
        try:
            support.record_support(actor, reference, party_id, form.token, _typed(form))
        except IntakeError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("Recorded. They can open the victim’s page now", reference)
    return _form_page(page.frame, form, f"Who stands by {page.name}?", button_text="Record it")


def _only(page: support.SupportForm) -> dict[str, str]:
    """Return the support worker, chosen already where it can be one only."""
    return {"worker": str(next(iter(page.workers)))} if len(page.workers) == 1 else {}


def _typed(form: Any) -> support.TypedSupport:
    return support.TypedSupport(
        person_id=int(form.worker.data),
        accepted_on=form.accepted_on.data,
        method=support.ConsentMethod(form.method.data),
    )


@bp.route("/cases/<reference:reference>/support/<number:support_id>/end", methods=["GET", "POST"])
@access(Act.RECORD_SUPPORT)
def end_support(reference: str, support_id: int) -> ResponseReturnValue:
    """End it that somebody stands by a victim."""
    actor = the_actor()
    form = BaseForm()
    try:
        if form.validate_on_submit():
            support.end_support(actor, reference, form.token, support_id=support_id)
            return _done("Ended. They cannot open the victim’s page any more", reference)
        frame, worker, victim = support.open_ending(actor, reference, support_id)
    except EndedMeanwhileError as error:
        return _ended(reference, form, error)
    return _form_page(
        frame,
        form,
        f"{worker} no longer stands by {victim}",
        button_text="End it",
        warning=True,
        sentences=["From now on they cannot open anything of this case. The statement stays."],
    )


def _ended(reference: str, form: BaseForm, error: EndedMeanwhileError) -> ResponseReturnValue:
    return ended_page(
        form,
        {},
        error,
        did=f"recorded that {error.whom} no longer stands by the victim",
        back=url_for("support.show_support", reference=reference),
        frame=support.open_support(the_actor(), reference).frame,
    )


def _form_page(frame: CaseFrame, form: BaseForm, heading: str, **words: Any) -> ResponseReturnValue:
    return render_template(
        "panel/membership_form.html",
        form=form,
        case=case_top(frame, "people"),
        heading=heading,
        back_to="support.show_support",
        back_label="Who stands by whom",
        **words,
    ), 422 if form.errors else 200


def _done(sentence: str, reference: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("support.show_support", reference=reference), 303)
