"""A request is passed on to every relevant body by itself, and nothing but its reference leaves."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from portal.access.gate import CaseNotFoundError
from portal.access.scope.receipt import passed_on_for
from portal.db import db, transaction
from portal.domain.handling import AgencyKind
from portal.domain.passing_on import is_passed_on_to
from portal.domain.roles import Actor
from portal.jobs import demo_people
from portal.models.case import Case, PartyKind, PartyRole
from portal.models.log import LogEntry
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.models.person import Agency, LocalGovernmentArea
from portal.models.receipt import PassedOn
from portal.services import inboxes, parties, passing_on, receipt_page
from portal.services.faults import IntakeError
from tests import cases
from tests.canary_case import DOOR
from tests.cases import actor_of, agency_id, make_case, token

ADMINISTRATOR = "admin@wharrow-lpb.example"
PARTNERSHIP = "Hexley community safety partnership"
# Hexley's police, council, co-opted housing provider and health; never the council next door, nor
# fire, school, probation, charity or victim care.
HEXLEYS = {
    demo_people.POLICE,
    demo_people.HEXLEY_COUNCIL,
    demo_people.TOLLGATE,
    demo_people.ICB,
}


@given(
    kind=st.sampled_from(AgencyKind),
    is_co_opted=st.booleans(),
    agency_lga_id=st.sampled_from([None, 1, 2]),
)
def test_no_body_of_another_area_and_no_other_kind_is_passed_a_request(
    kind, is_co_opted, agency_lga_id
):
    told = is_passed_on_to(kind, is_co_opted=is_co_opted, agency_lga_id=agency_lga_id, lga_id=1)

    by_law = {"police", "council", "health"} | ({"housing_provider"} if is_co_opted else set())
    here = {1} if kind == "council" else {None, 1}
    assert told == (kind.value in by_law and agency_lga_id in here)


@pytest.fixture
def reference(app, people):
    return make_case(app, stage="assessing")


def _rows():
    query = sa.select(PassedOn, OutboxMessage).join(
        OutboxMessage, OutboxMessage.id == PassedOn.message_id, isouter=True
    )
    return db.session.execute(query.order_by(PassedOn.id).execution_options(**DOOR)).all()


def test_every_relevant_body_and_the_partnership_are_told_when_a_case_is_typed_in(app, reference):
    with app.app_context():
        rows = _rows()

        assert {row.body for row, _ in rows} == HEXLEYS | {PARTNERSHIP}
        assert {row.occasion.value for row, _ in rows} == {"receipt"}
        # Nobody has kept a shared inbox: the leads are told, and the partnership by phone.
        receivers = {row.body: row.sent_to for row, _ in rows}
        assert receivers[demo_people.POLICE] == cases.POLICE_LEAD
        assert receivers[PARTNERSHIP] == ""
        assert all(row.at == cases.RECEIVED_AT for row, _ in rows)
        entry = db.session.scalars(sa.select(LogEntry).where(LogEntry.act == "passed_on")).one()
        assert (entry.reference, entry.thing.count("agency-")) == (reference, 4)


def test_a_message_holds_the_reference_and_a_link_and_nothing_of_the_case(app, reference):
    with app.app_context():
        messages = [message for _, message in _rows() if message]
        hidden = (
            "Noor", "Haddad", "Garrow", "Dean", "Quarry", "Shouting", "slurs", "01632 960199",
            "noor@", "Text first", "Hexley",
        )  # fmt: skip

        assert len(messages) == len(HEXLEYS)
        for message in messages:
            assert message.subject == reference
            assert f"/cases/{reference}" in message.body
            assert not [word for word in hidden if word in message.subject + message.body]


def test_who_was_told_opens_nothing_by_it(app, as_, reference):
    for email in (cases.POLICE_LEAD, cases.COUNCIL, cases.HOUSING, cases.HEALTH):
        client = as_(email)
        assert client.get(f"/cases/{reference}").status == 404, email
        assert client.get(f"/cases/{reference}/receipt").status == 404, email
        assert reference not in client.get("/cases").main
        assert "Noor" not in client.get(f"/search?q={reference}").main


def test_an_agency_on_the_panel_reads_nothing_of_who_was_told(app, as_, people):
    reference = make_case(app, stage="invited")

    assert as_(cases.POLICE).get(f"/cases/{reference}/receipt").status == 403
    with app.app_context():
        police = actor_of(cases.POLICE, cases.ARRANGED_AT)
        number = _rows()[0][0].case_id
        assert db.session.execute(passed_on_for(police, number)).all() == []


def test_the_partnership_is_told_of_the_decision_and_of_the_first_plan_too(app, people):
    make_case(app, stage="monitoring")
    with app.app_context():
        told = [row.occasion.value for row, _ in _rows() if row.lga_id]

        assert told == ["receipt", "decision", "plan"]
        assert len(_rows()) == len(HEXLEYS) + 3


def _inbox(email, of, name, address):
    admin = actor_of(email, cases.RECEIVED_AT)
    page = inboxes.list_inboxes(admin)
    found = next(each for each in (*page.agencies, *page.partnerships) if each.name == name)
    inboxes.save_inbox(admin, token(), of, found.number, address, found.version)


def test_the_addresses_that_the_administrator_keeps_are_used_from_then_on(app, people):
    with app.app_context():
        _inbox(ADMINISTRATOR, "agency", demo_people.POLICE, "reviews@wharrow-police.example")
        _inbox(ADMINISTRATOR, "partnership", PARTNERSHIP, "csp@hexley.example")
        cases._received()

        receivers = {row.body: message.receiver for row, message in _rows()}
        assert receivers[demo_people.POLICE] == "reviews@wharrow-police.example"
        assert receivers[PARTNERSHIP] == "csp@hexley.example"


def test_an_address_is_one_mailbox_of_an_own_body(app, people):
    with app.app_context():
        for address in ("a@b.example, c@d.example", "a b@c.example", "x@y\r\nBcc: z@y.example"):
            with pytest.raises(IntakeError):
                _inbox(ADMINISTRATOR, "agency", demo_people.POLICE, address)
        elsewhere = actor_of("admin@severnreach-lpb.example", cases.RECEIVED_AT)
        with pytest.raises(CaseNotFoundError):
            inboxes.open_inbox(elsewhere, "agency", agency_id(demo_people.POLICE))


def test_what_an_applicant_sends_themselves_is_passed_on_by_a_job(app, reference):
    """The public request has no person and no area; the case says whose log it belongs to."""
    with app.app_context():
        job = replace(Actor.job("request", cases.RECEIVED_AT), address="192.0.2.7")
        with transaction():
            first = db.session.scalars(sa.select(Case).execution_options(**DOOR)).one()
            columns = {each.key for each in sa.inspect(Case).columns} - {"id", "version"}
            case = Case(**{name: getattr(first, name) for name in columns})
            case.reference, case.keyed_by_id = "ACR-7K3Q-9MXD", None
            db.session.add(case)
            db.session.flush()
            passing_on.pass_on(job, case)
            number = case.id

        rows = [row for row, _ in _rows() if row.case_id == number]
        assert {row.body for row in rows} == HEXLEYS | {PARTNERSHIP}
        assert {row.person_id for row in rows} == {None}
        entries = db.session.scalars(sa.select(LogEntry).where(LogEntry.act == "passed_on")).all()
        assert [entry.reference for entry in entries] == [reference, "ACR-7K3Q-9MXD"]
        assert len({entry.chain for entry in entries}) == 1


def test_a_body_without_an_address_is_rung_once_and_the_second_is_told(app, reference):
    with app.app_context():
        office = actor_of(cases.COORDINATOR, cases.ACKNOWLEDGED_AT)
        (to_ring,) = [
            each
            for each in receipt_page.open_receipt(office, reference).passings
            if each.is_to_ring
        ]
        assert (to_ring.body, to_ring.how) == (
            PARTNERSHIP,
            "To be told by phone: no address is known",
        )

        passing_on.say_rung(office, reference, to_ring.number, token(), "Priya Dale")

        shown = receipt_page.open_receipt(office, reference).passings[-1]
        assert (shown.how, shown.is_to_ring) == ("Told by phone: Priya Dale", False)
        with pytest.raises(passing_on.EndedMeanwhileError):
            passing_on.say_rung(office, reference, to_ring.number, token(), "Somebody")


def test_an_email_that_came_back_makes_the_body_one_to_be_rung(app, reference):
    with app.app_context():
        office = actor_of(cases.COORDINATOR, cases.ACKNOWLEDGED_AT)
        first = _rows()[0][0]
        with pytest.raises(CaseNotFoundError):
            passing_on.say_rung(office, reference, first.id, token(), "Priya Dale")
        with transaction():
            db.session.execute(
                sa.update(OutboxMessage)
                .where(OutboxMessage.id == first.message_id)
                .values(state=DeliveryState.UNDELIVERED)
                .execution_options(**DOOR)
            )

        shown = receipt_page.open_receipt(office, reference).passings[0]
        assert shown.is_to_ring
        assert shown.how.startswith("The email could not be delivered. Ring them")


def test_the_number_of_questions_does_not_grow_with_the_bodies(app, reference, count_queries):
    with app.app_context():
        office = actor_of(cases.COORDINATOR, cases.ACKNOWLEDGED_AT)
        receipt_page.open_receipt(office, reference)
        with count_queries() as before:
            receipt_page.open_receipt(office, reference)
        with transaction():
            first = _rows()[0][0]
            lga = db.session.scalars(sa.select(LocalGovernmentArea.id)).first()
            for number in range(8):
                agency = Agency(
                    area_id=office.area_id,
                    name=f"Body {number}",
                    kind=AgencyKind.HEALTH,
                    lga_id=lga,
                )
                db.session.add(agency)
                db.session.flush()
                db.session.add(
                    PassedOn(
                        case_id=first.case_id, occasion=first.occasion, agency_id=agency.id,
                        body=agency.name, at=first.at + dt.timedelta(1), sent_to="",
                    )
                )  # fmt: skip
        with count_queries() as after:
            receipt_page.open_receipt(office, reference)

        assert len(before.statements) == len(after.statements)


def test_no_consent_of_the_applicants_side_holds_what_a_body_is_told(app, people):
    """A victim who has not agreed to who asks for them holds what goes there, and nothing else."""
    with app.app_context():
        reference = cases._received()
        office = actor_of(cases.COORDINATOR, cases.ACKNOWLEDGED_AT)
        for role, name in (
            (PartyRole.APPLICANT_REPRESENTATIVE, "Joan Vane"),
            (PartyRole.VICTIM, "Idris Vale"),
        ):
            parties.add_party(
                office, reference, token(), role=role, kind=PartyKind.INDIVIDUAL, name=name
            )

        assert [message.state for _, message in _rows() if message] == [DeliveryState.WAITING] * 4
