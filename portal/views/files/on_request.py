"""The part of a request's page where files are added: what was posted is carried out, then shown.

For the view of the page, which knows whose request it is, and decides where it leads.
"""

import enum
import re
from dataclasses import dataclass
from typing import Final

from flask import flash, request

from portal.domain.roles import Actor
from portal.services import request_files
from portal.services.request_files import MOST_BYTES, MOST_FILES, ShownFile
from portal.views.files.forms import RequestFileForm
from portal.web.pages import add_error

GO_ON: Final = "continue"
REMOVE: Final = "remove"
_NUMBER: Final = re.compile(r"\d{1,9}", re.ASCII)
_SENT: Final = "This request was sent already, or is gone. Nothing was changed"


class Step(enum.Enum):
    """What the page does next."""

    SHOW = enum.auto()
    OPEN_AGAIN = enum.auto()
    GO_ON = enum.auto()


@dataclass(frozen=True)
class FilesPart:
    """The part of the page, for a template that includes ``files/on_request.html`` with it.

    Attributes:
        form: for the summary of errors and the title of the page.
        step: show the page (422 where the form has errors), redirect to it, or to the next one.
    """

    form: RequestFileForm
    files: list[ShownFile]
    step: Step

    @property
    def has_room(self) -> bool:
        """Say whether another file can be added."""
        return len(self.files) < MOST_FILES


def files_part(holder: Actor, draft_id: int) -> FilesPart:
    """Carry out what was posted, if anything, and return what is to be shown.

    The view that calls it is marked ``@takes_upload(MOST_BYTES)``.

    Args:
        holder: of the request, a job's actor with the instant and the network address.
        draft_id: of the request.
    """
    form = RequestFileForm()
    step = Step.SHOW
    if request.method == "POST":
        try:
            step = _carry_out(holder, draft_id, form)
        except request_files.FileRefusedError as error:
            add_error(form, "file", str(error))
        except request_files.RequestSentError:
            add_error(form, "file", _SENT)
    return FilesPart(form, request_files.of_draft(draft_id), step)


def _carry_out(holder: Actor, draft_id: int, form: RequestFileForm) -> Step:
    removed = request.form.get(REMOVE, "")
    if _NUMBER.fullmatch(removed):
        request_files.take_off(holder, draft_id, int(removed))
        flash("File removed", "saved")
        return Step.OPEN_AGAIN
    goes_on = GO_ON in request.form
    if goes_on and form.file.is_empty and form.label.is_empty:
        return Step.GO_ON
    # Whoever has chosen a file and goes on wants it added.
    if not form.validate_on_submit():
        return Step.SHOW
    file = form.file.data
    request_files.keep(holder, draft_id, file.filename, form.label.data, file.stream)
    flash("File added", "saved")
    return Step.GO_ON if goes_on else Step.OPEN_AGAIN


__all__ = ["MOST_BYTES", "REMOVE", "FilesPart", "Step", "files_part"]
