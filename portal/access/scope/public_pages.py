"""What an area publishes: everybody's to read, its administrator's to change."""

import sqlalchemy as sa

from portal.access.scope.once import built_once
from portal.domain.letters import Topic
from portal.domain.roles import Actor, Role
from portal.models.letter import AreaWords
from portal.models.person import Area
from portal.models.public_page import DirectoryEntry, PublicPage


def published_areas() -> sa.Select[Area, PublicPage | None]:
    """Select every area with what its office tells the public, by name."""
    return (
        sa.select(Area, PublicPage)
        .join(PublicPage, PublicPage.area_id == Area.id, isouter=True)
        .order_by(Area.name)
    )


def published_entries(area_id: int) -> sa.Select[DirectoryEntry]:
    """Select whom the public of an area can turn to, by name."""
    return (
        sa.select(DirectoryEntry)
        .where(DirectoryEntry.area_id == area_id)
        .order_by(sa.func.lower(DirectoryEntry.name), DirectoryEntry.id)
    )


def post_address_of(area_id: int) -> sa.Select[str]:
    """Select the postal address of an area's office."""
    return sa.select(AreaWords.words).where(
        AreaWords.area_id == area_id, AreaWords.topic == Topic.POST
    )


@built_once
def public_page_for(actor: Actor) -> sa.Select[PublicPage]:
    """Select what the office of the actor's area tells the public: for its administrator."""
    return sa.select(PublicPage).where(PublicPage.area_id == actor.area_id, _keeps(actor))


@built_once
def entries_for(actor: Actor) -> sa.Select[DirectoryEntry]:
    """Select whom the public of the actor's area can turn to: for its administrator."""
    return (
        sa.select(DirectoryEntry)
        .where(DirectoryEntry.area_id == actor.area_id, _keeps(actor))
        .order_by(sa.func.lower(DirectoryEntry.name), DirectoryEntry.id)
    )


def _keeps(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role is Role.ADMINISTRATOR else sa.false()
