"""The band that answers give: the worked examples of our risk matrix, its floors, and laws."""

import copy
import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.risk.bands import Band
from portal.domain.risk.questions import QUESTIONS
from portal.domain.risk.rules import OWN, OWN_BLOCK, RiskRulesError, read_risk_rules
from portal.domain.risk.score import UnknownAnswerError, needs_why, score
from portal.domain.risk.scorings import (
    BeforeClosing,
    Occasion,
    PastScore,
    SameDay,
    Sign,
    before_closing,
    occasions,
    same_day,
)
from portal.domain.roles import Role
from portal.domain.stages import Stage

# Answers 1 to 15, sum, floor, band: as the matrix works them out (§9).
WORKED = {
    "Noor Haddad": ("1,1,2,4,3,4,2,2,2,2,0,3,3,1,1", 31, "high", "high"),
    "Larch Court": ("3,2,2,1,0,0,2,2,1,1,2,3,2,1,2", 24, None, "high"),
    "Pike and Daughter": ("2,2,1,2,2,0,1,1,0,0,0,1,2,0,1", 15, None, "medium"),
    "Gwen Aldous": ("3,2,2,1,1,0,2,4,4,3,0,1,3,2,0", 28, None, "high"),
    "suicidal thoughts": ("1,1,1,1,0,0,1,6,1,2,0,1,1,1,1", 18, "very_high", "very_high"),
    "parking": ("1,0,1,0,1,0,2,0,0,0,0,1,1,0,0", 7, None, "standard"),
}
KEYS = [f"q{number}" for number in range(1, 16)]
NOTHING = dict.fromkeys(KEYS, 0)
KNOWN = st.fixed_dictionaries({key: st.sampled_from(OWN.points[key]) for key in KEYS})
ANSWERS = st.fixed_dictionaries({key: st.sampled_from([None, *OWN.points[key]]) for key in KEYS})


def answers(listed: str) -> dict[str, int]:
    return dict(zip(KEYS, map(int, listed.split(",")), strict=True))


def band(changes, *, is_child=False):
    return score(OWN, NOTHING | changes, is_child=is_child).band


@pytest.mark.parametrize("case", WORKED)
def test_a_worked_example_gives_its_sum_floor_and_band(case):
    listed, total, floor, expected = WORKED[case]

    found = score(OWN, answers(listed), is_child=False)

    assert (found.total, found.floor, found.band) == (total, floor, expected)


def test_every_highest_answer_together_is_57_points():
    highest = {key: OWN.points[key][-1] for key in KEYS}

    assert score(OWN, highest, is_child=False).total == 57


# Questions 4, 8 and 9 give 12 without a floor; the ones after that bring it to 33.
TWELVE = {"q4": 4, "q8": 4, "q9": 4}
TO_21 = TWELVE | {"q1": 3, "q2": 3, "q3": 3}
TO_33 = TO_21 | {"q7": 3, "q10": 3, "q12": 3, "q13": 3}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (TWELVE, "standard"),
        (TWELVE | {"q1": 1}, "medium"),
        (TO_21 | {"q10": 1}, "medium"),
        (TO_21 | {"q10": 2}, "high"),
        (TO_33, "high"),
        (TO_33 | {"q5": 1}, "very_high"),
    ],
)
def test_a_band_begins_at_its_points(changes, expected):
    assert band(changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"q6": 4}, "medium"),
        ({"q14": 3}, "medium"),
        ({"q4": 6}, "high"),
        ({"q11": 4}, "high"),
        ({"q6": 4, "q4": 4}, "high"),
        ({"q5": 3, "q7": 3}, "high"),
        ({"q12": 4}, "high"),
        ({"q8": 6}, "very_high"),
        ({"q15": 5}, "very_high"),
        ({"q11": 4, "q12": 4}, "very_high"),  # two floors of High
        ({"q5": 3, "q7": 2}, "standard"),
        ({"q6": 2, "q4": 4}, "standard"),
    ],
)
def test_a_floor_is_the_least_band_whatever_the_sum(changes, expected):
    assert band(changes) == expected


