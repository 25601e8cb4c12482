"""What the coordinator still needs before deciding: from which body, and by when."""

import datetime as dt
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, load_case
from portal.access.scope.reports import needs_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.models.threshold import DecisionNeed
from portal.services.agencies import agencies_of_area
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.once import once


@dataclass(frozen=True, kw_only=True)
class TypedNeed:
    """What is needed, from which agency of the area, and by when."""

    what: str
    agency_id: int
    due_on: dt.date


@dataclass(frozen=True)
class ShownNeed:
    """What was asked for.

    Attributes:
        is_late: it has not come, and its day is over.
        got_on: the London day on which it was ticked off; none while it is open.
    """

    id: int
    agency: str
    what: str
    due_on: dt.date
    is_late: bool
    got_on: dt.date | None


@dataclass(frozen=True)
class AskingPage:
    """What the form for a need offers."""

    frame: CaseFrame
    agencies: dict[int, str]


def open_asking(actor: Actor, reference: str) -> AskingPage:
    """Return what the form for a need offers."""
    with transaction():
        opened = load_case(actor, reference, Act.ASK_FOR_MORE, thing="form")
        return AskingPage(frame(actor, opened), agencies_of_area(actor))


def ask_for_more(actor: Actor, reference: str, token: str, typed: TypedNeed) -> None:
    """Keep what is needed before the decision; nothing is sent to anybody.

    Raises:
        IntakeError: the agency is none of the area, or the day is over.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.ASK_FOR_MORE, thing="need")
        if typed.agency_id not in agencies_of_area(actor):
            raise IntakeError("agency", "Select one of the agencies")
        if typed.due_on < london_day(actor.at):
            raise IntakeError("due_on", "The day you need it by must be today or in the future")
        db.session.add(
            DecisionNeed(
                case_id=opened.case.id,
                agency_id=typed.agency_id,
                what=typed.what,
                due_on=typed.due_on,
                asked_at=actor.at,
                asked_by_id=actor.person_id,
            )
        )


def tick_off(actor: Actor, reference: str, need_id: int, token: str) -> None:
    """Record that what was needed has come; one that has come already stays as it is.

    Raises:
        CaseNotFoundError: it is not one of this case.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.ASK_FOR_MORE, thing=f"need {need_id}, come")
        query = needs_for(actor, opened.case.id).where(DecisionNeed.id == need_id)
        need = db.session.scalars(query).one_or_none()
        if need is None:
            raise CaseNotFoundError(opened.case.reference)
        if need.got_at is None:
            need.got_at, need.got_by_id = actor.at, actor.person_id


def needs_of(actor: Actor, case_id: int) -> tuple[ShownNeed, ...]:
    """Return what is needed before the decision, by its day; belongs inside a transaction."""
    found = db.session.scalars(needs_for(actor, case_id)).all()
    names = agencies_of_area(actor) if found else {}
    today = london_day(actor.at)
    return tuple(
        ShownNeed(
            id=need.id,
            agency=names[need.agency_id],
            what=need.what,
            due_on=need.due_on,
            is_late=need.got_at is None and need.due_on < today,
            got_on=london_day(need.got_at) if need.got_at else None,
        )
        for need in found
    )
