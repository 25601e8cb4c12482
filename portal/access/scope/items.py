"""What agencies have shared, each thing under its own handling."""

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, part
from portal.domain.handling import AgencyKind, Handling, Reader, handlings_open_to, is_relevant_body
from portal.domain.roles import AGENCY_ROLES, Actor, Role
from portal.models.person import Agency
from portal.models.sharing import SharedItem, SharedItemAgency


def _own_agency_reads(actor: Actor) -> sa.ColumnElement[bool]:
    """Read as one's agency: what it shared, what names it, what its place on the panel opens."""
    named = sa.select(SharedItemAgency.item_id).where(SharedItemAgency.agency_id == actor.agency_id)
    relevant = (
        sa.select(Agency.id).where(Agency.id == actor.agency_id, _is_relevant_agency()).exists()
    )
    return sa.or_(
        SharedItem.agency_id == actor.agency_id,
        SharedItem.handling.in_(handlings_open_to(Reader.OTHER_PANEL_AGENCY)),
        sa.and_(
            SharedItem.handling.in_(handlings_open_to(Reader.NAMED_AGENCY)),
            SharedItem.id.in_(named),
        ),
        sa.and_(SharedItem.handling.in_(handlings_open_to(Reader.RELEVANT_BODY)), relevant),
    )


def _is_relevant_agency() -> sa.ColumnElement[bool]:
    kinds = {kind for kind in AgencyKind if is_relevant_body(kind, is_co_opted=False)}
    co_opted = {kind for kind in AgencyKind if is_relevant_body(kind, is_co_opted=True)}
    return sa.or_(
        Agency.kind.in_(kinds), sa.and_(Agency.is_co_opted.is_(True), Agency.kind.in_(co_opted))
    )


def _readable(actor: Actor) -> sa.ColumnElement[bool]:
    if actor.role is Role.COORDINATOR:
        return SharedItem.handling.in_(handlings_open_to(Reader.COORDINATOR))
    if actor.role is Role.CHAIR:
        return SharedItem.handling.in_(handlings_open_to(Reader.CHAIR))
    if actor.role in AGENCY_ROLES:
        return _own_agency_reads(actor)
    return sa.false()


def shared_items_for(actor: Actor, case_id: int) -> sa.Select[SharedItem]:
    """Select the shared things that the actor may read, in the order in which they happened."""
    return (
        part(actor, SharedItem, case_id, "shared_item")
        .where(_readable(actor))
        .order_by(SharedItem.happened_on, SharedItem.id)
    )


def panel_items_for(actor: Actor, case_id: int) -> sa.Select[SharedItem]:
    """Select only what the whole panel may read: for screens and papers that they all share."""
    return shared_items_for(actor, case_id).where(SharedItem.handling == Handling.PANEL)


def named_agencies_for(actor: Actor, case_id: int) -> sa.Select[SharedItemAgency]:
    """Select which agencies are named by the items that the actor may read."""
    readable = shared_items_for(actor, case_id).with_only_columns(SharedItem.id).order_by(None)
    return (
        sa.select(SharedItemAgency)
        .where(SharedItemAgency.item_id.in_(readable))
        .execution_options(scope=KNOWING | {"shared_item"})
    )
