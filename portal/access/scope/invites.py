"""Answers to invites, and the rooms that an office keeps."""

import datetime as dt

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, SEES_EVERYTHING, open_case
from portal.access.scope.once import built_once
from portal.domain.roles import Actor, Role
from portal.models.invite import InviteAnswer
from portal.models.meeting import Meeting
from portal.models.room import Room

_ROLES_WITH_ROOMS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR, Role.CHAIR})


@built_once
def answers_for(actor: Actor, case_id: int) -> sa.Select[InviteAnswer]:
    """Select the answers to the invites of a case's meeting, the first one first.

    The coordinator and the chair read them all; everybody else only their own.
    """
    theirs = (
        sa.true() if actor.role in SEES_EVERYTHING else InviteAnswer.person_id == actor.person_id
    )
    return (
        sa.select(InviteAnswer)
        .join(Meeting, Meeting.id == InviteAnswer.meeting_id)
        .where(
            Meeting.case_id == case_id,
            Meeting.called_off_at.is_(None),
            open_case(actor, case_id),
            theirs,
        )
        .order_by(InviteAnswer.id)
        .execution_options(scope=KNOWING | {"meeting", "invite_answer"})
    )


@built_once
def access_notes_for(actor: Actor, case_id: int) -> sa.Select[str]:
    """Select how to get into the room of a case's meeting, for everybody who opens the case.

    The room's links are not among it: the applicant's is the office's alone.
    """
    return (
        sa.select(Room.access_notes)
        .join(Meeting, Meeting.room_id == Room.id)
        .where(
            Meeting.case_id == case_id,
            Meeting.called_off_at.is_(None),
            open_case(actor, case_id),
        )
        .execution_options(scope=KNOWING | {"meeting", "room"})
    )


@built_once
def taken_hours_for(
    actor: Actor, room_id: int, case_id: int
) -> sa.Select[dt.datetime, dt.datetime]:
    """Select when the meetings of other cases have a room: from and to, and nothing of the case."""
    mine = sa.true() if actor.role in _ROLES_WITH_ROOMS else sa.false()
    return (
        sa.select(Meeting.starts_at, Meeting.ends_at)
        .join(Room, Room.id == Meeting.room_id)
        .where(
            Room.id == room_id,
            Room.area_id == actor.area_id,
            Meeting.case_id != case_id,
            Meeting.called_off_at.is_(None),
            Meeting.closed_at.is_(None),
            mine,
        )
        .order_by(Meeting.starts_at)
        .execution_options(scope=frozenset({"meeting", "room"}))
    )


@built_once
def rooms_for(actor: Actor) -> sa.Select[Room]:
    """Select the rooms of the actor's area, for those who keep them or book a sitting in one."""
    mine = sa.true() if actor.role in _ROLES_WITH_ROOMS else sa.false()
    return (
        sa.select(Room)
        .where(Room.area_id == actor.area_id, mine)
        .order_by(Room.name)
        .execution_options(scope=frozenset({"room"}))
    )
