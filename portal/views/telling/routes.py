"""Pages of confidentiality, and of who tells the applicant what."""

import datetime as dt
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.dates import LONDON
from portal.domain.deadlines import london_day
from portal.domain.roles import Act
from portal.services import confidentiality, telling
from portal.services.changes import ChangedMeanwhileError
from portal.services.telling import TellingError, TellingKind, TellingWay, TypedTelling
from portal.views.meeting_screen import menu_of_meeting
from portal.views.tabs import case_top
from portal.views.telling.forms import TellingForm, ToldForm
from portal.web.conflict import conflict_page
from portal.web.fields import Choice
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("telling", __name__)

_OfTable = telling.TellingsPage | telling.TellingForm | telling.ToldPage


@bp.route("/cases/<reference:reference>/meeting/confidentiality", methods=["GET", "POST"])
@access(Act.AGREE_TO_CONFIDENTIALITY)
def agree(reference: str) -> ResponseReturnValue:
    """Show the confidentiality statement, and agree to it."""
    actor = the_actor()
    form = BaseForm()
    if form.validate_on_submit():
        confidentiality.agree(actor, reference, form.token)
        flash("You have agreed to the confidentiality statement", "saved")
        return redirect(url_for("telling.agree", reference=reference), 303)
    page = confidentiality.open_confidentiality(actor, reference)
    html = render_template("telling/confidentiality.html", page=page, form=form)
    return html, 422 if form.errors else 200


@bp.get("/cases/<reference:reference>/telling")
@access(Act.VIEW_CASE)
def list_tellings(reference: str) -> ResponseReturnValue:
    """Show who tells the applicant what, and what they were told."""
    page = telling.open_tellings(the_actor(), reference)
    return _show("telling/list.html", page)


def _show(template: str, page: _OfTable, **more: Any) -> str:
    """Return a page that the chair may open at the table: then it is projected.

    It holds nothing then of how the applicant is reached, and leads nowhere but to the meeting.
    """
    top = case_top(page.frame, "meeting")
    if not page.is_meeting_open or Act.RUN_MEETING not in page.frame.open_acts:
        return render_template(template, page=page, case=top, **more)
    return render_template(
        template,
        page=page,
        case=replace(top, safe_contact=None, hold="", tabs=()),
        is_projected=True,
        menu=menu_of_meeting(page.frame.reference),
        **more,
    )


@bp.route("/cases/<reference:reference>/telling/add", methods=["GET", "POST"])
@access(Act.NAME_TELLER)
def add_telling(reference: str) -> ResponseReturnValue:
    """Say who tells the applicant something."""
    actor = the_actor()
    page = telling.open_form(actor, reference)
    form = _prepared(page, TellingForm(data={"due_on": london_day(actor.at)}))
    if form.validate_on_submit():
        try:
            telling.add_telling(actor, reference, form.token, _typed(form))
        except TellingError as error:
            add_error(form, error.field, str(error))
        else:
            return _saved(reference)
    return _form_page(page, form)


@bp.route("/cases/<reference:reference>/telling/<number:number>", methods=["GET", "POST"])
@access(Act.NAME_TELLER)
def change_telling(reference: str, number: int) -> ResponseReturnValue:
    """Change who tells the applicant what, or by when."""
    actor = the_actor()
    page = telling.open_form(actor, reference, number)
    form = _prepared(page, TellingForm(data={**page.stored, "version": page.version}))
    if form.validate_on_submit():
        try:
            telling.change_telling(
                actor, reference, number, form.token, _typed(form), form.version.data
            )
        except TellingError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            page = telling.open_form(actor, reference, number)
            form.version.data = page.version
            return conflict_page(
                form,
                page.stored,
                error,
                thing="who tells the applicant",
                back=url_for("telling.list_tellings", reference=reference),
                frame=page.frame,
                is_projected=page.is_meeting_open and Act.RUN_MEETING in page.frame.open_acts,
            )
        else:
            return _saved(reference)
    return _form_page(page, form)


def _prepared(page: telling.TellingForm, form: TellingForm) -> TellingForm:
    form.who.choices = [Choice(key, label) for key, label in page.people]
    return form


def _typed(form: Any) -> TypedTelling:
    return TypedTelling(
        kind=TellingKind(form.kind.data),
        what=form.what.data,
        who=form.who.data,
        way=TellingWay(form.way.data),
        due_on=form.due_on.data,
        due_time=form.due_time.data,
    )


def _saved(reference: str) -> ResponseReturnValue:
    flash("Saved who tells the applicant", "saved")
    return redirect(url_for("telling.list_tellings", reference=reference), 303)


def _form_page(page: telling.TellingForm, form: TellingForm) -> ResponseReturnValue:
    return _show("telling/form.html", page, form=form), 422 if form.errors else 200


@bp.route("/cases/<reference:reference>/telling/<number:number>/told", methods=["GET", "POST"])
@access(Act.TELL_APPLICANT)
def record_told(reference: str, number: int) -> ResponseReturnValue:
    """Record that the applicant was told, and when."""
    actor = the_actor()
    now = actor.at.astimezone(LONDON)
    form = ToldForm(data={"told_on": now.date(), "told_time": now.time()})
    if form.validate_on_submit():
        at = dt.datetime.combine(form.told_on.data, form.told_time.data, tzinfo=LONDON)
        try:
            telling.record_told(actor, reference, number, form.token, at)
        except TellingError as error:
            add_error(form, error.field, str(error))
        else:
            flash("Recorded that the applicant was told", "saved")
            return redirect(url_for("telling.list_tellings", reference=reference), 303)
    page = telling.open_told(actor, reference, number)
    return _show("telling/told.html", page, form=form), 422 if form.errors else 200
