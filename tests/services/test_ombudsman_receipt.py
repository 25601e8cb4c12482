"""What ombudsmen found of case reviews, as far as the receipt of a request goes: not here.

The findings O1 to O7 are listed in the paper on the domain, section 1.4.
"""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.gate import CaseNotFoundError
from portal.db import db
from portal.domain.deadlines import london_day
from portal.models.case import Case
from portal.models.log import LogEntry
from portal.models.receipt import FirstCall, PassedOn
from portal.services import casepage, first_call, home, receipt_page, support_referrals
from portal.services.faults import IntakeError
from portal.services.support_referrals import SupportAnswer
from tests import cases
from tests.canary_case import DOOR
from tests.cases import actor_of, make_case, token

DAY_AFTER = cases.at(18, 14, month=12, year=2026)


@pytest.fixture
def reference(app, people):
    """A request that nobody has acknowledged yet."""
    found = make_case(app, stage="received")
    with app.app_context():
        yield found


def _office(at=DAY_AFTER):
    return actor_of(cases.COORDINATOR, at)


def _rows(model):
    return db.session.scalars(sa.select(model).execution_options(**DOOR)).all()


def _call(reference, **changes):
    typed = {
        "tried_on": DAY_AFTER.date(),
        "tried_time": dt.time(10),
        "way": first_call.CallWay.PHONE,
        "used": "01632 960199",
        "outcome": first_call.CallOutcome.NO_ANSWER,
    }
    call = first_call.TypedCall(**(typed | changes))
    first_call.record_call(_office(), reference, token(), call)


def test_o1_a_request_cannot_lie_about_before_the_agencies_hear_of_it(reference):
    """O1, report sent late: the bodies are told in the transaction that makes the case."""
    (case,) = _rows(Case)

    told = _rows(PassedOn)

    # Police, Hexley's council, the co-opted housing provider, health, and the partnership.
    assert len(told) == 5
    assert {row.at for row in told} == {case.received_at}


def test_o2_who_was_told_and_what_was_said_cannot_go_undocumented(reference):
    """O2, decision-making not documented, poor communication: who, when and what, and logged."""
    with pytest.raises(IntakeError, match="Enter what was said"):
        _call(reference, outcome=first_call.CallOutcome.REACHED)
    _call(reference, outcome=first_call.CallOutcome.REACHED, said="She is afraid.")

    (call,) = receipt_page.open_receipt(_office(), reference).calls
    assert (call.by, call.said, call.at) == (
        "Ruth Adeyemi",
        "She is afraid.",
        cases.at(18, 10, month=12, year=2026),
    )
    acts = [row.act for row in db.session.scalars(sa.select(LogEntry).order_by(LogEntry.number))]
    assert acts.count("work_on_receipt") == 1
    assert "passed_on" in acts


def test_o3_an_applicant_who_waits_for_a_call_does_not_drop_out_of_sight(reference):
    """O3, complainant not involved or updated: a contact stands until it was made, late in red."""
    _call(reference, next_on=dt.date(2026, 12, 21))
    late = home.open_home(_office(cases.at(22, month=12, year=2026)))
    # Nobody answered and nobody set another day: it does not go away by a try.
    _call(reference)
    still = home.open_home(_office(cases.at(23, month=12, year=2026)))

    for page in (late, still):
        found = {row.title: group.heading for group in page.groups for row in group.rows}
        assert found["Ring the applicant"] == "Late"
        assert "Acknowledge the request" in found
    clock = next(
        line
        for line in casepage.open_case(_office(), reference).clocks
        if "cknowledg" in line.label
    )
    # Three working days from Thursday 17 December: Friday, Monday, Tuesday the 22nd.
    assert clock.due_on == dt.date(2026, 12, 22)


def test_o4_no_relevant_body_is_left_out_and_none_without_an_answer_looks_done(reference):
    """O4, reliance on incomplete agency information: each body by name, the untold ones as such."""
    passings = receipt_page.open_receipt(_office(), reference).passings

    assert [each.body for each in passings if each.is_to_ring] == [
        "Hexley community safety partnership"
    ]
    assert all(each.how for each in passings)


def test_o5_a_try_to_reach_the_applicant_is_never_overwritten(reference):
    """O5, no accurate records, actions not completed: each try is its own, with its number."""
    _call(reference)
    _call(reference, outcome=first_call.CallOutcome.LEFT_MESSAGE)

    assert [row.number for row in _rows(FirstCall)] == [1, 2]
    assert [each.outcome for each in receipt_page.open_receipt(_office(), reference).calls] == [
        "Left a message",
        "Nobody answered",
    ]


def test_o6_support_is_offered_before_any_decision_and_a_no_sends_nobody_anywhere(reference):
    """O6, not signposted: offered at receipt; and only a yes that is written down refers."""
    (victim,) = receipt_page.open_receipt(_office(), reference).victims
    assert victim.offers == ()
    typed = support_referrals.TypedOffer(
        offered_on=london_day(DAY_AFTER), what="Victim Care", answer=SupportAnswer.NO
    )
    support_referrals.record_offer(_office(), reference, victim.party_id, token(), typed)

    (victim,) = receipt_page.open_receipt(_office(), reference).victims
    (offer,) = victim.offers
    assert (offer.answer, offer.is_yes) == ("No", False)
    with pytest.raises(CaseNotFoundError):
        support_referrals.refer(
            _office(), reference, offer.number, token(), "Victim Care", london_day(DAY_AFTER)
        )


def test_o7_the_law_says_whom_a_request_is_passed_to_and_not_the_panel(app, people):
    """O7, procedure not aligned with the law: section 104(3) counts, whoever is seated later."""
    make_case(app, stage="invited")
    with app.app_context():
        told = {row.body for row in _rows(PassedOn) if row.agency_id}

    # Health has no seat in this case and was told all the same.
    assert told == {"Wharrow Valley Police", "Hexley Council", "Tollgate Homes", "Wharrow ICB"}
