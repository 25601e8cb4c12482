"""Pages of templates: listed, fields to copy, uploaded, looked at, put in force from a day."""

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access, poll
from portal.documents.content import Kind
from portal.documents.package import TemplateError
from portal.domain.dates import in_words
from portal.domain.deadlines import london_day
from portal.domain.roles import Act
from portal.services import template_pages, templates
from portal.services.changes import ChangedMeanwhileError
from portal.views.templates.forms import PutInForceForm, UploadForm
from portal.web.conflict import conflict_page
from portal.web.files import PDF, WORD, file_answer
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor
from portal.web.turns import in_turn
from portal.web.uploads import takes_upload

bp = Blueprint("templates", __name__)

_NOT_KEPT = "The template was not kept. What is wrong with it is listed on this page"

_KIND = f"/admin/templates/<any({','.join(repr(kind.value) for kind in Kind)}):kind>"
_VERSION = f"{_KIND}/versions/<int(max=999999):number>"


@bp.get("/admin/templates")
@access(Act.KEEP_TEMPLATES)
def list_kinds() -> ResponseReturnValue:
    """List every kind of document with the template in force."""
    return render_template("templates/kinds.html", kinds=template_pages.list_kinds(the_actor()))


@bp.route(_KIND, methods=["GET", "POST"])
@access(Act.KEEP_TEMPLATES)
@takes_upload(templates.MOST_BYTES)
def show_kind(kind: str) -> ResponseReturnValue:
    """Show the versions of a kind of document, and take a new one."""
    actor, form = the_actor(), UploadForm()
    faults: tuple[object, ...] = ()
    if form.validate_on_submit():
        try:
            number = templates.keep_template(
                actor,
                Kind(kind),
                form.token,
                file_name=form.file.data.filename,
                content=form.file.data.read(),
                note=form.note.data,
            )
        except templates.TemplateFaultsError as error:
            add_error(
                form,
                "file",
                "The template was not kept. What is wrong with it is listed on this page",
            )
            faults = error.faults
        else:
            flash(f"Version {number} is kept. It is not in force yet", "saved")
            return redirect(url_for("templates.show_version", kind=kind, number=number), 303)
    page = template_pages.open_kind(actor, Kind(kind))
    html = render_template(
        "templates/kind.html", page=page, form=form, faults=faults, button_form=BaseForm()
    )
    return html, 422 if form.errors else 200


@bp.get(f"{_KIND}/fields")
@access(Act.KEEP_TEMPLATES)
def show_fields(kind: str) -> ResponseReturnValue:
    """Show the fields that a template may have, to copy from."""
    groups = template_pages.open_fields(the_actor(), Kind(kind))
    return render_template("templates/fields.html", groups=groups, kind=kind)


@bp.get(f"{_KIND}/default.docx")
@access(Act.KEEP_TEMPLATES)
@in_turn
def download_default(kind: str) -> ResponseReturnValue:
    """Hand out the template that the portal comes with."""
    content = template_pages.download_default(the_actor(), Kind(kind))
    return file_answer(content, WORD, f"{kind}-default.docx")


@bp.get(_VERSION)
@access(Act.KEEP_TEMPLATES)
def show_version(kind: str, number: int) -> ResponseReturnValue:
    """Show a version, to be looked at and put in force."""
    page = template_pages.open_version(the_actor(), Kind(kind), number)
    return render_template("templates/version.html", page=page, form=BaseForm())


@bp.get(f"{_VERSION}/template.docx")
@access(Act.KEEP_TEMPLATES)
@in_turn
def download(kind: str, number: int) -> ResponseReturnValue:
    """Hand out a version as it was uploaded."""
    content = templates.download(the_actor(), Kind(kind), number)
    return file_answer(content, WORD, f"{kind}-version-{number}.docx")


