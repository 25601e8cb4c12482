"""Signing in and out, one's passphrase, and the role that one acts in."""

import datetime as dt
import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from flask_security import hash_password, verify_password

from portal import log
from portal.access.actor import digest
from portal.db import db, transaction
from portal.domain.roles import Actor, Role
from portal.models.person import Person, RoleHeld, SignIn
from portal.services import tries

SHORTEST_PASSPHRASE = 12
TRIES_BEFORE_SLOWING = 5
LONGEST_WAIT = dt.timedelta(minutes=5)
WRONG = "The email address or the passphrase is not right"

# Where somebody with several roles begins: the one with most to do comes first.
_FIRST = list(Role)


class SignInError(Exception):
    """The person is not signed in; the sentence is the same for known and unknown addresses."""


class PassphraseError(Exception):
    """The passphrase was not changed; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class AccountError(Exception):
    """The account was not added or changed; the sentence says why."""


@dataclass(frozen=True)
class NewSignIn:
    """What the cookie has to hold after a sign-in, and who it is."""

    uniquifier: str
    token: str
    actor: Actor


@dataclass(frozen=True)
class RoleChoice:
    """A role that the person can act in."""

    role_held_id: int
    label: str


def sign_in(email: str, passphrase: str, actor: Actor) -> NewSignIn:
    """Check the passphrase and begin a sign-in in the person's first role.

    Args:
        email: as typed; letters' case does not matter.
        passphrase: as typed.
        actor: a job's actor with the instant and the network address of the request.

    Raises:
        SignInError: wrong, unknown, deactivated, without a role, or too many tries just now.
    """
    address = email.strip().casefold()
    # The slow comparison runs outside the transaction and also for unknown people, so that the
    # time of the answer tells nothing.
    person_id, stored = _stored_passphrase(address)
    is_right = verify_password(passphrase, stored)
    with transaction():
        failed_before, next_try_at = tries.lock(address, actor.at)
        if next_try_at > actor.at:
            log.record(actor, "sign_in_slowed", thing=person_label(person_id), outcome="refused")
            raise_after = SignInError(
                "There were too many tries. Wait a little, up to 5 minutes, and try again"
            )
        else:
            person = _able_person(person_id) if is_right else None
            held = _first_role(person.id) if person else None
            if person and held:
                tries.forget(address)
                return _begin(person, held, actor)
            _count_failure(address, failed_before, actor.at)
            log.record(actor, "sign_in_failed", thing=person_label(person_id), outcome="refused")
            raise_after = SignInError(WRONG)
    raise raise_after


def person_label(person_id: int | None) -> str:
    """Return how the log names a person: by number, never by name."""
    return "" if person_id is None else f"person {person_id}"


def _stored_passphrase(address: str) -> tuple[int | None, str]:
    found = db.session.execute(
        sa.select(Person.id, Person.password).where(Person.email == address)
    ).one_or_none()
    db.session.rollback()
    if found is None or found[1] is None:
        return None, _nobody()
    return found[0], found[1]


_NOBODY: list[str] = []


def _nobody() -> str:
    """Return a hash that no passphrase matches, made once with the settings in force."""
    if not _NOBODY:
        _NOBODY.append(hash_password(secrets.token_hex(16)))
    return _NOBODY[0]


def _able_person(person_id: int | None) -> Person | None:
    person = db.session.get(Person, person_id) if person_id else None
    return person if person and person.active else None


def _roles(person_id: int) -> list[RoleHeld]:
    held = db.session.scalars(
        sa.select(RoleHeld)
        .where(RoleHeld.person_id == person_id, RoleHeld.ended_at.is_(None))
        .order_by(RoleHeld.id)
    ).all()
    return sorted(held, key=lambda each: _FIRST.index(each.role))


def _first_role(person_id: int) -> RoleHeld | None:
    return next(iter(_roles(person_id)), None)


def _begin(person: Person, held: RoleHeld, actor: Actor) -> NewSignIn:
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            token_hash=digest(token),
            person_id=person.id,
            role_held_id=held.id,
            started_at=actor.at,
            seen_at=actor.at,
        )
    )
    begun = _as(person, held, actor)
    log.record(begun, "signed_in")
    return NewSignIn(person.fs_uniquifier, token, begun)


def _as(person: Person, held: RoleHeld, actor: Actor) -> Actor:
    return Actor(
        person_id=person.id,
        name=person.name,
        role=held.role,
        area_id=held.area_id,
        agency_id=held.agency_id,
        at=actor.at,
        address=actor.address,
    )


def _count_failure(address: str, failed_before: int, now: dt.datetime) -> None:
    beyond = failed_before + 1 - TRIES_BEFORE_SLOWING
    wait = dt.timedelta(seconds=2 ** min(beyond, 10)) if beyond >= 0 else dt.timedelta()
    tries.keep(address, failed_before + 1, now + min(wait, LONGEST_WAIT))


def sign_out(actor: Actor, token: str) -> None:
    """End this sign-in; a copy of its cookie is worth nothing from now on."""
    with transaction():
        db.session.execute(
            sa.update(SignIn)
            .where(SignIn.token_hash == digest(token), SignIn.ended_at.is_(None))
            .values(ended_at=actor.at)
        )
        log.record(actor, "signed_out")


def stay(actor: Actor, sign_in_id: int) -> None:
    """Count this moment as activity, so that the idle time begins anew."""
    with transaction():
        db.session.execute(
            sa.update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=actor.at)
        )


def role_choices(actor: Actor) -> list[RoleChoice]:
    """Return the roles that the person can act in."""
    return [RoleChoice(held.id, _role_label(held)) for held in _roles(_person_id(actor))]


def _role_label(held: RoleHeld) -> str:
    where = held.agency.name if held.agency else held.area.name
    return f"{held.role.label.capitalize()}, {where}"


def change_role(actor: Actor, sign_in_id: int, role_held_id: int) -> None:
    """Act in another of one's own roles from now on.

    Raises:
        AccountError: it is not a role of this person.
    """
    with transaction():
        mine = {held.id for held in _roles(_person_id(actor))}
        if role_held_id not in mine:
            raise AccountError("Select one of your roles")
        db.session.execute(
            sa.update(SignIn).where(SignIn.id == sign_in_id).values(role_held_id=role_held_id)
        )
        log.record(actor, "role_changed")


def change_passphrase(
    actor: Actor, sign_in_id: int, current: str, new: str, again: str
) -> NewSignIn:
    """Change one's passphrase and end every other sign-in of the person.

    Raises:
        PassphraseError: the present one is wrong, the new one too short, or not typed twice alike.
    """
    stored = db.session.scalar(sa.select(Person.password).where(Person.id == actor.person_id))
    db.session.rollback()
    if not verify_password(current, stored or _nobody()):
        raise PassphraseError("current", "Your present passphrase is not right")
    _check_passphrase(new, current)
    if new != again:
        raise PassphraseError("again", "Type the new passphrase twice the same")
    hashed = hash_password(new)
    with transaction():
        person = db.session.get_one(Person, actor.person_id)
        sign_in_row = db.session.get_one(SignIn, sign_in_id)
        held = db.session.get_one(RoleHeld, sign_in_row.role_held_id)
        person.password = hashed
        end_sign_ins(person, actor.at)
        log.record(actor, "passphrase_changed")
        return _begin(person, held, actor)


def _check_passphrase(new: str, current: str) -> None:
    if len(new) < SHORTEST_PASSPHRASE:
        raise PassphraseError(
            "new", f"The new passphrase must be {SHORTEST_PASSPHRASE} characters or more"
        )
    if new == current:
        raise PassphraseError("new", "The new passphrase must be another one")


def end_sign_ins(person: Person, at: dt.datetime) -> None:
    """End every sign-in of a person, and make their old cookies worthless should they come back."""
    person.fs_uniquifier = secrets.token_hex(32)
    db.session.execute(
        sa.update(SignIn)
        .where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
        .values(ended_at=at)
    )


def _person_id(actor: Actor) -> int:
    if actor.person_id is None:
        raise AccountError("A job has no account")
    return actor.person_id
