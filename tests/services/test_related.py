"""Cases that are alike are offered to the coordinator alone; what is said stands on both."""

import pytest
import sqlalchemy as sa

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.access.scope.related import candidates_for, ties_for
from portal.db import db, transaction
from portal.models.case import Case, Channel, PartyKind, PartyRole
from portal.models.person import LocalGovernmentArea
from portal.models.related import CaseTie
from portal.services import intake, parties, related
from portal.services.faults import IntakeError
from portal.services.related import TieKind
from tests import cases
from tests.canary_case import DOOR, record_conflict
from tests.cases import actor_of, make_case, token

OTHER_COORDINATOR = "coordinator@severnreach-lpb.example"
SAME_DOOR = ("the same phone number", "the same address", "the same street")


def _office(email=cases.COORDINATOR):
    return actor_of(email, cases.at(18, month=12, year=2026))


def _second(by=cases.COORDINATOR, lga="Hexley", **changes):
    office = _office(by)
    query = sa.select(LocalGovernmentArea.id).where(LocalGovernmentArea.name == lga)
    values = {
        "received_at": office.at,
        "channel": Channel.EMAIL,
        "lga_id": db.session.scalars(query).one(),
        "applicant_name": "Somebody Else",
        "applicant_kind": PartyKind.INDIVIDUAL,
        "address": "",
        "phone": "",
        "email": "",
        "safe_contact": "",
        "place": "Somewhere Lane",
        "summary": "Noise.",
    }
    return intake.type_in_case(office, token(), intake.TypedCase(**(values | changes)))


@pytest.fixture
def first(app, people):
    """Noor Haddad's: 2 Quarry Rise, 01632 960199, noor@example.org, at Quarry Rise, Hexley."""
    reference = make_case(app, stage="assessing")
    with app.app_context():
        yield reference


def _found(reference):
    page = related.open_related(_office(), reference)
    return {each.other.reference: each.why for each in page.candidates}


def test_the_same_phone_place_name_and_email_are_found_and_said_from_both_sides(first):
    twin = _second(address="2 QUARRY RISE\nHexley", phone="+44 1632 960 199")
    street = _second(place="The green, off Quarry Rise".rpartition("off ")[2])
    named = _second(applicant_name="HADDAD, Noor", lga="Wharrowdale")
    mailed = _second(email="Noor@Example.org")
    _second(place="Quarry Rise", lga="Wharrowdale")

    found = _found(first)

    assert found == {
        twin: SAME_DOOR,
        street: ("the same street",),
        named: ("a party of the same name",),
        mailed: ("the same email address",),
    }
    assert next(iter(found)) == twin
    assert _found(twin)[first] == SAME_DOOR


def test_a_person_complained_about_in_both_makes_them_alike_once_added(first):
    other = _second()
    assert _found(first) == {}

    parties.add_party(
        _office(),
        other,
        token(),
        role=PartyRole.RESPONDENT,
        kind=PartyKind.INDIVIDUAL,
        name="Dean Garrow",
    )

    assert _found(first) == {other: ("a party of the same name",)}


def test_nothing_of_another_area_or_of_a_case_in_conflict_is_offered(first):
    elsewhere = _second(OTHER_COORDINATOR, lga="Severnreach", phone="01632 960199")
    hidden = _second(phone="01632 960199")
    record_conflict(hidden, cases.COORDINATOR)

    assert _found(first) == {}
    for reference in (elsewhere, hidden, "ACR-2222-2222", first, "x" * 300, "'; --"):
        with pytest.raises(IntakeError):
            related.say_what_it_is(_office(), first, token(), reference, TieKind.RELATED, "x")


def _say(one, other, kind=TieKind.DUPLICATE, reason="The same letter came twice"):
    name = token()
    related.say_what_it_is(_office(), one, name, other, kind, reason)
    return name


def test_what_is_said_stands_on_both_once_and_is_not_offered_again(first):
    twin = _second(phone="01632 960199")

    name = _say(first, twin.lower())
    related.say_what_it_is(_office(), first, name, twin, TieKind.DUPLICATE, "x")

    for here, there in ((first, twin), (twin, first)):
        page = related.open_related(_office(), here)
        (tie,) = page.ties
        assert (tie.kind, tie.other.reference, tie.reason, tie.by) == (
            "Duplicate", there, "The same letter came twice", "Ruth Adeyemi",
        )  # fmt: skip
        assert page.candidates == ()
    with pytest.raises(IntakeError, match="Ruth Adeyemi has said already"):
        _say(twin, first, TieKind.NOT_RELATED)


