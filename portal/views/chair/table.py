"""The chair's page is one form: whichever button is pressed, nothing that is typed is lost.

A button carries out its own part. The notes, which are working text, are saved with it; what else
is typed is put aside, and stands in the page that follows. It works so without script too.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from portal.domain.deadlines import london_day
from portal.domain.roles import Actor
from portal.services import item_notes, kept, meeting
from portal.services.actions import ActionError
from portal.services.changes import ChangedMeanwhileError
from portal.services.meeting import RunPage
from portal.views.actions.forms import (
    HOW_TO_TYPE,
    ActionForm,
    agency_choices,
    owner_choices,
    power_choices,
)
from portal.views.agenda.conflict import notes_conflict
from portal.views.agenda.forms import NotesForm
from portal.views.chair.forms import DecisionFields
from portal.views.live.marks import just_saved, new_since, since_asked
from portal.views.meeting_screen import menu_of_meeting
from portal.views.powers.forms import GuideForm
from portal.web.fields import LongTextField
from portal.web.forms import FormTokenField, HexField, VersionField, mark_of
from portal.web.kept_forms import KEPT
from portal.web.pages import add_error, the_actor

Fields = tuple[str, ...]
ACTION: Final = (
    *("what", "owner", "due", "due_text", "joining"),
    *("power", "how_we_know", "words_for_applicant", "reason_not_told"),
)
DECISION: Final = ("decision",)
NOTHING: Final[Fields] = ()
NOTES: Final = ("text", "version", "noted", "as_opened")
_CHAIRS_PAGE: Final = "chair.run_meeting"


class TableForm(DecisionFields, ActionForm):
    """All that can be typed on the chair's page.

    Attributes:
        noted: key of the item that the notes are on; empty where the meeting is at none.
        as_opened: of the notes as they stood when the page was opened, to see whether they changed.
        note_token: names this filling-in of the notes, as ``form_token`` does the button's part.
    """

    text = LongTextField("Notes on this item", size="m", rows=7, what="The notes")
    version = VersionField()
    noted = HexField()
    as_opened = HexField()
    note_token = FormTokenField()

    def can_be_taken(self, part: Fields) -> bool:
        """Say whether a part and the notes can be taken; the days of an action go together."""
        if not self.is_sound(*part, "text"):
            return False
        return part != ACTION or self.is_one_day()

    @property
    def has_new_notes(self) -> bool:
        """Whether the notes were changed on this page."""
        is_sent = bool(self.noted.data and self.text.raw_data)
        return is_sent and mark_of(self.text.data) != self.as_opened.data

    def unsaved(self, done: Fields, *, and_notes: bool = False) -> list[tuple[str, str]]:
        """Return what is typed besides a part that is done, by field.

        Args:
            done: the fields of the part.
            and_notes: the notes wait as well, if they were changed on this page.
        """
        waiting = {*ACTION, *DECISION} - {*done}
        if and_notes and self.has_new_notes:
            waiting |= {*NOTES}
        return [
            (name, text)
            for name, text in request.form.items(multi=True)
            if name in waiting and text.strip()
        ]


def opened_form(actor: Actor, page: RunPage) -> TableForm:
    """Return the form of a page that is opened: the notes, and what was put aside there."""
    note = page.note
    text = note.text if note else ""
    stored: dict[str, Any] = {
        "text": text,
        "version": note.version if note else None,
        "noted": note.item.key if note else "",
        "as_opened": mark_of(text),
    }
    fields = () if KEPT in request.args else kept.aside(actor, _path(page.frame.reference))
    if ("noted", stored["noted"]) not in fields:
        fields = tuple(each for each in fields if each[0] not in NOTES)
    if not fields:
        return offer(page, TableForm(formdata=None, data=stored))
    # Of two values the first counts: notes that were put aside stand there as they were typed.
    shown = [(name, "" if value is None else str(value)) for name, value in stored.items()]
    return offer(page, TableForm(formdata=MultiDict([*fields, *shown])))


def offer(page: RunPage, form: TableForm) -> TableForm:
    """Offer owners, agencies, powers and days, and say what is to be noted of the item."""
    here = {attender.person_id for attender in page.attenders if attender.is_here}
    form.owner.choices = owner_choices(page.owners, here)
    form.joining.choices = agency_choices(page.agencies)
    form.power.choices = power_choices(page.powers)
    form.offer_days(meeting_day(page))
    form.text.description = page.note.item.recorded if page.note else ""
    return form


def meeting_day(page: RunPage) -> dt.date:
    """Return the day that ready dates are counted from."""
    return london_day(page.meeting.opened_at or page.meeting.starts_at)


def show(page: RunPage, form: TableForm, *, code: int = 200) -> ResponseReturnValue:
    """Show the chair's page; with the applicant in the room, their screen."""
    if page.opening.is_under_way:
        return redirect(url_for("opening.show_opening", reference=page.frame.reference), 303)
    if not page.is_open:
        return render_template("chair/open_meeting.html", page=page, form=form), code
    person_id = the_actor().person_id
    html = render_template(
        "chair/run_meeting.html",
        page=page,
        form=form,
        new=just_saved(page.actions, page.at, person_id)
        | new_since(page.actions, since_asked(), person_id),
        menu=menu_of_meeting(page.frame.reference),
        how_to_type=HOW_TO_TYPE,
        guide_form=GuideForm(),
    )
    return html, code


