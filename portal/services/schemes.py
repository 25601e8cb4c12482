"""The versions of an area's scheme: read, begun, put in force, taken back."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from portal import log
from portal.access.gate import CaseNotFoundError
from portal.access.scope.schemes import (
    draft_for,
    draft_to_edit_for,
    names_of_office,
    version_in_force,
    versions_for,
)
from portal.db import db, transaction
from portal.domain import presets
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor, Role
from portal.domain.scheme_editing.problems import problems_of
from portal.domain.scheme_words.clocks import ClockInWords, clocks_in_words
from portal.domain.scheme_words.whole import RulesInWords, rules_in_words
from portal.domain.threshold.reading import read_rules
from portal.models.scheme import SchemeDraft, SchemeVersion
from portal.services.changes import check_version
from portal.services.once import once
from portal.services.turns import take_turns

DRAFT = "draft"
IN_FORCE = "in_force"
PRESETS = {"durham": presets.durham, "gloucestershire": presets.gloucestershire}


class SchemeRefusedError(Exception):
    """What was asked for cannot be done with the scheme; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class VersionLine:
    """A version in the list.

    Attributes:
        state: in words.
        by: who put it in force; empty for an area's first one.
        may_take_back: its day has not come.
    """

    number: int
    name: str
    in_force_on: dt.date
    state: str
    by: str
    put_at: dt.datetime | None
    may_take_back: bool


@dataclass(frozen=True)
class DraftLine:
    """The draft in the list."""

    name: str
    by: str
    made_at: dt.datetime
    changed_at: dt.datetime | None


@dataclass(frozen=True)
class SchemesPage:
    """The versions of an area, the newest first, and its draft if there is one."""

    versions: tuple[VersionLine, ...]
    draft: DraftLine | None
    may_edit: bool


@dataclass(frozen=True)
class VersionPage:
    """What a version says."""

    line: VersionLine
    rules: RulesInWords
    clocks: tuple[ClockInWords, ...]


def list_versions(actor: Actor) -> SchemesPage:
    """Return the versions of the actor's area and its draft."""
    with transaction():
        log.record(actor, Act.READ_SCHEME.value)
        versions = db.session.scalars(versions_for(actor)).all()
        draft = db.session.scalars(draft_for(actor)).one_or_none()
        names = _names([version.put_by_id for version in versions], draft)
        return SchemesPage(
            versions=_lines(actor, versions, names),
            draft=_draft_line(draft, names) if draft else None,
            may_edit=actor.role is Role.ADMINISTRATOR,
        )


def open_version(actor: Actor, number: int) -> VersionPage:
    """Return what a version of the actor's area says.

    Raises:
        CaseNotFoundError: there is none of this number.
    """
    with transaction():
        log.record(actor, Act.READ_SCHEME.value, thing=f"version {number}")
        versions = db.session.scalars(versions_for(actor)).all()
        names = _names([version.put_by_id for version in versions], None)
        for version, line in zip(versions, _lines(actor, versions, names), strict=True):
            if version.number == number:
                scheme = presets.from_json(version.rules)
                rules = rules_in_words(read_rules(scheme.threshold))
                return VersionPage(line, rules, clocks_in_words(scheme))
        raise CaseNotFoundError(str(number))


def start_draft(actor: Actor, token: str, source: str) -> None:
    """Begin a draft as a copy of the version in force or of a preset.

    Raises:
        SchemeRefusedError: there is a draft already.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        take_turns(actor.area_id)
        if db.session.scalars(draft_for(actor)).one_or_none():
            raise SchemeRefusedError("source", "There is a draft already: change that one")
        _add_draft(actor, _copied(actor, source))
        log.record(actor, Act.EDIT_SCHEME.value, thing=f"{DRAFT} begun from {source}")


def throw_away(actor: Actor, token: str, version: int | None) -> None:
    """Let go of the draft.

    Raises:
        CaseNotFoundError: there is none.
        ChangedMeanwhileError: somebody else has changed it since the page was opened.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        draft = draft_to_edit(actor)
        check_version(draft, version)
        db.session.delete(draft)
        log.record(actor, Act.EDIT_SCHEME.value, thing=f"{DRAFT} thrown away")


