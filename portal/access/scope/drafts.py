"""Requests that are still written: who holds a draft's key may go on with it, and nobody else.

No page of the office lists or searches them. A coordinator gets to one by its reference and code,
as the person on the phone would.
"""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, part
from portal.access.scope.once import built_once
from portal.domain.roles import Actor, Role
from portal.models.draft import DraftHold, RequestDraft, SentRequest
from portal.models.outbox import FOR_DRAFT, OutboxMessage

_DRAFT = frozenset({"draft"})


def held_draft(actor: Actor, key_hash: str) -> sa.Select[RequestDraft, DraftHold]:
    """Select the draft that a browser holds, with its hold; one writer after the other.

    Args:
        actor: who writes: a coordinator for somebody of their area, or whoever asks for the review.
        key_hash: of the key in the browser.
    """
    return (
        sa.select(RequestDraft, DraftHold)
        .join(DraftHold, DraftHold.draft_id == RequestDraft.id)
        .where(
            DraftHold.key_hash == key_hash,
            DraftHold.person_id.is_not_distinct_from(actor.person_id),
            _of_area(actor),
        )
        .with_for_update(of=RequestDraft)
        .execution_options(scope=_DRAFT)
    )


def _of_area(actor: Actor) -> sa.ColumnElement[bool]:
    """Say that a draft is one of the coordinator's area; for everybody else there is no area."""
    return RequestDraft.area_id == actor.area_id if actor.role is Role.COORDINATOR else sa.true()


def draft_by_reference(actor: Actor, reference: str) -> sa.Select[RequestDraft]:
    """Select the draft with a reference; its code has to be right besides."""
    return (
        sa.select(RequestDraft)
        .where(RequestDraft.reference == reference, RequestDraft.case_id.is_(None), _of_area(actor))
        .with_for_update()
        .execution_options(scope=_DRAFT)
    )


def draft_by_link(link_hash: str) -> sa.Select[RequestDraft]:
    """Select the draft that a link leads to; its code has to be right besides."""
    return (
        sa.select(RequestDraft)
        .where(RequestDraft.link_hash == link_hash, RequestDraft.case_id.is_(None))
        .with_for_update()
        .execution_options(scope=_DRAFT)
    )


def draft_mails(receiver: str, since: dt.datetime) -> sa.Select[int]:
    """Select the messages with a link to a saved request that were written to an address."""
    return (
        sa.select(OutboxMessage.id)
        .where(
            sa.func.lower(OutboxMessage.receiver) == receiver.lower(),
            OutboxMessage.created_at > since,
            is_of_draft(),
        )
        .execution_options(scope=frozenset({"message"}))
    )


def is_of_draft() -> sa.ColumnElement[bool]:
    """Say of a message that it holds the link to a saved request; nobody in the office sees it."""
    return sa.func.coalesce(OutboxMessage.seed, "").startswith(FOR_DRAFT)


def without_old_drafts(before: dt.datetime) -> Any:
    """Erase the drafts that nobody has touched since an instant; return their numbers."""
    return (
        sa.delete(RequestDraft)
        .where(RequestDraft.touched_at <= before)
        .returning(RequestDraft.id)
        .execution_options(synchronize_session=False, scope=_DRAFT)
    )


@built_once
def sent_requests_for(actor: Actor, case_id: int) -> sa.Select[SentRequest]:
    """Select what a request says to the office alone: for the coordinator."""
    office = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    return (
        part(actor, SentRequest, case_id, "sent_request")
        .where(office)
        .execution_options(scope=KNOWING | {"sent_request"})
    )
