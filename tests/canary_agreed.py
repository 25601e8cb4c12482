"""What the meeting of the canary case found, said of powers, and recommended."""

import datetime as dt

from portal.domain.adequacy import Adequacy
from portal.domain.powers_considered import PowerResult, WhyNotRight
from portal.domain.roles import Actor
from portal.jobs import demo_people
from portal.services import adequacy, powers_considered, recommendations
from tests.canary import TOKENS
from tests.cases import agency_id, token


def agree(chair: Actor, reference: str) -> None:
    """Record a finding, powers and a recommendation by the services that the pages use."""
    council = agency_id(demo_people.HEXLEY_COUNCIL)
    adequacy.find_adequacy(
        chair, reference, council, token(), Adequacy.PARTLY, TOKENS["adequacy-fact"], 0
    )
    for typed in (
        powers_considered.TypedConsidered(
            power="warning",
            agency_id=council,
            result=PowerResult.USED,
            on_day=dt.date(2027, 1, 8),
            words=TOKENS["power-words"],
        ),
        powers_considered.TypedConsidered(
            power="community_protection_warning",
            agency_id=council,
            result=PowerResult.POSSIBLE_NOW,
            who=TOKENS["power-who"],
            words=TOKENS["power-missing"],
        ),
        powers_considered.TypedConsidered(
            power="mediation",
            agency_id=council,
            result=PowerResult.NOT_RIGHT,
            words=TOKENS["power-why-not"],
            why_not=WhyNotRight.WOULD_HARM_APPLICANT,
        ),
    ):
        powers_considered.consider_power(chair, reference, token(), typed)
    recommendations.recommend(
        chair,
        reference,
        token(),
        recommendations.TypedRecommendation(
            body=TOKENS["recommendation-body"],
            what=TOKENS["recommendation-what"],
            why=TOKENS["recommendation-why"],
            by_on=dt.date(2027, 4, 1),
            reply_by=dt.date(2027, 2, 16),
            words_for_applicant=TOKENS["recommendation-words"],
        ),
    )
