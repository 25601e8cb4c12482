"""The applicant's side comes in by the case's reference with a code of their own."""

import datetime as dt
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from typing import Final

from portal import log
from portal.access.actor import digest, own_actor
from portal.access.own import is_told
from portal.access.scope.mine import count_wrong_try, key_opened, keys_to_try, of_key
from portal.db import db, transaction
from portal.domain.references import normalise_reference
from portal.domain.roles import Actor
from portal.mail import sealed
from portal.models.case import Party
from portal.models.person import SignIn
from portal.services import tries

MOST_TRIES: Final = 5
LOCKED_FOR: Final = dt.timedelta(minutes=15)
_OF_HOUSEHOLD: Final = 64  # bits of the network that a household has to itself
WRONG: Final = "The reference or the code is not right. Check both, or ask for a new code"
SLOWED: Final = "There were too many tries from here. Wait 15 minutes, or ring the office"


class WrongKeyError(Exception):
    """Nobody is let in; the sentence is the same for a case that there is and one that is not."""


@dataclass(frozen=True)
class NewOwnSignIn:
    """What the cookie has to hold, and who it is."""

    token: str
    actor: Actor


def sign_in(visitor: Actor, reference: str, code: str) -> NewOwnSignIn:
    """Let somebody of the applicant's side in.

    After five wrong tries a source is let in nowhere for 15 minutes; from everywhere else the right
    code opens the page all the while.

    Args:
        visitor: a job's actor with the instant and the network address of the request.
        reference: as typed.
        code: as typed; small letters, spaces and look-alikes do not matter.

    Raises:
        WrongKeyError: reference or code is wrong, the key has ended, the victim does not agree, or
            there were too many tries from this source.
    """
    source = source_of(visitor.address)
    with transaction():
        failed, next_try_at = tries.lock(source, visitor.at)
        asked = normalise_reference(reference) or ""
        holder = _holder(asked, code)
        if next_try_at <= visitor.at and holder:
            tries.forget(source)
            return _begin(visitor, holder)
        act, refused = "own_code_slowed", SLOWED
        if next_try_at <= visitor.at:
            act, refused = "own_code_wrong", WRONG
            _count(source, failed + 1, visitor.at)
        db.session.execute(count_wrong_try(asked))
        log.record(visitor, act, outcome="refused")
    raise WrongKeyError(refused)


@dataclass(frozen=True)
class _Holder:
    """Whose code was right."""

    key_id: int
    party: Party
    reference: str
    area_id: int


def _holder(reference: str, code: str) -> _Holder | None:
    """Return whose code it is; what is not there is asked for all the same, and takes as long."""
    typed = sealed.hash_of_typed(code)
    keys = db.session.execute(keys_to_try(reference)).all()
    right = [row for row in keys if hmac.compare_digest(row.code_hash, typed)]
    key_id, party_id = (right[0].id, right[0].party_id) if right else (0, 0)
    found = db.session.execute(of_key(party_id)).one_or_none()
    if found is None or not is_told(found[0].id, found[0].role, found[0].case_id):
        return None
    return _Holder(key_id, *found)


def _begin(visitor: Actor, holder: _Holder) -> NewOwnSignIn:
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            token_hash=digest(token),
            party_id=holder.party.id,
            started_at=visitor.at,
            seen_at=visitor.at,
        )
    )
    db.session.execute(key_opened(holder.key_id, visitor.at))
    begun = own_actor(
        holder.party.id, holder.party.name, holder.area_id, visitor.at, visitor.address
    )
    log.record(begun, "signed_in", reference=holder.reference, thing=f"party {holder.party.id}")
    return NewOwnSignIn(token, begun)


def _count(source: str, failed: int, now: dt.datetime) -> None:
    if failed < MOST_TRIES:
        tries.keep(source, failed, now)
    else:
        tries.keep(source, 0, now + LOCKED_FOR)


def source_of(address: str) -> str:
    """Return what is counted as one source: an address, of the sixth version its household's.

    An address of the fourth version that came written as one of the sixth is itself: as a network
    of the sixth version all of them would be one source.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return f"source {address}"
    if not isinstance(found, ipaddress.IPv6Address):
        return f"source {found}"
    if found.ipv4_mapped is not None:
        return f"source {found.ipv4_mapped}"
    return f"source {ipaddress.ip_network((found, _OF_HOUSEHOLD), strict=False)}"
