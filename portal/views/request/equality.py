"""Questions about who asks, after the request was sent: skipped as easily as answered."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import public
from portal.services import equality
from portal.views.request.asking import SEE_OTHER, WRONG, guard
from portal.views.request.equality_form import EqualityForm
from portal.views.request.holding import held_key, writer

bp = Blueprint("request_equality", __name__)
guard(bp)


@bp.route("/request/equality", methods=["GET", "POST"])
@public
def ask() -> ResponseReturnValue:
    """Ask; nothing answered is as good as skipped."""
    form = EqualityForm()
    if form.validate_on_submit():
        answers = form.answers()
        if not any(answers.values()):
            return redirect(url_for("request.sent"), SEE_OTHER)
        equality.count_answers(writer(), held_key(), answers)
        return redirect(url_for("request_equality.ask"), SEE_OTHER)
    page = equality.open_questions(writer(), held_key())
    html = render_template("request/equality.html", form=form, page=page, area=page.area)
    return html, WRONG if form.errors else 200