def put_in_force(actor: Actor, token: str, version: int | None, on: dt.date) -> None:
    """Make the draft a version that holds for requests received from a London day on.

    Raises:
        CaseNotFoundError: there is no draft.
        ChangedMeanwhileError: somebody else has changed it since the page was opened.
        SchemeRefusedError: the day is past, or the draft is no scheme.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        take_turns(actor.area_id)
        draft = draft_to_edit(actor)
        check_version(draft, version)
        if on < london_day(actor.at):
            raise SchemeRefusedError("in_force_on", "The day must be today or later")
        blocking = [each.sentence for each in problems_of(draft.rules) if each.blocks]
        if blocking:
            raise SchemeRefusedError("in_force_on", f"The draft is no scheme yet. {blocking[0]}")
        newest = db.session.scalars(versions_for(actor).limit(1)).one_or_none()
        added = SchemeVersion(
            area_id=draft.area_id,
            number=newest.number + 1 if newest else 1,
            in_force_on=on,
            rules=draft.rules,
            put_by_id=actor.person_id,
            put_at=actor.at,
        )
        db.session.add(added)
        db.session.delete(draft)
        thing = f"version {added.number} in force from {on.isoformat()}"
        log.record(actor, Act.EDIT_SCHEME.value, thing=thing)


def take_back(actor: Actor, token: str, number: int) -> None:
    """Make a version whose day has not come the draft again.

    Raises:
        CaseNotFoundError: there is no such version.
        SchemeRefusedError: it is in force, or there is another draft.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        take_turns(actor.area_id)
        found = db.session.scalars(
            versions_for(actor).where(SchemeVersion.number == number)
        ).one_or_none()
        if found is None:
            raise CaseNotFoundError(str(number))
        if found.in_force_on <= london_day(actor.at):
            raise SchemeRefusedError("source", "It is in force already, and does not change")
        if db.session.scalars(draft_for(actor)).one_or_none():
            raise SchemeRefusedError(
                "source", "There is a draft already: throw that one away first"
            )
        _add_draft(actor, found.rules)
        db.session.delete(found)
        log.record(actor, Act.EDIT_SCHEME.value, thing=f"version {number} taken back")


def draft_to_edit(actor: Actor) -> SchemeDraft:
    """Return the draft to be changed; belongs inside a transaction.

    Raises:
        CaseNotFoundError: there is none, or the actor may not change it.
    """
    found = db.session.scalars(draft_to_edit_for(actor)).one_or_none()
    if found is None:
        raise CaseNotFoundError(DRAFT)
    return found


def _add_draft(actor: Actor, rules: dict[str, Any]) -> None:
    draft = SchemeDraft(
        area_id=actor.area_id, rules=rules, made_by_id=actor.person_id, made_at=actor.at
    )
    db.session.add(draft)


def _copied(actor: Actor, source: str) -> dict[str, Any]:
    if source in PRESETS:
        return presets.to_json(PRESETS[source]())
    today = london_day(actor.at)
    found = db.session.scalars(version_in_force(actor.area_id or 0, today)).one_or_none()
    if found is None:
        raise SchemeRefusedError("source", "No version is in force: begin with one of the others")
    return dict(found.rules)


def _names(ids: Iterable[int | None], draft: SchemeDraft | None) -> dict[int, str]:
    wanted = {each for each in ids if each is not None}
    if draft:
        wanted.add(draft.made_by_id)
    return {row[0]: row[1] for row in db.session.execute(names_of_office(wanted))}


def _lines(
    actor: Actor, versions: Sequence[SchemeVersion], names: dict[int, str]
) -> tuple[VersionLine, ...]:
    today = london_day(actor.at)
    begun = [each for each in versions if each.in_force_on <= today]
    in_force = max(begun, key=lambda each: (each.in_force_on, each.number), default=None)
    return tuple(
        VersionLine(
            number=version.number,
            name=str(version.rules.get("name", "")),
            in_force_on=version.in_force_on,
            state=_state(version, in_force, today),
            by=names.get(version.put_by_id or 0, ""),
            put_at=version.put_at,
            may_take_back=actor.role is Role.ADMINISTRATOR and version.in_force_on > today,
        )
        for version in versions
    )


def _state(version: SchemeVersion, in_force: SchemeVersion | None, today: dt.date) -> str:
    if version is in_force:
        return "In force"
    return "Upcoming" if version.in_force_on > today else "Earlier"


def _draft_line(draft: SchemeDraft, names: dict[int, str]) -> DraftLine:
    return DraftLine(
        name=str(draft.rules.get("name", "")),
        by=names.get(draft.made_by_id, ""),
        made_at=draft.made_at,
        changed_at=draft.changed_at,
    )
