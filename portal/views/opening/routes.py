"""The opening section: who comes in, the screen that they see, and that they have left."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from portal.access.routes import access
from portal.domain.roles import Act, Actor
from portal.services import opening
from portal.services.changes import ChangedMeanwhileError
from portal.services.faults import IntakeError
from portal.services.meeting import RunPage
from portal.services.opening import NobodyInTheRoomError
from portal.services.opening_content import OpeningScreen
from portal.services.opening_words import SHORT_STEPS, STEPS
from portal.views.chair.table import TableForm, press
from portal.views.meeting_screen import menu_of_meeting
from portal.views.opening.forms import REMOTE, LettingInForm, ScreenForm, WishesForm
from portal.web.conflict import conflict_page
from portal.web.fields import Choice
from portal.web.forms import mark_of
from portal.web.pages import add_error, the_actor

bp = Blueprint("opening", __name__)


@bp.errorhandler(NobodyInTheRoomError)
def _ask_who_comes_in(_error: NobodyInTheRoomError) -> ResponseReturnValue:
    """Lead to where the chair says who comes in: the screen is for nobody else."""
    reference = request.view_args["reference"] if request.view_args else ""
    return redirect(url_for("opening.let_in", reference=reference), 303)


@bp.route("/cases/<reference:reference>/meeting/opening/start", methods=["GET", "POST"])
@access(Act.RUN_MEETING)
def let_in(reference: str) -> ResponseReturnValue:
    """Say who comes in, and show the screen that is safe to show."""
    actor = the_actor()
    page = opening.open_letting_in(actor, reference)
    form = LettingInForm(data=_only(page.who_can_come))
    form.who.choices = [Choice(key, label) for key, label in page.who_can_come.items()]
    if form.validate_on_submit():
        typed = opening.TypedVisit(
            who=form.who.data,
            is_remote=form.how.data == REMOTE,
            with_them=form.with_them.data,
            rings_today=form.rings_today.data,
        )
        try:
            opening.let_in(actor, reference, form.token, typed)
        except IntakeError as error:
            add_error(form, error.field, str(error))
        else:
            return _to_screen(reference)
    menu = menu_of_meeting(reference)
    html = render_template("opening/let_in.html", page=page, form=form, menu=menu)
    return html, 422 if form.errors else 200


def _only(who_can_come: dict[str, str]) -> dict[str, str]:
    """Return who comes in, chosen already where it can be one only."""
    return {"who": next(iter(who_can_come))} if len(who_can_come) == 1 else {}


def _to_screen(reference: str) -> ResponseReturnValue:
    return redirect(url_for("opening.show_opening", reference=reference), 303)


@bp.get("/cases/<reference:reference>/meeting/opening")
@access(Act.RUN_MEETING)
def show_opening(reference: str) -> ResponseReturnValue:
    """Show the screen that is safe to show while the applicant is in the room."""
    return _show(opening.open_screen(the_actor(), reference))


def _show(screen: OpeningScreen, form: ScreenForm | None = None) -> ResponseReturnValue:
    """Show the screen, with what was typed where something is wrong with it."""
    wishes = screen.wishes
    stored = {"wishes": wishes.words, "version": wishes.version, "as_opened": mark_of(wishes.words)}
    form = form or ScreenForm(formdata=None, data=stored)
    form.left.label.text = screen.who_left
    html = render_template(
        "opening/opening.html",
        screen=screen,
        form=form,
        steps=STEPS,
        short_steps=SHORT_STEPS,
        in_the_room=screen.who,
        reference=screen.reference,
        menu=[],
    )
    return html, 422 if form.errors else 200


def _press(
    reference: str,
    carry_out: Callable[[Actor, ScreenForm], None],
    *asked: str,
    then: str = "opening.show_opening",
) -> ResponseReturnValue:
    """Answer a button of the screen; what they would like to happen is saved with each of them.

    Args:
        reference: of the case.
        carry_out: does what the button says.
        asked: the fields that it takes.
        then: endpoint of the page that follows.
    """
    actor, form = the_actor(), ScreenForm()
    screen = opening.open_screen(actor, reference)
    if not form.is_sound("wishes", *asked):
        return _show(screen, form)
    if form.has_new_wishes:
        try:
            opening.save_wishes(
                actor, reference, str(form.wishes_token.data), form.wishes.data, form.version.data
            )
        except ChangedMeanwhileError as error:
            return _both_wishes(reference, form, error)
    carry_out(actor, form)
    return redirect(url_for(then, reference=reference), 303)


@bp.post("/cases/<reference:reference>/meeting/opening/step")
@access(Act.RUN_MEETING)
def go_to_step(reference: str) -> ResponseReturnValue:
    """Go on to another step."""

    def carry_out(actor: Actor, form: ScreenForm) -> None:
        step = request.form.get("step", type=int)
        if step is not None:
            opening.go_to_step(actor, reference, form.token, step)

    return _press(reference, carry_out)


@bp.post("/cases/<reference:reference>/meeting/opening/wishes")
@access(Act.RUN_MEETING)
def save_wishes(reference: str) -> ResponseReturnValue:
    """Keep what they would like to happen."""
    return _press(reference, lambda _actor, _form: None)


def _both_wishes(
    reference: str, form: ScreenForm, error: ChangedMeanwhileError
) -> ResponseReturnValue:
    screen = opening.open_screen(the_actor(), reference)
    typed = WishesForm(formdata=MultiDict({"wishes": form.wishes.data}))
    typed.version.data = screen.wishes.version
    return conflict_page(
        typed,
        {"wishes": screen.wishes.words},
        error,
        thing="what you would like to happen",
        back=url_for("opening.show_opening", reference=reference),
        back_text="Opening section",
        action=url_for("opening.save_wishes", reference=reference),
        in_the_room=screen.who,
        reference=reference,
    )


@bp.post("/cases/<reference:reference>/meeting/opening/read")
@access(Act.RUN_MEETING)
def note_read_as_planned(reference: str) -> ResponseReturnValue:
    """Note that the statement was read out by who was to read it."""

    def carry_out(actor: Actor, form: ScreenForm) -> None:
        opening.note_read_as_planned(actor, reference, form.token)

    return _press(reference, carry_out)


@bp.post("/cases/<reference:reference>/meeting/opening/end")
@access(Act.RUN_MEETING)
def end_opening(reference: str) -> ResponseReturnValue:
    """End the opening section: they have left, in the room and on video."""

    def carry_out(actor: Actor, form: ScreenForm) -> None:
        opening.end_opening(actor, reference, form.token)
        flash("The opening section has ended", "saved")

    return _press(reference, carry_out, "left", then="chair.run_meeting")


@bp.post("/cases/<reference:reference>/meeting/opening/back")
@access(Act.RUN_MEETING)
def come_back(reference: str) -> ResponseReturnValue:
    """Show the screen again to who left last."""
    return press(reference, _come_back, then="opening.show_opening")


def _come_back(actor: Actor, form: TableForm, page: RunPage) -> None:
    opening.come_back(actor, page.frame.reference, form.token)
