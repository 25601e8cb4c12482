"""The risk: its scorings for who decides about it, the band alone for the agencies.

Answers, points and the restricted question are for the chair and the coordinator. An agency on the
panel reads which band is in force and one line why. Everybody else reads nothing of it.
"""

from collections.abc import Collection

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, SEES_EVERYTHING, known, part
from portal.access.scope.once import built_once
from portal.domain.risk.bands import BandReason
from portal.domain.roles import AGENCY_ROLES, Actor, Role
from portal.models.panel import ChairAppointment
from portal.models.risk import BandDecision, BandState, RiskAnswer, RiskScoring, RiskStanding

_READS_BANDS = SEES_EVERYTHING | AGENCY_ROLES


def standings_of(actor: Actor, case_ids: Collection[int]) -> sa.Select[RiskStanding]:
    """Select where the risk stands on cases that the actor may open."""
    mine = sa.true() if actor.role in _READS_BANDS else sa.false()
    return (
        sa.select(RiskStanding)
        .where(
            RiskStanding.case_id.in_(case_ids),
            known(actor, RiskStanding.case_id, declared=True),
            mine,
        )
        .execution_options(scope=KNOWING | {"risk_standing"})
    )


@built_once
def scorings_for(actor: Actor, case_id: int) -> sa.Select[RiskScoring]:
    """Select the scorings of a case, the latest first: for the coordinator and the chair."""
    mine = sa.true() if actor.role in SEES_EVERYTHING else sa.false()
    return part(actor, RiskScoring, case_id, "risk").where(mine).order_by(RiskScoring.number.desc())


@built_once
def risk_answers_for(actor: Actor, case_id: int) -> sa.Select[RiskAnswer]:
    """Select the answers of all scorings of a case: for the coordinator and the chair."""
    scorings = scorings_for(actor, case_id).with_only_columns(RiskScoring.id).order_by(None)
    return (
        sa.select(RiskAnswer)
        .where(RiskAnswer.scoring_id.in_(scorings))
        .execution_options(scope=KNOWING | {"risk"})
    )


@built_once
def band_decisions_for(actor: Actor, case_id: int) -> sa.Select[BandDecision]:
    """Select the decisions on the band, the first first: for the coordinator and the chair."""
    scorings = scorings_for(actor, case_id).with_only_columns(RiskScoring.id).order_by(None)
    return (
        sa.select(BandDecision)
        .where(BandDecision.scoring_id.in_(scorings))
        .order_by(BandDecision.id)
        .execution_options(scope=KNOWING | {"risk"})
    )


def asked_of(actor: Actor, case_ids: Collection[int]) -> sa.Select[int]:
    """Select on which of the cases a lower band waits for this actor to agree."""
    return (
        _asked(actor)
        .with_only_columns(RiskStanding.case_id)
        .where(RiskStanding.case_id.in_(case_ids))
    )


@built_once
def asked_decisions_for(actor: Actor, case_id: int) -> sa.Select[BandDecision]:
    """Select the decision on a lower band that waits for this actor, a second person, to agree."""
    return _asked(actor).where(RiskStanding.case_id == case_id)


def _asked(actor: Actor) -> sa.Select[BandDecision]:
    """Select what waits for a second person.

    The chair answers the coordinator and the reverse; the leads of the panel's agencies answer the
    coordinator as long as no chair has declared (our risk matrix, 6). What rests on restricted
    information of an agency waits for the chair: the leads of the others may not read it. Nobody
    answers themselves.
    """
    return (
        sa.select(BandDecision)
        .join(RiskStanding, RiskStanding.asked_id == BandDecision.id)
        .where(
            BandDecision.state == BandState.ASKED,
            BandDecision.decided_by_id != actor.person_id,
            _answers(actor),
            known(actor, RiskStanding.case_id, declared=True),
        )
        .execution_options(scope=KNOWING | {"risk", "risk_standing"})
    )


def _answers(actor: Actor) -> sa.ColumnElement[bool]:
    match actor.role:
        case Role.COORDINATOR:
            return BandDecision.as_chair.is_(True)
        case Role.CHAIR:
            return BandDecision.as_chair.is_(False)
        case Role.AGENCY_LEAD:
            ready = sa.select(ChairAppointment.id).where(
                ChairAppointment.case_id == RiskStanding.case_id,
                ChairAppointment.ended_at.is_(None),
                ChairAppointment.declared_none_at.is_not(None),
            )
            no_chair = ~ready.correlate(RiskStanding).exists()
            is_open = BandDecision.reason != BandReason.AGENCY_INFORMATION
            return sa.and_(BandDecision.as_chair.is_(False), no_chair, is_open)
        case _:
            return sa.false()
