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
from portal.domain.threshold.facts import Answers
from portal.models.case import CaseEvent, DecisionBody, ThresholdDecision
from portal.models.person import Agency
from portal.services import clocks, passing_on
from portal.services.advice import NOTHING_ANSWERED, advice_on, answers_to_keep
from portal.services.once import once
from portal.services.words import facts_in_words

FLOOR_IS_MET = "“Not met” cannot be recorded: by law {number} reports are enough"


class AssessmentError(Exception):
    """What was typed cannot be saved; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Agreement:
    """That a body agreed to the decision: who there said so, and when."""

    agency_id: int
    said_by: str
    agreed_on: dt.date


@dataclass(frozen=True, kw_only=True)
class TypedDecision:
    """The threshold decision as it is typed in.

    Attributes:
        answers: what is known besides the reports.
        departure: why it is decided otherwise than advised.
    """

    is_met: bool
    decided_on: dt.date
    reasons: str
    agreed_by: tuple[Agreement, ...]
    answers: Answers = NOTHING_ANSWERED
    departure: str = ""


@dataclass(frozen=True)
class ShownAgreement:
    """A body that agreed; who said so and when is not known of older decisions."""

    body: str
    said_by: str
    agreed_on: dt.date | None


@dataclass(frozen=True)
class ShownDecision:
    """The threshold decision as the panel reads it.

    Attributes:
        agreed_by: the names of the bodies that agreed.
        agreements: the same, each with who said so and when.
        answers: what the local rules asked for besides the reports: question and answer.
        departed_from: the advice that it departs from, none where it follows it.
        departure: why it departs from it.
    """

    is_met: bool
    decided_on: dt.date
    reasons: str
    agreed_by: tuple[str, ...]
    agreements: tuple[ShownAgreement, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
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
        advice = advice_on(actor, opened, typed.answers)
        _check_against(advice, typed)
        decision = ThresholdDecision(
            case_id=opened.case.id,
            is_met=typed.is_met,
            decided_on=typed.decided_on,
            reasons=typed.reasons,
            recorded_at=actor.at,
            recorded_by_id=actor.person_id,
            advice=advice.overall,
            response=typed.answers.response,
            departure=typed.departure if departs(advice.overall, is_met=typed.is_met) else "",
            answers=answers_to_keep(typed.answers, opened),
        )
        db.session.add(decision)
        db.session.flush()
        for agreement in typed.agreed_by:
            db.session.add(DecisionBody(decision_id=decision.id, **vars(agreement)))
        _after_decision(actor, opened, typed)


def _after_decision(actor: Actor, opened: Opened, typed: TypedDecision) -> None:
    end = Stage.ARRANGING if typed.is_met else Stage.NOT_MET
    move_to(actor, opened, Act.DECIDE_THRESHOLD, end)
    at = clocks.instant_of(actor, typed.decided_on)
    outcome = ClockEvent.THRESHOLD_MET if typed.is_met else ClockEvent.THRESHOLD_NOT_MET
    # The notice of it is the letter: what is counted from that starts when it is issued.
    for event in (outcome, ClockEvent.THRESHOLD_DECIDED):
        clocks.happened(actor, opened.case, event, at)
    passing_on.tell_partnership(actor, opened.case, passing_on.Occasion.DECISION)


def _check_decision(actor: Actor, opened: Opened, typed: TypedDecision) -> None:
    _check_day(actor, opened, typed.decided_on, "decided_on")
    if not typed.reasons.strip():
        raise AssessmentError("reasons", "Write your reasons: the applicant reads them")
    if not typed.agreed_by:
        raise AssessmentError("agreed_by", "Select the bodies that agreed")
    known = {agency_id for agency_id, _ in relevant_bodies(actor)}
    if not known.issuperset(each.agency_id for each in typed.agreed_by):
        raise AssessmentError("agreed_by", "Select from the bodies on this page")
    for each in typed.agreed_by:
        _check_agreement(opened, each, typed.decided_on)


def _check_agreement(opened: Opened, agreement: Agreement, decided_on: dt.date) -> None:
    if not agreement.said_by.strip():
        raise AssessmentError(f"said_by_{agreement.agency_id}", "Enter who said that they agree")
    place = f"agreed_on_{agreement.agency_id}"
    if agreement.agreed_on > decided_on:
        raise AssessmentError(
            place, "The day they agreed must be the same as or before the day of the decision"
        )
    if agreement.agreed_on < london_day(opened.case.received_at):
        raise AssessmentError(
            place, "The day they agreed must be the same as or after the day of receipt"
        )


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
    agreements = tuple(
        ShownAgreement(name, body.said_by, body.agreed_on)
        for name, body in db.session.execute(decision_bodies_for(actor, case_id))
    )
    return ShownDecision(
        is_met=found.is_met,
        decided_on=found.decided_on,
        reasons=found.reasons,
        agreed_by=tuple(each.body for each in agreements),
        agreements=agreements,
        answers=tuple(facts_in_words(found.response, found.answers)),
        departed_from=found.advice if found.departure else None,
        departure=found.departure,
    )
