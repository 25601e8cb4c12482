"""Two people write notes on the same item: both texts; and where the notes were come from."""

from flask import url_for
from flask.typing import ResponseReturnValue

from portal.services import item_notes
from portal.services.changes import ChangedMeanwhileError
from portal.services.item_notes import NotePage
from portal.views.agenda.forms import NotesForm
from portal.web.conflict import conflict_page
from portal.web.pages import the_actor


def notes_conflict(
    reference: str, key: str, form: NotesForm, error: ChangedMeanwhileError
) -> ResponseReturnValue:
    """Return the page with both texts; it is sent to the page of the notes."""
    page = item_notes.open_notes(the_actor(), reference, key)
    form.version.data = page.note.version
    return conflict_page(
        form,
        {"text": page.note.text},
        error,
        thing="the notes",
        back=after_notes(page),
        frame=page.frame,
        is_projected=not page.is_restricted,
        action=url_for("agenda.write_notes", reference=reference, key=key),
    )


def after_notes(page: NotePage) -> str:
    """Return where the notes were come from: the restricted ones are on no page of the panel."""
    if page.is_restricted:
        return url_for("agenda.show_restricted", reference=page.frame.reference)
    return back_to_meeting(page.frame.reference, page.leads)


def back_to_meeting(reference: str, leads: bool) -> str:
    """Return the page of the meeting that the reader follows it on."""
    return url_for("chair.run_meeting" if leads else "live.show_live", reference=reference)
