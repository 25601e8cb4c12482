"""The part of a request's page where files are added, on a page of the test's own."""

import io
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Blueprint, redirect, render_template_string

from portal.access import actor
from portal.access.routes import public
from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.domain.roles import Actor
from portal.models.draft import RequestDraft
from portal.models.person import Area
from portal.services import request_files
from portal.views.files.on_request import MOST_BYTES, Step, files_part
from portal.web.uploads import takes_upload
from tests.file_bytes import WAV, photo, zipped

DOOR = unscoped("a test ends a request")
PAGE = """
{% extends "layouts/public.html" %}
{% from "components/errors.html" import error_summary %}
{% block title %}Add photos, letters or recordings{% endblock %}
{% block content %}{{ error_summary(form) }}
<h1 class="govuk-heading-l">Add photos, letters or recordings</h1>
{{ part.html() }}{% endblock %}
"""
bp = Blueprint("a_page_of_the_test", __name__)


@bp.route("/a-page", methods=["GET", "POST"])
@public
@takes_upload(MOST_BYTES)
def show():
    holder = replace(Actor.job("holder", actor.clock().now()), address="192.0.2.7")
    part = files_part(holder, 1)
    if part.step is not Step.SHOW:
        return redirect("/a-page" if part.step is Step.OPEN_AGAIN else "/next", 303)
    return render_template_string(PAGE, part=part, form=part.form), 422 if part.form.errors else 200


@pytest.fixture
def writer(app, people, visitor, clock):
    app.register_blueprint(bp)
    with app.app_context(), transaction():
        area = db.session.scalars(sa.select(Area.id)).first()
        moments = dict.fromkeys(("begun_at", "touched_at"), clock.now())
        db.session.add(RequestDraft(id=1, area_id=area, reference="R", code_hash="c", **moments))
    return visitor


def _send(client, content, button="Add this file", name="a.wav", **fields):
    page = client.get("/a-page")
    form = page.form_with({"file"}, button)
    file = {"file": (io.BytesIO(content), name)} if content else {}
    pressed = form.buttons[button]
    return client.send("/a-page", form.fields | pressed.fields | {"label": ""} | fields | file)


def _listed(app):
    with app.app_context():
        return [each.label for each in request_files.of_draft(1)]


def test_files_are_added_one_by_one_and_removed(app, writer):
    assert _send(writer, WAV, label="The night").location == "/a-page"
    page = writer.follow(_send(writer, photo(), name="door.jpg"))

    assert page.saved == "File added"
    assert "The night (Sound recording, 1 KB)" in page.main
    assert "door.jpg (Photo, 1 KB)" in page.main

    removed = writer.press(page, "Remove The night, file 1")
    assert removed.location == "/a-page"
    assert _listed(app) == ["door.jpg"]


def test_a_file_that_was_chosen_before_going_on_is_added_first(app, writer):
    assert _send(writer, WAV, "Save and continue", label="The night").location == "/next"
    assert _send(writer, b"", "Save and continue").location == "/next"

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
    before = writer.get("/a-page")
    for number in range(10):
        _send(writer, WAV + bytes([number]))

    page = writer.get("/a-page")

    assert "You have added 10 files. Remove one to add another." in page.main
    assert page.by_id("file") is None
    # Who had the page open before is told why.
    late = writer.press(
        before, "Add this file", file=(io.BytesIO(photo()), "a.jpg"), label="One more"
    )
    assert late.errors == [("There are 10 files already. Remove one to add another", "#file")]


def test_a_request_that_is_gone_meanwhile_says_so_and_never_breaks(app, writer):
    page = writer.get("/a-page")
    with app.app_context(), transaction():
        gone = sa.delete(RequestDraft).where(RequestDraft.id == 1)
        db.session.execute(gone.execution_options(**DOOR))

    late = writer.press(page, "Add this file", file=(io.BytesIO(WAV), "a.wav"), label="")

    said = "This request was sent already, or is gone. Nothing was changed"
    assert (late.status, late.errors) == (422, [(said, "#file")])
