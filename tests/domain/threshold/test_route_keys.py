"""What each key of a route asks for beside days; the numbers beside each case are counted by hand.

The review is asked for on 14 January 2027, so that six months back begin on 14 July 2026.
"""

from dataclasses import replace

import pytest

from portal.domain.threshold.counting import Reason
from portal.domain.threshold.facts import ReportState, Response
from tests.domain.threshold.making import COUNT, THREE, by_route, reasons, reports, request


def test_a_report_that_was_not_traced_does_not_count():
    first, *others = reports(*THREE)
    answer = by_route(COUNT, request(replace(first, state=ReportState.NOT_TRACED), *others))

    assert answer.is_met is False
    assert reasons(answer) == [Reason.NOT_TRACED, None, None]


def test_one_incident_told_to_three_agencies_counts_once():
    (first,) = reports("2026-12-01")
    told = [replace(first, number=n, agency=who) for n, who in enumerate("chp", start=1)]
    answer = by_route(COUNT, request(*told))

    assert (answer.is_met, answer.counted) == (False, 1)
    assert reasons(answer) == [None, Reason.DUPLICATE, Reason.DUPLICATE]
    assert by_route(COUNT, request(*told), same_incident_to_several_agencies="each").is_met is True
    # Case by case: three may count, or one; a person has to say.
    by_case = by_route(COUNT, request(*told), same_incident_to_several_agencies="case_by_case")
    assert by_case.is_met is None
    assert by_case.missing == ("whether one incident that several agencies were told counts once",)


def test_an_incident_that_was_named_tells_reports_of_one_day_apart():
    alike = reports("2026-12-01", "2026-12-01", "2026-12-01")
    named = [replace(each, incident=name) for each, name in zip(alike, "abc", strict=True)]

    assert by_route(COUNT, request(*alike)).counted == 1
    assert by_route(COUNT, request(*named)).is_met is True
    assert by_route(COUNT | {"separate_dates": True}, request(*named)).counted == 1


def test_distinct_incidents_count_an_incident_once_whoever_reported_it():
    (first,) = reports("2026-12-01", incident="a")
    asked = request(*(replace(first, number=n, reporter=who) for n, who in enumerate("ABC", 1)))

    assert by_route(COUNT, asked).is_met is True
    assert by_route(COUNT | {"distinct_incidents": True}, asked).counted == 1


def test_the_same_person_must_have_made_them_all():
    first, second, third = reports(*THREE, reporter="A")
    other = replace(third, reporter="B")
    route = COUNT | {"same_reporter": True}

    assert by_route(route, request(first, second, third)).is_met is True
    answer = by_route(route, request(first, second, other))
    assert (answer.is_met, answer.counted) == (False, 2)
    assert reasons(answer) == [None, None, Reason.OTHER_REPORTER]


def test_five_people_are_five_whatever_they_reported():
    five = [
        replace(reports("2026-12-01")[0], number=n, reporter=w) for n, w in enumerate("ABCDE", 1)
    ]

    assert by_route({"min_reporters": 5}, request(*five)).is_met is True
    assert by_route({"min_reporters": 5}, request(*five[:4])).is_met is False
    homes = [replace(each, household=home) for each, home in zip(five, "11223", strict=True)]
    by_home = {"min_reporters": 5, "reporter_unit": "household"}
    assert by_route(by_home, request(*homes)).is_met is False


def test_what_nobody_knows_who_reported_may_be_what_somebody_has_reported_before():
    known, unknown, other = reports("2026-12-01", "2026-12-01", "2026-12-02", reporter="A")
    known, unknown = (replace(each, incident="one") for each in (known, unknown))
    unknown = replace(unknown, agency="police", reporter=None)
    two = {"min_reports": 2}

    # Two reports if another person made the second, one if A made both.
    answer = by_route(two, request(known, unknown))
    assert (answer.is_met, answer.counted) == (None, 1)
    assert answer.missing == ("who made each of the reports",)
    assert by_route(two, request(known, unknown, other)).is_met is True
    # By itself it is a report like any other.
    assert by_route({"min_reports": 1}, request(unknown)).is_met is True


