"""Who leaves loses the case with the next request; what was theirs passes on."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.access.readers import readers_of
from portal.access.scope.cases import cases_for
from portal.access.scope.items import shared_items_for
from portal.db import ChangedMeanwhileError, db, transaction
from portal.domain.handling import Handling
from portal.domain.membership import Standing
from portal.domain.roles import Actor, Role
from portal.jobs import demo_people
from portal.mail.deliver import Nowhere, send_next
from portal.models.case import Case
from portal.models.log import LogEntry
from portal.models.meeting import Action
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.models.plan import PlanDraft
from portal.services import casepage, leaving, panel, people
from tests import cases
from tests.canary_case import DOOR
from tests.cases import actor_of, agency_id, make_case, person_id, token

AT = cases.at(12)
POLICE_TWO = "police-two@wharrow-police.example"


def _add_officer():
    job = Actor.job("a test", cases.RECEIVED_AT)
    people.add_person(job, email=POLICE_TWO, name="PC Aled Wynn", passphrase=demo_people.PASSPHRASE)
    people.give_role(
        job,
        email=POLICE_TWO,
        role=Role.AGENCY_REPRESENTATIVE,
        area_slug=demo_people.WHARROWDALE.slug,
        agency_name=demo_people.POLICE,
    )


def _page(reference, email=cases.COORDINATOR):
    return panel.open_people(actor_of(email, AT), reference)


def _seat(reference, agency):
    return next(each for each in _page(reference).seats if each.agency_name == agency)


def _member(reference, email):
    return next(
        each
        for seat in _page(reference).seats
        for each in seat.members
        if each.person_id == person_id(email)
    )


def _take_off(reference, email, by=cases.COORDINATOR):
    member = _member(reference, email).member_id
    return leaving.take_off(actor_of(by, AT), reference, token(), member_id=member)


def _let_leave(reference, agency):
    seat = _seat(reference, agency).seat_id
    office = actor_of(cases.COORDINATOR, AT)
    leaving.end_seat(office, reference, token(), seat_id=seat, reason="Not involved after all")


def _name(reference, email, standing, agency=demo_people.POLICE, by=cases.COORDINATOR):
    panel.name_agency_representative(
        actor_of(by, AT),
        reference,
        token(),
        agency_id=agency_id(agency),
        person_id=person_id(email),
        standing=standing,
    )


def _knows(email, role=None):
    return db.session.scalars(cases_for(actor_of(email, AT, role))).first() is not None


def _reader_emails(reference):
    office = actor_of(cases.COORDINATOR, AT)
    case = db.session.scalars(cases_for(office).where(Case.reference == reference)).one()
    ids = {each.person_id for each in readers_of(case)}
    rows = {email: person_id(email) for email in (cases.POLICE, cases.POLICE_LEAD, POLICE_TWO)}
    return {email for email, number in rows.items() if number in ids}


def _owner(reference, number):
    found = (
        sa.select(Action.owner_id)
        .join(Case, Case.id == Action.case_id)
        .where(Case.reference == reference, Action.number == number)
    )
    return db.session.scalars(found.execution_options(**DOOR)).one()


@pytest.fixture
def planning_case(app, people):
    reference = make_case(app, stage="planning")
    with app.app_context():
        yield reference


@pytest.fixture
def invited(app, people):
    reference = make_case(app, stage="invited")
    with app.app_context():
        _add_officer()
        yield reference


def test_who_is_taken_off_knows_of_nothing_at_once_and_their_lead_still_does(invited):
    _take_off(invited, cases.POLICE)

    assert not _knows(cases.POLICE)
    assert _knows(cases.POLICE_LEAD)
    assert _reader_emails(invited) == {cases.POLICE_LEAD}
    with pytest.raises(CaseNotFoundError):
        casepage.open_case(actor_of(cases.POLICE, AT), invited)


def test_a_lead_takes_off_their_own_people_and_nobody_elses(invited):
    with pytest.raises(ActRefusedError):
        _take_off(invited, cases.COUNCIL, by=cases.POLICE_LEAD)
    assert _take_off(invited, cases.POLICE, by=cases.POLICE_LEAD) is False

    assert _knows(cases.COUNCIL)
    assert not _knows(cases.POLICE)


def test_a_member_takes_off_themselves_and_nobody_else(invited):
    _name(invited, POLICE_TWO, Standing.DEPUTY)

    with pytest.raises(ActRefusedError):
        _take_off(invited, cases.POLICE, by=POLICE_TWO)
    assert _take_off(invited, POLICE_TWO, by=POLICE_TWO) is True

    assert (_knows(cases.POLICE), _knows(POLICE_TWO)) == (True, False)


def test_who_was_faster_is_told_to_the_second(invited):
    member = _member(invited, cases.POLICE).member_id
    _take_off(invited, cases.POLICE)

    with pytest.raises(ChangedMeanwhileError):
        leaving.take_off(actor_of(cases.POLICE_LEAD, AT), invited, token(), member_id=member)


def test_an_agency_that_leaves_loses_all_and_what_it_shared_stays(invited):
    _let_leave(invited, demo_people.POLICE)

    assert not _knows(cases.POLICE)
    assert not _knows(cases.POLICE_LEAD)
    assert _reader_emails(invited) == set()
    titles = {line.title for line in casepage.open_case(actor_of(cases.COUNCIL, AT), invited).lines}
    assert "Call of 9 November" in titles
    left = _page(invited).left
    assert [(seat.agency_name, seat.reason) for seat in left.seats] == [
        (demo_people.POLICE, "Not involved after all")
    ]
    # Why an agency left is not the panel's to read.
    assert _page(invited, cases.COUNCIL).left.seats == ()


def test_an_agency_joins_again_in_a_new_seat_and_reads_what_is_for_the_panel(invited):
    _let_leave(invited, demo_people.POLICE)
    office = actor_of(cases.COORDINATOR, AT)
    number = agency_id(demo_people.POLICE)

    panel.seat_agency(office, invited, token(), agency_id=number, is_required=False)

    assert _knows(cases.POLICE_LEAD)
    # A name does not come back with the seat: it has to be given again.
    assert not _knows(cases.POLICE)
    assert _seat(invited, demo_people.POLICE).members == ()
    assert len(_page(invited).left.seats) == 1


def test_a_late_joiner_reads_from_the_start_what_is_for_the_panel_and_nothing_narrower(invited):
    office = actor_of(cases.COORDINATOR, AT)
    number = agency_id(demo_people.FIRE)
    panel.seat_agency(office, invited, token(), agency_id=number, is_required=False)
    _name(invited, "fire@wharrow-fire.example", Standing.DEPUTY, demo_people.FIRE)
    fire = actor_of("fire@wharrow-fire.example", AT)
    case = db.session.scalars(cases_for(fire)).one()

    read = db.session.scalars(shared_items_for(fire, case.id)).all()

    assert {item.handling for item in read} == {Handling.PANEL}


@pytest.mark.parametrize("standing", [Standing.DEPUTY, Standing.INVITED_COLLEAGUE])
def test_a_deputy_and_an_invited_colleague_read_as_their_agency(invited, standing):
    _name(invited, POLICE_TWO, standing, by=cases.POLICE_LEAD)

    mine = casepage.open_case(actor_of(POLICE_TWO, AT), invited).lines
    named = casepage.open_case(actor_of(cases.POLICE, AT), invited).lines

    assert [line.title for line in mine] == [line.title for line in named]
    # The police shared it for chair and coordinator: their own people read it too.
    assert "What an informant said" in {line.title for line in mine}
    assert POLICE_TWO in _reader_emails(invited)


def test_there_is_one_agency_representative_at_a_time(invited):
    with pytest.raises(panel.PanelError, match="Sgt Daniel Okafor is the agency representative"):
        _name(invited, POLICE_TWO, Standing.AGENCY_REPRESENTATIVE)

    _take_off(invited, cases.POLICE)
    _name(invited, POLICE_TWO, Standing.AGENCY_REPRESENTATIVE)
    assert _reader_emails(invited) == {cases.POLICE_LEAD, POLICE_TWO}


def test_a_deputy_can_take_the_place_of_who_left_without_being_taken_off_first(invited):
    _name(invited, POLICE_TWO, Standing.DEPUTY)
    _take_off(invited, cases.POLICE)
    assert person_id(POLICE_TWO) in {
        row[0] for row in _seat(invited, demo_people.POLICE).candidates
    }

    _name(invited, POLICE_TWO, Standing.AGENCY_REPRESENTATIVE)

    assert _member(invited, POLICE_TWO).standing == "agency_representative"
    assert len(_seat(invited, demo_people.POLICE).members) == 1


def test_a_deputy_who_only_observes_from_now_on_hands_over_their_actions(planning_case):
    _add_officer()
    _name(planning_case, POLICE_TWO, Standing.DEPUTY)
    with transaction():
        db.session.execute(
            sa.update(Action)
            .where(Action.number == 1)
            .values(owner_id=person_id(POLICE_TWO))
            .execution_options(**DOOR)
        )

    _name(planning_case, POLICE_TWO, Standing.OBSERVER)

    assert _owner(planning_case, 1) == person_id(cases.POLICE_LEAD)
    assert not _knows(POLICE_TWO)


def test_the_actions_of_who_leaves_pass_to_the_lead_and_the_log_says_so(planning_case):
    cases._plan(planning_case)

    _take_off(planning_case, cases.POLICE)

    # Action 1 is Sgt Okafor's; 2 and 3 belong to other agencies.
    assert _owner(planning_case, 1) == person_id(cases.POLICE_LEAD)
    assert _owner(planning_case, 2) == person_id(cases.COUNCIL)
    assert _owner(planning_case, 3) == person_id(cases.HOUSING)
    shown = [
        (each.number, each.from_name, each.to_name) for each in _page(planning_case).left.passed_on
    ]
    assert shown == [(1, "Sgt Daniel Okafor", "Insp Lena Marsh")]
    acts = db.session.scalars(sa.select(LogEntry.act).where(LogEntry.reference == planning_case))
    assert "action_passed_on" in set(acts)
    # The plan names somebody else now, so the chair has to check it again.
    draft = db.session.scalars(sa.select(PlanDraft).execution_options(**DOOR)).one()
    assert draft.checked_at is None


def test_only_the_own_agency_and_who_leads_see_what_passed_on(planning_case):
    _take_off(planning_case, cases.POLICE)

    seen = {
        email: len(_page(planning_case, email).left.passed_on)
        for email in (cases.CHAIR, cases.POLICE_LEAD, cases.COUNCIL, cases.HOUSING)
    }

    assert seen == {cases.CHAIR: 1, cases.POLICE_LEAD: 1, cases.COUNCIL: 0, cases.HOUSING: 0}


def test_a_lead_who_is_taken_off_keeps_the_actions_since_they_read_on(planning_case):
    _take_off(planning_case, cases.COUNCIL)

    assert _owner(planning_case, 2) == person_id(cases.COUNCIL)
    assert _knows(cases.COUNCIL, Role.AGENCY_LEAD)
    assert not _knows(cases.COUNCIL, Role.AGENCY_REPRESENTATIVE)


def test_the_actions_of_an_agency_that_leaves_are_listed_for_the_coordinator(planning_case):
    _let_leave(planning_case, demo_people.POLICE)

    lost = _page(planning_case).left.ownerless
    assert [(each.number, each.owner_name) for each in lost] == [(1, "Sgt Daniel Okafor")]
    assert _page(planning_case, cases.COUNCIL).left.ownerless == ()


@pytest.mark.parametrize("end", ["role", "account"])
def test_who_loses_role_or_account_is_a_leaver_and_does_not_come_back_with_it(planning_case, end):
    job = Actor.job("a test", AT)
    if end == "role":
        people.end_roles(job, email=cases.POLICE, role=Role.AGENCY_REPRESENTATIVE)
        with transaction():
            db.session.execute(sa.update(people.RoleHeld).values(ended_at=None))
    else:
        people.set_active(job, email=cases.POLICE, is_active=False)
        people.set_active(job, email=cases.POLICE, is_active=True)

    assert not _knows(cases.POLICE)
    assert _owner(planning_case, 1) == person_id(cases.POLICE_LEAD)


def test_a_chair_whose_account_ends_has_to_be_appointed_anew(invited):
    job = Actor.job("a test", AT)
    people.set_active(job, email=cases.CHAIR, is_active=False)
    people.set_active(job, email=cases.CHAIR, is_active=True)

    assert not _knows(cases.CHAIR)
    assert _page(invited).chair_name == ""


def _sent_states(clock):
    clock.at = AT
    while send_next(clock, Nowhere(), "office@portal.example"):
        pass
    invites = sa.select(OutboxMessage).where(OutboxMessage.invite.is_not(None))
    rows = db.session.scalars(invites.execution_options(**DOOR))
    return {row.receiver: row.state for row in rows}


def test_what_waits_for_a_leaver_is_withheld_and_goes_to_everybody_else(invited, clock):
    _take_off(invited, cases.POLICE)
    _let_leave(invited, demo_people.TOLLGATE)

    states = _sent_states(clock)

    withheld = {who for who, state in states.items() if state is DeliveryState.WITHHELD}
    assert withheld == {cases.POLICE, cases.HOUSING}
    assert states[cases.POLICE_LEAD] is DeliveryState.SENT
    assert states["noor@example.org"] is DeliveryState.SENT
    assert set(states.values()) == {DeliveryState.SENT, DeliveryState.WITHHELD}


def test_mail_that_reached_a_leaver_is_listed_for_the_coordinator_alone(invited, clock):
    _sent_states(clock)
    assert _page(invited).left.mail == ()

    _take_off(invited, cases.POLICE)

    mail = _page(invited).left.mail
    assert [(each.receiver, each.what) for each in mail] == [
        (cases.POLICE, "Invite to the meeting")
    ]
    assert mail[0].sent_at == AT.astimezone(dt.UTC)
    for email in (cases.CHAIR, cases.POLICE_LEAD, cases.COUNCIL):
        assert _page(invited, email).left.mail == ()


def test_leaving_twice_by_the_same_form_is_done_once(invited):
    member = _member(invited, cases.POLICE).member_id
    office, name = actor_of(cases.COORDINATOR, AT), token()

    for _ in range(2):
        leaving.take_off(office, invited, name, member_id=member)

    assert [each.name for each in _page(invited).left.people] == ["Sgt Daniel Okafor"]