def test_what_is_taken_back_stays_in_the_history_of_both_and_is_offered_anew(first):
    twin = _second(phone="01632 960199")
    _say(first, twin, TieKind.NOT_RELATED, "Another family")
    (tie,) = related.open_related(_office(), first).ties

    related.take_back(_office(), twin, tie.number, token(), "It is the same family")

    for here in (first, twin):
        page = related.open_related(_office(), here)
        assert (page.ties, len(page.candidates)) == ((), 1)
        (before,) = page.before
        assert (before.kind, before.reason, before.why_ended, before.ended_by) == (
            "Not related", "Another family", "It is the same family", "Ruth Adeyemi",
        )  # fmt: skip
    with pytest.raises(related.EndedMeanwhileError):
        related.take_back(_office(), first, tie.number, token(), "again")
    _say(twin, first, TieKind.RELATED)
    rows = db.session.scalars(sa.select(CaseTie).execution_options(**DOOR)).all()
    assert [row.ended_at is None for row in rows] == [False, True]


def test_no_agency_chair_or_other_area_reads_or_says_anything_of_it(app, people):
    reference = make_case(app, stage="invited")
    with app.app_context():
        twin = _second(phone="01632 960199")
        _say(reference, twin)
        number = db.session.scalars(
            sa.select(Case.id).where(Case.reference == reference).execution_options(**DOOR)
        ).one()
        for email in (cases.CHAIR, cases.POLICE, cases.POLICE_LEAD, cases.COUNCIL):
            actor = actor_of(email, cases.at(7))
            with pytest.raises(ActRefusedError):
                related.open_related(actor, reference)
            assert db.session.execute(ties_for(actor, number)).all() == []
            assert db.session.execute(candidates_for(actor, number)).all() == []
        with pytest.raises(CaseNotFoundError):
            related.open_related(_office(OTHER_COORDINATOR), reference)
        with pytest.raises(CaseNotFoundError):
            related.take_back(_office(OTHER_COORDINATOR), reference, 1, token(), "x")


def test_by_the_pages_the_coordinator_gets_there_and_back(app, as_, people):
    first = make_case(app, stage="assessing")
    with app.app_context():
        twin = _second(phone="01632 960199")
    office = as_(cases.COORDINATOR)
    page = office.get(
        office.get(f"/cases/{first}/receipt").links["See whether another case is about the same"]
    )
    assert "Somebody Else, " + twin in page.main
    assert "Has the same phone number." in page.main

    form = office.get(page.links[f"Say what it is: {twin}"])
    wrong = office.submit(form, kind="duplicate", reason="")
    assert wrong.errors == [("Enter why", "#reason")]
    assert wrong.form_with({"other"}).fields["other"] == [twin]
    page = office.follow(office.submit(form, kind="duplicate", reason="Sent twice"))
    assert page.saved == "Recorded on both cases"
    undo = office.get(page.links[f"Take it back: {twin}"])
    late = office.get(page.links[f"Take it back: {twin}"])
    page = office.follow(office.submit(undo, why="Two brothers"))
    assert "taken back by Ruth Adeyemi" in page.main
    late = office.submit(late, why="Something else")
    assert (late.status, "Something else" in late.main) == (409, True)
    for path in (f"/cases/{first}", f"/cases/{twin}"):
        assert "Sent twice" not in office.get(path).main


def test_ten_are_shown_the_rest_is_counted_and_no_more_is_asked(first, count_queries):
    _second(phone="01632 960199")
    related.open_related(_office(), first)
    with count_queries() as one:
        related.open_related(_office(), first)
    with transaction():
        cases.copy_case(first, 13)

    with count_queries() as many:
        page = related.open_related(_office(), first)

    # 13 copies and the one with the same phone number.
    assert (len(page.candidates), page.more) == (10, 4)
    assert len(one.statements) == len(many.statements)
