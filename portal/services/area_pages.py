"""An area's public pages: for everybody, without an account, a cookie or a log entry."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from portal.access.scope.public_pages import (
    post_address_of,
    published_areas,
    published_entries,
)
from portal.access.scope.schemes import version_in_force
from portal.db import db
from portal.domain import presets
from portal.domain.deadlines import london_day
from portal.domain.directory import EntryKind
from portal.domain.presets import Scheme
from portal.domain.scheme_words.indifferent import indifferent
from portal.domain.scheme_words.next_steps import NextStep, next_steps
from portal.domain.scheme_words.whole import RulesInWords, rules_in_words
from portal.domain.self_check import LocalNumbers, local_numbers
from portal.domain.threshold.periods import first_day_back
from portal.domain.threshold.reading import read_rules
from portal.models.person import Area
from portal.models.public_page import PublicPage

NEUTRAL: Final = "https://www.bbc.co.uk/weather"
"""Where the way out leads if an area has chosen no page of its own."""


@dataclass(frozen=True)
class AreaContact:
    """An area as its public pages name it, with the office to call."""

    slug: str
    area_name: str
    office_name: str
    phone: str
    phone_hours: str
    email: str


@dataclass(frozen=True)
class Listed:
    """Somebody whom the public can turn to; empty where a way is not known."""

    name: str
    words: str
    phone: str
    web: str
    email: str
    is_free: bool


@dataclass(frozen=True)
class Directory:
    """Whom the public of an area can turn to, for what."""

    area: AreaContact
    support: tuple[Listed, ...]
    report: tuple[Listed, ...]
    complaint: tuple[Listed, ...]


@dataclass(frozen=True)
class StartPage:
    """Where somebody of an area begins.

    Attributes:
        indifferent: what makes no difference to whether they can ask.
        from_on: the day from which the rules hold.
    """

    area: AreaContact
    rules: RulesInWords
    indifferent: tuple[str, ...]
    from_on: dt.date
    post_address: str
    visits: str
    formats: str


@dataclass(frozen=True)
class NextPage:
    """What happens after somebody has asked."""

    area: AreaContact
    steps: tuple[NextStep, ...]
    has_complaints: bool


@dataclass(frozen=True)
class InformationPage:
    """How an area uses what it is told."""

    area: AreaContact
    data_officer: str
    retention_years: int | None


@dataclass(frozen=True)
class CheckPage:
    """What the self-check needs of an area: its numbers, and from which day reports count."""

    area: AreaContact
    numbers: LocalNumbers
    since: dt.date


def areas() -> tuple[AreaContact, ...]:
    """Return every area, by name."""
    return tuple(_contact(area, page) for area, page in db.session.execute(published_areas()))


def area_of(slug: str) -> AreaContact | None:
    """Return an area by its short name, or None where there is none."""
    found = _area(slug)
    return _contact(*found) if found else None


def area_with(area_id: int) -> AreaContact:
    """Return an area by its number."""
    return _contact(*db.session.execute(published_areas().where(Area.id == area_id)).one())


def open_start(slug: str, at: dt.datetime) -> StartPage | None:
    """Return the start page of an area, or None where there is no such area.

    Args:
        slug: short name of the area.
        at: the instant of the request, aware.
    """
    found = _area(slug)
    in_force = _scheme(found[0], at) if found else None
    if found is None or in_force is None:
        return None
    area, page = found
    scheme, from_on = in_force
    rules = read_rules(scheme.threshold)
    return StartPage(
        area=_contact(area, page),
        rules=rules_in_words(rules),
        indifferent=indifferent(rules),
        from_on=from_on,
        post_address=db.session.scalar(post_address_of(area.id)) or "",
        visits=page.visits if page else "",
        formats=page.formats if page else "",
    )


def open_next(slug: str, at: dt.datetime) -> NextPage | None:
    """Return what happens next in an area, or None where there is no such area."""
    found = _area(slug)
    in_force = _scheme(found[0], at) if found else None
    if found is None or in_force is None:
        return None
    entries = db.session.scalars(published_entries(found[0].id))
    has_complaints = any(entry.kind is EntryKind.COMPLAINT for entry in entries)
    return NextPage(_contact(*found), next_steps(in_force[0]), has_complaints)


def open_information(slug: str) -> InformationPage | None:
    """Return how an area uses information, or None where there is no such area."""
    found = _area(slug)
    if found is None:
        return None
    area, page = found
    return InformationPage(
        area=_contact(area, page),
        data_officer=page.data_officer if page else "",
        retention_years=page.retention_years if page else None,
    )


def open_directory(slug: str) -> Directory | None:
    """Return whom the public of an area can turn to, or None where there is no such area."""
    found = _area(slug)
    if found is None:
        return None
    listed: dict[EntryKind, list[Listed]] = {kind: [] for kind in EntryKind}
    for entry in db.session.scalars(published_entries(found[0].id)):
        values = {name: getattr(entry, name) for name in Listed.__dataclass_fields__}
        listed[entry.kind].append(Listed(**values))
    return Directory(
        area=_contact(*found),
        support=tuple(listed[EntryKind.SUPPORT]),
        report=tuple(listed[EntryKind.REPORT]),
        complaint=tuple(listed[EntryKind.COMPLAINT]),
    )


def open_check(slug: str, at: dt.datetime) -> CheckPage | None:
    """Return what the self-check of an area needs, or None where there is no such area."""
    found = _area(slug)
    in_force = _scheme(found[0], at) if found else None
    if found is None or in_force is None:
        return None
    numbers = local_numbers(read_rules(in_force[0].threshold))
    since = first_day_back(london_day(at), numbers.period)
    return CheckPage(_contact(*found), numbers, since)


def exit_address(slug: str | None) -> str:
    """Return the harmless page that the way out of an area leads to.

    It opens whatever happens: with the database away it is the portal's own.
    """
    try:
        found = _area(slug) if slug else None
    except SQLAlchemyError:
        db.session.rollback()
        return NEUTRAL
    return (found and found[1] and found[1].exit_address) or NEUTRAL


def _area(slug: str) -> tuple[Area, PublicPage | None] | None:
    row = db.session.execute(published_areas().where(Area.slug == slug)).one_or_none()
    return None if row is None else (row[0], row[1])


def _scheme(area: Area, at: dt.datetime) -> tuple[Scheme, dt.date] | None:
    version = db.session.scalars(version_in_force(area.id, london_day(at))).one_or_none()
    if version is None:
        return None
    return presets.from_json(version.rules), version.in_force_on


def _contact(area: Area, page: PublicPage | None) -> AreaContact:
    return AreaContact(
        slug=area.slug,
        area_name=area.name,
        office_name=area.office_name,
        phone=area.office_phone,
        phone_hours=page.phone_hours if page else "",
        email=area.office_email,
    )
