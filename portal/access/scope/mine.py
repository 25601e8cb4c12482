"""What is the applicant's own: selected here alone, and for the holder of a key in force.

An applicant knows of no case by ``cases_for``. Nothing here selects what was shared, what the panel
writes, another party, or what is about one.
"""

import datetime as dt
from typing import TypeVar

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, known, part
from portal.access.scope.once import built_once
from portal.access.scope.people import APPLICANTS_SIDE, parties_for
from portal.domain.delivery import WhyHeld
from portal.domain.roles import Actor, Role
from portal.domain.stages import Stage
from portal.models.applicant_key import ApplicantKey
from portal.models.applicant_message import OWN_PAGE, ApplicantMessage
from portal.models.case import Case, Party, PartyContact
from portal.models.clock import CaseClock, RecordedEvent
from portal.models.consultation import Consultation, ConsultedRow
from portal.models.delivery import Delivery, PostState, SafeReach
from portal.models.meeting import Meeting
from portal.models.opening import Statement
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.models.person import Area, Person, SignIn
from portal.models.plan import Document, PlanDraft
from portal.models.support import SupportAccepted

OfParty = TypeVar("OfParty", SafeReach, PartyContact, Statement, ApplicantMessage, Consultation)

_OWN = frozenset({"case", "party", "key"})


def _has_key() -> sa.ColumnElement[bool]:
    """Say of ``Party`` that they are of the applicant's side and hold a key."""
    key = sa.exists().where(ApplicantKey.party_id == Party.id, ApplicantKey.ended_at.is_(None))
    return sa.and_(Party.role.in_(APPLICANTS_SIDE), key)


def _own_party(actor: Actor) -> sa.ColumnElement[bool]:
    """Say of ``Party`` that it is the actor, who holds a key in force."""
    mine = sa.true() if actor.role is Role.APPLICANT else sa.false()
    return sa.and_(Party.id == actor.party_id, _has_key(), mine)


@built_once
def own_case_for(actor: Actor) -> sa.Select[Case, Party]:
    """Select the actor's case, and the actor as a party of it: for the gate alone."""
    return (
        sa.select(Case, Party)
        .join(Party, Party.case_id == Case.id)
        .where(_own_party(actor), Case.area_id == actor.area_id)
        .execution_options(scope=_OWN)
    )


def own_sign_in() -> sa.Select[SignIn, int, str, int, str]:
    """Select a sign-in by a key: its row, number and name of the party, area and its office.

    Bound by ``token_hash``, ``seen_after`` and ``started_after``.
    """
    return (
        sa.select(SignIn, Party.id, Party.name, Case.area_id, Area.office_name)
        .join(Party, Party.id == SignIn.party_id)
        .join(Case, Case.id == Party.case_id)
        .join(Area, Area.id == Case.area_id)
        .where(
            SignIn.token_hash == sa.bindparam("token_hash"),
            SignIn.ended_at.is_(None),
            SignIn.seen_at > sa.bindparam("seen_after"),
            SignIn.started_at > sa.bindparam("started_after"),
            _has_key(),
        )
        .execution_options(scope=_OWN)
    )


def _own_part(actor: Actor, model: type[OfParty], scope: str) -> sa.Select[OfParty]:
    """Select rows that are a party's: those of the actor and of nobody else."""
    return (
        sa.select(model)
        .where(model.party_id.in_(_own_id(actor)))
        .execution_options(scope=_OWN | {scope})
    )


def _own_id(actor: Actor) -> sa.Select[int]:
    return sa.select(Party.id).where(_own_party(actor))


def _of_case(actor: Actor) -> sa.Select[int]:
    return sa.select(Party.case_id).where(_own_party(actor))


@built_once
def own_clocks_for(actor: Actor) -> sa.Select[CaseClock]:
    """Select what the actor was promised, and by when."""
    return (
        sa.select(CaseClock)
        .where(CaseClock.case_id.in_(_of_case(actor)))
        .execution_options(scope=_OWN | {"clock"})
    )


@built_once
def own_events_for(actor: Actor) -> sa.Select[RecordedEvent]:
    """Select what has happened on the actor's case that they are told the day of."""
    return (
        sa.select(RecordedEvent)
        .where(RecordedEvent.case_id.in_(_of_case(actor)))
        .execution_options(scope=_OWN | {"clock"})
    )


@built_once
def own_meeting_for(
    actor: Actor,
) -> sa.Select[dt.datetime, dt.datetime, bool, dt.datetime | None]:
    """Select of the meeting what the applicant is told: the opening section, never the rest.

    When it starts, when the opening section ends, whether they are invited to it, and when the
    invites went.
    """
    return (
        sa.select(
            Meeting.starts_at,
            Meeting.opening_ends_at,
            Meeting.is_applicant_invited,
            Meeting.invited_at,
        )
        .where(Meeting.case_id.in_(_of_case(actor)), Meeting.called_off_at.is_(None))
        .execution_options(scope=_OWN | {"meeting"})
    )


