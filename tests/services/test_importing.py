"""Imports asked of the services: all or nothing, once, and by a worker that may die."""

import datetime as dt
import threading

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.jobs import demo_people
from portal.models.case import Case, Incident, Report
from portal.models.imports import ImportedRow, ImportFault, ImportFile, ImportRun
from portal.models.log import LogEntry
from portal.models.person import Person
from portal.services import casepage, import_adding, import_runs, import_work, importing, reports
from tests import cases
from tests.canary_case import record_conflict
from tests.cases import actor_of, agency_id, make_case, token
from tests.exports import (
    DOOR,
    HEADINGS,
    ROW,
    added,
    checked,
    csv_of,
    match,
    rows_of,
    seen,
    upload,
    work,
    xlsx_of,
)

AT = cases.ARRANGED_AT
BAD = ("yesterday", "Noise", "", "", "", "", "")


@pytest.fixture
def reference(app, people, clock):
    found = make_case(app, stage="invited")
    clock.at = AT
    with app.app_context():
        yield found


def _all(model):
    db.session.rollback()
    found = db.session.scalars(sa.select(model).execution_options(**DOOR)).all()
    db.session.rollback()
    return found


def _counts():
    return {model.__name__: len(_all(model)) for model in (Incident, Report, ImportedRow)}


def _columns(model):
    query = sa.select(model.__table__).execution_options(**DOOR)
    found = db.session.execute(query).mappings().all()
    db.session.rollback()
    return found


def test_a_file_is_read_matched_checked_and_added_in_the_name_of_its_agency(reference, clock):
    key = upload(reference, csv_of(*rows_of(3)))
    states = []
    for step in (lambda: None, lambda: match(reference, key)):
        step()
        states.append(seen(reference, key).state)
        work(clock)
        states.append(seen(reference, key).state)
    page = seen(reference, key)
    assert states == ["reading", "columns", "checking", "checked"]
    assert (page.total, page.new_incidents, page.new_reports, page.bad_rows) == (3, 3, 3, 0)
    assert _counts()["Incident"] == 0

    importing.add_rows(actor_of(cases.POLICE, AT), reference, key, token())
    work(clock)

    assert seen(reference, key).state == "added"
    police = agency_id(demo_people.POLICE)
    reports = _columns(Report)
    assert {each["from_agency_id"] for each in [*reports, *_columns(Incident)]} == {police}
    assert {each["reported_to"] for each in reports} == {demo_people.POLICE}
    assert sorted(each["their_reference"] for each in reports) == ["WV-0", "WV-1", "WV-2"]


def test_what_was_imported_says_from_whom_and_is_not_the_applicants_own_words(reference, clock):
    added(clock, reference, csv_of(ROW))

    actor = actor_of(cases.COUNCIL, AT)
    (incident,) = reports.open_reports(actor, reference).incidents
    lines = {line.title: line for line in casepage.open_case(actor, reference).lines}

    source = f"From {demo_people.POLICE}’s export"
    assert (incident.source, incident.reports[0].source) == (source, source)
    for title in ("Shouting", f"Reported to {demo_people.POLICE}"):
        assert (lines[title].byline, lines[title].told) == (source, "no")


def test_one_bad_row_keeps_every_row_out(reference, clock):
    page = checked(clock, reference, csv_of(*rows_of(20), BAD))
    assert (page.state, page.bad_rows) == ("checked", 1)
    assert [(each.row, each.column) for each in page.faults] == [(22, "Date")]

    importing.add_rows(actor_of(cases.POLICE, AT), reference, page.key, token())
    work(clock)

    assert seen(reference, page.key).state == "checked"
    assert set(_counts().values()) == {0}


def test_every_bad_row_is_there_page_by_page_and_in_the_download(reference, clock):
    page = checked(clock, reference, csv_of(*[BAD] * 120))
    police = actor_of(cases.POLICE, AT)

    found, after = list(page.faults), page.after
    while after:
        page = import_runs.open_run(police, reference, page.key, after)
        found += page.faults
        after = page.after
        assert len(page.faults) <= import_runs.FAULTS_ON_A_PAGE

    assert [each.row for each in found] == list(range(2, 122))
    assert import_runs.list_bad_rows(police, reference, page.key) == found


