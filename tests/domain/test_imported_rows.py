"""One row of an export: what is understood, and what is named as wrong."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.imported_rows import (
    Fault,
    ImportField,
    RawRow,
    ReadReport,
    ReadRow,
    Unusable,
    day_of,
    read_row,
    text_of,
)
from tests.exports import HEADINGS, POSITIONS, ROW

TODAY = dt.date(2027, 1, 14)
NOVEMBER = dt.date(2026, 11, 3)


def _row(**changes):
    cells = dict(zip(ImportField, ROW, strict=True)) | {
        ImportField(name): cell for name, cell in changes.items()
    }
    return read_row(RawRow(7, tuple(cells.values())), POSITIONS, HEADINGS, TODAY)


def test_a_row_becomes_an_incident_with_its_report():
    assert _row() == ReadRow(
        dt.date(2026, 11, 2),
        "Shouting",
        "He shouted.",
        ReadReport(NOVEMBER, "101", "WV-1", "Visited"),
    )


def test_a_row_without_anything_of_a_report_is_an_incident_alone():
    found = _row(reported_on=None, how="", their_reference=None, what_was_done=" ")

    assert found == ReadRow(dt.date(2026, 11, 2), "Shouting", "He shouted.", None)


def test_columns_that_are_not_matched_are_not_read():
    columns = {ImportField.HAPPENED_ON: 0, ImportField.TITLE: 1}

    found = read_row(RawRow(2, ("2/11/2026", "Noise", Unusable("bad"))), columns, HEADINGS, TODAY)

    assert found == ReadRow(dt.date(2026, 11, 2), "Noise", "", None)


@pytest.mark.parametrize(
    "cell",
    [
        NOVEMBER,
        dt.datetime.combine(NOVEMBER, dt.time(23, 59)),
        "3/11/2026", "03/11/2026", "3.11.2026", "3-11-2026", "3 11 2026", "03/11/26",
        "3/11/2026 14:05", "3/11/2026 2:05 pm", "3/11/2026, 14:05:09",
        "2026-11-03", "2026-11-03 14:05", "2026-11-03T14:05:00", "2026-11-03T14:05:00Z",
        "3 November 2026", "3 Nov 2026", "3-Nov-26", "3rd November 2026", "Tuesday 3 November 2026",
        "Tue, 3 nov. 2026", "  3/11/2026 ",
        46329, 46329.75,
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(cell):
    # 46,329 days after 30 December 1899 is 3 November 2026.
    assert day_of(cell) == NOVEMBER


def test_an_instant_with_a_zone_is_its_day_in_london():
    # Summer time: half past eleven in the evening UTC is after midnight in London.
    assert day_of("2026-07-03T23:30:00Z") == dt.date(2026, 7, 4)


@pytest.mark.parametrize(
    "cell",
    [
        "11/23/2026", "31/4/2026", "2026-13-01", "2026-02-30", "3/11", "03112026", "20261103",
        "3/11-2026", "yesterday", "3 Brumaire 2026", "0/0/0000", "1/1/1899", "1/1/2201",
        "٣/11/2026",
        "3/11/2026 or so", "9" * 5000, "9999-12-31T23:59:59-23:59", "\ud800",
        0, 60, 10**9, -5, float("inf"), float("nan"), True, dt.time(10), dt.timedelta(days=3),
    ],
)  # fmt: skip
def test_what_is_no_day_is_not_taken_for_one(cell):
    assert day_of(cell) is None


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)))
def test_every_day_is_read_back_from_each_way_of_writing_it(day):
    assert day_of(f"{day.day}/{day.month}/{day.year}") == day
    assert day_of(day.isoformat()) == day
    assert day_of(text_of(day)) == day


def _sentences(found):
    assert isinstance(found, tuple)
    return [(fault.row, fault.column, fault.sentence) for fault in found]


@pytest.mark.parametrize(
    ("changes", "column", "sentence"),
    [
        ({"happened_on": "soon"}, "Date", "“soon” is not a date"),
        ({"happened_on": "x" * 100}, "Date", f"“{'x' * 40}…” is not a date"),
        ({"happened_on": dt.date(2027, 1, 15)}, "Date", "The day must be today or in the past"),
        ({"happened_on": Unusable("The cell holds a formula")}, "Date", "The cell holds a formula"),
        ({"title": ""}, "Type", "What it was is missing"),
        ({"title": " \t"}, "Type", "What it was is missing"),
        ({"title": "x" * 201}, "Type", "The text must be 200 characters or fewer. It has 201"),
        ({"title": "a\0b"}, "Type", "This text holds characters that cannot be stored"),
        ({"title": "a\ud800b"}, "Type", "This text holds characters that cannot be stored"),
        ({"account": "x" * 10_001}, "Description", "The text must be 10,000 characters or fewer"),
        ({"account": "a\x1bb"}, "Description", "This text holds characters that cannot be stored"),
        ({"their_reference": "x" * 101}, "Ref", "The text must be 100 characters or fewer"),
        (
            {"reported_on": "1/11/2026"},
            "Reported",
            "The day it was reported must be the same as or",
        ),
        ({"reported_on": "15/1/2027"}, "Reported", "The day must be today or in the past"),
    ],
)
def test_what_is_wrong_is_named_with_row_column_and_sentence(changes, column, sentence):
    ((row, named, said),) = _sentences(_row(**changes))

    assert (row, named) == (7, column)
    assert said.startswith(sentence)


@pytest.mark.parametrize("empty", ["", "  ", None])
def test_a_day_that_is_not_given_is_not_known(empty):
    neither = _row(happened_on=empty, reported_on=empty)
    nothing_of_it = _row(reported_on=empty, how="", their_reference="", what_was_done="")

    assert (neither.happened_on, neither.report.reported_on) == (None, None)
    assert neither.report.their_reference == "WV-1"
    assert nothing_of_it.report is None


def test_everything_wrong_with_a_row_is_named_at_once():
    found = _sentences(_row(happened_on="?", title="", their_reference="x" * 101))

    assert [column for _, column, _ in found] == ["Date", "Ref", "Type"]


def test_a_row_that_is_wrong_as_a_whole_is_not_looked_into():
    found = read_row(RawRow(3, ("?",), "The row has merged cells"), POSITIONS, HEADINGS, TODAY)

    assert found == (Fault(3, "", "The row has merged cells"),)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (12, "12"), (12.0, "12"), (12.5, "12.5"), (True, "Yes"), (False, "No"), (None, ""),
        (dt.date(2026, 11, 3), "3/11/2026"),
        (dt.datetime.combine(NOVEMBER, dt.time(14, 5)), "3/11/2026 14:05"),
        (Unusable("x"), ""), (float("inf"), "inf"), ("  as it is ", "  as it is "),
    ],
)  # fmt: skip
def test_a_cell_of_any_type_is_text_where_text_is_wanted(cell, text):
    assert text_of(cell) == text


CELLS = st.one_of(
    st.none(),
    st.text(max_size=300),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.just(Unusable("The cell holds a formula")),
)


@given(st.lists(CELLS, max_size=9))
def test_any_row_is_either_understood_or_has_faults_that_can_be_stored(cells):
    found = read_row(RawRow(2, tuple(cells)), POSITIONS, HEADINGS, TODAY)

    if isinstance(found, ReadRow):
        assert found.happened_on is None or found.happened_on <= TODAY
        assert 0 < len(found.title) <= 200
        report = found.report
        if report and report.reported_on and found.happened_on:
            assert report.reported_on >= found.happened_on
        return
    assert found
    for fault in found:
        assert 0 < len(fault.sentence) <= 300
        assert "\0" not in fault.sentence
        fault.sentence.encode()