@bp.get(f"{_VERSION}/example.docx")
@access(Act.KEEP_TEMPLATES)
@in_turn
def download_example(kind: str, number: int) -> ResponseReturnValue:
    """Hand out a version filled with examples."""
    try:
        content = template_pages.download_example(the_actor(), Kind(kind), number)
    except TemplateError as error:
        flash(f"{error}", "told")
        return redirect(url_for("templates.show_version", kind=kind, number=number), 303)
    return file_answer(content, WORD, f"{kind}-version-{number}-example.docx")


@bp.post(f"{_VERSION}/pdf")
@access(Act.KEEP_TEMPLATES)
def ask_for_pdf(kind: str, number: int) -> ResponseReturnValue:
    """Let the worker make pages of a version filled with examples."""
    template_pages.ask_for_example_pdf(the_actor(), Kind(kind), number, BaseForm().token)
    return redirect(url_for("templates.show_version", kind=kind, number=number), 303)


@bp.get(f"{_VERSION}/pdf/progress")
@access(Act.KEEP_TEMPLATES)
@poll
def show_progress(kind: str, number: int) -> ResponseReturnValue:
    """Tell the script of the page how far the PDF is; 204 where it knows that already."""
    pdf = template_pages.glance_at_example_pdf(the_actor(), Kind(kind), number)
    if request.args.get("seen") == pdf.state:
        return "", 204
    return {"seen": pdf.state, "step": pdf.state, "said": pdf.said}


@bp.get(f"{_VERSION}/example.pdf")
@access(Act.KEEP_TEMPLATES)
@in_turn
def download_pdf(kind: str, number: int) -> ResponseReturnValue:
    """Hand out the pages of a version filled with examples."""
    content = template_pages.download_example_pdf(the_actor(), Kind(kind), number)
    return file_answer(content, PDF, f"{kind}-version-{number}-example.pdf")


@bp.route(f"{_VERSION}/put-in-force", methods=["GET", "POST"])
@access(Act.KEEP_TEMPLATES)
def put_in_force(kind: str, number: int) -> ResponseReturnValue:
    """Use a version from a day on; version 0 is the default."""
    actor = the_actor()
    form = PutInForceForm(from_on=london_day(actor.at))
    if form.validate_on_submit():
        try:
            templates.put_in_force(
                actor, Kind(kind), form.token, number, form.version.data, form.from_on.data
            )
        except templates.TemplateRefusedError as error:
            add_error(form, "from_on", str(error))
        except ChangedMeanwhileError as error:
            return _conflict(kind, form, error)
        else:
            flash(_put(form.from_on.data, london_day(actor.at)), "saved")
            return redirect(url_for("templates.show_kind", kind=kind), 303)
    page = template_pages.open_kind(actor, Kind(kind))
    if number and number not in {each.number for each in page.versions}:
        template_pages.open_version(actor, Kind(kind), number)
    if not form.is_submitted():
        form.version.data = page.version
    html = render_template("templates/put_in_force.html", page=page, form=form, number=number)
    return html, 422 if form.errors else 200


def _put(on: dt.date, today: dt.date) -> str:
    return "In force from today" if on == today else f"It will be in force from {in_words(on)}"


def _conflict(kind: str, form: PutInForceForm, error: ChangedMeanwhileError) -> ResponseReturnValue:
    page = template_pages.open_kind(the_actor(), Kind(kind))
    form.version.data = page.version
    stored = {"from_on": page.choices[0].from_on}
    back = url_for("templates.show_kind", kind=kind)
    thing = "which template is used"
    return conflict_page(form, stored, error, thing=thing, back=back, back_text=page.line.label)


@bp.post(f"{_KIND}/choices/<int(max=999999):number>/take-back")
@access(Act.KEEP_TEMPLATES)
def take_back(kind: str, number: int) -> ResponseReturnValue:
    """Take a choice back before its day has come."""
    try:
        templates.take_back(the_actor(), Kind(kind), BaseForm().token, number)
    except templates.TemplateRefusedError as error:
        flash(str(error), "told")
    else:
        flash("Taken back", "saved")
    return redirect(url_for("templates.show_kind", kind=kind), 303)
