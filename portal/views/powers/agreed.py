"""What the meeting agreed besides its actions: powers considered, and recommendations."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.powers_considered import PowerResult
from portal.domain.roles import Act
from portal.services import powers_considered, recommendations
from portal.services.agreed import ShownConsidered, ShownRecommendation
from portal.services.changes import ChangedMeanwhileError
from portal.services.frames import CaseFrame
from portal.services.powers import PowerError
from portal.services.powers_considered import ConsideredPage
from portal.services.recommendations import RecommendationPage
from portal.services.writing import power_thing, recommendation_thing
from portal.views.actions.forms import agency_choices, power_choices
from portal.views.meeting_screen import form_on_screen
from portal.views.powers.forms import WORDS_OF, ConsideredForm, RecommendationForm
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page
from portal.web.pages import add_error, the_actor

bp = Blueprint("powers", __name__)

_MEETING = "/cases/<reference:reference>/meeting"
_LEAST_FIRST = "Start with the least that can work, and ask what happens if it is ignored."


@bp.get(f"{_MEETING}/agreed")
@access(Act.VIEW_CASE)
def show_agreed(reference: str) -> ResponseReturnValue:
    """Show what the meeting has agreed so far."""
    page = powers_considered.open_agreed(the_actor(), reference)
    return render_template("powers/agreed.html", page=page, case=case_top(page.frame, "meeting"))


def _back(frame: CaseFrame) -> str:
    """Return where a form leads: the chair's page is projected, and the case's page must not be."""
    endpoint = "chair.run_meeting" if Act.RUN_MEETING in frame.open_acts else "powers.show_agreed"
    return url_for(endpoint, reference=frame.reference)


@bp.route(f"{_MEETING}/powers/add", methods=["GET", "POST"])
@access(Act.CONSIDER_POWER)
def consider_power(reference: str) -> ResponseReturnValue:
    """Record what the panel says of a power."""
    actor = the_actor()
    page = powers_considered.open_considered(actor, reference)
    form = _offer(page, ConsideredForm())
    if form.validate_on_submit():
        try:
            powers_considered.consider_power(actor, reference, form.token, form.typed())
        except PowerError as error:
            add_error(form, error.field, str(error))
        else:
            flash("Power recorded", "saved")
            return redirect(_back(page.frame), 303)
    return form_on_screen(
        form,
        page.frame,
        "Power considered",
        _back(page.frame),
        is_projected=page.is_meeting_open,
        hint=_LEAST_FIRST,
    )


def _offer(page: ConsideredPage, form: ConsideredForm) -> ConsideredForm:
    stored = page.considered
    form.power.choices = power_choices(page.powers, stored.power if stored else "")
    agencies = dict(page.agencies)
    if stored:
        agencies.setdefault(stored.agency_id, stored.agency_name)
    form.agency.choices = agency_choices(agencies.items())
    return form


@bp.route(f"{_MEETING}/powers/<number:number>", methods=["GET", "POST"])
@access(Act.CONSIDER_POWER)
def change_considered(reference: str, number: int) -> ResponseReturnValue:
    """Change what the panel said of a power."""
    actor = the_actor()
    page = powers_considered.open_considered(actor, reference, number)
    form = _offer(page, ConsideredForm(data=_said(page.considered)))
    if form.validate_on_submit():
        try:
            powers_considered.change_considered(
                actor, reference, number, form.token, form.typed(), form.version.data
            )
        except PowerError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            page = powers_considered.open_considered(actor, reference, number)
            stored = _said(page.considered)
            form.version.data = stored.pop("version")
            return conflict_page(
                _offer(page, form),
                stored,
                error,
                thing=f"power {number}",
                back=_back(page.frame),
                frame=page.frame,
                is_projected=page.is_meeting_open,
            )
        else:
            flash("Power saved", "saved")
            return redirect(_back(page.frame), 303)
    return form_on_screen(
        form,
        page.frame,
        f"Power {number}",
        _back(page.frame),
        is_projected=page.is_meeting_open,
        writing=power_thing(number),
        writers=page.writers,
    )


def _said(stored: ShownConsidered | None) -> dict[str, Any]:
    """Return what is stored by the names of the form's fields."""
    if stored is None:
        return {}
    texts = {name: stored.words if of is stored.result else "" for of, name in WORDS_OF.items()}
    return texts | {
        "power": stored.power,
        "agency": str(stored.agency_id),
        "result": stored.result.value,
        "used_on": stored.on_day if stored.result is PowerResult.USED else None,
        "later_by": stored.on_day if stored.result is PowerResult.LATER else None,
        "who": stored.who,
        "why_not": stored.why_not.value if stored.why_not else None,
        "version": stored.version,
    }


@bp.route(f"{_MEETING}/recommendations/add", methods=["GET", "POST"])
@access(Act.RECOMMEND)
def recommend(reference: str) -> ResponseReturnValue:
    """Record a recommendation to a public body."""
    actor = the_actor()
    page = recommendations.open_recommendation(actor, reference)
    form = RecommendationForm(data={"reply_text": page.reply_by})
    if form.validate_on_submit():
        number = recommendations.recommend(actor, reference, form.token, form.typed())
        flash(f"Recommendation {number} added", "saved")
        return redirect(_back(page.frame), 303)
    return _form(form, page, "Recommendation to a public body", hint=_REPLY)


_REPLY = (
    "For a step of a body that did not agree it here, or that needs a change of policy. The day of "
    f"the reply is {recommendations.REPLY_WITHIN} working days from today unless you change it."
)


def _form(
    form: RecommendationForm,
    page: RecommendationPage,
    heading: str,
    *,
    hint: str = "",
    writing: str = "",
) -> ResponseReturnValue:
    return form_on_screen(
        form,
        page.frame,
        heading,
        _back(page.frame),
        is_projected=page.is_meeting_open,
        hint=hint,
        writing=writing,
        writers=page.writers,
    )


@bp.route(f"{_MEETING}/recommendations/<number:number>", methods=["GET", "POST"])
@access(Act.RECOMMEND)
def change_recommendation(reference: str, number: int) -> ResponseReturnValue:
    """Change a recommendation."""
    actor = the_actor()
    page = recommendations.open_recommendation(actor, reference, number)
    form = RecommendationForm(data=_advised(page.stored))
    if form.validate_on_submit():
        try:
            recommendations.change_recommendation(
                actor, reference, number, form.token, form.typed(), form.version.data
            )
        except ChangedMeanwhileError as error:
            page = recommendations.open_recommendation(actor, reference, number)
            stored = _advised(page.stored)
            form.version.data = stored.pop("version")
            return conflict_page(
                form,
                stored,
                error,
                thing=f"recommendation {number}",
                back=_back(page.frame),
                frame=page.frame,
                is_projected=page.is_meeting_open,
            )
        flash(f"Recommendation {number} saved", "saved")
        return redirect(_back(page.frame), 303)
    return _form(form, page, f"Recommendation {number}", writing=recommendation_thing(number))


def _advised(stored: ShownRecommendation | None) -> dict[str, Any]:
    """Return what is stored by the names of the form's fields."""
    if stored is None:
        return {}
    return {
        "body": stored.body,
        "what": stored.what,
        "why": stored.why,
        "by_text": stored.by_on,
        "reply_text": stored.reply_by,
        "words_for_applicant": stored.words_for_applicant,
        "version": stored.version,
    }
