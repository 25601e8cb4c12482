"""What hangs on a party of a case, so that it keeps them from being changed or taken out."""

import sqlalchemy as sa

from portal.access.gate import Opened
from portal.access.scope.meeting import meetings_for
from portal.access.scope.opening import statements_for, visits_for, wishes_for
from portal.access.scope.people import APPLICANTS_SIDE, contacts_for, parties_for
from portal.access.scope.receipt import offers_for
from portal.access.scope.reports import reports_for
from portal.access.scope.request import consents_for, withdrawals_for
from portal.access.scope.supporting import is_in_force, supports_for
from portal.db import db
from portal.domain.dates import in_words
from portal.domain.parties import what_is_missing
from portal.domain.roles import Actor
from portal.models.case import Party, PartyContact, PartyRole, Report
from portal.models.consent import Consent, ConsentWithdrawal
from portal.models.opening import OpeningVisit, Statement
from portal.models.receipt import SupportOffer
from portal.models.support import SupportAccepted
from portal.services.reporters import MAKERS
from portal.services.words import party_name


def why_not_otherwise(actor: Actor, opened: Opened, party: Party, role: PartyRole) -> str:
    """Return why a party cannot be this in the case instead, or an empty text.

    Belongs inside a transaction.
    """
    if role is party.role:
        return ""
    before = party.role
    hangs: list[str] = []
    if before.is_victim and not role.is_victim:
        hangs += _standing_consents(actor, opened, party)
        hangs += _heard(actor, opened, party)
        if db.session.scalars(_supports(actor, opened, party).where(is_in_force())).first():
            hangs.append("a support worker stands by them. End that first")
    if before is PartyRole.APPLICANT_REPRESENTATIVE:
        hangs += _standing_consents(actor, opened, party)
    if role not in APPLICANTS_SIDE:
        hangs += _invited(actor, opened, party)
    if role not in MAKERS:
        hangs += _counted_as(actor, opened, party)
    return _sentence(hangs) or what_is_missing([role, *_others(actor, opened, party)])


def why_not_out(actor: Actor, opened: Opened, party: Party) -> str:
    """Return why a party cannot be taken out of the case, or an empty text.

    Belongs inside a transaction.
    """
    hangs = _own_consents(actor, opened, party)
    hangs += _heard(actor, opened, party)
    if db.session.scalars(_supports(actor, opened, party)).first():
        hangs.append("who stood by them is kept on this case")
    offers = offers_for(actor, opened.case.id).where(SupportOffer.party_id == party.id)
    if db.session.scalars(offers).first():
        hangs.append("the support that they were offered is kept on this case")
    hangs += _invited(actor, opened, party)
    hangs += _counted_as(actor, opened, party)
    return _sentence(hangs) or what_is_missing(_others(actor, opened, party))


def _others(actor: Actor, opened: Opened, party: Party) -> list[PartyRole]:
    rows = db.session.scalars(parties_for(actor, [opened.case.id]).where(Party.id != party.id))
    return [each.role for each in rows]


def _own_consents(actor: Actor, opened: Opened, party: Party) -> list[str]:
    """Return the consents of a party or to them, also taken back: what was agreed is kept."""
    rows = db.session.scalars(consents_for(actor, opened.case.id).where(_names(party)))
    return [
        f"their consent of {in_words(row.given_on)} is kept on this case"
        if row.party_id == party.id
        else f"the consent of {in_words(row.given_on)} that they act is kept on this case"
        for row in rows
    ]


def _heard(actor: Actor, opened: Opened, party: Party) -> list[str]:
    """Return what the meeting hears or has heard of a party or from who stood in for one."""
    case_id = opened.case.id
    statement = statements_for(actor, case_id).where(Statement.party_id == party.id)
    visits = visits_for(actor, case_id).where(
        sa.or_(OpeningVisit.party_id == party.id, OpeningVisit.stands_in_id == party.id)
    )
    found = []
    if db.session.scalars(statement).first():
        found.append("their statement is kept on this case")
    if (
        db.session.scalars(visits).first()
        or db.session.scalars(wishes_for(actor, case_id, party.id)).first()
    ):
        found.append("they were in the opening section of the meeting")
    return found


def _supports(actor: Actor, opened: Opened, party: Party) -> sa.Select[SupportAccepted]:
    of_case = supports_for(actor, opened.case.id)
    return of_case.where(SupportAccepted.party_id == party.id)


def _names(party: Party) -> sa.ColumnElement[bool]:
    """Return what is true of a consent that a party gave, or by which they act for a victim."""
    return sa.or_(Consent.party_id == party.id, Consent.applicant_representative_id == party.id)


def _standing_consents(actor: Actor, opened: Opened, party: Party) -> list[str]:
    """Return the consents that stand, of a victim or by which somebody acts for one."""
    taken_back = withdrawals_for(actor, opened.case.id).with_only_columns(
        ConsentWithdrawal.consent_id
    )
    query = consents_for(actor, opened.case.id).where(Consent.id.not_in(taken_back), _names(party))
    victims = {each.id: each for each in db.session.scalars(parties_for(actor, [opened.case.id]))}
    return [
        f"{party_name(victims[row.party_id].name)}’s consent of {in_words(row.given_on)} stands. "
        "Record first that it was taken back"
        for row in db.session.scalars(query)
    ]


def _counted_as(actor: Actor, opened: Opened, party: Party) -> list[str]:
    """Return what counts people and households by the party: reports, and who lives with them."""
    reports = db.session.scalars(
        reports_for(actor, opened.case.id).where(Report.reporter_id == party.id)
    ).all()
    found = [f"{_number(len(reports))} by them"] if reports else []
    rows = db.session.scalars(
        parties_for(actor, [opened.case.id]).where(Party.household_of_id == party.id)
    )
    found += [f"{party_name(each.name)} is recorded as of their household" for each in rows]
    if party.household_of_id is not None:
        found.append("they are recorded as of another household")
    return found


def _invited(actor: Actor, opened: Opened, party: Party) -> list[str]:
    """Return that the applicant's invite to the meeting goes to the party, where it does."""
    meeting = db.session.scalars(meetings_for(actor, opened.case.id)).one_or_none()
    contact = db.session.scalars(
        contacts_for(actor, opened.case.id).where(PartyContact.party_id == party.id)
    ).one_or_none()
    if meeting is None or contact is None or not contact.email:
        return []
    if contact.email.casefold() != meeting.applicant_email.casefold():
        return []
    went = "went" if meeting.invited_at else "goes"
    return [f"the applicant’s invite to the meeting {went} to their email address"]


def _sentence(hangs: list[str]) -> str:
    if not hangs:
        return ""
    listed = "; ".join(hangs)
    return f"{listed[0].upper()}{listed[1:]}"


def _number(reports: int) -> str:
    return "1 report is" if reports == 1 else f"{reports} reports are"
