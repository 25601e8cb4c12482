"""What the rules say to a victim: a sentence for each key, and the two presets by hand."""

import dataclasses

import pytest

from portal.domain.clocks.rules import Clock, ClockEvent, ClockRule
from portal.domain.deadlines import Limit, Unit
from portal.domain.presets import durham, gloucestershire
from portal.domain.scheme_words.clocks import all_clock_words, clock_words
from portal.domain.scheme_words.conditions import SAID
from portal.domain.scheme_words.whole import rules_in_words
from portal.domain.threshold.reading import read_rules
from portal.domain.threshold.rules import Counting, Route

HATE = "One report of something done because of who a person is (hate)"
ANSWER = "The answer was missing or not good enough."
ONCE = "One thing that happened and was told to several services counts once."
FALLBACK = (
    "If this does not fit, you can still ask. The services will think about how long it has gone "
    "on, how much harm it does or could do, whether the answer was good enough and whether you are "
    "at high risk."
)
FLOOR = (
    "Whatever else is on this page, if three reports about the problem were made, each within one "
    "month of it happening and not more than six months before you ask, the law says that there "
    "must be a review. They do not all have to be yours."
)
HALF_YEAR = {"n": 6, "unit": "months", "anchor": "application", "of": "report"}
THREE = {"id": "three", "min_reports": 3}


def said(stored):
    return list(rules_in_words(read_rules(stored)).sentences())


def said_of_route(**keys):
    """The sentences about one route: its own, its conditions, what is held in words."""
    words = rules_in_words(read_rules({"any_of": [{"id": "one"} | keys]}))
    assert words.head == "You can ask for a review if this is true:"
    assert words.fallback == ("If this does not fit, you can still ask.",)
    ((route, held),) = words.routes
    return [route.words, *(condition.words for condition in route.conditions), *held]


def test_durham_in_words():
    in_time = "in the six months before you ask."
    assert said(durham().threshold) == [
        "You can ask for a review if one of these is true:",
        f"Three reports of separate incidents of the same problem {in_time} {ANSWER}",
        f"{HATE} {in_time} {ANSWER}",
        f"Five different people reported the same problem {in_time} {ANSWER}",
        ONCE,
        FALLBACK,
        FLOOR,
    ]


