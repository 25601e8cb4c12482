"""Who reads what was shared: the product's table by hand, against rows and against the forecast."""

import dataclasses
import datetime as dt
import secrets

import pytest
import sqlalchemy as sa

from portal.access import readers
from portal.access.scope.cases import cases_for
from portal.access.scope.items import named_agencies_for, panel_items_for, shared_items_for
from portal.db import db, transaction
from portal.domain.handling import Handling, Told
from portal.domain.membership import Standing
from portal.domain.roles import Actor, Role
from portal.jobs import demo_people
from portal.models.case import Case
from portal.models.panel import Conflict
from portal.models.person import Agency
from portal.models.sharing import SharedItem, SharedItemAgency
from portal.services import leaving, people
from tests import cases
from tests.canary_case import DOOR, record_conflict
from tests.cases import actor_of, agency_id, make_case, person_id, token

P, S, N, C = "panel", "statutory", "named", "chair_and_coordinator"
YES, NO = True, False

# Reader: what they read of a thing that the police shared, naming school and council.
TABLE = {
    "agency representative of the sharing agency": {P: YES, S: YES, N: YES, C: YES},
    "lead of the sharing agency": {P: YES, S: YES, N: YES, C: YES},
    "deputy of the sharing agency": {P: YES, S: YES, N: YES, C: YES},
    "observer of the sharing agency": {P: NO, S: NO, N: NO, C: NO},
    "invited colleague of an agency that is not named": {P: YES, S: NO, N: NO, C: NO},
    "agency that has left the panel": {P: NO, S: NO, N: NO, C: NO},
    "agency with a conflict of its own": {P: NO, S: NO, N: NO, C: NO},
    "relevant body that is named": {P: YES, S: YES, N: YES, C: NO},
    "relevant body that is not named": {P: YES, S: YES, N: NO, C: NO},
    "co-opted housing provider that is not named": {P: YES, S: YES, N: NO, C: NO},
    "housing provider that is not co-opted": {P: YES, S: NO, N: NO, C: NO},
    "other panel agency that is named": {P: YES, S: NO, N: YES, C: NO},
    "other panel agency that is not named": {P: YES, S: NO, N: NO, C: NO},
    "chair who has declared": {P: YES, S: YES, N: YES, C: YES},
    "coordinator": {P: YES, S: YES, N: YES, C: YES},
    "chair who has not declared": {P: NO, S: NO, N: NO, C: NO},
    "chair of another case": {P: NO, S: NO, N: NO, C: NO},
    "coordinator of the other area": {P: NO, S: NO, N: NO, C: NO},
    "relevant body that is not on the panel": {P: NO, S: NO, N: NO, C: NO},
    "person of the sharing agency who is not named for the case": {P: NO, S: NO, N: NO, C: NO},
    "named person with a conflict": {P: NO, S: NO, N: NO, C: NO},
    "lead with a conflict": {P: NO, S: NO, N: NO, C: NO},
    "chair with a conflict": {P: NO, S: NO, N: NO, C: NO},
    "coordinator with a conflict": {P: NO, S: NO, N: NO, C: NO},
    "support worker": {P: NO, S: NO, N: NO, C: NO},
    "scrutineer": {P: NO, S: NO, N: NO, C: NO},
    "auditor": {P: NO, S: NO, N: NO, C: NO},
    "administrator": {P: NO, S: NO, N: NO, C: NO},
    "appeal chair": {P: NO, S: NO, N: NO, C: NO},
    "appeal panel member": {P: NO, S: NO, N: NO, C: NO},
}

FIRE, SCHOOL = "fire@wharrow-fire.example", "school@moorside.example"
POLICE_TWO = "police-two@wharrow-police.example"
COORDINATOR_TWO = "coordinator-two@wharrow-lpb.example"
LANDLORD = "landlord@fellside.example"