def test_the_same_file_again_adds_nothing(reference, clock):
    added(clock, reference, csv_of(*rows_of(5)))
    before = _counts()

    page = added(clock, reference, csv_of(*reversed(rows_of(5))))

    assert (page.new_incidents, page.new_reports, page.rows_there) == (0, 0, 5)
    assert _counts() == before == {"Incident": 5, "Report": 5, "ImportedRow": 5}


def test_a_file_that_has_grown_adds_what_is_new(reference, clock):
    added(clock, reference, csv_of(ROW))
    again = (*ROW[:3], "5/11/2026", "Letter", "WV-9", "Replied")

    page = added(clock, reference, csv_of(ROW, again))

    assert (page.new_incidents, page.new_reports, page.rows_there) == (0, 1, 1)
    assert _counts() == {"Incident": 1, "Report": 2, "ImportedRow": 2}


def test_a_workbook_adds_the_same_as_the_csv_of_it(reference, clock):
    rows = [[dt.date(2026, 11, 2), *ROW[1:3], 46329, *ROW[4:]]]
    added(clock, reference, csv_of(ROW))

    # 46,329 is 3 November 2026, as the CSV says.
    page = added(clock, reference, xlsx_of([HEADINGS, *rows]))

    assert (page.state, page.new_incidents, page.rows_there) == ("added", 0, 1)


def test_two_checked_runs_of_one_file_add_it_once(reference, clock):
    keys = [checked(clock, reference, csv_of(*rows_of(4))).key for _ in range(2)]
    for key in keys:
        importing.add_rows(actor_of(cases.POLICE, AT), reference, key, token())

    work(clock)

    assert [seen(reference, key).new_incidents for key in keys] == [4, 0]
    assert _counts() == {"Incident": 4, "Report": 4, "ImportedRow": 4}


def test_two_workers_at_once_add_every_row_once(app, reference, clock):
    keys = [checked(clock, reference, csv_of(*rows_of(30))).key for _ in range(2)]
    for key in keys:
        importing.add_rows(actor_of(cases.POLICE, AT), reference, key, token())
    db.session.remove()
    both = threading.Barrier(2)

    def run():
        with app.app_context():
            both.wait()
            work(clock)
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert {seen(reference, key).state for key in keys} == {"added"}
    assert _counts() == {"Incident": 30, "Report": 30, "ImportedRow": 30}


class _DiedError(BaseException):
    """The worker is gone, as if its machine had been switched off."""


def test_a_worker_that_dies_in_the_middle_has_added_nothing_and_the_next_adds_all(
    reference, clock, monkeypatch
):
    key = checked(clock, reference, csv_of(*rows_of(4))).key
    importing.add_rows(actor_of(cases.POLICE, AT), reference, key, token())
    with monkeypatch.context() as patch:

        def die(*_args, **_words):
            raise _DiedError

        patch.setattr(import_adding, "ImportedRow", die)
        with pytest.raises(_DiedError):
            import_work.work_next(clock)
    assert set(_counts().values()) == {0}
    assert not import_work.work_next(clock), "the lease holds"

    clock.advance(minutes=3)
    work(clock)

    assert seen(reference, key).state == "added"
    assert _counts() == {"Incident": 4, "Report": 4, "ImportedRow": 4}


def test_a_step_that_fails_three_times_ends_with_a_sentence(reference, clock, monkeypatch):
    key = upload(reference, csv_of(ROW))

    def stumble(_content):
        raise MemoryError

    monkeypatch.setattr(import_work, "open_file", stumble)
    for _ in range(5):
        work(clock)
        clock.advance(minutes=1)

    page = seen(reference, key)
    assert (page.state, page.fault) == (
        "refused",
        "The file could not be worked through. Save it as CSV and import that",
    )
    assert _all(ImportFile) == []


def test_a_file_that_cannot_be_read_ends_with_its_reason(reference, clock):
    key = upload(reference, b'Date,Type\n1,"open\n')

    work(clock)

    assert seen(reference, key).state == "refused"
    assert "quotation mark" in seen(reference, key).fault


