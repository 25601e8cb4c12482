"""Cases at any stage, made by the same services that the pages use, at the instants of a sample."""

import datetime as dt
import secrets
from dataclasses import replace
from typing import Literal, get_args

import sqlalchemy as sa
from flask import Flask

from portal.access.scope.marks import unscoped
from portal.db import db
from portal.domain.dates import LONDON
from portal.domain.handling import Handling, Told
from portal.domain.references import new_reference
from portal.domain.roles import Actor, Role
from portal.jobs import demo_people
from portal.models.case import Case, Channel, Party, PartyKind, PartyRole
from portal.models.clock import CaseClock
from portal.models.meeting import Presence
from portal.models.person import Agency, LocalGovernmentArea, Person, RoleHeld
from portal.services import (
    actions,
    assessment,
    booking,
    consulting,
    intake,
    issuing,
    meeting,
    panel,
    planning,
    sharing,
)
from portal.services.search_terms import index_cases
from tests.kept_cases import made_once

Stage = Literal[
    "received", "assessing", "arranging", "invited", "reviewing", "planning", "ready", "monitoring"
]

COORDINATOR = "coordinator@wharrow-lpb.example"
POLICE = "police@wharrow-police.example"
POLICE_LEAD = "police-lead@wharrow-police.example"
COUNCIL = "council@hexley.example"
HOUSING = "housing@tollgate.example"
HEALTH = "health@wharrow-icb.example"
CHAIR = "chair@chairs.example"
OTHER_CHAIR = "chair-two@chairs.example"

APPLICANT = "Noor Haddad"
RESPONDENT = "Dean Garrow"
NARROW_SENTENCE = "The informant asked us never to say where this came from."
FINDING = "The panel found that the call of 9 November was recorded as a dispute."
AGREED = "What happened to you should have been recorded as hate from the start."
WORDS = "The police will record what happened to you as a hate crime."
NOT_TOLD = "Telling would defeat the purpose"


