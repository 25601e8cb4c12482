"""What was done on receipt of the canary case: told by phone, called, support offered and sent."""

import datetime as dt

from portal.domain.roles import Actor
from portal.services import first_call, passing_on, receipt_page, support_referrals
from tests import cases
from tests.canary import TOKENS
from tests.cases import token

bird = TOKENS
TODAY = cases.ACKNOWLEDGED_AT.date()


def do_on_receipt(office: Actor, reference: str) -> None:
    """Fill in every text of what is done on receipt."""
    page = receipt_page.open_receipt(office, reference)
    to_ring = next(each for each in page.passings if each.is_to_ring)
    passing_on.say_rung(office, reference, to_ring.number, token(), bird["told-whom"])
    call = first_call.TypedCall(
        tried_on=TODAY,
        tried_time=dt.time(0, 5),
        way=first_call.CallWay.PHONE,
        used=bird["call-used"],
        outcome=first_call.CallOutcome.REACHED,
        who_answered=bird["call-answered"],
        said=bird["call-said"],
        added=bird["call-added"],
    )
    first_call.record_call(office, reference, token(), call)
    offer = support_referrals.TypedOffer(
        offered_on=TODAY,
        what=bird["offer-what"],
        answer=support_referrals.SupportAnswer.YES,
        wording=bird["offer-wording"],
        method=support_referrals.ConsentMethod.SPOKEN,
    )
    party_id = page.victims[0].party_id
    support_referrals.record_offer(office, reference, party_id, token(), offer)
    (made,) = receipt_page.open_receipt(office, reference).victims[0].offers
    support_referrals.refer(
        office, reference, made.number, token(), bird["referral-service"], TODAY
    )
    (made,) = receipt_page.open_receipt(office, reference).victims[0].offers
    support_referrals.say_outcome(
        office,
        reference,
        made.referrals[0].number,
        token(),
        support_referrals.ReferralOutcome.ACCEPTED,
        TODAY,
        bird["referral-words"],
    )
