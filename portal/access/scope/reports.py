"""What happened, to whom it was reported, and the threshold decision: for the whole panel."""

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, open_case, part
from portal.access.scope.once import built_once
from portal.domain.roles import Actor
from portal.models.case import DecisionBody, Incident, Report, ThresholdDecision
from portal.models.person import Agency


@built_once
def incidents_for(actor: Actor, case_id: int) -> sa.Select[Incident]:
    """Select what happened, in the applicant's own words: for the whole panel.

    What has no day comes last.
    """
    return part(actor, Incident, case_id, "incident").order_by(
        Incident.happened_on.is_(None), Incident.happened_on, Incident.id
    )


@built_once
def reports_for(actor: Actor, case_id: int) -> sa.Select[Report]:
    """Select the reports of the incidents: for the whole panel; what has no day comes last."""
    return part(actor, Report, case_id, "incident").order_by(
        Report.reported_on.is_(None), Report.reported_on, Report.id
    )


@built_once
def decisions_for(actor: Actor, case_id: int) -> sa.Select[ThresholdDecision]:
    """Select the threshold decision: for the whole panel."""
    return part(actor, ThresholdDecision, case_id, "decision")


@built_once
def decision_bodies_for(actor: Actor, case_id: int) -> sa.Select[Agency]:
    """Select the agencies that agreed to the threshold decision."""
    decision = ThresholdDecision
    return (
        sa.select(Agency)
        .join(DecisionBody, DecisionBody.agency_id == Agency.id)
        .join(decision, decision.id == DecisionBody.decision_id)
        .where(decision.case_id == case_id, open_case(actor, case_id))
        .order_by(Agency.name)
        .execution_options(scope=KNOWING | {"decision"})
    )
