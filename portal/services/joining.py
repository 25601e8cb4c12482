"""Joint actions: which agencies join in; the one that leads is the owner's."""

from collections.abc import Collection, Sequence

from portal.access.gate import Opened
from portal.access.readers import CaseReader
from portal.access.scope.powers import joining_agencies_for, joining_rows_for
from portal.db import db
from portal.domain.roles import Actor
from portal.models.meeting import Action, ActionAgency

Agencies = tuple[tuple[int, str], ...]


def panel_agencies(people: Sequence[CaseReader]) -> Agencies:
    """Return the agencies of the panel with somebody who can open the case, by number and name."""
    return tuple(
        dict.fromkeys((p.agency_id, p.agency_name) for p in people if p.agency_id is not None)
    )


def joining_by_action(actor: Actor, opened: Opened) -> dict[int, Agencies]:
    """Return who joins in each action of a case; belongs inside a transaction."""
    found: dict[int, Agencies] = {}
    for action_id, agency_id, name in db.session.execute(
        joining_agencies_for(actor, opened.case.id)
    ):
        found[action_id] = (*found.get(action_id, ()), (agency_id, name))
    return found


def set_joining(actor: Actor, opened: Opened, action: Action, agency_ids: Collection[int]) -> None:
    """Let these agencies join in an action, besides the one that leads it.

    The leading agency is left out: it is the owner's, and so there is always just one.
    """
    wanted = set(agency_ids) - {action.owner_agency_id}
    rows = joining_rows_for(actor, opened.case.id).where(ActionAgency.action_id == action.id)
    for row in db.session.scalars(rows):
        if row.agency_id not in wanted:
            db.session.delete(row)
        wanted.discard(row.agency_id)
    db.session.add_all(ActionAgency(action_id=action.id, agency_id=each) for each in wanted)
