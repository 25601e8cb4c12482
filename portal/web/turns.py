"""What takes long is answered two at a time, so that nobody who opens a page waits behind it.

Who asks for a file waits here, before anything is read; the other threads of the process answer
pages. A process needs more threads than files that are asked for at once, or pages wait as well.
"""

import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar

from flask import Flask, current_app, g, request

AT_ONCE: Final = 2
LONGEST_SECONDS: Final = 60
"""A file that took so long is no reason to let the next one wait any longer."""

View = TypeVar("View", bound=Callable[..., Any])
_MARK: Final = "takes_turns"


def in_turn(view: View) -> View:
    """Mark a view that makes or hands out a file: a process answers two of these at a time."""
    setattr(view, _MARK, True)
    return view


def init_app(app: Flask) -> None:
    """Let requests for marked views wait; comes before whatever asks the database."""
    app.extensions["turns"] = threading.BoundedSemaphore(AT_ONCE)
    app.before_request(_wait)
    app.teardown_request(_let_the_next_in)


def _wait() -> None:
    if hasattr(current_app.view_functions.get(request.endpoint or ""), _MARK):
        g.has_turn = _turns().acquire(timeout=LONGEST_SECONDS)


def _let_the_next_in(_error: BaseException | None) -> None:
    if g.pop("has_turn", False):
        _turns().release()


def _turns() -> threading.BoundedSemaphore:
    turns: threading.BoundedSemaphore = current_app.extensions["turns"]
    return turns
