"""Cases, for everybody who has some."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.access import rules
from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import cases
from portal.web.pages import the_actor

bp = Blueprint("cases", __name__)


@bp.get("/cases")
@access(Act.LIST_CASES)
def list_cases() -> ResponseReturnValue:
    """List the reader's cases, the newest first."""
    actor = the_actor()
    page = cases.list_cases(actor, request.args.get("after", ""))
    may_type_in = rules.has_act(actor.role, Act.TYPE_IN_CASE)
    return render_template("cases/list.html", page=page, may_type_in=may_type_in)
