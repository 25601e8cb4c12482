"""Taking a party out of a case who was added by mistake; a trace says that it was done."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.request import removed_parties_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.models.case import Party, RemovedParty
from portal.models.person import Person
from portal.services.changes import EndedMeanwhileError, check_version, name_of
from portal.services.consents import hold_messages
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.parties import ShownParty, contact_of, find_party, shown_parties
from portal.services.party_ties import why_not_out
from portal.services.search_terms import index_cases
from portal.services.words import PARTY_NAMES


@dataclass(frozen=True)
class RemovalPage:
    """A party as the form for taking them out needs it.

    Attributes:
        why_not: what hangs on them, so that they stay; empty where nothing does.
    """

    frame: CaseFrame
    party: ShownParty
    why_not: str
    version: int


@dataclass(frozen=True)
class ShownRemoval:
    """That somebody was in the case by mistake: as what, and nothing of who."""

    role: str
    removed_at: dt.datetime
    removed_by: str
    reason: str


def open_removal(actor: Actor, reference: str, party_id: int) -> RemovalPage:
    """Return a party to be taken out.

    Raises:
        CaseNotFoundError: they are not one of this case.
    """
    with transaction():
        opened = load_case(actor, reference, Act.CHANGE_REQUEST, thing=f"party {party_id}, form")
        party = find_party(actor, opened, party_id)
        shown = {each.id: each for each in shown_parties(actor, opened.case.id)}
        why_not = why_not_out(actor, opened, party)
        return RemovalPage(frame(actor, opened), shown[party.id], why_not, party.version)


def remove_party(
    actor: Actor, reference: str, party_id: int, token: str, *, reason: str, version: int | None
) -> None:
    """Take a party out of a case, with how to reach them and the words they are found by.

    Raises:
        CaseNotFoundError: they never were one of this case.
        EndedMeanwhileError: somebody else has taken them out.
        ChangedMeanwhileError: somebody else has changed them since they were looked at.
        IntakeError: something hangs on them, or the case would lack a victim or who asks for it.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.CHANGE_REQUEST, thing=f"party {party_id}")
        party = _still_there(actor, opened, party_id)
        check_version(party, version)
        why_not = why_not_out(actor, opened, party)
        if why_not:
            raise IntakeError("reason", why_not)
        _remove(actor, opened, party, reason)
        index_cases([opened.case.id])
        hold_messages(actor, opened)


def check_there(actor: Actor, reference: str, party_id: int) -> CaseFrame:
    """Refuse what is said of a party who was taken out; return the top of the case's pages.

    Raises:
        CaseNotFoundError: they never were one of this case.
        EndedMeanwhileError: somebody has taken them out.
    """
    with transaction():
        opened = load_case(actor, reference, Act.CHANGE_REQUEST, thing=f"party {party_id}, form")
        _still_there(actor, opened, party_id)
        return frame(actor, opened)


def _still_there(actor: Actor, opened: Opened, party_id: int) -> Party:
    """Return a party of the case; SQLite may give the number of one who is gone to a new one."""
    try:
        return find_party(actor, opened, party_id)
    except CaseNotFoundError:
        query = removed_parties_for(actor, opened.case.id).where(RemovedParty.party_id == party_id)
        gone = db.session.scalars(query.order_by(RemovedParty.id.desc()).limit(1)).one_or_none()
        if gone is None:
            raise
        whom, by = PARTY_NAMES[gone.role].lower(), name_of(gone.removed_by_id)
        raise EndedMeanwhileError(whom, by=by, at=gone.removed_at, reason=gone.reason) from None


def _remove(actor: Actor, opened: Opened, party: Party, reason: str) -> None:
    db.session.add(
        RemovedParty(
            case_id=opened.case.id,
            party_id=party.id,
            role=party.role,
            reason=reason,
            removed_at=actor.at,
            removed_by_id=actor.person_id,
        )
    )
    thing = f"party {party.id}: {party.role.value}"
    log.record(actor, "party_removed", reference=opened.case.reference, thing=thing)
    contact = contact_of(actor, opened, party)
    if contact is not None:
        db.session.delete(contact)
        db.session.flush()
    db.session.delete(party)
    try:
        db.session.flush()
    except sa.exc.IntegrityError as error:
        raise IntakeError("reason", "Something on this case is about them, so they stay") from error


def shown_removals(actor: Actor, case_id: int) -> tuple[ShownRemoval, ...]:
    """Return who was taken out, as what, in one query; belongs inside a transaction."""
    rows = db.session.execute(
        removed_parties_for(actor, case_id)
        .join(Person, Person.id == RemovedParty.removed_by_id)
        .add_columns(Person.name)
    )
    return tuple(
        ShownRemoval(PARTY_NAMES[row.role], row.removed_at, name, row.reason) for row, name in rows
    )
