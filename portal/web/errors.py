"""What a person sees when something is not there, not theirs, or broken."""

import logging
import secrets
import traceback

from flask import Flask, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from portal.access import rules
from portal.access.actor import signed_in
from portal.access.gate import ActRefusedError, CaseNotFoundError, DeclarationNeededError
from portal.domain.roles import Act, Actor
from portal.domain.stages import IllegalMoveError
from portal.services.refusals import (
    BusyError,
    ChangedMeanwhileError,
    drop_transaction,
    record_refusal,
)
from portal.web.uploads import is_upload

logger = logging.getLogger("portal.errors")

_TEXTS: dict[int, tuple[str, list[str]]] = {
    400: ("This page was sent in a way we cannot read", ["Go back and try again."]),
    403: ("You cannot do this", ["Your role does not do this."]),
    405: ("You cannot do this", ["Go back and use the buttons on the page."]),
    413: (
        "This is too much text at once",
        ["Go back: what you wrote is still there. Shorten it, or share it in parts."],
    ),
    503: ("The portal is busy", ["Nothing was lost. Go back and try again in a minute."]),
}
_FILE_TOO_LARGE = (
    "This file is too large",
    ["Go back and choose a smaller one. Nothing was saved."],
)
_NOT_SAVED = "Nothing was saved. If you had written something, go back: it is still there."
_FALLBACK = ("Something went wrong", ["Go back and try again."])


def init_app(app: Flask) -> None:
    """Install the handlers."""
    app.register_error_handler(CaseNotFoundError, _case_not_found)
    app.register_error_handler(DeclarationNeededError, _declare_first)
    app.register_error_handler(ActRefusedError, _refused)
    app.register_error_handler(IllegalMoveError, _illegal_move)
    app.register_error_handler(ChangedMeanwhileError, _changed_meanwhile)
    app.register_error_handler(BusyError, _busy)
    app.register_error_handler(CSRFError, _session_over)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _page(code: int, heading: str, sentences: list[str], number: str = "") -> tuple[str, int]:
    page = render_template("error.html", heading=heading, sentences=sentences, number=number)
    return page, code


def _log_refusal(outcome: str) -> None:
    drop_transaction()
    actor: Actor | None = g.get("actor")
    if actor is None:
        return
    reference = str((request.view_args or {}).get("reference", ""))
    endpoint = request.endpoint or ""
    act = getattr(current_app.view_functions.get(endpoint), "access_rule", "")
    record_refusal(actor, reference=reference, endpoint=endpoint, act=act, outcome=outcome)


def _case_not_found(_error: CaseNotFoundError) -> ResponseReturnValue:
    _log_refusal("not_found")
    return _not_found()


def _not_found() -> ResponseReturnValue:
    """Say the same of what is missing and of what is not for them; only the way on differs."""
    present = signed_in()
    if present is None:
        way_on = "the start page"
    elif rules.has_act(present.actor.role, Act.LIST_CASES):
        way_on = "your cases"
    else:
        way_on = "your home page"
    return _page(404, "Page not found", [f"Check the address, or go to {way_on}."])


def _declare_first(_error: DeclarationNeededError) -> ResponseReturnValue:
    _log_refusal("refused")
    reference = (request.view_args or {})["reference"]
    return redirect(url_for("chair.declare", reference=reference), 303)


def _refused(error: ActRefusedError) -> ResponseReturnValue:
    _log_refusal("refused")
    kept = [_NOT_SAVED] if request.method == "POST" else []
    return _page(403, "You cannot do this now", [f"{error}.", *kept])


def _illegal_move(error: IllegalMoveError) -> ResponseReturnValue:
    drop_transaction()
    return _page(409, "This cannot be done yet", [f"{error}.", _NOT_SAVED])


def _changed_meanwhile(_error: ChangedMeanwhileError) -> ResponseReturnValue:
    return _page(
        409,
        "Somebody else has changed this meanwhile",
        [
            "Nothing of yours was saved. Go back: what you wrote is still there.",
            "Open the page again beside it to see what is new.",
        ],
    )


def _busy(_error: BusyError) -> ResponseReturnValue:
    page, code = _page(503, *_TEXTS[503])
    return page, code, {"Retry-After": "30"}


def _session_over(_error: CSRFError) -> ResponseReturnValue:
    return _page(
        400,
        "This page is no longer valid",
        ["You were signed out in the meantime, or the page is an old one.", "Open it again."],
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):
        # For a host that is not ours there are no addresses to put on a page.
        return "This address is not known here.", 400, {"Content-Type": "text/plain"}
    code = error.code or 500
    if code < 400:  # noqa: PLR2004  # a redirect travels as an exception too
        return error
    if code == 404:  # noqa: PLR2004  # as for a case that is not there
        return _not_found()
    if code == 413 and is_upload():  # noqa: PLR2004  # as in the table above
        return _page(code, *_FILE_TOO_LARGE)
    return _page(code, *_TEXTS.get(code, _FALLBACK))


def _unexpected(error: Exception) -> ResponseReturnValue:
    """Show a number and log under it where it happened, not what people had typed."""
    drop_transaction()
    number = secrets.token_hex(4)
    where = " < ".join(
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}"
        for frame in reversed(traceback.extract_tb(error.__traceback__))
    )
    logger.error("Error %s: %s at %s", number, type(error).__name__, where)
    return _page(
        500,
        "Something went wrong",
        ["It is not your fault, and it has been noted. Go back and try again."],
        number,
    )
