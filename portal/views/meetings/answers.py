"""Answers to an invite: one's own, by button or as a file; those that the office was told."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.invites import AnswerToInvite
from portal.domain.roles import Act
from portal.services import booking, invite_answers
from portal.services.invite_answers import AnswerError, TypedAnswer
from portal.views.meetings.forms import AnswerFileForm, AnswerForm, ToldAnswerForm
from portal.views.meetings.page import answer_form, meeting_page
from portal.views.tabs import case_top
from portal.web.fields import Choice
from portal.web.pages import add_error, the_actor
from portal.web.uploads import takes_upload

bp = Blueprint("invite_answers", __name__)
_MEETING = "/cases/<reference:reference>/meeting"


@bp.post(f"{_MEETING}/answer")
@access(Act.ANSWER_INVITE)
def answer_invite(reference: str) -> ResponseReturnValue:
    """Answer one's own invite."""
    actor = the_actor()
    page = booking.open_meeting_page(actor, reference, Act.ANSWER_INVITE)
    form = answer_form(page, AnswerForm())
    if form.validate_on_submit():
        try:
            invite_answers.answer_invite(actor, reference, form.token, _typed(form))
        except AnswerError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("Your answer is kept", reference)
    return meeting_page(page, answer=form)


def _typed(form: Any) -> TypedAnswer:
    delegate = form.delegate.data if "delegate" in form else None
    return TypedAnswer(
        answer=AnswerToInvite(form.answer.data),
        delegate_id=int(delegate) if delegate else None,
        comment=form.comment.data,
    )


def _done(sentence: str, reference: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("cases.show_meeting", reference=reference), 303)


@bp.post(f"{_MEETING}/answer-file")
@access(Act.ANSWER_INVITE)
@takes_upload(invite_answers.MOST_BYTES)
def answer_by_file(reference: str) -> ResponseReturnValue:
    """Answer one's own invite by the file that a calendar wrote."""
    actor = the_actor()
    page = booking.open_meeting_page(actor, reference, Act.ANSWER_INVITE)
    form = AnswerFileForm()
    if form.validate_on_submit():
        try:
            content = form.file.data.read()
            invite_answers.answer_by_file(actor, reference, form.token, content)
        except AnswerError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("Your answer is kept", reference)
    return meeting_page(page, file=form)


@bp.route(f"{_MEETING}/answers/add", methods=["GET", "POST"])
@access(Act.RECORD_ANSWER)
def record_answer(reference: str) -> ResponseReturnValue:
    """Type in the answer of somebody who told the office."""
    actor = the_actor()
    page = booking.open_meeting_page(actor, reference, Act.RECORD_ANSWER)
    form = ToldAnswerForm()
    everybody = page.answers.everybody if page.answers else ()
    form.whom.choices = [Choice(each.key, each.name, group=each.agency_name) for each in everybody]
    form.offer(tuple((int(each.key), each.name) for each in everybody if each.key.isdigit()))
    if form.validate_on_submit():
        try:
            invite_answers.record_answer(actor, reference, form.token, form.whom.data, _typed(form))
        except AnswerError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("The answer is kept", reference)
    return render_template(
        "meetings/told_answer.html", form=form, page=page, case=case_top(page.frame, "meeting")
    ), 422 if form.errors else 200
