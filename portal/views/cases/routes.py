"""Cases, for everybody who has some: the same address shows each role its own page."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.access import rules
from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import booking, casepage, cases, panel, reports
from portal.views.tabs import case_top
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


@bp.get("/cases/<reference:reference>")
@access(Act.VIEW_CASE)
def show_case(reference: str) -> ResponseReturnValue:
    """Show a case, cut to its reader."""
    page = casepage.open_case(the_actor(), reference)
    return render_template("cases/case.html", page=page, case=case_top(page.frame, "overview"))


@bp.get("/cases/<reference:reference>/reports")
@access(Act.VIEW_CASE)
def show_reports(reference: str) -> ResponseReturnValue:
    """Show what happened and to whom it was reported."""
    page = reports.open_reports(the_actor(), reference)
    return render_template("cases/reports.html", page=page, case=case_top(page.frame, "reports"))


@bp.get("/cases/<reference:reference>/people")
@access(Act.VIEW_CASE)
def show_people(reference: str) -> ResponseReturnValue:
    """Show who is in the case and who reviews it."""
    page = panel.open_people(the_actor(), reference)
    return render_template("cases/people.html", page=page, case=case_top(page.frame, "people"))


@bp.get("/cases/<reference:reference>/meeting")
@access(Act.VIEW_CASE)
def show_meeting(reference: str) -> ResponseReturnValue:
    """Show the meeting: when, where, how its last day was worked out."""
    page = booking.open_meeting_page(the_actor(), reference)
    return render_template("cases/meeting.html", page=page, case=case_top(page.frame, "meeting"))
