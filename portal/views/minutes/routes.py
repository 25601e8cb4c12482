"""Pages of the minutes: drafted, corrected, sent round, agreed, issued; an agency's own account."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.gate import CaseNotFoundError
from portal.access.routes import access
from portal.domain.roles import Act
from portal.domain.stages import IllegalMoveError
from portal.services import minutes, minutes_accounts, minutes_drafting, minutes_issuing
from portal.services.changes import ChangedMeanwhileError
from portal.services.minutes import MinutesPage
from portal.services.minutes_accounts import AccountPage
from portal.views.minutes.forms import AccountForm, ChangedForm, DraftForm, StepForm, TextForm
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page
from portal.web.pages import the_actor

bp = Blueprint("minutes", __name__)

_CHANGED = "The minutes have changed since you opened them. Read them again: this is how they stand"


@bp.get("/cases/<reference:reference>/minutes")
@access(Act.READ_MINUTES)
def show_minutes(reference: str) -> ResponseReturnValue:
    """Show the minutes as they stand, and what blocks issuing them."""
    return _show(minutes.open_minutes(the_actor(), reference))


def _show(page: MinutesPage, *, refused: str = "", code: int = 200) -> ResponseReturnValue:
    version = page.draft.version if page.draft else 0
    html = render_template(
        "minutes/minutes.html",
        page=page,
        case=case_top(page.frame, "meeting"),
        draft_form=DraftForm(formdata=None),
        step_form=StepForm(formdata=None, data={"version": version}),
        next_issue=max((document.number for document in page.documents), default=0) + 1,
        errors=[(refused, "#minutes")] if refused else [],
    )
    return html, code


@bp.post("/cases/<reference:reference>/minutes/draft")
@access(Act.WRITE_MINUTES)
def draft_minutes(reference: str) -> ResponseReturnValue:
    """Draft the minutes from the record of the meeting."""
    form = DraftForm()
    if form.validate_on_submit():
        minutes_drafting.draft_minutes(the_actor(), reference, form.token)
        flash("The minutes are drafted", "saved")
    return redirect(_back(reference), 303)


def _back(reference: str) -> str:
    return url_for("minutes.show_minutes", reference=reference)


@bp.route("/cases/<reference:reference>/minutes/texts/<number:number>", methods=["GET", "POST"])
@access(Act.WRITE_MINUTES)
def write_text(reference: str, number: int) -> ResponseReturnValue:
    """Change what a section says, or the account of an agency."""
    actor = the_actor()
    page = minutes.open_text(actor, reference, number)
    form = TextForm(data={"words": page.text.words, "version": page.text.version})
    if form.validate_on_submit():
        try:
            minutes.write_text(
                actor, reference, form.token, number, form.words.data, form.version.data
            )
        except ChangedMeanwhileError as error:
            page = minutes.open_text(actor, reference, number)
            form.version.data = page.text.version
            thing = f"“{page.text.heading}”"
            saved = {"words": page.text.words}
            return conflict_page(
                form, saved, error, thing=thing, back=_back(reference), frame=page.frame
            )
        else:
            flash(f"“{page.text.heading}” is saved", "saved")
            return redirect(_back(reference), 303)
    return _written("minutes/text.html", page, form)


def _written(template: str, page: Any, form: Any) -> ResponseReturnValue:
    html = render_template(template, page=page, case=case_top(page.frame, "meeting"), form=form)
    return html, 422 if form.errors else 200


@bp.route("/cases/<reference:reference>/minutes/changed", methods=["GET", "POST"])
@access(Act.WRITE_MINUTES)
def say_what_changed(reference: str) -> ResponseReturnValue:
    """Say what has changed since the issue before."""
    actor = the_actor()
    page, draft = _drafted(reference)
    form = ChangedForm(data={"words": draft.what_changed, "version": draft.version})
    if form.validate_on_submit():
        try:
            minutes.say_what_changed(
                actor, reference, form.token, form.words.data, form.version.data
            )
        except ChangedMeanwhileError as error:
            page, draft = _drafted(reference)
            form.version.data = draft.version
            saved = {"words": draft.what_changed}
            return conflict_page(
                form, saved, error, thing="the minutes", back=_back(reference), frame=page.frame
            )
        else:
            flash("What has changed is saved", "saved")
            return redirect(_back(reference), 303)
    return _written("minutes/changed.html", page, form)


def _drafted(reference: str) -> tuple[MinutesPage, minutes.ShownMinutes]:
    """Return the minutes for the form that says what has changed: there is an issue before.

    Raises:
        CaseNotFoundError: there is none.
    """
    page = minutes.open_minutes(
        the_actor(), reference, Act.WRITE_MINUTES, thing="what has changed, form"
    )
    if page.draft is None or not page.documents:
        raise CaseNotFoundError(reference)
    return page, page.draft


@bp.post("/cases/<reference:reference>/minutes/send-round")
@access(Act.WRITE_MINUTES)
def send_round(reference: str) -> ResponseReturnValue:
    """Ask each agency to correct its own account."""

    def step(form: StepForm) -> str:
        minutes.send_round(the_actor(), reference, form.token, form.version.data)
        return "Each agency is asked to correct its own account"

    return _step(reference, step)


@bp.post("/cases/<reference:reference>/minutes/agree")
@access(Act.AGREE_MINUTES)
def agree(reference: str) -> ResponseReturnValue:
    """Record that the chair agrees the minutes as they stand."""

    def step(form: StepForm) -> str:
        minutes.agree(the_actor(), reference, form.token, form.version.data)
        return "The minutes are agreed"

    return _step(reference, step)


@bp.post("/cases/<reference:reference>/minutes/issue")
@access(Act.ISSUE_MINUTES)
def issue_minutes(reference: str) -> ResponseReturnValue:
    """Issue the minutes as they stand."""

    def step(form: StepForm) -> str:
        number = minutes_issuing.issue_minutes(
            the_actor(), reference, form.token, form.version.data
        )
        return f"The minutes are issued, as issue {number}"

    return _step(reference, step)


def _step(reference: str, step: Callable[[StepForm], str]) -> ResponseReturnValue:
    """Take one step with the draft as it was read, or say on its page why not."""
    form = StepForm()
    if not form.validate_on_submit():
        return redirect(_back(reference), 303)
    try:
        done = step(form)
    except ChangedMeanwhileError:
        return _refused(reference, _CHANGED)
    except IllegalMoveError as error:
        return _refused(reference, str(error))
    flash(done, "saved")
    return redirect(_back(reference), 303)


def _refused(reference: str, sentence: str) -> ResponseReturnValue:
    return _show(minutes.open_minutes(the_actor(), reference), refused=sentence, code=409)


@bp.route("/cases/<reference:reference>/minutes/account", methods=["GET", "POST"])
@access(Act.CORRECT_ACCOUNT)
def correct_account(reference: str) -> ResponseReturnValue:
    """Correct the account of one's own agency."""
    actor = the_actor()
    page = minutes_accounts.open_account(actor, reference)
    form = AccountForm(data={"words": page.account.words, "version": page.account.version})
    if page.why_not:
        return _account(page, form, code=409 if form.is_submitted() else 200)
    if not form.validate_on_submit():
        return _account(page, form, code=422 if form.errors else 200)
    try:
        minutes_accounts.correct_account(
            actor, reference, form.token, form.words.data, form.version.data
        )
    except ChangedMeanwhileError as error:
        page = minutes_accounts.open_account(actor, reference)
        form.version.data = page.account.version
        back = url_for("cases.show_meeting", reference=reference)
        saved = {"words": page.account.words}
        return conflict_page(form, saved, error, thing="your account", back=back, frame=page.frame)
    flash("Your account is saved", "saved")
    return redirect(url_for("minutes.correct_account", reference=reference), 303)


def _account(page: AccountPage, form: AccountForm, code: int) -> ResponseReturnValue:
    html = render_template(
        "minutes/account.html", page=page, case=case_top(page.frame, "meeting"), form=form
    )
    return html, code
