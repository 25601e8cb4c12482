"""Pages of the chair: the declaration, the meeting while it runs, the actions it agrees."""

import datetime as dt
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.dates import in_words
from portal.domain.membership import ConflictKind
from portal.domain.roles import Act, Actor, Role
from portal.services import actions, conflicts, decisions, meeting, opening, panel
from portal.services.actions import ActionError, ActionPage, TypedAction
from portal.services.changes import ChangedMeanwhileError
from portal.services.meeting import RunPage
from portal.services.writing import decision_thing
from portal.views.actions.forms import ChangeActionForm, agency_choices, power_choices
from portal.views.chair.forms import ChangeDecisionForm
from portal.views.chair.table import (
    ACTION,
    DECISION,
    TableForm,
    meeting_day,
    opened_form,
    press,
    show,
)
from portal.views.meeting_screen import form_on_screen, menu_of_meeting
from portal.views.panel.membership_forms import DeclareForm, MemberDeclareForm
from portal.web.conflict import conflict_page
from portal.web.fields import Choice
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("chair", __name__)


@bp.route("/cases/<reference:reference>/declare", methods=["GET", "POST"])
@access(Act.DECLARE_CONFLICT)
def declare(reference: str) -> ResponseReturnValue:
    """Declare to have a conflict of interest; who is to chair, or to have none."""
    actor = the_actor()
    form = DeclareForm() if actor.role is Role.CHAIR else MemberDeclareForm()
    if form.validate_on_submit():
        has_conflict = form.has_conflict.data != "no"
        try:
            panel.declare(
                actor,
                reference,
                form.token,
                has_conflict=has_conflict,
                reason=form.reason.data if has_conflict else "",
                kind=ConflictKind(form.has_conflict.data) if has_conflict else ConflictKind.OTHER,
            )
        except panel.PanelError as error:
            add_error(form, error.field, str(error))
        else:
            return _declared(reference, has_conflict=has_conflict)
    page = conflicts.open_declaration(actor, reference)
    return render_template("chair/declare.html", page=page, form=form), 422 if form.errors else 200


def _declared(reference: str, *, has_conflict: bool) -> ResponseReturnValue:
    if has_conflict:
        flash("You are no longer on this case", "saved")
        return redirect(url_for("cases.list_cases"), 303)
    flash("You have declared that you have no conflict of interest", "saved")
    return redirect(url_for("cases.show_case", reference=reference), 303)


@bp.route("/cases/<reference:reference>/meeting/run", methods=["GET", "POST"])
@access(Act.RUN_MEETING)
def run_meeting(reference: str) -> ResponseReturnValue:
    """Show the chair's page of the meeting, or save its notes."""
    if request.method == "POST":
        return press(reference, _nothing_more)
    actor = the_actor()
    page = meeting.open_run_page(actor, reference)
    return show(page, opened_form(actor, page))


def _nothing_more(_actor: Actor, form: TableForm, _page: RunPage) -> None:
    """Say that the notes are saved, where that is all there was to do."""
    if form.noted.data and "since" not in request.form:
        flash("Notes saved", "saved")


@bp.post("/cases/<reference:reference>/meeting/open")
@access(Act.OPEN_MEETING)
def open_meeting(reference: str) -> ResponseReturnValue:
    """Open the meeting."""
    form = BaseForm()
    if form.validate_on_submit():
        meeting.open_meeting(the_actor(), reference, form.token)
        flash("The meeting is open", "saved")
    return redirect(url_for("chair.run_meeting", reference=reference), 303)


@bp.post("/cases/<reference:reference>/meeting/actions")
@access(Act.RUN_MEETING)
def add_action(reference: str) -> ResponseReturnValue:
    """Record an action."""
    return press(reference, _add_action, ACTION)


def _add_action(actor: Actor, form: TableForm, page: RunPage) -> None:
    due_on = form.chosen_day(meeting_day(page))
    try:
        number = actions.add_action(
            actor, page.frame.reference, form.token, _typed_action(form, due_on)
        )
    except ActionError as error:
        # A ready date was chosen at the radios: there its error stands.
        field = "due" if error.field == "due_text" and form.due_text.is_empty else error.field
        raise ActionError(field, str(error)) from error
    flash(f"Action {number} added, {_by(due_on)}", "saved")


def _by(day: dt.date | None) -> str:
    """Return the day that was understood, as the page says it back."""
    return f"by {in_words(day)}" if day else "without a day"


def _typed_action(form: Any, due_on: dt.date | None) -> TypedAction:
    return TypedAction(
        what=form.what.data,
        owner=form.owner.data or "",
        due_on=due_on,
        joining=tuple(int(number) for number in form.joining.data) if "joining" in form else (),
        power=form.power.data or "",
        how_we_know=form.how_we_know.data,
        words_for_applicant=form.words_for_applicant.data,
        reason_not_told=form.reason_not_told.data,
        look_again_on=form.look_again_on.data if "look_again_on" in form else None,
    )


