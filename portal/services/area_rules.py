"""The rules of an area in words, for everybody: without an account, and without a log entry."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.access.scope.schemes import version_in_force, versions_waiting
from portal.db import db
from portal.domain import presets
from portal.domain.deadlines import london_day
from portal.domain.scheme_editing.published import published
from portal.domain.scheme_words.clocks import all_clock_words
from portal.domain.scheme_words.whole import RulesInWords, rules_in_words
from portal.domain.threshold.reading import read_rules
from portal.models.person import Area
from portal.models.scheme import SchemeVersion


@dataclass(frozen=True)
class Change:
    """What a version changes that waits for its day."""

    from_on: dt.date
    new: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True)
class RulesPage:
    """An area's rules, as they hold today."""

    area_name: str
    from_on: dt.date
    rules: RulesInWords
    clocks: tuple[str, ...]
    change: Change | None


def open_rules(slug: str, at: dt.datetime) -> RulesPage | None:
    """Return the rules of an area that are in force, or None where there is no such area.

    Args:
        slug: short name of the area.
        at: the instant of the request, aware.
    """
    area = db.session.scalars(sa.select(Area).where(Area.slug == slug)).one_or_none()
    if area is None:
        return None
    today = london_day(at)
    version = db.session.scalars(version_in_force(area.id, today)).one_or_none()
    if version is None:
        return None
    rules, clocks = _in_words(version)
    waiting = db.session.scalars(versions_waiting(area.id, today).limit(1)).one_or_none()
    return RulesPage(
        area_name=area.name,
        from_on=version.in_force_on,
        rules=rules,
        clocks=clocks,
        change=_change([*rules.sentences(), *clocks], waiting) if waiting else None,
    )


def export_rules(slug: str, at: dt.datetime) -> dict[str, Any] | None:
    """Return the rules of an area that are in force, in the shape of published ones.

    Args:
        slug: short name of the area.
        at: the instant of the request, aware.
    """
    query = sa.select(Area.id).where(Area.slug == slug)
    area_id = db.session.scalars(query).one_or_none()
    if area_id is None:
        return None
    version = db.session.scalars(version_in_force(area_id, london_day(at))).one_or_none()
    return published(presets.from_json(version.rules)) if version else None


def _in_words(version: SchemeVersion) -> tuple[RulesInWords, tuple[str, ...]]:
    scheme = presets.from_json(version.rules)
    return rules_in_words(read_rules(scheme.threshold)), all_clock_words(scheme)


def _change(said: list[str], waiting: SchemeVersion) -> Change:
    rules, clocks = _in_words(waiting)
    then = [*rules.sentences(), *clocks]
    return Change(
        from_on=waiting.in_force_on,
        new=tuple(dict.fromkeys(each for each in then if each not in said)),
        gone=tuple(dict.fromkeys(each for each in said if each not in then)),
    )
