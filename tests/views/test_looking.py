"""Who looked: on a case for its coordinator, over the area for its auditor, without content."""

import pytest
import sqlalchemy as sa

from portal.domain.roles import Act
from portal.models.log import LogEntry
from portal.services.log_words import WORDS
from tests import cases
from tests.cases import make_case

AUDITOR = "auditor@wharrow-lpb.example"


@pytest.fixture
def reference(app, people, clock):
    found = make_case(app, stage="invited")
    clock.at = cases.at(14)
    return found


def _rows(page):
    return [
        ["".join(cell.itertext()) for cell in row]
        for row in page.tree.iter()
        if str(row.tag).endswith("tr")
    ][1:]


def test_the_coordinator_reads_who_opened_the_case_and_who_was_refused(as_, reference):
    as_(cases.POLICE).get(f"/cases/{reference}/shared")
    as_("fire@wharrow-fire.example").get(f"/cases/{reference}")

    page = as_(cases.COORDINATOR).get(f"/cases/{reference}/log")

    # Reading the log is itself the newest entry of the next look, not of this one.
    refused, looked = _rows(page)[:2]
    assert "Opened the case: shared" in looked[2]
    assert looked[1].startswith("Sgt Daniel Okafor")
    assert "Not found for them" in refused[2]
    assert "Did not get the page for this: opened the case" in refused[2]
    again = as_(cases.COORDINATOR).get(f"/cases/{reference}/log")
    assert "Looked up who has looked" in _rows(again)[0][2]


def test_the_log_of_a_case_holds_nothing_of_another_case(as_, app, reference):
    other = make_case(app, stage="received")
    as_(cases.COORDINATOR).get(f"/cases/{other}/people")

    page = as_(cases.COORDINATOR).get(f"/cases/{reference}/log")

    assert "Opened the case: people" not in page.main


def test_the_auditor_asks_by_person_case_act_and_day(as_, reference, scalars, app):
    office = as_(cases.COORDINATOR)
    office.get(f"/cases/{reference}/people")
    as_(cases.POLICE).get(f"/cases/{reference}/shared")
    auditor = as_(AUDITOR)
    everything = auditor.get("/audit")
    person = next(
        choice
        for choice in everything.tree.iter()
        if "".join(choice.itertext()) == "Sgt Daniel Okafor" and choice.get("value")
    )

    by_person = auditor.get(f"/audit?person={person.get('value')}&reference={reference.lower()}")
    by_act = auditor.get("/audit?act=signed_in")
    too_late = auditor.get("/audit?from_on-day=15&from_on-month=1&from_on-year=2027")
    on_the_day = auditor.get(
        "/audit?act=view_case&from_on-day=14&from_on-month=1&from_on-year=2027"
        "&to_on-day=14&to_on-month=1&to_on-year=2027"
    )

    assert all(row[1].startswith("Sgt Daniel Okafor") for row in _rows(by_person))
    assert any("shared" in row[2] for row in _rows(by_person))
    assert {row[2].strip() for row in _rows(by_act)} == {"Signed in"}
    assert "Nothing was done that fits this." in too_late.main
    assert {row[3].strip() for row in _rows(on_the_day)} == {reference}


def test_the_auditor_reads_no_content(as_, app, reference):
    office = as_(cases.COORDINATOR)
    for part in ("", "/reports", "/shared", "/people", "/meeting"):
        office.get(f"/cases/{reference}{part}")

    page = as_(AUDITOR).get("/audit")

    assert reference in page.main
    for text in (cases.APPLICANT, cases.RESPONDENT, "Text first, no letters"):
        assert text not in page.html


def test_the_auditor_of_one_area_reads_nothing_of_another(as_, reference):
    as_("coordinator@severnreach-lpb.example").get("/cases")

    page = as_(AUDITOR).get("/audit")

    assert "Severnreach" not in page.main
    names = {row[1] for row in _rows(page)}
    assert not any("Tom Reilly" in name for name in names)


def test_entries_come_fifty_at_a_time_and_none_twice(as_, reference):
    office = as_(cases.COORDINATOR)
    for _ in range(60):
        office.get(f"/cases/{reference}/people")

    first = office.get(f"/cases/{reference}/log")
    second = office.get(first.links["Older entries"])

    assert len(_rows(first)) == 50
    assert len(_rows(second)) >= 10
    assert f"/cases/{reference}/log?before=" in first.links["Older entries"]


def test_the_number_of_queries_does_not_grow_with_the_entries(as_, reference, count_queries):
    office, auditor = as_(cases.COORDINATOR), as_(AUDITOR)
    with count_queries() as few:
        office.get(f"/cases/{reference}/log")
        auditor.get("/audit")
    for email in (cases.POLICE, cases.COUNCIL, cases.HOUSING, cases.CHAIR):
        as_(email).get(f"/cases/{reference}")
    with count_queries() as many:
        office.get(f"/cases/{reference}/log")
        auditor.get("/audit")

    assert many.count <= few.count


@pytest.mark.parametrize("before", ["0", "-5", "x", "9" * 30, "1.5", "%00", "😀"])
def test_a_key_that_is_none_begins_at_an_end(as_, reference, before):
    assert as_(AUDITOR).get(f"/audit?before={before}").status == 200
    assert as_(cases.COORDINATOR).get(f"/cases/{reference}/log?before={before}").status == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("person=99999999999999999999", "Select one of the answers on this page"),
        ("act=drop+table", "Select one of the answers on this page"),
        ("from_on-day=31&from_on-month=2&from_on-year=2027", "must be a real date"),
        (
            "from_on-day=2&from_on-month=2&from_on-year=2027&to_on-day=1&to_on-month=2&to_on-year=2027",
            "The last day must be the same as or after the first day",
        ),
        ("reference=" + "x" * 21, "20 characters"),
    ],
)
def test_a_bad_filter_gets_a_sentence_and_no_list(as_, people, query, sentence):
    page = as_(AUDITOR).get(f"/audit?{query}")

    assert page.status == 422
    assert sentence in page.errors[0][0]
    assert _rows(page) == []


def test_every_act_has_words():
    assert {act.value for act in Act} <= WORDS.keys()


def test_asking_the_log_is_an_entry_of_it(as_, people, scalars):
    as_(AUDITOR).get("/audit")

    entries = scalars(sa.select(LogEntry).where(LogEntry.act == Act.READ_AREA_LOG.value))
    assert [entry.role for entry in entries] == ["auditor"]
