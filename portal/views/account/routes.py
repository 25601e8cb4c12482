"""Pages of the account."""

import re

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.access.actor import TOKEN, clock, forget_cookie, keep_cookie, signed_in
from portal.access.routes import access, public
from portal.domain.roles import Act, Actor, Role
from portal.services import accounts
from portal.views.account.forms import PassphraseForm, RoleForm, SignInForm
from portal.web.choices import Choice
from portal.web.kept_forms import where_to_go_on
from portal.web.pages import add_error, the_actor

bp = Blueprint("account", __name__)

_LOCAL = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f]*")


def safe_next(asked: str | None, home: str) -> str:
    """Return where to go after signing in: a path of this portal or home, never another host."""
    if asked and _LOCAL.fullmatch(asked) and not asked.startswith(url_for("account.sign_in")):
        return asked
    return home


def _safe_next(asked: str | None) -> str:
    return safe_next(asked, url_for("home.show_home"))


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in."""
    present = signed_in()
    if present and present.actor.role is not Role.APPLICANT:
        return redirect(_safe_next(request.args.get("next")), 303)
    form = SignInForm()
    if form.validate_on_submit():
        visitor = _visitor()
        try:
            new = accounts.sign_in(form.email.data, form.passphrase.data, visitor)
        except accounts.SignInError as error:
            add_error(form, "email", str(error))
        else:
            keep_cookie(new.uniquifier, new.token)
            return redirect(_after_sign_in(new.actor), 303)
    return render_template("account/sign_in.html", form=form), 422 if form.errors else 200


def _after_sign_in(actor: Actor) -> str:
    """Return the page that was asked for, with what was typed on it before the sign-in ended."""
    asked = request.args.get("next")
    return _safe_next(where_to_go_on(actor, asked and _safe_next(asked)) or asked)


def _visitor() -> Actor:
    """Return the actor of somebody who is not signed in yet."""
    job = Actor.job("sign_in", clock().now())
    return Actor(
        person_id=None,
        name=job.name,
        role=job.role,
        area_id=None,
        agency_id=None,
        at=job.at,
        address=request.remote_addr or "",
    )


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End this sign-in; harmless for somebody who is signed out already."""
    present = signed_in()
    if present:
        accounts.sign_out(present.actor, session[TOKEN])
    forget_cookie()
    flash("You are signed out", "saved")
    is_own = present is not None and present.actor.role is Role.APPLICANT
    return redirect(url_for("mine.sign_in" if is_own else "account.sign_in"), 303)


@bp.post("/stay")
@access(Act.MANAGE_OWN_ACCOUNT)
def stay() -> ResponseReturnValue:
    """Stay signed in."""
    accounts.stay(the_actor(), _sign_in_id())
    if request.headers.get("X-Requested-With") == "fetch":
        return "", 204
    flash("You are still signed in", "saved")
    return redirect(_safe_next(request.form.get("next")), 303)


@bp.get("/account")
@access(Act.MANAGE_OWN_ACCOUNT)
def show_account() -> ResponseReturnValue:
    """Show who is signed in and what can be changed."""
    present = signed_in()
    return render_template("account/account.html", present=present)


@bp.route("/account/passphrase", methods=["GET", "POST"])
@access(Act.MANAGE_OWN_ACCOUNT)
def change_passphrase() -> ResponseReturnValue:
    """Change one's passphrase."""
    form = PassphraseForm()
    if form.validate_on_submit():
        try:
            new = accounts.change_passphrase(
                the_actor(), _sign_in_id(), form.current.data, form.new.data, form.again.data
            )
        except accounts.PassphraseError as error:
            add_error(form, error.field, str(error))
        else:
            keep_cookie(new.uniquifier, new.token)
            flash("Passphrase changed. You are signed out everywhere else", "saved")
            return redirect(url_for("account.show_account"), 303)
    return render_template("account/passphrase.html", form=form), 422 if form.errors else 200


@bp.route("/account/role", methods=["GET", "POST"])
@access(Act.MANAGE_OWN_ACCOUNT)
def change_role() -> ResponseReturnValue:
    """Act in another of one's roles."""
    form = RoleForm()
    form.role.choices = [
        Choice(str(choice.role_held_id), choice.label)
        for choice in accounts.role_choices(the_actor())
    ]
    if form.validate_on_submit():
        accounts.change_role(the_actor(), _sign_in_id(), int(form.role.data))
        return redirect(url_for("home.show_home"), 303)
    return render_template("account/role.html", form=form), 422 if form.errors else 200


def _sign_in_id() -> int:
    present = signed_in()
    if present is None:
        abort(403)
    return present.sign_in_id
