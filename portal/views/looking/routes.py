"""Who looked at a case, for the coordinator; who did what in the area, for the auditor."""

from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import looking
from portal.services.looking import Asked
from portal.views.looking.forms import LogFilterForm
from portal.views.tabs import case_top
from portal.web.choices import Choice
from portal.web.pages import add_error, the_actor

bp = Blueprint("looking", __name__)

_DIGITS = 9  # as many as fit a number of both databases


@bp.get("/cases/<reference:reference>/log")
@access(Act.READ_CASE_LOG)
def show_case_log(reference: str) -> ResponseReturnValue:
    """Show who has looked at a case, and who did what on it."""
    page = looking.open_case_log(the_actor(), reference, _before())
    return render_template(
        "looking/case_log.html",
        page=page,
        case=case_top(page.frame, "log"),
        older=_older(page.looks, url_for("looking.show_case_log", reference=reference)),
    )


@bp.get("/audit")
@access(Act.READ_AREA_LOG)
def show_area_log() -> ResponseReturnValue:
    """Show the area's log by person, case, act and day."""
    actor = the_actor()
    form = LogFilterForm()
    form.person.choices = [
        Choice(str(number), name) for number, name in looking.people_in_log(actor)
    ]
    asked = _asked(form) if form.validate() and _days_fit(form) else None
    looks = looking.open_area_log(actor, asked, _before()) if asked else None
    html = render_template(
        "looking/area_log.html",
        form=form,
        looks=looks,
        older=_older(looks, url_for("looking.show_area_log")) if looks else None,
    )
    return html, 200 if asked else 422


def _asked(form: LogFilterForm) -> Asked:
    return Asked(
        person_id=int(form.person.data) if form.person.data else None,
        reference=form.reference.data,
        act=form.act.data or "",
        from_on=form.from_on.data,
        to_on=form.to_on.data,
    )


def _days_fit(form: LogFilterForm) -> bool:
    first, last = form.from_on.data, form.to_on.data
    if first and last and last < first:
        add_error(form, "to_on", "The last day must be the same as or after the first day")
        return False
    return True


def _before() -> int | None:
    typed = request.args.get("before", "")
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS
    return int(typed) if is_number else None


def _older(looks: looking.Looks, path: str) -> str | None:
    """Return the address of the next page, with the filters of this one."""
    if looks.before is None:
        return None
    asked = {name: text for name, text in request.args.items() if text}
    return f"{path}?{urlencode(asked | {'before': looks.before})}"
