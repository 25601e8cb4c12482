"""Pages of the draft: what it means in words, and a form for each of its sections."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.gate import CaseNotFoundError
from portal.access.routes import access
from portal.domain.roles import Act
from portal.domain.scheme_editing import sections
from portal.services import scheme_draft
from portal.services.changes import ChangedMeanwhileError
from portal.services.scheme_draft import DraftPage
from portal.views.schemes.clocks_form import ClocksForm
from portal.views.schemes.forms import (
    ConditionsForm,
    CountingForm,
    FallbackForm,
    FloorForm,
    NameForm,
)
from portal.views.schemes.route_form import FOLDED, GROUPS, RouteForm
from portal.web.conflict import conflict_page
from portal.web.forms import VersionedForm
from portal.web.pages import the_actor

bp = Blueprint("scheme_draft", __name__)
_DRAFT = "/admin/scheme/draft"
_BACK = "The draft of the scheme"


@bp.get(_DRAFT)
@access(Act.READ_SCHEME)
def show_draft() -> ResponseReturnValue:
    """Show what the draft means, what is wrong with it, and where to change it."""
    page = scheme_draft.open_draft(the_actor())
    form = VersionedForm(version=page.version)
    return render_template("schemes/draft.html", page=page, form=form)


@bp.route(f"{_DRAFT}/name", methods=["GET", "POST"])
@access(Act.EDIT_SCHEME)
def change_name() -> ResponseReturnValue:
    """Change what the scheme is called."""
    page = scheme_draft.open_form(the_actor(), "name")
    shown = {"name": page.name}
    form = NameForm(data=shown | {"version": page.version})
    if form.validate_on_submit():
        try:
            scheme_draft.change_name(the_actor(), form.token, form.version.data, form.name.data)
        except ChangedMeanwhileError as error:
            return _conflict(form, page, shown, error)
        return _saved("Name saved")
    return _form_page(form, page, "The name", "schemes/section.html")


def _saved(sentence: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("scheme_draft.show_draft"), 303)


def _form_page(
    form: VersionedForm, page: DraftPage, heading: str, template: str, **more: Any
) -> ResponseReturnValue:
    html = render_template(template, form=form, page=page, heading=heading, **more)
    return html, 422 if form.errors else 200


def _conflict(
    form: VersionedForm,
    page: DraftPage,
    shown: dict[str, Any],
    error: ChangedMeanwhileError,
) -> ResponseReturnValue:
    """Show both texts; saved again, the form goes over what is stored now.

    The version is the draft's: what somebody else has changed may be another part of it.
    """
    form.version.data = page.version
    back = url_for("scheme_draft.show_draft")
    return conflict_page(form, shown, error, thing="the draft", back=back, back_text=_BACK)


def _section_page(kind: type[Any], part: str, heading: str) -> ResponseReturnValue:
    """Show and save the form of one section of the threshold."""
    actor = the_actor()
    page = scheme_draft.open_form(actor, part)
    shown = kind.shown(page.threshold)
    form = kind(data=shown | {"version": page.version})
    if form.validate_on_submit():
        try:
            scheme_draft.change_threshold(actor, form.token, form.version.data, part, form.changed)
        except ChangedMeanwhileError as error:
            return _conflict(form, page, shown, error)
        return _saved(f"{heading}: saved")
    return _form_page(form, page, heading, "schemes/section.html")


@bp.route(f"{_DRAFT}/counting", methods=["GET", "POST"])
@access(Act.EDIT_SCHEME)
def change_counting() -> ResponseReturnValue:
    """Change what counts as a report."""
    return _section_page(CountingForm, "counting", "What counts as a report")


@bp.route(f"{_DRAFT}/conditions", methods=["GET", "POST"])
@access(Act.EDIT_SCHEME)
def change_conditions() -> ResponseReturnValue:
    """Change what is asked of every request and what is shut out."""
    return _section_page(ConditionsForm, "conditions", "What is asked of every request")


@bp.route(f"{_DRAFT}/fallback", methods=["GET", "POST"])
@access(Act.EDIT_SCHEME)
def change_fallback() -> ResponseReturnValue:
    """Change what holds where no route is met."""
    return _section_page(FallbackForm, "fallback", "Where no route is met")


@bp.route(f"{_DRAFT}/floor", methods=["GET", "POST"])
@access(Act.EDIT_SCHEME)
def change_floor() -> ResponseReturnValue:
    """Change the number and times of the law, as the area's procedure sets them."""
    return _section_page(FloorForm, "floor", "The number by law")


