"""The people who have an account: added, given roles, deactivated by the administrator."""

import secrets

import sqlalchemy as sa
from flask_security import hash_password

from portal import log
from portal.db import db, transaction
from portal.domain.addresses import is_address
from portal.domain.roles import AGENCY_ROLES, Actor, Role
from portal.domain.text import clean_line
from portal.models.person import Agency, Area, Person, RoleHeld
from portal.services.accounts import (
    SHORTEST_PASSPHRASE,
    AccountError,
    end_sign_ins,
    person_label,
)
from portal.services.inviting import take_leaver_off_everywhere
from portal.services.leaving import (
    Leaver,
    end_appointment,
    end_membership,
    end_supports,
    pass_on_actions,
)


def add_person(actor: Actor, *, email: str, name: str, passphrase: str, phone: str = "") -> int:
    """Add an account and return its number.

    Raises:
        AccountError: the address is taken, or the passphrase too short.
    """
    return add_hashed_person(
        actor, email=email, name=name, phone=phone, hashed=hash_for_many(passphrase)
    )


def hash_for_many(passphrase: str) -> str:
    """Return the stored form of a passphrase; hashing is slow on purpose.

    Raises:
        AccountError: the passphrase is too short.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise AccountError(f"The passphrase must be {SHORTEST_PASSPHRASE} characters or more")
    hashed: str = hash_password(passphrase)
    return hashed


def add_hashed_person(actor: Actor, *, email: str, name: str, phone: str, hashed: str) -> int:
    """Add an account with a passphrase that is hashed already; return its number.

    Raises:
        AccountError: the address is taken or is not one email address.
    """
    address = email.strip().casefold()
    if not is_address(address):
        raise AccountError("Enter one email address, like name@example.org")
    with transaction():
        if db.session.scalar(sa.select(Person.id).where(Person.email == address)):
            raise AccountError("There is an account with this email address already")
        person = Person(
            email=address,
            name=clean_line(name),
            phone=clean_line(phone),
            password=hashed,
            active=True,
            fs_uniquifier=secrets.token_hex(32),
        )
        db.session.add(person)
        db.session.flush()
        log.record(actor, "person_added", thing=person_label(person.id))
        return person.id


def give_role(
    actor: Actor, *, email: str, role: Role, area_slug: str, agency_name: str = ""
) -> None:
    """Give a person a role in an area; whoever is signed in as them has to sign in again.

    Raises:
        AccountError: person, area or agency is unknown, or the role needs an agency.
    """
    with transaction():
        person = _by_email(email)
        area = db.session.scalars(sa.select(Area).where(Area.slug == area_slug)).one_or_none()
        if area is None:
            raise AccountError("There is no such area")
        agency_id = _agency_for(role, area, agency_name)
        db.session.add(
            RoleHeld(person_id=person.id, role=role, area_id=area.id, agency_id=agency_id)
        )
        end_sign_ins(person, actor.at)
        log.record(actor, "role_given", thing=f"person {person.id}, {role.value}")


def _agency_for(role: Role, area: Area, name: str) -> int | None:
    if role not in AGENCY_ROLES:
        return None
    found = db.session.scalar(
        sa.select(Agency.id).where(Agency.area_id == area.id, Agency.name == name)
    )
    if found is None:
        raise AccountError("This role needs the name of an agency of the area")
    return found


def end_roles(actor: Actor, *, email: str, role: Role) -> None:
    """Take a role from a person, everywhere at once.

    Raises:
        AccountError: there is no such account.
    """
    with transaction():
        person = _by_email(email)
        held = db.session.scalars(
            sa.select(RoleHeld).where(
                RoleHeld.person_id == person.id,
                RoleHeld.role == role,
                RoleHeld.ended_at.is_(None),
            )
        ).all()
        for each in held:
            each.ended_at = actor.at
        db.session.flush()
        _leave_cases(actor, person, role, {each.agency_id for each in held if each.agency_id})
        take_leaver_off_everywhere(actor, person.id)
        end_sign_ins(person, actor.at)
        log.record(actor, "role_ended", thing=f"person {person.id}, {role.value}")


def _leave_cases(actor: Actor, person: Person, role: Role, agency_ids: set[int]) -> None:
    """Take a person off the cases that a role of theirs had opened."""
    if role is Role.CHAIR:
        end_appointment(actor.at, Leaver(person.id))
    elif role is Role.AGENCY_REPRESENTATIVE:
        end_membership(actor, Leaver(person.id, agency_ids=agency_ids))
    elif role is Role.AGENCY_LEAD:
        pass_on_actions(actor, Leaver(person.id, agency_ids=agency_ids))
    elif role is Role.SUPPORT_WORKER:
        end_supports(actor, Leaver(person.id))


def set_active(actor: Actor, *, email: str, is_active: bool) -> None:
    """Deactivate an account, or bring it back; either way nobody stays signed in.

    Who is deactivated leaves all cases; brought back, they have to be named and appointed again.

    Raises:
        AccountError: there is no such account.
    """
    with transaction():
        person = _by_email(email)
        person.active = is_active
        if not is_active:
            db.session.flush()
            end_appointment(actor.at, Leaver(person.id))
            end_membership(actor, Leaver(person.id))
            end_supports(actor, Leaver(person.id))
            take_leaver_off_everywhere(actor, person.id)
        end_sign_ins(person, actor.at)
        event = "person_activated" if is_active else "person_deactivated"
        log.record(actor, event, thing=person_label(person.id))


def _by_email(email: str) -> Person:
    address = email.strip().casefold()
    found = db.session.scalars(sa.select(Person).where(Person.email == address)).one_or_none()
    if found is None:
        raise AccountError("There is no account with this email address")
    return found
