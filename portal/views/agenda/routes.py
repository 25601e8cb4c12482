"""Pages of the agenda: read by the panel, edited by the chair, and the notes on its items."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.agenda import Part
from portal.domain.roles import Act, Actor
from portal.services import agenda, agenda_editing, item_notes, meeting
from portal.services.agenda_editing import AgendaEditError, ItemPage, TypedItem
from portal.services.changes import ChangedMeanwhileError
from portal.services.meeting import RunPage
from portal.views.agenda.conflict import after_notes, back_to_meeting, notes_conflict
from portal.views.agenda.forms import ItemForm, NotesForm
from portal.views.chair.table import TableForm, press
from portal.views.meeting_screen import menu_of_meeting
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page
from portal.web.fields import Choice
from portal.web.forms import VersionedForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("agenda", __name__)

_MEETING = "/cases/<reference:reference>/meeting"
_KEY_LENGTH = 12


@bp.get(f"{_MEETING}/agenda")
@access(Act.VIEW_CASE)
def show_agenda(reference: str) -> ResponseReturnValue:
    """Show the agenda, cut to its reader."""
    page = agenda.open_agenda(the_actor(), reference)
    return render_template("agenda/agenda.html", page=page, case=case_top(page.frame, "meeting"))


@bp.route(f"{_MEETING}/agenda/new", methods=["GET", "POST"])
@access(Act.EDIT_AGENDA)
def add_item(reference: str) -> ResponseReturnValue:
    """Add an item."""
    page = agenda_editing.open_item(the_actor(), reference)
    form = _item_form(page, ItemForm(data={"before": page.place}))
    if form.validate_on_submit():
        try:
            agenda_editing.add_item(the_actor(), reference, form.token, _typed(form))
        except AgendaEditError as error:
            add_error(form, error.field, str(error))
        else:
            flash("Item added", "saved")
            return _to_agenda(reference)
    return _show_item(form, page)


def _item_form(page: ItemPage, form: ItemForm) -> ItemForm:
    form.before.choices = [Choice(key, label) for key, label in page.places]
    return form


def _typed(form: ItemForm) -> TypedItem:
    return TypedItem(
        title=form.title.data,
        part=Part(form.part.data),
        minutes=form.minutes.data,
        lead=form.lead.data,
        before=form.before.data,
    )


def _to_agenda(reference: str) -> ResponseReturnValue:
    return redirect(url_for("agenda.show_agenda", reference=reference), 303)


def _show_item(form: ItemForm, page: ItemPage) -> ResponseReturnValue:
    html = render_template("agenda/item.html", form=form, page=page, taking=_taking(page))
    return html, 422 if form.errors else 200


def _taking(page: ItemPage) -> VersionedForm | None:
    """Return the form of the button that takes an item out; none where one is added."""
    if page.item is None:
        return None
    return VersionedForm(formdata=None, data={"version": page.item.version})


@bp.route(f"{_MEETING}/agenda/<key:key>", methods=["GET", "POST"])
@access(Act.EDIT_AGENDA)
def change_item(reference: str, key: str) -> ResponseReturnValue:
    """Change an item: its text, its minutes, who is at the table, where it stands."""
    actor = the_actor()
    page = agenda_editing.open_item(actor, reference, key)
    form = _item_form(page, ItemForm(data=_stored(page)))
    if form.validate_on_submit():
        try:
            agenda_editing.change_item(
                actor, reference, key, form.token, _typed(form), form.version.data
            )
        except AgendaEditError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            return _item_conflict(reference, key, form, error)
        else:
            flash("Agenda saved", "saved")
            return _to_agenda(reference)
    return _show_item(form, page)


def _stored(page: ItemPage) -> dict[str, Any]:
    item = page.item
    if item is None:
        return {}
    return {
        "title": item.title,
        "minutes": item.minutes,
        "lead": item.lead,
        "part": item.part,
        "before": page.place,
        "version": item.version,
    }


def _item_conflict(
    reference: str, key: str, form: ItemForm, error: ChangedMeanwhileError
) -> ResponseReturnValue:
    page = agenda_editing.open_item(the_actor(), reference, key)
    stored = _stored(page)
    form.version.data = stored.pop("version")
    return conflict_page(
        form,
        stored,
        error,
        thing="the item",
        back=url_for("agenda.show_agenda", reference=reference),
        frame=page.frame,
    )


@bp.post(f"{_MEETING}/agenda/<key:key>/take-out")
@access(Act.EDIT_AGENDA)
def take_out_item(reference: str, key: str) -> ResponseReturnValue:
    """Take an item out that the meeting has not been at."""
    form = VersionedForm()
    if form.validate_on_submit():
        try:
            agenda_editing.take_out_item(the_actor(), reference, key, form.token, form.version.data)
        except AgendaEditError as error:
            flash(str(error), "notice")
        except ChangedMeanwhileError as error:
            flash(f"{error.by or 'Somebody'} has changed this item. Look at it again", "notice")
        else:
            flash("Item taken out", "saved")
    return _to_agenda(reference)


@bp.post(f"{_MEETING}/now")
@access(Act.RUN_MEETING)
def move_on(reference: str) -> ResponseReturnValue:
    """Go on to the next item of the agenda, or back to another one."""
    return press(reference, _go_to)


def _go_to(actor: Actor, form: TableForm, page: RunPage) -> None:
    reference, key = page.frame.reference, request.form.get("to_item", "")[:_KEY_LENGTH]
    left = (form.noted.data or "")[:_KEY_LENGTH]
    elsewhere = meeting.move_on(actor, reference, form.token, left=left, to=key)
    if elsewhere:
        flash(f"The meeting is at “{elsewhere}” already", "notice")


@bp.get(f"{_MEETING}/restricted")
@access(Act.WRITE_NOTES)
def show_restricted(reference: str) -> ResponseReturnValue:
    """Show the restricted items and their notes to the chair or the coordinator."""
    page = item_notes.open_restricted(the_actor(), reference)
    back = back_to_meeting(reference, page.leads)
    return render_template("agenda/restricted.html", page=page, back=back)


@bp.route(f"{_MEETING}/items/<key:key>", methods=["GET", "POST"])
@access(Act.WRITE_NOTES)
def write_notes(reference: str, key: str) -> ResponseReturnValue:
    """Write the notes on an item."""
    actor = the_actor()
    page = item_notes.open_notes(actor, reference, key)
    form = NotesForm(data={"text": page.note.text, "version": page.note.version})
    form.ask_for(page.note.item.recorded)
    if form.validate_on_submit():
        try:
            item_notes.save_notes(
                actor, reference, key, form.token, form.text.data, form.version.data
            )
        except ChangedMeanwhileError as error:
            return notes_conflict(reference, key, form, error)
        flash("Notes saved", "saved")
        return redirect(after_notes(page), 303)
    html = render_template(
        "agenda/notes.html",
        page=page,
        form=form,
        back=after_notes(page),
        menu=menu_of_meeting(reference),
    )
    return html, 422 if form.errors else 200
