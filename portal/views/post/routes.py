"""Pages of the office: what is to be sent, what could not be delivered, each paper on its way."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import deliveries, delivery_steps, safe_reach, undelivered
from portal.services.changes import ChangedMeanwhileError
from portal.views.post.forms import CallForm, ReachForm
from portal.views.tabs import case_top
from portal.web.conflict import conflict_page
from portal.web.forms import BaseForm
from portal.web.pages import the_actor

bp = Blueprint("post", __name__)

_SAVED = {
    "posted": "Marked as posted",
    "came_back": "Marked as come back",
    "take_back": "Taken back. Its link opens nothing any more",
    "again": "On its way again",
}


@bp.get("/post")
@access(Act.READ_POST)
def list_post() -> ResponseReturnValue:
    """Show what the office has to post, to ring about, and to ask about first."""
    return render_template("post/post.html", page=deliveries.open_post(the_actor()))


@bp.get("/post/undelivered")
@access(Act.READ_POST)
def list_undelivered() -> ResponseReturnValue:
    """Show the messages that could not be delivered."""
    letters = undelivered.open_undelivered(the_actor())
    return render_template("post/undelivered.html", letters=letters, new_form=BaseForm)


@bp.post("/post/undelivered/<number:message_id>/again")
@access(Act.DELIVER_PAPER)
def try_again(message_id: int) -> ResponseReturnValue:
    """Have a message sent again."""
    undelivered.try_again(the_actor(), message_id, BaseForm().token)
    flash("It is sent again", "saved")
    return redirect(url_for("post.list_undelivered"), 303)


@bp.post("/post/undelivered/<number:message_id>/by-post")
@access(Act.DELIVER_PAPER)
def send_by_post(message_id: int) -> ResponseReturnValue:
    """Send a paper by post instead."""
    undelivered.send_by_post(the_actor(), message_id, BaseForm().token)
    flash("It is on the list of what is to be posted", "saved")
    return redirect(url_for("post.list_undelivered"), 303)


@bp.get("/cases/<reference:reference>/deliveries/<number:delivery_id>")
@access(Act.READ_POST)
def show_delivery(reference: str, delivery_id: int) -> ResponseReturnValue:
    """Show a paper on its way: where to, what was done, what can be done now."""
    return _show(reference, delivery_id)


def _show(reference: str, delivery_id: int, **more: Any) -> str:
    page = deliveries.open_delivery(the_actor(), reference, delivery_id)
    return render_template(
        "post/delivery.html",
        page=page,
        form=BaseForm(),
        case=case_top(page.frame, "documents"),
        **more,
    )


@bp.post("/cases/<reference:reference>/deliveries/<number:delivery_id>/mark")
@access(Act.DELIVER_PAPER)
def mark(reference: str, delivery_id: int) -> ResponseReturnValue:
    """Record what was done with a paper."""
    asked = request.form.get("done", "")
    done = delivery_steps.mark(the_actor(), reference, delivery_id, BaseForm().token, done=asked)
    flash(_SAVED[done], "saved")
    return redirect(
        url_for("post.show_delivery", reference=reference, delivery_id=delivery_id), 303
    )


@bp.post("/cases/<reference:reference>/deliveries/<number:delivery_id>/code")
@access(Act.DELIVER_PAPER)
def tell_code(reference: str, delivery_id: int) -> ResponseReturnValue:
    """Show a new code, once, for telling it on the phone or writing it on paper."""
    code = delivery_steps.tell_code(the_actor(), reference, delivery_id, BaseForm().token)
    return _show(reference, delivery_id, code=code)


@bp.route(
    "/cases/<reference:reference>/deliveries/<number:delivery_id>/call", methods=["GET", "POST"]
)
@access(Act.DELIVER_PAPER)
def call(reference: str, delivery_id: int) -> ResponseReturnValue:
    """Show the script of a call, and record what came of it."""
    actor = the_actor()
    form = CallForm()
    if form.validate_on_submit():
        delivery_steps.record_call(
            actor,
            reference,
            delivery_id,
            form.token,
            came_of_it=form.came_of_it.data,
            words=form.words.data,
        )
        flash("Call recorded", "saved")
        back = url_for("post.show_delivery", reference=reference, delivery_id=delivery_id)
        return redirect(back, 303)
    page = delivery_steps.open_call(actor, reference, delivery_id)
    html = render_template(
        "post/call.html", page=page, form=form, case=case_top(page.frame, "documents")
    )
    return html, 422 if form.errors else 200


@bp.route(
    "/cases/<reference:reference>/people/<number:party_id>/safe-ways", methods=["GET", "POST"]
)
@access(Act.CHANGE_REQUEST)
def change_reach(reference: str, party_id: int) -> ResponseReturnValue:
    """Write down how it is safe to reach somebody of the applicant's side."""
    actor = the_actor()
    page = safe_reach.open_reach(actor, reference, party_id)
    form = ReachForm(data=_stored(page) | {"version": page.version})
    if form.validate_on_submit():
        typed = _typed(form)
        try:
            safe_reach.change_reach(
                actor, reference, party_id, form.token, typed, form.version.data
            )
        except ChangedMeanwhileError as error:
            page = safe_reach.open_reach(actor, reference, party_id)
            form.version.data = page.version
            return conflict_page(
                form,
                _stored(page),
                error,
                thing="how it is safe to reach them",
                back=url_for("cases.show_people", reference=reference),
                frame=page.frame,
            )
        else:
            flash("Saved. What was on its way follows", "saved")
            return redirect(url_for("cases.show_people", reference=reference), 303)
    html = render_template(
        "post/safe_reach.html", page=page, form=form, case=case_top(page.frame, "people")
    )
    return html, 422 if form.errors else 200


_ANSWERS = ("email_is_safe", "post_is_safe", "voicemail_is_safe")


def _stored(page: safe_reach.ReachPage) -> dict[str, Any]:
    """Return what is stored, by the names of the form's fields."""
    if page.typed is None:
        return dict.fromkeys(("way", *_ANSWERS)) | {"times": "", "who_may_answer": ""}
    return {name: value.value if value else None for name, value in _chosen(page.typed).items()} | {
        "times": page.typed.times,
        "who_may_answer": page.typed.who_may_answer,
    }


def _chosen(typed: safe_reach.TypedReach) -> dict[str, Any]:
    return {name: getattr(typed, name) for name in ("way", *_ANSWERS)}


def _typed(form: ReachForm) -> safe_reach.TypedReach:
    answers = {
        name: safe_reach.Answer(form[name].data) if form[name].data else None for name in _ANSWERS
    }
    return safe_reach.TypedReach(
        way=safe_reach.SafeWay(form.way.data),
        times=form.times.data,
        who_may_answer=form.who_may_answer.data,
        **answers,
    )
