"""The log chain: entries are collected while a transaction runs and written as its last act.

One chain per area, and one for what belongs to no area. The head row of a chain is its lock:
taking it last keeps it short, and a cut tail is found because the head counts the entries.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from portal.db import db
from portal.domain.roles import Actor
from portal.models.log import LogChain, LogEntry

INSTALLATION = "installation"
_COLLECTED = "log"

# Written at the end of nearly every request, so built once. Lengthening the chain is its lock.
_THE_CHAIN = LogChain.key == sa.bindparam("of_chain")
_LENGTHEN = (
    sa.update(LogChain)
    .where(_THE_CHAIN)
    .values(length=LogChain.length + sa.bindparam("more"))
    .returning(LogChain.length, LogChain.head)
    .execution_options(synchronize_session=False)
)
_SET_HEAD = (
    sa.update(LogChain)
    .where(_THE_CHAIN)
    .values(head=sa.bindparam("new_head"))
    .execution_options(synchronize_session=False)
)
_ENTER = sa.insert(LogEntry)


@dataclass(frozen=True)
class _Line:
    chain: str
    at: dt.datetime
    person_id: int | None
    role: str
    act: str
    reference: str
    thing: str
    outcome: str
    address: str


def chain_of(area_id: int | None) -> str:
    """Return the name of an area's chain."""
    return INSTALLATION if area_id is None else f"area-{area_id}"


def record(
    actor: Actor, act: str, *, reference: str = "", thing: str = "", outcome: str = "done"
) -> None:
    """Collect one entry; it is written when the transaction commits, or dropped with it.

    Args:
        actor: who.
        act: what, a word of ``Act`` or an event.
        reference: of the case it concerns.
        thing: what in the case, by kind and key; never by what it says.
        outcome: ``done``, ``not_found`` or ``refused``.
    """
    line = _Line(
        chain=chain_of(actor.area_id),
        at=actor.at,
        person_id=actor.person_id,
        role=actor.role.value,
        act=act,
        reference=reference[:20],
        thing=thing[:200],
        outcome=outcome,
        address=actor.address[:64],
    )
    db.session.info.setdefault(_COLLECTED, []).append(line)


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    lines: list[_Line] = session.info.pop(_COLLECTED, [])
    if not lines:
        return
    session.flush()
    lines.sort(key=lambda line: line.chain)  # stable; a fixed order of chains cannot deadlock
    for chain, of_chain in groupby(lines, key=lambda line: line.chain):
        _append(session, chain, list(of_chain))


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _previous: SessionTransaction) -> None:
    session.info.pop(_COLLECTED, None)


def _append(session: Session, chain: str, lines: list[_Line]) -> None:
    asked = {"of_chain": chain, "more": len(lines)}
    found = session.execute(_LENGTHEN, asked).one_or_none()
    if found is None:
        raise LookupError(f"There is no log chain {chain}.")
    length, head = found
    rows = []
    for number, line in enumerate(lines, start=length - len(lines) + 1):
        head = _digest(head, number, line)
        rows.append({**vars(line), "number": number, "hash": head})
    session.execute(_ENTER, rows)
    session.execute(_SET_HEAD, {"of_chain": chain, "new_head": head})


def open_chain(area_id: int | None) -> None:
    """Begin a chain, together with its area."""
    db.session.add(LogChain(key=chain_of(area_id), length=0, head=""))


def _digest(previous: str, number: int, line: _Line) -> str:
    body = {**vars(line), "number": number, "at": line.at.astimezone(dt.UTC).isoformat()}
    text = json.dumps([previous, body], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class ChainProof:
    """What ``prove`` found of one chain: its length, and the fault if there is one."""

    chain: str
    length: int
    fault: str = ""


def prove() -> Iterator[ChainProof]:
    """Walk every chain from its first entry; yield a proof, or the first bad entry, of each."""
    for chain in db.session.scalars(sa.select(LogChain).order_by(LogChain.key)).all():
        yield _prove(chain)


def _prove(chain: LogChain) -> ChainProof:
    head, number = "", 0
    entries = (
        sa.select(LogEntry)
        .where(LogEntry.chain == chain.key)
        .order_by(LogEntry.number)
        .execution_options(yield_per=1000)
    )
    with db.session.scalars(entries) as found:
        for entry in found:
            number += 1
            if entry.number != number:
                return ChainProof(chain.key, number - 1, f"entry {number} is missing")
            head = _digest(head, number, _line_of(entry))
            if entry.hash != head:
                return ChainProof(chain.key, number, f"entry {number} was changed")
    if number != chain.length:
        return ChainProof(chain.key, number, f"entry {number + 1} is missing")
    if head != chain.head:
        return ChainProof(chain.key, number, f"the head does not match entry {number}")
    return ChainProof(chain.key, number)


def _line_of(entry: LogEntry) -> _Line:
    return _Line(**{name: getattr(entry, name) for name in _Line.__dataclass_fields__})
