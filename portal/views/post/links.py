"""The public page of a link: it asks for a code and hands out one paper, and says nothing else."""

from dataclasses import replace

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actor import clock
from portal.access.routes import public
from portal.domain.roles import Actor
from portal.services import link_papers
from portal.views.post.forms import CodeForm
from portal.web.files import WORD, file_answer
from portal.web.forms import BaseForm
from portal.web.headers import no_referrer
from portal.web.pages import add_error

bp = Blueprint("linked_papers", __name__)


def init_app(app: Flask) -> None:
    """Check the forms of these pages by their token alone.

    The address is the key, so their requests carry no referrer, which the check for all other
    forms asks for.
    """
    for view in (open_paper, ask_for_code):
        app.extensions["csrf"].exempt(view)


@bp.route("/papers/<token>", methods=["GET", "POST"])
@public
def open_paper(token: str) -> ResponseReturnValue:
    """Ask for the code; hand out the paper for one that is right."""
    no_referrer()
    form = CodeForm()
    if form.validate_on_submit():
        try:
            paper = link_papers.hand_out(_holder(), token, form.code.data)
        except link_papers.WrongCodeError:
            add_error(form, "code", link_papers.WRONG)
        else:
            return file_answer(paper.content, WORD, paper.name)
    html = render_template("post/paper.html", form=form, asking=BaseForm(), token=token)
    return html, 422 if form.errors else 200


@bp.post("/papers/<token>/code")
@public
def ask_for_code(token: str) -> ResponseReturnValue:
    """Send a new code, if there is such a link; the answer is always the same."""
    no_referrer()
    if BaseForm().validate_on_submit():
        link_papers.ask_for_code(_holder(), token)
        flash("If this link still works, a code is on its way to you", "saved")
    return redirect(url_for("linked_papers.open_paper", token=token), 303)


def _holder() -> Actor:
    job = Actor.job("holder of a link", clock().now())
    return replace(job, address=request.remote_addr or "")
