"""Pages that take a file: only they accept more than a page of text."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])
# What a form has besides its file: tokens, and the marks between its parts.
_AROUND_THE_FILE: Final = 256 * 1024


def takes_upload(most_bytes: int) -> Callable[[View], View]:
    """Mark a view: it accepts a file of so many bytes; a larger one is refused unread."""

    def mark(view: View) -> View:
        view.most_bytes = most_bytes + _AROUND_THE_FILE  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    """Ask before anything else: the check against forged requests reads the form already."""
    app.before_request_funcs.setdefault(None, []).insert(0, _widen)


def is_upload() -> bool:
    """Say whether the present page takes a file."""
    return _most_bytes() is not None


def _most_bytes() -> int | None:
    view = current_app.view_functions.get(request.endpoint or "")
    found: int | None = getattr(view, "most_bytes", None)
    return found


def _widen() -> None:
    most = _most_bytes()
    if most is not None:
        request.max_content_length = most
