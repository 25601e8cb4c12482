"""How sample cases are made: by the same services as real ones, at the instants of the story."""

import datetime as dt
import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from portal.db import db
from portal.domain.answers import Answer
from portal.domain.dates import LONDON
from portal.domain.deadlines import london_day
from portal.domain.handling import Handling, Told
from portal.domain.membership import Standing
from portal.domain.roles import AGENCY_ROLES, Actor
from portal.domain.threshold.facts import ReportState
from portal.jobs import demo_people
from portal.models.case import ReportChannel
from portal.models.person import Agency, Person, RoleHeld
from portal.services import (
    assessment,
    incidents,
    intake,
    panel,
    report_states,
    reports,
    sharing,
)

COORDINATORS = {
    "wharrowdale": "coordinator@wharrow-lpb.example",
    "severnreach": "coordinator@severnreach-lpb.example",
}


# Who speaks for a body when the office records what it says.
SPEAKERS = {
    held.agency: account.name
    for account in reversed(demo_people.ACCOUNTS)
    for held in account.held
    if held.agency
}


def when(text: str) -> dt.datetime:
    """Return an instant from London wall time, written like ``2026-12-17T20:15``."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


def day(text: str) -> dt.date:
    """Return a day from its ISO form."""
    return dt.date.fromisoformat(text)


def acting(email: str, at: str, area_id: int | None = None) -> Actor:
    """Return a person of the demonstration acting at an instant, in the first role they hold."""
    query = (
        sa.select(RoleHeld, Person)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(Person.email == email)
        .order_by(RoleHeld.id)
    )
    if area_id is not None:
        query = query.where(RoleHeld.area_id == area_id)
    found = db.session.execute(query).first()
    if found is None:
        raise LookupError(email)
    held, person = found[0], found[1]
    actor = Actor(
        person_id=person.id,
        name=person.name,
        role=held.role,
        area_id=held.area_id,
        agency_id=held.agency_id if held.role in AGENCY_ROLES else None,
        at=when(at).astimezone(dt.UTC),
    )
    db.session.rollback()
    return actor


def token() -> str:
    """Return the token of a form that is sent once."""
    return secrets.token_urlsafe(16)


def agency_ids(area_id: int | None) -> dict[str, int]:
    """Return the agencies of an area by name."""
    rows = db.session.execute(sa.select(Agency.name, Agency.id).where(Agency.area_id == area_id))
    found = {row[0]: row[1] for row in rows}
    db.session.rollback()
    return found


@dataclass(frozen=True, kw_only=True)
class Story:
    """A case as it reaches the office."""

    area: str
    received: str
    keyed: str
    channel: intake.Channel
    lga: str
    name: str
    kind: intake.PartyKind
    place: str
    summary: str
    safe_contact: str
    address: str = ""
    phone: str = ""
    email: str = ""
    applicant_representative: str = ""
    capacity: intake.Capacity | None = None


def receive(story: Story) -> str:
    """Type in a case; return its reference."""
    actor = acting(COORDINATORS[story.area], story.keyed)
    lga_id = {name: number for number, name in intake.lgas(actor)}[story.lga]
    db.session.rollback()
    return intake.type_in_case(
        actor,
        token(),
        intake.TypedCase(
            received_at=when(story.received),
            channel=story.channel,
            lga_id=lga_id,
            applicant_name=story.name,
            applicant_kind=story.kind,
            address=story.address,
            phone=story.phone,
            email=story.email,
            safe_contact=story.safe_contact,
            place=story.place,
            summary=story.summary,
            applicant_representative=story.applicant_representative,
            capacity=story.capacity,
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A report of an incident, as the stories write it.

    Attributes:
        by: name of the party who made it; empty where nobody has said yet.
        state: as its agency said, on the day of the actor.
    """

    on: str
    to: str
    how: str = ""
    reference: str = ""
    done: str = ""
    by: str = ""
    state: ReportState = ReportState.CLAIMED


