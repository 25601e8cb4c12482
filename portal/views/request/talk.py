"""After words of despair, or the wish to talk: whom to ring now, and shall we ring today."""

import re
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import public
from portal.services import drafts, talking
from portal.views.request.asking import SEE_OTHER, WRONG, guard
from portal.views.request.holding import held_key, writer
from portal.web.forms import BaseForm

bp = Blueprint("request_talk", __name__)
guard(bp)

_OF_REQUEST: Final = re.compile(r"/request/[a-z0-9/]+(\?from=check)?")
# The log and the address name it as any page that says what is saved: neither tells what was found.
_LOGGED_AS: Final = "later"


@bp.route("/request/saved", methods=["GET", "POST"])
@public
def offer() -> ResponseReturnValue:
    """Say who listens at any hour; tick that a call is wanted."""
    form = BaseForm()
    if form.validate_on_submit():
        talking.want_call(writer(), held_key())
        return redirect(url_for("request_talk.offer", next=_onwards()), SEE_OTHER)
    draft = drafts.open_draft(writer(), held_key(), _LOGGED_AS)
    html = render_template(
        "request/talk.html",
        form=form,
        draft=draft,
        is_call_wanted=talking.is_call_wanted(draft.answers),
        onwards=_onwards(),
        area=draft.area,
    )
    return html, WRONG if form.errors else 200


def _onwards() -> str:
    """Return where they were going: a page of the request, or the check."""
    asked = request.args.get("next", "")
    return asked if _OF_REQUEST.fullmatch(asked) else url_for("request.check")
