"""The times that something happened, each with its reports: added, changed, taken out."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import public
from portal.domain.deadlines import london_day
from portal.domain.request_draft import Filled, NoSuchPlaceError, Place, mark_of
from portal.domain.request_pages import INCIDENTS, number_of
from portal.services import drafts
from portal.services.drafts import DraftPage
from portal.views.request.asking import (
    ANOTHER_INCIDENT,
    ANOTHER_REPORT,
    SEE_OTHER,
    WRONG,
    ask,
    back_of,
    draft_for,
    guard,
    incident_address,
    kept_from,
    next_address,
)
from portal.views.request.filling import form_for
from portal.views.request.holding import held_key, writer
from portal.views.request.incident_forms import IncidentForm, ReportForm, know_days
from portal.views.request.shown import shown_incidents
from portal.web.forms import BaseForm

bp = Blueprint("request_incidents", __name__)
guard(bp)

MOST = 60


@bp.route("/request/incidents", methods=["GET", "POST"])
@public
def list_incidents() -> ResponseReturnValue:
    """Show the times that something happened; go on, also without a report."""
    form = BaseForm()
    place = Place(INCIDENTS)
    draft = draft_for(place)
    if form.validate_on_submit():
        seen = mark_of(draft.answers.at(place))
        draft = drafts.save(writer(), held_key(), place, Filled(is_done=True), seen)
        return redirect(next_address(draft, INCIDENTS), SEE_OTHER)
    number, of = number_of(draft.answers, INCIDENTS)
    html = render_template(
        "request/incidents.html",
        form=form,
        draft=draft,
        incidents=shown_incidents(draft),
        has_reports=draft.answers.reports > 0,
        next_number=len(draft.answers.incidents) + 1,
        from_check=kept_from(),
        number=number,
        of=of,
        back=back_of(draft, INCIDENTS),
        area=draft.area,
    )
    return html, WRONG if form.errors else 200


@bp.route("/request/incidents/<int:number>", methods=["GET", "POST"])
@public
def show_incident(number: int) -> ResponseReturnValue:
    """Ask about one time that something happened."""
    place = Place(incident=number)
    draft = draft_for(place)
    filled = _found(draft, place)
    form = form_for(IncidentForm, draft, filled)
    reports = list(draft.answers.incidents[number - 1].reports) if filled else []
    know_days(form, london_day(writer().at), reports)
    return ask(
        draft,
        place,
        form,
        heading=f"Time {number} that something happened",
        back=_back(draft),
        skip=url_for("request_incidents.list_incidents"),
        skip_text="I have no more to add" if number > 1 else "I can’t remember any",
    )


@bp.route("/request/incidents/<int:number>/reports/<int:report>", methods=["GET", "POST"])
@public
def show_report(number: int, report: int) -> ResponseReturnValue:
    """Ask about one time that somebody was told of it."""
    place = Place(incident=number, report=report)
    draft = draft_for(place)
    filled = _found(draft, place)
    form = form_for(ReportForm, draft, filled)
    incident = draft.answers.incidents[number - 1].filled
    know_days(form, london_day(writer().at), [incident])
    return ask(
        draft,
        place,
        form,
        heading="A time you told someone about this",
        about=incident.said("title"),
        back=incident_address(number),
        more=(
            ("Save and add another report of this", ANOTHER_REPORT),
            ("Save and add another time", ANOTHER_INCIDENT),
        ),
        skip=url_for("request_incidents.list_incidents"),
        skip_text="I told nobody about this",
    )


@bp.route("/request/incidents/<int:number>/remove", methods=["GET", "POST"])
@public
def remove_incident(number: int) -> ResponseReturnValue:
    """Ask whether to take a time out, and do it."""
    return _remove(Place(incident=number))


@bp.route("/request/incidents/<int:number>/reports/<int:report>/remove", methods=["GET", "POST"])
@public
def remove_report(number: int, report: int) -> ResponseReturnValue:
    """Ask whether to take a report out, and do it."""
    return _remove(Place(incident=number, report=report))


def _remove(place: Place) -> ResponseReturnValue:
    form = BaseForm()
    if form.validate_on_submit():
        drafts.remove(writer(), held_key(), place, request.form.get("mark", ""))
        return redirect(url_for("request_incidents.list_incidents", **kept_from()), SEE_OTHER)
    draft = drafts.open_draft(writer(), held_key(), f"{drafts.name_of(place)}, check")
    if _found(draft, place) is None:
        abort(404)
    html = render_template(
        "request/remove.html",
        form=form,
        incident=shown_incidents(draft)[place.incident - 1],
        report=place.report,
        mark=mark_of(draft.answers.at(place)),
        back=url_for("request_incidents.list_incidents", **kept_from()),
        area=draft.area,
    )
    return html, WRONG if form.errors else 200


def _found(draft: DraftPage, place: Place) -> Filled | None:
    """Return what stands in a place, none for the next one; whatever is beyond is not found."""
    if max(place.incident, place.report) > MOST:
        abort(404)
    try:
        return draft.answers.at(place)
    except NoSuchPlaceError:
        # Not found says how many there are: to nobody who was away for too long.
        drafts.open_draft(writer(), held_key(), drafts.name_of(place))
        abort(404)


def _back(draft: DraftPage) -> str:
    """Return the address before an incident: the list, or before the first one the page before."""
    if draft.answers.incidents:
        return url_for("request_incidents.list_incidents", **kept_from())
    return back_of(draft, INCIDENTS)
