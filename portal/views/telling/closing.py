"""The pages around the close of a meeting: what is missing before it, what comes next after it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.meeting_gaps import Gap, GapKind
from portal.domain.roles import Act
from portal.domain.stages import IllegalMoveError
from portal.services import meeting, meeting_closing
from portal.views.meeting_screen import menu_of_meeting
from portal.views.tabs import case_top
from portal.web.forms import BaseForm
from portal.web.pages import the_actor

bp = Blueprint("meeting_closing", __name__)

# Where each kind of gap is put right; confidentiality is for each to agree to.
_PAGES = {
    GapKind.ATTENDANCE: "chair.record_attendance",
    GapKind.REQUIRED: "chair.record_attendance",
    GapKind.CONFIDENTIALITY: "telling.agree",
    GapKind.INSIDE: "opening.show_opening",
    GapKind.APPLICANT: "chair.record_attendance",
    GapKind.STATEMENT: "statements.list_statements",
    GapKind.RISK: "risk.score_risk",
    GapKind.ADEQUACY: "adequacy.list_findings",
    GapKind.DECISION: "chair.run_meeting",
    GapKind.NO_ACTION: "chair.run_meeting",
    GapKind.TELLER: "telling.add_telling",
    GapKind.AGENDA: "chair.run_meeting",
}


@bp.route("/cases/<reference:reference>/meeting/close", methods=["GET", "POST"])
@access(Act.CLOSE_MEETING)
def close_meeting(reference: str) -> ResponseReturnValue:
    """Show what the meeting lacks, and close it."""
    actor = the_actor()
    form = BaseForm()
    refused = False
    if form.validate_on_submit():
        try:
            meeting.close_meeting(actor, reference, form.token)
        except IllegalMoveError:
            refused = True
        else:
            flash("The meeting is closed, and the plan’s clock has started", "saved")
            return redirect(url_for("meeting_closing.show_closed", reference=reference), 303)
    page = meeting_closing.open_before_close(actor, reference)
    html = render_template(
        "telling/close.html",
        page=page,
        form=form,
        errors=[(sentence, "#must") for sentence in page.must] if refused else [],
        place_of=lambda gap: _place_of(reference, gap),
        menu=menu_of_meeting(reference),
    )
    return html, 409 if refused else 422 if form.errors else 200


def _place_of(reference: str, gap: Gap) -> str:
    if gap.kind is GapKind.ACTION:
        return url_for("chair.change_action", reference=reference, number=gap.number)
    return url_for(_PAGES[gap.kind], reference=reference)


@bp.get("/cases/<reference:reference>/meeting/closed")
@access(Act.READ_PLAN_DRAFT)
def show_closed(reference: str) -> ResponseReturnValue:
    """Show what comes next, now that the meeting is closed."""
    page = meeting_closing.open_closed(the_actor(), reference)
    return render_template("telling/closed.html", page=page, case=case_top(page.frame, "meeting"))
