"""Which cases, and which parts of them, each role is given."""

import dataclasses

import pytest
import sqlalchemy as sa

from portal.access import readers
from portal.access.gate import CaseNotFoundError, load_case
from portal.access.scope import plan
from portal.access.scope.cases import cases_for, events_for
from portal.access.scope.clocks import clock_entries_for, clocks_for, recorded_events_for
from portal.access.scope.items import shared_items_for
from portal.access.scope.meeting import (
    actions_for,
    attendance_for,
    documents_for,
    meeting_decisions_for,
    meetings_for,
    plan_drafts_for,
)
from portal.access.scope.membership_past import appointments_for
from portal.access.scope.messages import messages_for
from portal.access.scope.minutes import minutes_drafts_for, minutes_texts_for
from portal.access.scope.people import chairs_for, contacts_for, members_for, parties_for, seats_for
from portal.access.scope.powers import adequacy_findings_for
from portal.access.scope.reports import (
    decision_bodies_for,
    decisions_for,
    incidents_for,
    needs_for,
    report_states_for,
    reports_for,
    reports_to_answer_for,
)
from portal.access.scope.telling import agreements_for, tellings_for
from portal.db import db, transaction
from portal.domain.roles import Act, Actor, Role
from portal.jobs import demo_people
from portal.models.case import Case
from portal.models.panel import ChairAppointment, PanelMember
from portal.models.person import Person
from portal.models.plan import DocumentKind
from portal.services import cases as lists
from portal.services import panel, people
from portal.services.home import open_home
from tests import cases
from tests import minutes as steps
from tests.access.rows import add_finding, add_receipt, add_report, add_telling
from tests.canary_case import DOOR, record_conflict
from tests.cases import actor_of, make_case, person_id, token

OTHER_COORDINATOR = "coordinator@severnreach-lpb.example"
AT = cases.ISSUED_AT

C, H, L, A = Role.COORDINATOR, Role.CHAIR, Role.AGENCY_LEAD, Role.AGENCY_REPRESENTATIVE

# Account and role: do they know of the case whose panel is police, council, housing provider?
KNOWS = {
    (cases.COORDINATOR, C): True,
    (cases.CHAIR, H): True,
    (cases.POLICE, A): True,
    (cases.POLICE_LEAD, L): True,
    (cases.COUNCIL, L): True,
    (cases.COUNCIL, A): True,
    (cases.HOUSING, A): True,
    (cases.HEALTH, L): False,
    (cases.HEALTH, A): False,
    (cases.OTHER_CHAIR, H): False,
    (OTHER_COORDINATOR, C): False,
    ("police@severnreach-police.example", L): False,
    ("support@victimcare.example", Role.SUPPORT_WORKER): False,
    ("scrutineer@wharrow-lpb.example", Role.SCRUTINEER): False,
    ("auditor@wharrow-lpb.example", Role.AUDITOR): False,
    ("admin@wharrow-lpb.example", Role.ADMINISTRATOR): False,
    ("appeal-chair@panel.example", Role.APPEAL_CHAIR): False,
    ("appeal-member@panel.example", Role.APPEAL_MEMBER): False,
}


def _number(reference):
    query = sa.select(Case.id).where(Case.reference == reference).execution_options(**DOOR)
    return db.session.scalars(query).one()


def _known(actor):
    return {case.reference for case in db.session.scalars(cases_for(actor))}


def _opens(actor, reference):
    try:
        with transaction():
            load_case(actor, reference, Act.LIST_CASES)
    except CaseNotFoundError:
        return False
    return True


@pytest.fixture
def issued(app, people):
    return make_case(app, stage="monitoring")


def test_list_detail_and_scope_agree_on_who_knows_of_a_case(app, issued):
    with app.app_context():
        for (email, role), knows in KNOWS.items():
            actor = actor_of(email, AT, role)
            listed = {row.reference for row in lists.list_cases(actor).rows}
            due = {row.reference for group in open_home(actor).groups for row in group.rows}

            assert listed == _known(actor) == ({issued} if knows else set()), email
            assert due <= listed
            if role in {C, H, L, A}:
                assert _opens(actor, issued) == knows, email


def test_a_job_knows_of_no_case(app, issued):
    with app.app_context():
        job = Actor.job("a test", AT)

        assert _known(job) == set()
        assert not _opens(job, issued)


@pytest.mark.parametrize(("email", "role"), [key for key, knows in KNOWS.items() if knows], ids=str)
def test_a_conflict_beats_every_grant(app, issued, email, role):
    with app.app_context():
        record_conflict(issued, email)
        actor = actor_of(email, AT, role)
        number = _number(issued)

        assert _known(actor) == set()
        assert not _opens(actor, issued)
        assert _parts(actor, number) == set()
        office = actor_of(cases.COORDINATOR, AT)
        if email != cases.COORDINATOR:
            case = db.session.scalars(cases_for(office)).one()
            assert actor.person_id not in {p.person_id for p in readers.readers_of(case)}


