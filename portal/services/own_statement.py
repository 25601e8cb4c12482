"""A victim writes their own statement, until it is locked when the meeting opens."""

from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError
from portal.access.own import OwnCase, load_own_case
from portal.access.scope.mine import own_statement_for
from portal.db import db, transaction
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.domain.statements import PanelReads, ReadsOut
from portal.models.case import Channel
from portal.models.opening import Statement
from portal.services.once import once
from portal.services.statements import TypedStatement, save_statement
from portal.services.words import party_name


@dataclass(frozen=True)
class OwnTyped:
    """A statement as its writer types it in."""

    words: str
    panel_reads: PanelReads
    reads_out: ReadsOut
    reads_out_name: str


@dataclass(frozen=True)
class OwnStatementForm:
    """Their statement to be written or changed; ``typed`` is none where there is none yet."""

    typed: OwnTyped | None
    version: int


def open_statement(actor: Actor) -> OwnStatementForm:
    """Return their statement to be written or changed.

    Raises:
        CaseNotFoundError: they are no victim, or their key has ended.
        ActRefusedError: the meeting has opened, so the statement is locked.
    """
    with transaction():
        _load_victim(actor, thing="form")
        row = _stored(actor)
        if row is None:
            return OwnStatementForm(None, 0)
        typed = OwnTyped(row.words, row.panel_reads, row.reads_out, row.reads_out_name)
        return OwnStatementForm(typed, row.version)


def write_statement(actor: Actor, token: str, typed: OwnTyped, version: int | None) -> None:
    """Keep what they want the meeting to hear.

    Raises:
        CaseNotFoundError, ActRefusedError: as ``open_statement``.
        ChangedMeanwhileError: somebody wrote it down for them meanwhile; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        own = _load_victim(actor)
        whole = TypedStatement(
            words=typed.words,
            handed_in_on=london_day(actor.at),
            channel=Channel.FORM,
            written_down_by=party_name(own.party.name),
            panel_reads=typed.panel_reads,
            reads_out=typed.reads_out,
            reads_out_name=typed.reads_out_name,
        )
        save_statement(actor, own.opened, own.party.id, _stored(actor), whole, version)


def _load_victim(actor: Actor, thing: str = "") -> OwnCase:
    """Return the case of a victim, who alone has a statement of their own."""
    own = load_own_case(actor, Act.WRITE_OWN_STATEMENT, thing=thing)
    if not own.party.role.is_victim:
        raise CaseNotFoundError
    return own


def _stored(actor: Actor) -> Statement | None:
    return db.session.scalars(own_statement_for(actor)).one_or_none()
