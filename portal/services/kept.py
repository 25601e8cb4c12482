"""What somebody had typed and not saved: kept for them alone, for two days.

Their sign-in had ended; or they saved another part of the same page, and this was put aside.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.actor import whose_cookie
from portal.access.scope.mine import party_alone
from portal.db import db, transaction
from portal.domain.roles import Actor
from portal.models.person import KeptForm, Person, whose

KEPT_FOR = dt.timedelta(hours=48)
MOST_FORMS = 20
Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Kept:
    """A kept form: its number, the page it stands on, and what was typed, by field."""

    id: int
    path: str
    fields: tuple[tuple[str, str], ...]


def keep(path: str, fields: Fields, at: dt.datetime) -> bool:
    """Keep a form for whoever the cookie belongs to; the last one typed on a page wins.

    Args:
        path: of the page that the form stands on.
        fields: name and text, without files and secrets.
        at: now.

    Returns:
        False where the cookie belongs to nobody that the portal knows; nothing is kept then.
    """
    with transaction():
        cookie = whose_cookie()
        if cookie is None:
            return False
        _take_turns(cookie.person_id, cookie.party_id)
        mine = whose(KeptForm, cookie.person_id, cookie.party_id)
        db.session.execute(sa.delete(KeptForm).where(mine, KeptForm.path == path))
        db.session.add(
            KeptForm(
                person_id=cookie.person_id,
                party_id=cookie.party_id,
                path=path,
                fields=[list(f) for f in fields],
                kept_at=at,
            )
        )
        db.session.flush()
        newest = sa.select(KeptForm.id).where(mine).order_by(KeptForm.id.desc()).limit(MOST_FORMS)
        db.session.execute(sa.delete(KeptForm).where(mine, KeptForm.id.not_in(newest)))
        thing = f"person {cookie.person_id}" if cookie.person_id else f"party {cookie.party_id}"
        log.record(Actor.job("kept_form", at), "form_kept", thing=thing)
    return True


def put_aside(actor: Actor, path: str, fields: Fields) -> None:
    """Keep what is typed on a page and not saved while another part of it is; nothing drops it.

    It is no change and no view, so the log has no entry of it.
    """
    with transaction():
        _take_turns(actor.person_id, actor.party_id)
        mine = whose(KeptForm, actor.person_id, actor.party_id)
        db.session.execute(sa.delete(KeptForm).where(mine, KeptForm.path == path))
        if fields:
            db.session.add(
                KeptForm(
                    person_id=actor.person_id,
                    party_id=actor.party_id,
                    path=path,
                    fields=[list(each) for each in fields],
                    is_aside=True,
                    kept_at=actor.at,
                )
            )


def aside(actor: Actor, path: str) -> tuple[tuple[str, str], ...]:
    """Return what the person has put aside on a page, by field; nothing where there is none."""
    with transaction():
        query = _mine(actor).where(KeptForm.path == path, KeptForm.is_aside)
        found = _shown(db.session.scalars(query).one_or_none())
        return found.fields if found else ()


def find(actor: Actor, number: int) -> Kept | None:
    """Return one of the person's own kept forms, if it is not too old."""
    with transaction():
        found = db.session.scalars(_mine(actor).where(KeptForm.id == number)).one_or_none()
        return _shown(found)


def latest(actor: Actor) -> Kept | None:
    """Return the form that the person typed last and did not come back to."""
    with transaction():
        typed_last = _mine(actor).where(~KeptForm.is_aside).order_by(KeptForm.id.desc())
        found = db.session.scalars(typed_last.limit(1)).first()
        return _shown(found)


def forget(actor: Actor, number: int) -> None:
    """Let go of a kept form: it has been saved as what it was meant to be."""
    with transaction():
        mine = whose(KeptForm, actor.person_id, actor.party_id)
        db.session.execute(sa.delete(KeptForm).where(KeptForm.id == number, mine))


def tidy(at: dt.datetime) -> int:
    """Let go of every form that was kept for too long; return how many there were."""
    with transaction():
        gone = db.session.execute(
            sa.delete(KeptForm).where(KeptForm.kept_at <= at - KEPT_FOR).returning(KeptForm.id)
        ).all()
        return len(gone)


def _take_turns(person_id: int | None, party_id: int | None) -> None:
    """Wait until no other form of theirs is being kept: a double click sends two at once.

    Rows that name the person can be added meanwhile. SQLite lets one writer in at a time anyway and
    ignores the lock.
    """
    one = sa.select(Person.id).where(Person.id == person_id)
    if party_id is not None:
        one = party_alone(party_id)
    db.session.execute(one.with_for_update(key_share=True))


def _mine(actor: Actor) -> sa.Select[KeptForm]:
    return sa.select(KeptForm).where(
        whose(KeptForm, actor.person_id, actor.party_id), KeptForm.kept_at > actor.at - KEPT_FOR
    )


def _shown(found: KeptForm | None) -> Kept | None:
    if found is None:
        return None
    return Kept(found.id, found.path, tuple((name, text) for name, text in found.fields))