def test_a_conflict_in_one_case_closes_no_other(app, issued):
    other = make_case(app, stage="invited")

    with app.app_context():
        record_conflict(issued, cases.POLICE)

        assert _known(actor_of(cases.POLICE, AT)) == {other}


def test_an_appointment_that_ended_opens_nothing_and_its_follower_begins_undeclared(app, people):
    reference = make_case(app, stage="invited")

    with app.app_context():
        panel.appoint_chair(
            actor_of(cases.COORDINATOR, AT),
            reference,
            token(),
            person_id=person_id(cases.OTHER_CHAIR),
        )
        before, after = (actor_of(email, AT, H) for email in (cases.CHAIR, cases.OTHER_CHAIR))
        number = _number(reference)

        assert (_known(before), _known(after)) == (set(), {reference})
        assert _parts(before, number) == set()
        assert _parts(after, number) == {"parties", "chairs"}


def test_somebody_who_is_no_longer_named_knows_of_nothing(app, issued):
    with app.app_context():
        with transaction():
            db.session.execute(
                sa.delete(PanelMember)
                .where(PanelMember.person_id == person_id(cases.POLICE))
                .execution_options(**DOOR)
            )

        assert _known(actor_of(cases.POLICE, AT)) == set()
        assert _known(actor_of(cases.POLICE_LEAD, AT)) == {issued}


def test_a_role_of_another_agency_does_not_carry_a_name_over(app, issued):
    with app.app_context():
        police = actor_of(cases.POLICE, AT)
        moved = dataclasses.replace(police, agency_id=cases.agency_id(demo_people.ICB))

        assert _known(moved) == set()


def test_a_chair_of_two_areas_acts_in_one_at_a_time(app, people):
    reference = make_case(app, stage="arranging")

    with app.app_context():
        office = actor_of(cases.COORDINATOR, AT)
        panel.appoint_chair(office, reference, token(), person_id=person_id(cases.OTHER_CHAIR))
        other_area = actor_of(OTHER_COORDINATOR, AT).area_id
        here = actor_of(cases.OTHER_CHAIR, AT, H)
        there = dataclasses.replace(here, area_id=other_area)

        assert (_known(here), _known(there)) == ({reference}, set())
        assert not _opens(there, reference)


# Which parts a role is given of a case that stands at “monitoring”, with every part in it.
WHOLE_PANEL = {
    "parties", "incidents", "reports", "states", "decisions", "bodies", "clocks", "recorded events",
    "clock entries", "events", "seats", "members", "chairs", "shared", "meetings", "attendance",
    "meeting decisions", "actions", "panel document", "tellings", "findings",
}  # fmt: skip
LEADERS = WHOLE_PANEL | {
    *("contacts", "drafts", "applicant document", "agreements", "appointments"),
    *("consultations", "plan issues", "issued actions", "own words"),
}
PARTS = {
    (cases.COORDINATOR, C): LEADERS | {"needs", "papers handed over", "notices of the plan"},
    (cases.CHAIR, H): LEADERS,
    (cases.POLICE, A): WHOLE_PANEL,
    (cases.POLICE_LEAD, L): WHOLE_PANEL,
    (cases.COUNCIL, L): WHOLE_PANEL,
    (cases.COUNCIL, A): WHOLE_PANEL,
    (cases.HOUSING, A): WHOLE_PANEL,
}


def _parts(actor, number):
    """The names of the parts of which the actor is given at least one row."""
    found = {
        "parties": parties_for(actor, [number]),
        "contacts": contacts_for(actor, number),
        "incidents": incidents_for(actor, number),
        "reports": reports_for(actor, number),
        "decisions": decisions_for(actor, number),
        "bodies": decision_bodies_for(actor, number),
        "states": report_states_for(actor, number),
        "needs": needs_for(actor, number),
        "clocks": clocks_for(actor, [number]),
        "recorded events": recorded_events_for(actor, number),
        "clock entries": clock_entries_for(actor, number),
        "events": events_for(actor, number),
        "seats": seats_for(actor, number),
        "members": members_for(actor, number),
        "chairs": chairs_for(actor, number),
        "shared": shared_items_for(actor, number),
        "meetings": meetings_for(actor, number),
        "attendance": attendance_for(actor, number),
        "meeting decisions": meeting_decisions_for(actor, number),
        "actions": actions_for(actor, number),
        "drafts": plan_drafts_for(actor, number),
        "consultations": plan.consultations_for(actor, number),
        "plan issues": plan.plan_issues_for(actor, number),
        "issued actions": plan.issued_actions_for(actor, number),
        "own words": plan.own_words_for(actor, number),
        "papers handed over": plan.handed_over_for(actor, number),
        "notices of the plan": plan.notices_for(actor, number),
        "tellings": tellings_for(actor, number),
        "agreements": agreements_for(actor, number),
        "appointments": appointments_for(actor, number),
        "findings": adequacy_findings_for(actor, number),
    }
    names = {name for name, query in found.items() if db.session.scalars(query).first()}
    documents = {row.kind for row in db.session.scalars(documents_for(actor, number))}
    if DocumentKind.ACTION_PLAN_PANEL in documents:
        names.add("panel document")
    if DocumentKind.ACTION_PLAN_APPLICANT in documents:
        names.add("applicant document")
    return names


