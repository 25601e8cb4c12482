"""The days that a route asks for, and what follows where one is not known; counted by hand.

The review is asked for on 14 January 2027, so that six months back begin on 14 July 2026.
"""

from dataclasses import replace

import pytest

from portal.domain.threshold.counting import Reason
from tests.domain.threshold.making import (
    COUNT,
    SIX_MONTHS,
    THREE,
    by_route,
    one,
    reasons,
    reports,
    request,
)


def test_three_reports_in_six_months():
    assert by_route(COUNT, request(*reports(*THREE))).is_met is True
    assert by_route(COUNT, request(*reports(*THREE[:2]))).is_met is False


@pytest.mark.parametrize(("reported", "counts"), [("2026-07-14", True), ("2026-07-13", False)])
def test_the_window_is_counted_back_from_the_request_and_holds_its_first_day(reported, counts):
    answer = by_route(COUNT, request(one("2026-07-10", reported)))

    assert reasons(answer) == [None if counts else Reason.OUT_OF_TIME]


def test_a_window_can_test_the_day_of_the_incident():
    # Reported on 14 July, but it happened on the 13th: a day too early.
    window = SIX_MONTHS | {"of": "incident"}
    answer = by_route(
        {"min_reports": 1, "window": window}, request(one("2026-07-13", "2026-07-14"))
    )

    assert answer.is_met is False


def test_a_report_after_the_request_never_counts():
    answer = by_route({"min_reports": 1}, request(one("2027-01-10", "2027-01-15")))

    assert reasons(answer) == [Reason.OUT_OF_TIME]


def test_a_floating_span_is_tried_from_every_start():
    # The first report, on 2 January, opens six months to 2 July, in which it is alone; the second,
    # on 2 August, opens six months that hold three.
    days = ("2026-01-01", "2026-08-01", "2026-09-01", "2026-10-01")
    floating = COUNT | {"window": SIX_MONTHS | {"anchor": "span"}}
    from_first = COUNT | {"window": SIX_MONTHS | {"anchor": "first_report"}}

    assert by_route(floating, request(*reports(*days))).is_met is True
    assert reasons(by_route(floating, request(*reports(*days)))) == [
        Reason.OUT_OF_TIME, None, None, None,
    ]  # fmt: skip
    assert by_route(from_first, request(*reports(*days))).counted == 1


def test_a_window_can_begin_with_the_first_incident():
    route = {"min_reports": 2, "window": SIX_MONTHS | {"anchor": "first_incident"}}

    # The incident of 1 January opens a window to 1 July; the second report came on 2 July.
    assert by_route(route, request(*reports("2026-01-01", "2026-07-01"))).is_met is False


def test_only_one_of_three_need_be_in_the_window():
    route = COUNT | {"min_in_window": 1}

    assert by_route(route, request(*reports("2025-01-01", "2025-06-01", *THREE[:1]))).is_met is True
    assert (
        by_route(route, request(*reports("2025-01-01", "2025-06-01", "2026-01-01"))).is_met is False
    )


@pytest.mark.parametrize(
    ("inclusive_start", "reported", "counts"),
    [
        (False, "2026-11-10", True),
        (False, "2026-11-11", False),
        (True, "2026-11-09", True),
        (True, "2026-11-10", False),
    ],
)
def test_within_a_month_of_an_incident_and_beginning_with_it_are_a_day_apart(
    inclusive_start, reported, counts
):
    within = {"n": 1, "unit": "months", "scope": "each", "inclusive_start": inclusive_start}
    asked = request(one("2026-10-10", reported))

    assert by_route({"min_reports": 1, "reported_within": within}, asked).is_met is counts


def test_it_can_be_the_first_report_alone_that_has_to_come_soon():
    route = {"min_reports": 2, "reported_within": {"n": 1, "unit": "months", "scope": "first"}}
    late = one("2026-11-01", "2026-12-20", number=2)

    assert by_route(route, request(one("2026-10-10", "2026-10-12"), late)).is_met is True
    assert by_route(route, request(one("2026-10-10", "2026-11-11"), late)).is_met is False


