"""What the open pages of a meeting ask every few seconds, and who is writing in what."""

import datetime as dt
from functools import lru_cache

import sqlalchemy as sa

from portal.access.scope.marks import part
from portal.access.scope.once import built_once
from portal.domain.roles import Actor
from portal.models.live import LiveLook, Writing
from portal.models.meeting import Attendance, Meeting, Presence

SIGN_OF_LIFE = dt.timedelta(minutes=2)
_SCOPE = frozenset({"meeting", "live"})
_NOT_HERE = (Presence.APOLOGIES, Presence.ABSENT, Presence.LEFT_EARLY)


@lru_cache(maxsize=1)  # asked twice a second in a meeting of eight, so built once
def pulse() -> sa.Select[int, int, bool]:
    """Select the stamp of a case's meeting, how many are writing, and whether a person is there.

    It shows no content. Ask it only of a case that the gate has let the actor glance at, with
    ``of_case``, ``of_person`` and ``alive_after``.
    """
    case_id: sa.BindParameter[int] = sa.bindparam("of_case")
    writing = (
        sa.select(sa.func.count())
        .select_from(Writing)
        .where(Writing.case_id == case_id, Writing.seen_at > sa.bindparam("alive_after"))
    )
    there = sa.exists().where(
        Attendance.meeting_id == Meeting.id,
        Attendance.sitting == Meeting.sitting,
        Attendance.person_id == sa.bindparam("of_person"),
        Attendance.presence.not_in(_NOT_HERE),
        Attendance.left_at.is_(None),
        Meeting.opened_at.is_not(None),
        Meeting.closed_at.is_(None),
    )
    return (
        sa.select(Meeting.stamp, writing.scalar_subquery(), there)
        .where(Meeting.case_id == case_id, Meeting.called_off_at.is_(None))
        .execution_options(scope=_SCOPE)
    )


def move_stamp_of(case_id: int) -> sa.Update:
    """Return what tells the open pages of a case's meeting that something has changed."""
    return (
        sa.update(Meeting)
        .where(Meeting.case_id == case_id, Meeting.called_off_at.is_(None))
        .values(stamp=Meeting.stamp + 1)
        .execution_options(scope=_SCOPE, synchronize_session=False)
    )


@built_once
def writings_for(actor: Actor, case_id: int) -> sa.Select[Writing]:
    """Select who is writing in what of a case, whether or not they still are."""
    return part(actor, Writing, case_id, "live").order_by(Writing.since, Writing.person_id)


def drop_writing_of(case_id: int, thing: str, person_id: int) -> sa.Delete:
    """Return what ends that somebody is writing in something."""
    return (
        sa.delete(Writing)
        .where(Writing.case_id == case_id, Writing.thing == thing, Writing.person_id == person_id)
        .execution_options(scope=_SCOPE, synchronize_session=False)
    )


def look_of(meeting_id: int, sitting: int, person_id: int) -> sa.Select[LiveLook]:
    """Select when the log last said that a person was shown something new of a sitting."""
    return (
        sa.select(LiveLook)
        .where(
            LiveLook.meeting_id == meeting_id,
            LiveLook.sitting == sitting,
            LiveLook.person_id == person_id,
        )
        .execution_options(scope=_SCOPE)
    )
