"""The clocks of a case: what they are counted from, pauses, why one is late."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.clocks.rules import Clock, ClockEvent
from portal.domain.roles import Act
from portal.services import casepage, clock_changes
from portal.services.clock_changes import ClockError, TypedLateness
from portal.services.frames import CaseFrame
from portal.views.clocks.forms import EventForm, LateForm, PauseForm, ResumeForm
from portal.views.tabs import case_top
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("clocks", __name__)

_ANY_CLOCK = f"<any({', '.join(Clock)}):clock>"


@bp.get("/cases/<reference:reference>/clocks")
@access(Act.VIEW_CASE)
def show_clocks(reference: str) -> ResponseReturnValue:
    """Show the clocks of a case and all that they are counted from."""
    page = clock_changes.open_clocks(the_actor(), reference)
    return render_template("clocks/clocks.html", page=page, case=case_top(page.frame, "overview"))


def _form_page(frame: CaseFrame, form: BaseForm, heading: str, button: str) -> ResponseReturnValue:
    return render_template(
        "cases/form.html",
        back_to="clocks.show_clocks",
        form=form,
        case=case_top(frame, "overview"),
        heading=heading,
        button_text=button,
    ), 422 if form.errors else 200


def _saved(
    form: BaseForm, reference: str, sentence: str, save: Callable[[], None]
) -> ResponseReturnValue | None:
    """Save a form; return where to go on, or none where it has to be shown again."""
    if not form.validate_on_submit():
        return None
    try:
        save()
    except ClockError as error:
        add_error(form, error.field, str(error))
        return None
    flash(sentence, "saved")
    return redirect(url_for("clocks.show_clocks", reference=reference), 303)


@bp.route(f"/cases/<reference:reference>/clocks/{_ANY_CLOCK}/pause", methods=["GET", "POST"])
@access(Act.CHANGE_CLOCK)
def pause(reference: str, clock: str) -> ResponseReturnValue:
    """Let a clock stand still."""
    actor, which, form = the_actor(), Clock(clock), PauseForm()
    frame = clock_changes.open_clock_form(actor, reference, which)

    def save() -> None:
        clock_changes.pause(actor, reference, form.token, which, form.reason.data)

    saved = _saved(form, reference, f"Paused: {which.label}", save)
    return saved or _form_page(frame, form, f"Pause the clock: {which.label}", "Pause the clock")


@bp.route(f"/cases/<reference:reference>/clocks/{_ANY_CLOCK}/resume", methods=["GET", "POST"])
@access(Act.CHANGE_CLOCK)
def resume(reference: str, clock: str) -> ResponseReturnValue:
    """Let a clock go on."""
    actor, which, form = the_actor(), Clock(clock), ResumeForm()
    frame = clock_changes.open_clock_form(actor, reference, which)

    def save() -> None:
        clock_changes.resume(actor, reference, form.token, which, form.reason.data)

    saved = _saved(form, reference, f"Goes on: {which.label}", save)
    return saved or _form_page(frame, form, f"Resume the clock: {which.label}", "Resume the clock")


@bp.route(f"/cases/<reference:reference>/clocks/{_ANY_CLOCK}/late", methods=["GET", "POST"])
@access(Act.CHANGE_CLOCK)
def say_why_late(reference: str, clock: str) -> ResponseReturnValue:
    """Say why a clock was not kept."""
    actor, which, form = the_actor(), Clock(clock), LateForm()
    frame = clock_changes.open_clock_form(actor, reference, which)

    def save() -> None:
        clock_changes.say_why_late(actor, reference, form.token, which, _lateness(form))

    saved = _saved(form, reference, f"Reason saved: {which.label}", save)
    return saved or _form_page(frame, form, f"Why it is late: {which.label}", "Save the reason")


def _lateness(form: Any) -> TypedLateness:
    return TypedLateness(form.reason.data, form.new_day.data, form.told_on.data)


@bp.route("/cases/<reference:reference>/clocks/event", methods=["GET", "POST"])
@access(Act.CHANGE_CLOCK)
def record_event(reference: str) -> ResponseReturnValue:
    """Record something that happened outside the portal."""
    actor = the_actor()
    form = EventForm(data={"event": request.args.get("event", "")})
    frame = casepage.open_form(actor, reference, Act.CHANGE_CLOCK)

    def save() -> None:
        event = ClockEvent(form.event.data)
        clock_changes.record_event(actor, reference, form.token, event, form.happened_on.data)

    saved = _saved(form, reference, "Recorded", save)
    return saved or _form_page(frame, form, "Record what happened", "Record it")
