"""Pages of the guide to powers, and of what an area has switched on."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access import rules
from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import powers
from portal.services.changes import ChangedMeanwhileError
from portal.services.powers import PowerError, ShownPower, SwitchPage, TypedSwitch
from portal.views.powers.forms import GuideForm, SwitchForm
from portal.web.conflict import conflict_page
from portal.web.pages import add_error, the_actor

bp = Blueprint("guide", __name__)


@bp.get("/powers")
@access(Act.READ_POWERS)
def show_guide() -> ResponseReturnValue:
    """Show the guide: who may use which power, by group, or what fits a question."""
    actor = the_actor()
    form = GuideForm()
    is_valid = form.validate()
    found = powers.open_guide(actor)
    if is_valid:
        found = tuple(shown for shown in found if _fits(shown, form))
    html = render_template(
        "powers/guide.html",
        form=form,
        powers=found,
        may_switch=rules.has_act(actor.role, Act.SWITCH_POWERS),
    )
    return html, 200 if is_valid else 422


def _fits(shown: ShownPower, form: GuideForm) -> bool:
    power = shown.power
    return (
        (not form.who.data or form.who.data in power.who_may_use)
        and (not form.group.data or form.group.data == power.group)
        and power.has(form.q.data)
    )


@bp.get("/admin/powers")
@access(Act.SWITCH_POWERS)
def list_switches() -> ResponseReturnValue:
    """List the powers that are not in force for certain, with who switched them and when."""
    pages = powers.list_switches(the_actor())
    return render_template("powers/switches.html", pages=pages)


@bp.route("/admin/powers/<power_id>", methods=["GET", "POST"])
@access(Act.SWITCH_POWERS)
def switch(power_id: str) -> ResponseReturnValue:
    """Switch a power on from a day, or off."""
    actor = the_actor()
    page = powers.open_switch(actor, power_id)
    form = SwitchForm(version=page.version)
    if form.validate_on_submit():
        typed = _typed_switch(form)
        try:
            powers.switch(actor, form.token, power_id, typed, form.version.data)
        except PowerError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            page = powers.open_switch(actor, power_id)
            form.version.data = page.version
            return conflict_page(
                form,
                _stored(page),
                error,
                thing=f"“{page.shown.power.name}”",
                back=url_for("guide.list_switches"),
                back_text="Powers that an area switches on",
            )
        else:
            flash(f"{page.shown.power.name} is {'on' if typed.is_on else 'off'}", "saved")
            return redirect(url_for("guide.list_switches"), 303)
    html = render_template("powers/switch.html", page=page, form=form)
    return html, 422 if form.errors else 200


def _typed_switch(form: SwitchForm) -> TypedSwitch:
    is_on = form.state.data == "on"
    return TypedSwitch(
        is_on=is_on, from_on=form.from_on.data if is_on else None, reason=form.reason.data
    )


def _stored(page: SwitchPage) -> dict[str, object]:
    last = page.history[0] if page.history else None
    is_on = last is not None and last.is_on
    return {
        "state": "on" if is_on else "off",
        "from_on": last.from_on if last and is_on else None,
        "reason": last.reason if last else "",
    }
