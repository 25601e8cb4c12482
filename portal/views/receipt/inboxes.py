"""Where agencies and community safety partnerships are told of a request."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import inboxes
from portal.services.changes import ChangedMeanwhileError
from portal.services.faults import IntakeError
from portal.views.receipt.forms import InboxForm
from portal.web.conflict import conflict_page
from portal.web.pages import add_error, the_actor

bp = Blueprint("inboxes", __name__)


@bp.get("/admin/inboxes")
@access(Act.KEEP_INBOXES)
def list_inboxes() -> ResponseReturnValue:
    """Show where each body is told."""
    return render_template("receipt/inboxes.html", page=inboxes.list_inboxes(the_actor()))


@bp.route("/admin/inboxes/agency/<number:number>", methods=["GET", "POST"])
@access(Act.KEEP_INBOXES)
def change_of_agency(number: int) -> ResponseReturnValue:
    """Change where an agency is told."""
    return _change(inboxes.OF_AGENCY, number)


@bp.route("/admin/inboxes/partnership/<number:number>", methods=["GET", "POST"])
@access(Act.KEEP_INBOXES)
def change_of_partnership(number: int) -> ResponseReturnValue:
    """Change where the partnership of a local government area is told."""
    return _change(inboxes.OF_PARTNERSHIP, number)


def _change(of: inboxes.Of, number: int) -> ResponseReturnValue:
    actor = the_actor()
    inbox = inboxes.open_inbox(actor, of, number)
    form = InboxForm(data={"email": inbox.email, "version": inbox.version})
    if form.validate_on_submit():
        try:
            inboxes.save_inbox(actor, form.token, of, number, form.email.data, form.version.data)
        except IntakeError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            inbox = inboxes.open_inbox(actor, of, number)
            form.version.data = inbox.version
            return conflict_page(
                form,
                {"email": inbox.email},
                error,
                thing="the address",
                back=url_for("inboxes.list_inboxes"),
                back_text="Where bodies are told",
            )
        else:
            flash("Address saved", "saved")
            return redirect(url_for("inboxes.list_inboxes"), 303)
    html = render_template("receipt/inbox.html", form=form, inbox=inbox)
    return html, 422 if form.errors else 200
