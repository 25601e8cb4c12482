"""Pages of an import: choose the file, match its columns, check, add, see what came of it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access, poll
from portal.domain.roles import Act
from portal.services import import_runs, importing
from portal.services.changes import ChangedMeanwhileError
from portal.views.imports.forms import ColumnsForm, FileForm, SheetForm
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page, ended_page
from portal.web.csv_answer import csv_answer
from portal.web.fields import Choice
from portal.web.forms import BaseForm
from portal.web.pages import add_error, asked_number, the_actor
from portal.web.uploads import takes_upload

bp = Blueprint("imports", __name__)
_RUN = "/cases/<reference:reference>/imports/<key:key>"


@bp.route("/cases/<reference:reference>/reports/import", methods=["GET", "POST"])
@access(Act.IMPORT_REPORTS)
@takes_upload(importing.MOST_BYTES)
def start_import(reference: str) -> ResponseReturnValue:
    """Choose the file, and for the office the agency whose export it is."""
    actor = the_actor()
    page = import_runs.open_start(actor, reference)
    form = FileForm()
    form.agency.choices = [Choice(str(number), name) for number, name in page.agencies]
    if not page.asks_agency:
        del form.agency
    if form.validate_on_submit():
        try:
            key = importing.start_import(
                actor,
                reference,
                form.token,
                agency_id=int(form.agency.data) if page.asks_agency else None,
                file_name=form.file.data.filename,
                content=form.file.data.read(),
            )
        except importing.ImportingError as error:
            add_error(form, error.field, str(error))
        else:
            return _to_run(reference, key)
    return render_template(
        "imports/start.html", form=form, page=page, case=case_top(page.frame, "reports")
    ), 422 if form.errors else 200


def _to_run(reference: str, key: str) -> ResponseReturnValue:
    return redirect(url_for("imports.show_run", reference=reference, key=key), 303)


@bp.get(_RUN)
@access(Act.VIEW_CASE)
def show_run(reference: str, key: str) -> ResponseReturnValue:
    """Show how far a run has got; a script asks for its progress while it works."""
    page = import_runs.open_run(the_actor(), reference, key, asked_number("after"))
    return render_template(
        "imports/run.html", form=BaseForm(), page=page, case=case_top(page.frame, "reports")
    )


@bp.get(f"{_RUN}/progress")
@access(Act.VIEW_CASE)
@poll
def show_progress(reference: str, key: str) -> ResponseReturnValue:
    """Tell the script of the page how far the run has got; 204 where it knows that already."""
    progress = import_runs.glance_at_run(the_actor(), reference, key)
    seen = f"{progress.state}-{progress.done}"
    if request.args.get("seen") == seen:
        return "", 204
    return {
        "seen": seen,
        "step": progress.state,
        "said": progress.said,
        "done": progress.done,
    }


@bp.get(f"{_RUN}/bad-rows.csv")
@access(Act.VIEW_CASE)
def download_bad_rows(reference: str, key: str) -> ResponseReturnValue:
    """Hand out everything that is wrong with the file."""
    faults = import_runs.list_bad_rows(the_actor(), reference, key)
    rows = [(fault.row, fault.column, fault.sentence) for fault in faults]
    headings = ("Row", "Column", "What is wrong")
    return csv_answer(headings, rows, f"{reference}-rows-to-correct.csv")


@bp.route(f"{_RUN}/columns", methods=["GET", "POST"])
@access(Act.IMPORT_REPORTS)
def match_columns(reference: str, key: str) -> ResponseReturnValue:
    """Choose the sheet where there are several, then say what stands in which column."""
    page = import_runs.open_columns(the_actor(), reference, key)
    if request.method == "GET" and not page.is_open:
        return _to_run(reference, key)
    asks_sheet = page.asks_sheet or "sheet" in request.form
    return _sheet_page(reference, page) if asks_sheet else _columns_page(reference, page)


def _sheet_page(reference: str, page: import_runs.ColumnsPage) -> ResponseReturnValue:
    form = SheetForm()
    form.sheet.choices = [Choice(name, name) for name in page.sheets]
    if form.validate_on_submit():
        try:
            importing.choose_sheet(the_actor(), reference, page.key, form.token, form.sheet.data)
        except ChangedMeanwhileError as error:
            saved = import_runs.open_columns(the_actor(), reference, page.key).sheet
            return _moved_on(form, page, {"sheet": saved or None}, error)
        return _to_run(reference, page.key)
    return _form_page(form, page, "Choose the sheet", "Read this sheet")


def _columns_page(reference: str, page: import_runs.ColumnsPage) -> ResponseReturnValue:
    form = ColumnsForm(data=page.chosen | {"version": page.version})
    form.offer(page.headings)
    if form.validate_on_submit():
        try:
            importing.match_columns(
                the_actor(), reference, page.key, form.token, form.chosen(), form.version.data
            )
        except importing.ImportingError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            return _columns_conflict(reference, page.key, form, error)
        else:
            return _to_run(reference, page.key)
    return _form_page(form, page, "Match the columns", "Check the rows")


def _columns_conflict(
    reference: str, key: str, form: ColumnsForm, error: ChangedMeanwhileError
) -> ResponseReturnValue:
    page = import_runs.open_columns(the_actor(), reference, key)
    saved = {field.value: page.saved.get(field.value) for field in importing.ImportField}
    if page.is_over:
        return _moved_on(form, page, saved, error)
    form.version.data = page.version
    return conflict_page(
        form, saved, error, thing="the columns", back=_run_address(page), frame=page.frame
    )


def _moved_on(
    form: BaseForm,
    page: import_runs.ColumnsPage,
    saved: dict[str, str | None],
    error: ChangedMeanwhileError,
) -> ResponseReturnValue:
    did = "went on with this import"
    return ended_page(form, saved, error, did=did, back=_run_address(page), frame=page.frame)


def _run_address(page: import_runs.ColumnsPage) -> str:
    return url_for("imports.show_run", reference=page.frame.reference, key=page.key)


def _form_page(
    form: BaseForm, page: import_runs.ColumnsPage, heading: str, button: str
) -> ResponseReturnValue:
    return render_template(
        "imports/columns.html",
        form=form,
        page=page,
        heading=heading,
        button_text=button,
        case=case_top(page.frame, "reports"),
    ), 422 if form.errors else 200


@bp.post(f"{_RUN}/add")
@access(Act.IMPORT_REPORTS)
def add_rows(reference: str, key: str) -> ResponseReturnValue:
    """Add the rows: the worker does it."""
    importing.add_rows(the_actor(), reference, key, BaseForm().token)
    return _to_run(reference, key)


@bp.post(f"{_RUN}/stop")
@access(Act.IMPORT_REPORTS)
def stop_import(reference: str, key: str) -> ResponseReturnValue:
    """Give the import up."""
    if importing.stop_import(the_actor(), reference, key, BaseForm().token):
        flash("Stopped. Nothing was added, and the file was removed", "saved")
    return _to_run(reference, key)
