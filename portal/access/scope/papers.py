"""Papers that were issued to one receiver: theirs, and the office's, which issued them."""

import sqlalchemy as sa

from portal.access.scope.marks import part
from portal.access.scope.once import built_once
from portal.domain.roles import AGENCY_ROLES, Actor, Role
from portal.models.paper import ReceiverPaper


@built_once
def receiver_papers_for(actor: Actor, case_id: int) -> sa.Select[ReceiverPaper]:
    """Select the papers that the actor received, or, for the coordinator, each that went out.

    The coordinator reads under every handling, so that no paper holds what they may not read.
    """
    return (
        part(actor, ReceiverPaper, case_id, "receiver_paper")
        .where(_received(actor))
        .order_by(ReceiverPaper.number, ReceiverPaper.id)
    )


def _received(actor: Actor) -> sa.ColumnElement[bool]:
    if actor.role is Role.COORDINATOR:
        return sa.true()
    own = ReceiverPaper.person_id == actor.person_id
    if actor.role is Role.CHAIR:
        return sa.and_(own, ReceiverPaper.agency_id.is_(None))
    if actor.role in AGENCY_ROLES:
        # What was sent to the agency as a whole is for everybody of it who can open the case.
        ours = sa.or_(own, ReceiverPaper.person_id.is_(None))
        return sa.and_(ours, ReceiverPaper.agency_id == actor.agency_id)
    return sa.false()
