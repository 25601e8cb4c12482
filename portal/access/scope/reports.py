"""What happened, to whom it was reported, and the threshold decision: for the whole panel."""

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, open_case, part
from portal.access.scope.once import built_once
from portal.domain.roles import AGENCY_ROLES, Actor, Role
from portal.models.case import DecisionBody, Incident, Report, ThresholdDecision
from portal.models.person import Agency, Person
from portal.models.threshold import DecisionNeed, ReportStateChange


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
def reports_to_answer_for(actor: Actor, case_id: int) -> sa.Select[Report]:
    """Select the reports of which the actor may say whether they were found.

    An agency those that were made to it, the coordinator each of them.
    """
    mine: sa.ColumnElement[bool] = sa.false()
    if actor.role is Role.COORDINATOR:
        mine = sa.true()
    elif actor.role in AGENCY_ROLES:
        mine = Report.agency_id == actor.agency_id
    return reports_for(actor, case_id).where(mine)


@built_once
def report_states_for(actor: Actor, case_id: int) -> sa.Select[ReportStateChange, str]:
    """Select what was said of the reports, the oldest first, with who recorded it: for the panel.

    A row is the change, then the name of the person.
    """
    return (
        part(actor, ReportStateChange, case_id, "incident")
        .join(Person, Person.id == ReportStateChange.recorded_by_id)
        .add_columns(Person.name)
        .order_by(ReportStateChange.id)
    )


@built_once
def needs_for(actor: Actor, case_id: int) -> sa.Select[DecisionNeed]:
    """Select what is needed before the decision: the coordinator's own note."""
    mine = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    return (
        part(actor, DecisionNeed, case_id, "decision_need")
        .where(mine)
        .order_by(DecisionNeed.due_on, DecisionNeed.id)
    )


@built_once
def decisions_for(actor: Actor, case_id: int) -> sa.Select[ThresholdDecision]:
    """Select the threshold decision: for the whole panel."""
    return part(actor, ThresholdDecision, case_id, "decision")


@built_once
def decision_bodies_for(actor: Actor, case_id: int) -> sa.Select[str, DecisionBody]:
    """Select the agencies that agreed to the threshold decision: name, and when and who said so."""
    decision = ThresholdDecision
    return (
        sa.select(Agency.name, DecisionBody)
        .join(DecisionBody, DecisionBody.agency_id == Agency.id)
        .join(decision, decision.id == DecisionBody.decision_id)
        .where(decision.case_id == case_id, open_case(actor, case_id))
        .order_by(Agency.name)
        .execution_options(scope=KNOWING | {"decision"})
    )
