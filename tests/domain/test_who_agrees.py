"""Whose consent is waited for, and what goes to an applicant representative before all agreed."""

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.consent import Victim, may_be_told, still_to_agree, waits_for

VICTIMS = st.lists(
    st.builds(Victim, st.integers(1, 9), st.booleans(), st.booleans(), st.booleans()),
    unique_by=lambda each: each.party_id,
)


def _resident(number, has_agreed):
    return Victim(number, is_group=False, asks=False, has_agreed=has_agreed)


def test_of_six_names_with_four_consents_two_are_held():
    # Larch Court (domain.md 5, sample case 2): the residents are a group, and six are named.
    group = Victim(1, is_group=True, asks=False, has_agreed=False)
    residents = [group, *(_resident(number, number <= 5) for number in range(2, 8))]

    assert still_to_agree(residents) == waits_for(residents) == [6, 7]
    assert may_be_told(residents)


def test_a_group_whose_members_are_not_named_agrees_itself():
    group = Victim(1, is_group=True, asks=False, has_agreed=False)

    assert waits_for([group]) == [1]
    assert not may_be_told([group])


def test_a_victim_who_asks_holds_up_nothing_and_still_has_to_agree():
    noor = Victim(1, is_group=False, asks=True, has_agreed=False)

    assert waits_for([noor]) == []
    assert still_to_agree([noor]) == [1]
    assert not may_be_told([noor])


@given(VICTIMS)
def test_nothing_is_told_before_one_agreed_and_who_has_not_is_always_held(victims):
    held = set(still_to_agree(victims))

    assert may_be_told(victims) == any(each.has_agreed for each in victims)
    assert set(waits_for(victims)) <= held
    assert held.isdisjoint(each.party_id for each in victims if each.has_agreed)
    assert {each.party_id for each in victims if not (each.has_agreed or each.is_group)} <= held
    assert waits_for(victims) == waits_for(victims[::-1])[::-1]


@given(VICTIMS, st.integers(0, 8))
def test_one_more_consent_never_holds_more(victims, place):
    chosen = victims[place : place + 1]
    agreed = [
        Victim(each.party_id, each.is_group, each.asks, has_agreed=True) if each in chosen else each
        for each in victims
    ]

    assert set(still_to_agree(agreed)) <= set(still_to_agree(victims))
    assert set(waits_for(agreed)) <= set(waits_for(victims))
    assert may_be_told(agreed) >= may_be_told(victims)
