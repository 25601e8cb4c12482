"""Messages that went out."""

import sqlalchemy as sa

from portal.access.scope.drafts import is_of_draft
from portal.access.scope.marks import KNOWING, known
from portal.access.scope.once import built_once
from portal.domain.roles import Actor, Role
from portal.models.outbox import OutboxMessage


@built_once
def messages_for(actor: Actor) -> sa.Select[OutboxMessage]:
    """Select the messages of the area for its coordinator, for everybody else their own."""
    mine = sa.and_(OutboxMessage.area_id == actor.area_id, _received(actor))
    return (
        sa.select(OutboxMessage)
        .where(mine, ~is_of_draft())
        .order_by(OutboxMessage.id.desc())
        .execution_options(scope=KNOWING | {"message"})
    )


def _received(actor: Actor) -> sa.ColumnElement[bool]:
    """Select an area's messages for its coordinator, one's own for others, on cases they know."""
    of_known_case = sa.or_(
        OutboxMessage.case_id.is_(None),
        known(actor, OutboxMessage.case_id, declared=False),
    )
    if actor.role is Role.COORDINATOR:
        return of_known_case
    return sa.and_(OutboxMessage.person_id == actor.person_id, of_known_case)