def test_an_applicant_under_18_has_at_least_medium():
    assert band({}, is_child=True) == "medium"


@pytest.mark.parametrize(
    ("unknown", "expected", "raised"), [(4, "standard", False), (5, "medium", True)]
)
def test_five_answers_that_are_not_known_raise_the_band_by_one(unknown, expected, raised):
    found = score(OWN, NOTHING | dict.fromkeys(KEYS[:unknown]), is_child=False)

    assert (found.total, found.unknown) == (unknown, unknown)
    assert (found.band, found.is_raised) == (expected, raised)


def test_what_is_not_known_raises_above_a_floor_and_never_above_the_highest():
    assert band({"q12": 4} | dict.fromkeys(KEYS[:5])) == "very_high"
    assert band({"q8": 6} | dict.fromkeys(KEYS[:5])) == "very_high"


@pytest.mark.parametrize("wrong", [{"q4": 3}, {"q4": 5}, {"q1": 4}, {"q8": -1}])
def test_an_answer_that_a_question_does_not_have_is_refused(wrong):
    with pytest.raises(UnknownAnswerError):
        band(wrong)
    with pytest.raises(UnknownAnswerError):
        score(OWN, {key: 0 for key in KEYS if key not in wrong}, is_child=False)


@given(given_answers=KNOWN, key=st.sampled_from(KEYS), is_child=st.booleans(), data=st.data())
def test_more_points_never_lower_the_band(given_answers, key, is_child, data):
    more = [each for each in OWN.points[key] if each >= given_answers[key]]
    higher = given_answers | {key: data.draw(st.sampled_from(more))}

    before, after = (score(OWN, each, is_child=is_child).band for each in (given_answers, higher))

    assert after.rank >= before.rank


@given(given_answers=ANSWERS, is_child=st.booleans())
def test_a_floor_never_lowers_the_band(given_answers, is_child):
    without = dataclasses.replace(OWN, floors=())

    with_floors = score(OWN, given_answers, is_child=is_child)

    assert with_floors.band.rank >= score(without, given_answers, is_child=is_child).band.rank
    assert with_floors.floor is None or with_floors.band.rank >= with_floors.floor.rank


@given(given_answers=ANSWERS, is_child=st.booleans(), order=st.permutations(KEYS))
def test_the_order_of_the_answers_does_not_matter(given_answers, is_child, order):
    turned = {key: given_answers[key] for key in order}

    assert score(OWN, turned, is_child=is_child) == score(OWN, given_answers, is_child=is_child)


@given(given_answers=KNOWN, key=st.sampled_from(KEYS), is_child=st.booleans())
def test_who_does_not_say_is_never_below_who_says_that_there_is_nothing(
    given_answers, key, is_child
):
    nothing, not_said = given_answers | {key: 0}, given_answers | {key: None}

    assert (
        score(OWN, not_said, is_child=is_child).band.rank
        >= score(OWN, nothing, is_child=is_child).band.rank
    )


def _block(**changes):
    return copy.deepcopy(dict(OWN_BLOCK)) | changes


@pytest.mark.parametrize(
    "block",
    [
        None,
        [],
        {},
        _block(version=""),
        _block(version=1),
        _block(unknown_points=-1),
        _block(unknown_raise_at=True),
        _block(questions={"q1": [0]}),
        _block(questions=OWN_BLOCK["questions"] | {"q1": [0, 1, 2]}),
        _block(questions=OWN_BLOCK["questions"] | {"q1": [0, 1, 1, 2]}),
        _block(questions=OWN_BLOCK["questions"] | {"q1": [0, 1, 2, "3"]}),
        _block(restricted=["q99"]),
        _block(bands=[["standard", 0]]),
        _block(bands=[["standard", 1], ["medium", 13], ["high", 23], ["very_high", 34]]),
        _block(bands=[["standard", 0], ["medium", 23], ["high", 13], ["very_high", 34]]),
        _block(floors=None),
        _block(floors=[{"band": "low", "any": []}]),
        _block(floors=[{"band": "high"}]),
        _block(floors=[{"band": "high", "any": [{}]}]),
        _block(floors=[{"band": "high", "any": [{"q99": 1}]}]),
        _block(floors=[{"band": "high", "any": [{"applicant_under": 16}]}]),
    ],
)
def test_rules_that_are_none_are_refused_with_a_sentence(block):
    with pytest.raises(RiskRulesError, match=r"\w+ .*\."):
        read_risk_rules(block)