@pytest.mark.parametrize(
    ("after", "first", "latest", "is_met"),
    [
        ("first_report", "2026-01-05", "2026-12-01", False),
        ("first_report", "2026-08-01", "2026-12-01", True),
        ("latest_report", "2026-01-05", "2026-12-01", True),
        ("latest_report", "2026-01-05", "2026-02-01", False),
        ("latest_incident", "2026-01-05", "2026-12-01", True),
        ("latest_incident", "2026-01-05", "2026-02-01", False),
        ("each_report", "2026-01-05", "2026-12-01", False),
    ],
)
def test_the_request_must_come_soon_after_the_day_that_is_named(after, first, latest, is_met):
    route = {"min_reports": 2, "applied_within": {"n": 6, "unit": "months", "of": after}}

    assert by_route(route, request(*reports(first, latest))).is_met is is_met


@pytest.mark.parametrize(
    ("of", "happened", "reported", "is_met"),
    [
        ("report", "2026-12-01", "2026-12-14", True),
        ("report", "2026-12-01", "2026-12-13", False),
        ("incident", "2026-12-13", "2026-12-20", False),
        ("incident", "2026-12-14", "2026-12-20", True),
    ],
)
def test_the_newest_must_not_be_older_than_a_month(of, happened, reported, is_met):
    route = {"min_reports": 1, "most_recent": {"n": 1, "unit": "months", "of": of}}

    assert by_route(route, request(one(happened, reported))).is_met is is_met


@pytest.mark.parametrize(("reported", "is_met"), [("2027-01-06", True), ("2027-01-07", False)])
def test_more_than_a_week_is_the_eighth_day(reported, is_met):
    route = {"min_reports": 1, "min_days_since_last_report": 8}

    assert by_route(route, request(one("2027-01-01", reported))).is_met is is_met


@pytest.mark.parametrize(("reported", "is_met"), [("2014-05-01", True), ("2014-04-30", False)])
def test_the_first_report_may_not_be_too_old(reported, is_met):
    route = {"min_reports": 1, "first_report_not_before": "2014-05-01"}

    assert by_route(route, request(one("2014-04-29", reported))).is_met is is_met


def test_a_missing_day_makes_a_route_that_hangs_on_it_one_that_cannot_be_told():
    first, second, third = reports(*THREE)
    answer = by_route(COUNT, request(first, second, replace(third, reported_on=None)))

    assert answer.is_met is None
    assert answer.missing == ("the day it was reported",)
    assert reasons(answer) == [None, None, Reason.NOT_KNOWN]


def test_a_missing_day_does_not_matter_where_enough_others_count():
    lacking = replace(reports("2026-12-24")[0], number=4, reported_on=None)

    assert by_route(COUNT, request(*reports(*THREE), lacking)).is_met is True


@pytest.mark.parametrize(
    ("route", "known", "is_met"),
    [
        # A report on a day that is not known can only be the first one, or the newest.
        ({"applied_within": {"n": 6, "unit": "months", "of": "first_report"}}, "2026-12-01", None),
        ({"applied_within": {"n": 6, "unit": "months", "of": "first_report"}}, "2026-01-01", False),
        ({"applied_within": {"n": 6, "unit": "months", "of": "latest_report"}}, "2026-12-01", True),
        ({"applied_within": {"n": 6, "unit": "months", "of": "latest_report"}}, "2026-01-01", None),
        ({"most_recent": {"n": 1, "unit": "months", "of": "report"}}, "2027-01-01", True),
        ({"most_recent": {"n": 1, "unit": "months", "of": "report"}}, "2026-10-01", None),
        ({"min_days_since_last_report": 8}, "2026-10-01", None),
        ({"min_days_since_last_report": 8}, "2027-01-10", False),
        ({"first_report_not_before": "2014-05-01"}, "2026-10-01", None),
        ({"first_report_not_before": "2014-05-01"}, "2014-01-01", False),
    ],
)
def test_a_day_that_is_not_known_can_turn_a_condition_one_way_only(route, known, is_met):
    first, second = reports(known, "2026-12-05")
    asked = request(first, replace(second, reported_on=None))

    assert by_route({"min_reports": 1} | route, asked).is_met is is_met
