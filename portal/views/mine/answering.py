"""Pages on which the coordinator reads and answers what the applicant's side wrote."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import applicant_messages
from portal.views.mine.forms import MessageForm
from portal.views.tabs import case_top
from portal.web.forms import BaseForm
from portal.web.pages import the_actor

bp = Blueprint("answering", __name__)


@bp.get("/cases/<reference:reference>/messages")
@access(Act.ANSWER_APPLICANT)
def show_messages(reference: str) -> ResponseReturnValue:
    """Show what the applicant's side and the office wrote to one another."""
    page = applicant_messages.open_messages(the_actor(), reference)
    return render_template(
        "mine/threads.html", page=page, case=case_top(page.frame, "people"), new_form=BaseForm
    )


@bp.route("/cases/<reference:reference>/messages/<number:party_id>", methods=["GET", "POST"])
@access(Act.ANSWER_APPLICANT)
def answer(reference: str, party_id: int) -> ResponseReturnValue:
    """Write to somebody of the applicant's side."""
    actor = the_actor()
    form = MessageForm()
    if form.validate_on_submit():
        applicant_messages.answer(actor, reference, party_id, form.token, form.words.data)
        flash("Sent. It stands on their own page", "saved")
        return redirect(url_for("answering.show_messages", reference=reference), 303)
    page, thread = applicant_messages.open_thread(actor, reference, party_id)
    html = render_template(
        "mine/answer.html", page=page, thread=thread, form=form, case=case_top(page.frame, "people")
    )
    return html, 422 if form.errors else 200


@bp.post("/cases/<reference:reference>/messages/<number:party_id>/read")
@access(Act.ANSWER_APPLICANT)
def mark_read(reference: str, party_id: int) -> ResponseReturnValue:
    """Be done with what somebody wrote, without an answer here."""
    applicant_messages.mark_read(the_actor(), reference, party_id, BaseForm().token)
    flash("Done", "saved")
    return redirect(url_for("answering.show_messages", reference=reference), 303)