def at(
    day: int, hour: int = 9, minute: int = 0, *, month: int = 1, year: int = 2027
) -> dt.datetime:
    """An instant of the sample: a time in London, in January 2027 unless said otherwise."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=LONDON)


RECEIVED_AT = at(17, month=12, year=2026)
ACKNOWLEDGED_AT = at(18, month=12, year=2026)
DECIDED_AT = at(5)
ARRANGED_AT = at(6)
OPENED_AT = at(19, 10, 3)
CLOSED_AT = at(19, 11, 24)
PLANNED_AT = at(21)
ISSUED_AT = at(22)


def token() -> str:
    """The name of one filling-in of a form."""
    return secrets.token_urlsafe(16)


def actor_of(email: str, instant: dt.datetime, role: Role | None = None) -> Actor:
    """An account of the demonstration, acting at an instant in its first role or the one named."""
    query = (
        sa.select(Person, RoleHeld)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .where(Person.email == email)
        .order_by(RoleHeld.id)
    )
    held = [(row[0], row[1]) for row in db.session.execute(query)]
    person, as_ = next(each for each in held if role in {None, each[1].role})
    return Actor(
        person_id=person.id,
        name=person.name,
        role=as_.role,
        area_id=as_.area_id,
        agency_id=as_.agency_id,
        at=instant.astimezone(dt.UTC),
        address="127.0.0.1",
    )


def person_id(email: str) -> int:
    """The number of an account of the demonstration."""
    return db.session.scalars(sa.select(Person.id).where(Person.email == email)).one()


def agency_id(name: str) -> int:
    """The number of an agency of the demonstration."""
    return db.session.scalars(sa.select(Agency.id).where(Agency.name == name)).one()


def make_case(app: Flask, *, stage: Stage = "invited", chair_declares: bool = True) -> str:
    """A case that has come as far as a stage; return its reference.

    It is arranged with police, council and housing provider, and with a chair who has declared no
    conflict; “invited” has its meeting booked for 10am on 19 January 2027 and the invites sent,
    “ready” a plan that could be issued.
    """
    with app.app_context():
        return made_once((stage, chair_declares), lambda: _make(stage, chair_declares))


def _make(stage: Stage, chair_declares: bool) -> str:
    reference = _received()
    steps = {
        "assessing": _acknowledge,
        "arranging": _decide,
        "invited": _arrange if chair_declares else _arrange_undeclared,
        "reviewing": _open,
        "planning": _meet,
        "ready": _plan,
        "monitoring": _issue,
    }
    names = get_args(Stage)
    for name in names[1 : names.index(stage) + 1]:
        steps[name](reference)
    return reference


def _received() -> str:
    office = actor_of(COORDINATOR, RECEIVED_AT)
    lga = db.session.scalars(
        sa.select(LocalGovernmentArea.id).where(LocalGovernmentArea.name == "Hexley")
    ).one()
    typed = intake.TypedCase(
        received_at=office.at,
        channel=Channel.PHONE,
        lga_id=lga,
        applicant_name=APPLICANT,
        applicant_kind=PartyKind.INDIVIDUAL,
        address="2 Quarry Rise",
        phone="01632 960199",
        email="noor@example.org",
        safe_contact="Text first, no letters to the home",
        place="Quarry Rise, Hexley",
        summary="Shouting, damage to the door and slurs on the stairs.",
    )
    reference = intake.type_in_case(office, token(), typed)
    intake.add_party(
        office,
        reference,
        token(),
        role=PartyRole.RESPONDENT,
        kind=PartyKind.INDIVIDUAL,
        name=RESPONDENT,
    )
    return reference


def _acknowledge(reference: str) -> None:
    office = actor_of(COORDINATOR, ACKNOWLEDGED_AT)
    assessment.acknowledge(office, reference, token(), ACKNOWLEDGED_AT.date())


def _decide(reference: str) -> None:
    office = actor_of(COORDINATOR, DECIDED_AT)
    typed = assessment.TypedDecision(
        is_met=True,
        decided_on=DECIDED_AT.date(),
        reasons="Three reports of three incidents.",
        agreed_by=two_agree(office),
    )
    assessment.record_threshold_decision(office, reference, token(), typed)


def two_agree(office: Actor, said_by: str = "Marie Castell") -> tuple[assessment.Agreement, ...]:
    """The first two relevant bodies agree to a decision on the day of the actor."""
    bodies = assessment.relevant_bodies(office)[:2]
    on = office.at.astimezone(LONDON).date()
    return tuple(assessment.Agreement(number, said_by, on) for number, _ in bodies)


def _arrange(reference: str) -> None:
    _seat_panel(reference)
    chair = actor_of(CHAIR, ARRANGED_AT)
    panel.declare(chair, reference, token(), has_conflict=False, reason="")
    _share(reference)
    office = actor_of(COORDINATOR, ARRANGED_AT)
    booking.book_meeting(office, reference, token(), _MEETING)
    booking.send_invites(office, reference, token())


def _arrange_undeclared(reference: str) -> None:
    _seat_panel(reference)
    _share(reference)
    booking.book_meeting(actor_of(COORDINATOR, ARRANGED_AT), reference, token(), _MEETING)


def _seat_panel(reference: str) -> None:
    office = actor_of(COORDINATOR, ARRANGED_AT)
    for name, email in (
        (demo_people.POLICE, POLICE),
        (demo_people.HEXLEY_COUNCIL, COUNCIL),
        (demo_people.TOLLGATE, HOUSING),
    ):
        number = agency_id(name)
        panel.seat_agency(office, reference, token(), agency_id=number, is_required=True)
        panel.name_agency_representative(
            office, reference, token(), agency_id=number, person_id=person_id(email)
        )
    panel.appoint_chair(office, reference, token(), person_id=person_id(CHAIR))


_MEETING = booking.TypedMeeting(
    held_on=OPENED_AT.date(),
    starts=dt.time(10),
    ends=dt.time(11, 30),
    opening_minutes=20,
    place="Hexley Town Hall, room 4",
    join_link="https://meet.example/panel",
    applicant_join_link="https://meet.example/noor",
    applicant_email="noor@example.org",
    reason_if_late="",
)


def _share(reference: str) -> None:
    police = actor_of(POLICE, ARRANGED_AT)
    open_to_all = sharing.TypedItem(
        title="Call of 9 November",
        happened_on=dt.date(2026, 11, 9),
        content="Logged as a dispute between neighbours.",
        handling=Handling.PANEL,
        named=(),
        told=Told.NO,
        words="",
    )
    narrow = replace(
        open_to_all,
        title="What an informant said",
        content=NARROW_SENTENCE,
        handling=Handling.CHAIR_AND_COORDINATOR,
    )
    for item in (open_to_all, narrow):
        sharing.share_item(police, reference, token(), item)


def _open(reference: str) -> None:
    meeting.open_meeting(actor_of(CHAIR, OPENED_AT), reference, token())


def record_who_was_there(reference: str) -> None:
    """Record police and chair as present and the housing provider's apologies."""
    presences = {
        person_id(CHAIR): Presence.PRESENT,
        person_id(POLICE): Presence.PRESENT,
        person_id(COUNCIL): Presence.REMOTE,
        person_id(HOUSING): Presence.APOLOGIES,
    }
    meeting.record_attendance(
        actor_of(CHAIR, OPENED_AT), reference, token(), presences, "In person, with an interpreter"
    )


