"""A draft on screen: a stored route as answers and back, the other sections, what is wrong."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain import presets
from portal.domain.clocks.rules import Clock, ClockEvent, ClockRule
from portal.domain.deadlines import Limit, Unit
from portal.domain.presets import durham, gloucestershire, to_json
from portal.domain.scheme_editing import routes, sections
from portal.domain.scheme_editing.clocks import clock_answers, with_clocks
from portal.domain.scheme_editing.problems import problems_of
from portal.domain.threshold import preset_rules

HALF_YEAR = {"n": 6, "unit": "months", "anchor": "application", "of": "report"}
WHOLE: dict[str, Any] = {
    "id": "all_of_it",
    "decision": "may",
    **dict.fromkeys(routes.NUMBERS, 2),
    **dict.fromkeys(routes.YES_OR_NO, False),
    "reporter_unit": "household",
    "same_problem": "similar",
    "response": "none",
    "counts": "reports",
    "harm_test": "harassment_alarm_distress",
    "decided_by": "The board",
    "note": "A note",
    "behaviour": ["noise"],
    "to": ["landlord", "police"],
    "first_report_not_before": "2014-05-01",
    "window": HALF_YEAR,
    "reported_within": {"n": 7, "unit": "days", "scope": "first", "inclusive_start": True},
    "applied_within": {"n": 6, "unit": "months", "of": "latest_report"},
    "most_recent": {"n": 1, "unit": "months", "of": "incident"},
}

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(sorted(WHOLE)), junk))
def test_a_form_that_is_saved_untouched_changes_nothing_whatever_was_stored(stored):
    assert routes.route_from(stored, routes.answers_of(stored)) == stored


def test_every_answer_makes_the_route_that_was_meant_from_nothing():
    assert routes.route_from({}, routes.answers_of(WHOLE)) == WHOLE


def test_what_is_emptied_is_not_asked_for_any_more():
    answers = routes.answers_of(WHOLE)
    empty = routes.answers_of({"id": "all of it"})

    assert routes.route_from(WHOLE, answers | empty) == {"id": "all_of_it"}


def test_a_part_that_the_form_does_not_know_is_not_lost_with_its_period():
    stored = {"id": "a", "window": HALF_YEAR | {"except": "August"}}
    answers = routes.answers_of(stored)

    assert answers["window_n"] is None
    assert routes.route_from(stored, answers | {"min_reports": 3}) == stored | {"min_reports": 3}


def test_routes_are_put_and_removed_by_place_and_the_others_stay():
    one, two = {"id": "one"}, {"id": "two"}
    rule = {"any_of": [one, two], "weather": "odd"}

    assert sections.with_route(rule, 1, {"id": "new"})["any_of"] == [{"id": "new"}, two]
    assert sections.with_route(rule, 3, {"id": "new"})["any_of"] == [one, two, {"id": "new"}]
    assert sections.without_route(rule, 2) == {"any_of": [one], "weather": "odd"}
    assert sections.with_route({"any_of": "odd"}, 2, one)["any_of"] == ["odd", one]


def test_what_is_no_text_in_a_list_stays_and_a_line_that_stays_keeps_its_code():
    rule = {"exclusions": ["vexatious_or_worse", {"id": "odd"}]}
    shown = sections.listed_answers(rule, "exclusions", ())

    assert shown == {"exclusions_known": [], "exclusions_words": "vexatious or worse"}
    typed = {"exclusions_known": [], "exclusions_words": "vexatious or worse\n\n Too soon "}
    assert sections.with_listed(rule, "exclusions", (), typed)["exclusions"] == [
        "vexatious_or_worse",
        "Too soon",
        {"id": "odd"},
    ]


def test_a_fallback_is_taken_out_and_put_back_and_keeps_what_the_form_does_not_know():
    rule = {"fallback": {"decision": "discretion", "factors": ["persistence", "odd"], "by": "us"}}
    shown = sections.fallback_answers(rule)

    assert sections.with_fallback(rule, shown) == rule
    assert sections.with_fallback(rule, shown | {"is_stated": False})["fallback"] is None
    changed = sections.with_fallback(rule, shown | {"factors": ["high_risk"]})["fallback"]
    assert changed == {"decision": "discretion", "factors": ["high_risk", "odd"], "by": "us"}


@pytest.mark.parametrize("rule", [preset_rules.DURHAM, preset_rules.GLOUCESTERSHIRE])
def test_the_sections_of_a_preset_are_saved_untouched(rule):
    assert sections.with_counting(rule, sections.counting_answers(rule)) == rule
    assert sections.with_fallback(rule, sections.fallback_answers(rule)) == rule
    assert sections.with_floor(rule, sections.floor_answers(rule)) == rule


def test_the_acts_own_floor_is_not_stated_in_the_shape_of_published_rules():
    assert "floor" not in sections.without_the_laws_own(preset_rules.DURHAM)
    other = sections.with_floor(
        preset_rules.DURHAM, sections.floor_answers(preset_rules.DURHAM) | {"number": 2}
    )
    assert sections.without_the_laws_own(other) == other


@pytest.mark.parametrize("preset", [durham, gloucestershire])
def test_clocks_are_saved_untouched(preset):
    stored = to_json(preset())

    assert with_clocks(stored, clock_answers(stored)) == stored


def test_a_clock_of_every_shape_comes_back_from_its_answers_with_what_the_form_does_not_show():
    rules = (
        *durham().clocks[:-1],
        ClockRule(
            Clock.FEEDBACK,
            None,
            (ClockEvent.CASE_CLOSED, ClockEvent.PLAN_RECEIVED, ClockEvent.ACKNOWLEDGED),
            "Ours",
            opens_from=ClockEvent.PLAN_ISSUED,
            next_meeting="JAG",
        ),
        ClockRule(Clock.WHOLE_PROCESS, Limit(8, Unit.WEEKS), (ClockEvent.REQUEST_RECEIVED,), "Us"),
    )
    stored = to_json(
        dataclasses.replace(durham(), clocks=rules, deemed_receipt=Limit(2, Unit.DAYS))
    )

    again = with_clocks(stored, clock_answers(stored))
    without = with_clocks(stored, clock_answers(stored) | {"whole_process_number": None})

    assert again == stored
    assert [row["clock"] for row in without["clocks"]] == [
        row["clock"] for row in stored["clocks"][:-1]
    ]


def _with_route(**keys: Any) -> dict[str, Any]:
    threshold = {"any_of": [{"id": "a_b", "min_reports": 3} | keys]}
    return to_json(dataclasses.replace(durham(), threshold=threshold))


def _with_clock(clock: Clock, **changes: Any) -> dict[str, Any]:
    scheme = durham()
    rules = tuple(
        dataclasses.replace(rule, **changes) if rule.clock is clock else rule
        for rule in scheme.clocks
    )
    return to_json(dataclasses.replace(scheme, clocks=rules))


@pytest.mark.parametrize("preset", [durham, gloucestershire])
def test_nothing_is_wrong_with_a_preset(preset):
    assert problems_of(to_json(preset())) == ()


def test_a_draft_without_a_route_or_a_name_is_no_scheme():
    stored = to_json(durham()) | {"name": " ", "threshold": {"any_of": []}}

    found = problems_of(stored)

    assert [each.blocks for each in found] == [True, True]
    assert [each.sentence for each in found] == [
        "The name of the scheme must be text of 1 to 500 characters.",
        "There is no route: add at least one.",
    ]
    assert problems_of({})[0].blocks


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        (_with_route(min_reports=4), "Every route asks for 4 reports or more"),
        (_with_route(min_in_window=4, window=HALF_YEAR), "can never be met as it is written"),
        (_with_route(min_in_window=1), "and no time"),
        (_with_route(same_reporter=True, min_reporters=2), "one person to have made all reports"),
        (_with_route(to=["police"], min_agencies=2), "more services told"),
        (_with_route(window={"n": 7, "unit": "days"}, min_days_since_last_report=8),
         "counts reports of the last 7 days alone and asks for 8 days without one"),
        (_with_route(most_recent={"n": 1, "unit": "weeks"}, min_days_since_last_report=8),
         "asks for a report in the last 1 week and for 8 days without one"),
        (_with_route(min_reports="three"), "“min reports” of route 1 a_b is not understood"),
        (to_json(durham()) | {"threshold": preset_rules.DURHAM | {"floor": {"number": 4}}},
         "The number by law is 4."),
        (_with_clock(Clock.MEETING, limit=Limit(9, Unit.WORKING_DAYS),
                     starts_from=(ClockEvent.REQUEST_RECEIVED,)),
         "the decision is made within 10 working days, and the meeting"),
        (_with_clock(Clock.ACKNOWLEDGE, limit=Limit(3, Unit.WEEKS)),
         "the request is acknowledged within 3 weeks"),
        (_with_clock(Clock.AGENCY_RETURN, limit=Limit(1, Unit.MONTHS)),
         "agencies may take 1 month to answer"),
        (_with_clock(Clock.PACK_OUT, limit=Limit(15, Unit.WORKING_DAYS)),
         "packs go out 15 working days before the meeting"),
        (_with_clock(Clock.ACTION_PLAN, before=True), "known only once it has happened"),
    ],
)  # fmt: skip
def test_a_doubt_is_named_and_does_not_block(stored, words):
    (found,) = problems_of(stored)

    assert words in found.sentence
    assert not found.blocks


def test_a_meeting_that_the_calendar_does_not_know_is_named():
    stored = _with_clock(Clock.MEETING, limit=None, next_meeting="JAG")

    (found,) = problems_of(stored)

    assert "waits for the meeting “JAG”, and the calendar has no day of it" in found.sentence
    assert problems_of(stored, {"JAG"}) == ()


def test_a_limit_that_is_no_longer_on_every_day_of_the_week_is_no_contradiction():
    # 10 working days end on the same day as 2 weeks, from a Monday to Friday.
    stored = _with_clock(
        Clock.MEETING, limit=Limit(2, Unit.WEEKS), starts_from=(ClockEvent.REQUEST_RECEIVED,)
    )

    assert problems_of(stored) == ()


def test_a_draft_survives_what_no_form_would_store():
    for threshold in (None, [], "odd", {"any_of": None}, {"any_of": [1]}, {"floor": 3}):
        problems_of(presets.to_json(durham()) | {"threshold": threshold})
