"""What all pages of the request share: whose draft it is, showing a page, keeping it, going on."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain import request_pages
from portal.domain.distress import is_talk_offered
from portal.domain.request_draft import Filled, Place, mark_of
from portal.domain.request_pages import INCIDENTS
from portal.services import drafts, throttle
from portal.services.area_pages import areas
from portal.services.changes import ChangedMeanwhileError
from portal.services.drafts import DraftPage
from portal.views.request.filling import typed
from portal.views.request.form_base import PageForm
from portal.views.request.holding import held_key, is_by_phone, writer
from portal.views.request.shown import shown_answers

SEE_OTHER, WRONG, CHANGED, TOO_MANY = 303, 422, 409, 429
LATER, ANOTHER_REPORT, ANOTHER_INCIDENT = "later", "report", "incident"
FROM_CHECK = "check"


def guard(bp: Blueprint) -> None:
    """Lead whoever holds no draft, or not any more, away from its pages: they show nothing."""
    bp.register_error_handler(drafts.NoDraftError, _ask_for_code)
    bp.register_error_handler(drafts.HoldEndedError, _ask_for_code)
    bp.register_error_handler(drafts.AlreadySentError, _say_it_was_sent)
    bp.register_error_handler(throttle.TooManyError, _too_many)


def _ask_for_code(_error: Exception) -> ResponseReturnValue:
    page = "drafts.open_draft" if is_by_phone() else "request.continue_draft"
    return redirect(url_for(page), SEE_OTHER)


def _say_it_was_sent(_error: Exception) -> ResponseReturnValue:
    return redirect(url_for("request.sent"), SEE_OTHER)


def _too_many(_error: Exception) -> ResponseReturnValue:
    return render_template("request/too_many.html", areas=areas()), TOO_MANY


def draft_for(place: Place) -> DraftPage:
    """Return the draft for a page that is opened, or for a form that is sent.

    What is sent by a browser that was left alone for too long is kept before the code is asked
    for; until then nothing of the draft is shown.
    """
    if request.method == "POST":
        return drafts.draft_to_fill(writer(), held_key())
    return drafts.open_draft(writer(), held_key(), drafts.name_of(place))


def ask(
    draft: DraftPage,
    place: Place,
    form: PageForm,
    *,
    heading: str,
    back: str,
    more: tuple[tuple[str, str], ...] = (),
    **shown: Any,
) -> ResponseReturnValue:
    """Show a page with its form; keep what was posted, and lead on where it is in order.

    Args:
        draft: as it stands.
        place: where the answer is kept.
        form: of the page.
        heading: of the page.
        back: address of the page before.
        more: further buttons, as words and value.
        shown: what the template needs besides.
    """
    code = 200
    if form.is_submitted():
        is_done = form.validate()
        filled = typed(form, is_done=is_done)
        before = draft.answers.at(place) or Filled()
        try:
            draft = drafts.save(writer(), held_key(), place, filled, form.seen.data or "")
        except ChangedMeanwhileError:
            return _changed(place, form, heading=heading, back=back, more=more)
        if request.form.get("step") == LATER or is_done:
            is_sent_again = before == filled and form.seen.data != mark_of(filled)
            is_offered = is_talk_offered(before, filled, is_sent_again=is_sent_again)
            onwards = where_next(draft, place)
            talk = url_for("request_talk.offer", next=onwards)
            return redirect(talk if is_offered else onwards, SEE_OTHER)
        form.seen.data, code = mark_of(filled), WRONG
    html = _page(draft, place, form, heading=heading, back=back, more=more, **shown)
    return html, code


def _changed(place: Place, form: PageForm, **shown: Any) -> ResponseReturnValue:
    """Show what somebody else has saved there beside what was typed; sending it again saves it."""
    draft = drafts.open_draft(writer(), held_key(), drafts.name_of(place))
    stored = draft.answers.at(place)
    form.seen.data = mark_of(stored)
    saved = shown_answers(type(form), draft, stored or Filled())
    return _page(draft, place, form, saved=saved, is_changed=True, **shown), CHANGED


def _page(draft: DraftPage, place: Place, form: PageForm, **shown: Any) -> str:
    number, of = request_pages.number_of(draft.answers, place.page or INCIDENTS)
    return render_template(
        "request/page.html",
        form=form,
        draft=draft,
        number=number,
        of=of,
        area=draft.area,
        **shown,
    )


def where_next(draft: DraftPage, place: Place) -> str:
    """Return where it goes on after a place was saved in order, or left for later."""
    step = request.form.get("step")
    if step == LATER:
        return url_for("request.later")
    if place.incident and step == ANOTHER_REPORT:
        reports = draft.answers.incidents[place.incident - 1].reports
        return report_address(place.incident, len(reports) + 1)
    if place.incident and step == ANOTHER_INCIDENT:
        return incident_address(len(draft.answers.incidents) + 1)
    if place.incident and not draft.answers.incidents[place.incident - 1].reports:
        return report_address(place.incident, 1)
    return next_address(draft, place.page or INCIDENTS)


def kept_from() -> dict[str, Any]:
    """Return what of the address goes with somebody who came from the check."""
    return {"from": FROM_CHECK} if request.args.get("from") == FROM_CHECK else {}


def incident_address(number: int) -> str:
    """Return the address of an incident."""
    return url_for("request_incidents.show_incident", number=number, **kept_from())


def report_address(number: int, report: int) -> str:
    """Return the address of a report of an incident."""
    return url_for("request_incidents.show_report", number=number, report=report, **kept_from())


def next_address(draft: DraftPage, page: str) -> str:
    """Return the page after one; from a page that was changed, what is still open, or the check."""
    if request.args.get("from") == FROM_CHECK:
        return address_of(draft, request_pages.first_open(draft.answers))
    after = request_pages.after(draft.answers, page)
    asked = {each.name for each in request_pages.pages_for(draft.answers)}
    if page not in asked:
        after = request_pages.first_open(draft.answers)
    return address_of(draft, after)


def address_of(draft: DraftPage, page: str | None) -> str:
    """Return the address of a page by its name; of the check where there is none left.

    Incidents begin with the first one; the list is for whoever has one, or none to add.
    """
    if page is None:
        return url_for("request.check")
    if page == INCIDENTS and not _has_begun_incidents(draft):
        return incident_address(1)
    if page == INCIDENTS:
        return url_for("request_incidents.list_incidents")
    return url_for("request.show_page", page=page)


def _has_begun_incidents(draft: DraftPage) -> bool:
    return bool(draft.answers.incidents) or draft.answers.page(INCIDENTS).is_done


def back_of(draft: DraftPage, page: str) -> str:
    """Return the address of the page before one; before the first one, of the start."""
    if request.args.get("from") == FROM_CHECK:
        return url_for("request.check")
    before = request_pages.before(draft.answers, page)
    return address_of(draft, before) if before else ""


def heading_of(page: str) -> str:
    """Return the heading of a page."""
    return next(each.heading for each in request_pages.PAGES if each.name == page)
