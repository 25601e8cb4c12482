"""The meeting as its panel follows it; a script asks every few seconds whether anything is new."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from portal.access.actor import keep_signed_in
from portal.access.routes import access, poll
from portal.domain.roles import Act
from portal.services import live, writing
from portal.views.live.marks import new_since, since_asked
from portal.web.forms import BaseForm
from portal.web.pages import the_actor

bp = Blueprint("live", __name__)

_LIVE = "/cases/<reference:reference>/meeting/live"
_STAYED = "Portal-Stayed"
_CHAIRS = "run"


@bp.get(_LIVE)
@access(Act.VIEW_CASE)
def show_live(reference: str) -> ResponseReturnValue:
    """Show agenda, who is here and the actions, as they are now."""
    actor = the_actor()
    page = live.open_live(actor, reference)
    return render_template(
        "live/live.html", page=page, new=new_since(page.actions, since_asked(), actor.person_id)
    )


@bp.get(f"{_LIVE}/latest")
@access(Act.VIEW_CASE)
@poll
def show_latest(reference: str) -> ResponseReturnValue:
    """Hand the script of an open page what is new; 204 where it knows everything."""
    actor, on_chairs_page = the_actor(), request.args.get("on") == _CHAIRS
    felt = live.feel_pulse(actor, reference, on_chairs_page=on_chairs_page)
    if request.args.get("seen") == live.token_of(felt):
        answer = make_response("", 204)
    else:
        page = live.latest(actor, reference, on_chairs_page=on_chairs_page)
        answer = make_response(
            render_template(
                "live/latest.html",
                page=page,
                new=new_since(page.actions, since_asked(), actor.person_id),
                on_chairs_page=on_chairs_page,
            )
        )
    if felt.is_present and keep_signed_in():
        answer.headers[_STAYED] = "yes"
    return answer


@bp.post(f"{_LIVE}/writing")
@access(Act.VIEW_CASE)
@poll
def keep_writing(reference: str) -> ResponseReturnValue:
    """Take a sign of life from a page in which somebody writes, or that they have left it."""
    if BaseForm().validate_on_submit():
        thing, has_left = request.form.get("thing", ""), "left" in request.form
        writing.keep_writing(the_actor(), reference, thing, has_left=has_left)
    return "", 204
