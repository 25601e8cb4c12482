"""The self-check against the table of the public pages, section 3, written down once more here."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain import presets
from portal.domain.presets import gloucestershire
from portal.domain.self_check import (
    LAST,
    LocalNumbers,
    Outcome,
    Reply,
    local_numbers,
    next_step,
    question,
)
from portal.domain.threshold.periods import Period, PeriodUnit
from portal.domain.threshold.reading import read_rules

HALF_YEAR = Period(6, PeriodUnit.MONTHS)
DURHAM = LocalNumbers(
    reports=3,
    is_law=True,
    people=5,
    are_households=False,
    has_hate_route=True,
    period=HALF_YEAR,
)
NUMBERS = st.builds(
    LocalNumbers,
    reports=st.integers(1, 6),
    is_law=st.booleans(),
    people=st.none() | st.integers(2, 9),
    are_households=st.booleans(),
    has_hate_route=st.booleans(),
    period=st.just(HALF_YEAR),
)
# Question, answer, and where it leads; in the third and fourth it depends on the area.
TABLE = {
    (1, "yes"): "e",
    (1, "no"): 2,
    (2, "yes"): 3,
    (2, "no"): "r",
    (2, "not_known"): 3,
    (3, "no"): 4,
    (3, "not_known"): 4,
    (4, "enough"): "l",
    (4, "people"): "l",
    (4, "fewer"): 5,
    (4, "not_known"): 5,
    (5, "yes"): "m",
    (5, "no"): 6,
    (6, "service"): "c",
    (6, "nothing_changes"): "m",
    (6, "both"): "b",
}


@given(NUMBERS)
def test_each_answer_leads_where_the_table_says(numbers):
    for place in range(1, LAST + 1):
        for reply, _ in question(place, numbers, "1 July 2026").answers:
            wanted = TABLE.get((place, reply.value), "l" if numbers.has_hate_route else 4)
            assert next_step(place, reply, numbers) == wanted


@given(NUMBERS)
def test_every_way_through_ends_after_six_questions_at_most(numbers):
    ends = set()
    waiting = [(1, 1)]
    while waiting:
        place, asked = waiting.pop()
        assert asked <= LAST
        for reply, _ in question(place, numbers, "").answers:
            step = next_step(place, reply, numbers)
            if isinstance(step, Outcome):
                ends.add(step)
            else:
                assert step > place
                waiting.append((step, asked + 1))
    assert ends == set(Outcome)


@given(NUMBERS)
def test_what_is_not_offered_is_no_answer(numbers):
    for place, reply in itertools.product(range(1, LAST + 1), Reply):
        if reply in {each for each, _ in question(place, numbers, "").answers}:
            continue
        if (place, reply) == (4, Reply.FEWER):
            continue  # where one report is enough there are no fewer, and it is not asked
        with pytest.raises(KeyError):
            next_step(place, reply, numbers)


def _numbers(**rules):
    return local_numbers(read_rules(presets.durham().threshold | rules))


def test_the_numbers_are_those_of_the_scheme():
    assert local_numbers(read_rules(presets.durham().threshold)) == DURHAM
    found = local_numbers(read_rules(gloucestershire().threshold))
    assert (found.reports, found.people, found.has_hate_route) == (3, None, True)


def _route(**keys):
    return {"id": "x", "decision": "must"} | keys


@pytest.mark.parametrize(
    ("routes", "reports", "is_law", "people", "has_hate_route"),
    [
        ([], 3, True, None, False),
        ([_route(min_reports=2)], 2, False, None, False),
        # A higher number than the law's takes nothing away.
        ([_route(min_reports=5)], 3, True, None, False),
        # One report is enough for those at high risk only.
        ([_route(min_reports=1, vulnerability=True)], 3, True, None, False),
        ([_route(min_reports=2, behaviour=["noise"])], 3, True, None, False),
        ([_route(min_reporters=4, reporter_unit="household")], 3, True, 4, False),
        ([_route(min_reports=1, min_hate=1)], 3, True, None, True),
    ],
)
def test_what_a_route_asks_for_besides_keeps_it_out(
    routes, reports, is_law, people, has_hate_route
):
    found = _numbers(any_of=routes)

    assert (found.reports, found.is_law) == (reports, is_law)
    assert (found.people, found.has_hate_route) == (people, has_hate_route)
    assert found.are_households is (people is not None)
    assert found.period == HALF_YEAR


def test_the_answers_say_the_numbers_of_the_area():
    def labels(numbers):
        return [words for _, words in question(4, numbers, "14 July 2026").answers]

    assert labels(DURHAM) == [
        "3 times or more",
        "5 different people or more reported it",
        "Once or twice",
        "I do not know",
    ]
    assert labels(_numbers(any_of=[_route(min_reports=2)])) == [
        "2 times or more",
        "Once",
        "I do not know",
    ]
    assert labels(_numbers(any_of=[_route(min_reports=1)])) == ["Once or more", "I do not know"]