# Reader: account, and the role they act in where the account has several.
ACCOUNTS = {
    "agency representative of the sharing agency": (cases.POLICE, None),
    "lead of the sharing agency": (cases.POLICE_LEAD, None),
    "deputy of the sharing agency": ("police-deputy@wharrow-police.example", None),
    "observer of the sharing agency": ("police-observer@wharrow-police.example", None),
    "invited colleague of an agency that is not named": (FIRE, Role.AGENCY_REPRESENTATIVE),
    "agency that has left the panel": (cases.HEALTH, Role.AGENCY_REPRESENTATIVE),
    "agency with a conflict of its own": (cases.POLICE_LEAD, None),
    "relevant body that is named": (cases.COUNCIL, Role.AGENCY_REPRESENTATIVE),
    "relevant body that is not named": ("council@wharrowdale.example", Role.AGENCY_LEAD),
    "co-opted housing provider that is not named": (cases.HOUSING, Role.AGENCY_REPRESENTATIVE),
    "housing provider that is not co-opted": (LANDLORD, None),
    "other panel agency that is named": (SCHOOL, None),
    "other panel agency that is not named": (FIRE, Role.AGENCY_LEAD),
    "chair who has declared": (cases.CHAIR, None),
    "coordinator": (cases.COORDINATOR, None),
    "chair who has not declared": (cases.CHAIR, None),
    "chair of another case": (cases.OTHER_CHAIR, Role.CHAIR),
    "coordinator of the other area": ("coordinator@severnreach-lpb.example", None),
    "relevant body that is not on the panel": (cases.HEALTH, Role.AGENCY_LEAD),
    "person of the sharing agency who is not named for the case": (POLICE_TWO, None),
    "named person with a conflict": (cases.POLICE, None),
    "lead with a conflict": (cases.POLICE_LEAD, None),
    "chair with a conflict": (cases.CHAIR, None),
    "coordinator with a conflict": (COORDINATOR_TWO, None),
    "support worker": ("support@victimcare.example", None),
    "scrutineer": ("scrutineer@wharrow-lpb.example", None),
    "auditor": ("auditor@wharrow-lpb.example", None),
    "administrator": ("admin@wharrow-lpb.example", None),
    "appeal chair": ("appeal-chair@panel.example", None),
    "appeal panel member": ("appeal-member@panel.example", None),
}


def _add(email, role, agency=""):
    job = Actor.job("a test", cases.RECEIVED_AT)
    people.add_person(job, email=email, name=email, passphrase=demo_people.PASSPHRASE)
    area = demo_people.WHARROWDALE.slug
    people.give_role(job, email=email, role=role, area_slug=area, agency_name=agency)


def _seat(reference, agency, email="", standing=Standing.AGENCY_REPRESENTATIVE):
    office = actor_of(cases.COORDINATOR, cases.ARRANGED_AT)
    number = agency_id(agency)
    cases.panel.seat_agency(office, reference, token(), agency_id=number, is_required=False)
    if email:
        _name(reference, number, email, standing)


def _name(reference, agency, email, standing):
    office = actor_of(cases.COORDINATOR, cases.ARRANGED_AT)
    cases.panel.name_agency_representative(
        office,
        reference,
        token(),
        agency_id=agency,
        person_id=person_id(email),
        standing=standing,
    )


def _leave(reference, agency):
    office = actor_of(cases.COORDINATOR, cases.ARRANGED_AT)
    seats = cases.panel.open_people(office, reference).seats
    seat = next(each.seat_id for each in seats if each.agency_name == agency)
    leaving.end_seat(office, reference, token(), seat_id=seat, reason="Not involved after all")


def _put_conflict(reference, kind):
    """Put the conflict there while seats and names still stand, so that it has to beat them."""
    if kind != "agency with a conflict of its own":
        record_conflict(reference, ACCOUNTS[kind][0])
        return
    with transaction():
        case_id = db.session.scalars(
            sa.select(Case.id).where(Case.reference == reference).execution_options(**DOOR)
        ).one()
        db.session.add(
            Conflict(
                case_id=case_id,
                agency_id=agency_id(demo_people.POLICE),
                recorded_at=cases.ARRANGED_AT,
                reason="x",
            )
        )


@pytest.fixture
def shared(app, people):
    """A case whose panel has every kind of reader, with one item of each handling."""

    def make(kind):
        declares = kind != "chair who has not declared"
        reference = make_case(app, stage="invited", chair_declares=declares)
        with app.app_context():
            _add(SCHOOL, Role.AGENCY_REPRESENTATIVE, demo_people.SCHOOL)
            _add(POLICE_TWO, Role.AGENCY_REPRESENTATIVE, demo_people.POLICE)
            _add(COORDINATOR_TWO, Role.COORDINATOR)
            with transaction():
                police = db.session.get_one(Agency, agency_id(demo_people.POLICE))
                db.session.add(
                    Agency(
                        area_id=police.area_id, name="Fellside Lets", kind=_HOUSING, is_co_opted=NO
                    )
                )
            _add(LANDLORD, Role.AGENCY_LEAD, "Fellside Lets")
            _seat(reference, demo_people.SCHOOL, SCHOOL)
            _seat(reference, demo_people.FIRE, FIRE, Standing.INVITED_COLLEAGUE)
            police = agency_id(demo_people.POLICE)
            for standing in (Standing.DEPUTY, Standing.OBSERVER):
                email = f"police-{standing.value}@wharrow-police.example"
                _name(reference, police, email, standing)
            _seat(reference, demo_people.ICB, cases.HEALTH)
            _leave(reference, demo_people.ICB)
            _seat(reference, demo_people.WHARROWDALE_COUNCIL)
            _seat(reference, "Fellside Lets")
            if "conflict" in kind:
                _put_conflict(reference, kind)
            return _share_one_of_each(reference)

    return make


_HOUSING = "housing_provider"


