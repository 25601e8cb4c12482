"""Setting up an installation: areas, their agencies, and the first version of a scheme."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from portal import log
from portal.db import db, transaction
from portal.domain import presets
from portal.domain.handling import AgencyKind
from portal.domain.letters import Topic
from portal.domain.roles import Actor
from portal.models.letter import AreaWords
from portal.models.person import Agency, Area, LocalGovernmentArea
from portal.models.scheme import SchemeVersion

AGENCY_KINDS = [kind.value for kind in AgencyKind]
# The first version of a scheme also covers requests that reached the office before the portal.
FROM_THE_START = dt.date(2020, 1, 1)
_PRESETS = {"durham": presets.durham, "gloucestershire": presets.gloucestershire}


class SetupError(Exception):
    """What was asked for cannot be set up; the sentence says why."""


@dataclass(frozen=True)
class NewArea:
    """An area as it is set up; ``words`` are what its office says of itself in every letter."""

    slug: str
    name: str
    office_name: str
    office_phone: str
    office_email: str
    preset: str
    lgas: tuple[str, ...]
    words: Mapping[Topic, str] = field(default_factory=dict)


def add_area(actor: Actor, new: NewArea) -> int:
    """Add an area with its local government areas, scheme and log chain; return its number.

    Raises:
        SetupError: there is an area of this slug already.
    """
    with transaction():
        if db.session.scalar(sa.select(Area.id).where(Area.slug == new.slug)):
            raise SetupError("There is an area of this name already.")
        area = Area(
            slug=new.slug,
            name=new.name,
            office_name=new.office_name,
            office_phone=new.office_phone,
            office_email=new.office_email,
        )
        db.session.add(area)
        db.session.flush()
        db.session.add_all(LocalGovernmentArea(area_id=area.id, name=name) for name in new.lgas)
        db.session.add_all(
            AreaWords(area_id=area.id, topic=topic, words=words)
            for topic, words in new.words.items()
        )
        db.session.add(
            SchemeVersion(
                area_id=area.id,
                number=1,
                in_force_on=FROM_THE_START,
                rules=presets.to_json(_PRESETS[new.preset]()),
            )
        )
        log.open_chain(area.id)
        log.record(actor, "area_added", thing=new.slug)
        return area.id


def say(actor: Actor, area_slug: str, topic: Topic, words: str) -> None:
    """Keep what an office says of itself in every letter, in place of what it said before.

    Raises:
        SetupError: there is no such area.
    """
    with transaction():
        area = db.session.scalars(sa.select(Area).where(Area.slug == area_slug)).one_or_none()
        if area is None:
            raise SetupError("There is no such area.")
        known = db.session.get(AreaWords, (area.id, topic))
        if known is None:
            db.session.add(AreaWords(area_id=area.id, topic=topic, words=words))
        else:
            known.words = words
        log.record(actor, "area_words_changed", thing=f"{area_slug}, {topic}")


def add_agency(
    actor: Actor, area_slug: str, *, name: str, kind: str, is_co_opted: bool, lga: str = ""
) -> None:
    """Add an agency to an area.

    Args:
        actor: who adds it.
        area_slug: of the area.
        name: of the agency.
        kind: what sort of body it is.
        is_co_opted: a housing provider that is co-opted under the Act.
        lga: the local government area that a council is the council of; a panel is suggested by it.

    Raises:
        SetupError: there is no such area or local government area, or an agency of this name.
    """
    with transaction():
        area = db.session.scalars(sa.select(Area).where(Area.slug == area_slug)).one_or_none()
        if area is None:
            raise SetupError("There is no such area.")
        if db.session.scalar(
            sa.select(Agency.id).where(Agency.area_id == area.id, Agency.name == name)
        ):
            raise SetupError("The area has an agency of this name already.")
        db.session.add(
            Agency(
                area_id=area.id,
                name=name,
                kind=AgencyKind(kind),
                is_co_opted=is_co_opted,
                lga_id=_lga_id(area, lga) if lga else None,
            )
        )
        log.record(actor, "agency_added", thing=area_slug)


def _lga_id(area: Area, name: str) -> int:
    found = db.session.scalar(
        sa.select(LocalGovernmentArea.id).where(
            LocalGovernmentArea.area_id == area.id, LocalGovernmentArea.name == name
        )
    )
    if found is None:
        raise SetupError("The area has no local government area of this name.")
    return found
