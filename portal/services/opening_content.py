"""What the screen of the opening section holds: the applicant's own, and what is written to them.

Nothing here reads what was shared, what the panel writes, or another party. Its statements are
those of ``access.scope.opening``, which cannot select any of it.
"""

import datetime as dt
from dataclasses import dataclass

from portal.access.scope.opening import (
    hours_for,
    in_the_room_for,
    own_name_for,
    own_request_wishes_for,
    own_statement_for,
    readings_for,
    wishes_for,
)
from portal.db import db
from portal.domain.first_names import first_name
from portal.domain.roles import Actor
from portal.models.case import PartyKind
from portal.models.meeting import Presence
from portal.models.opening import OpeningVisit, StatementReading, Wishes
from portal.services.opening_words import who_reads_to_them


@dataclass(frozen=True)
class OwnStatement:
    """The statement as its writer sees it.

    Attributes:
        reads_out: who reads it or has read it out, written to them: "the chair", "you".
    """

    words: str
    handed_in_on: dt.date
    reads_out: str
    was_read_out: bool


@dataclass(frozen=True)
class OwnWishes:
    """What they would like to happen; ``version`` is 0 until it is saved for the first time."""

    words: str
    version: int
    saved_at: dt.datetime | None


@dataclass(frozen=True)
class OpeningScreen:
    """The screen while an applicant is in the room.

    Attributes:
        who: who is in the room, by first name.
        writer: whose statement it is, by first name, where somebody stands in for them.
        with_them: who came with them; empty where nobody did.
        until: when the opening section is planned to end.
        step: which of the four is now, from 1.
        rings_today: who gets in touch today, and when.
        plan_by: the last day for the written plan if the meeting ends today; none where the
            scheme counts it from something else.
        in_the_room: first name and service of who else is there.
    """

    reference: str
    who: str
    writer: str
    is_remote: bool
    with_them: str
    at: dt.datetime
    until: dt.datetime
    step: int
    statement: OwnStatement | None
    wishes: OwnWishes
    rings_today: str
    plan_by: dt.date | None
    in_the_room: tuple[str, ...]

    @property
    def who_left(self) -> str:
        """Return the sentence to be ticked before the panel goes on."""
        if not self.with_them:
            return f"{self.who} has left, in the room and on video"
        everybody = f"{self.who} and who came along ({self.with_them})"
        return f"{everybody} have left, in the room and on video"


def opening_screen(
    actor: Actor, case_id: int, reference: str, visit: OpeningVisit, plan_by: dt.date | None
) -> OpeningScreen:
    """Return the screen for one visit; belongs inside a transaction.

    Args:
        actor: the chair.
        case_id: of the case, opened by the gate.
        reference: of the case.
        visit: who is in the room; all that stands in it was written for them to see.
        plan_by: the day by which they have the plan.
    """
    own = name_in_the_room(actor, case_id, visit.party_id)
    stands_in = visit.stands_in_id
    return OpeningScreen(
        reference=reference,
        who=name_in_the_room(actor, case_id, stands_in) if stands_in else own,
        writer=own if stands_in else "",
        is_remote=visit.is_remote,
        with_them=visit.with_them,
        at=actor.at,
        until=db.session.scalars(hours_for(actor, case_id)).one(),
        step=visit.step,
        statement=_statement(actor, case_id, visit.party_id),
        wishes=own_wishes(actor, case_id, visit.party_id),
        rings_today=visit.rings_today,
        plan_by=plan_by,
        in_the_room=_in_the_room(actor, case_id),
    )


def name_in_the_room(actor: Actor, case_id: int, party_id: int) -> str:
    """Return how somebody of the applicant's side is called: by first name, a business in full."""
    row = db.session.execute(own_name_for(actor, case_id, party_id)).one_or_none()
    if row is None or not row[0]:
        return "The applicant"
    name, kind = row
    return first_name(name) if kind is PartyKind.INDIVIDUAL else name


def own_wishes(actor: Actor, case_id: int, party_id: int) -> OwnWishes:
    """Return what one victim would like to happen, as saved or else as the request says."""
    row: Wishes | None = db.session.scalars(wishes_for(actor, case_id, party_id)).one_or_none()
    if row is not None:
        return OwnWishes(row.words, row.version, row.changed_at)
    asked = db.session.scalars(own_request_wishes_for(actor, case_id, party_id)).one_or_none()
    return OwnWishes(asked or "", 0, None)


def _statement(actor: Actor, case_id: int, party_id: int) -> OwnStatement | None:
    row = db.session.scalars(own_statement_for(actor, case_id, party_id)).one_or_none()
    if row is None:
        return None
    noted = readings_for(actor, case_id).where(StatementReading.statement_id == row.id)
    readings = db.session.scalars(noted).all()
    if readings:
        last = readings[-1]
        by = who_reads_to_them(last.read_by, last.read_by_name)
        return OwnStatement(row.words, row.handed_in_on, by, was_read_out=True)
    by = who_reads_to_them(row.reads_out, row.reads_out_name)
    return OwnStatement(row.words, row.handed_in_on, by, was_read_out=False)


def _in_the_room(actor: Actor, case_id: int) -> tuple[str, ...]:
    rows = db.session.execute(in_the_room_for(actor, case_id))
    return tuple(
        _first_name_and_service(name, agency, is_chair=is_chair, presence=presence)
        for name, agency, is_chair, presence in rows
    )


def _first_name_and_service(
    name: str, agency: str | None, *, is_chair: bool, presence: Presence
) -> str:
    service = "chair" if is_chair else agency or "coordinator"
    how = " (by video or phone)" if presence is Presence.REMOTE else ""
    return f"{first_name(name)}, {service}{how}"
