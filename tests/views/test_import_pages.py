"""The pages of an import, from the file to what came of it, and what they keep to themselves."""

import csv
import datetime as dt
import io

import pytest
import sqlalchemy as sa

from portal.jobs import demo_people
from portal.models.log import LogEntry
from portal.models.person import SignIn
from tests import cases
from tests.cases import make_case
from tests.exports import COLUMNS, HEADINGS, ROW, csv_of, rows_of, work, xlsx_of
from tests.pages import text_of

BAD = ("=cmd|' /C calc'!A0", "Noise", "", "", "", "", "")


@pytest.fixture
def reference(app, people, clock):
    found = make_case(app, stage="invited")
    clock.at = cases.at(7)
    return found


@pytest.fixture
def worker(app, clock):
    def go():
        with app.app_context():
            return work(clock)

    return go


@pytest.fixture
def police(as_):
    return as_(cases.POLICE)


def _upload(client, reference, content, name="export.csv", **fields):
    form = client.get(f"/cases/{reference}/reports/import")
    page = client.submit(form, file=(io.BytesIO(content), name), **fields)
    assert page.status == 303, page.main
    return page.location


def _matched(client, run, worker):
    worker()
    page = client.post(f"{run}/columns", **{field.value: name for field, name in COLUMNS.items()})
    assert (page.status, page.location) == (303, run)
    worker()
    return client.get(run)


def test_a_file_goes_from_the_reports_page_into_the_case(police, reference, worker, as_):
    reports = police.get(f"/cases/{reference}/reports")
    start = police.get(reports.links["Import from a file"])
    run = police.submit(start, file=(io.BytesIO(csv_of(*rows_of(3))), "july.csv")).location
    working = police.get(run)
    assert "Reading the file" in working.main
    assert working.links["Show the latest"] == run

    checked = _matched(police, run, worker)
    assert "Every row is understood" in checked.main
    assert "Thursday 1 October 2026 Noise 0 Loud music." in checked.main

    answer = police.press(checked, "Import 3 incidents")
    assert "0 of 3 rows" in police.follow(answer).main
    worker()
    done = police.get(run)

    assert "Added: 3 incidents and 3 reports." in done.main
    assert (
        f"From {demo_people.POLICE}’s export"
        in as_(cases.COUNCIL).get(f"/cases/{reference}/reports").main
    )
    assert "july.csv" in police.get(f"/cases/{reference}/reports/import").main


def test_how_far_it_is_can_be_asked_without_a_view_and_keeps_nobody_signed_in(
    as_, reference, scalars, clock
):
    police = as_(cases.POLICE)
    page = police.get(_upload(police, reference, csv_of(ROW)))
    address = page.by_id("progress").get("data-working")

    def kept():
        return (
            scalars(sa.select(sa.func.count()).select_from(LogEntry)),
            scalars(sa.select(sa.func.max(SignIn.seen_at))),
        )

    before = kept()
    clock.at += dt.timedelta(minutes=20)
    first = police.get(address)
    again = police.get(f"{address}?seen={first.response.json['seen']}")

    said = {"seen": "reading-0", "step": "reading", "said": "Reading the file", "done": 0}
    assert first.response.json == said
    assert (again.status, again.data) == (204, b"")
    assert kept() == before
    clock.at += dt.timedelta(minutes=11)
    assert police.get(address).status == 303


def test_a_page_without_script_never_refreshes_itself(police, reference):
    page = police.get(_upload(police, reference, csv_of(ROW)))

    assert "http-equiv" not in page.html
    assert page.html.count("progress.js") == 1


def test_with_one_bad_row_there_is_no_button_and_the_row_is_named(police, reference, worker):
    page = _matched(police, _upload(police, reference, csv_of(ROW, BAD)), worker)

    assert "1 row to correct, so nothing can be added" in page.main
    assert "Row 3 Date “=cmd|' /C calc'!A0” is not a date." in page.main
    assert not [button for form in page.forms for button in form.buttons if "Import" in button]
    sent = police.send(f"{page.path}/add", page.form_with(set(), "Stop and remove the file").fields)
    worker()
    assert sent.status == 303
    assert "1 row to correct" in police.get(page.path).main