@bp.route(f"{_DRAFT}/routes/add", methods=["GET", "POST"])
@access(Act.EDIT_SCHEME)
def add_route() -> ResponseReturnValue:
    """Add a route after the others."""
    page = scheme_draft.open_form(the_actor(), "new route")
    return _route_page(page, len(sections.routes_of(page.threshold)) + 1, {}, "A new route")


@bp.route(f"{_DRAFT}/routes/<int:place>", methods=["GET", "POST"])
@access(Act.EDIT_SCHEME)
def change_route(place: int) -> ResponseReturnValue:
    """Change a route, by its place."""
    page = scheme_draft.open_form(the_actor(), f"route {place}")
    return _route_page(page, place, _route(page, place), f"Route {place}")


def _route(page: DraftPage, place: int) -> dict[str, Any]:
    found = sections.routes_of(page.threshold)
    if not 1 <= place <= len(found):
        raise CaseNotFoundError(f"route {place}")
    return found[place - 1] if isinstance(found[place - 1], dict) else {}


def _route_page(
    page: DraftPage, place: int, route: dict[str, Any], heading: str
) -> ResponseReturnValue:
    actor = the_actor()
    shown = RouteForm.shown(route)
    routes_then = len(sections.routes_of(page.threshold))
    form = RouteForm(data=shown | {"version": page.version, "routes_then": routes_then})
    if form.validate_on_submit():
        changed = form.changed(route)
        try:
            scheme_draft.change_threshold(
                actor,
                form.token,
                form.version.data,
                f"route {place}",
                lambda threshold: sections.with_route(threshold, place, changed),
            )
        except ChangedMeanwhileError as error:
            if form.routes_then.data != len(sections.routes_of(page.threshold)):
                # At this place there may be another route by now.
                raise
            return _conflict(form, page, shown, error)
        return _saved("Route saved")
    return _form_page(
        form,
        page,
        heading,
        "schemes/route.html",
        groups=GROUPS,
        folded=FOLDED,
        meant=page.rules.routes[place - 1 : place],
    )


@bp.post(f"{_DRAFT}/routes/<int:place>/remove")
@access(Act.EDIT_SCHEME)
def remove_route(place: int) -> ResponseReturnValue:
    """Take a route out of the draft."""
    form = VersionedForm()
    scheme_draft.change_threshold(
        the_actor(),
        form.token,
        form.version.data,
        f"route {place} removed",
        lambda threshold: _without(threshold, place),
    )
    return _saved("Route removed")


def _without(threshold: dict[str, Any], place: int) -> dict[str, Any]:
    if not 1 <= place <= len(sections.routes_of(threshold)):
        raise CaseNotFoundError(f"route {place}")
    return sections.without_route(threshold, place)


@bp.route(f"{_DRAFT}/clocks", methods=["GET", "POST"])
@access(Act.EDIT_SCHEME)
def change_clocks() -> ResponseReturnValue:
    """Change the clocks."""
    actor = the_actor()
    page = scheme_draft.open_form(actor, "clocks")
    shown = ClocksForm.shown(page.stored)
    form = ClocksForm(data=shown | {"version": page.version})
    if form.validate_on_submit():
        try:
            scheme_draft.change_clocks(actor, form.token, form.version.data, form.changed)
        except ChangedMeanwhileError as error:
            return _conflict(form, page, shown, error)
        return _saved("Clocks saved")
    return _form_page(form, page, "The clocks", "schemes/clocks.html")