def _share_one_of_each(reference):
    with transaction():
        number = db.session.scalars(
            sa.select(Case.id).where(Case.reference == reference).execution_options(**DOOR)
        ).one()
        items = {handling: _item(number, handling) for handling in (P, S, N, C)}
        db.session.add_all(items.values())
        db.session.flush()
        db.session.add_all(
            SharedItemAgency(item_id=items[N].id, agency_id=agency_id(name))
            for name in (demo_people.SCHOOL, demo_people.HEXLEY_COUNCIL)
        )
        ids = {item.id: handling for handling, item in items.items()}
    return number, ids


def _item(number, handling):
    return SharedItem(
        case_id=number,
        key=secrets.token_hex(5),
        agency_id=agency_id(demo_people.POLICE),
        shared_by_id=person_id(cases.POLICE),
        shared_at=cases.ARRANGED_AT,
        title="Shared",
        happened_on=dt.date(2026, 11, 9),
        content="What the police know",
        handling=Handling(handling),
        told=Told.NO,
    )


def test_the_table_has_a_row_for_each_kind_of_reader_and_a_column_for_each_handling():
    assert set(ACCOUNTS) == set(TABLE)
    assert {frozenset(row) for row in TABLE.values()} == {frozenset(Handling)}


# For these the case itself has to be another one; all others look at the same.
APART = [kind for kind in TABLE if "conflict" in kind or kind == "chair who has not declared"]
TOGETHER = [kind for kind in TABLE if kind not in APART]


@pytest.mark.parametrize("kinds", [TOGETHER, *([kind] for kind in APART)], ids=lambda k: k[0])
def test_what_is_read_and_what_is_forecast_is_what_the_table_says(app, shared, kinds):
    number, ids = shared(kinds[0])

    for kind in kinds:
        email, role = ACCOUNTS[kind]
        with app.app_context():
            actor = actor_of(email, cases.ARRANGED_AT, role)
            rows = db.session.scalars(shared_items_for(actor, number)).all()
            read = {ids[row.id] for row in rows if row.id in ids}
            names = db.session.scalars(named_agencies_for(actor, number)).all()
            forecast = _forecast(number, actor)

        wanted = {handling for handling, may in TABLE[kind].items() if may}
        assert read == wanted, kind
        assert forecast == wanted, kind
        # Whom a thing names is as secret as the thing.
        assert bool(names) == TABLE[kind][N], kind


def _forecast(number, actor):
    """What readers.who_can_read says of the person, asked by the coordinator of the area."""
    office = actor_of(cases.COORDINATOR, cases.ARRANGED_AT)
    case = db.session.scalars(cases_for(office).where(Case.id == number)).one()
    found = set()
    for handling in Handling:
        behind = readers.who_can_read(
            readers.readers_of(case),
            handling,
            sharing_agency_id=agency_id(demo_people.POLICE),
            named_agency_ids=(
                [agency_id(demo_people.SCHOOL), agency_id(demo_people.HEXLEY_COUNCIL)]
                if handling == N
                else ()
            ),
        )
        if actor.person_id in {each.person_id for each in behind}:
            found.add(handling.value)
    return found


def test_a_lead_who_acts_as_agency_representative_reads_only_where_named(app, shared):
    number, _ = shared("relevant body that is not named")

    with app.app_context():
        lead = actor_of("council@wharrowdale.example", cases.ARRANGED_AT, Role.AGENCY_LEAD)
        other = dataclasses.replace(lead, role=Role.AGENCY_REPRESENTATIVE)

        assert db.session.scalars(shared_items_for(lead, number)).all()
        assert not db.session.scalars(shared_items_for(other, number)).all()


def test_what_the_office_shares_narrowly_no_agency_reads(app, shared):
    number, ids = shared("coordinator")

    with app.app_context():
        with transaction():
            narrow = next(key for key, handling in ids.items() if handling == C)
            db.session.execute(
                sa.update(SharedItem)
                .where(SharedItem.id == narrow)
                .values(agency_id=None)
                .execution_options(**DOOR)
            )
        readers_now = {
            email
            for email, role in {value for kind, value in ACCOUNTS.items() if TABLE[kind][P]}
            if narrow
            in {
                row.id
                for row in db.session.scalars(
                    shared_items_for(actor_of(email, cases.ARRANGED_AT, role), number)
                )
            }
        }

    assert readers_now == {cases.CHAIR, cases.COORDINATOR}


def test_the_screen_that_all_look_at_holds_only_what_is_for_the_panel(app, shared):
    number, ids = shared("chair who has declared")

    with app.app_context():
        chair = actor_of(cases.CHAIR, cases.ARRANGED_AT)
        rows = db.session.scalars(panel_items_for(chair, number)).all()

    assert {row.handling for row in rows} == {Handling.PANEL}
    assert {ids[row.id] for row in rows if row.id in ids} == {P}
