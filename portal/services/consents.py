"""What the victim agreed to: that somebody acts for them, and which agencies may reach them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.consent import why_held
from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.messages import messages_for
from portal.access.scope.people import VICTIMS, parties_for
from portal.access.scope.request import consents_for, withdrawals_for
from portal.access.victims import victims_by_who_acts
from portal.db import db, transaction
from portal.domain.consent import still_to_agree
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.invites.content import Method
from portal.models.case import Party, PartyRole
from portal.models.consent import Consent, ConsentMethod, ConsentWithdrawal
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.models.person import Area, Person
from portal.services import passing_on
from portal.services.agencies import agencies_of_area
from portal.services.contact_agencies import agreed_agencies
from portal.services.delivering import follow
from portal.services.faults import IntakeError
from portal.services.frames import CaseFrame, frame
from portal.services.inviting import take_back_applicants
from portal.services.once import once
from portal.services.words import CONSENT_METHODS, party_name

COVERS = {
    "covers_being_told": "They may be told how the case goes, and get its letters and the plan",
    "covers_meeting": "They may come to the meeting in the victim’s place",
    "covers_appeal": "They may appeal for the victim",
}


@dataclass(frozen=True, kw_only=True)
class TypedConsent:
    """A consent as it is typed in: who agreed that who acts; ``covers`` are keys of COVERS."""

    party_id: int
    applicant_representative_id: int
    covers: tuple[str, ...]
    wording: str
    method: ConsentMethod
    given_on: dt.date
    evidence: str


@dataclass(frozen=True)
class ShownConsent:
    """A consent as coordinator and chair read it; the last three are empty while it holds."""

    id: int
    party_id: int
    victim: str
    who_acts: str
    covers_being_told: bool
    covers: tuple[str, ...]
    wording: str
    method: str
    given_on: dt.date
    evidence: str
    recorded_at: dt.datetime
    recorded_by: str
    withdrawn_on: dt.date | None
    reason: str
    withdrawn_by: str


@dataclass(frozen=True)
class Waiting:
    """Who acts for victims that have not agreed to it; all by name."""

    who_acts: str
    victims: tuple[str, ...]


@dataclass(frozen=True)
class ConsentPart:
    """What was agreed to on a case.

    Attributes:
        has_applicant_representative: somebody acts for the victim, so that consent is needed.
        still_to_agree: who acts for victims without their consent: nothing of these goes to them.
        agencies: who may have the applicant's address, phone and email.
    """

    has_applicant_representative: bool
    consents: tuple[ShownConsent, ...]
    still_to_agree: tuple[Waiting, ...]
    agencies: tuple[str, ...]


@dataclass(frozen=True)
class ConsentForm:
    """What the form for a consent needs: who can consent to whom, and the words to show them."""

    frame: CaseFrame
    victims: tuple[tuple[int, str], ...]
    who_act: tuple[tuple[int, str], ...]
    wording: str


def consent_part(actor: Actor, opened: Opened) -> ConsentPart | None:
    """Return what was agreed to, for those who lead; belongs inside a transaction."""
    if not opened.allows(actor, Act.READ_CONSENT):
        return None
    case_id = opened.case.id
    parties = db.session.scalars(parties_for(actor, [case_id])).all()
    by_id = {p.id: party_name(p.name) for p in parties}
    consents = _shown_consents(actor, case_id, by_id)
    stands_in = any(p.role is PartyRole.APPLICANT_REPRESENTATIVE for p in parties)
    asked = victims_by_who_acts(case_id) if stands_in else {}
    waiting = {who_acts: still_to_agree(victims) for who_acts, victims in asked.items()}
    names = agencies_of_area(actor)
    agreed = agreed_agencies(actor, case_id)
    chosen = tuple(name for number, name in names.items() if number in agreed)
    return ConsentPart(
        stands_in,
        consents,
        tuple(
            Waiting(by_id[who_acts], tuple(by_id[each] for each in victims))
            for who_acts, victims in waiting.items()
            if victims
        ),
        chosen,
    )


def _shown_consents(
    actor: Actor, case_id: int, parties: dict[int, str]
) -> tuple[ShownConsent, ...]:
    rows = db.session.scalars(consents_for(actor, case_id)).all()
    taken_back = {
        row.consent_id: row for row in db.session.scalars(withdrawals_for(actor, case_id))
    }
    recorders = {row.recorded_by_id for row in rows}
    people = _names(recorders | {row.recorded_by_id for row in taken_back.values()})
    return tuple(_shown(row, taken_back.get(row.id), parties, people) for row in rows)


def _names(ids: Collection[int | None]) -> dict[int | None, str]:
    found = db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row[0]: row[1] for row in found}


def _shown(
    row: Consent,
    taken_back: ConsentWithdrawal | None,
    parties: dict[int, str],
    people: dict[int | None, str],
) -> ShownConsent:
    return ShownConsent(
        id=row.id,
        party_id=row.party_id,
        victim=parties[row.party_id],
        who_acts=parties.get(row.applicant_representative_id or 0, ""),
        covers_being_told=row.covers_being_told,
        covers=tuple(words for name, words in COVERS.items() if getattr(row, name)),
        wording=row.wording,
        method=CONSENT_METHODS[row.method],
        given_on=row.given_on,
        evidence=row.evidence,
        recorded_at=row.recorded_at,
        recorded_by=people.get(row.recorded_by_id, "the request itself"),
        withdrawn_on=taken_back.withdrawn_on if taken_back else None,
        reason=taken_back.reason if taken_back else "",
        withdrawn_by=people[taken_back.recorded_by_id] if taken_back else "",
    )


def open_consent_form(actor: Actor, reference: str) -> ConsentForm:
    """Return who can consent, and the words that they are shown unless others are typed."""
    with transaction():
        opened = load_case(actor, reference, Act.RECORD_CONSENT, thing="form")
        victims, who_act = _victims(actor, opened), _who_act(actor, opened)
        office = db.session.get_one(Area, opened.case.area_id).office_name
        return ConsentForm(
            frame=frame(actor, opened),
            victims=_named(victims),
            who_act=_named(who_act),
            wording=_WORDING.format(office=office, them=_them(who_act)),
        )


_WORDING = (
    "I agree that {them} asks for a review of my case for me. {office} may tell them how it goes, "
    "and the agencies on the panel may use what I reported. I can take this back at any time, by "
    "telling {office}. What was sent before that cannot be taken back."
)


def _victims(actor: Actor, opened: Opened) -> list[Party]:
    query = parties_for(actor, [opened.case.id]).where(Party.role.in_(VICTIMS))
    return list(db.session.scalars(query))


def _who_act(actor: Actor, opened: Opened) -> list[Party]:
    query = parties_for(actor, [opened.case.id]).where(
        Party.role == PartyRole.APPLICANT_REPRESENTATIVE
    )
    return list(db.session.scalars(query))


def _named(parties: list[Party]) -> tuple[tuple[int, str], ...]:
    return tuple((party.id, party_name(party.name)) for party in parties)


def _them(who_act: list[Party]) -> str:
    """Return how the wording names who acts: where there are more, whoever types says who."""
    return party_name(who_act[0].name) if len(who_act) == 1 else "(name)"


def record_consent(actor: Actor, reference: str, token: str, typed: TypedConsent) -> None:
    """Record that a victim agreed; an earlier consent stays as it was.

    Raises:
        IntakeError: it is dated in the future, or the person is no victim of this case.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.RECORD_CONSENT, thing=f"party {typed.party_id}")
        if typed.party_id not in {party.id for party in _victims(actor, opened)}:
            raise IntakeError("party", "Select who agreed")
        if typed.applicant_representative_id not in {party.id for party in _who_act(actor, opened)}:
            raise IntakeError("who_acts", "Select who acts for them")
        if typed.given_on > london_day(actor.at):
            raise IntakeError("given_on", "The day they agreed must be today or in the past")
        db.session.add(
            Consent(
                case_id=opened.case.id,
                party_id=typed.party_id,
                applicant_representative_id=typed.applicant_representative_id,
                wording=typed.wording,
                method=typed.method,
                given_on=typed.given_on,
                evidence=typed.evidence,
                recorded_at=actor.at,
                recorded_by_id=actor.person_id,
                **{name: name in typed.covers for name in COVERS},
            )
        )
        follow(actor, opened)


