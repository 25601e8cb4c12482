"""Pages of the issued documents."""

import re

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.access.gate import CaseNotFoundError
from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import documents, documents_page
from portal.views.tabs import case_top
from portal.web.files import WORD, file_answer
from portal.web.pages import the_actor
from portal.web.turns import in_turn

bp = Blueprint("documents", __name__)

_KINDS = {kind.value: kind for kind in documents.LABELS}
_NAME = re.compile(rf"({'|'.join(_KINDS)})-([1-9][0-9]{{0,5}})\.docx")


@bp.get("/cases/<reference:reference>/documents")
@access(Act.READ_DOCUMENT)
def show_documents(reference: str) -> ResponseReturnValue:
    """Show the issued documents that the reader may open."""
    page = documents_page.open_documents(the_actor(), reference)
    return render_template(
        "documents/documents.html", page=page, case=case_top(page.frame, "documents")
    )


@bp.get("/cases/<reference:reference>/documents/<name>")
@access(Act.READ_DOCUMENT)
@in_turn
def download(reference: str, name: str) -> ResponseReturnValue:
    """Hand out an issued document byte for byte, to be saved and never shown by the browser."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise CaseNotFoundError(reference)
    content = documents.download(the_actor(), reference, _KINDS[match[1]], int(match[2]))
    return file_answer(content, WORD, f"{reference}-{name}")
