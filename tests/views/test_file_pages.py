"""The pages of a case's files: who gets what, how it is handed out, and what stays of it."""

import io

import pytest
import sqlalchemy as sa

from portal.models.log import LogEntry
from tests import cases
from tests.cases import make_case
from tests.file_bytes import AUTHOR, EICAR, WAV, pdf, photo, telling_photo, word
from tests.hostile_files import FILES
from tests.scanner import FakeScanner

NOT_SCANNED = "Not scanned for viruses"


@pytest.fixture
def reference(app, people, clock):
    found = make_case(app, stage="invited")
    clock.at = cases.at(7)
    return found


@pytest.fixture
def office(as_):
    return as_(cases.COORDINATOR)


def _add(client, reference, content, name="a.bin", **fields):
    page = client.get(f"/cases/{reference}/files/add")
    typed = {"label": "", "came_by": "post"} | fields
    return client.submit(page, file=(io.BytesIO(content), name), **typed)


def test_a_file_that_came_by_post_is_added_listed_and_handed_out_as_an_attachment(
    office, as_, reference
):
    case = office.get(f"/cases/{reference}")
    added = _add(office, reference, pdf(), "../letter.html", label="Letter of the landlord")
    assert (added.status, added.location) == (303, f"/cases/{reference}/files")

    listed = office.get(case.links["Files"])
    assert "File 1: Letter of the landlord (PDF, 1 KB)" in listed.main
    assert "By post, added by Ruth Adeyemi on Thursday 7 January 2027, 9am." in listed.main
    assert NOT_SCANNED in listed.main
    assert "Its owner called it: letter.html" in listed.main

    for reader in (office, as_(cases.CHAIR)):
        answer = reader.get(listed.links["File 1: Letter of the landlord"])
        assert (answer.status, answer.data) == (200, pdf())
        headers = answer.response.headers
        assert headers["Content-Type"] == "application/pdf"
        assert headers["Content-Disposition"] == f"attachment; filename={reference}-file-1.pdf"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert headers["Cache-Control"] == "no-store"


def test_the_panel_gets_no_file_and_is_not_told_that_there_is_one(office, as_, reference):
    _add(office, reference, pdf())

    for email in (cases.POLICE, cases.POLICE_LEAD, cases.COUNCIL):
        agency = as_(email)
        assert "Files" not in agency.get(f"/cases/{reference}").links
        for path in ("", "/1", "/1/original", "/1/take-off", "/add"):
            assert agency.get(f"/cases/{reference}/files{path}").status == 403, (email, path)
    chair = as_(cases.CHAIR)
    page = chair.get(f"/cases/{reference}/files")
    assert not {"Add a file", "Take off file 1", "Open the original of file 1"} & page.links.keys()
    for path in ("/1/original", "/1/take-off", "/add"):
        assert chair.get(f"/cases/{reference}/files{path}").status == 403, path


def test_of_a_photo_the_copy_is_handed_out_and_the_original_for_a_reason_that_stands_there(
    office, as_, reference, scalars
):
    original = telling_photo()
    _add(office, reference, original, "door.jpg", label="The door")
    listed = office.get(f"/cases/{reference}/files")

    copy = office.get(listed.links["File 1: The door"])
    assert copy.response.mimetype == "image/jpeg"
    assert AUTHOR.encode() not in copy.data

    asking = office.get(listed.links["Open the original of file 1"])
    without = office.submit(asking, reason="  ")
    assert without.errors == [("Write why", "#reason")]
    given = office.submit(asking, reason="The police ask when it was taken")
    assert given.data == original
    name = f"attachment; filename={reference}-file-1-original.jpg"
    assert given.response.headers["Content-Disposition"] == name

    said = "Ruth Adeyemi opened the original on Thursday 7 January 2027, 9am: The police ask when"
    for reader in (office, as_(cases.CHAIR)):
        assert said in reader.get(f"/cases/{reference}/files").main
    entries = scalars(sa.select(LogEntry).where(LogEntry.act == "open_original"))
    assert [each.thing for each in entries][-1] == "file 1, original"


