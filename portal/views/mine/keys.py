"""Pages on which the coordinator gives codes for the applicant's own pages, and ends them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import applicant_keys
from portal.views.tabs import case_top
from portal.web.forms import BaseForm
from portal.web.pages import the_actor

bp = Blueprint("applicant_keys", __name__)


@bp.get("/cases/<reference:reference>/own-pages")
@access(Act.KEEP_APPLICANT_KEYS)
def show_keys(reference: str) -> ResponseReturnValue:
    """Show who of the applicant's side can open their own page."""
    return _show(reference)


def _show(reference: str, code: str = "", code_for: int = 0) -> str:
    page = applicant_keys.open_keys(the_actor(), reference)
    return render_template(
        "mine/keys.html",
        page=page,
        case=case_top(page.frame, "people"),
        code=code,
        code_for=code_for,
        new_form=BaseForm,
    )


@bp.post("/cases/<reference:reference>/own-pages/<number:party_id>/code")
@access(Act.KEEP_APPLICANT_KEYS)
def make_code(reference: str, party_id: int) -> ResponseReturnValue:
    """Show a new code, once, for reading it out or posting it."""
    code = applicant_keys.make_code(the_actor(), reference, party_id, BaseForm().token)
    return _show(reference, code, party_id)


@bp.post("/cases/<reference:reference>/own-pages/<number:party_id>/end")
@access(Act.KEEP_APPLICANT_KEYS)
def take_away(reference: str, party_id: int) -> ResponseReturnValue:
    """End a code: it opens nothing from now on."""
    applicant_keys.take_away(the_actor(), reference, party_id, BaseForm().token)
    flash("Taken away. Their code opens nothing any more", "saved")
    return redirect(url_for("applicant_keys.show_keys", reference=reference), 303)
