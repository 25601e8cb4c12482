"""Papers on their way to the applicant's side, what is safe for them, and what a link opens."""

import datetime as dt

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, SEES_EVERYTHING, known, part
from portal.access.scope.once import built_once
from portal.access.scope.people import may_have_contacts
from portal.domain.roles import Actor, Role
from portal.models.case import Case, Party
from portal.models.delivery import (
    Delivery,
    DeliveryCode,
    DeliveryStep,
    PostState,
    SafeReach,
    SafeReachChange,
)
from portal.models.plan import Document, DocumentKind

MOST_TRIES = 5
_DELIVERY = frozenset({"delivery"})
_PAPERS = KNOWING | {"delivery", "document", "party"}


def _office(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role is Role.COORDINATOR else sa.false()


@built_once
def safe_reaches_for(actor: Actor, case_id: int) -> sa.Select[SafeReach]:
    """Select how it is safe to reach the applicant's side: for whoever may have their contacts."""
    mine = may_have_contacts(actor, case_id)
    return (
        part(actor, SafeReach, case_id, "contact")
        .join(Party, Party.id == SafeReach.party_id)
        .where(mine)
        .execution_options(scope=KNOWING | {"contact", "party", "consent"})
    )


@built_once
def safe_reach_changes_for(actor: Actor, case_id: int) -> sa.Select[SafeReachChange]:
    """Select what stood there before, the latest first: for the coordinator and the chair."""
    leads = sa.true() if actor.role in SEES_EVERYTHING else sa.false()
    return (
        part(actor, SafeReachChange, case_id, "contact")
        .where(leads)
        .order_by(SafeReachChange.number.desc())
    )


@built_once
def deliveries_for(actor: Actor, case_id: int) -> sa.Select[Delivery]:
    """Select which papers of a case went to whom: for the coordinator."""
    return part(actor, Delivery, case_id, "delivery").where(_office(actor)).order_by(Delivery.id)


@built_once
def steps_for(actor: Actor, case_id: int) -> sa.Select[DeliveryStep]:
    """Select what was done with the papers of a case, the oldest first."""
    own = deliveries_for(actor, case_id).with_only_columns(Delivery.id).order_by(None)
    return (
        sa.select(DeliveryStep)
        .where(DeliveryStep.delivery_id.in_(own))
        .order_by(DeliveryStep.id)
        .execution_options(**own.get_execution_options())
    )


@built_once
def codes_for(actor: Actor, case_id: int) -> sa.Select[DeliveryCode]:
    """Select the codes of the papers of a case."""
    own = deliveries_for(actor, case_id).with_only_columns(Delivery.id).order_by(None)
    return (
        sa.select(DeliveryCode)
        .where(DeliveryCode.delivery_id.in_(own))
        .execution_options(**own.get_execution_options())
    )


@built_once
def papers_to_send_for(
    actor: Actor, state: PostState
) -> sa.Select[Delivery, str, str, DocumentKind, int]:
    """Select an area's papers in one state, the oldest first: for its coordinator.

    A row is the delivery, the reference, the receiver's name, and kind and number of the paper.
    """
    return (
        sa.select(Delivery, Case.reference, Party.name, Document.kind, Document.number)
        .join(Case, Case.id == Delivery.case_id)
        .join(Party, Party.id == Delivery.party_id)
        .join(Document, Document.id == Delivery.document_id)
        .where(
            Delivery.state == state,
            known(actor, Delivery.case_id, declared=True),
            _office(actor),
        )
        .order_by(Delivery.id)
        .execution_options(scope=_PAPERS)
    )


def to_send_a_code(link_hash: str, at: dt.datetime) -> sa.Select[Delivery, str, int]:
    """Select as ``opened_by_link``, and let one after the other ask for a code.

    The case is what everybody waits at who changes something of it, so that none waits crosswise.
    """
    return opened_by_link(link_hash, at).with_for_update(of=Case)


def opened_by_link(link_hash: str, at: dt.datetime) -> sa.Select[Delivery, str, int]:
    """Select what a link opens, with reference and area: whoever holds it is its only key.

    A link that is too old, or was taken back, opens as little as one that never was.
    """
    return (
        sa.select(Delivery, Case.reference, Case.area_id)
        .join(Case, Case.id == Delivery.case_id)
        .where(
            Delivery.link_hash == link_hash,
            Delivery.link_until >= at,
            Delivery.ended_at.is_(None),
        )
        .execution_options(scope=_DELIVERY | {"case"})
    )


def paper_of(delivery_id: int) -> sa.Select[bytes]:
    """Select the one paper of a delivery whose link and code were right."""
    return (
        sa.select(Document.content)
        .join(Delivery, Delivery.document_id == Document.id)
        .where(Delivery.id == delivery_id)
        .execution_options(scope=_DELIVERY | {"document"})
    )


def count_try(delivery_id: int, at: dt.datetime) -> sa.Update:
    """Count a try at every open code of a delivery; return those that it may still be.

    Counting is what locks: tries at the same moment wait for each other, and get no more tries.
    """
    return (
        sa.update(DeliveryCode)
        .where(*_open_codes(delivery_id, at))
        .values(tries=DeliveryCode.tries + 1)
        .returning(DeliveryCode.id, DeliveryCode.code_hash)
        .execution_options(synchronize_session=False, scope=_DELIVERY)
    )


def end_code(code_id: int, at: dt.datetime) -> sa.Update:
    """End a code: it was used, once."""
    return (
        sa.update(DeliveryCode)
        .where(DeliveryCode.id == code_id)
        .values(ended_at=at)
        .execution_options(synchronize_session=False, scope=_DELIVERY)
    )


def end_codes(delivery_id: int, at: dt.datetime, *, is_told: bool) -> sa.Update:
    """End the codes that a new one of the same sort takes the place of."""
    return (
        sa.update(DeliveryCode)
        .where(*_open_codes(delivery_id, at), DeliveryCode.is_told.is_(is_told))
        .values(ended_at=at)
        .execution_options(synchronize_session=False, scope=_DELIVERY)
    )


def codes_sent(delivery_id: int, since: dt.datetime) -> sa.Select[int]:
    """Count the codes that were sent for a delivery since an instant."""
    return (
        sa.select(sa.func.count(DeliveryCode.id))
        .where(
            DeliveryCode.delivery_id == delivery_id,
            DeliveryCode.is_told.is_(False),
            DeliveryCode.made_at > since,
        )
        .execution_options(scope=_DELIVERY)
    )


def _open_codes(delivery_id: int, at: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        DeliveryCode.delivery_id == delivery_id,
        DeliveryCode.ended_at.is_(None),
        DeliveryCode.until >= at,
        DeliveryCode.tries < MOST_TRIES,
    )