def test_what_is_no_photo_has_no_other_original(office, reference):
    _add(office, reference, WAV)

    assert "Open the original of file 1" not in office.get(f"/cases/{reference}/files").links
    assert office.get(f"/cases/{reference}/files/1/original").status == 404


def test_a_file_is_taken_off_and_a_line_says_who_did_and_why(office, as_, reference):
    _add(office, reference, photo(), "wrong.jpg", label="Somebody else’s door")
    _add(office, reference, WAV, label="The night")
    first = office.get(f"/cases/{reference}/files/1/take-off")
    second = office.get(f"/cases/{reference}/files/1/take-off")

    assert office.submit(first, reason="It belongs to another case").status == 303

    page = office.get(f"/cases/{reference}/files")
    assert "File 1 was taken off on Thursday 7 January 2027 by Ruth Adeyemi." in page.main
    assert "The reason: It belongs to another case" in page.main
    assert "door" not in page.main
    assert "wrong.jpg" not in page.main
    assert "File 2: The night" in page.main
    for path in ("1", "1/original", "1/take-off"):
        assert office.get(f"/cases/{reference}/files/{path}").status == 404, path
    assert office.get(f"/cases/{reference}/files/2").data == WAV
    # Somebody who had the page open is told who was faster; the same form again is the same.
    late = office.submit(second, reason="It is blurred")
    assert late.status == 409
    assert "It is blurred" in late.main
    assert "It belongs to another case" in late.main
    assert office.submit(first, reason="It belongs to another case").status == 303


def test_what_a_scanner_finds_is_not_kept_and_what_it_passes_says_so(app, office, reference):
    with_virus, clean = FakeScanner(("127.0.0.1", 0)), FakeScanner(("127.0.0.1", 0))
    app.config["SCANNER"] = with_virus.address
    refused = _add(office, reference, WAV + EICAR)
    app.config["SCANNER"] = clean.address
    _add(office, reference, WAV)
    with_virus.door.close()
    clean.door.close()

    sentence = "We found a problem with this file and did not keep it"
    assert (refused.status, refused.errors) == (422, [(sentence, "#file")])
    listed = office.get(f"/cases/{reference}/files").main
    assert "Scanned for viruses: nothing found." in listed
    assert NOT_SCANNED not in listed
    assert "File 2" not in listed


@pytest.mark.parametrize(
    "name", ["nothing.jpg", "photos.zip", "letter.docm", "bomb.png", "cut.jpg", "script.pdf"]
)
def test_a_hostile_file_comes_back_as_a_sentence_and_what_was_typed_stays(office, reference, name):
    (hostile,) = (each for each in FILES if each.name == name)

    page = _add(office, reference, hostile.make(), name, label="Für Noor", came_by="email")

    assert page.status == 422
    ((sentence, href),) = page.errors
    assert sentence.startswith(hostile.said)
    assert href == "#file"
    form = page.form_with({"label"})
    assert (form.fields["label"], form.fields["came_by"]) == (["Für Noor"], ["email"])
    assert "No file has come" in office.get(f"/cases/{reference}/files").main


def test_without_a_file_or_a_way_the_page_asks_for_them(office, reference):
    page = office.post(f"/cases/{reference}/files/add", label="A letter")

    assert page.errors == [("Select a file", "#file"), ("Select how it came", "#came_by")]


def test_a_form_that_is_sent_twice_adds_one_file(office, reference):
    page = office.get(f"/cases/{reference}/files/add")
    for _ in range(2):
        sent = office.submit(page, file=(io.BytesIO(WAV), "a.wav"), label="", came_by="visit")
        assert sent.status == 303

    assert "File 2" not in office.get(f"/cases/{reference}/files").main


def test_a_longer_list_takes_no_more_queries(office, reference, count_queries):
    counts = []
    for more in (1, 4):
        for _ in range(more):
            _add(office, reference, word())
        with count_queries() as queries:
            assert office.get(f"/cases/{reference}/files").status == 200
        counts.append(queries.count)

    assert counts[0] == counts[1]
