"""The administrator keeps what the public pages of the area say."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.directory import EntryKind
from portal.domain.roles import Act
from portal.services import public_pages
from portal.services.changes import ChangedMeanwhileError
from portal.services.public_pages import PublicPageError, TypedEntry, TypedPage
from portal.views.public_pages.forms import EntryForm, OfficeForm
from portal.web.conflict import conflict_page
from portal.web.forms import VersionedForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("public_pages", __name__)


@bp.get("/admin/public-pages")
@access(Act.KEEP_PUBLIC_PAGES)
def list_all() -> ResponseReturnValue:
    """Show what the public pages say besides the rules."""
    kept = public_pages.list_all(the_actor())
    return render_template("public_pages/list.html", kept=kept, kinds=tuple(EntryKind))


@bp.route("/admin/public-pages/office", methods=["GET", "POST"])
@access(Act.KEEP_PUBLIC_PAGES)
def change_office() -> ResponseReturnValue:
    """Change what the office says of itself."""
    actor = the_actor()
    shown = public_pages.open_page(actor)
    form = OfficeForm(data=_stored(shown.typed) | {"version": shown.version})
    if form.validate_on_submit():
        typed = TypedPage(**_typed(form, TypedPage))
        try:
            public_pages.save_page(actor, form.token, typed, form.version.data)
        except PublicPageError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            shown = public_pages.open_page(actor)
            return _conflict(form, shown.version, _stored(shown.typed), error, "the office")
        else:
            return _saved("Saved. The public pages say so from now on")
    return _form_page(form, "Your office")


@bp.route("/admin/public-pages/add", methods=["GET", "POST"])
@access(Act.KEEP_PUBLIC_PAGES)
def add_entry() -> ResponseReturnValue:
    """List somebody whom the public can turn to."""
    form = EntryForm()
    if form.validate_on_submit():
        try:
            public_pages.save_entry(the_actor(), form.token, _typed_entry(form))
        except PublicPageError as error:
            add_error(form, error.field, str(error))
        else:
            return _saved("Added to the public pages")
    return _form_page(form, "Add somebody to turn to")


@bp.route("/admin/public-pages/<number:entry_id>", methods=["GET", "POST"])
@access(Act.KEEP_PUBLIC_PAGES)
def change_entry(entry_id: int) -> ResponseReturnValue:
    """Change what is said of somebody whom the public can turn to."""
    actor = the_actor()
    shown = public_pages.open_entry(actor, entry_id)
    form = EntryForm(data=_stored(shown.typed) | {"version": shown.version})
    if form.validate_on_submit():
        typed = _typed_entry(form)
        try:
            public_pages.save_entry(actor, form.token, typed, entry_id, form.version.data)
        except PublicPageError as error:
            add_error(form, error.field, str(error))
        except ChangedMeanwhileError as error:
            shown = public_pages.open_entry(actor, entry_id)
            return _conflict(form, shown.version, _stored(shown.typed), error, "this entry")
        else:
            return _saved("Saved. The public pages say so from now on")
    removing = VersionedForm(formdata=None, data={"version": shown.version})
    return _form_page(form, "Change the entry", entry_id=entry_id, removing=removing)


@bp.post("/admin/public-pages/<number:entry_id>/remove")
@access(Act.KEEP_PUBLIC_PAGES)
def remove_entry(entry_id: int) -> ResponseReturnValue:
    """List somebody no longer."""
    form = VersionedForm()
    public_pages.remove_entry(the_actor(), form.token, entry_id, form.version.data)
    return _saved("Removed from the public pages")


def _stored(typed: TypedPage | TypedEntry) -> dict[str, Any]:
    return {name: getattr(typed, name) for name in typed.__dataclass_fields__}


def _typed(form: VersionedForm, kind: type[Any]) -> dict[str, Any]:
    return {name: form[name].data for name in kind.__dataclass_fields__}


def _typed_entry(form: EntryForm) -> TypedEntry:
    return TypedEntry(**_typed(form, TypedEntry) | {"kind": EntryKind(form.kind.data)})


def _conflict(
    form: VersionedForm,
    version: int,
    stored: dict[str, Any],
    error: ChangedMeanwhileError,
    thing: str,
) -> ResponseReturnValue:
    form.version.data = version
    back = url_for("public_pages.list_all")
    return conflict_page(form, stored, error, thing=thing, back=back, back_text="Public pages")


def _saved(sentence: str) -> ResponseReturnValue:
    flash(sentence, "saved")
    return redirect(url_for("public_pages.list_all"), 303)


def _form_page(form: VersionedForm, heading: str, **more: Any) -> ResponseReturnValue:
    html = render_template("public_pages/form.html", form=form, heading=heading, **more)
    return html, 422 if form.errors else 200