def test_gloucestershire_in_words():
    assert said(gloucestershire().threshold) == [
        "You can ask for a review if one of these is true:",
        (
            "Three reports of separate incidents on different days in the six months before you "
            "ask. The newest report is no older than one month."
        ),
        f"{HATE} in the six months before you ask.",
        ONCE,
        FALLBACK,
        FLOOR,
    ]


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"min_reports": 3}, "Three reports."),
        ({"min_reports": 12}, "12 reports."),
        ({"min_reports": 3, "window": {"n": 12, "unit": "months", "anchor": "span"}},
         "Three reports within any 12 months."),
        ({"min_reports": 3, "window": {"n": 6, "unit": "months", "anchor": "first_report"}},
         "Three reports within six months of the first report."),
        ({"min_reports": 3, "window": {"n": 26, "unit": "weeks", "anchor": "first_incident"}},
         "Three reports within 26 weeks of the first time that it happened."),
        ({"min_reports": 3, "window": HALF_YEAR | {"of": "incident"}},
         "Three reports about what happened in the six months before you ask."),
        ({"min_reports": 3, "window": HALF_YEAR, "min_in_window": 1},
         "Three reports – at least one of them in the six months before you ask."),
        ({"min_reports": 3, "same_reporter": True}, "Three reports made by you."),
        ({"min_reports": 3, "same_problem": "linked_location"},
         "Three reports at the same place or places linked to it."),
        ({"min_reports": 5, "min_reporters": 2, "same_problem": "related"},
         "Five reports of things that belong together by at least two different people."),
        ({"min_reporters": 3, "reporter_unit": "individual_or_group"},
         "Three different people or groups reported it."),
        ({"min_reporters": 5, "reporter_unit": "household", "same_problem": "same_area"},
         "Five different households reported things in the same area."),
        ({"min_hate": 1}, f"{HATE} at any time."),
        ({"min_reports": 2, "min_hate": 1},
         "Two reports (one of them of something done because of who a person is (hate))."),
        ({"min_households_affected": 2}, "At least two households are affected."),
        ({"min_reports": 3, "counts": "experienced_incidents"},
         "Three incidents (reported or not)."),
        ({"reported_within": {"n": 7, "unit": "days"}}, "One report."),
    ],
)  # fmt: skip
def test_what_is_counted_is_the_first_sentence(keys, sentence):
    assert said_of_route(**keys)[0] == sentence


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"reported_within": {"n": 1, "unit": "months"}},
         "Each was reported within one month after it happened."),
        ({"reported_within": {"n": 30, "unit": "days", "scope": "first"}},
         "The first one was reported within 30 days after it happened."),
        ({"reported_within": {"n": 1, "unit": "months", "inclusive_start": True}},
         "Each was reported within one month, counting the day it happened."),
        ({"applied_within": {"n": 6, "unit": "months", "of": "first_report"}},
         "You ask within six months of the first report."),
        ({"applied_within": {"n": 6, "unit": "months", "inclusive_start": True}},
         "You ask within six months of each report, counting the day of the report."),
        ({"most_recent": {"n": 1, "unit": "months", "of": "incident"}},
         "It last happened no longer than one month ago."),
        ({"min_days_since_last_report": 8},
         "At least eight days have passed since the last report."),
        ({"first_report_not_before": "2014-05-01"},
         "The first report was made on or after Thursday 1 May 2014."),
        ({"response": "none"}, "Nothing was done about it."),
        ({"response": "no_effective"}, "What was done did not work."),
        ({"response": "dissatisfied"}, "You are not satisfied with the answer."),
        ({"ongoing": True}, "It still goes on."),
        ({"investigation_closed": True}, "The investigation is closed."),
        ({"further_action_available": True}, "There is something more that can be done."),
        ({"engaged_with_interventions": True},
         "You took up what was offered to you, such as mediation."),
        ({"vulnerability": "high_risk"}, "You are at high risk of harm."),
        ({"harm_test": "harassment_alarm_distress"}, "Each caused harassment, alarm or distress."),
        ({"behaviour": ["noise", "damage"]}, "It is about noise or damage."),
        ({"to": ["landlord"]}, "Each was made to the landlord."),
        ({"min_agencies": 2}, "At least two different services were told."),
        ({"hate_recorded_at_report": True}, "It was written down as hate when it was reported."),
        ({"distinct_incidents": False},
         "Several reports of one thing that happened count, each of them."),
        ({"same_reporter": False}, "They do not all have to be yours."),
        ({"decided_by": "the county’s board"}, "Who decides: the county’s board."),
        ({"all_must_agree": True}, "All of them must agree."),
        ({"requires_names_and_addresses": True},
         "The names and addresses of those who reported are asked for."),
        ({"note": "you and five others"}, "Note: you and five others."),
        ({"factors": ["persistence"]}, "What is weighed: persistence."),
        ({"phase_of_moon": {"is": "full"}}, "Phase of moon: is full."),
        ({"window": {"n": 6, "unit": "moons"}}, "Window: n 6, unit moons."),
    ],
)  # fmt: skip
def test_every_other_key_is_a_sentence_of_its_own(keys, sentence):
    assert sentence in said_of_route(min_reports=3, **keys)[1:]


def test_no_key_of_a_route_or_of_counting_is_without_words():
    assert {each.name for each in dataclasses.fields(Route)} == SAID
    for each in dataclasses.fields(Counting):
        value = "each" if each.name.startswith("same") else False
        assert len(said({"any_of": [THREE], "counting": {each.name: value}})) == 5, each.name


def test_what_the_law_does_not_know_is_a_local_condition():
    stored = THREE | {"ongoing": True, "reported_within": {"n": 1, "unit": "months"}}
    ((route, _),) = rules_in_words(read_rules({"any_of": [stored]})).routes

    assert [(each.words, each.is_local) for each in route.conditions] == [
        ("Each was reported within one month after it happened.", False),
        ("It still goes on.", True),
    ]


