"""The meeting's page with the forms that stand on it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.services import confidentiality, minutes
from portal.services.booking import MeetingPage
from portal.views.meetings.forms import AnswerFileForm, AnswerForm
from portal.views.tabs import case_top
from portal.web.pages import the_actor


def meeting_page(
    page: MeetingPage,
    *,
    answer: AnswerForm | None = None,
    file: AnswerFileForm | None = None,
) -> ResponseReturnValue:
    """Return the page; a form that was sent comes back with what was typed and its errors."""
    answer = answer or answer_form(page, AnswerForm(formdata=None))
    file = file or AnswerFileForm(formdata=None)
    errors = [*answer.errors_for(), *file.errors_for()]
    actor, reference = the_actor(), page.frame.reference
    html = render_template(
        "cases/meeting.html",
        page=page,
        case=case_top(page.frame, "meeting"),
        answer_form=answer,
        file_form=file,
        errors=errors,
        minutes=minutes.glance_at_minutes(actor, reference),
        has_agreed=confidentiality.has_agreed(actor, reference),
    )
    return html, 422 if errors else 200


def answer_form(page: MeetingPage, form: AnswerForm) -> AnswerForm:
    """Return the form of an answer with who could come instead."""
    form.offer(page.answers.delegates if page.answers else ())
    return form
