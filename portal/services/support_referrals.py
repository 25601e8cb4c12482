"""Support that is offered to a victim, their answer, and what became of a referral.

Offered whatever the threshold decision is, at receipt already. Nobody is referred without a yes
that is written down.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.people import VICTIMS, parties_for
from portal.access.scope.receipt import offers_for, referral_steps_for, referrals_for
from portal.db import db, transaction
from portal.domain.dates import in_words
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.models.case import Party
from portal.models.consent import ConsentMethod
from portal.models.receipt import (
    ReferralOutcome,
    ReferralStep,
    SupportAnswer,
    SupportOffer,
    SupportReferral,
)
from portal.services.changes import EndedMeanwhileError, name_of, names_of
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.words import CONSENT_METHODS, party_name

ANSWERS: dict[str, str] = {
    SupportAnswer.YES: "Yes",
    SupportAnswer.NO: "No",
    SupportAnswer.LATER: "Later, ask again",
}
OUTCOMES: dict[str, str] = {
    ReferralOutcome.ACCEPTED: "The service accepted it",
    ReferralOutcome.DECLINED: "The service declined it",
    ReferralOutcome.NO_CAPACITY: "The service has no capacity",
    ReferralOutcome.ENDED: "The support has ended",
}


@dataclass(frozen=True, kw_only=True)
class TypedOffer:
    """Support that was offered, and the answer; ``wording`` and ``method`` with a yes alone."""

    offered_on: dt.date
    what: str
    answer: SupportAnswer
    wording: str = ""
    method: ConsentMethod | None = None


@dataclass(frozen=True)
class ShownStep:
    """What became of a referral."""

    outcome: str
    on_day: dt.date
    words: str


@dataclass(frozen=True)
class ShownReferral:
    """A service that a victim was referred to, and what became of it, the oldest first."""

    number: int
    service_name: str
    sent_on: dt.date
    by: str
    steps: tuple[ShownStep, ...]


@dataclass(frozen=True)
class ShownOffer:
    """Support that was offered.

    Attributes:
        method: how they said yes, in words; empty without a yes.
        is_yes: the victim said yes and has not taken it back.
        taken_back_at: when they did.
    """

    number: int
    offered_on: dt.date
    what: str
    answer: str
    wording: str
    method: str
    by: str
    is_yes: bool
    taken_back_at: dt.datetime | None
    referrals: tuple[ShownReferral, ...]


@dataclass(frozen=True)
class VictimOffers:
    """What was offered to a victim of the case, the latest first."""

    party_id: int
    name: str
    offers: tuple[ShownOffer, ...]


@dataclass(frozen=True)
class OfferForm:
    """The form about a victim's support: of whom, and what it is about."""

    frame: CaseFrame
    name: str
    what: str = ""


def shown_offers(actor: Actor, opened: Opened) -> tuple[VictimOffers, ...]:
    """Return for each victim what was offered; belongs inside a transaction."""
    case_id = opened.case.id
    offers = db.session.scalars(offers_for(actor, case_id)).all()
    referrals = db.session.scalars(referrals_for(actor, case_id)).all()
    steps = db.session.scalars(referral_steps_for(actor, case_id)).all()
    wrote = [row.recorded_by_id for row in offers] + [row.recorded_by_id for row in referrals]
    names = names_of(wrote)
    shown = [
        (row, _shown(row, [each for each in referrals if each.offer_id == row.id], steps, names))
        for row in reversed(offers)
    ]
    return tuple(
        VictimOffers(number, name, tuple(each for row, each in shown if row.party_id == number))
        for number, name in _victims(actor, opened).items()
    )


def _shown(
    row: SupportOffer,
    referrals: Sequence[SupportReferral],
    steps: Sequence[ReferralStep],
    names: Mapping[int | None, str],
) -> ShownOffer:
    return ShownOffer(
        number=row.id,
        offered_on=row.offered_on,
        what=row.what,
        answer=ANSWERS[row.answer],
        wording=row.wording,
        method=CONSENT_METHODS[row.method] if row.method else "",
        by=names[row.recorded_by_id],
        is_yes=row.answer is SupportAnswer.YES and row.taken_back_at is None,
        taken_back_at=row.taken_back_at,
        referrals=tuple(_shown_referral(each, steps, names) for each in referrals),
    )


