"""The rooms that an office meets in again and again, with a link for the panel and one apart."""

from dataclasses import dataclass, replace

import sqlalchemy as sa

from portal import log
from portal.access.gate import CaseNotFoundError
from portal.access.scope.invites import rooms_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.models.room import Room
from portal.services.booking_checks import LINKS_APART, BookingError, TypedMeeting, fault_of_link
from portal.services.changes import check_version, mark_changed
from portal.services.once import once


@dataclass(frozen=True, kw_only=True)
class TypedRoom:
    """A room as it is typed in."""

    name: str
    address: str
    access_notes: str
    join_link: str
    applicant_join_link: str
    is_active: bool


@dataclass(frozen=True)
class ShownRoom:
    """A room, for those who keep it."""

    id: int
    version: int
    typed: TypedRoom


def list_rooms(actor: Actor) -> tuple[ShownRoom, ...]:
    """Return the rooms of the area, those that are offered first."""
    with transaction():
        log.record(actor, Act.KEEP_ROOMS.value)
        shown = [_shown(room) for room in db.session.scalars(rooms_for(actor))]
        return tuple(sorted(shown, key=lambda room: not room.typed.is_active))


def open_room(actor: Actor, room_id: int) -> ShownRoom:
    """Return a room for its form.

    Raises:
        CaseNotFoundError: the area has no such room.
    """
    with transaction():
        log.record(actor, Act.KEEP_ROOMS.value, thing=f"room {room_id}, form")
        return _shown(_room(actor, room_id))


def _room(actor: Actor, room_id: int) -> Room:
    found = db.session.scalars(rooms_for(actor).where(Room.id == room_id)).one_or_none()
    if found is None:
        raise CaseNotFoundError("room")
    return found


def _shown(room: Room) -> ShownRoom:
    values = {name: getattr(room, name) for name in TypedRoom.__dataclass_fields__}
    return ShownRoom(room.id, room.version, TypedRoom(**values))


def save_room(
    actor: Actor, token: str, typed: TypedRoom, room_id: int | None = None, version: int | None = 0
) -> None:
    """Add a room, or change one; meetings that are booked keep the place and links they have.

    Raises:
        BookingError: a link does not fit, or another room has the name.
        CaseNotFoundError: the area has no such room.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        room = Room(area_id=actor.area_id) if room_id is None else _room(actor, room_id)
        if room_id is not None:
            check_version(room, version)
        _check(actor, typed, room_id)
        for name in TypedRoom.__dataclass_fields__:
            setattr(room, name, getattr(typed, name))
        mark_changed(actor, room)
        db.session.add(room)
        db.session.flush()
        log.record(actor, Act.KEEP_ROOMS.value, thing=f"room {room.id}")


def _check(actor: Actor, typed: TypedRoom, room_id: int | None) -> None:
    for field in ("join_link", "applicant_join_link"):
        fault = fault_of_link(getattr(typed, field))
        if fault:
            raise BookingError(field, fault)
    if typed.join_link and typed.join_link == typed.applicant_join_link:
        raise BookingError("applicant_join_link", LINKS_APART)
    namesakes = rooms_for(actor).where(sa.func.lower(Room.name) == typed.name.lower())
    if any(room.id != room_id for room in db.session.scalars(namesakes)):
        raise BookingError("name", "Another room has this name already")


def room_choices(actor: Actor, chosen: int | None = None) -> tuple[tuple[int, str], ...]:
    """Return the rooms that can be booked, and the one that is; belongs inside a transaction."""
    rooms = db.session.scalars(rooms_for(actor))
    return tuple((room.id, room.label) for room in rooms if room.is_active or room.id == chosen)


def in_room(actor: Actor, typed: TypedMeeting) -> TypedMeeting:
    """Return a meeting with the place and the links of its room, where none are typed.

    Raises:
        BookingError: the area has no such room.
    """
    if typed.room_id is None:
        return typed
    room = db.session.scalars(rooms_for(actor).where(Room.id == typed.room_id)).one_or_none()
    if room is None:
        raise BookingError("room", "Select a room of your area")
    if typed.place and typed.place != room.label:
        raise BookingError("place", "Leave this empty for the room, or select “Another place”")
    return replace(
        typed,
        place=room.label,
        join_link=typed.join_link or room.join_link,
        applicant_join_link=typed.applicant_join_link or room.applicant_join_link,
    )


def without_room(actor: Actor, typed: TypedMeeting) -> TypedMeeting:
    """Return a meeting without what its room gives, so that another room gives its own.

    Where the room was renamed since, the place stands as it was booked.
    """
    if typed.room_id is None:
        return typed
    room = db.session.scalars(rooms_for(actor).where(Room.id == typed.room_id)).one_or_none()
    if room is None or typed.place != room.label:
        return replace(typed, room_id=None)
    return replace(
        typed,
        place="",
        join_link="" if typed.join_link == room.join_link else typed.join_link,
        applicant_join_link=""
        if typed.applicant_join_link == room.applicant_join_link
        else typed.applicant_join_link,
    )
