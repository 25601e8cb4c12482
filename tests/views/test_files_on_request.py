"""The page of a request where files are added: one at a time, and what is refused is said."""

import io

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.models.draft import RequestDraft
from portal.services import request_files
from tests import noor
from tests.file_bytes import WAV, photo, zipped

DOOR = unscoped("a test ends a request")
FILES, CHECK = "/request/files", "/request/check"


@pytest.fixture
def writer(visitor, people):
    """Somebody who has begun a request, the first of the database."""
    noor.begin(visitor)
    return visitor


def _send(client, content, button="Add this file", name="a.wav", **fields):
    page = client.get(FILES)
    form = page.form_with({"file"}, button)
    file = {"file": (io.BytesIO(content), name)} if content else {}
    pressed = form.buttons[button]
    return client.send(FILES, form.fields | pressed.fields | {"label": ""} | fields | file)


def _listed(app):
    with app.app_context():
        return [each.label for each in request_files.of_draft(1)]


def test_files_are_added_one_by_one_and_removed(app, writer):
    assert _send(writer, WAV, label="The night").location == FILES
    page = writer.follow(_send(writer, photo(), name="door.jpg"))

    assert page.saved == "File added"
    assert "The night (Sound recording, 1 KB)" in page.main
    assert "door.jpg (Photo, 1 KB)" in page.main

    removed = writer.press(page, "Remove The night, file 1")
    assert removed.location == FILES
    assert _listed(app) == ["door.jpg"]


def test_a_file_that_was_chosen_before_going_on_is_added_first(app, writer):
    assert _send(writer, WAV, "Save and continue", label="The night").location == CHECK
    assert _send(writer, b"", "Save and continue").location == CHECK

    assert _listed(app) == ["The night"]


def test_what_is_refused_is_said_at_the_field_and_what_was_typed_stays(app, writer):
    for content, button, sentence in (
        (b"", "Add this file", "Choose a file"),
        (b"", "Save and continue", "Choose a file"),
        (zipped({"a": b"b"}), "Save and continue", "The file is an archive"),
    ):
        page = _send(writer, content, button, label="Für Noor")
        ((said, href),) = page.errors
        assert (page.status, href) == (422, "#file")
        assert said.startswith(sentence)
        assert page.form_with({"file"}).fields["label"] == ["Für Noor"]
    assert _listed(app) == []


def test_after_ten_files_the_page_asks_for_no_more(app, writer):
    before = writer.get(FILES)
    for number in range(10):
        _send(writer, WAV + bytes([number]))

    page = writer.get(FILES)

    assert "You have added 10 files. Remove one to add another." in page.main
    assert page.by_id("file") is None
    # Who had the page open before is told why.
    late = writer.press(
        before, "Add this file", file=(io.BytesIO(photo()), "a.jpg"), label="One more"
    )
    assert late.errors == [("There are 10 files already. Remove one to add another", "#file")]


def test_a_request_that_is_gone_meanwhile_leads_to_the_code_and_never_breaks(app, writer):
    page = writer.get(FILES)
    with app.app_context(), transaction():
        gone = sa.delete(RequestDraft).where(RequestDraft.id == 1)
        db.session.execute(gone.execution_options(**DOOR))

    late = writer.press(page, "Add this file", file=(io.BytesIO(WAV), "a.wav"), label="")

    assert (late.status, late.location) == (303, "/request/continue")
