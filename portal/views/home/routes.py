"""The first page after signing in: what is waiting, by date."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access import rules
from portal.access.routes import access
from portal.domain.roles import Act
from portal.domain.tasks import TaskKind
from portal.services import applicant_messages, home, observing, supporting
from portal.services.home import HomeTask
from portal.web.pages import the_actor

bp = Blueprint("home", __name__)

# Where each kind of task is done.
_PAGES = {
    TaskKind.ACKNOWLEDGE: "coordinator.acknowledge",
    TaskKind.CHASE_RETURNS: "cases.show_case",
    TaskKind.FIND_REPORTS: "cases.show_reports",
    TaskKind.GET_MORE: "coordinator.decide_threshold",
    TaskKind.DECIDE: "coordinator.decide_threshold",
    TaskKind.SEND_LETTER: "letters.list_letters",
    TaskKind.APPOINT_CHAIR: "cases.show_people",
    TaskKind.NAME_PEOPLE: "cases.show_people",
    TaskKind.BOOK_MEETING: "meetings.book_meeting",
    TaskKind.SEND_INVITES: "meetings.send_invites",
    TaskKind.SEND_PACKS: "papers.show_papers",
    TaskKind.ISSUE_PLAN: "plan.show_plan",
    TaskKind.GO_TO_MEETING: "cases.show_meeting",
    TaskKind.LEAD_MEETING: "chair.run_meeting",
    TaskKind.CLOSE_MEETING: "chair.run_meeting",
    TaskKind.CHECK_PLAN: "plan.show_plan",
    TaskKind.SHARE: "panel.share",
    TaskKind.DO_ACTION: "cases.show_case",
    TaskKind.SCORE_RISK: "risk.score_risk",
    TaskKind.FIND_OUT: "risk.score_risk",
    TaskKind.AGREE_TO_BAND: "risk.answer_band",
    TaskKind.TELL_APPLICANT: "telling.list_tellings",
    TaskKind.RING_APPLICANT: "receipt.record_call",
}


@bp.get("/home")
@access(Act.OPEN_HOME)
def show_home() -> ResponseReturnValue:
    """Show what is due; who has no casework reads what their role is for."""
    actor = the_actor()
    page = home.open_home(actor) if rules.has_act(actor.role, Act.LIST_CASES) else None
    stands_by = rules.has_act(actor.role, Act.OPEN_SUPPORTED_CASE)
    return render_template(
        "home/home.html",
        page=page,
        place_of=_place_of,
        observed_cases=observing.observed_cases(actor),
        stands_by=stands_by,
        stood_by=supporting.open_home(actor) if stands_by else (),
        mail=applicant_messages.waiting(actor)
        if rules.has_act(actor.role, Act.ANSWER_APPLICANT)
        else (),
        may_type_in=rules.has_act(actor.role, Act.TYPE_IN_CASE),
    )


def _place_of(task: HomeTask) -> str:
    return url_for(_PAGES[task.kind], reference=task.reference)
