"""The first page after signing in: what is waiting, by date."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.access import rules
from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import cases, observing
from portal.web.pages import the_actor

bp = Blueprint("home", __name__)


@bp.get("/home")
@access(Act.OPEN_HOME)
def show_home() -> ResponseReturnValue:
    """Show what is due; who has no casework reads what their role is for."""
    actor = the_actor()
    has_cases = rules.has_act(actor.role, Act.LIST_CASES)
    groups = cases.due_for(actor) if has_cases else []
    return render_template(
        "home/home.html",
        groups=groups,
        has_cases=has_cases,
        observed_cases=observing.observed_cases(actor),
        may_type_in=rules.has_act(actor.role, Act.TYPE_IN_CASE),
    )
