"""The answer of a whole rule, with routes, fallback and exclusions together."""

import json

import pytest
from click.testing import CliRunner

from portal.domain.threshold.advice import Advised
from portal.domain.threshold.facts import Response
from portal.domain.threshold.worked_cases import WorkedCaseError, read_case
from portal.jobs.cli import cli
from tests.domain.threshold.making import SIX_MONTHS, advice_on, reports, request

THREE = ("2026-10-01", "2026-11-01", "2026-12-01")
COUNT = {"id": "count", "decision": "must", "min_reports": 3, "window": SIX_MONTHS}
HATE = {"id": "hate", "decision": "must", "min_reports": 1, "min_hate": 1, "window": SIX_MONTHS}
FALLBACK = {"decision": "discretion", "when": "fewer than three qualifying complaints"}


def test_any_one_route_is_enough():
    advice = advice_on({"any_of": [COUNT, HATE]}, request(*reports("2026-12-01", is_hate=True)))

    assert (advice.local, advice.why) == (Advised.MET, "Met by hate")
    assert [route.is_met for route in advice.routes] == [False, True]


def test_below_every_route_the_rule_may_leave_it_to_judgement():
    below = request(*reports(*THREE[:2]))

    assert advice_on({"any_of": [COUNT]}, below).local is Advised.NOT_MET
    assert advice_on({"any_of": [COUNT], "fallback": FALLBACK}, below).local is Advised.DISCRETION


def test_a_fallback_for_fewer_reports_is_none_for_enough_of_them():
    rules = {"any_of": [COUNT | {"min_agencies": 2}], "fallback": FALLBACK}

    assert advice_on(rules, request(*reports(*THREE))).local is Advised.NOT_MET


def test_what_may_be_accepted_is_a_matter_of_judgement():
    may = {"id": "senior", "decision": "may", "vulnerability": True}

    at_risk = request(is_vulnerable=True)
    assert advice_on({"any_of": [COUNT, may]}, at_risk).local is Advised.DISCRETION
    assert advice_on({"any_of": [COUNT, may]}, request()).local is Advised.NOT_MET


def test_a_route_that_cannot_be_told_names_the_fact():
    rules = {"any_of": [COUNT | {"response": "none"}]}
    advice = advice_on(rules, request(*reports(*THREE), response=None))

    assert advice.local is Advised.DISCRETION
    assert advice.why == "Cannot be told without: what was done about the reports"


def test_a_route_that_is_met_settles_what_another_cannot_tell():
    rules = {"any_of": [COUNT, HATE | {"response": "none"}]}
    advice = advice_on(rules, request(*reports(*THREE, is_hate=True), response=None))

    assert advice.local is Advised.MET


def test_an_exclusion_that_can_be_counted_shuts_out():
    rules = {"any_of": [COUNT], "exclusions": ["all_complaints_to_one_organisation"]}

    advice = advice_on(rules, request(*reports(*THREE)))
    assert (advice.local, advice.overall) == (Advised.NOT_MET, Advised.MET)


CASE = {
    "id": "C1",
    "scheme": "Wharrowdale",
    "facts": {
        "incidents": [
            {"date": "2026-10-01", "reported_on": "2026-10-02", "agency": "police"},
            {"date": "2026-11-01", "reported_on": "2026-11-02", "agency": "council"},
            {"date": "2026-12-01", "reported_on": "2026-12-02", "agency": "police"},
        ],
        "applied_on": "2027-01-14",
        "response": "inadequate",
    },
    "expected": "met",
    "statute_warning": None,
}
SCHEME = {"name": "Wharrowdale", "rules": {"any_of": [COUNT, HATE], "exclusions": ["too_new"]}}


def run(command: str, *options: str):
    return CliRunner().invoke(cli, ["scheme", command, *options])


def put(folder, name: str, content: object) -> str:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def decide(folder, cases: object):
    schemes = put(folder, "schemes.json", [SCHEME])
    return run("decide", "--schemes", schemes, "--cases", put(folder, "cases.json", cases))


def test_check_says_what_is_computed_and_what_is_in_words(tmp_path):
    answer = run(
        "check", put(tmp_path, "schemes.json", [SCHEME, {"name": "Silent", "rules": None}])
    )

    # Four keys of the one route, five of the other.
    assert answer.output.endswith("2 schemes, 9 keys computed, 1 in words, 0 lost\n")
    assert (
        "in words: exclusions: too_new (whether it applies is for a person to say)" in answer.output
    )
    assert "Silent\n  says nothing of the threshold" in answer.output
    assert answer.exit_code == 0


def test_check_fails_where_a_key_must_be_computed_and_is_not(tmp_path):
    rules = {"any_of": [COUNT | {"window": {"n": 6, "unit": "moons"}}]}
    answer = run("check", put(tmp_path, "schemes.json", [{"name": "Odd", "rules": rules}]))

    assert "window" in answer.output
    assert answer.exit_code == 1


def test_decide_holds_each_answer_against_the_one_that_is_expected(tmp_path):
    answer = decide(tmp_path, [CASE])

    assert "C1 Wharrowdale: met, as expected" in answer.output
    assert "floor: met, 3 qualifying complaints, 3 needed | remark: none" in answer.output
    assert answer.output.endswith("1 of 1 as expected\n")
    assert answer.exit_code == 0


def test_decide_shows_the_working_of_a_difference_and_fails(tmp_path):
    answer = decide(tmp_path, [CASE, CASE | {"id": "C2", "expected": "not_met"}])

    assert "C2 Wharrowdale: met, EXPECTED not_met" in answer.output
    assert "route count: met" in answer.output
    assert "Reports that count: 3 of 3" in answer.output
    assert answer.output.endswith("1 of 2 as expected\n")
    assert answer.exit_code == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scheme": "Nowhere"}, "there is no scheme “Nowhere” in the file"),
        ({"facts": None}, "must have facts"),
        ({"facts": {"incidents": [], "applied_on": None}}, "asked for is missing"),
        ({"facts": {"incidents": [], "applied_on": "soon"}}, "“soon” is not a day"),
        ({"facts": {"incidents": [3], "applied_on": "2027-01-14"}}, "must be a list of named"),
    ],
)
def test_a_case_that_cannot_be_read_is_named_and_is_not_as_expected(tmp_path, change, words):
    answer = decide(tmp_path, [CASE | change])

    assert words in answer.output
    assert answer.exit_code == 1


@pytest.mark.parametrize("content", ["{", '{"name": 1}', "[1]", "[" * 100_000])
def test_a_file_that_is_no_list_ends_in_a_sentence(tmp_path, content):
    answer = run("check", put(tmp_path, "bad.json", content))

    assert answer.exit_code == 1
    assert answer.output.startswith("Error: ")


def test_an_absent_fact_is_the_ordinary_state_and_null_is_not_known():
    plain = read_case(CASE)
    lacking = read_case(CASE | {"facts": CASE["facts"] | {"response": None, "ongoing": None}})

    assert plain.facts.is_ongoing is True
    assert plain.facts.response is Response.INADEQUATE
    assert (lacking.facts.is_ongoing, lacking.facts.response) == (None, None)


def test_a_fact_that_nothing_asks_for_is_named():
    case = read_case(CASE | {"facts": CASE["facts"] | {"weather": "wet"}})

    assert case.unused == ("weather",)


def test_a_response_that_is_no_word_of_ours_is_refused():
    with pytest.raises(WorkedCaseError, match="“shrug” is no response"):
        read_case(CASE | {"facts": CASE["facts"] | {"response": "shrug"}})