def test_each_role_is_given_its_parts_and_no_other(app, issued):
    with app.app_context():
        number = _number(issued)
        add_report(number)
        add_telling(number)
        add_finding(number)
        add_receipt(number)
        given = {(email, role): _parts(actor_of(email, AT, role), number) for email, role in KNOWS}

    assert given == {key: PARTS.get(key, set()) for key in KNOWS}
    assert {key for key, knows in KNOWS.items() if knows} == set(PARTS)


def test_minutes_are_the_leaders_and_each_agencys_own_account_once_sent_round(app, issued):
    """Until they are issued; then the whole panel reads the document."""
    with app.app_context():
        number = _number(issued)
        steps.draft(issued)

        def given():
            found = {}
            for email, role in KNOWS:
                actor = actor_of(email, AT, role)
                texts = db.session.scalars(minutes_texts_for(actor, number)).all()
                drafts = db.session.scalars(minutes_drafts_for(actor, number)).all()
                if texts or drafts:
                    found[email, role] = (len(drafts), len(texts))
            return found

        # 15 sections, and an account each of police, council and housing provider.
        leaders = {(cases.COORDINATOR, C): (1, 18), (cases.CHAIR, H): (1, 18)}
        agencies = [key for key in PARTS if key not in leaders]
        before = given()
        steps.send_round(issued)
        after = given()

    assert before == leaders | dict.fromkeys(agencies, (0, 1))
    assert after == leaders | dict.fromkeys(agencies, (1, 1))


def test_an_agency_answers_for_the_reports_that_were_made_to_it(app, issued):
    with app.app_context():
        number = _number(issued)
        add_report(number)
        mine = {
            (email, role)
            for email, role in KNOWS
            if db.session.scalars(reports_to_answer_for(actor_of(email, AT, role), number)).first()
        }

    assert mine == {(cases.COORDINATOR, C), (cases.POLICE, A), (cases.POLICE_LEAD, L)}


def test_messages_are_the_areas_for_its_coordinator_and_else_ones_own(app, issued):
    with app.app_context():

        def mine(email):
            return list(db.session.scalars(messages_for(actor_of(email, AT))))

        every = mine(cases.COORDINATOR)
        own = {email: mine(email) for email in (cases.POLICE, cases.CHAIR, cases.HOUSING)}

        assert {row.receiver for row in every} > {cases.POLICE, "noor@example.org"}
        assert {email: {row.receiver for row in rows} for email, rows in own.items()} == {
            email: {email} for email in own
        }
        for outside in (OTHER_COORDINATOR, cases.HEALTH, "auditor@wharrow-lpb.example"):
            assert mine(outside) == []
        record_conflict(issued, cases.COORDINATOR)
        assert mine(cases.COORDINATOR) == []


@pytest.mark.parametrize("email", [cases.POLICE, cases.CHAIR])
def test_whoever_is_excluded_loses_the_messages_about_the_case_too(app, issued, email):
    with app.app_context():
        record_conflict(issued, email)

        assert not db.session.scalars(messages_for(actor_of(email, AT))).all()


@pytest.mark.parametrize("email", [cases.POLICE, cases.CHAIR])
def test_whoever_has_left_the_case_loses_the_messages_about_it_too(app, issued, email):
    with app.app_context():
        with transaction():
            for model in (PanelMember, ChairAppointment):
                db.session.execute(
                    sa.delete(model)
                    .where(model.person_id == person_id(email))
                    .execution_options(**DOOR)
                )

        assert _known(actor_of(email, AT)) == set()
        assert not db.session.scalars(messages_for(actor_of(email, AT))).all()


@pytest.mark.parametrize("end", ["account", "role"])
def test_a_chair_who_can_no_longer_sign_in_is_no_reader(app, issued, end):
    with app.app_context():
        job = Actor.job("a test", AT)
        if end == "account":
            people.set_active(job, email=cases.CHAIR, is_active=False)
        else:
            people.end_roles(job, email=cases.CHAIR, role=H)
        office = actor_of(cases.COORDINATOR, AT)
        case = db.session.scalars(cases_for(office)).one()

        assert Role.CHAIR not in {each.role for each in readers.readers_of(case)}


@pytest.mark.parametrize("email", [cases.POLICE, cases.POLICE_LEAD, cases.COORDINATOR])
def test_others_who_can_no_longer_sign_in_are_no_readers(app, issued, email):
    with app.app_context():
        office = actor_of(cases.COORDINATOR, AT)
        people.set_active(Actor.job("a test", AT), email=email, is_active=False)
        case = db.session.scalars(cases_for(office)).one()

        assert email not in {
            db.session.get_one(Person, each.person_id).email for each in readers.readers_of(case)
        }


def test_one_chair_at_a_time_is_in_force(app, issued):
    with app.app_context():
        rows = db.session.scalars(
            sa.select(ChairAppointment)
            .where(ChairAppointment.ended_at.is_(None))
            .execution_options(**DOOR)
        ).all()

        assert len(rows) == 1
