"""Pages of an area's versions: listed, read, begun, put in force, taken back."""

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.dates import in_words
from portal.domain.deadlines import london_day
from portal.domain.roles import Act
from portal.services import scheme_draft, scheme_trial, schemes
from portal.views.schemes.forms import PutInForceForm, StartForm
from portal.web.forms import BaseForm, VersionedForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("schemes", __name__)


@bp.get("/admin/scheme")
@access(Act.READ_SCHEME)
def list_versions() -> ResponseReturnValue:
    """List the versions, the draft, and what a new draft can start from."""
    return _list(StartForm(source="in_force"))


def _told(error: schemes.SchemeRefusedError) -> ResponseReturnValue:
    flash(f"{error}", "told")
    return redirect(url_for("schemes.list_versions"), 303)


def _list(form: BaseForm) -> ResponseReturnValue:
    page = schemes.list_versions(the_actor())
    html = render_template("schemes/versions.html", page=page, form=form, take_back=BaseForm())
    return html, 422 if form.errors else 200


@bp.post("/admin/scheme/start")
@access(Act.EDIT_SCHEME)
def start_draft() -> ResponseReturnValue:
    """Begin a draft."""
    form = StartForm()
    if form.validate():
        try:
            schemes.start_draft(the_actor(), form.token, form.source.data)
        except schemes.SchemeRefusedError as error:
            return _told(error)
        return _to_draft()
    return _list(form)


def _to_draft() -> ResponseReturnValue:
    return redirect(url_for("scheme_draft.show_draft"), 303)


@bp.get("/admin/scheme/versions/<int:number>")
@access(Act.READ_SCHEME)
def show_version(number: int) -> ResponseReturnValue:
    """Show what a version says."""
    return render_template("schemes/version.html", page=schemes.open_version(the_actor(), number))


@bp.post("/admin/scheme/versions/<int:number>/take-back")
@access(Act.EDIT_SCHEME)
def take_back(number: int) -> ResponseReturnValue:
    """Make a version whose day has not come the draft again."""
    try:
        schemes.take_back(the_actor(), BaseForm().token, number)
    except schemes.SchemeRefusedError as error:
        return _told(error)
    flash("Taken back. It is the draft again", "saved")
    return _to_draft()


@bp.route("/admin/scheme/draft/put-in-force", methods=["GET", "POST"])
@access(Act.EDIT_SCHEME)
def put_in_force() -> ResponseReturnValue:
    """Show what is warned against and how many past cases would change; then take the day."""
    actor = the_actor()
    form = PutInForceForm(in_force_on=london_day(actor.at))
    # Sent a second time there is no draft any more, and it is not asked for.
    if form.validate_on_submit():
        try:
            schemes.put_in_force(actor, form.token, form.version.data, form.in_force_on.data)
        except schemes.SchemeRefusedError as error:
            add_error(form, error.field, str(error))
        else:
            flash(_put(form.in_force_on.data, london_day(actor.at)), "saved")
            return redirect(url_for("schemes.list_versions"), 303)
    page = scheme_draft.open_form(actor, "put in force")
    if not form.is_submitted():
        form.version.data = page.version
    trial = scheme_trial.try_draft(actor)
    html = render_template("schemes/put_in_force.html", page=page, form=form, trial=trial)
    return html, 422 if form.errors else 200


def _put(on: dt.date, today: dt.date) -> str:
    return "In force from today" if on == today else f"It will be in force from {in_words(on)}"


@bp.route("/admin/scheme/draft/throw-away", methods=["GET", "POST"])
@access(Act.EDIT_SCHEME)
def throw_away() -> ResponseReturnValue:
    """Ask once more, then let go of the draft."""
    actor = the_actor()
    form = VersionedForm()
    if form.validate_on_submit():
        schemes.throw_away(actor, form.token, form.version.data)
        flash("The draft was thrown away", "saved")
        return redirect(url_for("schemes.list_versions"), 303)
    page = scheme_draft.open_form(actor, "throw away")
    form.version.data = page.version
    html = render_template("schemes/throw_away.html", page=page, form=form)
    return html, 422 if form.errors else 200


@bp.get("/admin/scheme/draft/past-cases")
@access(Act.READ_SCHEME)
def try_draft() -> ResponseReturnValue:
    """Show how many past cases the draft would have decided otherwise; the coordinator: which."""
    actor = the_actor()
    trial = scheme_trial.try_draft(actor)
    return render_template("schemes/past_cases.html", trial=trial)
