"""The templates of an area's documents: listed, uploaded, put in force from a day, taken back."""

import datetime as dt
import hashlib
from collections.abc import Sequence

import sqlalchemy as sa

from portal import log
from portal.access.gate import CaseNotFoundError
from portal.access.scope.templates import template_choices_for, templates_for
from portal.db import db, transaction
from portal.documents.check import Fault
from portal.documents.check_apart import check_apart
from portal.documents.content import Kind
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.domain.text import UnusableTextError, clean_line
from portal.models.template import TemplateChoice, TemplateVersion
from portal.services.changes import ChangedMeanwhileError, name_of
from portal.services.once import once
from portal.services.turns import take_turns

MOST_BYTES = 5 * 1024 * 1024
DEFAULT = 0
_ACT = Act.KEEP_TEMPLATES.value
_LONGEST_NAME = 200


class TemplateFaultsError(Exception):
    """An uploaded template is not kept; holds everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


class TemplateRefusedError(Exception):
    """What was asked for cannot be done with a template; the message is the sentence."""


def keep_template(
    actor: Actor, kind: Kind, token: str, *, file_name: str, content: bytes, note: str
) -> int:
    """Keep an uploaded template that has no fault; return the number of the version.

    It is used for nothing before it is put in force.

    Args:
        actor: the administrator.
        kind: of document.
        token: of the form.
        file_name: as its owner called it; only ever shown.
        content: at most 5 MB.
        note: what is different in it.

    Raises:
        TemplateFaultsError: with everything that is wrong with it; nothing was kept.
    """
    faults = check_apart(kind, content)
    if faults:
        with transaction():
            log.record(actor, _ACT, thing=f"{kind}, not kept")
        raise TemplateFaultsError(faults)
    with once(actor, token) as turn:
        if turn.is_repeat:
            return int(turn.result)
        take_turns(actor.area_id)
        newest = db.session.scalars(_versions(actor, kind).limit(1)).one_or_none()
        kept = TemplateVersion(
            area_id=actor.area_id,
            kind=kind.value,
            number=newest.number + 1 if newest else 1,
            file_name=_shown_name(file_name),
            note=note,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            kept_at=actor.at,
            kept_by_id=actor.person_id,
        )
        db.session.add(kept)
        log.record(actor, _ACT, thing=f"{kind}, version {kept.number} kept")
        turn.result = str(kept.number)
    return int(turn.result)


def _shown_name(file_name: str) -> str:
    try:
        name = clean_line(file_name.replace("\\", "/").rpartition("/")[2])
    except UnusableTextError:
        name = ""
    return name[:_LONGEST_NAME] or "A file without a name"


def put_in_force(
    actor: Actor, kind: Kind, token: str, number: int, version: int | None, on: dt.date
) -> None:
    """Use a version, or the default again, for what is issued from a London day on.

    Args:
        actor: the administrator.
        kind: of document.
        token: of the form.
        number: of the version; 0 is the default.
        version: how often it had been chosen when the form was opened, see ``KindPage``.
        on: today or later.

    Raises:
        CaseNotFoundError: there is no such version.
        ChangedMeanwhileError: somebody else has chosen since; nothing was saved.
        TemplateRefusedError: the day is past, or the version does not fit the fields any more.
    """
    _check_fit(actor, kind, number)
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        take_turns(actor.area_id)
        chosen = choices_of(actor, kind)
        if changes_of(chosen) != version:
            raise _changed(chosen)
        if on < london_day(actor.at):
            raise TemplateRefusedError("The day must be today or later")
        db.session.add(
            TemplateChoice(
                area_id=actor.area_id,
                kind=kind.value,
                number=len(chosen) + 1,
                template_id=find_version(actor, kind, number).id if number else None,
                from_on=on,
                chosen_at=actor.at,
                chosen_by_id=actor.person_id,
            )
        )
        log.record(actor, _ACT, thing=f"{kind}, {_which(number)} from {on.isoformat()}")


def _check_fit(actor: Actor, kind: Kind, number: int) -> None:
    """Check a version once more: a newer portal may ask for fields that it does not have."""
    if number == DEFAULT:
        return
    with transaction():
        content = find_version(actor, kind, number).content
    faults = check_apart(kind, content)
    if faults:
        raise TemplateRefusedError(
            f"Version {number} does not fit any more: {faults[0].sentence.rstrip('.')}"
        )


def take_back(actor: Actor, kind: Kind, token: str, number: int) -> None:
    """Take a choice back before its day has come.

    Args:
        actor: the administrator.
        kind: of document.
        token: of the form.
        number: of the choice.

    Raises:
        CaseNotFoundError: there is no such choice.
        TemplateRefusedError: it is in force already, or was taken back before.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        take_turns(actor.area_id)
        found = next((each for each in choices_of(actor, kind) if each.number == number), None)
        if found is None:
            raise CaseNotFoundError(str(number))
        if found.from_on <= london_day(actor.at) or found.taken_back_at:
            raise TemplateRefusedError("It is in force already, or was taken back before")
        found.taken_back_at, found.taken_back_by_id = actor.at, actor.person_id
        log.record(actor, _ACT, thing=f"{kind}, from {found.from_on.isoformat()}, taken back")


def download(actor: Actor, kind: Kind, number: int) -> bytes:
    """Return a version byte for byte.

    Raises:
        CaseNotFoundError: there is none of this number.
    """
    with transaction():
        found = find_version(actor, kind, number)
        log.record(actor, _ACT, thing=f"{kind}, version {number}, download")
        return found.content


def find_version(actor: Actor, kind: Kind, number: int) -> TemplateVersion:
    """Return a version of the actor's area; belongs inside a transaction.

    Raises:
        CaseNotFoundError: there is none of this number.
    """
    query = _versions(actor, kind).where(TemplateVersion.number == number)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(f"{kind} {number}")
    return found


def choices_of(actor: Actor, kind: Kind) -> Sequence[TemplateChoice]:
    """Return what was chosen for a kind, in order; belongs inside a transaction."""
    query = template_choices_for(actor).where(TemplateChoice.kind == kind)
    return db.session.scalars(query).all()


def changes_of(chosen: Sequence[TemplateChoice]) -> int:
    """Count what was chosen and taken back: it grows with each change that somebody makes."""
    return len(chosen) + sum(each.taken_back_at is not None for each in chosen)


def _versions(actor: Actor, kind: Kind) -> sa.Select[TemplateVersion]:
    return templates_for(actor).where(TemplateVersion.kind == kind)


def _changed(chosen: Sequence[TemplateChoice]) -> ChangedMeanwhileError:
    last = max(chosen, key=lambda each: each.taken_back_at or each.chosen_at, default=None)
    if last is None:
        return ChangedMeanwhileError()
    by = name_of(last.taken_back_by_id or last.chosen_by_id)
    return ChangedMeanwhileError(by=by, at=last.taken_back_at or last.chosen_at)


def _which(number: int) -> str:
    return f"version {number}" if number else "default"