def test_five_thousand_bad_rows_can_be_read_page_by_page_and_downloaded(police, reference, worker):
    run = _upload(police, reference, csv_of(*[BAD] * 120))
    page = _matched(police, run, worker)
    second = police.get(page.links["The next rows to correct"])

    assert "Row 51 Date" in page.main
    assert "Row 52 Date" not in page.main
    assert "Row 52 Date" in second.main
    file = police.get(page.links["Download the rows to correct (CSV)"])
    rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
    assert (rows[0], len(rows)) == (["Row", "Column", "What is wrong"], 121)
    assert file.response.headers["Content-Disposition"] == (
        f"attachment; filename={reference}-rows-to-correct.csv"
    )
    assert file.response.headers["Content-Security-Policy"].startswith("sandbox")


def test_no_cell_of_the_download_is_a_formula(police, reference, worker):
    headings = ("=1+1", *HEADINGS[1:])
    run = _upload(police, reference, csv_of(BAD, headings=headings))
    worker()
    fields = {field.value: name for field, name in COLUMNS.items()} | {"happened_on": "=1+1"}
    police.post(f"{run}/columns", **fields)
    worker()

    file = police.get(f"{run}/bad-rows.csv")

    ((_, row),) = [list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))]
    assert row[1] == "'=1+1"


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "0x1", "٣", "%00"])
def test_a_made_up_place_in_the_list_begins_at_the_top(police, reference, worker, after):
    run = _upload(police, reference, csv_of(BAD))
    _matched(police, run, worker)

    assert "Row 2 Date" in police.get(f"{run}?after={after}").main


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "Select a file"),
        (b"", "The file is empty"),
        (b"\xd0\xcf\x11\xe0", "The file is an old workbook (.xls)"),
        (b"PK\x03\x04", "The file is not an Excel workbook (.xlsx) and not a CSV file"),
    ],
)
def test_a_file_that_is_not_read_gets_a_sentence_at_its_field(police, reference, content, sentence):
    form = police.get(f"/cases/{reference}/reports/import")

    file = {} if content is None else {"file": (io.BytesIO(content), "export.csv")}
    page = police.submit(form, **file)

    assert page.status == 422
    ((said, link),) = page.errors
    assert said.startswith(sentence)
    assert link == "#file"


def _as_a_browser_sends_it(fields, content):
    """The body of the form: the test client would leave a file of this size open."""
    parts = [
        f'--part\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, (value,) in fields.items()
    ]
    head = b'--part\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    return b"".join([*parts, head, content, b"\r\n--part--\r\n"])


MULTIPART = "multipart/form-data; boundary=part"


@pytest.mark.parametrize(("more", "status"), [(0, 303), (1, 422)])
def test_ten_megabytes_are_taken_and_not_a_byte_more(police, reference, more, status):
    path = f"/cases/{reference}/reports/import"
    fields = police.get(path).form_with({"file"}).fields

    body = _as_a_browser_sends_it(fields, b"a" * (10 * 1024 * 1024 + more))
    page = police.send(path, body, content_type=MULTIPART)

    assert page.status == status
    if more:
        assert page.errors == [("The file must be 10 MB or smaller", "#file")]


def test_a_file_far_too_large_is_refused_unread(police, reference):
    page = police.send(
        f"/cases/{reference}/reports/import",
        b"a" * 11 * 1024 * 1024,
        content_type=MULTIPART,
    )

    assert page.status == 413
    assert page.h1 == "This file is too large"


def test_other_pages_take_no_more_than_before(police, reference):
    form = police.get(f"/cases/{reference}/share").form_with({"title"})

    page = police.send(
        f"/cases/{reference}/share", form.fields | {"content": "a" * 3 * 1024 * 1024}
    )

    assert page.status == 413
    assert page.h1 == "This is too much text at once"


def test_the_coordinator_is_asked_whose_export_it_is(as_, reference, worker):
    office = as_(cases.COORDINATOR)
    form = office.get(f"/cases/{reference}/reports/import")
    label = next(each for each in form.tree.iter("option") if text_of(each) == demo_people.POLICE)

    missing = office.submit(form, file=(io.BytesIO(csv_of(ROW)), "a.csv"))
    run = _upload(office, reference, csv_of(ROW), agency=label.get("value"))

    assert missing.errors == [("Select the agency whose export it is", "#agency")]
    assert f"From {demo_people.POLICE}’s export" in office.get(run).main
    assert "Severn" not in form.html


