"""The little that an observer gets: which case it is, and when its meeting is."""

import datetime as dt

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, observed_ids
from portal.access.scope.once import built_once
from portal.domain.roles import Actor
from portal.models.case import Case
from portal.models.meeting import Meeting


@built_once
def observed_references_for(actor: Actor) -> sa.Select[str]:
    """Select the references of the cases that the actor only observes."""
    return (
        sa.select(Case.reference)
        .where(Case.id.in_(observed_ids(actor)))
        .order_by(Case.id)
        .execution_options(scope=KNOWING)
    )


@built_once
def observed_times_for(actor: Actor, case_id: int) -> sa.Select[dt.datetime, dt.datetime]:
    """Select when the meeting of an observed case begins and ends; not where, not its links."""
    return (
        sa.select(Meeting.starts_at, Meeting.ends_at)
        .where(
            Meeting.case_id == case_id,
            Meeting.called_off_at.is_(None),
            Meeting.case_id.in_(observed_ids(actor)),
        )
        .execution_options(scope=KNOWING | {"meeting"})
    )