def test_what_the_area_wrote_is_shown_as_it_wrote_it():
    stored = {
        "any_of": [THREE],
        "preconditions": ["you_live_here", {"id": "asked_once", "more": 1}],
        "exclusions": ["not_a_complaints_procedure", "all_complaints_to_one_organisation"],
        "fallback": {"decision": "discretion", "when": "fewer than three reports",
                     "factors": ["persistence", "local worry"]},
        "weather": "never in the rain",
    }  # fmt: skip

    words = rules_in_words(read_rules(stored))

    assert words.asked == ("You live here.", "Asked once: id asked once, more 1.")
    assert words.not_for == (
        "Reports that all went to one service.",
        "Not a complaints procedure.",
    )
    assert words.fallback == (
        (
            "If this does not fit, you can still ask. The services will think about how long it "
            "has gone on and local worry."
        ),
        "When: fewer than three reports.",
    )
    assert words.others == ("Weather: never in the rain.",)


def test_nothing_that_a_rule_states_is_left_out_of_its_words():
    stored = {"any_of": [THREE | {"secret": "a", "id": "x"}, "no route"], "counting": "odd"}

    words = " ".join(said(stored))

    assert "Secret: a." in words
    assert "Route 2: no route." in words
    assert "Counting: odd." in words


def test_an_area_may_set_another_floor():
    floor = {"number": 1, "made_within": {"n": 2, "unit": "weeks"}}

    assert said({"any_of": [THREE], "floor": floor})[-1] == (
        "Whatever else is on this page, if one report about the problem was made, each within two "
        "weeks of it happening and not more than six months before you ask, the law says that "
        "there must be a review. It does not have to be yours."
    )


def test_the_clocks_of_durham_in_words():
    assert list(all_clock_words(durham())) == [
        "We write to you within 3 working days after we get your request.",
        "The services tell us what they know within 5 working days after we ask them.",
        "We tell you if there will be a review within 10 working days after we get your request.",
        "The meeting is within 10 working days after we decide.",
        "The papers for the meeting go out at least 2 working days before the meeting.",
        "You get the plan in writing within 5 working days after the meeting.",
        "You can appeal against the decision within 14 days after we send you the decision.",
        (
            "You can appeal against the way the review was done within 14 days after the plan is "
            "complete; you can do so as soon as we send you the plan."
        ),
        (
            "We tell you if your appeal will be heard, and when, within 14 days after we get your "
            "appeal."
        ),
        "You get the answer to your appeal in writing within 14 days after the hearing.",
        "We ask you how it was for you within 8 weeks after your case is closed.",
    ]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (ClockRule(Clock.AGENCY_RETURN, Limit(72, Unit.HOURS), (ClockEvent.REQUEST_RECEIVED,), ""),
         "The services tell us what they know within 72 hours after we get your request."),
        (ClockRule(Clock.THRESHOLD_DECISION, Limit(3, Unit.WORKING_DAYS),
                   (ClockEvent.ACKNOWLEDGED, ClockEvent.ALL_INFORMATION_RECEIVED), ""),
         ("We tell you if there will be a review within 3 working days after we have first written "
         "to you and all services have answered, whichever is last.")),
        (ClockRule(Clock.MEETING, None, (ClockEvent.THRESHOLD_MET,), "", next_meeting="ASBRAC"),
         ("The meeting is at the next meeting called “ASBRAC”, after we decide that there will "
         "be a review.")),
        (ClockRule(Clock.MEETING, Limit(5, Unit.WORKING_DAYS), (ClockEvent.ACKNOWLEDGED,), "",
                   next_meeting="JAG"),
         ("The meeting is within 5 working days after the next meeting called “JAG”, after we have "
         "first written to you.")),
        (ClockRule(Clock.REASONS_NOT_INVITED, Limit(2, Unit.WORKING_DAYS), (ClockEvent.MEETING,),
                   "", before=True),
         ("If you are not invited to the meeting, you get the reasons at least 2 working days "
         "before the meeting.")),
    ],
)  # fmt: skip
def test_a_clock_of_every_shape_in_words(rule, words):
    assert clock_words(rule) == words


def test_when_a_letter_counts_as_received_is_said_with_the_clocks():
    scheme = dataclasses.replace(durham(), deemed_receipt=Limit(2, Unit.WORKING_DAYS))

    assert all_clock_words(scheme)[-1] == (
        "A letter counts as received 2 working days after we send it, unless we know when you got "
        "it."
    )


def test_every_clock_has_words_from_every_event():
    for clock in Clock:
        for event in ClockEvent:
            words = clock_words(ClockRule(clock, Limit(1, Unit.WEEKS), (event,), ""))
            assert " within 1 week after " in words
