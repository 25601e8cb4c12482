"""What the fictional office of Wharrow Valley tells the public; Severnreach has not got to it."""

import secrets
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.db import db
from portal.domain.directory import EntryKind
from portal.domain.letters import Topic
from portal.domain.roles import Actor, Role
from portal.jobs import demo_words
from portal.models.person import Area, RoleHeld
from portal.services import public_pages
from portal.services.public_pages import TypedEntry, TypedPage

_OFFICE = TypedPage(
    phone_hours="Monday to Friday, 9am to 5pm",
    post_address=demo_words.WHARROWDALE[Topic.POST],
    visits="Ask us to visit you, at home or where you feel safe.",
    formats="We can bring an interpreter or British Sign Language, and write in large print.",
    data_officer="Dev Okoro, 01632 960149, data@wharrow-lpb.example.",
    retention_years=6,
    exit_address="https://weather.example/today",
)


def _listed(
    kind: EntryKind, name: str, words: str, phone: str, web: str = "", email: str = ""
) -> TypedEntry:
    is_free = kind is EntryKind.SUPPORT
    return TypedEntry(
        kind=kind, name=name, words=words, phone=phone, web=web, email=email, is_free=is_free
    )


_ENTRIES = (
    _listed(
        EntryKind.SUPPORT,
        "Wharrow Victim Care",
        "They listen, stand by you, and help you to be safe at home.",
        "01632 960177",
        "https://victimcare.example/help",
        "help@victimcare.example",
    ),
    _listed(
        EntryKind.SUPPORT,
        "Lantern Trust",
        "People who have been through it themselves. They ring you once a week.",
        "01632 960178",
    ),
    _listed(
        EntryKind.REPORT,
        "Wharrow Valley Police",
        "Threats, damage and hate. Ring 101, or go online.",
        "101",
        "https://police.wharrow.example/report",
    ),
    _listed(
        EntryKind.REPORT,
        "Wharrowdale Council",
        "Noise, rubbish and dogs in Wharrowdale.",
        "01632 960421",
        "https://wharrowdale.example/report",
    ),
    _listed(
        EntryKind.REPORT,
        "Hexley Council",
        "Noise, rubbish and dogs in Hexley.",
        "01632 960422",
        "https://hexley.example/report",
    ),
    _listed(
        EntryKind.REPORT,
        "Tollgate Homes",
        "All that happens in and around their homes, if you rent from them.",
        "01632 960423",
    ),
    _listed(
        EntryKind.COMPLAINT,
        "Wharrow Valley Police",
        "How an officer treated you.",
        "01632 960412",
        "https://police.wharrow.example/complain",
    ),
    _listed(
        EntryKind.COMPLAINT,
        "Wharrowdale Council",
        "How the council treated you.",
        "01632 960411",
        email="complaints@wharrowdale.example",
    ),
    _listed(
        EntryKind.COMPLAINT,
        "Hexley Council",
        "How the council treated you.",
        "01632 960414",
        email="complaints@hexley.example",
    ),
    _listed(
        EntryKind.COMPLAINT, "Tollgate Homes", "How your landlord treated you.", "01632 960415"
    ),
    _listed(EntryKind.COMPLAINT, "Wharrow ICB", "How the NHS treated you.", "01632 960413"),
)


def add_all(job: Actor) -> None:
    """Publish what the office says of itself, and whom people can turn to."""
    office = _administrator(job)
    public_pages.save_page(office, _token(), _OFFICE, version=0)
    for entry in _ENTRIES:
        public_pages.save_entry(office, _token(), entry)


def _administrator(job: Actor) -> Actor:
    query = (
        sa.select(RoleHeld)
        .join(RoleHeld.area)
        .options(joinedload(RoleHeld.person))
        .where(RoleHeld.role == Role.ADMINISTRATOR, Area.slug == "wharrowdale")
    )
    held = db.session.scalars(query).one()
    actor = replace(
        job,
        person_id=held.person_id,
        name=held.person.name,
        role=held.role,
        area_id=held.area_id,
    )
    db.session.rollback()
    return actor


def _token() -> str:
    return secrets.token_urlsafe(16)
