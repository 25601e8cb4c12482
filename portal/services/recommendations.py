"""Recommendations to bodies with public functions, which must have regard to them: not actions."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.powers import recommendations_for
from portal.db import db, transaction
from portal.domain.deadlines import add_working_days, london_day
from portal.domain.roles import Act, Actor
from portal.domain.stages import Stage
from portal.models.recommendation import Recommendation
from portal.services.actions import uncheck
from portal.services.agreed import ShownRecommendation, agreed
from portal.services.calendars import days_off
from portal.services.changes import check_version, mark_changed
from portal.services.frames import CaseFrame, frame
from portal.services.live_stamp import moved
from portal.services.once import once
from portal.services.writing import (
    ShownWriting,
    begin_and_see_others,
    end,
    recommendation_thing,
)

# The Act names no day by which a body replies (section 104(7)); this one is ours.
REPLY_WITHIN: Final = 20


@dataclass(frozen=True, kw_only=True)
class TypedRecommendation:
    """A recommendation as it is typed in.

    Attributes:
        body: who is asked to have regard to it.
        by_on: by when it should be done, if a day was named.
        words_for_applicant: what the applicant reads of it; empty for nothing.
    """

    body: str
    what: str
    why: str
    by_on: dt.date | None
    reply_by: dt.date
    words_for_applicant: str = ""


@dataclass(frozen=True)
class RecommendationPage:
    """The form for a recommendation.

    Attributes:
        stored: what is there; none for a new one.
        reply_by: the day that is offered for the reply.
        writers: who else is writing in it.
    """

    frame: CaseFrame
    stored: ShownRecommendation | None
    reply_by: dt.date
    is_meeting_open: bool
    writers: tuple[ShownWriting, ...]


def open_recommendation(
    actor: Actor, reference: str, number: int | None = None
) -> RecommendationPage:
    """Return the form for a new recommendation, or for one that is there.

    Raises:
        CaseNotFoundError: there is none of that number.
    """
    with transaction():
        thing = "recommendation, form" if number is None else f"recommendation {number}, form"
        opened = load_case(actor, reference, Act.RECOMMEND, thing=thing)
        found = [each for each in agreed(actor, opened).recommendations if each.number == number]
        if number is not None and not found:
            raise CaseNotFoundError(reference)
        thing = recommendation_thing(number) if number else ""
        return RecommendationPage(
            frame=frame(actor, opened),
            stored=found[0] if found else None,
            reply_by=_reply_by(opened, london_day(actor.at)),
            is_meeting_open=opened.case.stage is Stage.REVIEWING,
            writers=begin_and_see_others(actor, opened, thing) if thing else (),
        )


def _reply_by(opened: Opened, today: dt.date) -> dt.date:
    off = frozenset(days_off(opened.case.area_id, today))
    return add_working_days(today, REPLY_WITHIN, off)


def recommend(actor: Actor, reference: str, token: str, typed: TypedRecommendation) -> int:
    """Record a recommendation; return its number."""
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        opened = load_case(actor, reference, Act.RECOMMEND, thing="recommendation")
        rows = db.session.scalars(recommendations_for(actor, opened.case.id)).all()
        row = Recommendation(case_id=opened.case.id, number=len(rows) + 1)
        _fill(row, typed)
        db.session.add(row)
        moved(opened)
        uncheck(actor, opened)
        turn.result = str(row.number)
    return int(turn.result)


def change_recommendation(
    actor: Actor,
    reference: str,
    number: int,
    token: str,
    typed: TypedRecommendation,
    version: int | None,
) -> None:
    """Change a recommendation.

    Raises:
        CaseNotFoundError: there is none of that number.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.RECOMMEND, thing=f"recommendation {number}")
        row = _of_number(actor, opened, number)
        check_version(row, version)
        _fill(row, typed)
        mark_changed(actor, row)
        end(actor, opened, recommendation_thing(number))
        moved(opened)
        uncheck(actor, opened)


def _of_number(actor: Actor, opened: Opened, number: int) -> Recommendation:
    rows = recommendations_for(actor, opened.case.id).where(Recommendation.number == number)
    found = db.session.scalars(rows).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def _fill(row: Recommendation, typed: TypedRecommendation) -> None:
    for name in TypedRecommendation.__dataclass_fields__:
        setattr(row, name, getattr(typed, name))
