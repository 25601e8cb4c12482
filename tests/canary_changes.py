"""Items of the canary case that the police shared, then corrected or withdrew."""

import datetime as dt

import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db
from portal.domain.handling import Handling, Told
from portal.jobs import demo_people
from portal.models.sharing import SharedItem
from portal.services import corrections, sharing
from tests import cases
from tests.canary import TOKENS
from tests.cases import actor_of, agency_id, token

DOOR = unscoped("a test looks at what is stored")

# Handling and names before, handling and names after.
_NARROW, _NAMED = Handling.CHAIR_AND_COORDINATOR, Handling.NAMED
_CORRECTED = {
    "panel-widened": ((_NARROW, ""), (Handling.PANEL, "")),
    "narrowed": ((Handling.PANEL, ""), (_NARROW, "")),
    "renamed": ((_NAMED, demo_people.SCHOOL), (_NAMED, demo_people.HEXLEY_COUNCIL)),
}
_WITHDRAWN = {"withdrawn": Handling.PANEL, "withdrawn-narrow": _NARROW}


def change_items(reference: str) -> None:
    """Share, correct and withdraw by the services that the pages use."""
    for name, (before, after) in _CORRECTED.items():
        key = share(reference, _typed("past", name, *before))
        corrections.correct_item(
            _police(),
            reference,
            key,
            token(),
            _typed("item", name, *after),
            TOKENS[f"reason-{name}"],
            1,
        )
    for name, handling in _WITHDRAWN.items():
        words = TOKENS[f"past-{name}-words"]
        key = share(reference, _typed("past", name, handling, "", words=words))
        reason = TOKENS[f"reason-{name}"]
        corrections.withdraw_item(_police(), reference, key, token(), reason, 1)


def _police():
    return actor_of(cases.POLICE, cases.ARRANGED_AT)


def share(reference: str, typed: sharing.TypedItem) -> str:
    """The police share an item; return its key."""
    sharing.share_item(_police(), reference, token(), typed)
    return key_of(typed.title)


def key_of(title: str) -> str:
    """The key of the newest item with a title."""
    query = sa.select(SharedItem.key).where(SharedItem.title == title)
    query = query.order_by(SharedItem.id.desc()).execution_options(**DOOR)
    return db.session.scalars(query).first()


def _typed(
    when: str, name: str, handling: Handling, named: str, words: str = ""
) -> sharing.TypedItem:
    return sharing.TypedItem(
        title=TOKENS[f"{when}-{name}-title"],
        happened_on=dt.date(2026, 11, 9),
        content=TOKENS[f"{when}-{name}-content"],
        handling=handling,
        named=(agency_id(named),) if named else (),
        told=Told.IN_THESE_WORDS if words else Told.NO,
        words=words,
    )
