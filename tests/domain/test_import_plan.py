"""Laws of what an import adds: order and repetition never matter, and nothing is lost."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.import_plan import (
    ImportPlan,
    Present,
    guess_columns,
    incident_key,
    name_headings,
    plan_import,
    row_digest,
)
from portal.domain.imported_rows import ImportField, ReadReport, ReadRow

FIRST, SECOND = dt.date(2026, 11, 2), dt.date(2026, 11, 3)
CALL = ReadReport(SECOND, "101", "WV-1", "Visited")
LETTER = ReadReport(SECOND, "Letter", "WV-2", "")
SHOUTING = ReadRow(FIRST, "Shouting", "He shouted.", CALL)
AGENCY = 3

# Few values, so that rows meet often.
REPORTS = st.builds(
    ReadReport,
    reported_on=st.sampled_from([FIRST, SECOND, None]),
    how=st.sampled_from(["", "101"]),
    their_reference=st.sampled_from(["", "WV-1"]),
    what_was_done=st.just(""),
)
ROWS = st.builds(
    ReadRow,
    happened_on=st.sampled_from([FIRST, SECOND, None]),
    title=st.sampled_from(["Shouting", "SHOUTING", "Noise"]),
    account=st.sampled_from(["", "He shouted.", "Loud music."]),
    report=st.none() | REPORTS,
)


def _plan(rows, known=(), present=()):
    return plan_import(AGENCY, rows, set(known), present)


def _carried_out(plan: ImportPlan, present=()):
    """The incidents of the case after the plan, numbered as a database would."""
    number = max((each.id for each in present), default=0)
    added = [
        Present(number + place, each.happened_on, each.title, each.account)
        for place, each in enumerate(plan.incidents, start=1)
    ]
    return [*present, *added]


def test_two_reports_of_one_day_and_title_are_of_one_incident():
    plan = _plan([SHOUTING, ReadRow(FIRST, "shouting ", "", LETTER)])

    (incident,) = plan.incidents
    assert incident.reports == (CALL, LETTER)
    assert incident.account == "He shouted."


def test_another_day_is_another_incident():
    assert len(_plan([SHOUTING, ReadRow(SECOND, "Shouting", "", CALL)]).incidents) == 2


def test_a_day_that_is_not_known_is_no_other_rows_day():
    rows = [ReadRow(None, "Shouting", "", report) for report in (CALL, LETTER)]
    before = Present(9, None, "Shouting", "")

    incidents = _plan([*rows, SHOUTING], present=[before]).incidents

    assert [each.happened_on for each in incidents].count(None) == 2
    assert [each.reports for each in incidents if each.happened_on] == [(CALL,)]


def test_every_account_of_an_incident_is_kept_once():
    rows = [ReadRow(FIRST, "Shouting", text, None) for text in ("Two.", "One.", "Two.")]

    (incident,) = _plan(rows).incidents

    assert incident.account == "One.\n\nTwo."


def test_a_row_that_stands_twice_in_a_file_counts_once():
    plan = _plan([SHOUTING, SHOUTING])

    assert (len(plan.incidents), plan.report_count, plan.rows_there) == (1, 1, 1)


def test_a_new_report_joins_the_incident_that_was_imported_before():
    before = Present(9, FIRST, "Shouting", "He shouted.")

    plan = _plan([ReadRow(FIRST, "shouting", "", LETTER)], present=[before])

    assert plan.incidents == ()
    assert [(each.incident_id, each.reports) for each in plan.joined] == [(9, (LETTER,))]


def test_another_account_is_not_lost_and_overwrites_nothing():
    before = Present(9, FIRST, "Shouting", "He shouted.")

    plan = _plan([ReadRow(FIRST, "Shouting", "He threw a stone.", None)], present=[before])

    assert [each.account for each in plan.incidents] == ["He threw a stone."]
    assert plan.joined == ()


def test_the_same_row_of_another_agency_is_another_row():
    assert row_digest(1, SHOUTING) != row_digest(2, SHOUTING)


@given(ROWS, ROWS)
def test_rows_have_the_same_digest_only_if_they_are_the_same(one, other):
    assert (row_digest(AGENCY, one) == row_digest(AGENCY, other)) == (one == other)


@given(
    st.lists(ROWS, max_size=8).flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows)))
)
def test_the_order_of_rows_never_matters(pair):
    rows, otherwise = pair

    assert _plan(rows) == _plan(otherwise)


@given(st.lists(ROWS, max_size=8))
def test_the_same_file_again_adds_nothing(rows):
    first = _plan(rows)

    again = _plan(rows, known=first.digests, present=_carried_out(first))

    assert (again.incidents, again.joined, again.digests) == ((), (), ())
    assert again.rows_there == len(rows)


@given(st.lists(ROWS, max_size=8))
def test_nothing_is_lost_and_nothing_is_made_up(rows):
    plan = _plan(rows)

    known = [row for row in rows if row.happened_on]
    dated = [each for each in plan.incidents if each.happened_on]
    keys = {incident_key(each.happened_on, each.title) for each in dated}
    assert keys == {incident_key(row.happened_on, row.title) for row in known}
    assert len(keys) == len(dated)
    assert len(plan.incidents) - len(dated) == len({row for row in rows if not row.happened_on})
    for incident in dated:
        key = incident_key(incident.happened_on, incident.title)
        of_it = [row for row in known if incident_key(row.happened_on, row.title) == key]
        assert set(incident.reports) == {row.report for row in of_it if row.report}
        assert all(row.account in incident.account for row in of_it)
    assert len(plan.digests) + plan.rows_there == len(rows)


@given(st.lists(ROWS, max_size=6), st.lists(ROWS, max_size=6))
def test_a_file_that_has_grown_loses_no_report_and_no_account(early, late):
    first = _plan(early)
    there = _carried_out(first)

    second = _plan([*early, *late], known=first.digests, present=there)

    accounts = [each.account for each in _carried_out(second, there)]
    reports = [
        report
        for each in (*first.incidents, *second.incidents, *second.joined)
        for report in each.reports
    ]
    for row in late:
        assert any(row.account in account for account in accounts)
        assert row.report is None or row.report in reports


def test_headings_are_guessed_by_their_words():
    guessed = guess_columns(["Incident_Date", "TYPE", "Colour", "Date reported", "Log number"])

    assert guessed == {
        ImportField.HAPPENED_ON: "Incident_Date",
        ImportField.TITLE: "TYPE",
        ImportField.REPORTED_ON: "Date reported",
        ImportField.THEIR_REFERENCE: "Log number",
    }


@given(st.lists(st.sampled_from(["", "A", "a", "A (2)", "Column 1", "x" * 150]), max_size=8))
def test_headings_can_always_be_told_apart(cells):
    named = name_headings(cells)

    assert len(named) == len(cells)
    assert len({each.casefold() for each in named}) == len(cells)
    assert all(0 < len(each) <= 120 for each in named)
