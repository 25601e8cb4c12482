"""The statutory floor: by hand for its edges, by laws for everything else."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.threshold.advice import Advised, advise
from portal.domain.threshold.counting import Reason
from portal.domain.threshold.facts import ORDINARY, ReportFact, ReportState, RequestFacts, Response
from portal.domain.threshold.floor import judge_floor
from portal.domain.threshold.reading import read_rules
from portal.domain.threshold.rules import Floor
from tests.domain.threshold.making import APPLIED_ON, day, reports, request

THREE = ("2026-10-01", "2026-11-01", "2026-12-01")
# Every caveat that was found in published rules, in one route that nobody can meet.
CAVEATS = {
    "any_of": [
        {
            "id": "strict",
            "decision": "must",
            "min_reports": 3,
            "same_reporter": True,
            "min_agencies": 9,
            "most_recent": {"n": 1, "unit": "days", "of": "report"},
            "response": "none",
            "investigation_closed": True,
            "engaged_with_interventions": True,
        }
    ]
}


def floor_of(*found: ReportFact, **facts):
    return judge_floor(Floor(), request(*found, **facts))


def test_three_qualifying_complaints_are_enough():
    answer = floor_of(*reports(*THREE))

    assert (answer.is_met, answer.counted) == (True, 3)


def test_two_are_not():
    assert floor_of(*reports(*THREE[:2])).is_met is False


@pytest.mark.parametrize(
    ("reported_on", "qualifies"), [("2026-11-09", True), ("2026-11-10", False)]
)
def test_a_complaint_qualifies_to_the_last_day_of_the_month_beginning_with_the_incident(
    reported_on, qualifies
):
    # An incident on 10 October: the month beginning with it ends on 9 November.
    one = ReportFact(number=1, happened_on=day("2026-10-10"), reported_on=day(reported_on))
    (line,) = floor_of(one).lines

    assert line.ground.counts is qualifies
    assert line.ground.reason is (None if qualifies else Reason.OUT_OF_TIME)


@pytest.mark.parametrize(("applied_on", "qualifies"), [("2027-04-09", True), ("2027-04-10", False)])
def test_the_request_comes_in_the_six_months_beginning_with_the_complaint(applied_on, qualifies):
    # A complaint on 10 October: the six months beginning with it end on 9 April.
    one = ReportFact(number=1, happened_on=day("2026-10-10"), reported_on=day("2026-10-10"))
    (line,) = floor_of(one, applied_on=day(applied_on)).lines

    assert line.ground.counts is qualifies


def test_one_incident_told_to_three_agencies_is_one():
    (one,) = reports("2026-12-01")
    told = [
        replace(one, number=n, agency=who) for n, who in enumerate(("police", "council", "x"), 1)
    ]
    answer = floor_of(*told)

    assert answer.counted == 1
    assert [line.ground.reason for line in answer.lines] == [
        None, Reason.DUPLICATE, Reason.DUPLICATE,
    ]  # fmt: skip


def test_three_people_who_report_one_incident_are_three_complaints():
    (one,) = reports("2026-12-01", incident="a")
    answer = floor_of(*(replace(one, number=n, reporter=who) for n, who in enumerate("ABC", 1)))

    assert answer.is_met is True


def test_who_is_not_known_to_be_another_person_is_not_counted_as_one_for_sure():
    first, second = reports("2026-11-01", "2026-12-01")
    again = replace(second, number=3, agency="police", reporter=None)
    first, second, again = (
        replace(each, incident=name)
        for each, name in zip((first, second, again), "abb", strict=True)
    )
    answer = floor_of(first, second, again)

    # Two for sure; three if somebody else told the police.
    assert (answer.is_met, answer.counted) == (None, 2)
    assert answer.missing == ("who made each of the reports",)
    assert [line.ground.reason for line in answer.lines] == [None, None, Reason.NOT_KNOWN]


def test_what_was_not_traced_and_what_was_told_to_nobody_does_not_qualify():
    first, second, third = reports(*THREE)
    answer = floor_of(
        replace(first, state=ReportState.NOT_TRACED), replace(second, was_reported=False), third
    )

    assert [line.ground.reason for line in answer.lines] == [
        Reason.NOT_TRACED, Reason.NOT_REPORTED, None,
    ]  # fmt: skip


def test_a_day_that_is_not_known_is_named_and_is_never_a_no():
    first, *others = reports(*THREE)
    answer = floor_of(replace(first, happened_on=None), *others)

    assert answer.is_met is None
    assert answer.missing == ("the day it happened",)


def test_no_caveat_of_the_local_rule_defeats_the_floor():
    advice = advise(read_rules(CAVEATS), request(*reports(*THREE), response=Response.ADEQUATE))

    assert advice.local is Advised.NOT_MET
    assert (advice.floor.is_met, advice.overall) == (True, Advised.MET)


def test_where_the_floor_cannot_be_told_nobody_is_refused():
    first, *others = reports(*THREE)
    advice = advise(read_rules(CAVEATS), request(replace(first, reported_on=None), *others))

    assert (advice.local, advice.overall) == (Advised.NOT_MET, Advised.DISCRETION)


def test_a_procedure_may_set_its_own_number_and_periods():
    rules = read_rules(
        {"any_of": [], "floor": {"number": 2, "made_within": {"n": 7, "unit": "days"}}}
    )
    late = ReportFact(number=3, happened_on=day("2026-12-01"), reported_on=day("2026-12-08"))

    assert advise(rules, request(*reports(*THREE[:2]))).overall is Advised.MET
    assert advise(rules, request(*reports(THREE[0]), late)).floor.counted == 1


days = st.dates(dt.date(2026, 3, 1), APPLIED_ON) | st.none()
found_reports = st.builds(
    ReportFact,
    number=st.just(0),
    happened_on=days,
    reported_on=days,
    incident=st.sampled_from(["", "", "a", "b"]),
    was_reported=st.booleans(),
    state=st.sampled_from(ReportState),
    agency=st.sampled_from(["police", "council", "housing"]),
    reporter=st.sampled_from(["A", "B", None]),
    problem=st.sampled_from([ORDINARY, ORDINARY, "noise", None]),
    harm=st.sampled_from([ORDINARY, "nuisance", None]),
    is_hate=st.sampled_from([True, False, None]),
)


def numbered(found: list[ReportFact]) -> RequestFacts:
    return request(*(replace(each, number=n) for n, each in enumerate(found, start=1)))


requests = st.lists(found_reports, max_size=9)


def said_of(found: list[ReportFact]) -> tuple[bool | None, int, tuple[str, ...]]:
    answer = judge_floor(Floor(), numbered(found))
    return answer.is_met, answer.counted, tuple(sorted(answer.missing))


@given(requests, found_reports)
def test_one_more_report_never_unmakes_the_floor(found, more):
    before, after = said_of(found), said_of([*found, more])

    assert after[1] >= before[1]
    if before[0]:
        assert after[0]


@given(requests.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_reports_never_matters(pair):
    found, shuffled = pair

    assert said_of(found) == said_of(shuffled)


@given(requests, st.data())
def test_saying_a_thing_twice_never_matters(found, data):
    again = data.draw(st.lists(st.sampled_from(found), max_size=4)) if found else []

    assert said_of([*found, *again]) == said_of(found)


@given(requests, st.sampled_from(["police", "another agency", ""]))
def test_the_names_of_agencies_never_matter(found, name):
    assert said_of([replace(each, agency=name) for each in found]) == said_of(found)


@given(requests)
def test_same_facts_same_advice_and_every_report_counts_or_has_exactly_one_reason(found):
    asked = numbered(found)
    rules = read_rules(CAVEATS)
    advice = advise(rules, asked)

    assert advice == advise(rules, asked)
    for lines in (advice.floor.lines, *(route.lines for route in advice.routes)):
        assert [line.number for line in lines] == [report.number for report in asked.reports]
        assert all((line.ground.counts is True) == (line.ground.reason is None) for line in lines)
        assert all(line.ground.words for line in lines)
