"""The rooms that an office keeps for its meetings."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import rooms
from portal.services.booking_checks import BookingError
from portal.services.changes import ChangedMeanwhileError
from portal.services.rooms import TypedRoom
from portal.views.meetings.forms import RoomForm
from portal.web.conflict import conflict_page
from portal.web.pages import add_error, the_actor

bp = Blueprint("rooms", __name__)


@bp.get("/meetings/rooms")
@access(Act.KEEP_ROOMS)
def list_rooms() -> ResponseReturnValue:
    """Show the rooms with their links."""
    return render_template("meetings/rooms.html", rooms=rooms.list_rooms(the_actor()))


@bp.route("/meetings/rooms/add", methods=["GET", "POST"])
@access(Act.KEEP_ROOMS)
def add_room() -> ResponseReturnValue:
    """Add a room."""
    form = RoomForm(data={"is_active": True})
    if form.validate_on_submit():
        try:
            rooms.save_room(the_actor(), form.token, _typed(form))
        except BookingError as error:
            add_error(form, error.field, str(error))
        else:
            return _to_rooms("Room added")
    return _form_page(form, "Add a room")


@bp.route("/meetings/rooms/<number:room_id>", methods=["GET", "POST"])
@access(Act.KEEP_ROOMS)
def change_room(room_id: int) -> ResponseReturnValue:
    """Change a room, or offer it no more."""
    actor = the_actor()
    room = rooms.open_room(actor, room_id)
    form = RoomForm(data=_stored(room) | {"version": room.version})
    if form.validate_on_submit():
        try:
            rooms.save_room(actor, form.token, _typed(form), room_id, form.version.data)
        except BookingError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            room = rooms.open_room(actor, room_id)
            form.version.data = room.version
            back = url_for("rooms.list_rooms")
            return conflict_page(
                form, _stored(room), error, thing="the room", back=back, back_text="Rooms"
            )
        else:
            return _to_rooms("Room saved")
    return _form_page(form, "Change the room")


def _stored(room: rooms.ShownRoom) -> dict[str, Any]:
    return {name: getattr(room.typed, name) for name in TypedRoom.__dataclass_fields__}


def _typed(form: Any) -> TypedRoom:
    return TypedRoom(**{name: form[name].data for name in TypedRoom.__dataclass_fields__})


def _to_rooms(sentence: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("rooms.list_rooms"), 303)


def _form_page(form: RoomForm, heading: str) -> ResponseReturnValue:
    return render_template(
        "meetings/room.html", form=form, heading=heading
    ), 422 if form.errors else 200
