"""Seats, names, the chair, and sharing with the panel."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.membership import Standing
from portal.domain.roles import Act
from portal.services import panel, sharing
from portal.views.panel.forms import (
    ChairForm,
    ItemForm,
    MemberForm,
    SeatForm,
    offer_readers,
    typed_item,
)
from portal.views.tabs import case_top
from portal.web.fields import Choice
from portal.web.filters import plural
from portal.web.pages import add_error, the_actor

bp = Blueprint("panel", __name__)


def _to_people(reference: str, sentence: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("cases.show_people", reference=reference), 303)


def _one_field_page(
    form: Any, page: panel.PeoplePage, heading: str, button: str
) -> ResponseReturnValue:
    return render_template(
        "cases/form.html",
        back_to="cases.show_people",
        form=form,
        case=case_top(page.frame, "people"),
        heading=heading,
        button_text=button,
    ), 422 if form.errors else 200


@bp.route("/cases/<reference:reference>/people/add-agency", methods=["GET", "POST"])
@access(Act.ARRANGE_PANEL)
def seat_agency(reference: str) -> ResponseReturnValue:
    """Give an agency a seat on the panel."""
    actor = the_actor()
    page = panel.open_people(actor, reference, Act.ARRANGE_PANEL)
    form = SeatForm()
    form.agency.choices = [Choice(str(number), name) for number, name in page.agencies]
    if form.validate_on_submit():
        try:
            panel.seat_agency(
                actor,
                reference,
                form.token,
                agency_id=int(form.agency.data),
                is_required=form.is_required.data,
            )
        except panel.PanelError as error:
            add_error(form, error.field, str(error))
        else:
            return _to_people(reference, "The agency is on the panel")
    return _one_field_page(form, page, "Add an agency to the panel", "Add to the panel")


_NAMED = {
    False: "Named. They can open the case now",
    True: "Named. They see the reference and when the meeting is",
}


@bp.route("/cases/<reference:reference>/people/name", methods=["GET", "POST"])
@access(Act.NAME_AGENCY_REPRESENTATIVE)
def name_agency_representative(reference: str) -> ResponseReturnValue:
    """Name somebody for an agency's seat, and as what."""
    actor = the_actor()
    page = panel.open_people(actor, reference, Act.NAME_AGENCY_REPRESENTATIVE)
    form = MemberForm()
    form.person.choices = [
        Choice(f"{seat.agency_id}-{person_id}", name, group=seat.agency_name)
        for seat in page.seats
        if page.own_agency_id in {None, seat.agency_id}
        for person_id, name in seat.candidates
    ]
    if form.validate_on_submit():
        agency_id, _, person_id = form.person.data.partition("-")
        try:
            panel.name_agency_representative(
                actor,
                reference,
                form.token,
                agency_id=int(agency_id),
                person_id=int(person_id),
                standing=Standing(form.standing.data),
            )
        except panel.PanelError as error:
            add_error(form, error.field, str(error))
        else:
            return _to_people(reference, _NAMED[form.standing.data == Standing.OBSERVER])
    return _one_field_page(form, page, "Name somebody for an agency", "Name for this case")


@bp.route("/cases/<reference:reference>/people/chair", methods=["GET", "POST"])
@access(Act.APPOINT_CHAIR)
def appoint_chair(reference: str) -> ResponseReturnValue:
    """Appoint the chair."""
    actor = the_actor()
    page = panel.open_people(actor, reference, Act.APPOINT_CHAIR)
    form = ChairForm()
    form.chair.choices = [Choice(str(number), name) for number, name in page.chairs]
    if form.validate_on_submit():
        try:
            panel.appoint_chair(actor, reference, form.token, person_id=int(form.chair.data))
        except panel.PanelError as error:
            add_error(form, error.field, str(error))
        else:
            return _to_people(reference, "The chair is appointed and has now to declare")
    return _one_field_page(form, page, "Appoint the chair", "Appoint")


@bp.get("/cases/<reference:reference>/shared")
@access(Act.VIEW_CASE)
def show_shared(reference: str) -> ResponseReturnValue:
    """Show what has been shared with this reader."""
    page = sharing.open_shared(the_actor(), reference)
    return render_template("panel/shared.html", page=page, case=case_top(page.frame, "shared"))


@bp.route("/cases/<reference:reference>/share", methods=["GET", "POST"])
@access(Act.SHARE_ITEM)
def share(reference: str) -> ResponseReturnValue:
    """Write an item, check who will be able to read it, then share it.

    The check page carries what was typed; going back to change it loses nothing.
    """
    actor = the_actor()
    page = sharing.open_form(actor, reference)
    form = _item_form(page)
    if request.method == "POST" and "back" not in request.form and form.validate_on_submit():
        typed = typed_item(form)
        try:
            if "share" in request.form:
                return _shared(reference, sharing.share_item(actor, reference, form.token, typed))
            _, item = sharing.preview(actor, reference, typed)
        except sharing.SharingError as error:
            add_error(form, error.field, str(error))
        else:
            return render_template(
                "panel/check.html", form=form, item=item, case=case_top(page.frame, "shared")
            )
    return render_template(
        "panel/share.html", form=form, page=page, case=case_top(page.frame, "shared")
    ), 422 if form.errors else 200


def _shared(reference: str, readers: int) -> ResponseReturnValue:
    flash(f"Shared with {plural(readers, 'person', 'people')}", "saved")
    return redirect(url_for("panel.show_shared", reference=reference), 303)


def _item_form(page: sharing.SharePage) -> ItemForm:
    form = ItemForm()
    offer_readers(form, page.choices, page.agencies)
    return form