def _shown_referral(
    row: SupportReferral, steps: Sequence[ReferralStep], names: Mapping[int | None, str]
) -> ShownReferral:
    own = [each for each in steps if each.referral_id == row.id]
    return ShownReferral(
        row.id,
        row.service_name,
        row.sent_on,
        names[row.recorded_by_id],
        tuple(ShownStep(OUTCOMES[each.outcome], each.on_day, each.words) for each in own),
    )


def _victims(actor: Actor, opened: Opened) -> dict[int, str]:
    query = parties_for(actor, [opened.case.id]).where(Party.role.in_(VICTIMS))
    return {party.id: party_name(party.name) for party in db.session.scalars(query)}


def _victim(actor: Actor, opened: Opened, party_id: int) -> str:
    victims = _victims(actor, opened)
    if party_id not in victims:
        raise CaseNotFoundError(opened.case.reference)
    return victims[party_id]


def open_offer(actor: Actor, reference: str, party_id: int) -> OfferForm:
    """Return whom support is offered to.

    Raises:
        CaseNotFoundError: they are no victim of this case.
    """
    with transaction():
        thing = f"support of party {party_id}, form"
        opened = load_case(actor, reference, Act.WORK_ON_RECEIPT, thing=thing)
        return OfferForm(frame(actor, opened), _victim(actor, opened, party_id))


def record_offer(
    actor: Actor, reference: str, party_id: int, token: str, typed: TypedOffer
) -> None:
    """Keep what was offered to a victim and what they answered.

    Raises:
        CaseNotFoundError: they are no victim of this case.
        IntakeError: the day is to come, or a yes lacks its words or how it was given.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"support of party {party_id}"
        opened = load_case(actor, reference, Act.WORK_ON_RECEIPT, thing=thing)
        _victim(actor, opened, party_id)
        is_yes = typed.answer is SupportAnswer.YES
        _check_offer(actor, typed, is_yes=is_yes)
        db.session.add(
            SupportOffer(
                case_id=opened.case.id,
                party_id=party_id,
                offered_on=typed.offered_on,
                what=typed.what,
                answer=typed.answer,
                wording=typed.wording if is_yes else "",
                method=typed.method if is_yes else None,
                recorded_at=actor.at,
                recorded_by_id=actor.person_id,
            )
        )


def _check_offer(actor: Actor, typed: TypedOffer, *, is_yes: bool) -> None:
    _check_past(actor, "offered_on", "The day it was offered", typed.offered_on)
    if is_yes and not typed.wording:
        raise IntakeError("wording", "Enter the words that they agreed to")
    if is_yes and typed.method is None:
        raise IntakeError("method", "Select how they said yes")


def _check_past(actor: Actor, field: str, what: str, day: dt.date) -> None:
    if day > london_day(actor.at):
        raise IntakeError(field, f"{what} must be today or before")


def open_yes(actor: Actor, reference: str, offer_id: int) -> OfferForm:
    """Return a yes that a referral can be made on, or that can be taken back.

    Raises:
        CaseNotFoundError: there is no such yes on this case.
        EndedMeanwhileError: it was taken back.
    """
    with transaction():
        thing = f"support offer {offer_id}, form"
        opened = load_case(actor, reference, Act.WORK_ON_RECEIPT, thing=thing)
        row = _yes(actor, opened, offer_id)
        return OfferForm(frame(actor, opened), _name(actor, opened, row.party_id), row.what)


def refer(
    actor: Actor, reference: str, offer_id: int, token: str, service_name: str, sent_on: dt.date
) -> None:
    """Keep that a victim who said yes was referred to a service.

    Raises:
        CaseNotFoundError, EndedMeanwhileError: as ``open_yes``: without a yes nobody is referred.
        IntakeError: the day is to come, or before they said yes.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"referral on support offer {offer_id}"
        opened = load_case(actor, reference, Act.WORK_ON_RECEIPT, thing=thing)
        yes = _yes(actor, opened, offer_id)
        _check_past(actor, "sent_on", "The day it was sent", sent_on)
        if sent_on < yes.offered_on:
            raise IntakeError(
                "sent_on",
                f"The day it was sent must be the same as or after {in_words(yes.offered_on)}, "
                "the day they said yes",
            )
        db.session.add(
            SupportReferral(
                case_id=opened.case.id,
                offer_id=offer_id,
                service_name=service_name,
                sent_on=sent_on,
                recorded_at=actor.at,
                recorded_by_id=actor.person_id,
            )
        )


