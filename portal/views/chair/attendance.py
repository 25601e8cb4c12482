"""Pages of the chair on which it is recorded who is at the meeting, and from when to when."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.dates import LONDON
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.services import attending, meeting
from portal.services.attending import Attender, Times
from portal.services.meeting import RunPage
from portal.services.words import PRESENCES
from portal.views.chair.routes import bp
from portal.views.chair.table import TableForm, press
from portal.views.meeting_screen import menu_of_meeting
from portal.web.fields import Choice, RadioField, TextField, TimeField
from portal.web.forms import BaseForm
from portal.web.pages import the_actor

__all__ = ["bp"]

_MEETING = "/cases/<reference:reference>/meeting"
_MOST_DIGITS = 9
_LEFT_FIRST = "They cannot have left before they joined"


class Row:
    """The three questions about one person: how they attend, and from when to when."""

    def __init__(self, form: Any, attender: Attender) -> None:
        self.attender = attender
        self.presence, self.joined, self.left = (form[name] for name in _names(attender.person_id))

    def times(self, page: RunPage) -> Times:
        """Return when they joined and left, on the day of the sitting."""
        return _instant(page, self.joined.data), _instant(page, self.left.data)


def _names(person_id: int) -> tuple[str, str, str]:
    return f"p-{person_id}", f"joined-{person_id}", f"left-{person_id}"


def _instant(page: RunPage, time: dt.time | None) -> dt.datetime | None:
    if time is None:
        return None
    day = london_day(page.meeting.opened_at or page.meeting.starts_at)
    return dt.datetime.combine(day, time, tzinfo=LONDON)


def _form(attenders: Sequence[Attender], applicant_attendance: str) -> Any:
    """Return a form with three questions for each person who is expected."""
    fields: dict[str, Any] = {}
    for attender in attenders:
        presence, joined, left = _names(attender.person_id)
        fields[presence] = RadioField(
            attender.label,
            size="s",
            small=True,
            inline=True,
            choices=[Choice(value, label) for value, label in PRESENCES.items()],
            default=attender.presence or None,
            description="Required." if attender.is_required else "",
        )
        fields[joined] = _time("Joined at", attender, attender.joined_at)
        fields[left] = _time("Left at", attender, attender.left_at)
    fields["applicant_attendance"] = TextField(
        "How did the applicant take part?",
        size="s",
        max_length=500,
        what="How the applicant took part",
        default=applicant_attendance,
        description="For example, “In person for the opening section, with an interpreter”. "
        "It stands in the panel’s plan.",
    )
    return type("AttendanceForm", (BaseForm,), fields)()


def _time(label: str, attender: Attender, at: dt.datetime | None) -> TimeField:
    name = attender.label.partition(" (")[0]
    stored = at.astimezone(LONDON).time().replace(microsecond=0) if at else None
    return TimeField(f"{label} ({name})", default=stored)


@bp.route(f"{_MEETING}/attendance", methods=["GET", "POST"])
@access(Act.RUN_MEETING)
def record_attendance(reference: str) -> ResponseReturnValue:
    """Record who is here, and from when to when."""
    actor = the_actor()
    page = meeting.open_run_page(actor, reference)
    if not page.is_open:
        return _to_meeting(reference)
    form = _form(page.attenders, page.applicant_attendance)
    rows = [Row(form, attender) for attender in page.attenders]
    if form.validate_on_submit() and _is_sound(rows):
        answered = [row for row in rows if row.presence.data]
        attending.record_attendance(
            actor,
            reference,
            form.token,
            {row.attender.person_id: row.presence.data for row in answered},
            form.applicant_attendance.data,
            {row.attender.person_id: row.times(page) for row in answered},
        )
        flash("Attendance saved", "saved")
        return _to_meeting(reference)
    html = render_template(
        "chair/attendance.html",
        page=page,
        form=form,
        rows=rows,
        menu=menu_of_meeting(reference),
    )
    return html, 422 if form.errors else 200


def _is_sound(rows: Sequence[Row]) -> bool:
    """Say whether the answers fit together; a sentence stands at the first that does not."""
    if not any(row.presence.data for row in rows):
        rows[0].presence.errors = ["Select how at least one person attended"]
        return False
    for row in rows:
        joined, left = row.joined.data, row.left.data
        if joined and left and left < joined:
            row.left.errors = [_LEFT_FIRST]
            return False
        if (joined or left) and not row.presence.data:
            row.presence.errors = ["Select how they attended"]
            return False
    return True


def _to_meeting(reference: str) -> ResponseReturnValue:
    return redirect(url_for("chair.run_meeting", reference=reference), 303)


@bp.post(f"{_MEETING}/arrivals")
@access(Act.RUN_MEETING)
def note_arrival(reference: str) -> ResponseReturnValue:
    """Note that somebody joins or leaves the meeting now."""
    return press(reference, _note_arrival)


def _note_arrival(actor: Actor, form: TableForm, page: RunPage) -> None:
    reference = page.frame.reference
    joined, left = (request.form.get(name, type=_number) for name in ("joined_now", "left_now"))
    if joined:
        attending.note_joined(actor, reference, form.token, joined)
    else:
        attending.note_left(actor, reference, form.token, left or 0)


def _number(typed: str) -> int:
    """Return the number of a person that both databases can hold.

    Raises:
        ValueError: it is none.
    """
    if not typed.isascii() or not typed.isdigit() or len(typed) > _MOST_DIGITS:
        raise ValueError(typed)
    return int(typed)
