"""From cookie to actor: the only module that reads who is signed in.

A person signs in with a passphrase; somebody of the applicant's side comes by a key of their own,
and their cookie names no person.

A sign-in is a row on the server. The cookie holds its token, the row only the token's hash, so a
copied cookie dies with the row: at sign-out, after 30 idle minutes, after 12 hours, and at any
change of passphrase, role or agency.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask, Response, current_app, g, request, session
from flask_login import current_user
from flask_login.utils import _user_context_processor
from sqlalchemy.orm import aliased, contains_eager, joinedload

from portal.access.scope.mine import own_sign_in
from portal.clock import Clock
from portal.db import db, transaction
from portal.domain.roles import Actor, Role
from portal.models.person import Person, RoleHeld, SignIn

IDLE = dt.timedelta(minutes=30)
LIFE = dt.timedelta(hours=12)
TOUCH = dt.timedelta(minutes=1)
_FORM_SECRET = "csrf_token"  # noqa: S105  # Flask-WTF's key in the cookie
POLL = "is_poll"  # what marks a view that a script asks by itself
TOKEN = "sign_in"  # noqa: S105  # the key in the cookie, not a secret
_PERSON = "_user_id"  # Flask-Login's key in the cookie


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
        if _PERSON not in session:
            g.signed_in = _own()
        # Flask-Login asks the loader below, which fills g.signed_in.
        elif not current_user.is_authenticated:
            g.signed_in = None
    found: SignedIn | None = g.signed_in
    return found


def init_app(app: Flask) -> None:
    """Let Flask-Login ask the sign-in rows who a cookie belongs to."""
    app.login_manager.user_loader(_load)  # type: ignore[attr-defined]
    app.after_request(_end_with_cookie)
    # Flask-Login would ask who is signed in for every template, also for the page that says that
    # the database is away, and that page would fail in its turn.
    app.template_context_processors[None].remove(_user_context_processor)


def _end_with_cookie(response: Response) -> Response:
    """End a party's sign-in whose cookie this answer forgets: a copy of it opens nothing more."""
    present: SignedIn | None = g.get("signed_in")
    if present and present.actor.role is Role.APPLICANT and TOKEN not in session:
        with transaction():
            row = sa.update(SignIn).where(SignIn.id == present.sign_in_id)
            db.session.execute(
                row.where(SignIn.ended_at.is_(None)).values(ended_at=present.actor.at)
            )
    return response


def _load(uniquifier: str) -> Person | None:
    token = session.get(TOKEN)
    now = clock().now()
    if not isinstance(token, str):
        return None
    found = _live(digest(token), uniquifier, now)
    if found and now - found[0].seen_at > TOUCH and not _is_poll():
        _touch(found[0].id, now)
        found = _live(digest(token), uniquifier, now)
    if found is None:
        return None
    row, held, has_other_roles = found
    g.signed_in = _describe(row, held, has_other_roles=has_other_roles, now=now)
    return held.person


def _is_poll() -> bool:
    """Say whether a script asks by itself, which keeps nobody signed in."""
    return hasattr(current_app.view_functions.get(request.endpoint or ""), POLL)


def keep_signed_in() -> bool:
    """Count a poll as something that somebody does: they are in a meeting and look at its page.

    Returns:
        Whether somebody is signed in; the time without anything done starts anew.
    """
    present = signed_in()
    if present is None:
        return False
    now = clock().now()
    if present.idle_ends_at - now < IDLE - TOUCH:
        _touch(present.sign_in_id, now)
    return True


_other = aliased(RoleHeld)
# Asked at every click, so built once and not at every click.
_LIVE = (
    sa.select(
        SignIn,
        RoleHeld,
        sa.exists().where(
            _other.person_id == RoleHeld.person_id,
            _other.id != RoleHeld.id,
            _other.ended_at.is_(None),
        ),
    )
    .join(RoleHeld, RoleHeld.id == SignIn.role_held_id)
    .join(RoleHeld.person)
    .where(
        SignIn.token_hash == sa.bindparam("token_hash"),
        SignIn.ended_at.is_(None),
        SignIn.seen_at > sa.bindparam("seen_after"),
        SignIn.started_at > sa.bindparam("started_after"),
        RoleHeld.ended_at.is_(None),
        Person.active.is_(True),
        Person.fs_uniquifier == sa.bindparam("uniquifier"),
    )
    .options(
        contains_eager(RoleHeld.person), joinedload(RoleHeld.area), joinedload(RoleHeld.agency)
    )
)


