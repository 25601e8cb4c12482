"""Cases that a journey begins with, brought there by the services as the office would."""

import datetime as dt
import secrets

import sqlalchemy as sa

from portal.db import db
from portal.domain.deadlines import london_day
from portal.domain.roles import AGENCY_ROLES, Actor
from portal.models.person import Person, RoleHeld
from portal.services import assessment, intake, panel
from portal.services.intake import Channel, PartyKind
from tests.journeys.conftest import Server

NAME = "Ada Thorn"
SUMMARY = "Bottles thrown over the wall."


def acknowledged_case(server: Server) -> str:
    """A request that the office has acknowledged today."""

    def add() -> str:
        office = _acting(server, "coordinator@wharrow-lpb.example")
        typed = intake.TypedCase(
            received_at=office.at,
            channel=Channel.PHONE,
            lga_id=intake.lgas(office)[0][0],
            applicant_name=NAME,
            applicant_kind=PartyKind.INDIVIDUAL,
            address="",
            phone="",
            email="",
            safe_contact="Any way is safe.",
            place="Mill Lane",
            summary=SUMMARY,
        )
        reference = intake.type_in_case(office, secrets.token_urlsafe(16), typed)
        token = secrets.token_urlsafe(16)
        assessment.acknowledge(office, reference, token, london_day(office.at))
        return reference

    return str(server.do(add))


def seat_police(server: Server, reference: str) -> None:
    """Seat the police and name their person."""

    def seat() -> None:
        office = _acting(server, "coordinator@wharrow-lpb.example")
        officer = _acting(server, "police@wharrow-police.example")
        agency_id, person_id = officer.agency_id or 0, officer.person_id or 0
        tokens = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        panel.seat_agency(office, reference, tokens[0], agency_id=agency_id, is_required=True)
        panel.name_agency_representative(
            office, reference, tokens[1], agency_id=agency_id, person_id=person_id
        )

    server.do(seat)


def today(server: Server) -> dt.date:
    """The day that the server's clock says."""
    return london_day(server.clock.now())


def _acting(server: Server, email: str) -> Actor:
    held = db.session.scalars(
        sa.select(RoleHeld).join(Person).where(Person.email == email).order_by(RoleHeld.id)
    ).first()
    assert held, email
    return Actor(
        person_id=held.person_id,
        name=held.person.name,
        role=held.role,
        area_id=held.area_id,
        agency_id=held.agency_id if held.role in AGENCY_ROLES else None,
        at=server.clock.now(),
    )
