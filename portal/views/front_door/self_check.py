"""The self-check: a question a page, and what it advises; nothing is kept anywhere."""

from typing import Any

from flask import Blueprint, Flask, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from portal.access.actor import clock
from portal.access.routes import public
from portal.domain import self_check
from portal.domain.self_check import LAST, Outcome, Question, Reply
from portal.services import area_pages
from portal.services.area_pages import CheckPage
from portal.web.fields import Choice, RadioField, Required
from portal.web.filters import day
from portal.web.forms import BaseForm

bp = Blueprint("self_check", __name__)


def init_app(app: Flask) -> None:
    """Take the answers without a token: nothing is changed by them, and no cookie is needed."""
    app.extensions["csrf"].exempt(ask)


class QuestionForm(BaseForm):
    """One question. It saves nothing, so it holds no token either."""

    answer = RadioField("", size="l", heading=True)

    class Meta(BaseForm.Meta):
        """Settings of WTForms."""

        csrf = False

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.answer.label.text = question.words
        self.answer.description = question.hint
        self.answer.choices = [Choice(reply.value, words) for reply, words in question.answers]
        self.answer.validators = [Required(question.error)]

    def hidden_fields(self) -> list[Field]:
        """Return none: nothing is carried from page to page."""
        return []


@bp.route("/check/<slug>/<number:place>", methods=["GET", "POST"])
@public
def ask(slug: str, place: int) -> ResponseReturnValue:
    """Ask a question; an answer leads to the next one, or to what to do."""
    page = _page(slug)
    if not 1 <= place <= LAST:
        abort(404)
    form = QuestionForm(self_check.question(place, page.numbers, day(page.since)))
    if form.validate_on_submit():
        step = self_check.next_step(place, Reply(form.answer.data), page.numbers)
        return redirect(_address(slug, step), 303)
    html = render_template(
        "front_door/question.html", form=form, area=page.area, place=place, last=LAST
    )
    return html, 422 if form.errors else 200


@bp.get("/check/<slug>/<any(l, m, r, c, b, e):letter>")
@public
def advise(slug: str, letter: str) -> ResponseReturnValue:
    """Say what the check advises; asking is open whatever it says."""
    page = _page(slug)
    directory = area_pages.open_directory(slug)
    return render_template(
        "front_door/outcome.html",
        outcome=Outcome(letter).name.lower(),
        page=page,
        area=page.area,
        directory=directory,
    )


def _page(slug: str) -> CheckPage:
    page = area_pages.open_check(slug, clock().now())
    if page is None:
        abort(404)
    return page


def _address(slug: str, step: int | Outcome) -> str:
    if isinstance(step, Outcome):
        return url_for("self_check.advise", slug=slug, letter=step.value)
    return url_for("self_check.ask", slug=slug, place=step)