@built_once
def own_supporters_for(actor: Actor) -> sa.Select[str, str]:
    """Select name and phone of who stands by the actor."""
    return (
        sa.select(Person.name, Person.phone)
        .join(SupportAccepted, SupportAccepted.person_id == Person.id)
        .where(
            SupportAccepted.party_id.in_(_own_id(actor)),
            SupportAccepted.ended_at.is_(None),
            Person.active.is_(True),
        )
        .order_by(Person.name)
        .execution_options(scope=_OWN | {"support"})
    )


@built_once
def own_reach_for(actor: Actor) -> sa.Select[SafeReach]:
    """Select how it is safe to reach the actor, as they said it."""
    return _own_part(actor, SafeReach, "contact")


@built_once
def own_contact_for(actor: Actor) -> sa.Select[PartyContact]:
    """Select the actor's own address, phone and email."""
    return _own_part(actor, PartyContact, "contact")


def _of_reference(reference: str) -> tuple[sa.ColumnElement[bool], ...]:
    of_case = sa.select(Case.id).where(Case.reference == reference)
    return ApplicantKey.case_id.in_(of_case), ApplicantKey.ended_at.is_(None)


def keys_to_try(reference: str) -> sa.Select[int, int, str]:
    """Select number, party and hash of every key that opens a case: for the sign-in alone."""
    return (
        sa.select(ApplicantKey.id, ApplicantKey.party_id, ApplicantKey.code_hash)
        .where(*_of_reference(reference))
        .execution_options(scope=_OWN)
    )


def count_wrong_try(reference: str) -> sa.Update:
    """Count a wrong code at every key that it was typed for, so that the office can see it."""
    return (
        sa.update(ApplicantKey)
        .where(*_of_reference(reference))
        .values(wrong_tries=ApplicantKey.wrong_tries + 1)
        .execution_options(synchronize_session=False, scope=_OWN)
    )


def key_opened(key_id: int, at: dt.datetime) -> sa.Update:
    """Mark a key whose code was right."""
    return (
        sa.update(ApplicantKey)
        .where(ApplicantKey.id == key_id)
        .values(wrong_tries=0, used_at=at)
        .execution_options(synchronize_session=False, scope=_OWN)
    )


def of_key(party_id: int) -> sa.Select[Party, str, int]:
    """Select who holds a key, with reference and area of their case: for the sign-in alone."""
    return (
        sa.select(Party, Case.reference, Case.area_id)
        .join(Case, Case.id == Party.case_id)
        .where(Party.id == party_id, _has_key())
        .execution_options(scope=_OWN)
    )


def party_alone(party_id: int) -> sa.Select[int]:
    """Select the number of a party, to wait at it until nobody else changes what is theirs."""
    return sa.select(Party.id).where(Party.id == party_id).execution_options(scope=_OWN)


def case_of_party(party_id: int) -> sa.Select[int]:
    """Select the case of somebody of the applicant's side, who is given a key."""
    return (
        sa.select(Party.case_id)
        .where(Party.id == party_id, Party.role.in_(APPLICANTS_SIDE))
        .execution_options(scope=_OWN)
    )


def end_keys(party_id: int, at: dt.datetime, by_id: int | None) -> sa.Update:
    """End the key of a party."""
    return (
        sa.update(ApplicantKey)
        .where(ApplicantKey.party_id == party_id, ApplicantKey.ended_at.is_(None))
        .values(ended_at=at, ended_by_id=by_id)
        .execution_options(synchronize_session=False, scope=_OWN)
    )


@built_once
def keys_for(actor: Actor, case_id: int) -> sa.Select[ApplicantKey]:
    """Select the keys in force of a case: for the coordinator alone."""
    mine = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    return part(actor, ApplicantKey, case_id, "key").where(ApplicantKey.ended_at.is_(None), mine)


def applicants_side_of(actor: Actor, case_id: int) -> sa.Select[Party]:
    """Select who of a case may have a page of their own, as far as the actor may know."""
    return parties_for(actor, [case_id]).where(Party.role.in_(APPLICANTS_SIDE))


@built_once
def own_statement_for(actor: Actor) -> sa.Select[Statement]:
    """Select the actor's own statement."""
    return _own_part(actor, Statement, "statement")


@built_once
def own_messages_for(actor: Actor) -> sa.Select[ApplicantMessage]:
    """Select what the actor and the office wrote to one another, the oldest first."""
    found = _own_part(actor, ApplicantMessage, "applicant_message")
    return found.order_by(ApplicantMessage.id)


@built_once
def own_papers_for(actor: Actor) -> sa.Select[Document]:
    """Select the papers that were issued to the actor, the newest first.

    Also those that could go nowhere yet: their own page is a way to them. What was taken back is
    not among them, nor what waits for a victim's consent.
    """
    own = sa.select(Delivery.document_id).where(
        Delivery.party_id.in_(_own_id(actor)),
        Delivery.ended_at.is_(None),
        Delivery.why_held.is_distinct_from(WhyHeld.CONSENT),
    )
    return (
        sa.select(Document)
        .where(Document.id.in_(own))
        .order_by(Document.id.desc())
        .execution_options(scope=_OWN | {"delivery", "document"})
    )


