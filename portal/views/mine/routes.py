"""The applicant's side: coming in, and where it stands."""

from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actor import clock, keep_own_cookie, signed_in
from portal.access.routes import access, public
from portal.domain.roles import Act, Actor, Role
from portal.services import accounts, mine_page, mine_sign_in
from portal.views.account.routes import safe_next
from portal.views.mine.forms import KeyForm
from portal.web.forms import BaseForm
from portal.web.kept_forms import where_to_go_on
from portal.web.pages import add_error, the_actor

bp = Blueprint("mine", __name__)


@bp.route("/my/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Come in by reference and code."""
    present = signed_in()
    if present and present.actor.role is Role.APPLICANT:
        return redirect(url_for("mine.show_own_page"), 303)
    form = KeyForm()
    if form.validate_on_submit():
        try:
            new = mine_sign_in.sign_in(_visitor(), form.reference.data, form.code.data)
        except mine_sign_in.WrongKeyError as error:
            add_error(form, "code", str(error))
        else:
            keep_own_cookie(new.token)
            return redirect(_after(new.actor), 303)
    return render_template("mine/sign_in.html", form=form), 422 if form.errors else 200


def _after(actor: Actor) -> str:
    """Return the page that was asked for, with what was typed on it before the sign-in ended."""
    home = url_for("mine.show_own_page")
    asked = safe_next(request.args.get("next"), home)
    return where_to_go_on(actor, asked) or (asked if asked.startswith("/my") else home)


def _visitor() -> Actor:
    job = Actor.job("applicant's sign-in", clock().now())
    return replace(job, address=request.remote_addr or "")


@bp.get("/my")
@access(Act.OPEN_OWN_PAGE)
def show_own_page() -> ResponseReturnValue:
    """Show where it stands, what comes next, and what they can do now."""
    page = mine_page.open_own_page(the_actor())
    return render_template("mine/status.html", page=page, form=BaseForm())


@bp.post("/my/stay")
@access(Act.OPEN_OWN_PAGE)
def stay() -> ResponseReturnValue:
    """Stay signed in."""
    present = signed_in()
    if present is None:
        abort(403)
    accounts.stay(present.actor, present.sign_in_id)
    if request.headers.get("X-Requested-With") == "fetch":
        return "", 204
    flash("You are still signed in", "saved")
    home = url_for("mine.show_own_page")
    return redirect(safe_next(request.form.get("next"), home), 303)
