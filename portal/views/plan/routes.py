"""Pages of the plan: drafted, checked by the chair, issued by the coordinator."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.gate import ActRefusedError
from portal.access.routes import access
from portal.access.rules import PLAN_STANDS
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.domain.stages import IllegalMoveError
from portal.services import issuing, planning
from portal.services.changes import ChangedMeanwhileError
from portal.services.planning import PlanPage, TypedDraft
from portal.views.plan.forms import CheckForm, DraftForm, IssueForm, OrderForm
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("plan", __name__)

CHANGED = "The draft has changed since you opened it. Read it again: this is how it stands now"
_TEXTS = ("findings", "what_was_agreed", "next_look_on")
_CHANGES = ("what_changed", "what_changed_for_applicant")


@bp.get("/cases/<reference:reference>/plan")
@access(Act.READ_PLAN_DRAFT)
def show_plan(reference: str) -> ResponseReturnValue:
    """Show both versions of the plan side by side, and what blocks issuing."""
    return show(planning.open_plan(the_actor(), reference))


def show(
    page: PlanPage,
    *,
    issue_form: IssueForm | None = None,
    refused: str = "",
    code: int = 200,
) -> ResponseReturnValue:
    """Return the plan's page, with what was refused as an error above it."""
    issue_form = issue_form or IssueForm(formdata=None)
    errors = [(refused, "#versions")] if refused else issue_form.errors_for()
    html = render_template(
        "plan/plan.html",
        page=page,
        case=case_top(page.frame, "plan"),
        issue_form=issue_form,
        check_form=CheckForm(formdata=None, data={"version": page.draft.version}),
        order_form=OrderForm(formdata=None, data={"version": page.draft.version}),
        button_form=BaseForm(formdata=None),
        next_issue=page.last.number + 1 if page.last else 1,
        errors=errors,
    )
    return html, code


@bp.route("/cases/<reference:reference>/plan/write", methods=["GET", "POST"])
@access(Act.WRITE_PLAN)
def write_draft(reference: str) -> ResponseReturnValue:
    """Write what the plan says besides the actions."""
    actor = the_actor()
    page = planning.open_plan(actor, reference)
    if Act.WRITE_PLAN not in page.frame.open_acts:
        raise ActRefusedError(PLAN_STANDS)
    form = DraftForm(data=_stored(page) | {"version": page.draft.version})
    if page.last is None:
        for name in _CHANGES:
            del form[name]
    if form.validate_on_submit() and _days_fit(actor, form):
        try:
            planning.write_draft(
                actor, reference, form.token, _typed_draft(form), form.version.data
            )
        except ChangedMeanwhileError as error:
            page = planning.open_plan(actor, reference)
            form.version.data = page.draft.version
            back = url_for("plan.show_plan", reference=reference)
            return conflict_page(
                form, _stored(page), error, thing="the draft", back=back, frame=page.frame
            )
        else:
            flash("Draft saved", "saved")
            return redirect(url_for("plan.show_plan", reference=reference), 303)
    html = render_template(
        "plan/write.html", page=page, case=case_top(page.frame, "plan"), form=form
    )
    return html, 422 if form.errors else 200


def _stored(page: PlanPage) -> dict[str, Any]:
    names = _TEXTS if page.last is None else (*_CHANGES, *_TEXTS)
    return {name: getattr(page.draft, name) for name in names}


def _typed_draft(form: Any) -> TypedDraft:
    names = [name for name in (*_CHANGES, *_TEXTS) if name in form]
    return TypedDraft(**{name: form[name].data for name in names})


def _days_fit(actor: Actor, form: DraftForm) -> bool:
    """Refuse a next look that is over."""
    today = london_day(actor.at)
    next_look_on = form.next_look_on.data
    if next_look_on and next_look_on <= today:
        add_error(form, "next_look_on", "The day must be in the future")
    return not form.errors


@bp.post("/cases/<reference:reference>/plan/check")
@access(Act.CHECK_PLAN)
def check_draft(reference: str) -> ResponseReturnValue:
    """Record that the chair has read the draft as it stands."""
    actor = the_actor()
    form = CheckForm()
    if form.validate_on_submit():
        try:
            planning.check_draft(actor, reference, form.token, form.version.data)
        except ChangedMeanwhileError:
            return show(planning.open_plan(actor, reference), refused=CHANGED, code=409)
        flash("The draft is checked", "saved")
    return redirect(url_for("plan.show_plan", reference=reference), 303)


@bp.post("/cases/<reference:reference>/plan/issue")
@access(Act.ISSUE_PLAN)
def issue_plan(reference: str) -> ResponseReturnValue:
    """Issue both versions."""
    actor = the_actor()
    form = IssueForm()
    if not form.validate_on_submit():
        page = planning.open_plan(actor, reference, Act.ISSUE_PLAN)
        return show(page, issue_form=form, code=422)
    try:
        number = issuing.issue_plan(actor, reference, form.token)
    except ChangedMeanwhileError:
        return show(planning.open_plan(actor, reference), refused=CHANGED, code=409)
    except IllegalMoveError as error:
        return show(planning.open_plan(actor, reference), refused=str(error), code=409)
    flash(f"Both versions are issued, as issue {number}", "saved")
    return redirect(url_for("plan.show_plan", reference=reference), 303)