@bp.post("/cases/<reference:reference>/meeting/decisions")
@access(Act.RUN_MEETING)
def add_decision(reference: str) -> ResponseReturnValue:
    """Record a decision."""
    return press(reference, _add_decision, DECISION)


def _add_decision(actor: Actor, form: TableForm, page: RunPage) -> None:
    meeting.add_decision(actor, page.frame.reference, form.token, form.decision.data)
    flash("Decision added", "saved")


@bp.route("/cases/<reference:reference>/meeting/decisions/<number:number>", methods=["GET", "POST"])
@access(Act.RUN_MEETING)
def change_decision(reference: str, number: int) -> ResponseReturnValue:
    """Correct a decision while the meeting lasts."""
    actor = the_actor()
    page = decisions.open_decision(actor, reference, number)
    form = ChangeDecisionForm(data={"decision": page.decision, "version": page.version})
    back = url_for("chair.run_meeting", reference=reference)
    if form.validate_on_submit():
        try:
            decisions.change_decision(
                actor, reference, number, form.token, form.decision.data, form.version.data
            )
        except ChangedMeanwhileError as error:
            page = decisions.open_decision(actor, reference, number)
            form.version.data = page.version
            return conflict_page(
                form,
                {"decision": page.decision},
                error,
                thing=f"decision {number}",
                back=back,
                frame=page.frame,
                is_projected=True,
            )
        flash(f"Decision {number} saved", "saved")
        return redirect(back, 303)
    return form_on_screen(
        form,
        page.frame,
        f"Decision {number}",
        back,
        is_projected=True,
        writing=decision_thing(number),
        writers=page.writers,
    )


@bp.get("/cases/<reference:reference>/meeting/cover")
@access(Act.RUN_MEETING)
def cover(reference: str) -> ResponseReturnValue:
    """Cover the screen: a page with nothing of the case, which leads back to the safe screen."""
    is_in = opening.cover(the_actor(), reference)
    return render_template("chair/cover.html", reference=reference, applicant_is_in=is_in, menu=[])


@bp.route("/cases/<reference:reference>/actions/<number:number>", methods=["GET", "POST"])
@access(Act.VIEW_CASE)
def change_action(reference: str, number: int) -> ResponseReturnValue:
    """Change an action, in the meeting or while the plan is written."""
    actor = the_actor()
    page = actions.open_action(actor, reference, number)
    form = _change_form(page)
    if form.validate_on_submit():
        try:
            typed = _typed_action(form, form.due_text.data)
            actions.change_action(actor, reference, number, form.token, typed, form.version.data)
        except ActionError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            page = actions.open_action(actor, reference, number)
            form.version.data = page.action.version
            return conflict_page(
                form,
                _stored(page),
                error,
                thing=f"action {number}",
                back=_after_action(page),
                frame=page.frame,
                is_projected=page.is_meeting_open,
            )
        else:
            flash(f"Action {number} saved, {_by(typed.due_on)}", "saved")
            return redirect(_after_action(page), 303)
    menu = {"menu": menu_of_meeting(reference)} if page.is_meeting_open else {}
    html = render_template(
        "chair/change_action.html",
        page=page,
        form=form,
        back=_after_action(page),
        **menu,
    )
    return html, 422 if form.errors else 200


def _change_form(page: ActionPage) -> ChangeActionForm:
    form = ChangeActionForm(data=_stored(page) | {"version": page.action.version})
    form.owner.choices = [Choice(key, label) for key, label in page.owners]
    form.joining.choices = agency_choices(page.agencies)
    form.power.choices = power_choices(page.powers, page.action.power)
    if not page.agencies:
        del form.joining
    return form


def _stored(page: ActionPage) -> dict[str, Any]:
    action = page.action
    joining = [str(number) for number, _ in action.joining]
    return ({"joining": joining} if page.agencies else {}) | {
        "what": action.what,
        "owner": action.owner_key or None,
        "due_text": action.due_on,
        "power": action.power or None,
        "how_we_know": action.how_we_know,
        "words_for_applicant": action.words_for_applicant,
        "reason_not_told": action.reason_not_told,
        "look_again_on": action.look_again_on,
    }


def _after_action(page: ActionPage) -> str:
    if not page.is_meeting_open:
        return url_for("plan.show_plan", reference=page.frame.reference)
    endpoint = "chair.run_meeting" if page.is_led_by_reader else "live.show_live"
    return url_for(endpoint, reference=page.frame.reference)
