"""The files of a case: the list, adding one, handing one out, its original, taking one off."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import case_files
from portal.services.changes import ChangedMeanwhileError
from portal.views.files.forms import CaseFileForm, ReasonForm
from portal.views.tabs import case_top
from portal.web.conflict import ended_page
from portal.web.files import file_answer
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor
from portal.web.turns import in_turn
from portal.web.uploads import takes_upload

bp = Blueprint("files", __name__)
_FILES = "/cases/<reference:reference>/files"
_TAB = "files"


@bp.get(_FILES)
@access(Act.READ_FILES)
def list_files(reference: str) -> ResponseReturnValue:
    """List the files of a case."""
    page = case_files.open_files(the_actor(), reference)
    return render_template("files/list.html", page=page, case=case_top(page.frame, _TAB))


@bp.get(f"{_FILES}/<number:number>")
@access(Act.READ_FILES)
@in_turn
def download(reference: str, number: int) -> ResponseReturnValue:
    """Hand a file out, to be saved."""
    return _answer(case_files.download(the_actor(), reference, number))


def _answer(found: case_files.HandedOut) -> Response:
    return file_answer(found.content, found.mimetype, found.filename)


@bp.route(f"{_FILES}/add", methods=["GET", "POST"])
@access(Act.KEEP_FILES)
@takes_upload(case_files.MOST_BYTES)
def add_file(reference: str) -> ResponseReturnValue:
    """Add a file that came by post, by email or was handed in."""
    actor = the_actor()
    top = case_files.open_adding(actor, reference)
    form = CaseFileForm()
    if form.validate_on_submit():
        try:
            case_files.add_file(
                actor,
                reference,
                form.token,
                name=form.file.data.filename,
                label=form.label.data,
                came_by=case_files.Channel(form.came_by.data),
                stream=form.file.data.stream,
            )
        except case_files.FileRefusedError as error:
            add_error(form, "file", str(error))
        else:
            flash("File added", "saved")
            return _to_list(reference)
    return _page("files/add.html", form, frame=top)


@bp.route(f"{_FILES}/<number:number>/take-off", methods=["GET", "POST"])
@access(Act.KEEP_FILES)
def take_off(reference: str, number: int) -> ResponseReturnValue:
    """Take a file off; a line stays that says who did, and why."""
    actor = the_actor()
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            case_files.take_off(actor, reference, number, form.token, form.reason.data)
        except ChangedMeanwhileError as error:
            return _taken_off_before(form, reference, number, error)
        flash("Taken off. A line stays that says who did, and why", "saved")
        return _to_list(reference)
    page = case_files.open_taking_off(actor, reference, number)
    return _page("files/take_off.html", form, frame=page.frame, file=page.file)


def _taken_off_before(
    form: ReasonForm, reference: str, number: int, error: ChangedMeanwhileError
) -> ResponseReturnValue:
    page = case_files.open_files(the_actor(), reference)
    return ended_page(
        form,
        {"reason": page.files[number - 1].taken_off_because},
        error,
        did="took this file off",
        back=url_for("files.list_files", reference=reference),
        frame=page.frame,
    )


@bp.route(f"{_FILES}/<number:number>/original", methods=["GET", "POST"])
@access(Act.OPEN_ORIGINAL)
def open_original(reference: str, number: int) -> ResponseReturnValue:
    """Ask why the original of a photo is opened, and hand it out."""
    actor = the_actor()
    form = ReasonForm()
    if form.validate_on_submit():
        return _answer(case_files.open_original(actor, reference, number, form.reason.data))
    page = case_files.open_asking(actor, reference, number)
    return _page("files/original.html", form, frame=page.frame, file=page.file)


def _page(template: str, form: BaseForm, *, frame: Any, **more: Any) -> ResponseReturnValue:
    html = render_template(template, form=form, case=case_top(frame, _TAB), **more)
    return html, 422 if form.errors else 200


def _to_list(reference: str) -> ResponseReturnValue:
    return redirect(url_for("files.list_files", reference=reference), 303)
