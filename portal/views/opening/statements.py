"""Pages of the applicant's statement."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.domain.statements import PanelReads, ReadsOut
from portal.services import statements
from portal.services.changes import ChangedMeanwhileError
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame
from portal.views.opening.forms import ReadingForm, StatementForm
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page
from portal.web.pages import add_error, the_actor

bp = Blueprint("statements", __name__)


@bp.get("/cases/<reference:reference>/statements")
@access(Act.READ_STATEMENT)
def list_statements(reference: str) -> ResponseReturnValue:
    """Show the statements that this reader may read."""
    page = statements.open_statements(the_actor(), reference)
    case = case_top(page.frame, "meeting")
    return render_template("opening/statements.html", page=page, case=case)


@bp.route("/cases/<reference:reference>/statements/<number:party_id>", methods=["GET", "POST"])
@access(Act.WRITE_STATEMENT)
def write_statement(reference: str, party_id: int) -> ResponseReturnValue:
    """Write down the statement of a victim, or change it."""
    actor = the_actor()
    page = statements.open_statement(actor, reference, party_id)
    form = StatementForm(data=stored_fields(page.typed) | {"version": page.version})
    if form.validate_on_submit():
        try:
            statements.write_statement(
                actor, reference, party_id, form.token, typed_statement(form), form.version.data
            )
        except IntakeError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            page = statements.open_statement(actor, reference, party_id)
            form.version.data = page.version
            return conflict_page(
                form,
                stored_fields(page.typed),
                error,
                thing="the statement",
                back=url_for("statements.list_statements", reference=reference),
                frame=page.frame,
            )
        else:
            return _done("Statement saved", reference)
    return _page(page.frame, form, f"Statement of {page.name}", "Save the statement")


@bp.route("/cases/<reference:reference>/statements/<number:party_id>/read", methods=["GET", "POST"])
@access(Act.RUN_MEETING)
def note_reading(reference: str, party_id: int) -> ResponseReturnValue:
    """Note who read a statement out."""
    actor = the_actor()
    page = statements.open_reading(actor, reference, party_id)
    form = ReadingForm(data={"read_by": page.reads_out.value, "read_by_name": page.reads_out_name})
    if form.validate_on_submit():
        statements.note_reading(
            actor,
            reference,
            party_id,
            form.token,
            ReadsOut(form.read_by.data),
            form.read_by_name.data,
        )
        return _done("Noted who read it out", reference)
    return _page(page.frame, form, f"Who read out the statement of {page.name}?", "Save")


def _page(frame: CaseFrame, form: Any, heading: str, button: str) -> ResponseReturnValue:
    return render_template(
        "cases/form.html",
        back_to="statements.list_statements",
        form=form,
        case=case_top(frame, "meeting"),
        heading=heading,
        button_text=button,
    ), 422 if form.errors else 200


def _done(sentence: str, reference: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("statements.list_statements", reference=reference), 303)


def stored_fields(typed: statements.TypedStatement | None) -> dict[str, Any]:
    """Return a stored statement by the names of the form's fields; nothing where there is none."""
    return vars(typed) if typed else {}


def typed_statement(form: Any) -> statements.TypedStatement:
    """Return what was typed into a valid form of a statement."""
    return statements.TypedStatement(
        words=form.words.data,
        handed_in_on=form.handed_in_on.data,
        channel=statements.Channel(form.channel.data),
        written_down_by=form.written_down_by.data,
        panel_reads=PanelReads(form.panel_reads.data),
        reads_out=ReadsOut(form.reads_out.data),
        reads_out_name=form.reads_out_name.data,
    )
