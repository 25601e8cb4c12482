import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.handling import AgencyKind
from portal.domain.panel_suggestion import AgencyFacts, Needs, suggest

HEXLEY, WHARROWDALE = 1, 2


def _agency(number, kind, **more):
    return AgencyFacts(agency_id=number, name=f"Agency {number}", kind=AgencyKind(kind), **more)


POLICE = _agency(1, "police")
COUNCIL = _agency(2, "council", lga_id=HEXLEY)
OTHER_COUNCIL = _agency(3, "council", lga_id=WHARROWDALE)
CO_OPTED = _agency(4, "housing_provider", is_co_opted=True)
LANDLORD = _agency(5, "housing_provider")
HEALTH = _agency(6, "health")
FIRE = _agency(7, "fire")
PROBATION = _agency(8, "probation")
SUPPORT = _agency(9, "victim_support")
ALL = (SUPPORT, PROBATION, FIRE, HEALTH, LANDLORD, CO_OPTED, OTHER_COUNCIL, COUNCIL, POLICE)


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        # The Act's bodies only: police, the council of the area, health.
        ({}, [(1, True), (2, True), (6, True)]),
        ({"landlord_agency_id": 4}, [(1, True), (2, True), (4, True), (6, True)]),
        # A landlord that is not co-opted belongs there, but the Act does not require it.
        ({"landlord_agency_id": 5}, [(1, True), (2, True), (6, True), (5, False)]),
        ({"has_respondent": True}, [(1, True), (2, True), (6, True), (8, False)]),
        ({"wants_support": True}, [(1, True), (2, True), (6, True), (9, False)]),
    ],
)
def test_the_panel_is_what_the_case_asks_for(needs, expected):
    found = suggest(ALL, Needs(lga_id=HEXLEY, **needs))

    assert [(each.agency_id, each.is_required) for each in found] == expected
    assert all(each.reason for each in found)


AGENCIES = st.lists(
    st.builds(
        AgencyFacts,
        agency_id=st.integers(1, 99),
        name=st.text(min_size=1, max_size=5),
        kind=st.sampled_from(AgencyKind),
        is_co_opted=st.booleans(),
        lga_id=st.sampled_from([None, HEXLEY, WHARROWDALE]),
    ),
    unique_by=lambda each: each.agency_id,
)
NEEDS = st.builds(
    Needs,
    lga_id=st.sampled_from([HEXLEY, WHARROWDALE]),
    landlord_agency_id=st.none() | st.integers(1, 99),
    has_respondent=st.booleans(),
    wants_support=st.booleans(),
)


@given(agencies=AGENCIES, needs=NEEDS)
def test_nobody_is_suggested_twice_or_from_elsewhere_and_the_act_comes_first(agencies, needs):
    found = suggest(agencies, needs)

    numbers = [each.agency_id for each in found]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) <= {each.agency_id for each in agencies}
    required = [each.is_required for each in found]
    assert required == sorted(required, reverse=True)


@given(agencies=AGENCIES, needs=NEEDS)
def test_a_council_of_another_area_is_suggested_only_as_the_landlord(agencies, needs):
    by_number = {each.agency_id: each for each in agencies}

    for each in suggest(agencies, needs):
        agency = by_number[each.agency_id]
        if agency.kind is AgencyKind.COUNCIL and agency.lga_id != needs.lga_id:
            assert agency.agency_id == needs.landlord_agency_id
