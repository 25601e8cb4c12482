"""The applicant's statement: written down before the meeting, locked when it opens, read out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.opening import (
    earlier_statements_for,
    own_statement_for,
    readings_for,
    statements_for,
)
from portal.access.scope.people import VICTIMS, parties_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.domain.statements import PanelReads, ReadsOut
from portal.models.case import Channel, Party
from portal.models.opening import EarlierStatement, Statement, StatementReading
from portal.services.changes import check_version, mark_changed, names_of
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.opening_words import PANEL_READS, who_reads
from portal.services.words import CHANNELS, party_name

HANDED_IN = CHANNELS | {Channel.FORM: "On their own page"}


@dataclass(frozen=True, kw_only=True)
class TypedStatement:
    """A statement as it is typed in; see the attributes of ``Statement``."""

    words: str
    handed_in_on: dt.date
    channel: Channel
    written_down_by: str
    panel_reads: PanelReads
    reads_out: ReadsOut
    reads_out_name: str


@dataclass(frozen=True)
class Reading:
    """Who read a statement out, and when that was noted."""

    by: str
    noted_at: dt.datetime


@dataclass(frozen=True)
class Earlier:
    """A statement as it stood before it was changed; who had saved it so, and when."""

    words: str
    saved_by: str
    saved_at: dt.datetime | None


@dataclass(frozen=True)
class ShownStatement:
    """A statement as those read it who may.

    Attributes:
        readings: who read it out; the last one noted counts.
        earlier: as it stood before, the last one first; for coordinator and chair.
    """

    party_id: int
    name: str
    words: str
    handed_in_on: dt.date
    channel: str
    written_down_by: str
    panel_reads: str
    reads_out: str
    readings: tuple[Reading, ...]
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True)
class StatementsPage:
    """The statements of a case, cut to the reader.

    Attributes:
        without: the victims who have handed in none; only for who can write one down.
        may_write: they can be changed by this reader now.
        may_note: this reader can note now who read one out.
    """

    frame: CaseFrame
    statements: tuple[ShownStatement, ...]
    without: tuple[tuple[int, str], ...]
    may_write: bool
    may_note: bool


@dataclass(frozen=True)
class StatementForm:
    """A statement to be written down or changed; ``typed`` is none where there is none yet."""

    frame: CaseFrame
    name: str
    typed: TypedStatement | None
    version: int


@dataclass(frozen=True)
class ReadingForm:
    """A statement of which is noted who read it out, and who was to."""

    frame: CaseFrame
    name: str
    reads_out: ReadsOut
    reads_out_name: str


def open_statements(actor: Actor, reference: str) -> StatementsPage:
    """Return the statements that the actor may read."""
    with transaction():
        opened = load_case(actor, reference, Act.READ_STATEMENT)
        names = _victims(actor, opened)
        rows = db.session.scalars(statements_for(actor, opened.case.id)).all()
        readings = db.session.scalars(readings_for(actor, opened.case.id)).all()
        earlier = _earlier(actor, opened)
        may_write = opened.allows(actor, Act.WRITE_STATEMENT)
        has_one = {row.party_id for row in rows}
        return StatementsPage(
            frame=frame(actor, opened),
            statements=tuple(
                replace(
                    shown_statement(row, names[row.party_id], readings),
                    earlier=earlier.get(row.id, ()),
                )
                for row in rows
            ),
            without=tuple(each for each in names.items() if may_write and each[0] not in has_one),
            may_write=may_write,
            may_note=opened.allows(actor, Act.RUN_MEETING),
        )


def open_statement(actor: Actor, reference: str, party_id: int) -> StatementForm:
    """Return a victim's statement to be written down or changed.

    Raises:
        CaseNotFoundError: the party is no victim of this case.
    """
    with transaction():
        thing = f"party {party_id}, form"
        opened = load_case(actor, reference, Act.WRITE_STATEMENT, thing=thing)
        name = _name_of(actor, opened, party_id)
        row = _statement(actor, opened, party_id)
        typed = typed_of(row) if row else None
        return StatementForm(frame(actor, opened), name, typed, row.version if row else 0)


def write_statement(
    actor: Actor,
    reference: str,
    party_id: int,
    token: str,
    typed: TypedStatement,
    version: int | None,
) -> None:
    """Write down what a victim wants the meeting to hear, in their words.

    Args:
        actor: the coordinator.
        reference: of the case.
        party_id: whose statement it is.
        token: of the form.
        typed: the statement.
        version: that the form was filled from; 0 where there was none.

    Raises:
        CaseNotFoundError: the party is no victim of this case.
        ActRefusedError: the meeting has opened, so the statement is locked.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
        IntakeError: it was handed in on a day that is still to come.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"party {party_id}"
        opened = load_case(actor, reference, Act.WRITE_STATEMENT, thing=thing)
        _name_of(actor, opened, party_id)
        stored = _statement(actor, opened, party_id)
        save_statement(actor, opened, party_id, stored, typed, version)


