"""Checking a request: acknowledged, passed on, and decided with reasons."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from portal.access.gate import Opened, load_case
from portal.access.scope.reports import decision_bodies_for, decisions_for
from portal.db import db
from portal.domain import stages
from portal.domain.clocks.rules import ClockEvent
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.domain.stages import Stage
from portal.domain.threshold.advice import Advice, Advised, departs
from portal.domain.threshold.facts import Response
from portal.models.case import CaseEvent, DecisionBody, ThresholdDecision
from portal.models.person import Agency
from portal.services import clocks
from portal.services.advice import advice_on
from portal.services.once import once

FLOOR_IS_MET = "“Not met” cannot be recorded: by law {number} reports are enough"


class AssessmentError(Exception):
    """What was typed cannot be saved; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class TypedDecision:
    """The threshold decision as it is typed in.

    Attributes:
        response: what was done about the reports; none where that is not known.
        departure: why it is decided otherwise than advised.
    """

    is_met: bool
    decided_on: dt.date
    reasons: str
    agreed_by: tuple[int, ...]
    response: Response | None = None
    departure: str = ""


@dataclass(frozen=True)
class ShownDecision:
    """The threshold decision as the panel reads it.

    Attributes:
        departed_from: the advice that it departs from, none where it follows it.
        departure: why it departs from it.
    """

    is_met: bool
    decided_on: dt.date
    reasons: str
    agreed_by: tuple[str, ...]
    departed_from: Advised | None = None
    departure: str = ""


def relevant_bodies(actor: Actor) -> list[tuple[int, str]]:
    """Return the area's relevant bodies: those that have to agree to a threshold decision."""
    agencies = db.session.scalars(
        sa.select(Agency).where(Agency.area_id == actor.area_id).order_by(Agency.name)
    )
    return [(agency.id, agency.name) for agency in agencies if agency.is_relevant_body]


def move_to(actor: Actor, opened: Opened, act: Act, end: Stage, reason: str = "") -> None:
    """Move the case by the table of moves and record the event; does not commit.

    Raises:
        IllegalMoveError: with a sentence that says what is missing.
    """
    opened.case.stage = stages.move(opened.facts, act, end)
    db.session.add(
        CaseEvent(
            case_id=opened.case.id,
            at=actor.at,
            person_id=actor.person_id,
            stage=end,
            reason=reason,
        )
    )


def acknowledge(actor: Actor, reference: str, token: str, day: dt.date) -> None:
    """Record that the applicant was told and every relevant body has the request.

    Raises:
        AssessmentError: the day lies before the receipt or in the future.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.ACKNOWLEDGE)
        acknowledged_on(actor, opened, day)


def acknowledged_on(actor: Actor, opened: Opened, day: dt.date) -> None:
    """Record that a request was acknowledged on a day, by whatever way; does not commit.

    Raises:
        AssessmentError: the day lies before the receipt or in the future.
        IllegalMoveError: it was acknowledged before.
    """
    _check_day(actor, opened, day, "acknowledged_on")
    move_to(actor, opened, Act.ACKNOWLEDGE, Stage.ASSESSING)
    at = clocks.instant_of(actor, day)
    clocks.happened(actor, opened.case, ClockEvent.ACKNOWLEDGED, at)
    clocks.happened(actor, opened.case, ClockEvent.INFORMATION_REQUESTED, at)


def record_threshold_decision(
    actor: Actor, reference: str, token: str, typed: TypedDecision
) -> None:
    """Record the decision with its reasons and the bodies that agreed, and move the case.

    Raises:
        AssessmentError: reasons or bodies are missing, or the day does not fit.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.DECIDE_THRESHOLD)
        _check_decision(actor, opened, typed)
        advice = advice_on(actor, opened, typed.response)
        _check_against(advice, typed)
        decision = ThresholdDecision(
            case_id=opened.case.id,
            is_met=typed.is_met,
            decided_on=typed.decided_on,
            reasons=typed.reasons,
            recorded_at=actor.at,
            recorded_by_id=actor.person_id,
            advice=advice.overall,
            response=typed.response,
            departure=typed.departure if departs(advice.overall, is_met=typed.is_met) else "",
        )
        db.session.add(decision)
        db.session.flush()
        for agency_id in typed.agreed_by:
            db.session.add(DecisionBody(decision_id=decision.id, agency_id=agency_id))
        _after_decision(actor, opened, typed)


def _after_decision(actor: Actor, opened: Opened, typed: TypedDecision) -> None:
    end = Stage.ARRANGING if typed.is_met else Stage.NOT_MET
    move_to(actor, opened, Act.DECIDE_THRESHOLD, end)
    at = clocks.instant_of(actor, typed.decided_on)
    outcome = ClockEvent.THRESHOLD_MET if typed.is_met else ClockEvent.THRESHOLD_NOT_MET
    # The notice of it is the letter: what is counted from that starts when it is issued.
    for event in (outcome, ClockEvent.THRESHOLD_DECIDED):
        clocks.happened(actor, opened.case, event, at)


def _check_decision(actor: Actor, opened: Opened, typed: TypedDecision) -> None:
    _check_day(actor, opened, typed.decided_on, "decided_on")
    if not typed.reasons.strip():
        raise AssessmentError("reasons", "Write your reasons: the applicant reads them")
    if not typed.agreed_by:
        raise AssessmentError("agreed_by", "Select the bodies that agreed")
    known = {agency_id for agency_id, _ in relevant_bodies(actor)}
    if not known.issuperset(typed.agreed_by):
        raise AssessmentError("agreed_by", "Select from the bodies on this page")


def _check_against(advice: Advice, typed: TypedDecision) -> None:
    """Hold a decision against the law and the advice.

    Section 104(4): with enough qualifying complaints the bodies must find the threshold met.
    """
    if advice.floor.is_met and not typed.is_met:
        raise AssessmentError("is_met", FLOOR_IS_MET.format(number=advice.floor.counted))
    if departs(advice.overall, is_met=typed.is_met) and not typed.departure.strip():
        advised = "met" if advice.overall is Advised.MET else "not met"
        sentence = f"Write why you decide otherwise: the advice is that it is {advised}"
        raise AssessmentError("departure", sentence)


def _check_day(actor: Actor, opened: Opened, day: dt.date, field: str) -> None:
    if day > london_day(actor.at):
        raise AssessmentError(field, "The day must be today or in the past")
    if day < london_day(opened.case.received_at):
        raise AssessmentError(field, "The day must be the same as or after the day of receipt")


def shown_decision(actor: Actor, case_id: int) -> ShownDecision | None:
    """Return the decision of a case, if there is one; belongs inside a transaction."""
    found = db.session.scalars(decisions_for(actor, case_id)).one_or_none()
    if found is None:
        return None
    bodies = db.session.scalars(decision_bodies_for(actor, case_id))
    return ShownDecision(
        found.is_met,
        found.decided_on,
        found.reasons,
        tuple(body.name for body in bodies),
        found.advice if found.departure else None,
        found.departure,
    )
