"""The four sample cases, typed in by the services: their thresholds and their days.

The answers are those of the domain's own table of sample cases; how they were counted stands
beside each.
"""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.access.gate import load_case
from portal.access.scope.clocks import clocks_for
from portal.db import db, transaction
from portal.domain.answers import Answer
from portal.domain.clocks.rules import Clock, ClockEvent
from portal.domain.roles import Act
from portal.domain.threshold.advice import Advised
from portal.domain.threshold.counting import Reason
from portal.domain.threshold.facts import Answers, ReportState, Response
from portal.jobs import demo_people, demo_reports, demo_requests
from portal.jobs.demo_steps import (
    COORDINATORS,
    Reported,
    Story,
    acting,
    day,
    decide,
    happened,
    receive,
)
from portal.models.scheme import SchemeVersion
from portal.services import assessment, clocks
from portal.services.advice import ThresholdPage, open_threshold
from portal.services.advice_words import in_plain_words
from portal.services.intake import Capacity, Channel, PartyKind
from tests.cases import token

INADEQUATE = Answers(response=Response.INADEQUATE)
NOT_ASKED = Answers()

NOOR = Story(
    area="wharrowdale",
    received="2026-12-17T20:15",
    keyed="2026-12-18T10:00",
    channel=Channel.PHONE,
    lga="Hexley",
    name="Noor Haddad",
    kind=PartyKind.INDIVIDUAL,
    place="Quarry Rise",
    summary="Racist abuse and damage.",
    safe_contact="No letters to the house",
)
LARCH_COURT = replace(
    NOOR,
    received="2026-04-01T11:20",
    keyed="2026-04-01T12:00",
    channel=Channel.EMAIL,
    lga="Wharrowdale",
    name="Residents of Larch Court",
    kind=PartyKind.GROUP,
    applicant_representative="Caseworker of the MP for Wharrowdale",
    capacity=Capacity.MP,
    place="Larch Court, stairwell B",
    summary="Drug use in the stairwell.",
)
PIKE = replace(
    NOOR,
    area="severnreach",
    received="2026-09-14T09:30",
    keyed="2026-09-14T10:00",
    lga="Severnreach",
    name="Pike & Daughter Hardware",
    kind=PartyKind.BUSINESS,
    place="Quay Street",
    summary="Threats at the shop.",
)
GWEN = replace(
    NOOR,
    received="2026-08-24T10:15",
    keyed="2026-08-24T10:40",
    name="Gwen Aldous",
    place="Beck Lane",
    summary="Noise at night.",
)


@pytest.fixture(autouse=True)
def _at_the_services(people, in_app):
    """Every sample is typed in by the services alone."""


def _assessing(story: Story, at: str, add) -> tuple[str, object]:
    """Type a sample in, add its reports, and pass it to the bodies on the day of its receipt."""
    reference = receive(story)
    actor = acting(COORDINATORS[story.area], at)
    add(actor, reference)
    assessment.acknowledge(actor, reference, token(), day(story.received[:10]))
    return reference, actor


def _page(actor, reference, answers=NOT_ASKED) -> ThresholdPage:
    return open_threshold(actor, reference, answers)


def _met(page: ThresholdPage) -> dict[str, bool | None]:
    return {each.route.id: each.is_met for each in page.advice.routes}


def _due(actor, reference) -> dict[Clock, dt.date]:
    with transaction():
        opened = load_case(actor, reference, Act.VIEW_CASE)
        rows = db.session.scalars(clocks_for(actor, [opened.case.id]))
        return {row.clock: row.due_on for row in rows}


def _of_noor(actor, reference):
    report = Reported(
        on="2026-11-02",
        to=demo_people.POLICE,
        reference="WV-2611-0447",
        state=ReportState.CONFIRMED,
    )
    happened(actor, reference, "2026-10-28", "Racist abuse", "He shouted.", report, hate=Answer.YES)


def test_noor_haddad_is_met_by_one_report_of_hate_and_her_clocks_leave_out_christmas():
    reference, actor = _assessing(NOOR, "2026-12-18T10:00", _of_noor)

    page = _page(actor, reference, INADEQUATE)

    # Of three incidents there is one, of five people one; one of hate is enough.
    assert _met(page) == {"three_incidents": False, "hate": True, "five_people": False}
    assert (page.advice.overall, page.advice.floor.counted) == (Advised.MET, 1)
    # Received on a Thursday evening. Without Christmas Day, 28 December (in place of Boxing Day,
    # a Saturday) and New Year's Day the fifth working day is 24 December, the tenth 5 January.
    due = _due(actor, reference)
    assert due[Clock.AGENCY_RETURN] == day("2026-12-24")
    assert due[Clock.THRESHOLD_DECISION] == day("2027-01-05")
    later = acting(COORDINATORS["wharrowdale"], "2027-01-05T14:00")
    bodies = (demo_people.POLICE, demo_people.HEXLEY_COUNCIL)
    decide(later, reference, "2027-01-05", is_met=True, reasons="Hate.", bodies=bodies)
    # Ten working days from the decision.
    assert _due(later, reference)[Clock.MEETING] == day("2027-01-19")


def test_without_the_response_the_local_rule_of_hate_cannot_be_told():
    reference, actor = _assessing(NOOR, "2026-12-18T10:00", _of_noor)

    page = _page(actor, reference)

    assert page.asked == {"response"}
    assert page.advice.overall is Advised.DISCRETION
    assert _met(page)["hate"] is None