def save_statement(
    actor: Actor,
    opened: Opened,
    party_id: int,
    stored: Statement | None,
    typed: TypedStatement,
    version: int | None,
) -> None:
    """Save a victim's statement over the stored one, which is kept as it stood, or as the first.

    Belongs inside a transaction, after the gate has let the actor write it.

    Raises:
        ChangedMeanwhileError, IntakeError: as ``write_statement``.
    """
    if typed.handed_in_on > london_day(actor.at):
        raise IntakeError("handed_in_on", "The day it was handed in must be today or before")
    if stored is None:
        row = Statement(case_id=opened.case.id, party_id=party_id)
        db.session.add(row)
    else:
        row = stored
        check_version(row, version)
        if typed == typed_of(row):
            return
        _keep_as_it_stands(row)
    _fill(row, typed)
    mark_changed(actor, row)


def _keep_as_it_stands(row: Statement) -> None:
    earlier = EarlierStatement(
        statement_id=row.id,
        number=row.version,
        saved_at=row.changed_at,
        saved_by_id=row.changed_by_id,
    )
    _fill(earlier, typed_of(row))
    db.session.add(earlier)


def _earlier(actor: Actor, opened: Opened) -> dict[int, tuple[Earlier, ...]]:
    """Return the statements as they stood before, by the number of the present one."""
    rows = db.session.scalars(earlier_statements_for(actor, opened.case.id)).all()
    names = names_of(row.saved_by_id for row in rows)
    found: dict[int, tuple[Earlier, ...]] = {}
    for row in rows:
        one = Earlier(row.words, names.get(row.saved_by_id, ""), row.saved_at)
        found[row.statement_id] = (*found.get(row.statement_id, ()), one)
    return found


def open_reading(actor: Actor, reference: str, party_id: int) -> ReadingForm:
    """Return whose statement it is of which is noted who read it out.

    Raises:
        CaseNotFoundError: the party has no statement in this case.
    """
    with transaction():
        thing = f"statement of party {party_id}, form"
        opened = load_case(actor, reference, Act.RUN_MEETING, thing=thing)
        row = _existing(actor, opened, party_id)
        name = _name_of(actor, opened, party_id)
        return ReadingForm(frame(actor, opened), name, row.reads_out, row.reads_out_name)


def note_reading(
    actor: Actor, reference: str, party_id: int, token: str, read_by: ReadsOut, name: str
) -> None:
    """Note who read a statement out; a later note takes the place of an earlier one, which stays.

    Raises:
        CaseNotFoundError: the party has no statement in this case.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"statement of party {party_id}, read out"
        opened = load_case(actor, reference, Act.RUN_MEETING, thing=thing)
        add_reading(actor, _existing(actor, opened, party_id), read_by, name)


def add_reading(actor: Actor, statement: Statement, read_by: ReadsOut, name: str) -> None:
    """Keep who read a statement out; does not commit."""
    db.session.add(
        StatementReading(
            statement_id=statement.id,
            read_by=read_by,
            read_by_name=name,
            noted_at=actor.at,
            noted_by_id=actor.person_id,
        )
    )


def _victims(actor: Actor, opened: Opened) -> dict[int, str]:
    query = parties_for(actor, [opened.case.id]).where(Party.role.in_(VICTIMS))
    return {party.id: party_name(party.name) for party in db.session.scalars(query)}


def _name_of(actor: Actor, opened: Opened, party_id: int) -> str:
    names = _victims(actor, opened)
    if party_id not in names:
        raise CaseNotFoundError(opened.case.reference)
    return names[party_id]


def _statement(actor: Actor, opened: Opened, party_id: int) -> Statement | None:
    query = own_statement_for(actor, opened.case.id, party_id)
    return db.session.scalars(query).one_or_none()


def _existing(actor: Actor, opened: Opened, party_id: int) -> Statement:
    row = _statement(actor, opened, party_id)
    if row is None:
        raise CaseNotFoundError(opened.case.reference)
    return row


def typed_of(row: Statement) -> TypedStatement:
    """Return a stored statement as it was typed in."""
    return TypedStatement(
        **{name: getattr(row, name) for name in TypedStatement.__dataclass_fields__}
    )


def _fill(row: Statement | EarlierStatement, typed: TypedStatement) -> None:
    for name in TypedStatement.__dataclass_fields__:
        setattr(row, name, getattr(typed, name))


def shown_statement(
    row: Statement, name: str, readings: Sequence[StatementReading] = ()
) -> ShownStatement:
    """Return a statement as it is read, with those of the readings that are its own."""
    return ShownStatement(
        party_id=row.party_id,
        name=name,
        words=row.words,
        handed_in_on=row.handed_in_on,
        channel=HANDED_IN[row.channel],
        written_down_by=row.written_down_by,
        panel_reads=PANEL_READS[row.panel_reads],
        reads_out=who_reads(row.reads_out, row.reads_out_name),
        readings=tuple(
            Reading(who_reads(each.read_by, each.read_by_name), each.noted_at)
            for each in readings
            if each.statement_id == row.id
        ),
    )


__all__ = [
    "Channel",
    "ReadingForm",
    "ShownStatement",
    "StatementForm",
    "StatementsPage",
    "TypedStatement",
    "add_reading",
    "note_reading",
    "open_reading",
    "open_statement",
    "open_statements",
    "save_statement",
    "shown_statement",
    "typed_of",
    "write_statement",
]