def test_columns_are_guessed_and_what_was_chosen_is_kept_with_the_error(police, reference, worker):
    run = _upload(police, reference, csv_of(ROW))
    worker()
    page = police.get(f"{run}/columns")
    assert page.form_with({"happened_on"}).fields["happened_on"] == ["Date"]

    again = police.submit(page, title="", account="Description", reported_on="", how="How")

    assert again.status == 422
    assert again.errors == [("Select the column that says what it was", "#title")]
    assert again.form_with({"account"}).fields["account"] == ["Description"]
    last = police.submit(again, title="Type")
    assert last.errors[0][1] == "#reported_on"


def test_of_a_workbook_with_two_sheets_one_is_chosen_first(police, reference, worker):
    def add(sheet):
        sheet.parent.create_sheet("Staff").append(["Name"])
        sheet.title = "Log"

    run = _upload(police, reference, xlsx_of([HEADINGS, ROW], add), "log.xlsx")
    worker()
    page = police.get(f"{run}/columns")
    assert police.submit(page).errors == [("Select a sheet", "#sheet")]

    late = police.get(f"{run}/columns")
    police.submit(page, sheet="Log")
    late = police.submit(late, sheet="Staff")
    assert late.status == 409
    assert _marked(late) == ["Log", "Staff"]

    assert "Every row is understood" in _matched(police, run, worker).main


def _marked(page):
    return ["".join(each.itertext()) for each in page.tree.iter() if each.tag == "mark"]


def test_a_colleague_who_matched_the_columns_meanwhile_is_shown_beside_ones_own(
    police, as_, reference, worker
):
    run = _upload(police, reference, csv_of(ROW))
    worker()
    lead, mine = as_(cases.POLICE_LEAD), police.get(f"{run}/columns")
    lead.submit(lead.get(f"{run}/columns"))

    # The worker is at it still: both are shown, and mine is saved when it is done.
    page = police.submit(mine, title="Description")
    worker()

    assert page.status == 409
    assert "changed the columns while you were writing" in page.h1
    assert _marked(page) == ["Type", "Description"]
    assert police.submit(page).location == run
    worker()
    again = police.get(f"{run}/columns").form_with({"title"})
    assert again.fields["title"] == ["Description"]


def test_columns_of_an_import_that_went_on_are_shown_and_not_saved(police, as_, reference, worker):
    run = _upload(police, reference, csv_of(ROW))
    worker()
    lead, mine = as_(cases.POLICE_LEAD), police.get(f"{run}/columns")
    checked = _matched(lead, run, worker)
    lead.press(checked, "Import 1 incident")

    page = police.submit(mine, title="Description")

    assert page.status == 409
    assert "went on with this import" in page.h1
    assert _marked(page) == ["Type", "Description"]
    assert page.links["See how it is now"] == run


def test_a_form_at_a_step_that_is_over_leads_to_where_the_run_is(police, reference, worker):
    run = _upload(police, reference, csv_of(ROW))

    page = police.get(f"{run}/columns")

    assert (page.status, page.location) == (303, run)


def test_stopping_removes_the_import_and_says_so(police, reference, worker):
    run = _upload(police, reference, csv_of(ROW))
    worker()

    page = police.press(police.get(run), "Stop and remove the file")

    assert police.follow(page).saved == "Stopped. Nothing was added, and the file was removed"


def test_another_agency_and_the_chair_are_not_told_that_there_is_an_import(
    police, as_, reference, worker
):
    run = _upload(police, reference, csv_of(BAD), "secret-name.csv")
    _matched(police, run, worker)

    for email in (cases.COUNCIL, cases.CHAIR):
        client = as_(email)
        real, absent = client.get(run), client.get(f"/cases/{reference}/imports/000000000000")
        assert (real.status, real.main) == (absent.status, absent.main)
        assert real.status == 404
        for path in ("", "/reports", "/reports/import"):
            assert "secret-name" not in client.get(f"/cases/{reference}{path}").html


def test_script_in_a_file_is_text_on_the_page(police, reference, worker):
    evil = "<script>alert(1)</script>"
    run = _upload(police, reference, csv_of((ROW[0], evil, *ROW[2:])), f"{evil}.csv")

    page = _matched(police, run, worker)

    assert evil in page.main
    assert evil not in page.html


def test_a_chair_has_no_link_to_an_import(as_, reference):
    page = as_(cases.CHAIR).get(f"/cases/{reference}/reports")

    assert "Import from a file" not in page.links
