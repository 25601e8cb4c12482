"""Pages of consulting the applicant: asked on paper or by phone, and what they said."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.gate import ActRefusedError
from portal.access.routes import access
from portal.domain.roles import Act, Actor
from portal.services import consulting
from portal.services.asking_by_page import ConsultationError
from portal.services.changes import ChangedMeanwhileError
from portal.services.consulted import ConsultationOutcome, ConsultationWay
from portal.services.consulting import ConsultationPage, TypedAnswer
from portal.views.plan.consulting_forms import AnswerForm, ChangedForm, NotAgainForm, StartForm
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page, ended_page
from portal.web.files import WORD, file_answer
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor
from portal.web.turns import in_turn

bp = Blueprint("consulting", __name__)

_PLAN = "/cases/<reference:reference>/plan"
_ONE = f"{_PLAN}/consultations/<number:number>"
_NOT_NOW = "The coordinator writes down what came of it, while the plan is written"
_CHANGED = "The plan changed meanwhile. Read again what you would ask about"


@bp.route(f"{_PLAN}/consult", methods=["GET", "POST"])
@access(Act.CONSULT_APPLICANT)
def start(reference: str) -> ResponseReturnValue:
    """Begin to consult the applicant."""
    actor = the_actor()
    form = StartForm()
    if form.validate_on_submit():
        way = ConsultationWay(form.way.data)
        try:
            number = consulting.start(actor, reference, form.token, way, form.answer_by.data)
        except ConsultationError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError:
            add_error(form, "way", _CHANGED)
        else:
            return redirect(_address(reference, number), 303)
    page = consulting.open_start(actor, reference)
    html = render_template(
        "plan/consult.html", page=page, case=case_top(page.frame, "plan"), form=form
    )
    return html, 422 if form.errors else 200


def _address(reference: str, number: int) -> str:
    return url_for("consulting.show_consultation", reference=reference, number=number)


@bp.route(_ONE, methods=["GET", "POST"])
@access(Act.READ_PLAN_DRAFT)
def show_consultation(reference: str, number: int) -> ResponseReturnValue:
    """Show what the applicant is asked about, and keep what they say, word for word."""
    actor = the_actor()
    page = consulting.open_consultation(actor, reference, number)
    form = _answer_form(page)
    if not form.is_submitted():
        return _show(page, form)
    _check_open(page)
    if not form.validate_on_submit():
        return _show(page, form)
    try:
        _keep(actor, page, form)
    except ConsultationError as error:
        add_error(form, error.field, str(error))
        return _show(page, form)
    except ChangedMeanwhileError as error:
        page = consulting.open_consultation(actor, reference, number)
        form.version.data = page.consultation.version
        if page.consultation.is_sent and isinstance(form, AnswerForm):
            return ended_page(
                form,
                _stored(page),
                ChangedMeanwhileError(by=page.frame.name, at=error.at),
                did="sent what they think by their page",
                back=_address(reference, number),
                frame=page.frame,
            )
        return conflict_page(
            form,
            {name: value for name, value in _stored(page).items() if name in form},
            error,
            thing=f"the answer to draft {number}",
            back=_address(reference, number),
            frame=page.frame,
        )
    flash("What they said is kept", "saved")
    return redirect(url_for("plan.show_plan", reference=reference), 303)


def _keep(actor: Actor, page: ConsultationPage, form: Any) -> None:
    """Keep what came of it, or of what they sent themselves only what was changed because of it."""
    reference, number = page.frame.reference, page.consultation.number
    sent = (actor, reference, number, form.token)
    if isinstance(form, ChangedForm):
        consulting.write_what_changed(*sent, form.what_changed.data, form.version.data)
        return
    typed = TypedAnswer(
        outcome=ConsultationOutcome(form.outcome.data),
        answer=form.answer.data,
        answered_on=form.answered_on.data,
        what_changed=form.what_changed.data,
    )
    consulting.write_answer(*sent, typed, form.version.data)


def _show(page: ConsultationPage, form: BaseForm) -> ResponseReturnValue:
    html = render_template(
        "plan/consultation.html", page=page, case=case_top(page.frame, "plan"), form=form
    )
    return html, 422 if form.errors else 200


def _answer_form(page: ConsultationPage) -> AnswerForm | ChangedForm:
    # A page that was opened before they sent it posts an answer; it is shown beside theirs.
    was_older = "answer" in request.form
    form = ChangedForm if page.consultation.is_sent and not was_older else AnswerForm
    return form(data=_stored(page) | {"version": page.consultation.version})


def _stored(page: ConsultationPage) -> dict[str, Any]:
    shown = page.consultation
    return {
        "outcome": shown.outcome.value if shown.outcome else None,
        "answer": shown.answer,
        "answered_on": shown.answered_on,
        "what_changed": shown.what_changed,
    }


def _check_open(page: ConsultationPage) -> None:
    if not page.is_open:
        raise ActRefusedError(_NOT_NOW)


@bp.route(f"{_ONE}/not-again", methods=["GET", "POST"])
@access(Act.CONSULT_APPLICANT)
def do_not_ask_again(reference: str, number: int) -> ResponseReturnValue:
    """Say why the applicant is not asked about the words as they are now."""
    actor = the_actor()
    page = consulting.open_consultation(actor, reference, number, Act.CONSULT_APPLICANT)
    stored = {"reason": page.consultation.not_again_because}
    form = NotAgainForm(data=stored | {"version": page.consultation.version})
    if form.validate_on_submit():
        try:
            consulting.do_not_ask_again(
                actor, reference, number, form.token, form.reason.data, form.version.data
            )
        except ChangedMeanwhileError as error:
            page = consulting.open_consultation(actor, reference, number)
            form.version.data = page.consultation.version
            return conflict_page(
                form,
                {"reason": page.consultation.not_again_because},
                error,
                thing=f"the answer to draft {number}",
                back=_address(reference, number),
                frame=page.frame,
            )
        flash("The reason is kept", "saved")
        return redirect(url_for("plan.show_plan", reference=reference), 303)
    html = render_template(
        "plan/not_again.html", page=page, case=case_top(page.frame, "plan"), form=form
    )
    return html, 422 if form.errors else 200


@bp.get(f"{_ONE}/draft.docx")
@access(Act.READ_PLAN_DRAFT)
@in_turn
def download_draft(reference: str, number: int) -> Response:
    """Hand out the draft that the applicant was given, byte for byte."""
    content = consulting.download_draft(the_actor(), reference, number)
    return file_answer(content, WORD, f"{reference}-draft-{number}.docx")
