"""Many cases at once, in the shapes of the demonstration, written past the services."""

import datetime as dt
import random
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask

from portal import log
from portal.db import Base, db, transaction
from portal.domain.caselists import NEVER
from portal.domain.clocks.rules import Clock
from portal.domain.handling import Handling, Told
from portal.domain.references import new_reference
from portal.domain.roles import Actor, Role
from portal.domain.stages import Stage
from portal.jobs import demo_people
from portal.models.case import Case, CaseEvent, Incident, Party, PartyContact
from portal.models.clock import CaseClock
from portal.models.edited import Edited
from portal.models.meeting import Action, Meeting
from portal.models.panel import ChairAppointment, PanelMember, PanelSeat
from portal.models.person import Agency, Area, LocalGovernmentArea, Person
from portal.models.scheme import SchemeVersion
from portal.models.sharing import SharedItem
from portal.services import people, search_terms
from tests.apps import BEGINS_AT

IDLE = "nobody@lantern.example"
AT_A_TIME = 1000
TODAY = BEGINS_AT.date()
LINES_OF_LONG = 500
CHAIRED = 200
ITEMS_OF_WIDE = 40

# Of 100 cases; at each stage the clocks that run, and whether a meeting is booked.
STAGES: tuple[tuple[int, Stage, tuple[Clock, ...], bool], ...] = (
    (4, Stage.RECEIVED, (Clock.ACKNOWLEDGE, Clock.THRESHOLD_DECISION), False),
    (10, Stage.ASSESSING, (Clock.AGENCY_RETURN, Clock.THRESHOLD_DECISION), False),
    (16, Stage.ARRANGING, (Clock.MEETING,), True),
    (1, Stage.REVIEWING, (), True),
    (5, Stage.PLANNING, (Clock.ACTION_PLAN,), True),
    (44, Stage.MONITORING, (), True),
    (8, Stage.NOT_MET, (Clock.APPEAL_THRESHOLD,), False),
    (12, Stage.CLOSED, (), True),
)
# Agency, and of 100 cases how many it sits on.
SEATS = (
    (demo_people.POLICE, 90, "police@wharrow-police.example"),
    (demo_people.HEXLEY_COUNCIL, 50, "council@hexley.example"),
    (demo_people.WHARROWDALE_COUNCIL, 50, "council@wharrowdale.example"),
    (demo_people.TOLLGATE, 40, "housing@tollgate.example"),
    (demo_people.ICB, 20, "health@wharrow-icb.example"),
)
NAMES = ("Noor", "Gwen", "Harold", "Ines", "Peter", "Moira", "Yusuf", "Dilys", "Colin", "Tamsin")
SURNAMES = ("Haddad", "Aldous", "Finch", "Calder", "Nowak", "Sand", "Demir", "Hart", "Breeze")
STREETS = ("Quarry Rise", "Station Road", "Market Square", "Alder Close", "Weir Terrace")

Row = dict[str, object]


@dataclass(frozen=True)
class Filled:
    """What a benchmark needs to know of a filled database.

    Attributes:
        wide: reference of a case with 40 shared items.
        long: reference of a case whose chronology has 500 lines.
    """

    wide: str
    long: str