def test_what_is_stopped_while_the_worker_is_at_it_adds_nothing(reference, clock, monkeypatch):
    key = checked(clock, reference, csv_of(ROW)).key
    police = actor_of(cases.POLICE, AT)
    importing.add_rows(police, reference, key, token())
    read = import_work.open_file

    def stop_meanwhile(content):
        assert importing.stop_import(police, reference, key, token())
        return read(content)

    monkeypatch.setattr(import_work, "open_file", stop_meanwhile)
    work(clock)

    assert seen(reference, key).state == "stopped"
    assert set(_counts().values()) == {0}


def test_what_was_added_can_not_be_stopped(reference, clock):
    key = added(clock, reference, csv_of(ROW)).key

    assert not importing.stop_import(actor_of(cases.POLICE, AT), reference, key, token())
    assert seen(reference, key).state == "added"


@pytest.mark.parametrize("end", ["added", "stopped", "refused", "abandoned"])
def test_the_file_and_its_faults_are_kept_no_longer_than_the_run(reference, clock, end):
    bad = () if end == "added" else (BAD,)
    page = checked(clock, reference, csv_of(ROW, *bad))
    police = actor_of(cases.POLICE, AT)
    assert len(_all(ImportFile)) == 1
    assert bool(_all(ImportFault)) == bool(bad)

    if end == "added":
        importing.add_rows(police, reference, page.key, token())
    elif end == "stopped":
        importing.stop_import(police, reference, page.key, token())
    elif end == "refused":
        upload(reference, b"Date\n\x81\n")
        importing.stop_import(police, reference, page.key, token())
    else:
        clock.advance(days=7, seconds=1)
    work(clock)

    assert _all(ImportFile) == []
    assert _all(ImportFault) == []
    assert all(run.preview == [] for run in _all(ImportRun))
    assert all(len(run.file_digest) == 64 for run in _all(ImportRun))


def test_an_import_that_waits_for_people_is_kept_for_seven_days(reference, clock):
    key = checked(clock, reference, csv_of(ROW)).key
    clock.advance(days=7)

    work(clock)

    assert seen(reference, key).state == "checked"


def _change(statement):
    db.session.execute(statement.execution_options(**DOOR))
    db.session.commit()


def _move_case_on(reference):
    _change(sa.update(Case).where(Case.reference == reference).values(stage="planning"))


def _deactivate(_reference):
    _change(sa.update(Person).where(Person.email == cases.POLICE).values(active=False))


def _conflict(reference):
    db.session.rollback()
    record_conflict(reference, cases.POLICE)


@pytest.mark.parametrize("lost", [_move_case_on, _deactivate, _conflict])
def test_the_worker_adds_only_what_the_person_could_add_at_that_moment(reference, clock, lost):
    key = checked(clock, reference, csv_of(ROW)).key
    importing.add_rows(actor_of(cases.POLICE, AT), reference, key, token())
    db.session.rollback()

    lost(reference)
    work(clock)

    page = seen(reference, key, email=cases.COORDINATOR)
    assert page.state == "refused"
    assert page.fault.startswith("Nothing was added: ")
    assert set(_counts().values()) == {0}


def test_the_log_names_the_run_and_the_counts_and_nothing_of_the_rows(reference, clock):
    key = added(clock, reference, csv_of(*rows_of(3))).key

    entries = [each for each in _all(LogEntry) if each.act == "reports_imported"]

    (entry,) = entries
    assert entry.thing == f"import {key}: 3 incidents, 3 reports"
    assert (entry.reference, entry.role) == (reference, "agency_representative")
    assert not any("Noise" in each.thing or "export.csv" in each.thing for each in _all(LogEntry))


@pytest.mark.slow
def test_five_thousand_rows_are_checked_and_added_with_signs_of_how_far_it_is(
    reference, clock, monkeypatch
):
    signs = []
    show = import_work._show_progress

    def listen(leased, now, done, total):
        signs.append((done, total))
        show(leased, now, done, total)

    monkeypatch.setattr(import_work, "_show_progress", listen)
    page = added(clock, reference, xlsx_of([HEADINGS, *rows_of(5000)]))

    assert (page.state, page.new_incidents, page.new_reports) == ("added", 5000, 5000)
    assert signs == [(done, 5000) for done in range(0, 5000, 500)] * 2
