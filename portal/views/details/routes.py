"""Pages of the request: what it says, its parties, how it is safe to reach the applicant."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import casepage, details, parties, removed_parties
from portal.services.changes import ChangedMeanwhileError, EndedMeanwhileError
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame
from portal.views.details.answers import PARTS, Part
from portal.views.details.forms import (
    AddPartyForm,
    ChangePartyForm,
    RemovePartyForm,
    SafeContactForm,
    household_choices,
)
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page, ended_page
from portal.web.pages import add_error, the_actor

bp = Blueprint("details", __name__)

_ANY_PART = ", ".join(PARTS)


def _page(
    frame: CaseFrame, form: Any, heading: str, button: str, tab: str = "request"
) -> ResponseReturnValue:
    return render_template(
        "cases/form.html",
        back_to="cases.show_people" if tab == "people" else "details.show_request",
        form=form,
        case=case_top(frame, tab),
        heading=heading,
        button_text=button,
    ), 422 if form.errors else 200


def _done(sentence: str, endpoint: str, reference: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for(endpoint, reference=reference), 303)


@bp.get("/cases/<reference:reference>/request")
@access(Act.VIEW_CASE)
def show_request(reference: str) -> ResponseReturnValue:
    """Show what the request says, and to whoever may change it what was not asked yet."""
    page = details.open_request(the_actor(), reference)
    return render_template("cases/request.html", page=page, case=case_top(page.frame, "request"))


@bp.route(f"/cases/<reference:reference>/request/<any({_ANY_PART}):part>", methods=["GET", "POST"])
@access(Act.CHANGE_REQUEST)
def change_details(reference: str, part: str) -> ResponseReturnValue:
    """Change the answers of one part of the request."""
    actor = the_actor()
    asked = PARTS[part]
    page = details.open_details(actor, reference)
    form = asked.fill(page)
    if form.validate_on_submit():
        try:
            details.change_details(
                actor, reference, form.token, asked.typed(form), form.version.data
            )
        except IntakeError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            return _conflict(reference, form, asked, error)
        else:
            return _done("Answers saved", "details.show_request", reference)
    return _page(page.frame, form, asked.heading, "Save the answers")


def _conflict(
    reference: str, form: Any, asked: Part, error: ChangedMeanwhileError
) -> ResponseReturnValue:
    page = details.open_details(the_actor(), reference)
    form.version.data = page.version
    return conflict_page(
        form,
        asked.stored(page),
        error,
        thing="the request",
        back=url_for("details.show_request", reference=reference),
        frame=page.frame,
    )


@bp.route("/cases/<reference:reference>/request/safe-contact", methods=["GET", "POST"])
@access(Act.CHANGE_REQUEST)
def change_safe_contact(reference: str) -> ResponseReturnValue:
    """Change how it is safe to reach the applicant."""
    actor = the_actor()
    page = details.open_safe_contact(actor, reference)
    form = SafeContactForm(data={"safe_contact": page.text, "version": page.version})
    if form.validate_on_submit():
        try:
            details.change_safe_contact(
                actor, reference, form.token, form.safe_contact.data, form.version.data
            )
        except ChangedMeanwhileError as error:
            page = details.open_safe_contact(actor, reference)
            form.version.data = page.version
            return conflict_page(
                form,
                {"safe_contact": page.text},
                error,
                thing="the safe contact",
                back=url_for("details.show_request", reference=reference),
                frame=page.frame,
            )
        else:
            return _done("Safe contact saved", "details.show_request", reference)
    return _page(page.frame, form, "Change the safe contact", "Save the safe contact")


@bp.route("/cases/<reference:reference>/people/add-party", methods=["GET", "POST"])
@access(Act.ADD_INCIDENT)
def add_party(reference: str) -> ResponseReturnValue:
    """Add another party of the case."""
    actor = the_actor()
    page = parties.open_adding(actor, reference)
    form = AddPartyForm()
    form.household_of_id.choices = household_choices(page.neighbours)
    if form.validate_on_submit():
        try:
            parties.add_party(
                actor,
                reference,
                form.token,
                role=parties.PartyRole(form.role.data),
                **_typed_party(form),
            )
        except IntakeError as error:
            add_error(form, error.field, str(error))
        else:
            return _done("Added to the case", "cases.show_people", reference)
    return _page(page.frame, form, "Add a party", "Add", "people")


def _typed_party(form: Any) -> dict[str, Any]:
    return {
        "kind": parties.PartyKind(form.kind.data),
        "name": form.name.data,
        "capacity": parties.Capacity(form.capacity.data) if form.capacity.data else None,
        "organisation": form.organisation.data,
        "is_child": parties.Answer(form.is_child.data) if form.is_child.data else None,
        "address": form.address.data,
        "phone": form.phone.data,
        "email": form.email.data,
        "household_of_id": int(form.household_of_id.data) if form.household_of_id.data else None,
    }


@bp.route("/cases/<reference:reference>/people/<number:party_id>", methods=["GET", "POST"])
@access(Act.CHANGE_REQUEST)
def change_party(reference: str, party_id: int) -> ResponseReturnValue:
    """Change what is known of a party."""
    actor = the_actor()
    if request.method == "POST":
        try:
            removed_parties.check_there(actor, reference, party_id)
        except EndedMeanwhileError as error:
            return _taken_out(reference, ChangePartyForm(), _no_party(), error)
    page = parties.open_party(actor, reference, party_id)
    form = ChangePartyForm(data=_stored_party(page) | {"version": page.version})
    form.household_of_id.choices = household_choices(page.neighbours)
    if form.validate_on_submit():
        typed = parties.TypedParty(**_typed_party(form))
        try:
            parties.change_party(
                actor,
                reference,
                party_id,
                form.token,
                typed,
                form.version.data,
                parties.PartyRole(form.role.data),
            )
        except IntakeError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            page = parties.open_party(actor, reference, party_id)
            form.version.data = page.version
            return conflict_page(
                form,
                _stored_party(page),
                error,
                thing="this person",
                back=url_for("cases.show_people", reference=reference),
                frame=page.frame,
            )
        else:
            return _done("Saved", "cases.show_people", reference)
    return _page(page.frame, form, f"Change: {page.label}", "Save", "people")


def _stored_party(page: parties.PartyPage) -> dict[str, Any]:
    names = parties.TypedParty.__dataclass_fields__
    known = {name: getattr(page.typed, name) for name in names}
    home = page.typed.household_of_id
    household = {"household_of_id": str(home) if home else None}
    return {"role": page.role.value} | known | household


def _no_party() -> dict[str, Any]:
    """Return what is saved of a party who was taken out: nothing."""
    return dict.fromkeys(("role", "kind", "is_child", "capacity")) | dict.fromkeys(
        ("name", "organisation", "address", "phone", "email"), ""
    )


@bp.route("/cases/<reference:reference>/people/<number:party_id>/take-out", methods=["GET", "POST"])
@access(Act.CHANGE_REQUEST)
def remove_party(reference: str, party_id: int) -> ResponseReturnValue:
    """Take somebody out of the case who was added by mistake."""
    actor = the_actor()
    form = RemovePartyForm()
    if form.validate_on_submit():
        try:
            removed_parties.remove_party(
                actor,
                reference,
                party_id,
                form.token,
                reason=form.reason.data,
                version=form.version.data,
            )
        except IntakeError as error:
            add_error(form, error.field, str(error))
        except EndedMeanwhileError as error:
            return _taken_out(reference, form, {"reason": error.reason}, error)
        except ChangedMeanwhileError as error:
            add_error(form, "reason", f"{error.by} has changed them meanwhile. Look again")
            return _removal(removed_parties.open_removal(actor, reference, party_id), form), 409
        else:
            return _done("Taken out of the case", "cases.show_people", reference)
    page = removed_parties.open_removal(actor, reference, party_id)
    return _removal(page, form), 422 if form.errors else 200


def _removal(page: removed_parties.RemovalPage, form: RemovePartyForm) -> str:
    form.version.data = page.version
    return render_template(
        "cases/remove_party.html", form=form, page=page, case=case_top(page.frame, "people")
    )


def _taken_out(
    reference: str, form: Any, saved: dict[str, Any], error: EndedMeanwhileError
) -> ResponseReturnValue:
    return ended_page(
        form,
        saved,
        error,
        did=f"took this person out of the case ({error.whom})",
        back=url_for("cases.show_people", reference=reference),
        frame=casepage.open_form(the_actor(), reference, Act.CHANGE_REQUEST),
    )