@built_once
def applicant_messages_for(actor: Actor, case_id: int) -> sa.Select[ApplicantMessage]:
    """Select what the applicant's side and the office wrote to one another: for the coordinator."""
    mine = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    found = part(actor, ApplicantMessage, case_id, "applicant_message").where(mine)
    return found.order_by(ApplicantMessage.id)


@built_once
def cases_with_mail_for(actor: Actor) -> sa.Select[str, dt.datetime]:
    """Select where somebody waits for an answer of the office, since when: for the coordinator."""
    mine = sa.true() if actor.role is Role.COORDINATOR else sa.false()
    return (
        sa.select(Case.reference, sa.func.min(ApplicantMessage.sent_at))
        .join(ApplicantMessage, ApplicantMessage.case_id == Case.id)
        .where(
            ApplicantMessage.is_from_office.is_(False),
            ApplicantMessage.read_at.is_(None),
            known(actor, ApplicantMessage.case_id, declared=True),
            mine,
        )
        .group_by(Case.reference)
        .order_by(sa.func.min(ApplicantMessage.sent_at))
        .execution_options(scope=KNOWING | {"applicant_message"})
    )


def notices_since(receiver: str, since: dt.datetime) -> sa.Select[int]:
    """Count the messages that told an address since an instant that something is waiting."""
    return (
        sa.select(sa.func.count(OutboxMessage.id))
        .where(
            OutboxMessage.receiver == receiver,
            OutboxMessage.key.startswith(OWN_PAGE, autoescape=True),
            OutboxMessage.created_at > since,
        )
        .execution_options(scope=frozenset({"message"}))
    )


def _own_deliveries(actor: Actor) -> tuple[sa.ColumnElement[bool], ...]:
    return Delivery.party_id.in_(_own_id(actor)), Delivery.ended_at.is_(None)


def hold_own_papers(actor: Actor, at: dt.datetime) -> tuple[sa.Update, sa.Update, sa.Update]:
    """Return what stops everything on its way to the actor until they were asked again.

    What has not left does not leave, be it a paper or word that a message waits; a link that has
    left opens nothing any more.
    """
    marked = {
        "synchronize_session": False,
        "scope": _OWN | {"delivery", "message", "applicant_message"},
    }
    links = sa.update(Delivery).where(*_own_deliveries(actor), Delivery.link_until > at)
    held = sa.update(Delivery).where(*_own_deliveries(actor), Delivery.state == PostState.WAITING)
    papers = sa.select(Delivery.id).where(*_own_deliveries(actor))
    number = sa.cast(ApplicantMessage.id, sa.String)
    words = sa.select(sa.literal(OWN_PAGE) + number).where(
        ApplicantMessage.party_id.in_(_own_id(actor))
    )
    unsent = sa.update(OutboxMessage).where(
        sa.or_(OutboxMessage.delivery_id.in_(papers), OutboxMessage.key.in_(words)),
        OutboxMessage.state.in_([DeliveryState.WAITING, DeliveryState.UNDELIVERED]),
    )
    return (
        unsent.values(state=DeliveryState.WITHHELD).execution_options(**marked),
        links.values(link_until=at).execution_options(**marked),
        held.values(state=PostState.HELD, way=None, why_held=WhyHeld.NOT_ASKED).execution_options(
            **marked
        ),
    )


@built_once
def own_consultation_for(actor: Actor) -> sa.Select[Consultation]:
    """Select on what draft the actor was asked last by their page, while a plan is written."""
    first = sa.exists().where(Case.id == Consultation.case_id, Case.stage == Stage.PLANNING)
    change = sa.exists().where(
        PlanDraft.case_id == Consultation.case_id, PlanDraft.changing_since.is_not(None)
    )
    return (
        _own_part(actor, Consultation, "consultation")
        .where(sa.or_(first, change))
        .order_by(Consultation.number.desc())
        .limit(1)
        .execution_options(scope=_OWN | {"consultation", "plan"})
    )


@built_once
def own_consulted_rows_for(actor: Actor, consultation_id: int) -> sa.Select[ConsultedRow]:
    """Select the rows of a draft on which the actor was asked by their page, in their order."""
    return (
        sa.select(ConsultedRow)
        .join(Consultation, Consultation.id == ConsultedRow.consultation_id)
        .where(
            Consultation.id == consultation_id,
            Consultation.party_id.in_(_own_id(actor)),
        )
        .order_by(ConsultedRow.number)
        .execution_options(scope=_OWN | {"consultation"})
    )


def uncheck_own_draft(actor: Actor, at: dt.datetime) -> sa.Update:
    """Return what takes back the chair's check of the draft; no text of it is selected."""
    return (
        sa.update(PlanDraft)
        .where(PlanDraft.case_id.in_(_of_case(actor)))
        .values(
            checked_at=None,
            checked_by_id=None,
            changed_at=at,
            changed_by_id=None,
            version=PlanDraft.version + 1,
        )
        .execution_options(synchronize_session=False, scope=_OWN | {"plan"})
    )
