"""Public pages: where somebody begins, what happens then, and the way out."""

from typing import TypeVar

from flask import Blueprint, abort, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.actor import clock, forget_cookie, signed_in
from portal.access.routes import public
from portal.domain.roles import Role
from portal.domain.scheme_words.clocks import WORKING_DAYS
from portal.domain.scheme_words.whole import LOCAL
from portal.services import area_pages, area_rules, health
from portal.views.request.holding import leave

Page = TypeVar("Page")

bp = Blueprint("front_door", __name__)


@bp.get("/")
@public
def show_front_door() -> ResponseReturnValue:
    """Lead to the start page of each area, and staff to signing in."""
    present = signed_in()
    if present:
        is_own = present.actor.role is Role.APPLICANT
        return redirect(url_for("mine.show_own_page" if is_own else "home.show_home"), 303)
    return render_template("front_door/front_door.html", areas=area_pages.areas())


@bp.get("/start/<slug>")
@public
def show_start(slug: str) -> ResponseReturnValue:
    """Say what a review is, who can ask, when and how."""
    page = _found(area_pages.open_start(slug, clock().now()))
    return render_template("front_door/start.html", page=page, area=page.area, local=LOCAL)


@bp.get("/start/<slug>/next")
@public
def show_next(slug: str) -> ResponseReturnValue:
    """Say what happens after somebody has asked, and by when."""
    page = _found(area_pages.open_next(slug, clock().now()))
    return render_template(
        "front_door/next.html", page=page, area=page.area, working_days=WORKING_DAYS
    )


@bp.get("/start/<slug>/your-information")
@public
def show_information(slug: str) -> ResponseReturnValue:
    """Say how what somebody tells is used."""
    page = _found(area_pages.open_information(slug))
    return render_template("front_door/information.html", page=page, area=page.area)


@bp.get("/start/<slug>/support")
@public
def show_support(slug: str) -> ResponseReturnValue:
    """List who helps, and how to turn to them oneself."""
    return _directory(slug, "front_door/support.html")


@bp.get("/start/<slug>/report")
@public
def show_report(slug: str) -> ResponseReturnValue:
    """List who takes which kind of report."""
    return _directory(slug, "front_door/report.html")


@bp.get("/start/<slug>/complain")
@public
def show_complain(slug: str) -> ResponseReturnValue:
    """List where to complain about each service."""
    return _directory(slug, "front_door/complain.html")


@bp.get("/rules/<slug>")
@public
def show_rules(slug: str) -> ResponseReturnValue:
    """Say an area's rules and clocks in plain words."""
    page = _found(area_rules.open_rules(slug, clock().now()))
    return render_template(
        "front_door/rules.html",
        page=page,
        area=area_pages.area_of(slug),
        local=LOCAL,
        working_days=WORKING_DAYS,
    )


@bp.get("/exit", defaults={"slug": None})
@bp.get("/exit/<slug>")
@public
def leave_now(slug: str | None) -> ResponseReturnValue:
    """Forget what this browser holds of a request, and lead to a harmless page at once.

    It signs the applicant's side out, and no staff.
    """
    present = signed_in()
    if present is None or present.actor.role is Role.APPLICANT:
        leave()
        forget_cookie()
    return redirect(area_pages.exit_address(slug), 303)


@bp.get("/leaving")
@public
def show_leaving() -> ResponseReturnValue:
    """Say what the way out does, and what it cannot do."""
    return render_template("front_door/leaving.html")


@bp.get("/health")
@public
def show_health() -> ResponseReturnValue:
    """Tell database, migration head, templates and the oldest unsent message."""
    found = health.examine(clock().now())
    answer = jsonify(
        database="ok" if found.database else "unreachable",
        migration="ok" if found.migration else "not at the newest revision",
        oldest_unsent_seconds=found.oldest_unsent_seconds,
        undelivered=found.undelivered,
        templates=", ".join(found.unsound_templates) or "ok",
    )
    return answer, 200 if found.is_well else 503


@bp.get("/help/who-sees-what")
@public
def show_who_sees_what() -> ResponseReturnValue:
    """Explain the labels of shared information."""
    return render_template("front_door/who_sees_what.html")


def _directory(slug: str, template: str) -> ResponseReturnValue:
    page = _found(area_pages.open_directory(slug))
    return render_template(template, page=page, area=page.area)


def _found(page: Page | None) -> Page:
    if page is None:
        abort(404)
    return page
