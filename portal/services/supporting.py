"""What a support worker gets: whom they stand by, where it stands, and that victim's statement."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.supporting import stood_by_for, supported_statement_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.models.case import Party
from portal.models.opening import Statement
from portal.services.once import once
from portal.services.statements import (
    ShownStatement,
    TypedStatement,
    save_statement,
    shown_statement,
    typed_of,
)
from portal.services.words import party_name


@dataclass(frozen=True)
class StoodBy:
    """A victim whom the reader stands by.

    Attributes:
        where: the case's stage, in the words that the applicant reads.
        opening_starts_at, opening_ends_at: of the opening section; none while no meeting is booked.
        is_invited: the applicant is invited to the opening section.
    """

    reference: str
    party_id: int
    name: str
    where: str
    opening_starts_at: dt.datetime | None
    opening_ends_at: dt.datetime | None
    is_invited: bool


@dataclass(frozen=True)
class SupportedPage:
    """All that a support worker reads of a case.

    Attributes:
        statement: none where the victim has handed in none yet.
        may_write: it can be written down or changed now.
    """

    victim: StoodBy
    statement: ShownStatement | None
    may_write: bool


@dataclass(frozen=True)
class SupportedForm:
    """The victim's statement to be written down; ``typed`` is none where there is none yet."""

    victim: StoodBy
    typed: TypedStatement | None
    version: int


def open_home(actor: Actor) -> tuple[StoodBy, ...]:
    """Return whom the actor stands by."""
    with transaction():
        log.record(actor, Act.OPEN_HOME.value)
        return _stood_by(actor)


def open_supported(actor: Actor, reference: str, party_id: int) -> SupportedPage:
    """Return the page of a victim whom the actor stands by.

    Raises:
        CaseNotFoundError: they do not stand by this party.
    """
    with transaction():
        thing = f"party {party_id}"
        opened = load_case(actor, reference, Act.OPEN_SUPPORTED_CASE, thing=thing)
        victim = _victim(actor, opened, party_id)
        row = _statement(actor, opened, party_id)
        return SupportedPage(
            victim,
            shown_statement(row, victim.name) if row else None,
            may_write=opened.allows(actor, Act.WRITE_SUPPORTED_STATEMENT),
        )


def open_statement(actor: Actor, reference: str, party_id: int) -> SupportedForm:
    """Return the victim's statement to be written down or changed.

    Raises:
        CaseNotFoundError: the actor does not stand by this party.
        ActRefusedError: the meeting has opened, so the statement is locked.
    """
    with transaction():
        thing = f"party {party_id}, form"
        opened = load_case(actor, reference, Act.WRITE_SUPPORTED_STATEMENT, thing=thing)
        victim = _victim(actor, opened, party_id)
        row = _statement(actor, opened, party_id)
        return SupportedForm(victim, typed_of(row) if row else None, row.version if row else 0)


def write_statement(
    actor: Actor,
    reference: str,
    party_id: int,
    token: str,
    typed: TypedStatement,
    version: int | None,
) -> None:
    """Write down what a victim whom the actor stands by wants the meeting to hear.

    Raises:
        CaseNotFoundError: the actor does not stand by this party.
        ActRefusedError, ChangedMeanwhileError, IntakeError: as ``statements.write_statement``.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"party {party_id}"
        opened = load_case(actor, reference, Act.WRITE_SUPPORTED_STATEMENT, thing=thing)
        _victim(actor, opened, party_id)
        stored = _statement(actor, opened, party_id)
        save_statement(actor, opened, party_id, stored, typed, version)


def _stood_by(actor: Actor, *conditions: sa.ColumnElement[bool]) -> tuple[StoodBy, ...]:
    rows = db.session.execute(stood_by_for(actor).where(*conditions))
    return tuple(
        StoodBy(
            reference=reference,
            party_id=party_id,
            name=party_name(name),
            where=stage.applicant_label,
            opening_starts_at=starts_at,
            opening_ends_at=ends_at,
            is_invited=bool(is_invited),
        )
        for reference, stage, party_id, name, starts_at, ends_at, is_invited in rows
    )


def _victim(actor: Actor, opened: Opened, party_id: int) -> StoodBy:
    found = _stood_by(actor, Party.case_id == opened.case.id, Party.id == party_id)
    if not found:
        raise CaseNotFoundError(opened.case.reference)
    return found[0]


def _statement(actor: Actor, opened: Opened, party_id: int) -> Statement | None:
    query = supported_statement_for(actor, opened.case.id, party_id)
    return db.session.scalars(query).one_or_none()