class _Filler:
    """Rows for many cases; the same ones for the same number."""

    def __init__(self) -> None:
        self.chance = random.Random(7)  # noqa: S311  # only which case gets what
        self.rows: dict[type[Base], list[Row]] = {}
        self.area = _number(Area.id, Area.slug == "wharrowdale")
        self.lgas = list(
            db.session.scalars(
                sa.select(LocalGovernmentArea.id).where(LocalGovernmentArea.area_id == self.area)
            )
        )
        self.scheme = _number(SchemeVersion.id, SchemeVersion.area_id == self.area)
        self.office = _number(Person.id, Person.email == "coordinator@wharrow-lpb.example")
        self.chair = _number(Person.id, Person.email == "chair@chairs.example")
        self.agencies = [
            (_number(Agency.id, Agency.name == name), of_100, _number(Person.id, Person.email == e))
            for name, of_100, e in SEATS
        ]
        self.taken: set[str] = set()
        self.seat = 0
        self.party = 0
        weights = [of_100 for of_100, *_ in STAGES]
        self.stages = [
            stage for stage, of_100 in zip(STAGES, weights, strict=True) for _ in range(of_100)
        ]

    def add(self, model: type[Base], **values: object) -> None:
        """Keep a row; the first version of a thing that has versions."""
        if issubclass(model, Edited):
            values.setdefault("version", 1)
        self.rows.setdefault(model, []).append(values)

    def _free_reference(self) -> str:
        """Return a reference that no other case of the filling has: of 10,000, two may be alike."""
        reference = new_reference(secrets.randbelow)
        while reference in self.taken:
            reference = new_reference(secrets.randbelow)
        self.taken.add(reference)
        return reference

    def add_case(self, number: int, *, everybody: bool) -> str:
        """Add a case with its parties, clocks, seats, meeting, items and actions."""
        _, stage, clocks, has_meeting = self.chance.choice(self.stages)
        if everybody:
            stage, clocks, has_meeting = Stage.ARRANGING, (Clock.MEETING,), True
        received = BEGINS_AT.astimezone(dt.UTC) - dt.timedelta(
            days=self.chance.randrange(5, 400), minutes=number % 600
        )
        running = [
            (clock, TODAY + dt.timedelta(days=self.chance.randrange(-6, 40))) for clock in clocks
        ]
        waited = [(due, clock) for clock, due in running if clock is not Clock.APPEAL_THRESHOLD]
        due_on, clock = min(waited, default=(NEVER, None))
        reference = self._free_reference()
        self.add(
            Case,
            id=number,
            area_id=self.area,
            lga_id=self.lgas[number % len(self.lgas)],
            scheme_version_id=self.scheme,
            reference=reference,
            stage=stage,
            channel="phone",
            received_at=received,
            keyed_at=received,
            keyed_by_id=self.office,
            place=f"{self.chance.choice(STREETS)}, WH{number % 40 + 1} 2AB",
            summary="Shouting, and damage to the door.",
            safe_contact="Text first.",
            next_due_on=due_on,
            next_clock=clock,
            version=1,
        )
        for each, due in running:
            self.add(
                CaseClock,
                case_id=number,
                clock=each,
                started_on=received.date(),
                due_on=due,
                stopped_on=None,
            )
        self.add(
            CaseEvent,
            case_id=number,
            at=received,
            person_id=self.office,
            stage="received",
            reason="",
        )
        self._add_parties(number)
        self._add_panel(number, received, everybody=everybody)
        if has_meeting:
            self._add_meeting(number, received)
        self._add_items(number, received, 1)
        if stage is Stage.MONITORING:
            self._add_action(number)
        return reference

    def _add_parties(self, number: int) -> None:
        name = f"{self.chance.choice(NAMES)} {self.chance.choice(SURNAMES)}"
        for role in ("applicant_and_victim", "respondent"):
            self.party += 1
            self.add(
                Party,
                id=self.party,
                case_id=number,
                role=role,
                kind="individual",
                name=name,
            )
            self.add(
                PartyContact,
                party_id=self.party,
                address=f"{number} Weir Terrace",
                phone="01632 960199",
                email="",
            )

    def _add_panel(self, number: int, at: dt.datetime, *, everybody: bool) -> None:
        for agency, of_100, person in self.agencies:
            if not everybody and self.chance.randrange(100) >= of_100:
                continue
            self.seat += 1
            self.add(
                PanelSeat,
                id=self.seat,
                case_id=number,
                agency_id=agency,
                is_required=True,
                joined_at=at,
            )
            self.add(PanelMember, seat_id=self.seat, person_id=person, named_at=at)
        # One person leads so many reviews and no more, however many there are.
        if number > CHAIRED:
            return
        self.add(
            ChairAppointment,
            case_id=number,
            person_id=self.chair,
            appointed_at=at,
            declared_none_at=at if everybody or number % 5 else None,
            ended_at=None,
        )

    def _add_meeting(self, number: int, at: dt.datetime) -> None:
        begins = BEGINS_AT.astimezone(dt.UTC) + dt.timedelta(days=number % 20)
        self.add(
            Meeting,
            case_id=number,
            starts_at=begins,
            ends_at=begins + dt.timedelta(hours=1),
            opening_ends_at=begins + dt.timedelta(minutes=20),
            place="Town Hall",
            join_link="",
            applicant_join_link="",
            applicant_email="",
            panel_uid=f"p{number}@portal.example",
            applicant_uid=f"a{number}@portal.example",
            sequence=0,
            booked_at=at,
            booked_by_id=self.office,
            reason_if_late="",
            invited_at=at if number % 3 else None,
            opened_at=None,
            closed_at=None,
            applicant_attendance="",
            version=1,
        )

    def _add_items(self, number: int, at: dt.datetime, many: int) -> None:
        agency, _, person = self.agencies[0]
        for each in range(many):
            self.add(
                SharedItem,
                case_id=number,
                key=secrets.token_hex(5),
                agency_id=agency,
                shared_by_id=person,
                shared_at=at,
                title=f"Call {each}",
                happened_on=at.date() - dt.timedelta(days=each % 90),
                content="Logged as a dispute between neighbours.",
                handling=Handling.PANEL,
                told=Told.NO,
                words_for_applicant="",
            )

    def _add_action(self, number: int) -> None:
        agency, _, person = self.agencies[0]
        self.add(
            Action,
            case_id=number,
            number=1,
            what="Record the report again",
            owner_id=person,
            owner_agency_id=agency,
            due_on=TODAY + dt.timedelta(days=number % 60),
            how_we_know="Seen",
            words_for_applicant="",
            reason_not_told="",
            version=1,
        )

    def widen(self, number: int, items: int, incidents: int = 0) -> None:
        """Give a case more to read."""
        at = BEGINS_AT.astimezone(dt.UTC) - dt.timedelta(days=3)
        self._add_items(number, at, items)
        for each in range(incidents):
            self.add(
                Incident,
                case_id=number,
                happened_on=at.date() - dt.timedelta(days=each % 90),
                title=f"Shouting {each}",
                account="Shouting on the stairs.",
            )

    def write(self) -> None:
        """Insert what was kept, parents first."""
        with db.engine.begin() as connection:
            for table in Base.metadata.sorted_tables:
                for model, rows in self.rows.items():
                    if model.__table__ is table:
                        connection.execute(sa.insert(table), rows)
        self.rows.clear()