def happened(
    actor: Actor,
    reference: str,
    on: str,
    title: str,
    account: str,
    report: Reported | None = None,
    hate: Answer | None = None,
    strands: tuple[str, ...] = (),
) -> None:
    """Add an incident with its first report, which was by phone."""
    typed = typed_report(actor, reference, report) if report else None
    intake.add_incident(
        actor,
        reference,
        token(),
        intake.TypedIncident(
            happened_on=day(on),
            title=title,
            account=account,
            report=typed,
            hate=hate,
            strands=strands,
        ),
    )
    if report is not None and report.state is not ReportState.CLAIMED:
        _say(actor, reference, report)


def typed_report(actor: Actor, reference: str, report: Reported) -> intake.TypedReport:
    """Return a report as the coordinator types it in."""
    makers = incidents.open_adding(actor, reference).makers
    by = next((number for number, name in makers.items() if name == report.by), None)
    return intake.TypedReport(
        reported_on=day(report.on),
        reported_to=report.to,
        agency_id=agency_ids(actor.area_id).get(report.to),
        channel=ReportChannel.PHONE,
        how=report.how,
        their_reference=report.reference,
        what_was_done=report.done,
        reporter=incidents.Reporter.PARTY if by else None,
        reporter_id=by,
    )


def _say(actor: Actor, reference: str, report: Reported) -> None:
    """Record for the agency what it says of the report that was added last."""
    shown = [
        each for row in reports.open_reports(actor, reference).incidents for each in row.reports
    ]
    last = max(shown, key=lambda each: each.id)
    report_states.set_report_state(
        actor,
        reference,
        last.id,
        token(),
        report_states.TypedState(
            state=report.state,
            said_by=SPEAKERS[report.to],
            said_on=london_day(actor.at),
        ),
        last.version,
    )


def decide(
    actor: Actor, reference: str, on: str, *, is_met: bool, reasons: str, bodies: tuple[str, ...]
) -> None:
    """Record the threshold decision."""
    ids = agency_ids(actor.area_id)
    assessment.record_threshold_decision(
        actor,
        reference,
        token(),
        assessment.TypedDecision(
            is_met=is_met,
            decided_on=day(on),
            reasons=reasons,
            agreed_by=tuple(
                assessment.Agreement(ids[name], SPEAKERS[name], day(on)) for name in bodies
            ),
        ),
    )


def seat(
    actor: Actor, reference: str, agency: str, email: str = "", *, required: bool = True
) -> None:
    """Seat an agency and name its person, where it has one."""
    agency_id = agency_ids(actor.area_id)[agency]
    panel.seat_agency(actor, reference, token(), agency_id=agency_id, is_required=required)
    if email:
        person = acting(email, "2026-01-05T09:00", actor.area_id)
        panel.name_agency_representative(
            actor, reference, token(), agency_id=agency_id, person_id=person.person_id or 0
        )


def name(actor: Actor, reference: str, agency: str, email: str, standing: Standing) -> None:
    """Name somebody else for an agency that has a seat."""
    person = acting(email, "2026-01-05T09:00", actor.area_id)
    panel.name_agency_representative(
        actor,
        reference,
        token(),
        agency_id=agency_ids(actor.area_id)[agency],
        person_id=person.person_id or 0,
        standing=standing,
    )


def appoint(actor: Actor, reference: str, email: str) -> None:
    """Appoint a chair."""
    chair = acting(email, "2026-01-05T09:00", actor.area_id)
    panel.appoint_chair(actor, reference, token(), person_id=chair.person_id or 0)


def share(
    actor: Actor,
    reference: str,
    on: str,
    title: str,
    content: str,
    handling: Handling,
    told: Told = Told.NO,
    *,
    words: str = "",
    named: tuple[str, ...] = (),
) -> None:
    """Share an item."""
    ids = agency_ids(actor.area_id)
    sharing.share_item(
        actor,
        reference,
        token(),
        sharing.TypedItem(
            title=title,
            happened_on=day(on),
            content=content,
            handling=handling,
            named=tuple(ids[name] for name in named),
            told=told,
            words=words,
        ),
    )
