"""Which actions an open page marks as new."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from flask import request

from portal.services.actions import ShownAction

# A page that follows the saving of an action is opened within this time, and marks it once.
_JUST_NOW: Final = dt.timedelta(seconds=10)


def since_asked() -> dt.datetime | None:
    """Return when the reader last looked, as their page says it; none for anything else."""
    try:
        found = dt.datetime.fromisoformat(request.args.get("since", ""))
    except ValueError:
        return None
    return found if found.tzinfo else None


def new_since(
    actions: Iterable[ShownAction], since: dt.datetime | None, person_id: int | None
) -> frozenset[int]:
    """Return the numbers of the actions that others added or changed since the reader looked."""
    if since is None:
        return frozenset()
    return frozenset(
        each.number
        for each in actions
        if each.changed_at and each.changed_at > since and each.changed_by_id != person_id
    )


def just_saved(
    actions: Iterable[ShownAction], at: dt.datetime, person_id: int | None
) -> frozenset[int]:
    """Return the number of the action that the reader has saved a moment ago, or none."""
    own = [
        (each.changed_at, each.number)
        for each in actions
        if each.changed_at and at - each.changed_at < _JUST_NOW and each.changed_by_id == person_id
    ]
    return frozenset({max(own)[1]}) if own else frozenset()
