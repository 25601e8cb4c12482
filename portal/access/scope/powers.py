"""What the meeting agreed: findings, powers considered, recommendations, who joins in."""

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, open_case, part
from portal.access.scope.once import built_once
from portal.domain.roles import Actor
from portal.models.adequacy import AdequacyFinding
from portal.models.meeting import Action, ActionAgency
from portal.models.person import Agency
from portal.models.power import PowerConsidered, PowerSwitch
from portal.models.recommendation import Recommendation


@built_once
def powers_considered_for(actor: Actor, case_id: int) -> sa.Select[PowerConsidered]:
    """Select what was said of powers: for the whole panel."""
    return part(actor, PowerConsidered, case_id, "power_considered").order_by(
        PowerConsidered.number
    )


@built_once
def adequacy_findings_for(actor: Actor, case_id: int) -> sa.Select[AdequacyFinding]:
    """Select what was found of each agency's response: for the whole panel."""
    return part(actor, AdequacyFinding, case_id, "adequacy").order_by(AdequacyFinding.id)


@built_once
def recommendations_for(actor: Actor, case_id: int) -> sa.Select[Recommendation]:
    """Select the recommendations to public bodies: for the whole panel."""
    return part(actor, Recommendation, case_id, "recommendation").order_by(Recommendation.number)


@built_once
def joining_agencies_for(actor: Actor, case_id: int) -> sa.Select[int, int, str]:
    """Select who joins in which action of a case: its number in the database, agency and name."""
    return (
        sa.select(ActionAgency.action_id, Agency.id, Agency.name)
        .join(Action, Action.id == ActionAgency.action_id)
        .join(Agency, Agency.id == ActionAgency.agency_id)
        .where(Action.case_id == case_id, open_case(actor, case_id))
        .order_by(Agency.name)
        .execution_options(scope=KNOWING | {"action"})
    )


@built_once
def joining_rows_for(actor: Actor, case_id: int) -> sa.Select[ActionAgency]:
    """Select the rows of who joins in the actions of a case, to be changed."""
    return (
        sa.select(ActionAgency)
        .join(Action, Action.id == ActionAgency.action_id)
        .where(Action.case_id == case_id, open_case(actor, case_id))
        .execution_options(scope=KNOWING | {"action"})
    )


@built_once
def switches_for(actor: Actor) -> sa.Select[PowerSwitch]:
    """Select what the actor's area has switched, the oldest first: for all who are signed in."""
    return (
        sa.select(PowerSwitch)
        .where(PowerSwitch.area_id == actor.area_id)
        .order_by(PowerSwitch.power, PowerSwitch.number)
    )