def press(
    reference: str,
    carry_out: Callable[[Actor, TableForm, RunPage], None],
    part: Fields = NOTHING,
    *,
    then: str = _CHAIRS_PAGE,
) -> ResponseReturnValue:
    """Answer a button of the chair's page.

    With the applicant in the room their screen is the only answer: from a page that was opened
    before, nothing is carried out but the notes saved, and what else is typed is put aside.

    Args:
        reference: of the case.
        carry_out: does what the button says.
        part: the fields that it takes; they are empty afterwards.
        then: endpoint of the page that follows.
    """
    actor = the_actor()
    page = meeting.open_run_page(actor, reference)
    form = offer(page, TableForm())
    path = _path(reference)
    if page.opening.is_under_way:
        return _out_of_sight(actor, page, form, path)
    if not form.can_be_taken(part):
        return _said(page, form, path)
    try:
        carry_out(actor, form, page)
    except ActionError as error:
        add_error(form, error.field, str(error))
        return _said(page, form, path)
    kept.put_aside(actor, path, form.unsaved(part))
    try:
        _save_notes(actor, reference, form)
    except ChangedMeanwhileError as error:
        if then == _CHAIRS_PAGE:
            return _both_notes(reference, form, error)
        # The applicant looks on from now on: both texts meet once they have left.
        kept.put_aside(actor, path, form.unsaved(part, and_notes=True))
    return redirect(url_for(then, reference=reference, since=request.form.get("since")), 303)


def _save_notes(actor: Actor, reference: str, form: TableForm) -> None:
    if form.has_new_notes:
        item_notes.save_notes(
            actor,
            reference,
            str(form.noted.data),
            str(form.note_token.data),
            form.text.data,
            form.version.data,
        )


def _out_of_sight(actor: Actor, page: RunPage, form: TableForm, path: str) -> ResponseReturnValue:
    """Save the notes if nothing has to be said of them, put the rest aside, show their screen."""
    waits = not form.is_sound("text")
    if not waits:
        try:
            _save_notes(actor, page.frame.reference, form)
        except ChangedMeanwhileError:
            waits = True
    kept.put_aside(actor, path, form.unsaved(NOTHING, and_notes=waits))
    return show(page, form)


def _said(page: RunPage, form: TableForm, path: str) -> ResponseReturnValue:
    """Say what is wrong."""
    if not page.is_open:
        return redirect(path, 303)
    return show(page, form, code=422)


def _both_notes(
    reference: str, form: TableForm, error: ChangedMeanwhileError
) -> ResponseReturnValue:
    typed: MultiDict[str, Any] = MultiDict({"text": form.text.data})
    return notes_conflict(reference, str(form.noted.data), NotesForm(formdata=typed), error)


def _path(reference: str) -> str:
    return url_for("chair.run_meeting", reference=reference)
