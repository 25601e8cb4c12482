"""What the applicant's side writes on their own pages, and the papers that were issued to them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.domain.statements import PanelReads, ReadsOut
from portal.services import own_draft, own_messages, own_papers, own_reach, own_statement
from portal.services.changes import ChangedMeanwhileError
from portal.services.faults import IntakeError
from portal.views.mine.forms import (
    MessageForm,
    NewsForm,
    OwnStatementForm,
    ReachForm,
    WithdrawForm,
    draft_form,
    draft_stored,
)
from portal.web.conflict import conflict_page
from portal.web.files import WORD, file_answer
from portal.web.pages import add_error, the_actor

bp = Blueprint("own", __name__)


def _home(sentence: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("mine.show_own_page"), 303)


def _form_page(form: Any, template: str, **more: Any) -> ResponseReturnValue:
    return render_template(template, form=form, **more), 422 if form.errors else 200


@bp.route("/my/messages", methods=["GET", "POST"])
@access(Act.WRITE_TO_OFFICE)
def write_to_office() -> ResponseReturnValue:
    """Show what they and the office wrote to one another, and send the office a message."""
    actor = the_actor()
    form = MessageForm()
    if form.validate_on_submit():
        own_messages.write_to_office(actor, form.token, form.words.data)
        flash("Sent. We answer here", "saved")
        return redirect(url_for("own.write_to_office"), 303)
    messages = own_messages.open_messages(actor)
    return _form_page(form, "mine/messages.html", messages=messages)


@bp.route("/my/new-incident", methods=["GET", "POST"])
@access(Act.ADD_OWN_INCIDENT)
def tell_something_new() -> ResponseReturnValue:
    """Tell the office that something new happened."""
    actor = the_actor()
    form = NewsForm()
    if form.validate_on_submit():
        typed = own_messages.TypedNews(form.happened_on.data, form.title.data, form.account.data)
        try:
            own_messages.tell_something_new(actor, form.token, typed)
        except IntakeError as error:
            add_error(form, error.field, str(error))
        else:
            return _home("Sent. Thank you for telling us")
    else:
        own_messages.open_form(actor, Act.ADD_OWN_INCIDENT)
    return _form_page(form, "mine/news.html")


@bp.route("/my/withdraw", methods=["GET", "POST"])
@access(Act.ASK_TO_WITHDRAW)
def ask_to_withdraw() -> ResponseReturnValue:
    """Ask to take the request back."""
    actor = the_actor()
    form = WithdrawForm()
    if form.validate_on_submit():
        own_messages.ask_to_withdraw(actor, form.token, form.words.data)
        return _home("Sent. We ring you before anything is closed")
    own_messages.open_form(actor, Act.ASK_TO_WITHDRAW)
    return _form_page(form, "mine/withdraw.html")


@bp.route("/my/contact", methods=["GET", "POST"])
@access(Act.CHANGE_OWN_REACH)
def change_reach() -> ResponseReturnValue:
    """Say that it is not safe any more as it was, and how it is now."""
    actor = the_actor()
    form = ReachForm()
    if form.validate_on_submit():
        own_reach.say_changed(actor, form.token, form.words.data)
        return _home("Sent. Nothing goes to you until we have spoken")
    own_messages.open_form(actor, Act.CHANGE_OWN_REACH)
    return _form_page(form, "mine/contact.html")


@bp.route("/my/statement", methods=["GET", "POST"])
@access(Act.WRITE_OWN_STATEMENT)
def write_statement() -> ResponseReturnValue:
    """Write what they want the meeting to hear."""
    actor = the_actor()
    page = own_statement.open_statement(actor)
    form = OwnStatementForm(data=_stored(page) | {"version": page.version})
    if form.validate_on_submit():
        typed = own_statement.OwnTyped(
            form.words.data,
            PanelReads(form.panel_reads.data),
            ReadsOut(form.reads_out.data),
            form.reads_out_name.data,
        )
        try:
            own_statement.write_statement(actor, form.token, typed, form.version.data)
        except ChangedMeanwhileError as error:
            page = own_statement.open_statement(actor)
            form.version.data = page.version
            return conflict_page(
                form,
                _stored(page),
                error,
                thing="your statement",
                back=url_for("mine.show_own_page"),
                back_text="Where things are",
            )
        return _home("Statement saved. You can change it until the meeting opens")
    return _form_page(form, "mine/statement.html")


def _stored(page: own_statement.OwnStatementForm) -> dict[str, Any]:
    if page.typed is None:
        return {"words": "", "panel_reads": None, "reads_out": None, "reads_out_name": ""}
    return {
        "words": page.typed.words,
        "panel_reads": page.typed.panel_reads.value,
        "reads_out": page.typed.reads_out.value,
        "reads_out_name": page.typed.reads_out_name,
    }


@bp.route("/my/plan", methods=["GET", "POST"])
@access(Act.SAY_ABOUT_DRAFT)
def say_about_draft() -> ResponseReturnValue:
    """Show the draft of their plan, and keep what they think of it."""
    actor = the_actor()
    page = own_draft.open_draft(actor)
    form = draft_form(page)
    if form.validate_on_submit():
        of_rows = {row.number: form[f"row_{row.number}"].data for row in page.rows}
        try:
            own_draft.send(actor, form.token, of_rows, form.answer.data, form.version.data)
        except ChangedMeanwhileError as error:
            page = own_draft.open_draft(actor)
            form.version.data = page.version
            return conflict_page(
                form,
                draft_stored(page),
                error,
                thing="what you think of the draft",
                back=url_for("mine.show_own_page"),
                back_text="Where things are",
            )
        return _home("Sent. You can change it until we go on with your plan")
    return _form_page(form, "mine/draft.html", page=page)


@bp.get("/my/papers")
@access(Act.OPEN_OWN_PAGE)
def list_papers() -> ResponseReturnValue:
    """Show the plan and the letters that were issued to them."""
    return render_template("mine/papers.html", papers=own_papers.open_papers(the_actor()))


@bp.get("/my/papers/<number:number>")
@access(Act.READ_OWN_PAPER)
def download(number: int) -> ResponseReturnValue:
    """Hand out one of their papers."""
    name, content = own_papers.download(the_actor(), number)
    return file_answer(content, WORD, name)
