"""How it is safe to reach each party of the applicant's side: what they chose, and before."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.delivery import safe_reach_changes_for, safe_reaches_for
from portal.access.scope.people import APPLICANTS_SIDE, contacts_for, parties_for
from portal.db import db, transaction
from portal.domain.answers import Answer
from portal.domain.delivery import SafeWay, WhyHeld, why_held
from portal.domain.roles import Act, Actor
from portal.models.case import Party, PartyContact
from portal.models.delivery import SafeReach, SafeReachChange
from portal.services.changes import (
    ChangedMeanwhileError,
    check_version,
    mark_changed,
    names_of,
)
from portal.services.delivering import follow, reach_of
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.words import party_name

WAYS: dict[str, str] = {
    SafeWay.EMAIL: "By email, with a link",
    SafeWay.POST: "By post",
    SafeWay.PHONE: "By phone: somebody reads it to them",
}
WHY_HELD: Mapping[WhyHeld, str] = {
    WhyHeld.NOT_ASKED: "It is not known yet how it is safe to reach them",
    WhyHeld.NOT_SAFE: "The way they chose is not marked as safe",
    WhyHeld.NO_ADDRESS: "There is no address, number or email for the way they chose",
    WhyHeld.CONSENT: "Waiting for the victim’s consent",
}
_ANSWERS = {Answer.YES: "is safe", Answer.NO: "is not safe", Answer.NOT_KNOWN: "is not known"}


@dataclass(frozen=True, kw_only=True)
class TypedReach:
    """What a party said of how it is safe to reach them; the names are those of the row."""

    way: SafeWay
    email_is_safe: Answer | None = None
    post_is_safe: Answer | None = None
    voicemail_is_safe: Answer | None = None
    times: str = ""
    who_may_answer: str = ""


@dataclass(frozen=True)
class FormerReach:
    """What stood there until somebody changed it, a sentence each."""

    sentences: tuple[str, ...]
    until: dt.datetime
    changed_by: str


@dataclass(frozen=True)
class ReachPage:
    """How it is safe to reach a party, as the form for changing it needs it.

    Attributes:
        typed: none where nothing was said yet.
        why_held: why nothing goes to them now; empty where something may.
        version: 0 where nothing was said yet.
    """

    frame: CaseFrame
    name: str
    typed: TypedReach | None
    contacts: tuple[str, ...]
    why_held: str
    version: int
    before: tuple[FormerReach, ...]


def open_reach(actor: Actor, reference: str, party_id: int) -> ReachPage:
    """Return how it is safe to reach a party, to be changed.

    Raises:
        CaseNotFoundError: they are not one of the applicant's side of this case.
    """
    with transaction():
        thing = f"safe ways of party {party_id}, form"
        opened = load_case(actor, reference, Act.CHANGE_REQUEST, thing=thing)
        party = _party(actor, opened, party_id)
        row = _stored(actor, opened, party_id)
        held = why_held(reach_of(actor, opened, party))
        return ReachPage(
            frame=frame(actor, opened),
            name=party_name(party.name),
            typed=_typed(row) if row else None,
            contacts=_contacts(actor, opened, party_id),
            why_held=WHY_HELD[held] if held else "",
            version=row.version if row else 0,
            before=_before(actor, opened, party_id),
        )


def change_reach(
    actor: Actor,
    reference: str,
    party_id: int,
    token: str,
    typed: TypedReach,
    version: int | None,
) -> None:
    """Save how it is safe to reach a party; what is on its way follows at once.

    Args:
        actor: the coordinator.
        reference: of the case.
        party_id: of the applicant's side.
        token: of the form.
        typed: all of it.
        version: that the form was filled from; 0 where nothing was said yet.

    Raises:
        CaseNotFoundError: they are not one of the applicant's side of this case.
        ChangedMeanwhileError: somebody else was faster; nothing was saved.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"safe ways of party {party_id}"
        opened = load_case(actor, reference, Act.CHANGE_REQUEST, thing=thing)
        _party(actor, opened, party_id)
        row = _stored(actor, opened, party_id)
        if row is not None:
            check_version(row, version)
            _keep_before(actor, opened, row)
        elif version != 0:
            raise ChangedMeanwhileError
        else:
            row = SafeReach(party_id=party_id, case_id=opened.case.id)
        for name, value in vars(typed).items():
            setattr(row, name, value)
        row.is_confirmed = True
        mark_changed(actor, row)
        db.session.add(row)
        follow(actor, opened)