def _live(
    token_hash: str, uniquifier: str, now: dt.datetime
) -> tuple[SignIn, RoleHeld, bool] | None:
    """Return the live sign-in, its role, and whether the person has others."""
    asked = {
        "token_hash": token_hash,
        "uniquifier": uniquifier,
        "seen_after": now - IDLE,
        "started_after": now - LIFE,
    }
    found = db.session.execute(_LIVE, asked).one_or_none()
    return None if found is None else (found[0], found[1], found[2])


_OWN_LIVE = own_sign_in()


def _own() -> SignedIn | None:
    """Return the sign-in of somebody who came by a key of their own."""
    token = session.get(TOKEN)
    if not isinstance(token, str):
        return None
    now = clock().now()
    asked = {
        "token_hash": digest(token),
        "seen_after": now - IDLE,
        "started_after": now - LIFE,
    }
    found = db.session.execute(_OWN_LIVE, asked).one_or_none()
    if found and now - found[0].seen_at > TOUCH:
        _touch(found[0].id, now)
        found = db.session.execute(_OWN_LIVE, asked).one_or_none()
    if found is None:
        return None
    row, party_id, name, area_id, office_name = found
    return SignedIn(
        sign_in_id=row.id,
        actor=own_actor(party_id, name, area_id, now, request.remote_addr or ""),
        agency_name="",
        area_id=area_id,
        office_name=office_name,
        email="",
        has_other_roles=False,
        idle_ends_at=min(row.seen_at + IDLE, row.started_at + LIFE),
    )


def own_actor(party_id: int, name: str, area_id: int, at: dt.datetime, address: str) -> Actor:
    """Return the actor of somebody who came by a key of their own."""
    return Actor(
        person_id=None,
        name=name,
        role=Role.APPLICANT,
        area_id=area_id,
        agency_id=None,
        at=at,
        address=address,
        party_id=party_id,
    )


@dataclass(frozen=True)
class CookieOf:
    """Whose cookie it is: a person's, or that of a party who came by a key of their own."""

    person_id: int | None
    party_id: int | None


def whose_cookie() -> CookieOf | None:
    """Return whose cookie this is, also where the sign-in behind it has ended.

    For keeping what they typed, and for nothing else: whoever sent it is not signed in.
    """
    token = session.get(TOKEN)
    if not isinstance(token, str):
        return None
    query = sa.select(SignIn.person_id, SignIn.party_id)
    found = db.session.execute(query.where(SignIn.token_hash == digest(token))).one_or_none()
    return CookieOf(*found) if found else None


def _touch(sign_in_id: int, now: dt.datetime) -> None:
    with transaction():
        db.session.execute(sa.update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now))


def _describe(row: SignIn, held: RoleHeld, *, has_other_roles: bool, now: dt.datetime) -> SignedIn:
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
        has_other_roles=has_other_roles,
        idle_ends_at=min(row.seen_at + IDLE, row.started_at + LIFE),
    )


def keep_cookie(uniquifier: str, token: str) -> None:
    """Begin a new session in the browser that holds only this sign-in.

    Who signs in again keeps the secret of their forms, so that a page which stayed open in another
    window can still be sent.
    """
    secret = session.get(_FORM_SECRET) if session.get(_PERSON) == uniquifier else None
    session.clear()
    if secret:
        session[_FORM_SECRET] = secret
    session[_PERSON] = uniquifier
    session["_fresh"] = True
    session[TOKEN] = token


def keep_own_cookie(token: str) -> None:
    """Begin a new session in the browser that holds only the sign-in of a party."""
    session.clear()
    session[TOKEN] = token


def forget_cookie() -> None:
    """Leave nothing in the browser."""
    session.clear()
