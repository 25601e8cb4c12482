"""Photos, letters and recordings that go with a request: added from the check, one at a time."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import public
from portal.domain.request_draft import Place
from portal.services import drafts
from portal.views.files.on_request import MOST_BYTES, REMOVE, Step, files_part
from portal.views.request.asking import SEE_OTHER, WRONG, draft_for, guard
from portal.views.request.holding import held_key, writer
from portal.web.uploads import takes_upload

bp = Blueprint("files_of_request", __name__)
guard(bp)

_FILES = Place("files")


@bp.route("/request/files", methods=["GET", "POST"])
@public
@takes_upload(MOST_BYTES)
def show_files() -> ResponseReturnValue:
    """Show the files of the request; add one, or take one off."""
    if REMOVE in request.form:
        # Who takes something away has to hold the draft; what is added is kept all the same.
        draft = drafts.open_draft(writer(), held_key(), drafts.name_of(_FILES))
    else:
        draft = draft_for(_FILES)
    part = files_part(writer(), draft.draft_id)
    if part.step is Step.GO_ON:
        return redirect(url_for("request.check"), SEE_OTHER)
    if part.step is Step.OPEN_AGAIN:
        return redirect(url_for("files_of_request.show_files"), SEE_OTHER)
    if request.method == "POST":
        # Whoever was away for too long is shown nothing of the draft, not even its files.
        draft = drafts.open_draft(writer(), held_key(), drafts.name_of(_FILES))
    html = render_template(
        "request/files.html",
        draft=draft,
        part=part,
        form=part.form,
        area=draft.area,
    )
    return html, WRONG if part.form.errors else 200