def _number(column: sa.ColumnElement[int], condition: sa.ColumnElement[bool]) -> int:
    return db.session.scalars(sa.select(column).where(condition)).one()


def fill(app: Flask, many: int, say: Callable[[str], object] = lambda line: line) -> Filled:
    """Fill a migrated database with people and this many cases of one area."""
    with app.app_context():
        demo_people.add_all()
        _add_idle_lead()
        filler = _Filler()
        db.session.rollback()
        references = []
        for number in range(1, many + 1):
            references.append(filler.add_case(number, everybody=number <= 2))
            if number == 1:
                filler.widen(number, ITEMS_OF_WIDE - 1)
            if number == 2:
                filler.widen(number, LINES_OF_LONG - 101, 100)
            if number % AT_A_TIME == 0:
                filler.write()
        filler.write()
        _count_on()
        say(f"{many:,} cases; their words and their log follow")
        search_terms.rebuild()
        _add_log(filler.area, references)
        _settle()
        db.session.remove()
    return Filled(references[0], references[1])


def _add_idle_lead() -> None:
    """Somebody whose agency sits on no panel at all."""
    job = Actor.job("a benchmark", BEGINS_AT.astimezone(dt.UTC))
    people.add_person(job, email=IDLE, name="Una Vale", passphrase=demo_people.PASSPHRASE)
    people.give_role(
        job,
        email=IDLE,
        role=Role.AGENCY_LEAD,
        area_slug="wharrowdale",
        agency_name="Lantern Trust",
    )


def _count_on() -> None:
    """Let PostgreSQL's own numbers go on after those that were given here."""
    if db.engine.dialect.name != "postgresql":
        return
    with db.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            if "id" in table.c:
                last = sa.select(sa.func.coalesce(sa.func.max(table.c.id), 1)).scalar_subquery()
                connection.execute(sa.select(sa.func.setval(f"{table.name}_id_seq", last)))


def _add_log(area: int, references: list[str]) -> None:
    """Write three entries a case, in one chain that holds."""
    actor = Actor(
        person_id=1,
        name="",
        role=Role.COORDINATOR,
        area_id=area,
        agency_id=None,
        at=BEGINS_AT.astimezone(dt.UTC),
        address="127.0.0.1",
    )
    for some in _parts(references):
        with transaction():
            for reference in some:
                for act in ("type_in_case", "acknowledge", "view_case"):
                    log.record(actor, act, reference=reference)


def _parts(references: list[str]) -> Iterator[list[str]]:
    for first in range(0, len(references), AT_A_TIME):
        yield references[first : first + AT_A_TIME]


def _settle() -> None:
    """Let PostgreSQL gather what it does by itself within minutes; SQLite never does."""
    db.session.remove()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
