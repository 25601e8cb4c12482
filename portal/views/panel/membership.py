"""Who joins and leaves the panel, conflicts of interest, and the page of an observer."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.gate import CaseNotFoundError
from portal.access.routes import access
from portal.domain.membership import ConflictKind
from portal.domain.roles import Act
from portal.services import conflicts, leaving, observing, panel, panel_suggestion
from portal.services.changes import EndedMeanwhileError
from portal.services.panel import PanelError
from portal.services.words import CONFLICTS
from portal.views.panel.membership_forms import (
    EndSeatForm,
    RecordConflictForm,
    SuggestedForm,
    WaiveForm,
    suggested_choices,
    whom_choices,
)
from portal.views.tabs import case_top
from portal.web.conflict import ended_page
from portal.web.filters import plural
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("membership", __name__)


def _to(endpoint: str, reference: str, sentence: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for(endpoint, reference=reference), 303)


def _out(sentence: str) -> ResponseReturnValue:
    """Lead somebody who has just lost the case to their other cases."""
    flash(sentence, "saved")
    return redirect(url_for("cases.list_cases"), 303)


def _form_page(form: BaseForm, frame: Any, heading: str, **words: Any) -> ResponseReturnValue:
    return render_template(
        "panel/membership_form.html",
        form=form,
        case=case_top(frame, "people"),
        heading=heading,
        **({"back_to": "cases.show_people", "back_label": "People", "warning": False} | words),
    ), 422 if form.errors else 200


def _ended(
    reference: str, form: BaseForm, error: EndedMeanwhileError, did: str
) -> ResponseReturnValue:
    """Show the second of two that it was done, with both reasons where reasons were asked."""
    return ended_page(
        form,
        {"reason": error.reason} if "reason" in form else {},
        error,
        did=did,
        back=url_for("cases.show_people", reference=reference),
        frame=panel.open_people(the_actor(), reference).frame,
    )


@bp.route("/cases/<reference:reference>/people/suggested", methods=["GET", "POST"])
@access(Act.ARRANGE_PANEL)
def seat_suggested(reference: str) -> ResponseReturnValue:
    """Suggest the panel, and seat what is ticked."""
    actor = the_actor()
    page = panel_suggestion.open_suggestion(actor, reference)
    form = SuggestedForm(data={"agencies": [str(each.agency_id) for each in page.suggested]})
    form.agencies.choices = suggested_choices(page)
    if form.validate_on_submit():
        chosen = [int(number) for number in form.agencies.data]
        try:
            count = panel_suggestion.seat_suggested(actor, reference, form.token, chosen)
        except PanelError as error:
            add_error(form, error.field, str(error))
        else:
            sentence = f"{plural(count, 'agency is', 'agencies are')} on the panel now"
            return _to("cases.show_people", reference, sentence)
    return _form_page(form, page.frame, "Suggested panel", button_text="Add to the panel")


@bp.route(
    "/cases/<reference:reference>/people/members/<number:member_id>/take-off",
    methods=["GET", "POST"],
)
@access(Act.LEAVE_PANEL)
def take_off(reference: str, member_id: int) -> ResponseReturnValue:
    """Take somebody off the panel."""
    actor = the_actor()
    form = BaseForm()
    if form.validate_on_submit():
        try:
            is_own = leaving.take_off(actor, reference, form.token, member_id=member_id)
        except EndedMeanwhileError as error:
            return _ended(reference, form, error, f"took {error.whom} off this case")
        if is_own:
            return _out("You are no longer on this case")
        return _to("cases.show_people", reference, "Taken off. They cannot open the case any more")
    page = panel.open_people(actor, reference, Act.LEAVE_PANEL)
    found = [(seat, each) for seat in page.seats for each in seat.members]
    seat, member = next(
        (pair for pair in found if pair[1].member_id == member_id and pair[1].may_be_taken_off),
        (None, None),
    )
    if seat is None or member is None:
        raise CaseNotFoundError(reference)
    return _form_page(
        form,
        page.frame,
        f"Take {member.name} off this case",
        button_text=f"Take {member.name} off",
        warning=True,
        sentences=[
            f"From now on they cannot open the case, unless they lead {seat.agency_name}.",
            "Mail that has not gone out yet does not reach them.",
            f"Their actions pass to a lead of {seat.agency_name}.",
        ],
    )


@bp.route(
    "/cases/<reference:reference>/people/seats/<number:seat_id>/leave", methods=["GET", "POST"]
)
@access(Act.END_SEAT)
def end_seat(reference: str, seat_id: int) -> ResponseReturnValue:
    """Let an agency leave the panel."""
    actor = the_actor()
    form = EndSeatForm()
    if form.validate_on_submit():
        try:
            leaving.end_seat(actor, reference, form.token, seat_id=seat_id, reason=form.reason.data)
        except EndedMeanwhileError as error:
            return _ended(reference, form, error, f"let {error.whom} leave the panel")
        return _to("cases.show_people", reference, "The agency has left the panel")
    page = panel.open_people(actor, reference, Act.END_SEAT)
    seat = next((each for each in page.seats if each.seat_id == seat_id), None)
    if seat is None:
        raise CaseNotFoundError(reference)
    return _form_page(
        form,
        page.frame,
        f"{seat.agency_name} leaves the panel",
        button_text="Let it leave",
        warning=True,
        sentences=[
            "Nobody of it can open the case any more from now on. What it has shared stays.",
            "Its actions stay with it, and are listed for you, until you ask somebody else.",
        ],
    )


@bp.get("/cases/<reference:reference>/people/conflicts")
@access(Act.READ_CONFLICTS)
def show_conflicts(reference: str) -> ResponseReturnValue:
    """Show the conflicts of interest with their reasons."""
    page = conflicts.open_conflicts(the_actor(), reference)
    return render_template(
        "panel/conflicts.html", page=page, words=CONFLICTS, case=case_top(page.frame, "people")
    )


_TO_CONFLICTS = {"back_to": "membership.show_conflicts", "back_label": "Conflicts of interest"}


@bp.route("/cases/<reference:reference>/people/conflicts/add", methods=["GET", "POST"])
@access(Act.RECORD_CONFLICT)
def record_conflict(reference: str) -> ResponseReturnValue:
    """Record a conflict of somebody, or of an agency."""
    actor = the_actor()
    page = conflicts.open_record_form(actor, reference)
    form = RecordConflictForm()
    form.whom.choices = whom_choices(page.choices)
    if form.validate_on_submit():
        try:
            is_own = conflicts.record_conflict(
                actor,
                reference,
                form.token,
                whom=form.whom.data,
                kind=ConflictKind(form.kind.data),
                reason=form.reason.data,
            )
        except conflicts.ConflictError as error:
            add_error(form, error.field, str(error))
        else:
            if is_own:
                return _out("You are no longer on this case")
            return _to(
                "membership.show_conflicts", reference, "Recorded. They cannot open the case"
            )
    return _form_page(
        form,
        page.frame,
        "Record a conflict of interest",
        button_text="Record and exclude",
        **_TO_CONFLICTS,
    )


@bp.route(
    "/cases/<reference:reference>/people/conflicts/<number:conflict_id>/waive",
    methods=["GET", "POST"],
)
@access(Act.WAIVE_CONFLICT)
def waive_conflict(reference: str, conflict_id: int) -> ResponseReturnValue:
    """Waive a chair's former employer, with reasons."""
    actor = the_actor()
    form = WaiveForm()
    if form.validate_on_submit():
        try:
            conflicts.waive_conflict(
                actor, reference, form.token, conflict_id=conflict_id, reason=form.reason.data
            )
        except EndedMeanwhileError as error:
            return _ended(reference, form, error, f"waived the former employer of {error.whom}")
        return _to("membership.show_conflicts", reference, "Waived. They can be appointed now")
    frame, conflict = conflicts.open_waiver(actor, reference, conflict_id)
    return _form_page(
        form,
        frame,
        f"Waive the former employer of {conflict.whom}",
        button_text="Waive it",
        sentences=[f"They said: {conflict.reason}"],
        **_TO_CONFLICTS,
    )


@bp.get("/cases/<reference:reference>/observe")
@access(Act.OBSERVE_CASE)
def observe(reference: str) -> ResponseReturnValue:
    """Show an observer which case it is, and when its meeting is."""
    page = observing.open_observed(the_actor(), reference)
    return render_template("panel/observe.html", page=page)