def test_who_reported_is_named_where_it_is_not_known():
    five = reports("2026-11-01", "2026-11-08", "2026-11-15", "2026-11-22", "2026-11-29")
    answer = by_route(
        {"min_reporters": 5}, request(*(replace(each, reporter=None) for each in five))
    )

    assert answer.is_met is None
    assert answer.missing == ("who made each of the reports",)


def test_one_report_of_hate_is_enough_where_the_route_says_so():
    route = {"min_reports": 1, "min_hate": 1}

    assert by_route(route, request(*reports("2026-12-01", is_hate=True))).is_met is True
    assert reasons(by_route(route, request(*reports("2026-12-01")))) == [Reason.OTHER_BEHAVIOUR]


def test_two_reports_are_enough_if_one_is_of_hate():
    first, second = reports("2026-11-01", "2026-12-01")
    route = {"min_reports": 2, "min_hate": 1}

    assert by_route(route, request(first, second)).is_met is False
    assert by_route(route, request(first, replace(second, is_hate=True))).is_met is True
    assert by_route(route, request(first, replace(second, is_hate=None))).is_met is None


def test_hate_may_have_to_be_recorded_when_it_was_reported():
    route = {"min_reports": 1, "min_hate": 1, "hate_recorded_at_report": True}

    assert by_route(route, request(*reports("2026-12-01", is_hate=True))).is_met is False
    recorded = reports("2026-12-01", is_hate=True, hate_recorded=True)
    assert by_route(route, request(*recorded)).is_met is True


def test_hate_may_be_kept_out_of_the_ordinary_count():
    asked = request(*reports(*THREE, is_hate=True))

    assert by_route(COUNT, asked, hate_incidents_count_as_asb=True).is_met is True
    assert by_route(COUNT, asked, hate_incidents_count_as_asb=False).is_met is False


@pytest.mark.parametrize("same", ["same", "similar", "related"])
def test_reports_of_another_problem_do_not_count(same):
    first, second, third = reports(*THREE)
    route = COUNT | {"same_problem": same}
    answer = by_route(route, request(first, second, replace(third, problem="dogs")))

    assert (answer.is_met, answer.counted) == (False, 2)
    assert reasons(answer) == [None, None, Reason.OTHER_BEHAVIOUR]


def test_a_place_or_a_culprit_can_make_them_the_same():
    apart = [
        replace(each, problem=problem, location=place, culprit=who)
        for each, problem, place, who in zip(
            reports(*THREE),
            ("noise", "dogs", "fire"),
            ("alley", "alley", "shop"),
            ("one gang",) * 3,
            strict=True,
        )
    ]

    assert by_route(COUNT | {"same_problem": "linked_location"}, request(*apart)).counted == 2
    either = COUNT | {"same_problem": "same_location_culprit_or_problem"}
    assert by_route(either, request(*apart)).is_met is True


@pytest.mark.parametrize(
    ("test", "response", "is_met"),
    [
        ("none", Response.NONE, True),
        ("none", Response.INADEQUATE, False),
        ("none_or_inadequate", Response.INADEQUATE, True),
        ("none_or_inadequate", Response.ADEQUATE, False),
        ("none_or_inadequate", None, None),
        ("no_effective", Response.INADEQUATE, True),
        ("no_effective", Response.ADEQUATE, False),
        ("dissatisfied", Response.INADEQUATE, True),
        ("dissatisfied", Response.ADEQUATE, False),
        ("not_per_agency_policy", Response.NOT_PER_AGENCY_POLICY, True),
        ("not_per_agency_policy", Response.INADEQUATE, None),
        ("not_per_agency_policy", Response.ADEQUATE, False),
    ],
)
def test_the_response_is_tested_as_the_rule_says(test, response, is_met):
    asked = request(*reports("2026-12-01"), response=response)

    assert by_route({"min_reports": 1, "response": test}, asked).is_met is is_met


