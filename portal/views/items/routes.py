"""One item that was shared: read, corrected, withdrawn, and what it said before."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act, Actor
from portal.services import corrections, sharing
from portal.services.changes import ChangedMeanwhileError
from portal.services.items import ShownItem
from portal.views.panel.forms import CorrectionForm, WithdrawalForm, offer_readers, typed_item
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page
from portal.web.filters import plural
from portal.web.pages import add_error, the_actor

bp = Blueprint("items", __name__)


@bp.get("/cases/<reference:reference>/shared/<key:key>")
@access(Act.VIEW_CASE)
def show_item(reference: str, key: str) -> ResponseReturnValue:
    """Show one item, or the stub of one; opening it is an entry of its own in the log."""
    page = sharing.open_item(the_actor(), reference, key)
    return render_template("items/item.html", page=page, case=case_top(page.frame, "shared"))


@bp.get("/cases/<reference:reference>/shared/<key:key>/history")
@access(Act.VIEW_CASE)
def show_history(reference: str, key: str) -> ResponseReturnValue:
    """Show what an item said before, as far as this reader may read it."""
    page = corrections.open_history(the_actor(), reference, key)
    return render_template("items/history.html", page=page, case=case_top(page.frame, "shared"))


@bp.route("/cases/<reference:reference>/shared/<key:key>/correct", methods=["GET", "POST"])
@access(Act.CORRECT_ITEM)
def correct_item(reference: str, key: str) -> ResponseReturnValue:
    """Correct an item: write, check who gains it and who loses it, then save a new version."""
    actor = the_actor()
    page = corrections.open_correction(actor, reference, key)
    form = CorrectionForm(data=_stored(page.item) | {"version": page.item.version})
    offer_readers(form, page.choices, page.agencies)
    if request.method == "POST" and "back" not in request.form and form.validate_on_submit():
        try:
            if "share" in request.form:
                return _corrected(actor, reference, key, form)
            check = corrections.preview_correction(
                actor, reference, key, typed_item(form), form.version.data
            )
        except sharing.SharingError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            return _conflict(form, page, error)
        else:
            return render_template(
                "items/check_correction.html",
                form=form,
                check=check,
                key=key,
                case=case_top(page.frame, "shared"),
            )
    html = render_template(
        "items/correct.html", form=form, page=page, case=case_top(page.frame, "shared")
    )
    return html, 422 if form.errors else 200


def _corrected(actor: Actor, reference: str, key: str, form: Any) -> ResponseReturnValue:
    readers = corrections.correct_item(
        actor, reference, key, form.token, typed_item(form), form.reason.data, form.version.data
    )
    flash(f"Corrected. {plural(readers, 'person', 'people')} can read it", "saved")
    return redirect(url_for("items.show_item", reference=reference, key=key), 303)


def _conflict(
    form: CorrectionForm, page: corrections.CorrectionPage, error: ChangedMeanwhileError
) -> ResponseReturnValue:
    form.version.data = page.item.version
    back = url_for("items.show_item", reference=page.frame.reference, key=page.item.key)
    stored = _stored(page.item)
    return conflict_page(form, stored, error, thing="this item", back=back, frame=page.frame)


def _stored(item: ShownItem) -> dict[str, Any]:
    return {
        "title": item.title,
        "happened_on": item.happened_on,
        "content": item.content,
        "handling": item.handling,
        "named": [str(number) for number in item.named_ids],
        "told": item.told,
        "words": item.words,
    }


@bp.route("/cases/<reference:reference>/shared/<key:key>/withdraw", methods=["GET", "POST"])
@access(Act.WITHDRAW_ITEM)
def withdraw_item(reference: str, key: str) -> ResponseReturnValue:
    """Withdraw an item: a line stays that says who did, when and why."""
    actor = the_actor()
    form = WithdrawalForm()
    if form.validate_on_submit():
        try:
            corrections.withdraw_item(
                actor, reference, key, form.token, form.reason.data, form.version.data
            )
        except ChangedMeanwhileError as error:
            page = corrections.open_withdrawal(actor, reference, key)
            form.version.data = page.item.version
            sentence = f"{error.by} has corrected this item meanwhile. Read it as it is now"
            form.reason.errors = [sentence]
            return _withdrawal(form, page), 409
        flash("Withdrawn. A line stays that says who did, and why", "saved")
        return redirect(url_for("items.show_item", reference=reference, key=key), 303)
    page = corrections.open_withdrawal(actor, reference, key)
    if request.method == "GET":
        form = WithdrawalForm(data={"version": page.item.version})
    return _withdrawal(form, page), 422 if form.errors else 200


def _withdrawal(form: WithdrawalForm, page: corrections.WithdrawalPage) -> str:
    case = case_top(page.frame, "shared")
    return render_template("items/withdraw.html", form=form, page=page, case=case)
