"""The minutes while they are worked on: the chair's and the coordinator's, and each agency's own.

Once issued they are a document, which the whole panel reads.
"""

import sqlalchemy as sa

from portal.access.scope.marks import SEES_EVERYTHING, part
from portal.access.scope.once import built_once
from portal.domain.roles import AGENCY_ROLES, Actor
from portal.models.minutes import MinutesDraft, MinutesText


@built_once
def minutes_drafts_for(actor: Actor, case_id: int) -> sa.Select[MinutesDraft]:
    """Select the draft: for the coordinator and the chair; for agencies once it was sent round."""
    return part(actor, MinutesDraft, case_id, "minutes").where(_reads_draft(actor))


def _reads_draft(actor: Actor) -> sa.ColumnElement[bool]:
    if actor.role in SEES_EVERYTHING:
        return sa.true()
    if actor.role in AGENCY_ROLES:
        return MinutesDraft.sent_round_at.is_not(None)
    return sa.false()


@built_once
def minutes_texts_for(actor: Actor, case_id: int) -> sa.Select[MinutesText]:
    """Select the texts: all for the coordinator and the chair, for an agency its own account."""
    return (
        part(actor, MinutesText, case_id, "minutes_text")
        .where(_reads_text(actor))
        .order_by(MinutesText.number)
    )


def _reads_text(actor: Actor) -> sa.ColumnElement[bool]:
    if actor.role in SEES_EVERYTHING:
        return sa.true()
    if actor.role in AGENCY_ROLES:
        return MinutesText.agency_id == actor.agency_id
    return sa.false()
