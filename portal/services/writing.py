"""Who is writing in what, so that two people do not start on the same thing unawares."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from portal.access.gate import Opened, glance
from portal.access.scope.agenda import projected_agenda_for
from portal.access.scope.live import SIGN_OF_LIFE, drop_writing_of, writings_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.models.agenda import AgendaItem
from portal.models.live import Writing
from portal.services.changes import names_of
from portal.services.live_stamp import moved

_THING: Final = re.compile(
    r"((action|decision|finding|power|recommendation) [0-9]{1,6}|notes [0-9a-f]{1,12})"
)
_NOTES: Final = "notes "


@dataclass(frozen=True)
class ShownWriting:
    """Somebody is writing in something, since when, and whether it is the reader."""

    name: str
    since: dt.datetime
    is_own: bool


def action_thing(number: int) -> str:
    """Return how an action is named here."""
    return f"action {number}"


def notes_thing(key: str) -> str:
    """Return how the notes on an item are named here."""
    return f"{_NOTES}{key}"


def decision_thing(number: int) -> str:
    """Return how a decision is named here."""
    return f"decision {number}"


def finding_thing(agency_id: int) -> str:
    """Return how what was found of an agency's response is named here."""
    return f"finding {agency_id}"


def power_thing(number: int) -> str:
    """Return how what was said of a power is named here."""
    return f"power {number}"


def recommendation_thing(number: int) -> str:
    """Return how a recommendation is named here."""
    return f"recommendation {number}"


def begin(actor: Actor, opened: Opened, thing: str) -> None:
    """Mark that the actor is writing in something; belongs inside a transaction."""
    own = _own(actor, opened, thing)
    if own is not None and own.seen_at > actor.at - SIGN_OF_LIFE:
        own.seen_at = actor.at
        return
    if own is None:
        own = Writing(case_id=opened.case.id, thing=thing, person_id=actor.person_id)
        db.session.add(own)
    own.since = own.seen_at = actor.at
    moved(opened)


def _own(actor: Actor, opened: Opened, thing: str) -> Writing | None:
    return db.session.scalars(
        writings_for(actor, opened.case.id).where(
            Writing.thing == thing, Writing.person_id == actor.person_id
        )
    ).one_or_none()


def end(actor: Actor, opened: Opened, thing: str) -> None:
    """Mark that the actor has left something; belongs inside a transaction."""
    if _own(actor, opened, thing) is not None and actor.person_id is not None:
        db.session.execute(drop_writing_of(opened.case.id, thing, actor.person_id))
        moved(opened)


def keep_writing(actor: Actor, reference: str, thing: str, *, has_left: bool) -> None:
    """Take a sign of life from the page of somebody who writes, or that they have left it.

    Such a sign is no view, so the log has no entry of it.

    Raises:
        CaseNotFoundError, ActRefusedError: as for whoever opens the case.
    """
    with transaction():
        opened = glance(actor, reference, Act.VIEW_CASE)
        if not _THING.fullmatch(thing):
            return
        if has_left:
            end(actor, opened, thing)
        elif _own(actor, opened, thing) is not None or _may_begin(actor, opened, thing):
            begin(actor, opened, thing)


def _may_begin(actor: Actor, opened: Opened, thing: str) -> bool:
    """Say whether a script may begin it: only notes stand open on the chair’s page."""
    key = thing.removeprefix(_NOTES)
    if key == thing or not opened.allows(actor, Act.WRITE_NOTES):
        return False
    items = projected_agenda_for(actor, opened.case.id).where(AgendaItem.key == key)
    return db.session.scalars(items).one_or_none() is not None


def begin_and_see_others(actor: Actor, opened: Opened, thing: str) -> tuple[ShownWriting, ...]:
    """Mark that the actor is writing in something; return who else is.

    Belongs inside a transaction.
    """
    others = writers(actor, opened).get(thing, ())
    begin(actor, opened, thing)
    return tuple(each for each in others if not each.is_own)


def writers(actor: Actor, opened: Opened) -> dict[str, tuple[ShownWriting, ...]]:
    """Return who is writing now, by thing; belongs inside a transaction.

    What is noted is for those who lead, and so is who writes it.
    """
    alive = writings_for(actor, opened.case.id).where(Writing.seen_at > actor.at - SIGN_OF_LIFE)
    rows = db.session.scalars(alive).all()
    if not opened.allows(actor, Act.WRITE_NOTES):
        rows = [row for row in rows if not row.thing.startswith(_NOTES)]
    if not rows:
        return {}
    names = names_of(row.person_id for row in rows)
    shown: dict[str, tuple[ShownWriting, ...]] = {}
    for row in rows:
        own = row.person_id == actor.person_id
        one = ShownWriting(names[row.person_id], row.since, own)
        shown[row.thing] = (*shown.get(row.thing, ()), one)
    return shown
