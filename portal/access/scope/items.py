"""What agencies have shared, each thing and each of its versions under its own handling."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, open_case, part
from portal.access.scope.once import built_once
from portal.domain.handling import AgencyKind, Handling, Reader, handlings_open_to, is_relevant_body
from portal.domain.roles import AGENCY_ROLES, Actor, Role
from portal.models.person import Agency
from portal.models.sharing import (
    SharedItem,
    SharedItemAgency,
    SharedItemVersion,
    SharedItemVersionAgency,
    SharedItemWithdrawal,
)

_SCOPE = KNOWING | {"shared_item"}


def _own_agency_reads(
    actor: Actor, handling: sa.SQLColumnExpression[Any], is_named: sa.ColumnElement[bool]
) -> sa.ColumnElement[bool]:
    """Read as one's agency: what it shared, what names it, what its place on the panel opens."""
    relevant = (
        sa.select(Agency.id).where(Agency.id == actor.agency_id, _is_relevant_agency()).exists()
    )
    return sa.or_(
        _is_own(actor),
        handling.in_(handlings_open_to(Reader.OTHER_PANEL_AGENCY)),
        sa.and_(handling.in_(handlings_open_to(Reader.NAMED_AGENCY)), is_named),
        sa.and_(handling.in_(handlings_open_to(Reader.RELEVANT_BODY)), relevant),
    )


def _is_relevant_agency() -> sa.ColumnElement[bool]:
    kinds = {kind for kind in AgencyKind if is_relevant_body(kind, is_co_opted=False)}
    co_opted = {kind for kind in AgencyKind if is_relevant_body(kind, is_co_opted=True)}
    return sa.or_(
        Agency.kind.in_(kinds), sa.and_(Agency.is_co_opted.is_(True), Agency.kind.in_(co_opted))
    )


def _is_own(actor: Actor) -> sa.ColumnElement[bool]:
    """Own what one's agency shared, whoever of it did; the coordinator what the office shared."""
    if actor.role is Role.COORDINATOR:
        return SharedItem.agency_id.is_(None)
    if actor.role in AGENCY_ROLES:
        return SharedItem.agency_id == actor.agency_id
    return sa.false()


def _may_read(
    actor: Actor, handling: sa.SQLColumnExpression[Any], is_named: sa.ColumnElement[bool]
) -> sa.ColumnElement[bool]:
    if actor.role is Role.COORDINATOR:
        return handling.in_(handlings_open_to(Reader.COORDINATOR))
    if actor.role is Role.CHAIR:
        return handling.in_(handlings_open_to(Reader.CHAIR))
    if actor.role in AGENCY_ROLES:
        return _own_agency_reads(actor, handling, is_named)
    return sa.false()


@built_once
def _readable(actor: Actor) -> sa.ColumnElement[bool]:
    """Read an item as it stands."""
    named = sa.select(SharedItemAgency.item_id).where(SharedItemAgency.agency_id == actor.agency_id)
    return _may_read(actor, SharedItem.handling, SharedItem.id.in_(named))


def _version_readable(actor: Actor) -> sa.ColumnElement[bool]:
    """Read a version under the handling and the names that it had."""
    named = sa.select(SharedItemVersionAgency.version_id).where(
        SharedItemVersionAgency.agency_id == actor.agency_id
    )
    return _may_read(actor, SharedItemVersion.handling, SharedItemVersion.id.in_(named))


def _withdrawn() -> sa.Select[int]:
    return sa.select(SharedItemWithdrawal.item_id)


def _stands() -> sa.ColumnElement[bool]:
    """Stand: not have been withdrawn."""
    return SharedItem.id.not_in(_withdrawn())


def _text_open(actor: Actor) -> sa.ColumnElement[bool]:
    """Read the text: of what was withdrawn only the agency that shared it and the coordinator."""
    if actor.role is Role.COORDINATOR:
        return sa.true()
    return sa.or_(_stands(), _is_own(actor))


@built_once
def shared_items_for(actor: Actor, case_id: int) -> sa.Select[SharedItem]:
    """Select the shared things that the actor may read, in the order in which they happened.

    What was withdrawn is not among them; ``withdrawals_for`` selects what stands in its place.
    """
    return (
        part(actor, SharedItem, case_id, "shared_item")
        .where(_readable(actor), _stands())
        .order_by(SharedItem.happened_on, SharedItem.id)
    )


@built_once
def panel_items_for(actor: Actor, case_id: int) -> sa.Select[SharedItem]:
    """Select only what the whole panel may read: for screens and papers that they all share."""
    return shared_items_for(actor, case_id).where(SharedItem.handling == Handling.PANEL)


@built_once
def own_items_for(actor: Actor, case_id: int) -> sa.Select[SharedItem]:
    """Select what the actor's agency, or the office, has shared and not withdrawn."""
    return shared_items_for(actor, case_id).where(_is_own(actor))


@built_once
def named_agencies_for(actor: Actor, case_id: int) -> sa.Select[SharedItemAgency]:
    """Select which agencies are named by the items, and the stubs, that the actor may read."""
    readable = (
        part(actor, SharedItem, case_id, "shared_item")
        .where(_readable(actor))
        .with_only_columns(SharedItem.id)
    )
    return (
        sa.select(SharedItemAgency)
        .where(SharedItemAgency.item_id.in_(readable))
        .execution_options(scope=_SCOPE)
    )


@built_once
def withdrawals_for(
    actor: Actor, case_id: int
) -> sa.Select[SharedItemWithdrawal, str, int | None, dt.date, Handling]:
    """Select who withdrew what, when and why, for those who could read it, without its texts.

    A row is the withdrawal, then of the item its key, agency, day and handling.
    """
    return (
        sa.select(
            SharedItemWithdrawal,
            SharedItem.key,
            SharedItem.agency_id,
            SharedItem.happened_on,
            SharedItem.handling,
        )
        .join(SharedItem, SharedItem.id == SharedItemWithdrawal.item_id)
        .where(
            SharedItem.case_id == case_id,
            open_case(actor, case_id),
            _readable(actor),
        )
        .order_by(SharedItem.happened_on, SharedItem.id)
        .execution_options(scope=_SCOPE)
    )


@built_once
def versions_for(actor: Actor, case_id: int, key: str) -> sa.Select[SharedItemVersion]:
    """Select the versions of an item that the actor may read, the oldest first.

    A version needs both: the item as it stands, so that what was narrowed does not leave its wide
    past open, and the version as it was, so that what was widened does not give its narrow past
    away.
    """
    return (
        sa.select(SharedItemVersion)
        .join(SharedItem, SharedItem.id == SharedItemVersion.item_id)
        .where(
            SharedItem.case_id == case_id,
            open_case(actor, case_id),
            SharedItem.key == key,
            _readable(actor),
            _version_readable(actor),
            _text_open(actor),
        )
        .order_by(SharedItemVersion.number)
        .execution_options(scope=_SCOPE)
    )


@built_once
def version_agencies_for(
    actor: Actor, case_id: int, key: str
) -> sa.Select[SharedItemVersionAgency]:
    """Select which agencies are named by the versions that the actor may read."""
    readable = versions_for(actor, case_id, key)
    ids = readable.with_only_columns(SharedItemVersion.id).order_by(None)
    return (
        sa.select(SharedItemVersionAgency)
        .where(SharedItemVersionAgency.version_id.in_(ids))
        .execution_options(scope=_SCOPE)
    )
