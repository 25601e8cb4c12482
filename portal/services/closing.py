"""A case is closed: nothing is left to do, or the request was withdrawn."""

from dataclasses import dataclass, replace

from portal.access.gate import Opened, load_case
from portal.access.scope.risk import scorings_for
from portal.db import db, transaction
from portal.domain.caselists import NEVER
from portal.domain.clocks.rules import RIGHTS, ClockEvent
from portal.domain.dates import in_words
from portal.domain.deadlines import london_day
from portal.domain.risk.scorings import BeforeClosing, PastScore, before_closing
from portal.domain.roles import Act, Actor
from portal.domain.stages import Stage
from portal.services import clocks
from portal.services.assessment import move_to
from portal.services.calling_off import call_off_with_request
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.risk_words import BEFORE_CLOSING

NOT_TOLD = "No letter has told the applicant the decision"


class ClosingError(Exception):
    """What was typed cannot be saved; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class ClosingPage:
    """What is left before a case is closed.

    Attributes:
        faults: what has to be done first, a sentence each.
        asks: the fields that this case needs besides the reason.
    """

    frame: CaseFrame
    faults: tuple[str, ...]
    asks: frozenset[str]


@dataclass(frozen=True)
class TypedClosing:
    """Why a case is closed.

    Attributes:
        all_the_same: why, although the last two scores are not both under High.
        manager: who in the lead agency agrees, where the risk was Very high.
    """

    reason: str
    all_the_same: str = ""
    manager: str = ""


_ASKED = {
    BeforeClosing.TWO_LOWER_SCORES: "all_the_same",
    BeforeClosing.MANAGER_AGREES: "manager",
}
"""What a person can answer instead of doing it, and in which field."""


def open_closing(actor: Actor, reference: str) -> ClosingPage:
    """Return what is left before a case is closed."""
    with transaction():
        opened = load_case(actor, reference, Act.CLOSE_CASE, thing="form")
        missing = _missing(actor, opened)
        asks = frozenset(_ASKED[each] for each in missing if each in _ASKED)
        return ClosingPage(frame(actor, opened), _faults(actor, opened, missing), asks)


def close_case(actor: Actor, reference: str, token: str, typed: TypedClosing) -> None:
    """Close a case in which nothing is left to do.

    Raises:
        IllegalMoveError: something has to be done first.
        ClosingError: an answer is missing that this case needs.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CLOSE_CASE)
        missing = _missing(actor, opened)
        for each, field in _ASKED.items():
            if each in missing and not getattr(typed, field).strip():
                raise ClosingError(field, f"Write this: {BEFORE_CLOSING[each]}")
        faults = _faults(actor, opened, missing)
        ready = Opened(opened.case, replace(opened.facts, closing_faults=faults))
        _close(actor, ready, Act.CLOSE_CASE, _whole_reason(typed, missing))


def withdraw_request(actor: Actor, reference: str, token: str, reason: str) -> None:
    """Close a case whose applicant does not want the review any more."""
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.WITHDRAW_REQUEST)
        call_off_with_request(actor, opened, "The request was withdrawn")
        _close(actor, opened, Act.WITHDRAW_REQUEST, f"Withdrawn: {reason}")


def _close(actor: Actor, opened: Opened, act: Act, reason: str) -> None:
    move_to(actor, opened, act, Stage.CLOSED, reason)
    clocks.happened(actor, opened.case, ClockEvent.CASE_CLOSED, actor.at)


def _whole_reason(typed: TypedClosing, missing: tuple[BeforeClosing, ...]) -> str:
    found = [typed.reason]
    if BeforeClosing.TWO_LOWER_SCORES in missing:
        found.append(f"Closed although the risk was High: {typed.all_the_same}")
    if BeforeClosing.MANAGER_AGREES in missing:
        found.append(f"Agreed in the lead agency: {typed.manager}")
    return "\n\n".join(found)


def _missing(actor: Actor, opened: Opened) -> tuple[BeforeClosing, ...]:
    rows = db.session.scalars(scorings_for(actor, opened.case.id)).all()
    return before_closing([PastScore(row.occasion, row.band) for row in reversed(rows)])


def _faults(actor: Actor, opened: Opened, missing: tuple[BeforeClosing, ...]) -> tuple[str, ...]:
    kept = clocks.kept_clocks(actor, opened.case)
    today = london_day(actor.at)
    found = [BEFORE_CLOSING[each] for each in missing if each not in _ASKED]
    if opened.case.stage is Stage.NOT_MET and ClockEvent.DECISION_NOTICE_SENT not in kept.recorded:
        found.append(NOT_TOLD)
    found += [
        f"The applicant can appeal until {in_words(row.due_on)}"
        for row in kept.rows.values()
        if row.clock in RIGHTS and row.stopped_on is None and today <= row.due_on != NEVER
    ]
    return tuple(found)
