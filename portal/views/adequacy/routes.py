"""Pages on whether what each agency did was enough."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.adequacy import PROMPTS, WHAT_IT_IS, Adequacy
from portal.domain.roles import Act
from portal.services import adequacy
from portal.services.adequacy import AdequacyError, FindingPage
from portal.services.agreed import ShownFinding
from portal.services.changes import ChangedMeanwhileError
from portal.services.frames import CaseFrame
from portal.views.adequacy.forms import FindingForm
from portal.views.meeting_screen import menu_of_meeting
from portal.web.conflict import conflict_page
from portal.web.pages import add_error, the_actor

bp = Blueprint("adequacy", __name__)

_ADEQUACY = "/cases/<reference:reference>/meeting/adequacy"


@bp.get(_ADEQUACY)
@access(Act.FIND_ADEQUACY)
def list_findings(reference: str) -> ResponseReturnValue:
    """List the agencies of the panel, with what was found of the response of each."""
    page = adequacy.open_adequacy(the_actor(), reference)
    return _on_screen("adequacy/list.html", page, back=_meeting(page.frame))


def _on_screen(template: str, page: Any, **variables: Any) -> str:
    """Return a page with the menu of the meeting where the panel may look on."""
    if page.is_meeting_open:
        variables["menu"] = menu_of_meeting(page.frame.reference)
    return render_template(template, page=page, prompts=PROMPTS, what_it_is=WHAT_IT_IS, **variables)


def _meeting(frame: CaseFrame) -> str:
    """Return where the list leads back: to the page of who leads, or to what was agreed."""
    endpoint = "chair.run_meeting" if Act.RUN_MEETING in frame.open_acts else "powers.show_agreed"
    return url_for(endpoint, reference=frame.reference)


@bp.route(f"{_ADEQUACY}/<number:agency_id>", methods=["GET", "POST"])
@access(Act.FIND_ADEQUACY)
def find_adequacy(reference: str, agency_id: int) -> ResponseReturnValue:
    """Record what the panel finds of the response of an agency."""
    actor = the_actor()
    page = adequacy.open_finding(actor, reference, agency_id)
    form = FindingForm(data=_stored(page.agency.found))
    back = url_for("adequacy.list_findings", reference=page.frame.reference)
    if form.validate_on_submit():
        try:
            adequacy.find_adequacy(
                actor,
                reference,
                agency_id,
                form.token,
                Adequacy(form.finding.data),
                form.fact.data,
                form.version.data,
            )
        except AdequacyError as error:
            add_error(form, "fact", str(error))
        except ChangedMeanwhileError as error:
            return _conflict(form, adequacy.open_finding(actor, reference, agency_id), error, back)
        else:
            flash(f"Saved for {page.agency.name}", "saved")
            return redirect(back, 303)
    html = _on_screen("adequacy/form.html", page, form=form, back=back)
    return html, 422 if form.errors else 200


def _stored(found: ShownFinding | None) -> dict[str, Any]:
    """Return what is stored by the names of the form's fields; version 0 where nothing is."""
    if found is None:
        return {"version": 0}
    return {"finding": found.finding.value, "fact": found.fact, "version": found.version}


def _conflict(
    form: FindingForm, page: FindingPage, error: ChangedMeanwhileError, back: str
) -> ResponseReturnValue:
    stored = _stored(page.agency.found)
    form.version.data = stored.pop("version")
    return conflict_page(
        form,
        stored,
        error,
        thing=f"the finding for {page.agency.name}",
        back=back,
        frame=page.frame,
        is_projected=page.is_meeting_open,
    )
