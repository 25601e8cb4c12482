"""Decisions of the meeting, read by its whole panel and corrected while it lasts."""

from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.meeting import meeting_decisions_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.models.meeting import MeetingDecision
from portal.services.changes import check_version, mark_changed
from portal.services.frames import CaseFrame, frame
from portal.services.live_stamp import moved
from portal.services.once import once
from portal.services.writing import ShownWriting, begin_and_see_others, decision_thing, end


@dataclass(frozen=True)
class DecisionPage:
    """A decision to be corrected, and who else is writing in it."""

    frame: CaseFrame
    number: int
    decision: str
    version: int
    writers: tuple[ShownWriting, ...]


def decided(actor: Actor, opened: Opened) -> tuple[str, ...]:
    """Return what the meeting has decided, in its order; belongs inside a transaction."""
    rows = db.session.scalars(meeting_decisions_for(actor, opened.case.id))
    return tuple(row.decision for row in rows)


def open_decision(actor: Actor, reference: str, number: int) -> DecisionPage:
    """Return a decision of the meeting that is under way.

    Raises:
        CaseNotFoundError: there is none of that number.
    """
    with transaction():
        opened = load_case(actor, reference, Act.RUN_MEETING, thing=f"decision {number}, form")
        row = _of_number(actor, opened, number)
        others = begin_and_see_others(actor, opened, decision_thing(number))
        return DecisionPage(frame(actor, opened), row.number, row.decision, row.version, others)


def change_decision(
    actor: Actor, reference: str, number: int, token: str, decision: str, version: int | None
) -> None:
    """Correct a decision.

    Raises:
        CaseNotFoundError: there is none of that number.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.RUN_MEETING, thing=f"decision {number}")
        row = _of_number(actor, opened, number)
        check_version(row, version)
        row.decision = decision
        mark_changed(actor, row)
        end(actor, opened, decision_thing(number))
        moved(opened)


def _of_number(actor: Actor, opened: Opened, number: int) -> MeetingDecision:
    rows = meeting_decisions_for(actor, opened.case.id).where(MeetingDecision.number == number)
    found = db.session.scalars(rows).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found