def _of_larch_court(actor, reference):
    demo_requests.larch_court(actor, reference)
    demo_reports.larch_court(actor, reference)


def _count_households() -> None:
    """Let the area under the Durham rules count five households instead of five people."""
    with transaction():
        for version in db.session.scalars(sa.select(SchemeVersion)):
            threshold = version.rules["threshold"]
            routes = [
                each | {"reporter_unit": "household"} if each["id"] == "five_people" else each
                for each in threshold["any_of"]
            ]
            version.rules = version.rules | {"threshold": threshold | {"any_of": routes}}


def test_larch_court_is_five_people_and_four_households_and_met_by_law_either_way():
    reference, actor = _assessing(LARCH_COURT, "2026-04-02T10:00", _of_larch_court)

    by_person = _page(actor, reference, INADEQUATE)
    _count_households()
    by_household = _page(actor, reference, INADEQUATE)

    # Bea, Idris, Owen, Sal and Petra; June's report is of August, more than six months before.
    assert _met(by_person)["five_people"] is True
    # Sal lives with Owen: four.
    assert _met(by_household)["five_people"] is False
    people, homes = (
        next(each for each in page.advice.routes if each.route.id == "five_people")
        for page in (by_person, by_household)
    )
    assert people.conditions[0].words.endswith("5 of 5")
    assert homes.conditions[0].words.endswith("4 of 5")
    for page in (by_person, by_household):
        assert (page.advice.floor.is_met, page.advice.floor.counted) == (True, 5)
        assert page.advice.overall is Advised.MET
        assert in_plain_words(page).may_refuse is False

    rows = in_plain_words(by_person).routes
    assert "Counted by household it would be 4 of 5." in " ".join(row.working for row in rows)
    _check_each_report_of(by_person)
    # Received on Wednesday 1 April; Good Friday and Easter Monday are no working days.
    due = _due(actor, reference)
    assert due[Clock.AGENCY_RETURN] == day("2026-04-10")
    assert due[Clock.THRESHOLD_DECISION] == day("2026-04-17")


def _check_each_report_of(page: ThresholdPage) -> None:
    """What was told twice counts once, and what is too old not at all."""
    grounds = {
        (shown.made_by, shown.reported_to): line.ground.reason
        for shown, line in zip(page.reports, page.advice.floor.lines, strict=True)
    }
    assert grounds == {
        ("June Hallam", demo_people.POLICE): Reason.OUT_OF_TIME,
        ("Bea Thornley", demo_people.POLICE): None,
        ("Idris Vane", demo_people.POLICE): None,
        ("Idris Vane", demo_people.TOLLGATE): Reason.DUPLICATE,
        ("Owen Castle", demo_people.TOLLGATE): None,
        ("Sal Whitby", demo_people.WHARROWDALE_COUNCIL): None,
        ("Petra Lund", demo_people.POLICE): None,
    }


def _of_pike(actor, reference):
    for on in ("2026-05-20", "2026-06-18", "2026-07-15", "2026-08-10"):
        report = Reported(on=on, to=demo_people.SEVERNREACH_POLICE)
        happened(
            actor, reference, on, "Threats", "They said they’d be back.", report, hate=Answer.NO
        )


def test_pike_and_daughter_are_met_by_law_though_the_last_month_is_empty():
    reference, actor = _assessing(PIKE, "2026-09-15T10:00", _of_pike)

    page = _page(actor, reference)

    # The newest of 10 August is five weeks before 14 September: the caveat fails, the law holds.
    assert _met(page) == {"three_incidents": False, "hate": False}
    assert (page.advice.floor.is_met, page.advice.floor.counted) == (True, 4)
    assert page.advice.overall is Advised.MET
    words = in_plain_words(page)
    assert words.heading == "Advice: the threshold is met, by law"
    assert words.may_refuse is False


def _of_gwen(actor, reference):
    for on in ("2026-06-05", "2026-07-11"):
        report = Reported(on=on, to=demo_people.HEXLEY_COUNCIL)
        happened(actor, reference, on, "Music", "Until 3am.", report, hate=Answer.NO)


def test_gwen_aldous_has_two_reports_and_may_be_told_no_and_appeal_until_18_september():
    reference, actor = _assessing(GWEN, "2026-08-26T10:00", _of_gwen)

    page = _page(actor, reference, INADEQUATE)

    assert _met(page) == {"three_incidents": False, "hate": False, "five_people": False}
    assert (page.advice.floor.is_met, page.advice.floor.counted) == (False, 2)
    # Two are fewer than three: below every route the bodies judge, they never refuse unasked.
    assert page.advice.overall is Advised.DISCRETION
    assert in_plain_words(page).may_refuse is True
    later = acting(COORDINATORS["wharrowdale"], "2026-09-04T12:00")
    bodies = (demo_people.POLICE, demo_people.HEXLEY_COUNCIL)
    decide(later, reference, "2026-09-04", is_met=False, reasons="Two reports.", bodies=bodies)
    with transaction():
        opened = load_case(later, reference, Act.VIEW_CASE)
        clocks.happened(later, opened.case, ClockEvent.DECISION_NOTICE_SENT, later.at)
    # The letter goes out on the same day; 14 days from 4 September.
    assert _due(later, reference)[Clock.APPEAL_THRESHOLD] == day("2026-09-18")