def typed_action(email: str, **changes: object) -> actions.TypedAction:
    """An action that is complete, owned by an account of the demonstration."""
    owner = actor_of(email, OPENED_AT)
    whole = actions.TypedAction(
        what="Record the report of 2 November as a hate crime",
        owner=f"{owner.person_id}-{owner.agency_id or 0}",
        due_on=dt.date(2027, 1, 29),
        how_we_know="Crime record changed",
        words_for_applicant=WORDS,
        reason_not_told="",
    )
    return replace(whole, **changes)


def _meet(reference: str) -> None:
    chair = actor_of(CHAIR, CLOSED_AT)
    record_who_was_there(reference)
    meeting.add_decision(chair, reference, token(), FINDING)
    not_told = typed_action(
        COUNCIL,
        what="Camera on the stairwell for 28 days",
        how_we_know="Installation sheet",
        words_for_applicant="",
        reason_not_told=NOT_TOLD,
    )
    last = typed_action(
        HOUSING,
        what="Fit new safety glass",
        how_we_know="Photo",
        words_for_applicant="Tollgate Homes will mend your door.",
    )
    for typed in (typed_action(POLICE), not_told, last):
        actions.add_action(chair, reference, token(), typed)
    meeting.close_meeting(chair, reference, token())


DRAFT = planning.TypedDraft(
    findings=FINDING,
    what_was_agreed=AGREED,
    next_look_on=dt.date(2027, 3, 8),
)
SAID = "I want the door first."


def _plan(reference: str) -> None:
    office = actor_of(COORDINATOR, PLANNED_AT)
    version = planning.open_plan(office, reference).draft.version
    planning.write_draft(office, reference, token(), DRAFT, version)
    consult(reference, SAID)
    check_draft(reference)


def consult(
    reference: str,
    said: str,
    instant: dt.datetime = PLANNED_AT,
    outcome: consulting.ConsultationOutcome = consulting.ConsultationOutcome.SAID,
) -> int:
    """The applicant is asked by phone about what stands, and answers; return the number."""
    office = actor_of(COORDINATOR, instant)
    number = consulting.start(office, reference, token(), consulting.ConsultationWay.PHONE, None)
    answer = consulting.TypedAnswer(
        outcome=outcome,
        answer=said,
        answered_on=instant.date(),
        what_changed="Nothing: the plan has it first",
    )
    version = consulting.open_consultation(office, reference, number).consultation.version
    consulting.write_answer(office, reference, number, token(), answer, version)
    return number


def check_draft(reference: str) -> None:
    """The chair checks the draft as it stands."""
    chair = actor_of(CHAIR, PLANNED_AT)
    version = planning.open_plan(chair, reference).draft.version
    planning.check_draft(chair, reference, token(), version)


def _issue(reference: str) -> None:
    issuing.issue_plan(actor_of(COORDINATOR, ISSUED_AT), reference, token())


def copy_case(reference: str, times: int) -> list[str]:
    """Copies of a case as a list shows it: its parties and clocks; return their references."""
    door = unscoped("a test fills a list")
    first = db.session.scalars(
        sa.select(Case).where(Case.reference == reference).execution_options(**door)
    ).one()
    copies = []
    for _ in range(times):
        copy = Case(**{name: getattr(first, name) for name in _COPIED})
        copy.reference = new_reference(secrets.randbelow)
        db.session.add(copy)
        db.session.flush()
        for model, names in ((Party, ("role", "kind", "name")), (CaseClock, _CLOCK)):
            rows = sa.select(model).where(model.case_id == first.id).execution_options(**door)
            for row in db.session.scalars(rows):
                values = {name: getattr(row, name) for name in names}
                db.session.add(model(case_id=copy.id, **values))
        copies.append(copy.reference)
    index_cases(_numbers(copies))
    return copies


def _numbers(references: list[str]) -> list[int]:
    query = sa.select(Case.id).where(Case.reference.in_(references))
    return list(db.session.scalars(query.execution_options(**unscoped("a test fills a list"))))


_COPIED = [
    column.key
    for column in sa.inspect(Case).columns
    if column.key not in {"id", "reference", "version"}
]
_CLOCK = ("clock", "started_on", "due_on", "stopped_on")