def open_withdrawal(actor: Actor, reference: str, consent_id: int) -> CaseFrame:
    """Return the top of the page for taking a consent back.

    Raises:
        CaseNotFoundError: it is not one of this case.
    """
    with transaction():
        opened = load_case(actor, reference, Act.RECORD_CONSENT, thing="form")
        _consent(actor, opened, consent_id)
        return frame(actor, opened)


def _consent(actor: Actor, opened: Opened, consent_id: int) -> Consent:
    query = consents_for(actor, opened.case.id).where(Consent.id == consent_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def withdraw_consent(
    actor: Actor, reference: str, consent_id: int, token: str, *, on: dt.date, reason: str
) -> None:
    """Record that a consent was taken back; what has not left yet does not leave.

    Raises:
        CaseNotFoundError: it is not one of this case.
        IntakeError: the day does not fit, or it was taken back before.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        opened = load_case(actor, reference, Act.RECORD_CONSENT, thing=f"withdrawal {consent_id}")
        consent = _consent(actor, opened, consent_id)
        if not consent.given_on <= on <= london_day(actor.at):
            raise IntakeError(
                "withdrawn_on", "The day must be between the day of the consent and today"
            )
        taken_back = withdrawals_for(actor, opened.case.id).where(
            ConsentWithdrawal.consent_id == consent.id
        )
        if db.session.scalars(taken_back).first() is not None:
            raise IntakeError("withdrawn_on", "This consent was taken back already")
        db.session.add(
            ConsentWithdrawal(
                consent_id=consent.id,
                withdrawn_on=on,
                reason=reason,
                recorded_at=actor.at,
                recorded_by_id=actor.person_id,
            )
        )
        hold_messages(actor, opened)


def hold_messages(actor: Actor, opened: Opened) -> None:
    """Take what may not go any more to the applicant's side out of the outbox: it never left.

    An invite that did leave is taken back by a cancellation.

    Belongs inside a transaction, after what may have changed who has to agree.
    """
    waiting = messages_for(actor).where(
        OutboxMessage.case_id == opened.case.id,
        OutboxMessage.person_id.is_(None),
        OutboxMessage.delivery_id.is_(None),
        ~OutboxMessage.key.startswith(passing_on.KEY),
        OutboxMessage.state == DeliveryState.WAITING,
    )
    for message in db.session.scalars(waiting).all():
        for_meeting = message.invite_method is not None
        if message.invite_method == Method.CANCEL:
            continue
        if not why_held(actor, opened, message.receiver, for_meeting=for_meeting):
            continue
        db.session.delete(message)
        log.record(actor, "message_withheld", reference=opened.case.reference, thing=message.key)
    db.session.flush()
    take_back_applicants(actor, opened)
    follow(actor, opened)


__all__ = [
    "COVERS",
    "ConsentForm",
    "ConsentMethod",
    "ConsentPart",
    "ShownConsent",
    "TypedConsent",
    "Waiting",
    "consent_part",
    "hold_messages",
    "open_consent_form",
    "open_withdrawal",
    "record_consent",
    "withdraw_consent",
]
