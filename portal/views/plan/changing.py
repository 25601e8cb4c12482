"""Pages on which a plan's actions are put in order, added, superseded, and a change is opened."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import actions, own_words, plan_changing, plan_order, plan_receipts, planning
from portal.services.actions import ActionError, TypedAction
from portal.services.changes import ChangedMeanwhileError
from portal.services.plan_receipts import HandOverError
from portal.views.actions.forms import agency_choices, power_choices
from portal.views.plan.forms import (
    AddActionForm,
    HandOverForm,
    OrderForm,
    OwnWordsForm,
    SupersedeForm,
)
from portal.views.plan.routes import CHANGED, show
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page
from portal.web.fields import Choice
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("plan_changing", __name__)

_PLAN = "/cases/<reference:reference>/plan"


def _to_plan(reference: str, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("plan.show_plan", reference=reference, _anchor=anchor), 303)


@bp.post(f"{_PLAN}/actions/<number:number>/up", endpoint="move_up", defaults={"up": True})
@bp.post(f"{_PLAN}/actions/<number:number>/down", endpoint="move_down", defaults={"up": False})
@access(Act.WRITE_PLAN)
def move_action(reference: str, number: int, *, up: bool) -> ResponseReturnValue:
    """Put an action one place further up or down."""
    actor = the_actor()
    form = OrderForm()
    if form.validate_on_submit():
        try:
            plan_order.move_action(
                actor, reference, number, form.token, up=up, version=form.version.data
            )
        except ChangedMeanwhileError:
            return show(planning.open_plan(actor, reference), refused=CHANGED, code=409)
    return _to_plan(reference, f"action-{number}")


@bp.route(f"{_PLAN}/actions/add", methods=["GET", "POST"])
@access(Act.WRITE_PLAN)
def add_action(reference: str) -> ResponseReturnValue:
    """Add an action that is agreed after the meeting."""
    actor = the_actor()
    page = actions.open_new_action(actor, reference)
    form = AddActionForm()
    form.owner.choices = [Choice(key, label) for key, label in page.owners]
    form.joining.choices = agency_choices(page.agencies)
    form.power.choices = power_choices(page.powers)
    if form.validate_on_submit():
        try:
            number = actions.add_action(actor, reference, form.token, _typed(form))
        except ActionError as error:
            add_error(form, error.field, str(error))
        else:
            flash(f"Action {number} added", "saved")
            return _to_plan(reference, f"action-{number}")
    html = render_template(
        "plan/add_action.html", page=page, case=case_top(page.frame, "plan"), form=form
    )
    return html, 422 if form.errors else 200


def _typed(form: Any) -> TypedAction:
    return TypedAction(
        what=form.what.data,
        owner=form.owner.data or "",
        due_on=form.due_text.data,
        joining=tuple(int(number) for number in form.joining.data),
        power=form.power.data or "",
        how_we_know=form.how_we_know.data,
        words_for_applicant=form.words_for_applicant.data,
        reason_not_told=form.reason_not_told.data,
    )


@bp.route(f"{_PLAN}/actions/<number:number>/supersede", methods=["GET", "POST"])
@access(Act.WRITE_PLAN)
def supersede_action(reference: str, number: int) -> ResponseReturnValue:
    """Say that an action is no longer part of the plan."""
    actor = the_actor()
    page = plan_order.open_supersede(actor, reference, number)
    form = SupersedeForm(data={"version": page.action.version})
    if form.validate_on_submit():
        reason, version = form.reason.data, form.version.data
        try:
            plan_order.supersede_action(actor, reference, number, form.token, reason, version)
        except ChangedMeanwhileError as error:
            page = plan_order.open_supersede(actor, reference, number)
            form.version.data = page.action.version
            return conflict_page(
                form,
                {"reason": ""},
                error,
                thing=f"action {number}",
                back=url_for("plan.show_plan", reference=reference),
                frame=page.frame,
            )
        flash(f"Action {number} is superseded", "saved")
        return _to_plan(reference, f"action-{number}")
    html = render_template(
        "plan/supersede.html", page=page, case=case_top(page.frame, "plan"), form=form
    )
    return html, 422 if form.errors else 200


@bp.route(f"{_PLAN}/own-words", methods=["GET", "POST"])
@access(Act.WRITE_PLAN)
def keep_own_words(reference: str) -> ResponseReturnValue:
    """Say that words which may point to somebody are the applicant's own."""
    actor = the_actor()
    page = own_words.open_own_words(actor, reference)
    form = OwnWordsForm()
    form.words.choices = [Choice(words, f"“{words}”") for words in page.words]
    if form.validate_on_submit():
        try:
            own_words.keep_own_words(
                actor, reference, form.token, form.words.data, form.reason.data
            )
        except ChangedMeanwhileError:
            add_error(form, "words", "Somebody else has answered for these words")
        else:
            flash("The words stay, with your reason", "saved")
            return _to_plan(reference)
    html = render_template(
        "plan/own_words.html", page=page, case=case_top(page.frame, "plan"), form=form
    )
    return html, 422 if form.errors else 200


@bp.post(f"{_PLAN}/change")
@access(Act.CHANGE_PLAN)
def open_change(reference: str) -> ResponseReturnValue:
    """Open a change of the issued plan."""
    form = BaseForm()
    if form.validate_on_submit():
        plan_changing.open_change(the_actor(), reference, form.token)
        flash("You can change the plan now. The issue before stands until the next one", "saved")
    return _to_plan(reference)


@bp.route(f"{_PLAN}/handed-over", methods=["GET", "POST"])
@access(Act.HAND_OVER)
def record_hand_over(reference: str) -> ResponseReturnValue:
    """Record that the office handed a version to somebody on paper."""
    actor = the_actor()
    page = plan_receipts.open_hand_over(actor, reference)
    form = HandOverForm()
    form.which.choices = [Choice(key, label) for key, label in page.documents]
    if form.validate_on_submit():
        try:
            plan_receipts.record_hand_over(
                actor,
                reference,
                form.token,
                form.which.data,
                form.given_to.data,
                form.handed_on.data,
            )
        except HandOverError as error:
            add_error(form, error.field, str(error))
        else:
            flash("Recorded who got it", "saved")
            return _to_plan(reference, "receipts")
    html = render_template(
        "plan/handed_over.html", page=page, case=case_top(page.frame, "plan"), form=form
    )
    return html, 422 if form.errors else 200