def ask_again(actor: Actor, opened: Opened) -> None:
    """Let nothing go on any way until everybody was asked again; belongs inside a transaction."""
    for row in db.session.scalars(safe_reaches_for(actor, opened.case.id)):
        row.is_confirmed = False
        mark_changed(actor, row)
    follow(actor, opened)


def shown_reaches(actor: Actor, case_id: int) -> dict[int, tuple[str, ...]]:
    """Return for each party how it is safe to reach them, in sentences, as far as one may know.

    Belongs inside a transaction.
    """
    rows = db.session.scalars(safe_reaches_for(actor, case_id))
    return {row.party_id: _sentences(asdict(_typed(row))) for row in rows}


def _party(actor: Actor, opened: Opened, party_id: int) -> Party:
    query = parties_for(actor, [opened.case.id]).where(
        Party.id == party_id, Party.role.in_(APPLICANTS_SIDE)
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def _stored(actor: Actor, opened: Opened, party_id: int) -> SafeReach | None:
    query = safe_reaches_for(actor, opened.case.id).where(SafeReach.party_id == party_id)
    return db.session.scalars(query).one_or_none()


def _typed(row: SafeReach) -> TypedReach:
    return TypedReach(**{name: getattr(row, name) for name in TypedReach.__dataclass_fields__})


def _contacts(actor: Actor, opened: Opened, party_id: int) -> tuple[str, ...]:
    query = contacts_for(actor, opened.case.id).where(PartyContact.party_id == party_id)
    row = db.session.scalars(query).one_or_none()
    known = (row.address, row.phone, row.email) if row else ()
    return tuple(each for each in known if each)


def _keep_before(actor: Actor, opened: Opened, row: SafeReach) -> None:
    changes = safe_reach_changes_for(actor, opened.case.id).where(
        SafeReachChange.party_id == row.party_id
    )
    last = db.session.scalars(changes.limit(1)).first()
    db.session.add(
        SafeReachChange(
            party_id=row.party_id,
            case_id=opened.case.id,
            number=last.number + 1 if last else 1,
            at=actor.at,
            person_id=actor.person_id,
            before=asdict(_typed(row)),
        )
    )


def _before(actor: Actor, opened: Opened, party_id: int) -> tuple[FormerReach, ...]:
    query = safe_reach_changes_for(actor, opened.case.id)
    rows = db.session.scalars(query.where(SafeReachChange.party_id == party_id)).all()
    names = names_of(row.person_id for row in rows)
    return tuple(FormerReach(_sentences(row.before), row.at, names[row.person_id]) for row in rows)


def _sentences(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what was said, a sentence each; what was not asked is left out."""
    safe = (
        ("Email", said["email_is_safe"]),
        ("Post", said["post_is_safe"]),
        ("A message on voicemail", said["voicemail_is_safe"]),
    )
    return (
        f"Papers: {_lower(WAYS[said['way']])}",
        *(f"{what} {_ANSWERS[Answer(answer)]}" for what, answer in safe if answer),
        *((f"Times: {said['times']}",) if said["times"] else ()),
        *((f"May answer: {said['who_may_answer']}",) if said["who_may_answer"] else ()),
    )


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


__all__ = [
    "WAYS",
    "WHY_HELD",
    "Answer",
    "ReachPage",
    "SafeWay",
    "TypedReach",
    "ask_again",
    "change_reach",
    "open_reach",
    "shown_reaches",
]
