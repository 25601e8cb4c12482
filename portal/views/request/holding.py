"""Whose draft it is: the browser holds a random key and nothing else."""

from dataclasses import replace

from flask import request, session

from portal.access.actor import clock, signed_in, whose_cookie
from portal.access.rules import has_act
from portal.domain.roles import Act, Actor
from portal.services import drafts

_KEY = "request"
_BY_PHONE = "request_by_phone"


def writer() -> Actor:
    """Return who writes: a coordinator for somebody on the phone, or nobody who signs in.

    A coordinator who is signed out meanwhile is nobody in office: what they send is kept, and
    they are shown nothing.
    """
    nobody = visitor()
    if not is_by_phone():
        return nobody
    present = signed_in()
    if present and has_act(present.actor.role, Act.OPEN_DRAFT):
        return present.actor
    cookie = whose_cookie()
    return replace(nobody, person_id=cookie.person_id) if cookie else nobody


def visitor() -> Actor:
    """Return a writer who does not sign in, from a network address, now."""
    job = Actor.job("somebody who asks for a review", clock().now())
    return replace(job, address=request.remote_addr or "")


def is_by_phone() -> bool:
    """Say whether a coordinator writes in this browser for somebody on the phone."""
    return _BY_PHONE in session


def held_key() -> str:
    """Return the key of the draft that this browser holds; empty for none."""
    name = _BY_PHONE if is_by_phone() else _KEY
    return str(session[name]) if name in session else ""


def keep_key(key: str) -> None:
    """Let the browser hold a draft; another one that it held has to be opened by its code."""
    session.pop(_BY_PHONE, None)
    session[_KEY] = key


def keep_key_by_phone(key: str) -> None:
    """Let a coordinator's browser hold a draft until it is handed back or sent."""
    session[_BY_PHONE] = key


def hand_back() -> None:
    """End the coordinator's hold, in the browser and behind it."""
    drafts.let_go(writer(), held_key())
    session.pop(_BY_PHONE, None)


def leave() -> None:
    """End what a visitor's browser holds; the cookie is for the caller to forget."""
    if _KEY in session:
        drafts.let_go(visitor(), str(session[_KEY]))
