"""Pages of the PDF of an issued document: asked for, watched, handed out."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access, poll
from portal.domain.roles import Act
from portal.services import pdfs
from portal.views.tabs import case_top
from portal.web.files import PDF, file_answer
from portal.web.forms import BaseForm
from portal.web.pages import the_actor
from portal.web.turns import in_turn

bp = Blueprint("pdfs", __name__)

_PDF = "/cases/<reference:reference>/documents/<name>/pdf"


@bp.get(_PDF)
@access(Act.READ_DOCUMENT)
def show_pdf(reference: str, name: str) -> ResponseReturnValue:
    """Show how far the PDF of a document is."""
    page = pdfs.open_pdf(the_actor(), reference, name)
    case = case_top(page.frame, "documents")
    return render_template("documents/pdf.html", page=page, case=case, form=BaseForm())


@bp.post(_PDF)
@access(Act.READ_DOCUMENT)
def ask_for_pdf(reference: str, name: str) -> ResponseReturnValue:
    """Let the worker make it."""
    pdfs.ask_for_pdf(the_actor(), reference, name, BaseForm().token)
    return redirect(url_for("pdfs.show_pdf", reference=reference, name=name), 303)


@bp.get(f"{_PDF}/progress")
@access(Act.READ_DOCUMENT)
@poll
def show_progress(reference: str, name: str) -> ResponseReturnValue:
    """Tell the script of the page how far the PDF is; 204 where it knows that already."""
    pdf = pdfs.glance_at_pdf(the_actor(), reference, name)
    if request.args.get("seen") == pdf.state:
        return "", 204
    return {"seen": pdf.state, "step": pdf.state, "said": pdf.said}


@bp.get(f"{_PDF}/download")
@access(Act.READ_DOCUMENT)
@in_turn
def download_pdf(reference: str, name: str) -> ResponseReturnValue:
    """Hand out the PDF byte for byte, to be saved and never shown by the browser."""
    content = pdfs.download_pdf(the_actor(), reference, name)
    return file_answer(content, PDF, f"{reference}-{name}.pdf")
