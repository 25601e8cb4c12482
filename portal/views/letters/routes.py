"""Pages of the letters to the applicant: listed, written, read, issued."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.letters import LetterKind
from portal.domain.roles import Act
from portal.domain.stages import IllegalMoveError
from portal.services import letter_issuing, letters
from portal.services.changes import ChangedMeanwhileError
from portal.services.letter_checks import CONSENT, LATE, PEOPLE, REASONS, SAFE_CONTACT
from portal.services.letters import LetterForm, LetterPage
from portal.services.paper_checks import Check
from portal.views.letters.forms import IssueForm, step_fields, stored, typed_letter, write_form
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page
from portal.web.pages import the_actor

bp = Blueprint("letters", __name__)

_KIND = f"<any({','.join(repr(kind.value) for kind in LetterKind)}):kind>"
_CHANGED = "The letter has changed since you opened it. Read it again: this is how it stands now"


@bp.get("/cases/<reference:reference>/letters")
@access(Act.READ_LETTERS)
def list_letters(reference: str) -> ResponseReturnValue:
    """Show which letters there are, and what was issued."""
    page = letters.open_letters(the_actor(), reference)
    return render_template("letters/list.html", page=page, case=case_top(page.frame, "letters"))


@bp.get(f"/cases/<reference:reference>/letters/{_KIND}")
@access(Act.READ_LETTERS)
def show_letter(reference: str, kind: str) -> ResponseReturnValue:
    """Show a letter as it will read, and what blocks issuing it."""
    return _show(letters.open_letter(the_actor(), reference, LetterKind(kind)))


def _show(
    page: LetterPage, *, form: IssueForm | None = None, refused: str = "", code: int = 200
) -> ResponseReturnValue:
    form = form or IssueForm(formdata=None, data={"version": page.ready.version})
    html = render_template(
        "letters/letter.html",
        page=page,
        case=case_top(page.frame, "letters"),
        form=form,
        errors=[(refused, "#letter")] if refused else form.errors_for(),
        place_of=lambda check: _place_of(page, check),
    )
    return html, code


# The pages on which a check is put right that is no field of the letter, and where on them.
_PLACES = {
    SAFE_CONTACT: ("details.change_safe_contact", None),
    CONSENT: ("consent.record_consent", None),
    PEOPLE: ("cases.show_people", None),
    LATE: ("clocks.show_clocks", None),
    REASONS: ("meetings.book_meeting", REASONS),
}


def _place_of(page: LetterPage, check: Check) -> str | None:
    """Return where a check is put right."""
    reference = page.frame.reference
    if check.at in _PLACES:
        endpoint, anchor = _PLACES[check.at]
        return url_for(endpoint, reference=reference, _anchor=anchor)
    if not check.at:
        return None
    return url_for(
        "letters.write_letter", reference=reference, kind=page.kind.value, _anchor=check.at
    )


@bp.route(f"/cases/<reference:reference>/letters/{_KIND}/write", methods=["GET", "POST"])
@access(Act.WRITE_LETTER)
def write_letter(reference: str, kind: str) -> ResponseReturnValue:
    """Write what a letter says."""
    actor, of = the_actor(), LetterKind(kind)
    page = letters.open_letter_form(actor, reference, of)
    form = write_form(page)
    back = url_for("letters.show_letter", reference=reference, kind=kind)
    if form.validate_on_submit():
        try:
            letters.write_letter(
                actor, reference, of, form.token, typed_letter(form, page), form.version.data
            )
        except ChangedMeanwhileError as error:
            return _conflict(form, letters.open_letter_form(actor, reference, of), error, back)
        else:
            flash("Letter saved", "saved")
            return redirect(back, 303)
    html = render_template(
        "letters/write.html",
        page=page,
        case=case_top(page.frame, "letters"),
        form=form,
        reports=[form[each.key] for each in page.reports],
        steps=step_fields(form),
        ends=[form[each.key] for each in page.told_steps],
    )
    return html, 422 if form.errors else 200


def _conflict(
    form: Any, page: LetterForm, error: ChangedMeanwhileError, back: str
) -> ResponseReturnValue:
    form.version.data = page.version
    saved = {name: value for name, value in stored(page).items() if name in form}
    return conflict_page(form, saved, error, thing="the letter", back=back, frame=page.frame)


@bp.post(f"/cases/<reference:reference>/letters/{_KIND}/issue")
@access(Act.ISSUE_LETTER)
def issue_letter(reference: str, kind: str) -> ResponseReturnValue:
    """Issue a letter as it stands."""
    actor, of = the_actor(), LetterKind(kind)
    form = IssueForm()
    if not form.validate_on_submit():
        return _show(letters.open_letter(actor, reference, of), form=form, code=422)
    try:
        number = letter_issuing.issue_letter(actor, reference, of, form.token, form.version.data)
    except ChangedMeanwhileError:
        page = letters.open_letter(actor, reference, of)
        return _show(page, refused=_CHANGED, code=409)
    except IllegalMoveError as error:
        page = letters.open_letter(actor, reference, of)
        return _show(page, refused=str(error), code=409)
    flash(f"The letter is issued, as issue {number}", "saved")
    return redirect(url_for("letters.show_letter", reference=reference, kind=kind), 303)
