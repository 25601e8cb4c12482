"""Messages as their receivers get them; these pages exist in a demonstration only."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import messages
from portal.web.pages import the_actor

bp = Blueprint("messages", __name__)


@bp.get("/sent-messages")
@access(Act.READ_SENT_MESSAGES)
def list_messages() -> ResponseReturnValue:
    """Show each message as its receiver gets it."""
    found = messages.list_messages(the_actor())
    return render_template("messages/list.html", messages=found)


@bp.get("/sent-messages/<number:message_id>/invite.ics")
@access(Act.READ_SENT_MESSAGES)
def download_invite(message_id: int) -> ResponseReturnValue:
    """Return the calendar file of a message."""
    reference, invite = messages.download_invite(the_actor(), message_id)
    answer = Response(invite, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="{reference}.ics"'
    return answer
