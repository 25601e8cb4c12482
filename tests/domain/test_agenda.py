"""The standard agenda, an area's own, its numbers, and the times of its items."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.agenda import (
    STANDARD,
    AgendaError,
    Part,
    Topic,
    numbers_for,
    read_agenda,
)
from portal.domain.agenda_times import (
    Progress,
    Span,
    ended,
    first_item,
    moved_to,
    present_item,
    progress_of,
)
from portal.domain.presets import SchemeError, durham, from_json, to_json

AT = dt.datetime(2027, 1, 19, 10, tzinfo=dt.UTC)
OWN = [{"title": "Welcome", "part": "closed", "minutes": 5, "lead": "Chair"}]


def test_the_standard_is_what_the_paper_lists():
    # Content, meeting, section 1: fifteen items; 107 minutes, 112 with a restricted one.
    assert len(STANDARD) == 15
    # The pre-brief lies before the meeting.
    assert sum(item.minutes for item in STANDARD if item.topic is not Topic.PRE_BRIEF) == 112
    assert [item.minutes for item in STANDARD if item.part is Part.RESTRICTED] == [5]
    assert [item.title for item in STANDARD if item.part is Part.OPEN] == [
        "Opening section with the applicant"
    ]


def test_an_area_may_carry_its_own_in_its_scheme():
    stored = to_json(durham()) | {"agenda": OWN}

    scheme = from_json(stored)

    assert to_json(scheme) == stored
    (item,) = read_agenda(scheme.agenda)
    assert (item.title, item.part, item.minutes, item.topic) == (
        "Welcome",
        Part.CLOSED,
        5,
        Topic.OTHER,
    )
    assert "agenda" not in to_json(durham())


@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        ([], "The agenda must be a list of 1 to 40 items."),
        ("Welcome", "The agenda must be a list of 1 to 40 items."),
        (["Welcome"], "Item 1 of the agenda must have a title, a part and minutes."),
        ([OWN[0] | {"title": " "}], "The title of item 1 of the agenda must have 1 to 200 char"),
        ([OWN[0] | {"minutes": True}], "Item 1 of the agenda must take 0 to 240 minutes."),
        ([*OWN, OWN[0] | {"part": "secret"}], "Item 2 of the agenda has an unknown topic or part."),
    ],
)
def test_what_is_no_agenda_is_refused_with_a_sentence(stored, sentence):
    with pytest.raises(AgendaError, match=sentence):
        read_agenda(stored)
    with pytest.raises(SchemeError, match=sentence):
        from_json(to_json(durham()) | {"agenda": stored})


ITEMS = st.lists(st.tuples(st.sampled_from(Topic), st.sampled_from(Part)), max_size=20)


@given(ITEMS)
def test_who_may_not_know_of_restricted_items_sees_the_same_numbers_and_no_gap(items):
    numbers = numbers_for(items)
    seen = numbers_for([item for item in items if item[1] is not Part.RESTRICTED])

    assert [each for each in numbers if each] == list(seen)
    counted = [int(each) for each in seen if each != "0"]
    assert counted == list(range(1, len(counted) + 1))


@given(st.lists(st.integers(0, 6), max_size=20), st.integers(1, 3))
def test_the_table_is_at_one_item_at_a_time_and_no_minute_is_lost(visited, sitting):
    spans = ()
    for minute, item in enumerate(visited):
        spans = moved_to(spans, item, sitting, AT + dt.timedelta(minutes=minute))

    assert present_item(spans, sitting) == (visited[-1] if visited else None)
    assert [span.ended_at for span in spans[:-1]] == [span.started_at for span in spans[1:]]
    assert all(span.ended_at is None for span in spans[-1:])
    for item in set(visited):
        wanted = Progress.NOW if item == visited[-1] else Progress.DONE
        assert progress_of(item, spans, sitting) is wanted
    assert present_item(ended(spans, AT), sitting) is None


def test_going_to_where_the_table_is_changes_nothing():
    spans = moved_to((), "risk", 1, AT)

    assert moved_to(spans, "risk", 1, AT + dt.timedelta(minutes=5)) == spans


def test_the_next_sitting_goes_on_where_the_one_before_ended():
    spans = (Span("welcome", 1, AT, AT), Span("risk", 1, AT, AT))

    assert first_item(["welcome", "risk", "powers"], spans) == "risk"
    assert first_item(["welcome", "powers"], spans) == "welcome"
    assert first_item(["welcome"], ()) == "welcome"
    assert first_item([], spans) is None
