"""Signed out while typing: the form is kept, and filled again once the same person is back."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from portal.access.actor import clock
from portal.access.routes import SignInNeededError
from portal.domain.roles import Actor
from portal.services import kept

KEPT = "kept"
_NEVER_KEPT = frozenset({"csrf_token", KEPT})
# The form's own token and version come back too: what was sent before is not carried out twice,
# and what somebody else saved meanwhile is noticed.
_OF_THE_FORM = frozenset({"form_token", "version", KEPT})
_BUTTONS = frozenset(
    {"share", "back", "work_out_again", "to_item", "joined_now", "left_now", "since", "step"}
)
_LONGEST_PATH = 480
_SEE_OTHER = 303


def init_app(app: Flask) -> None:
    """Keep what is posted after the end of a sign-in, and let go of it once it is saved."""
    app.register_error_handler(SignInNeededError, _lead_to_sign_in)
    app.after_request(_forget_what_was_saved)
    app.context_processor(lambda: {"is_filled_again": "kept_filled" in g})


def _lead_to_sign_in(error: SignInNeededError) -> ResponseReturnValue:
    page = error.page if request.method != "POST" else _page_of_form(error.page)
    if request.method == "POST" and page and _may_be_kept():
        kept.keep(page, _posted(), clock().now())
    sign_in = "mine.sign_in" if error.is_own else "account.sign_in"
    return redirect(url_for(sign_in, next=page), _SEE_OTHER)


def _page_of_form(page: str | None) -> str | None:
    """Return the page that the form stands on: where it is posted to, or where it came from."""
    if page is None:
        referrer = urlsplit(request.referrer or "")
        if referrer.netloc != request.host:
            return None
        page = referrer.path
    return page if len(page) <= _LONGEST_PATH else None


def _may_be_kept() -> bool:
    """Say no for the pages of the account: what is typed there is secret."""
    return request.blueprint != "account" and bool(request.form)


def _posted() -> list[tuple[str, str]]:
    return [
        (name, text)
        for name, text in request.form.items(multi=True)
        if name not in _NEVER_KEPT and "passphrase" not in name
    ]


def where_to_go_on(actor: Actor, asked: str | None) -> str | None:
    """Return the page with a form to be filled again, after a sign-in that asked for a page.

    Args:
        actor: who has signed in.
        asked: the page that the sign-in leads to, or none.
    """
    found = kept.latest(actor)
    if found is None or (asked and asked != found.path):
        return None
    sign = "&" if "?" in found.path else "?"
    return f"{found.path}{sign}{urlencode({KEPT: found.id})}"


def typed_before(names: set[str]) -> MultiDict[str, Any] | None:
    """Return what was typed into a form with these fields, if this page is opened to go on.

    The first form of the page that has all the fields is the one.
    """
    found = _asked_for()
    if found is None or "kept_filled" in g:
        return None
    if not {name for name, _ in found.fields} - _OF_THE_FORM - _BUTTONS <= names:
        return None
    g.kept_filled = True
    return MultiDict([*found.fields, (KEPT, str(found.id))])


def _asked_for() -> kept.Kept | None:
    number = request.args.get(KEPT, "")
    actor: Actor | None = g.get("actor")
    if request.method != "GET" or actor is None or not _is_number(number):
        return None
    if "kept_form" not in g:
        g.kept_form = kept.find(actor, int(number))
    found: kept.Kept | None = g.kept_form
    return found if found and urlsplit(found.path).path == request.path else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004  # fits both databases


def _forget_what_was_saved(response: Response) -> Response:
    actor: Actor | None = g.get("actor")
    if request.method != "POST" or response.status_code != _SEE_OTHER or actor is None:
        return response
    number = request.form.get(KEPT, "")
    if _is_number(number):
        kept.forget(actor, int(number))
    return response
