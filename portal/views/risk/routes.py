"""Pages of the risk: read, scored, decided otherwise, and agreed to by a second person."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.risk.bands import Band, BandReason
from portal.domain.roles import Act
from portal.services import risk, risk_bands, risk_page
from portal.services.changes import ChangedMeanwhileError
from portal.services.risk import RiskError
from portal.services.risk_bands import BandPage, TypedBand
from portal.views.risk.forms import AnswerForm, BandForm, scoring_form, stored_scoring
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("risk", __name__)

_CHANGED = "The risk has changed since you opened it. Read it again: this is how it stands now"


def _to_risk(sentence: str, reference: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("risk.show_risk", reference=reference), 303)


def _add_faults(form: BaseForm, error: RiskError) -> None:
    for field, sentence in error.faults:
        add_error(form, field, sentence)


@bp.get("/cases/<reference:reference>/risk")
@access(Act.READ_RISK)
def show_risk(reference: str) -> ResponseReturnValue:
    """Show the band, what it makes happen and, to who decides, every scoring."""
    return _show(reference)


def _show(reference: str, refused: str = "", code: int = 200) -> ResponseReturnValue:
    page = risk_page.open_risk(the_actor(), reference)
    html = render_template(
        "risk/risk.html",
        page=page,
        case=case_top(page.frame, "risk"),
        errors=[(refused, "#band")] if refused else [],
    )
    return html, code


@bp.route("/cases/<reference:reference>/risk/score", methods=["GET", "POST"])
@access(Act.SCORE_RISK)
def score_risk(reference: str) -> ResponseReturnValue:
    """Score the risk; each scoring is kept."""
    actor = the_actor()
    page = risk.open_scoring(actor, reference)
    form = scoring_form(page)
    if form.validate_on_submit():
        try:
            risk.score_risk(actor, reference, form.token, form.typed(page), form.version.data)
        except RiskError as error:
            _add_faults(form, error)
        except ChangedMeanwhileError as error:
            page = risk.open_scoring(actor, reference)
            form.version.data = page.version
            return conflict_page(
                form,
                stored_scoring(page),
                error,
                thing="the risk",
                back=url_for("risk.show_risk", reference=reference),
                frame=page.frame,
            )
        else:
            return _to_risk("The risk is scored", reference)
    html = render_template(
        "risk/score.html", form=form, page=page, case=case_top(page.frame, "risk")
    )
    return html, 422 if form.errors else 200


@bp.route("/cases/<reference:reference>/risk/band", methods=["GET", "POST"])
@access(Act.DECIDE_BAND)
def decide_band(reference: str) -> ResponseReturnValue:
    """Decide on another band than the one in force."""
    actor = the_actor()
    page = risk_bands.open_band(actor, reference)
    form = BandForm(data={"line": page.line, "version": page.version})
    if form.validate_on_submit():
        try:
            risk_bands.decide_band(
                actor, reference, form.token, _typed_band(form), form.version.data
            )
        except RiskError as error:
            _add_faults(form, error)
        except ChangedMeanwhileError as error:
            return _band_conflict(reference, form, error)
        else:
            return _to_risk("Your decision is kept beside the score", reference)
    return _band_form(page, form)


def _band_form(page: BandPage, form: Any) -> ResponseReturnValue:
    form.offer(page.now)
    html = render_template(
        "risk/band.html", form=form, page=page, case=case_top(page.frame, "risk")
    )
    return html, 422 if form.errors else 200


def _band_conflict(reference: str, form: Any, error: ChangedMeanwhileError) -> ResponseReturnValue:
    page = risk_bands.open_band(the_actor(), reference)
    form.version.data = page.version
    return conflict_page(
        form,
        {"band": page.now.value, "line": page.line},
        error,
        thing="the band",
        back=url_for("risk.show_risk", reference=reference),
        frame=page.frame,
    )


def _typed_band(form: Any) -> TypedBand:
    return TypedBand(
        band=Band(form.band.data),
        reason=BandReason(form.reason.data),
        words=form.words.data,
        fact=form.fact.data,
        fact_on=form.fact_on.data,
        line=form.line.data,
    )


@bp.route("/cases/<reference:reference>/risk/band/answer", methods=["GET", "POST"])
@access(Act.AGREE_TO_BAND)
def answer_band(reference: str) -> ResponseReturnValue:
    """Say as the second person whether a lower band is right."""
    actor = the_actor()
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            risk_bands.answer_band(
                actor,
                reference,
                form.token,
                agrees=form.agrees.data == "yes",
                words=form.words.data,
                version=form.version.data,
            )
        except ChangedMeanwhileError:
            return _show(reference, _CHANGED, 409)
        return _to_risk("Your answer is kept", reference)
    page = risk_bands.open_asked(actor, reference)
    if not form.is_submitted() and form.version.data is None:
        form.version.data = page.version
    html = render_template(
        "risk/answer.html", form=form, page=page, case=case_top(page.frame, "risk")
    )
    return html, 422 if form.errors else 200
