"""Who looked and who did what: the log, for those whose task it is to ask."""

import sqlalchemy as sa

from portal.access.scope.once import built_once
from portal.domain.roles import Actor, Role
from portal.log import chain_of
from portal.models.log import LogEntry
from portal.models.person import Person, RoleHeld


@built_once
def area_entries_for(actor: Actor) -> sa.Select[LogEntry]:
    """Select the log of the actor's area, the newest first: for its auditor alone."""
    mine = sa.true() if actor.role is Role.AUDITOR else sa.false()
    return _newest_first(actor).where(mine)


@built_once
def case_entries_for(actor: Actor, reference: str) -> sa.Select[LogEntry]:
    """Select the log of a case that the gate has opened: for the area's coordinator alone."""
    mine = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    return _newest_first(actor).where(mine, LogEntry.reference == reference)


def _newest_first(actor: Actor) -> sa.Select[LogEntry]:
    chain = LogEntry.chain == chain_of(actor.area_id)
    return sa.select(LogEntry).where(chain).order_by(LogEntry.number.desc())


@built_once
def people_in_log_for(actor: Actor) -> sa.Select[Person]:
    """Select everybody who holds or has held a role in the auditor's area."""
    mine = sa.true() if actor.role is Role.AUDITOR else sa.false()
    held = sa.select(RoleHeld.person_id).where(RoleHeld.area_id == actor.area_id)
    return sa.select(Person).where(mine, Person.id.in_(held)).order_by(Person.name)
