"""Whose draft it is: the browser holds a random key and nothing else."""

from dataclasses import replace

from flask import request, session

from portal.access.actor import clock
from portal.domain.roles import Actor

_KEY = "request"


def writer() -> Actor:
    """Return who writes: nobody who signs in, from a network address, now."""
    job = Actor.job("somebody who asks for a review", clock().now())
    return replace(job, address=request.remote_addr or "")


def held_key() -> str:
    """Return the key of the draft that this browser holds; empty for none."""
    return str(session[_KEY]) if _KEY in session else ""


def keep_key(key: str) -> None:
    """Let the browser hold a draft; another one that it held has to be opened by its code."""
    session[_KEY] = key