def test_an_area_may_have_its_own_points():
    own = _block(bands=[["standard", 0], ["medium", 5], ["high", 10], ["very_high", 20]])

    assert score(read_risk_rules(own), answers(WORKED["parking"][0]), is_child=False).band == (
        "medium"
    )


def test_there_are_fifteen_questions_and_the_last_is_restricted():
    assert [question.key for question in QUESTIONS] == KEYS
    assert OWN.restricted == {"q15"}


@pytest.mark.parametrize(
    ("changes", "signs", "expected"),
    [
        ({}, (), ()),
        ({"q4": 6}, (), (SameDay.VIOLENCE,)),
        ({"q4": 4, "q8": 4, "q15": 3}, (), ()),
        ({"q8": 6}, (), (SameDay.SELF_HARM,)),
        ({"q11": 4}, (), (SameDay.CHILD,)),
        ({}, (Sign.UNDER_18,), (SameDay.CHILD,)),
        ({"q15": 5}, (), (SameDay.WARNING,)),
        (
            {},
            (Sign.EXPLOITATION, Sign.UNSAFE_REPLY),
            (SameDay.EXPLOITATION, SameDay.UNSAFE_REPLY),
        ),
    ],
)
def test_some_answers_cannot_wait_for_the_band(changes, signs, expected):
    assert same_day(OWN, NOTHING | changes, signs) == expected


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [(0, 2, True), (4, 2, True), (1, 2, False), (None, 3, True), (None, 2, False)],
)
def test_a_change_of_two_points_asks_why(before, after, asked):
    assert needs_why(OWN, before, after) is asked


ONCE = (Occasion.ANY_TIME,)


@pytest.mark.parametrize(
    ("role", "stage", "expected"),
    [
        (Role.COORDINATOR, Stage.ASSESSING, (Occasion.ASSESSMENT, *ONCE)),
        (Role.COORDINATOR, Stage.REVIEWING, ONCE),
        (Role.COORDINATOR, Stage.MONITORING, (*ONCE, Occasion.CLOSURE)),
        (Role.CHAIR, Stage.REVIEWING, (Occasion.MEETING, *ONCE)),
        (Role.CHAIR, Stage.MONITORING, ONCE),
    ],
)
def test_the_occasion_is_one_of_the_stage(role, stage, expected):
    assert occasions(role, stage) == expected


def _past(*bands, last=Occasion.CLOSURE):
    scores = [PastScore(Occasion.ANY_TIME, Band(each)) for each in bands]
    return [*scores[:-1], dataclasses.replace(scores[-1], occasion=last)] if scores else []


SCORE, TWO, MANAGER = BeforeClosing


@pytest.mark.parametrize(
    ("past", "missing"),
    [
        ([], (SCORE,)),
        (_past("standard"), ()),
        (_past("medium", last=Occasion.MEETING), (SCORE,)),
        (_past("high", "medium"), (TWO,)),
        (_past("high", "medium", "standard"), ()),
        (_past("high", "medium", "high"), (TWO,)),
        (_past("very_high", "medium", "medium"), (MANAGER,)),
        (_past("high", last=Occasion.MEETING), (SCORE, TWO)),
    ],
)
def test_what_is_missing_before_a_case_is_closed(past, missing):
    assert before_closing(past) == missing