@pytest.mark.parametrize(
    ("key", "fact"),
    [
        ("ongoing", "is_ongoing"),
        ("investigation_closed", "is_closed"),
        ("further_action_available", "has_further_action"),
        ("engaged_with_interventions", "has_engaged"),
        ("vulnerability", "is_vulnerable"),
    ],
)
def test_a_gate_of_the_case_is_open_shut_or_not_known(key, fact):
    found = [
        by_route({"min_reports": 1, key: True}, request(*reports("2026-12-01"), **{fact: value}))
        for value in (True, False, None)
    ]

    assert [answer.is_met for answer in found] == [True, False, None]
    assert found[2].missing


def test_households_and_agencies_are_counted():
    first, second = reports("2026-11-01", "2026-12-01")
    others = replace(second, household="2", agency="police")

    assert by_route({"min_households_affected": 2}, request(first, second)).is_met is False
    assert by_route({"min_households_affected": 2}, request(first, others)).is_met is True
    assert by_route({"min_households_affected": 2}, request(first, households_affected=2)).is_met
    assert by_route({"min_agencies": 2}, request(first, second)).is_met is False
    assert by_route({"min_agencies": 2}, request(first, others)).is_met is True


def test_one_incident_told_to_two_agencies_went_to_two():
    (first,) = reports("2026-12-01")
    again = replace(first, number=2, agency="police")

    assert by_route({"min_reports": 1, "min_agencies": 2}, request(first, again)).is_met is True


def test_only_reports_to_the_landlord_may_count():
    first, second = reports("2026-11-01", "2026-12-01")
    answer = by_route(
        {"min_reports": 2, "to": ["landlord"]}, request(replace(first, agency="housing"), second)
    )

    assert reasons(answer) == [None, Reason.OTHER_AGENCY]


@pytest.mark.parametrize(
    ("harm", "counts"),
    [("ordinary", True), ("alarm", True), ("nuisance", False), (None, None)],
)
def test_harm_may_have_to_be_harassment_alarm_or_distress(harm, counts):
    route = {"min_reports": 1, "harm_test": "harassment_alarm_distress"}

    assert by_route(route, request(*reports("2026-12-01", harm=harm))).is_met is counts


def test_only_some_behaviour_may_count():
    route = {"min_reports": 1, "behaviour": ["noise", "threats"]}

    assert by_route(route, request(*reports("2026-12-01", behaviour="threats"))).is_met is True
    assert by_route(route, request(*reports("2026-12-01", behaviour="dogs"))).is_met is False


@pytest.mark.parametrize(
    ("key", "fact"),
    [
        ("anonymous_reports_count", "is_anonymous"),
        ("diary_sheets_count", "is_diary_sheet"),
        ("on_site_conversation_counts", "is_on_site_conversation"),
    ],
)
def test_what_is_no_report_in_an_area_does_not_count_there(key, fact):
    found = request(*reports("2026-12-01", **{fact: True}))
    not_known = request(*reports("2026-12-01", **{fact: None}))
    route = {"min_reports": 1}

    assert by_route(route, found).is_met is True
    assert reasons(by_route(route, found, **{key: False})) == [Reason.NOT_ACCEPTED]
    assert by_route(route, not_known, **{key: False}).is_met is None


def test_what_was_lived_through_and_told_to_nobody_counts_only_where_the_rule_says_so():
    first, second, third = reports(*THREE)
    untold = replace(third, was_reported=False, reported_on=None)
    asked = request(first, second, untold)

    assert reasons(by_route(COUNT, asked)) == [None, None, Reason.NOT_REPORTED]
    assert by_route(COUNT | {"counts": "experienced_incidents"}, asked).is_met is True


def test_a_condition_that_no_machine_understands_leaves_the_route_open():
    answer = by_route(COUNT | {"phase_of_the_moon": "full"}, request(*reports(*THREE)))

    assert answer.is_met is None
    assert answer.missing == ("whether “phase of the moon” holds",)
    short = by_route(COUNT | {"phase_of_the_moon": "full"}, request(*reports(*THREE[:1])))
    assert short.is_met is False


def test_no_report_at_all_meets_nothing():
    answer = by_route(COUNT, request())

    assert (answer.is_met, answer.counted, answer.lines) == (False, 0, ())
