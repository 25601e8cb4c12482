"""Every route says who may use it; a route that does not is closed, and the app does not start."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request
from flask.typing import ResponseReturnValue

from portal.access import rules
from portal.access.actor import POLL, signed_in
from portal.access.gate import ActRefusedError
from portal.domain.roles import Act

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"


class UnmarkedRouteError(RuntimeError):
    """A view that does not say who may use it."""


class SignInNeededError(Exception):
    """Nobody is signed in; holds the page to open after signing in, or none.

    Attributes:
        is_own: it is a page of the applicant's side, who come by a key of their own.
    """

    def __init__(self, page: str | None, *, is_own: bool = False) -> None:
        super().__init__()
        self.page = page
        self.is_own = is_own


def access(act: Act) -> Callable[[View], View]:
    """Mark a view: who is signed in and has this act may come as far as the view.

    On a case's own pages the gate decides the rest, because whether the case exists for somebody
    is not for the route to tell.
    """

    def mark(view: View) -> View:
        view.access_rule = act  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Mark a view that everybody may use without signing in."""
    view.access_rule = PUBLIC  # type: ignore[attr-defined]
    return view


def poll(view: View) -> View:
    """Mark a view that a script asks by itself while a page is open: it keeps nobody signed in."""
    setattr(view, POLL, True)
    return view


def init_app(app: Flask) -> None:
    """Install the guard in front of every view."""
    public(app.view_functions["static"])
    app.before_request(_guard)


def check(app: Flask) -> None:
    """Refuse to start with an unmarked route.

    Raises:
        UnmarkedRouteError: naming the endpoints.
    """
    unmarked = [
        endpoint
        for endpoint, view in sorted(app.view_functions.items())
        if not hasattr(view, "access_rule")
    ]
    if unmarked:
        raise UnmarkedRouteError(", ".join(unmarked))


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    rule = getattr(current_app.view_functions[request.endpoint], "access_rule", None)
    if rule is None:
        abort(403)
    if request.endpoint == "static":
        return None
    present = signed_in()
    g.actor = present.actor if present else None
    if rule == PUBLIC:
        return None
    if present is None:
        raise SignInNeededError(_way_back(), is_own=rule in rules.FOR_APPLICANTS)
    on_a_case = "reference" in (request.view_args or {})
    if not on_a_case and not rules.has_act(present.actor.role, rule):
        raise ActRefusedError(rules.NOT_YOUR_ROLE)
    return None


def _way_back() -> str | None:
    """Return the page to open after signing in: none for what can only be posted."""
    if request.url_rule is None or "GET" not in (request.url_rule.methods or ()):
        return None
    return request.full_path.rstrip("?")
