"""The office's calendar, and how the area keeps its clocks."""

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.deadlines import london_day
from portal.domain.roles import Act
from portal.services import calendar_keeping, clocks_kept
from portal.services.calendar_keeping import CalendarError, KeptDay
from portal.views.clocks.calendar_forms import (
    ClosureForm,
    KeptFilterForm,
    RegularMeetingForm,
    TakeAwayForm,
)
from portal.web.choices import Choice
from portal.web.pages import add_error, the_actor

bp = Blueprint("calendar", __name__)

_A_YEAR = dt.timedelta(days=365)


def _to_calendar(sentence: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("calendar.show_calendar"), 303)


@bp.get("/calendar")
@access(Act.KEEP_CALENDAR)
def show_calendar() -> ResponseReturnValue:
    """Show the days off and the regular meetings that are ahead."""
    page = calendar_keeping.open_calendar(the_actor())
    return render_template("clocks/calendar.html", page=page)


@bp.route("/calendar/closure", methods=["GET", "POST"])
@access(Act.KEEP_CALENDAR)
def close_on() -> ResponseReturnValue:
    """Add a closure day."""
    form = ClosureForm()
    if form.validate_on_submit():
        try:
            calendar_keeping.close_on(the_actor(), form.token, form.day.data, form.reason.data)
        except CalendarError as error:
            add_error(form, error.field, str(error))
        else:
            return _to_calendar("Closure day added. The clocks move in a moment")
    return render_template(
        "clocks/calendar_form.html", form=form, heading="Add a closure day"
    ), 422 if form.errors else 200


@bp.route("/calendar/meeting", methods=["GET", "POST"])
@access(Act.KEEP_CALENDAR)
def add_meeting() -> ResponseReturnValue:
    """Add a day of a regular meeting."""
    form = RegularMeetingForm()
    if form.validate_on_submit():
        try:
            calendar_keeping.add_meeting(the_actor(), form.token, form.name.data, form.day.data)
        except CalendarError as error:
            add_error(form, error.field, str(error))
        else:
            return _to_calendar("Meeting added. The clocks that wait for it move in a moment")
    return render_template(
        "clocks/calendar_form.html", form=form, heading="Add a day of a regular meeting"
    ), 422 if form.errors else 200


@bp.route("/calendar/take-away", methods=["GET", "POST"])
@access(Act.KEEP_CALENDAR)
def take_away() -> ResponseReturnValue:
    """Take a closure day or a day of a regular meeting away."""
    actor = the_actor()
    kept = {_key(each): each for each in calendar_keeping.to_take_away(actor)}
    form = TakeAwayForm()
    form.day.choices = [Choice(key, each.label) for key, each in kept.items()]
    if form.validate_on_submit():
        calendar_keeping.take_away(actor, form.token, kept[form.day.data])
        return _to_calendar("Taken away. The clocks move in a moment")
    return render_template(
        "clocks/calendar_form.html", form=form, heading="Take a day away"
    ), 422 if form.errors else 200


def _key(kept: KeptDay) -> str:
    return f"{kept.day} {kept.meeting}".strip()


@bp.get("/calendar/clocks")
@access(Act.COUNT_CLOCKS)
def show_clocks_kept() -> ResponseReturnValue:
    """Show how often each clock was kept."""
    actor = the_actor()
    form = KeptFilterForm()
    today = london_day(actor.at)
    is_sound = form.validate()
    first, last = form.from_on.data or today - _A_YEAR, form.to_on.data or today
    lines = clocks_kept.open_clocks_kept(actor, first, last) if is_sound else ()
    return render_template(
        "clocks/kept.html", form=form, lines=lines, first=first, last=last
    ), 200 if is_sound else 422
