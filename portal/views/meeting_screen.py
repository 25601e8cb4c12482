"""What the pages of a meeting share that may be projected: their menu, and a form of their own."""

from collections.abc import Sequence

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from portal.services.frames import CaseFrame
from portal.services.writing import ShownWriting
from portal.web.forms import BaseForm
from portal.web.pages import MenuItem


def menu_of_meeting(reference: str) -> list[MenuItem]:
    """Return a menu that leads out of the meeting and names nothing else: it is projected."""
    href = url_for("cases.show_case", reference=reference)
    return [MenuItem("Leave the meeting screen", href, active=False)]


def form_on_screen(
    form: BaseForm,
    frame: CaseFrame,
    heading: str,
    back: str,
    *,
    is_projected: bool,
    hint: str = "",
    writing: str = "",
    writers: Sequence[ShownWriting] = (),
) -> ResponseReturnValue:
    """Return the page of a form that is all questions and one button.

    Args:
        form: as it was opened or posted.
        frame: the top of the case's pages.
        heading: what it is about ("Decision 3"); the button saves it.
        back: address of the page that it was opened from.
        is_projected: the panel may look on.
        hint: a sentence under the heading.
        writing: what the others see that the reader is writing in, while the page is open.
        writers: who else is writing in it.
    """
    menu = {"menu": menu_of_meeting(frame.reference)} if is_projected else {}
    html = render_template(
        "powers/form.html",
        form=form,
        frame=frame,
        heading=heading,
        back=back,
        is_projected=is_projected,
        hint=hint,
        writing=writing,
        writers=writers,
        **menu,
    )
    return html, 422 if form.errors else 200
