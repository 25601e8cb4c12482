"""Confidentiality: the statement that everybody at a meeting agrees to, once a case."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from portal.access.gate import Opened, load_case
from portal.access.readers import CaseReader, readers_of
from portal.access.scope.telling import agreements_for, own_agreement_for
from portal.db import db, transaction
from portal.domain.confidentiality import BASIS, STATEMENT, VERSION
from portal.domain.roles import Act, Actor
from portal.models.telling import ConfidentialityAgreement
from portal.services.changes import names_of
from portal.services.once import once


@dataclass(frozen=True)
class Agreed:
    """Somebody who has agreed, and when."""

    name: str
    agreed_at: dt.datetime


@dataclass(frozen=True)
class ConfidentialityPage:
    """The statement, and whether its reader has agreed.

    Nothing of the case but its reference stands here: an observer reads it too.

    Attributes:
        statement: as the reader agreed to it, or else as it reads today.
        agreed_at: when the reader agreed; none before.
        agreed, not_agreed: who has and who has not; for those who lead, else empty.
        is_observer: the reader only observes the case.
    """

    reference: str
    statement: str
    basis: str
    agreed_at: dt.datetime | None
    is_observer: bool
    leads: bool
    agreed: tuple[Agreed, ...]
    not_agreed: tuple[str, ...]


def open_confidentiality(actor: Actor, reference: str) -> ConfidentialityPage:
    """Return the statement, to be agreed to or read again."""
    with transaction():
        opened = load_case(actor, reference, Act.AGREE_TO_CONFIDENTIALITY, thing="form")
        own = _own(actor, opened.case.reference)
        leads = opened.allows(actor, Act.READ_CONFLICTS)
        rows = _agreements(actor, opened)
        return ConfidentialityPage(
            reference=opened.case.reference,
            statement=own.wording if own else STATEMENT,
            basis=BASIS,
            agreed_at=own.agreed_at if own else None,
            is_observer=opened.facts.is_observer,
            leads=leads,
            agreed=_named(rows),
            not_agreed=_labels(people_without(rows, readers_of(opened.case))) if leads else (),
        )


def _own(actor: Actor, reference: str) -> ConfidentialityAgreement | None:
    return db.session.scalars(own_agreement_for(actor, reference)).one_or_none()


def _agreements(actor: Actor, opened: Opened) -> list[ConfidentialityAgreement]:
    return list(db.session.scalars(agreements_for(actor, opened.case.id)))


def _named(rows: Collection[ConfidentialityAgreement]) -> tuple[Agreed, ...]:
    names = names_of(row.person_id for row in rows)
    return tuple(Agreed(names[row.person_id], row.agreed_at) for row in rows)


def people_without(
    rows: Iterable[ConfidentialityAgreement], people: Iterable[CaseReader]
) -> tuple[CaseReader, ...]:
    """Return who has not agreed; somebody with two roles on the case stands there once."""
    agreed = {row.person_id for row in rows}
    return tuple(
        {p.person_id: p for p in reversed([*people]) if p.person_id not in agreed}.values()
    )[::-1]


def _labels(people: Iterable[CaseReader]) -> tuple[str, ...]:
    return tuple(person.label for person in people)


def has_agreed(actor: Actor, reference: str) -> bool:
    """Say whether the actor has agreed on this case, for a line on a page that was logged."""
    with transaction():
        return _own(actor, reference) is not None


def who_has_not_agreed(actor: Actor, opened: Opened) -> tuple[CaseReader, ...]:
    """Return who on the case has not agreed; for those who lead, inside a transaction."""
    return people_without(_agreements(actor, opened), readers_of(opened.case))


def agree(actor: Actor, reference: str, token: str) -> None:
    """Agree to the statement as it reads today; who has agreed before has agreed."""
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.AGREE_TO_CONFIDENTIALITY)
        if _own(actor, opened.case.reference) is not None:
            return
        db.session.add(
            ConfidentialityAgreement(
                case_id=opened.case.id,
                person_id=actor.person_id,
                wording_version=VERSION,
                wording=STATEMENT,
                agreed_at=actor.at,
            )
        )
