"""From cookie to actor: the only module that reads who is signed in.

A sign-in is a row on the server. The cookie holds its token, the row only the token's hash, so a
copied cookie dies with the row: at sign-out, after 30 idle minutes, after 12 hours, and at any
change of passphrase, role or agency.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask, current_app, g, request, session
from flask_login import current_user
from flask_login.utils import _user_context_processor
from sqlalchemy.orm import joinedload

from portal.clock import Clock
from portal.db import db, transaction
from portal.domain.roles import Actor
from portal.models.person import Person, RoleHeld, SignIn

IDLE = dt.timedelta(minutes=30)
LIFE = dt.timedelta(hours=12)
TOUCH = dt.timedelta(minutes=1)
TOKEN = "sign_in"  # noqa: S105  # the key in the cookie, not a secret


@dataclass(frozen=True)
class SignedIn:
    """The present sign-in: its row, who, in which role, and when it ends if nothing happens."""

    sign_in_id: int
    actor: Actor
    agency_name: str
    area_id: int
    office_name: str
    email: str
    has_other_roles: bool
    idle_ends_at: dt.datetime


def digest(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def clock() -> Clock:
    """Return the clock that this app runs by."""
    running: Clock = current_app.extensions["clock"]
    return running


def signed_in() -> SignedIn | None:
    """Return the present sign-in, or None; read once a request."""
    if "signed_in" not in g:
        g.signed_in = None
        # Flask-Login asks the loader below, which fills g.signed_in.
        if not current_user.is_authenticated:
            g.signed_in = None
    found: SignedIn | None = g.signed_in
    return found


def init_app(app: Flask) -> None:
    """Let Flask-Login ask the sign-in rows who a cookie belongs to."""
    app.login_manager.user_loader(_load)  # type: ignore[attr-defined]
    # Flask-Login would ask who is signed in for every template, also for the page that says that
    # the database is away, and that page would fail in its turn.
    app.template_context_processors[None].remove(_user_context_processor)


def _load(uniquifier: str) -> Person | None:
    token = session.get(TOKEN)
    now = clock().now()
    row = _live_row(digest(token), now) if isinstance(token, str) else None
    if row is None:
        return None
    if now - row.seen_at > TOUCH:
        _touch(row.id, now)
        row = _live_row(digest(str(token)), now)
        if row is None:
            return None
    held = db.session.scalars(
        sa.select(RoleHeld)
        .where(RoleHeld.id == row.role_held_id, RoleHeld.ended_at.is_(None))
        .options(
            joinedload(RoleHeld.person), joinedload(RoleHeld.area), joinedload(RoleHeld.agency)
        )
    ).one_or_none()
    if held is None or not held.person.active or held.person.fs_uniquifier != uniquifier:
        return None
    g.signed_in = _describe(row, held, now)
    return held.person


def _live_row(token_hash: str, now: dt.datetime) -> SignIn | None:
    return db.session.scalars(
        sa.select(SignIn).where(
            SignIn.token_hash == token_hash,
            SignIn.ended_at.is_(None),
            SignIn.seen_at > now - IDLE,
            SignIn.started_at > now - LIFE,
        )
    ).one_or_none()


def _touch(sign_in_id: int, now: dt.datetime) -> None:
    with transaction():
        db.session.execute(sa.update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now))


def _describe(row: SignIn, held: RoleHeld, now: dt.datetime) -> SignedIn:
    others = db.session.scalar(
        sa.select(sa.func.count(RoleHeld.id)).where(
            RoleHeld.person_id == held.person_id, RoleHeld.ended_at.is_(None)
        )
    )
    return SignedIn(
        sign_in_id=row.id,
        actor=Actor(
            person_id=held.person_id,
            name=held.person.name,
            role=held.role,
            area_id=held.area_id,
            agency_id=held.agency_id,
            at=now,
            address=request.remote_addr or "",
        ),
        agency_name=held.agency.name if held.agency else "",
        area_id=held.area_id,
        office_name=held.area.office_name,
        email=held.person.email,
        has_other_roles=(others or 0) > 1,
        idle_ends_at=min(row.seen_at + IDLE, row.started_at + LIFE),
    )


def keep_cookie(uniquifier: str, token: str) -> None:
    """Begin a new session in the browser that holds only this sign-in."""
    session.clear()
    session["_user_id"] = uniquifier
    session["_fresh"] = True
    session[TOKEN] = token


def forget_cookie() -> None:
    """Leave nothing in the browser."""
    session.clear()
