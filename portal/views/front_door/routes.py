"""Public pages."""

from flask import Blueprint, abort, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.actor import clock, signed_in
from portal.access.routes import public
from portal.domain.scheme_words.clocks import WORKING_DAYS
from portal.domain.scheme_words.whole import LOCAL
from portal.services import area_rules, health

bp = Blueprint("front_door", __name__)


@bp.get("/")
@public
def show_front_door() -> ResponseReturnValue:
    """Say what this is and lead to signing in."""
    if signed_in():
        return redirect(url_for("home.show_home"), 303)
    return render_template("front_door/front_door.html", areas=area_rules.areas())


@bp.get("/rules/<slug>")
@public
def show_rules(slug: str) -> ResponseReturnValue:
    """Say an area's rules and clocks in plain words."""
    page = area_rules.open_rules(slug, clock().now())
    if page is None:
        abort(404)
    return render_template(
        "front_door/rules.html",
        page=page,
        office_name=page.office_name,
        local=LOCAL,
        working_days=WORKING_DAYS,
    )


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
