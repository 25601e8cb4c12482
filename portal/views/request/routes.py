"""A request page by page, from the start to the page that says it was sent."""

from typing import Any

from flask import Blueprint, Flask, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import public
from portal.domain import request_pages
from portal.domain.request_draft import Place
from portal.domain.request_pages import INCIDENTS
from portal.services import draft_codes, draft_links, drafts, request_files, submitting
from portal.services.area_pages import area_of
from portal.services.drafts import DraftPage
from portal.views.request.asking import (
    FROM_CHECK,
    SEE_OTHER,
    WRONG,
    address_of,
    ask,
    back_of,
    draft_for,
    guard,
    heading_of,
    next_address,
)
from portal.views.request.filling import form_for
from portal.views.request.forms import FORMS, BeginForm, CodeForm, ContinueForm, SendForm
from portal.views.request.holding import hand_back, held_key, is_by_phone, keep_key, visitor, writer
from portal.views.request.shown import shown_answers, shown_incidents
from portal.views.request.trap import is_trapped
from portal.web.forms import BaseForm
from portal.web.headers import no_referrer
from portal.web.pages import add_error

bp = Blueprint("request", __name__)
guard(bp)


def init_app(app: Flask) -> None:
    """Check the form of the link's page by its token alone.

    The address is a key, so its request carries no referrer, which the check for all other forms
    asks for.
    """
    app.extensions["csrf"].exempt(continue_by_link)


_TO_CHANGE: dict[str, Any] = {"from": FROM_CHECK}


@bp.route("/request/start/<slug>", methods=["GET", "POST"])
@public
def begin(slug: str) -> ResponseReturnValue:
    """Say what to expect, and begin."""
    area = area_of(slug)
    if area is None:
        abort(404)
    form = BeginForm()
    if form.validate_on_submit():
        if is_trapped(form, "start"):
            return redirect(url_for("request.show_page", page="who"), SEE_OTHER)
        keep_key(drafts.begin(visitor(), slug))
        return redirect(url_for("request.show_page", page="who"), SEE_OTHER)
    return render_template(
        "request/start.html",
        form=form,
        area=area,
        days=drafts.LASTS.days,
    ), WRONG if form.errors else 200


@bp.route("/request/<page>", methods=["GET", "POST"])
@public
def show_page(page: str) -> ResponseReturnValue:
    """Ask one thing, and keep what is answered."""
    if page not in FORMS:
        abort(404)
    place = Place(page)
    draft = draft_for(place)
    if page not in {each.name for each in request_pages.pages_for(draft.answers)}:
        # Where it goes on says what stands in the draft: to nobody who was away for too long.
        draft = drafts.open_draft(writer(), held_key(), page)
        return redirect(next_address(draft, page), SEE_OTHER)
    form = form_for(FORMS[page], draft, draft.answers.at(place))
    return ask(draft, place, form, heading=heading_of(page), back=back_of(draft, page))


@bp.route("/request/later", methods=["GET", "POST"])
@public
def later() -> ResponseReturnValue:
    """Say how to come back; send the link where that is safe."""
    form = BaseForm()
    is_sent = form.validate_on_submit()
    if is_sent:
        draft_links.send(writer(), held_key())
    draft = drafts.open_draft(writer(), held_key(), "later")
    return render_template(
        "request/later.html",
        draft=draft,
        form=form,
        is_sent=is_sent,
        area=draft.area,
    )


@bp.route("/request/check", methods=["GET", "POST"])
@public
def check() -> ResponseReturnValue:
    """Show all answers; send the request once they are said to be true."""
    form = SendForm()
    if form.validate_on_submit():
        if is_trapped(form, "check"):
            return redirect(url_for("request.sent"), SEE_OTHER)
        try:
            submitting.send(writer(), held_key())
        except submitting.NotReadyError as error:
            draft = drafts.open_draft(writer(), held_key(), "check")
            return redirect(address_of(draft, error.page), SEE_OTHER)
        return redirect(url_for("request.sent"), SEE_OTHER)
    draft = drafts.open_draft(writer(), held_key(), "check")
    missing = request_pages.first_open(draft.answers)
    if missing:
        return redirect(address_of(draft, missing), SEE_OTHER)
    html = render_template(
        "request/check.html",
        form=form,
        draft=draft,
        sections=_sections(draft),
        incidents=shown_incidents(draft),
        files=request_files.of_draft(draft.draft_id),
        area=draft.area,
    )
    return html, WRONG if form.errors else 200


def _sections(draft: DraftPage) -> list[tuple[str, str, Any]]:
    """Return address, heading and answers of each page; of incidents there is a list apart."""
    return [
        (
            url_for("request.show_page", page=page.name, **_TO_CHANGE),
            page.heading,
            shown_answers(FORMS[page.name], draft, draft.answers.page(page.name)),
        )
        for page in request_pages.pages_for(draft.answers)
        if page.name != INCIDENTS
    ]


@bp.get("/request/sent")
@public
def sent() -> ResponseReturnValue:
    """Say that the request was sent, with its reference."""
    reference, area = submitting.open_sent(writer(), held_key())
    if is_by_phone():
        hand_back()
        return redirect(url_for("cases.show_case", reference=reference), SEE_OTHER)
    return render_template("request/sent.html", reference=reference, area=area)


@bp.route("/request/continue", methods=["GET", "POST"])
@public
def continue_draft() -> ResponseReturnValue:
    """Ask for number and code; go on where it was left."""
    form = ContinueForm()
    if form.validate_on_submit():
        try:
            key = draft_codes.open_by_code(visitor(), form.reference.data, form.code.data)
        except draft_codes.WrongCodeError:
            add_error(form, "reference", draft_codes.WRONG)
        else:
            keep_key(key)
            return redirect(url_for("request.check"), SEE_OTHER)
    return render_template("request/continue.html", form=form), WRONG if form.errors else 200


@bp.route("/request/continue/<token>", methods=["GET", "POST"])
@public
def continue_by_link(token: str) -> ResponseReturnValue:
    """Ask for the code that goes with a link; go on where it was left."""
    no_referrer()
    form = CodeForm()
    if form.validate_on_submit():
        try:
            key = draft_codes.open_by_link(visitor(), token, form.code.data)
        except draft_codes.WrongCodeError:
            add_error(form, "code", draft_codes.WRONG_BY_LINK)
        else:
            keep_key(key)
            return redirect(url_for("request.check"), SEE_OTHER)
    return render_template("request/by_link.html", form=form), WRONG if form.errors else 200
