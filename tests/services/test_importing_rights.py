"""Who may import what into which case, and what an import costs and shows afterwards."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.db import ChangedMeanwhileError, db
from portal.domain.imported_rows import ImportField
from portal.jobs import demo_people
from portal.models.imports import ImportMapping, ImportRun
from portal.services import chronology, import_runs, importing, reports
from tests import cases
from tests.cases import actor_of, make_case, token
from tests.exports import (
    COLUMNS,
    DOOR,
    HEADINGS,
    ROW,
    added,
    checked,
    csv_of,
    rows_of,
    seen,
    upload,
    work,
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


def test_columns_are_asked_once_and_remembered_for_every_case_of_the_agency(app, reference, clock):
    added(clock, reference, csv_of(ROW))
    db.session.remove()
    other = make_case(app, stage="invited")

    key = upload(other, csv_of(*rows_of(2), headings=(*HEADINGS, "Officer")))
    work(clock)

    assert seen(other, key).state == "checked"
    council = upload(other, csv_of(*rows_of(2)), email=cases.COUNCIL)
    work(clock)
    assert seen(other, council, email=cases.COUNCIL).state == "columns"


def test_of_two_who_match_columns_at_once_the_second_is_told(reference, clock):
    keys = [upload(reference, csv_of(ROW)) for _ in range(2)]
    work(clock)
    police = actor_of(cases.POLICE, AT)
    versions = [import_runs.open_columns(police, reference, key).version for key in keys]
    importing.match_columns(police, reference, keys[0], token(), COLUMNS, versions[0])

    with pytest.raises(ChangedMeanwhileError):
        importing.match_columns(police, reference, keys[1], token(), COLUMNS, versions[1])

    assert len(_all(ImportMapping)) == 1
    assert seen(reference, keys[1]).state == "columns"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({ImportField.TITLE: None}, "title"),
        ({ImportField.HAPPENED_ON: None}, "happened_on"),
        ({ImportField.REPORTED_ON: None}, "reported_on"),
        ({ImportField.ACCOUNT: "Made up"}, "account"),
    ],
)
def test_columns_that_do_not_fit_are_refused_at_their_field(reference, clock, changes, field):
    key = upload(reference, csv_of(ROW))
    work(clock)
    columns = {name: heading for name, heading in (COLUMNS | changes).items() if heading}

    with pytest.raises(importing.ImportingError) as refused:
        importing.match_columns(actor_of(cases.POLICE, AT), reference, key, token(), columns, 0)

    assert refused.value.field == field


def test_a_form_sent_twice_is_carried_out_once(reference, clock):
    police, one = actor_of(cases.POLICE, AT), token()
    words = {"agency_id": None, "file_name": "a.csv", "content": csv_of(ROW)}

    keys = {importing.start_import(police, reference, one, **words) for _ in range(2)}

    assert len(keys) == len(_all(ImportRun)) == 1


def test_five_unfinished_imports_are_enough(reference, clock):
    for _ in range(5):
        upload(reference, csv_of(ROW))

    with pytest.raises(importing.ImportingError, match="not finished yet"):
        upload(reference, csv_of(ROW))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\export.xlsx", "export.xlsx"),
        ("a\r\nSet-Cookie: x", "a Set-Cookie: x"),
        ("\ud800.csv", "A file without a name"),
        ("", "A file without a name"),
        ("x" * 500, "x" * 200),
    ],
)
def test_a_hostile_name_is_only_shown(reference, clock, name, shown):
    key = importing.start_import(
        actor_of(cases.POLICE, AT),
        reference,
        token(),
        agency_id=None,
        file_name=name,
        content=csv_of(ROW),
    )

    assert seen(reference, key).file_name == shown


def test_another_agency_knows_nothing_of_an_import_and_cannot_touch_it(reference, clock):
    key = checked(clock, reference, csv_of(ROW)).key
    for email in (cases.COUNCIL, cases.HOUSING):
        actor = actor_of(email, AT)
        assert import_runs.open_start(actor, reference).runs == ()
        for service in (
            lambda who: import_runs.open_run(who, reference, key),
            lambda who: import_runs.list_bad_rows(who, reference, key),
            lambda who: import_runs.open_columns(who, reference, key),
            lambda who: importing.add_rows(who, reference, key, token()),
            lambda who: importing.stop_import(who, reference, key, token()),
            lambda who: importing.match_columns(who, reference, key, token(), COLUMNS, 1),
        ):
            with pytest.raises(CaseNotFoundError):
                service(actor)
    assert seen(reference, key).state == "checked"


def test_the_coordinator_and_the_lead_go_on_with_what_the_agency_began(reference, clock):
    for email in (cases.COORDINATOR, cases.POLICE_LEAD):
        key = checked(clock, reference, csv_of(*rows_of(2))).key
        importing.add_rows(actor_of(email, AT), reference, key, token())
        work(clock)
        assert seen(reference, key, email=email).state == "added"


def test_the_coordinator_says_whose_export_it_is(reference, clock):
    office = actor_of(cases.COORDINATOR, AT)
    words = {"file_name": "a.csv", "content": csv_of(ROW)}
    for wrong in (None, 999_999, _agency_of_other_area()):
        with pytest.raises(importing.ImportingError, match="whose export"):
            importing.start_import(office, reference, token(), agency_id=wrong, **words)

    assert added(clock, reference, csv_of(ROW), email=cases.COORDINATOR).agency_name == (
        demo_people.POLICE
    )


def _agency_of_other_area():
    severn = actor_of("police@severnreach-police.example", AT).agency_id
    db.session.rollback()
    return severn


def test_an_agencys_person_imports_for_their_own_agency_alone(reference, clock):
    with pytest.raises(importing.ImportingError):
        upload(reference, csv_of(ROW), agency=demo_people.HEXLEY_COUNCIL)


@pytest.mark.parametrize(
    ("email", "error"),
    [
        (cases.CHAIR, ActRefusedError),
        (cases.HEALTH, CaseNotFoundError),
        ("coordinator@severnreach-lpb.example", CaseNotFoundError),
        ("admin@wharrow-lpb.example", CaseNotFoundError),
    ],
)
def test_nobody_else_starts_an_import(reference, clock, email, error):
    with pytest.raises(error):
        upload(reference, csv_of(ROW), email=email)


def test_an_import_begins_only_while_incidents_may_be_added(app, people, clock):
    reference = make_case(app, stage="planning")
    clock.at = cases.PLANNED_AT

    with app.app_context(), pytest.raises(ActRefusedError, match="not open at the stage"):
        upload(reference, csv_of(ROW))


def test_the_page_of_a_run_takes_as_many_queries_for_many_bad_rows_as_for_few(
    reference, clock, count_queries
):
    few = checked(clock, reference, csv_of(BAD))
    with count_queries() as one:
        seen(reference, few.key)
    many = checked(clock, reference, csv_of(*[BAD] * 49))

    with count_queries() as all_of_them:
        page = seen(reference, many.key)

    assert len(page.faults) == 49
    assert all_of_them.count == one.count


def test_the_reports_take_as_many_queries_for_many_imported_rows_as_for_few(
    reference, clock, count_queries
):
    added(clock, reference, csv_of(ROW))
    actor = actor_of(cases.COUNCIL, AT)
    with count_queries() as one:
        reports.open_reports(actor, reference)
    added(clock, reference, csv_of(*rows_of(20)))

    with count_queries() as many:
        page = reports.open_reports(replace(actor), reference)

    assert len(page.incidents) == 21
    assert many.count == one.count


def test_many_imported_incidents_stand_on_pages_and_none_is_left_out(reference, clock):
    added(clock, reference, csv_of(*rows_of(210)))
    actor = actor_of(cases.COUNCIL, AT)

    pages = [reports.open_reports(actor, reference)]
    while pages[-1].after:
        pages.append(reports.open_reports(actor, reference, pages[-1].after))
    lines = chronology.open_chronology(actor, reference, in_print=False).lines

    # 210 incidents, 100 on a page; each with its report.
    assert [len(page.incidents) for page in pages] == [100, 100, 10]
    titles = {each.title for page in pages for each in page.incidents}
    assert titles == {f"Noise {number}" for number in range(210)}
    assert all(len(each.reports) == 1 for page in pages for each in page.incidents)
    exported = [each for each in lines if "export" in each.byline]
    assert len(exported) == 420
    assert {each.told for each in exported} == {"no"}