def take_back(actor: Actor, reference: str, offer_id: int, token: str) -> None:
    """Keep that a victim took their yes back; what was referred stays on the case.

    Raises:
        CaseNotFoundError, EndedMeanwhileError: as ``open_yes``.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"support offer {offer_id} taken back"
        opened = load_case(actor, reference, Act.WORK_ON_RECEIPT, thing=thing)
        row = _yes(actor, opened, offer_id)
        row.taken_back_at, row.taken_back_by_id = actor.at, actor.person_id


def open_referral(actor: Actor, reference: str, referral_id: int) -> OfferForm:
    """Return a referral, to say what became of it.

    Raises:
        CaseNotFoundError: there is no such referral on this case.
    """
    with transaction():
        thing = f"referral {referral_id}, form"
        opened = load_case(actor, reference, Act.WORK_ON_RECEIPT, thing=thing)
        row = _referral(actor, opened, referral_id)
        offers = offers_for(actor, opened.case.id).where(SupportOffer.id == row.offer_id)
        name = _name(actor, opened, db.session.scalars(offers).one().party_id)
        return OfferForm(frame(actor, opened), name, row.service_name)


def say_outcome(
    actor: Actor,
    reference: str,
    referral_id: int,
    token: str,
    outcome: ReferralOutcome,
    on_day: dt.date,
    words: str,
) -> None:
    """Keep what a service answered to a referral, or that it ended; each answer is kept.

    Raises:
        CaseNotFoundError: there is no such referral on this case.
        IntakeError: the day is to come, or before the referral was sent.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(
            actor, reference, Act.WORK_ON_RECEIPT, thing=f"outcome of referral {referral_id}"
        )
        row = _referral(actor, opened, referral_id)
        _check_past(actor, "on_day", "The day", on_day)
        if on_day < row.sent_on:
            raise IntakeError(
                "on_day",
                f"The day must be the same as or after {in_words(row.sent_on)}, "
                "the day the referral was sent",
            )
        db.session.add(
            ReferralStep(
                case_id=opened.case.id,
                referral_id=referral_id,
                outcome=outcome,
                on_day=on_day,
                words=words,
                recorded_at=actor.at,
                recorded_by_id=actor.person_id,
            )
        )


def _yes(actor: Actor, opened: Opened, offer_id: int) -> SupportOffer:
    query = offers_for(actor, opened.case.id).where(
        SupportOffer.id == offer_id, SupportOffer.answer == SupportAnswer.YES
    )
    row = db.session.scalars(query).one_or_none()
    if row is None:
        raise CaseNotFoundError(opened.case.reference)
    if row.taken_back_at is not None:
        raise EndedMeanwhileError(row.what, by=name_of(row.taken_back_by_id), at=row.taken_back_at)
    return row


def _referral(actor: Actor, opened: Opened, referral_id: int) -> SupportReferral:
    query = referrals_for(actor, opened.case.id).where(SupportReferral.id == referral_id)
    row = db.session.scalars(query).one_or_none()
    if row is None:
        raise CaseNotFoundError(opened.case.reference)
    return row


def _name(actor: Actor, opened: Opened, party_id: int) -> str:
    query = parties_for(actor, [opened.case.id]).where(Party.id == party_id)
    return party_name(db.session.scalars(query).one().name)


__all__ = [
    "ANSWERS",
    "OUTCOMES",
    "ConsentMethod",
    "EndedMeanwhileError",
    "OfferForm",
    "ReferralOutcome",
    "SupportAnswer",
    "TypedOffer",
    "VictimOffers",
    "open_offer",
    "open_referral",
    "open_yes",
    "record_offer",
    "refer",
    "say_outcome",
    "shown_offers",
    "take_back",
]
