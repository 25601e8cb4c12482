"""Cases, for everybody who has some: the same address shows each role its own page."""

from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.access import rules
from portal.access.routes import access
from portal.domain.caselists import CaseList, spot
from portal.domain.roles import Act, Actor
from portal.services import (
    booking,
    casepage,
    cases,
    chronology,
    confidentiality,
    minutes,
    observing,
    panel,
    reports,
)
from portal.services.cases import CasesPage, ListChoices
from portal.services.words import STANDINGS
from portal.views.cases.forms import (
    NEWEST_FIRST,
    asked,
    chronology_form,
    page_asked,
    wanted_of,
)
from portal.views.cases.list_forms import CaseFilterForm
from portal.views.incidents.forms import StateForm
from portal.views.tabs import case_top
from portal.web.pages import asked_number, the_actor

bp = Blueprint("cases", __name__)

LINES_A_PAGE = 50


@bp.get("/cases")
@access(Act.LIST_CASES)
def list_cases() -> ResponseReturnValue:
    """List the reader's cases, the next date first."""
    actor = the_actor()
    choices = cases.list_choices(actor)
    form = CaseFilterForm()
    form.offer(choices)
    current = _list_of(request.args.get("list", ""), choices)
    is_sound = form.validate()
    listed = render_template(
        "cases/list.html",
        page=_page(form, current) if is_sound else None,
        form=form,
        choices=choices,
        current=current,
        asked=form.asked | ({} if current is CaseList.OPEN else {"list": current.value}),
        may_type_in=rules.has_act(actor.role, Act.TYPE_IN_CASE),
        observed_cases=observing.observed_cases(actor),
    )
    return listed, HTTPStatus.OK if is_sound else HTTPStatus.UNPROCESSABLE_ENTITY


def _list_of(name: str, choices: ListChoices) -> CaseList:
    """Return the list of this name, or all open cases where this reader has no such list."""
    return next((each for each in choices.lists if each.value == name), CaseList.OPEN)


def _page(form: CaseFilterForm, current: CaseList) -> CasesPage:
    return cases.list_cases(
        the_actor(),
        form.wanted(current),
        after=spot(request.args.get("after", "")),
        before=spot(request.args.get("before", "")),
    )


@bp.get("/cases/<reference:reference>")
@access(Act.VIEW_CASE)
def show_case(reference: str) -> ResponseReturnValue:
    """Show a case, cut to its reader."""
    page = casepage.open_case(the_actor(), reference)
    return render_template("cases/case.html", page=page, case=case_top(page.frame, "overview"))


@bp.get("/cases/<reference:reference>/chronology")
@access(Act.VIEW_CASE)
def show_chronology(reference: str) -> ResponseReturnValue:
    """Show the chronology, filtered, page by page; with ``print`` in the address laid out whole."""
    in_print = "print" in request.args
    page = chronology.open_chronology(the_actor(), reference, in_print=in_print)
    form = chronology_form(page)
    lines = chronology.narrowed(page.lines, wanted_of(form))
    last = max(1, -(-len(lines) // LINES_A_PAGE))
    number = min(page_asked(), last)
    html = render_template(
        "cases/chronology_print.html" if in_print else "cases/chronology.html",
        page=page,
        case=case_top(page.frame, "chronology"),
        form=form,
        lines=lines if in_print else lines[(number - 1) * LINES_A_PAGE : number * LINES_A_PAGE],
        asked=asked(),
        newest_first=request.args.get("order") == NEWEST_FIRST,
        is_filtered=bool(asked().keys() - {"order"}),
        number=number,
        last=last,
    )
    return html, 422 if form.errors else 200


@bp.get("/cases/<reference:reference>/reports")
@access(Act.VIEW_CASE)
def show_reports(reference: str) -> ResponseReturnValue:
    """Show what happened and to whom it was reported."""
    actor = the_actor()
    page = reports.open_reports(actor, reference, asked_number("after"))
    return render_template(
        "cases/reports.html",
        page=page,
        forms=_forms_to_answer(actor, page),
        case=case_top(page.frame, "reports"),
    )


def _forms_to_answer(actor: Actor, page: reports.ReportsPage) -> dict[int, StateForm]:
    """Return a form of two buttons for each report that the reader's own agency has to look for."""
    if actor.agency_id is None:
        return {}
    return {
        report.id: StateForm(formdata=None, data={"version": report.version})
        for incident in page.incidents
        for report in incident.reports
        if report.may_answer and not report.said
    }


@bp.get("/cases/<reference:reference>/people")
@access(Act.VIEW_CASE)
def show_people(reference: str) -> ResponseReturnValue:
    """Show who is in the case and who reviews it."""
    page = panel.open_people(the_actor(), reference)
    return render_template(
        "cases/people.html", page=page, standings=STANDINGS, case=case_top(page.frame, "people")
    )


@bp.get("/cases/<reference:reference>/meeting")
@access(Act.VIEW_CASE)
def show_meeting(reference: str) -> ResponseReturnValue:
    """Show the meeting: when, where, how its last day was worked out."""
    actor = the_actor()
    page = booking.open_meeting_page(actor, reference)
    return render_template(
        "cases/meeting.html",
        page=page,
        case=case_top(page.frame, "meeting"),
        minutes=minutes.glance_at_minutes(actor, reference),
        has_agreed=confidentiality.has_agreed(actor, page.frame.reference),
    )
