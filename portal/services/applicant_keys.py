"""Who of the applicant's side holds a code for their own page: given, and taken away."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from portal import log
from portal.access.gate import CaseNotFoundError, Opened, load_case
from portal.access.scope.mine import applicants_side_of, case_of_party, end_keys, keys_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor
from portal.domain.stages import IllegalMoveError
from portal.mail import sealed
from portal.models.applicant_key import ApplicantKey
from portal.models.case import Party, PartyRole
from portal.models.person import SignIn
from portal.services.frames import CaseFrame, frame
from portal.services.once import once
from portal.services.words import PARTY_NAMES, party_name

SHOWN_ONCE = "The code was shown once. Make a new one"


@dataclass(frozen=True)
class Holder:
    """Somebody who may have a page of their own.

    Attributes:
        made_at: since when their code opens it; none where they have none.
        used_at: when they last came in with it.
        waits: they act for a victim who has not agreed, so that a code opens nothing yet.
    """

    party_id: int
    name: str
    role: str
    made_at: dt.datetime | None
    used_at: dt.datetime | None
    wrong_tries: int
    waits: bool


@dataclass(frozen=True)
class KeysPage:
    """Who of a case may have a page of their own."""

    frame: CaseFrame
    holders: tuple[Holder, ...]


def give_key(actor: Actor, party_id: int, code_hash: str) -> None:
    """Give somebody of the applicant's side a code; belongs inside a transaction.

    The one before ends, with every sign-in that began with it.

    Args:
        actor: the coordinator; or a job, for whom the applicant's own request is sent.
        party_id: whose page it opens.
        code_hash: ``sealed.hash_of`` the code, which is stored nowhere.

    Raises:
        CaseNotFoundError: there is no such party on the applicant's side of a case.
    """
    case_id = db.session.scalars(case_of_party(party_id)).one_or_none()
    if case_id is None:
        raise CaseNotFoundError
    _end(actor, party_id)
    db.session.add(
        ApplicantKey(
            case_id=case_id,
            party_id=party_id,
            code_hash=code_hash,
            made_at=actor.at,
            made_by_id=actor.person_id,
        )
    )


def open_keys(actor: Actor, reference: str) -> KeysPage:
    """Return who of the applicant's side has a code, and who has none."""
    with transaction():
        opened = load_case(actor, reference, Act.KEEP_APPLICANT_KEYS, thing="form")
        keys = {key.party_id: key for key in db.session.scalars(keys_for(actor, opened.case.id))}
        parties = db.session.scalars(applicants_side_of(actor, opened.case.id)).all()
        told = {hold.applicant_representative_id for hold in opened.facts.holds if hold.is_told}
        return KeysPage(
            frame(actor, opened), tuple(_holder(each, keys.get(each.id), told) for each in parties)
        )


def _holder(party: Party, key: ApplicantKey | None, told: set[int]) -> Holder:
    acts = party.role is PartyRole.APPLICANT_REPRESENTATIVE
    return Holder(
        party_id=party.id,
        name=party_name(party.name),
        role=PARTY_NAMES[party.role],
        made_at=key.made_at if key else None,
        used_at=key.used_at if key else None,
        wrong_tries=key.wrong_tries if key else 0,
        waits=acts and party.id not in told,
    )


def make_code(actor: Actor, reference: str, party_id: int, token: str) -> str:
    """Return a new code, to be read out or posted; whatever opened their page before does not.

    Raises:
        CaseNotFoundError: they are not one of the applicant's side of this case.
        IllegalMoveError: this form was sent before, and the code is stored nowhere.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            raise IllegalMoveError(SHOWN_ONCE)
        thing = f"party {party_id}, new code"
        opened = load_case(actor, reference, Act.KEEP_APPLICANT_KEYS, thing=thing)
        _party(actor, opened, party_id)
        code = sealed.secret_of(sealed.new_seed("code"))
        give_key(actor, party_id, sealed.hash_of(code))
        log.record(actor, "key_given", reference=opened.case.reference, thing=f"party {party_id}")
    return sealed.in_groups(code)


def take_away(actor: Actor, reference: str, party_id: int, token: str) -> None:
    """End somebody's code, with every sign-in that began with it.

    Raises:
        CaseNotFoundError: they are not one of the applicant's side of this case.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        thing = f"party {party_id}, taken away"
        opened = load_case(actor, reference, Act.KEEP_APPLICANT_KEYS, thing=thing)
        _party(actor, opened, party_id)
        _end(actor, party_id)


def _party(actor: Actor, opened: Opened, party_id: int) -> Party:
    query = applicants_side_of(actor, opened.case.id).where(Party.id == party_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(opened.case.reference)
    return found


def _end(actor: Actor, party_id: int) -> None:
    db.session.execute(end_keys(party_id, actor.at, actor.person_id))
    db.session.execute(
        sa.update(SignIn)
        .where(SignIn.party_id == party_id, SignIn.ended_at.is_(None))
        .values(ended_at=actor.at)
    )
