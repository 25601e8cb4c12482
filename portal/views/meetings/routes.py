"""Booking the meeting, inviting to it, calling it off, adjourning it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import adjourning, booking, calling_off
from portal.services.adjourning import TypedAdjournment
from portal.services.booking import BookingError, TypedMeeting
from portal.services.changes import ChangedMeanwhileError
from portal.views.meetings.forms import AdjournForm, CallOffForm, InviteForm, MeetingForm
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page
from portal.web.pages import add_error, the_actor

bp = Blueprint("meetings", __name__)
_MEETING = "/cases/<reference:reference>/meeting"


def _done(sentence: str, reference: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("cases.show_meeting", reference=reference), 303)


@bp.route(f"{_MEETING}/book", methods=["GET", "POST"])
@access(Act.BOOK_MEETING)
def book_meeting(reference: str) -> ResponseReturnValue:
    """Book the meeting inside its clock, or change it."""
    actor = the_actor()
    page = booking.open_meeting_page(actor, reference, Act.BOOK_MEETING)
    form = MeetingForm(data=_booked(page) | {"version": page.version})
    form.offer(page.rooms)
    if form.validate_on_submit():
        try:
            booking.book_meeting(
                actor, reference, form.token, _typed_meeting(form), form.version.data
            )
        except BookingError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            page = booking.open_meeting_page(actor, reference, Act.BOOK_MEETING)
            form.version.data = page.version
            return conflict_page(
                form,
                _booked(page),
                error,
                thing="the meeting",
                back=url_for("cases.show_meeting", reference=reference),
                frame=page.frame,
            )
        else:
            was_invited = page.meeting and page.meeting.invited_at
            sentence = "Meeting saved. Who has an invite is told of what changed"
            return _done(sentence if was_invited else "Meeting booked", reference)
    return render_template(
        "meetings/book.html", form=form, page=page, case=case_top(page.frame, "meeting")
    ), 422 if form.errors else 200


def _booked(page: booking.MeetingPage) -> dict[str, Any]:
    """Return what stands in the form at first: what is booked, or what is known."""
    if page.booked is None:
        return {
            "applicant_email": page.applicant_email,
            "opening_minutes": 20,
            "is_applicant_invited": "yes",
        }
    return _in_fields(page.booked) | {
        "applicant_email": page.booked.applicant_email,
        "applicant_join_link": page.booked.applicant_join_link,
        "reason_if_late": page.booked.reason_if_late,
    }


def _in_fields(typed: TypedMeeting) -> dict[str, Any]:
    """Return what both forms ask of a sitting, by the names of their fields."""
    return {
        "held_on": typed.held_on,
        "starts": typed.starts,
        "ends": typed.ends,
        "room": str(typed.room_id) if typed.room_id else None,
        "place": typed.place,
        "join_link": typed.join_link,
        "opening_minutes": typed.opening_minutes,
        "is_applicant_invited": "yes" if typed.is_applicant_invited else "no",
        "reasons_not_invited": typed.reasons_not_invited,
    }


def _typed_meeting(form: Any) -> TypedMeeting:
    asked = "applicant_email" in form
    return TypedMeeting(
        held_on=form.held_on.data,
        starts=form.starts.data,
        ends=form.ends.data,
        opening_minutes=form.opening_minutes.data,
        place=form.place.data,
        join_link=form.join_link.data,
        applicant_join_link=form.applicant_join_link.data if asked else "",
        applicant_email=form.applicant_email.data if asked else "",
        reason_if_late=form.reason_if_late.data if asked else "",
        room_id=int(form.room.data) if form.room.data else None,
        is_applicant_invited=form.is_applicant_invited.data == "yes",
        reasons_not_invited=form.reasons_not_invited.data,
    )


@bp.route(f"{_MEETING}/invites", methods=["GET", "POST"])
@access(Act.BOOK_MEETING)
def send_invites(reference: str) -> ResponseReturnValue:
    """Show who is invited, then invite them."""
    actor = the_actor()
    form = InviteForm()
    if form.validate_on_submit():
        try:
            sent = booking.send_invites(actor, reference, form.token)
        except BookingError as error:
            form.form_errors.append(str(error))
        else:
            words = "1 invite is on its way" if sent == 1 else f"{sent} invites are on their way"
            return _done(words, reference)
    page = booking.open_meeting_page(actor, reference, Act.BOOK_MEETING)
    return render_template(
        "meetings/invites.html", form=form, page=page, case=case_top(page.frame, "meeting")
    ), 422 if form.errors else 200


@bp.route(f"{_MEETING}/call-off", methods=["GET", "POST"])
@access(Act.CALL_OFF_MEETING)
def call_off(reference: str) -> ResponseReturnValue:
    """Call the meeting off."""
    actor = the_actor()
    form = CallOffForm()
    if form.validate_on_submit():
        try:
            calling_off.call_off_meeting(actor, reference, form.token, form.reason.data)
        except BookingError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("The meeting is called off. You can book another one", reference)
    frame, meeting = calling_off.open_calling_off(actor, reference)
    return render_template(
        "meetings/call_off.html", form=form, meeting=meeting, case=case_top(frame, "meeting")
    ), 422 if form.errors else 200


@bp.route(f"{_MEETING}/adjourn", methods=["GET", "POST"])
@access(Act.ADJOURN_MEETING)
def adjourn(reference: str) -> ResponseReturnValue:
    """Adjourn the sitting that is under way to another one."""
    actor = the_actor()
    page = adjourning.open_adjourning(actor, reference)
    booked = _in_fields(page.booked) | {"held_on": None, "is_applicant_invited": None}
    form = AdjournForm(data=booked)
    form.offer(page.rooms)
    if form.validate_on_submit():
        typed = TypedAdjournment(
            reason=form.reason.data,
            interim_steps=form.interim_steps.data,
            told_applicant=form.told_applicant.data,
            next_sitting=_typed_meeting(form),
        )
        try:
            adjourning.adjourn_meeting(actor, reference, form.token, typed)
        except BookingError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("The meeting is adjourned. Everybody gets the new day", reference)
    return render_template(
        "meetings/adjourn.html", form=form, page=page, case=case_top(page.frame, "meeting")
    ), 422 if form.errors else 200
