"""Pages of a support worker: a victim whom they stand by, and that victim's statement."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import supporting
from portal.services.changes import ChangedMeanwhileError
from portal.services.faults import IntakeError
from portal.views.opening.forms import StatementForm
from portal.views.opening.statements import stored_fields, typed_statement
from portal.web.conflict import conflict_page
from portal.web.pages import add_error, the_actor

bp = Blueprint("supporting", __name__)


@bp.get("/cases/<reference:reference>/supported/<number:party_id>")
@access(Act.OPEN_SUPPORTED_CASE)
def show_supported(reference: str, party_id: int) -> ResponseReturnValue:
    """Show a support worker where it stands for a victim, and the victim's statement."""
    page = supporting.open_supported(the_actor(), reference, party_id)
    return render_template("support/supported.html", page=page)


@bp.route(
    "/cases/<reference:reference>/supported/<number:party_id>/statement", methods=["GET", "POST"]
)
@access(Act.WRITE_SUPPORTED_STATEMENT)
def write_statement(reference: str, party_id: int) -> ResponseReturnValue:
    """Write down the statement of a victim whom the support worker stands by, or change it."""
    actor = the_actor()
    page = supporting.open_statement(actor, reference, party_id)
    form = StatementForm(data=stored_fields(page.typed) | {"version": page.version})
    back = url_for("supporting.show_supported", reference=reference, party_id=party_id)
    if form.validate_on_submit():
        try:
            supporting.write_statement(
                actor, reference, party_id, form.token, typed_statement(form), form.version.data
            )
        except IntakeError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            page = supporting.open_statement(actor, reference, party_id)
            form.version.data = page.version
            return conflict_page(
                form,
                stored_fields(page.typed),
                error,
                thing="the statement",
                back=back,
                back_text=f"{page.victim.name}, {page.victim.reference}",
            )
        else:
            flash("Statement saved", "saved")
            return redirect(back, 303)
    html = render_template("support/statement.html", page=page, form=form, back=back)
    return html, 422 if form.errors else 200
