"""Pages of the papers for a sitting: what a reader received; for the office, issuing them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.domain.stages import IllegalMoveError
from portal.services import papers, papers_issuing
from portal.services.changes import ChangedMeanwhileError
from portal.services.faults import IntakeError
from portal.services.paper_checks import Check
from portal.services.papers import PapersPage
from portal.views.papers.forms import AgendaForm, PackForm
from portal.views.tabs import case_top
from portal.web.files import WORD, file_answer
from portal.web.pages import add_error, the_actor
from portal.web.turns import in_turn

bp = Blueprint("papers", __name__)

_CHANGED = "The papers have changed since you opened this page. Read it again before you issue them"
_PLACES = {
    "meeting": "meetings.book_meeting",
    "agenda": "agenda.show_agenda",
    "people": "cases.show_people",
}


@bp.get("/cases/<reference:reference>/papers")
@access(Act.READ_DOCUMENT)
def show_papers(reference: str) -> ResponseReturnValue:
    """Show the papers for the meeting that this reader may open."""
    return _show(papers.open_papers(the_actor(), reference))


def _show(
    page: PapersPage,
    *,
    agenda_form: AgendaForm | None = None,
    pack_form: PackForm | None = None,
    refused: str = "",
    code: int = 200,
) -> ResponseReturnValue:
    agenda_form = agenda_form or AgendaForm(formdata=None, data={"version": page.next_agenda})
    pack_form = pack_form or PackForm(formdata=None, data={"version": page.next_pack})
    sent = [*agenda_form.errors_for(), *pack_form.errors_for()]
    html = render_template(
        "papers/papers.html",
        page=page,
        case=case_top(page.frame, "meeting"),
        agenda_form=agenda_form,
        pack_form=pack_form,
        errors=[(refused, "#papers")] if refused else sent,
        place_of=lambda check: _place_of(page, check),
    )
    return html, code


def _place_of(page: PapersPage, check: Check) -> str:
    """Return where a check is put right."""
    return url_for(_PLACES[check.at], reference=page.frame.reference)


@bp.post("/cases/<reference:reference>/papers/agenda")
@access(Act.ISSUE_PAPERS)
def issue_agenda(reference: str) -> ResponseReturnValue:
    """Issue the agenda to the whole panel."""
    form = AgendaForm()
    if not form.validate_on_submit():
        return _show(_page_to_issue(reference), agenda_form=form, code=422)
    try:
        number = papers_issuing.issue_agenda(
            the_actor(), reference, form.token, form.agenda_changed.data, form.version.data
        )
    except IntakeError as error:
        add_error(form, "agenda_changed", str(error))
        return _show(_page_to_issue(reference), agenda_form=form, code=422)
    except (ChangedMeanwhileError, IllegalMoveError) as error:
        return _refused(reference, error)
    return _issued(reference, f"The agenda is issued, as issue {number}")


@bp.post("/cases/<reference:reference>/papers/packs")
@access(Act.ISSUE_PAPERS)
def issue_packs(reference: str) -> ResponseReturnValue:
    """Issue a pack to each member."""
    form = PackForm()
    if not form.validate_on_submit():
        return _show(_page_to_issue(reference), pack_form=form, code=422)
    try:
        number = papers_issuing.issue_packs(
            the_actor(), reference, form.token, form.pack_changed.data, form.version.data
        )
    except IntakeError as error:
        add_error(form, "pack_changed", str(error))
        return _show(_page_to_issue(reference), pack_form=form, code=422)
    except (ChangedMeanwhileError, IllegalMoveError) as error:
        return _refused(reference, error)
    return _issued(reference, f"The packs are issued, as issue {number}")


def _page_to_issue(reference: str) -> PapersPage:
    """Return the page for a form that comes back; only who issues papers gets it."""
    return papers.open_papers(the_actor(), reference, Act.ISSUE_PAPERS)


def _refused(
    reference: str, error: ChangedMeanwhileError | IllegalMoveError
) -> ResponseReturnValue:
    sentence = _CHANGED if isinstance(error, ChangedMeanwhileError) else str(error)
    return _show(_page_to_issue(reference), refused=sentence, code=409)


def _issued(reference: str, sentence: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("papers.show_papers", reference=reference), 303)


@bp.get("/cases/<reference:reference>/papers/<key:key>.docx")
@access(Act.READ_DOCUMENT)
@in_turn
def download(reference: str, key: str) -> ResponseReturnValue:
    """Hand out a paper to its receiver byte for byte, to be saved and never shown."""
    paper = papers.download_paper(the_actor(), reference, key)
    return file_answer(paper.content, WORD, paper.filename)
