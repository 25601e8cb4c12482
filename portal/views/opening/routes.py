"""The opening section: who comes in, the screen that they see, and that they have left."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import opening
from portal.services.changes import ChangedMeanwhileError
from portal.services.faults import IntakeError
from portal.services.opening import NobodyInTheRoomError
from portal.services.opening_content import OpeningScreen
from portal.services.opening_words import SHORT_STEPS, STEPS
from portal.views.meeting_screen import menu_of_meeting
from portal.views.opening.forms import REMOTE, LeftForm, LettingInForm, StepForm, WishesForm
from portal.web.conflict import conflict_page
from portal.web.fields import Choice
from portal.web.forms import BaseForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("opening", __name__)


@dataclass(frozen=True)
class _Forms:
    """The forms of the screen; the one that was sent keeps what was typed."""

    wishes: WishesForm
    left: LeftForm
    button: BaseForm

    def errors(self) -> list[tuple[str, str]]:
        """Return the errors of all of them."""
        return [*self.wishes.errors_for(), *self.left.errors_for()]


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


def _show(
    screen: OpeningScreen, *, wishes: WishesForm | None = None, left: LeftForm | None = None
) -> ResponseReturnValue:
    stored = {"wishes": screen.wishes.words, "version": screen.wishes.version}
    forms = _Forms(
        wishes or WishesForm(formdata=None, data=stored),
        left or LeftForm(formdata=None),
        BaseForm(formdata=None),
    )
    forms.left.left.label.text = screen.who_left
    html = render_template(
        "opening/opening.html",
        screen=screen,
        forms=forms,
        errors=forms.errors(),
        steps=STEPS,
        short_steps=SHORT_STEPS,
        in_the_room=screen.who,
        reference=screen.reference,
        menu=[],
    )
    return html, 422 if forms.errors() else 200


@bp.post("/cases/<reference:reference>/meeting/opening/step")
@access(Act.RUN_MEETING)
def go_to_step(reference: str) -> ResponseReturnValue:
    """Go on to another step."""
    actor = the_actor()
    form = StepForm()
    if not form.validate_on_submit():
        return _show(opening.open_screen(actor, reference))
    opening.go_to_step(actor, reference, form.token, form.step.data)
    return _to_screen(reference)


@bp.post("/cases/<reference:reference>/meeting/opening/wishes")
@access(Act.RUN_MEETING)
def save_wishes(reference: str) -> ResponseReturnValue:
    """Keep what they would like to happen."""
    actor = the_actor()
    form = WishesForm()
    if form.validate_on_submit():
        try:
            opening.save_wishes(actor, reference, form.token, form.wishes.data, form.version.data)
        except ChangedMeanwhileError as error:
            return _both_wishes(reference, form, error)
        else:
            return _to_screen(reference)
    return _show(opening.open_screen(actor, reference), wishes=form)


def _both_wishes(
    reference: str, form: WishesForm, error: ChangedMeanwhileError
) -> ResponseReturnValue:
    screen = opening.open_screen(the_actor(), reference)
    form.version.data = screen.wishes.version
    return conflict_page(
        form,
        {"wishes": screen.wishes.words},
        error,
        thing="what you would like to happen",
        back=url_for("opening.show_opening", reference=reference),
        back_text="Opening section",
        in_the_room=screen.who,
        reference=reference,
    )


@bp.post("/cases/<reference:reference>/meeting/opening/read")
@access(Act.RUN_MEETING)
def note_read_as_planned(reference: str) -> ResponseReturnValue:
    """Note that the statement was read out by who was to read it."""
    form = BaseForm()
    if form.validate_on_submit():
        opening.note_read_as_planned(the_actor(), reference, form.token)
    return _to_screen(reference)


@bp.post("/cases/<reference:reference>/meeting/opening/end")
@access(Act.RUN_MEETING)
def end_opening(reference: str) -> ResponseReturnValue:
    """End the opening section: they have left, in the room and on video."""
    actor = the_actor()
    form = LeftForm()
    if not form.validate_on_submit():
        return _show(opening.open_screen(actor, reference), left=form)
    opening.end_opening(actor, reference, form.token)
    flash("The opening section has ended", "saved")
    return redirect(url_for("chair.run_meeting", reference=reference), 303)


@bp.post("/cases/<reference:reference>/meeting/opening/back")
@access(Act.RUN_MEETING)
def come_back(reference: str) -> ResponseReturnValue:
    """Show the screen again to who left last."""
    form = BaseForm()
    if form.validate_on_submit():
        opening.come_back(the_actor(), reference, form.token)
    return _to_screen(reference)
