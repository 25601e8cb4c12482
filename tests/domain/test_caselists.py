import datetime as dt

import pytest

from portal.domain.caselists import (
    NEVER,
    CaseList,
    Spot,
    WaitsFor,
    lists_for,
    spot,
    waits_for,
)
from portal.domain.clocks.rules import Clock
from portal.domain.roles import Role
from portal.domain.stages import Stage

REFERENCE = "ACR-7K3Q-9MXD"


@pytest.mark.parametrize("day", [dt.date(2027, 1, 19), NEVER])
def test_a_place_in_a_list_comes_back_from_an_address(day):
    assert spot(str(Spot(day, REFERENCE))) == Spot(day, REFERENCE)


def test_the_day_that_stands_for_none_is_in_no_address():
    assert str(Spot(NEVER, REFERENCE)) == f"none.{REFERENCE}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        REFERENCE,
        f".{REFERENCE}",
        f"2027-02-30.{REFERENCE}",
        f"20270119.{REFERENCE}",
        f"2027-W03-2.{REFERENCE}",
        f"٢٠٢٧-٠١-١٩.{REFERENCE}",
        "2027-01-19.ACR-7K3Q-9MXX",
        "2027-01-19.' OR 1=1",
        "\x00",
        "😀." + REFERENCE,
        "9" * 400,
    ],
)
def test_what_is_no_place_is_none(text):
    assert spot(text) is None


@pytest.mark.parametrize(
    ("stage", "clock", "has_meeting", "who"),
    [
        (Stage.RECEIVED, Clock.ACKNOWLEDGE, False, WaitsFor.OFFICE),
        (Stage.ASSESSING, Clock.AGENCY_RETURN, False, WaitsFor.AGENCIES),
        (Stage.ASSESSING, Clock.THRESHOLD_DECISION, False, WaitsFor.OFFICE),
        (Stage.ARRANGING, Clock.MEETING, False, WaitsFor.OFFICE),
        (Stage.ARRANGING, Clock.MEETING, True, WaitsFor.PANEL),
        (Stage.REVIEWING, None, True, WaitsFor.CHAIR),
        (Stage.PLANNING, Clock.ACTION_PLAN, True, WaitsFor.OFFICE),
        (Stage.MONITORING, None, True, WaitsFor.AGENCIES),
        (Stage.NOT_MET, None, False, WaitsFor.NOBODY),
        (Stage.CLOSED, None, True, WaitsFor.NOBODY),
    ],
)
def test_each_stage_waits_for_somebody(stage, clock, has_meeting, who):
    assert waits_for(stage, clock, has_meeting=has_meeting) is who


def test_only_the_coordinator_has_the_lists_of_who_waits_for_whom():
    assert set(lists_for(Role.COORDINATOR)) == set(CaseList)
    for role in set(Role) - {Role.COORDINATOR}:
        assert not {CaseList.OFFICE, CaseList.AGENCIES} & set(lists_for(role))
