"""A conflict excludes at once; only a chair's former employer can be waived, with reasons."""

import pytest
import sqlalchemy as sa

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.access.readers import readers_of
from portal.access.scope.cases import cases_for
from portal.db import ChangedMeanwhileError, db, transaction
from portal.domain.membership import ConflictKind
from portal.domain.roles import Actor, Role
from portal.jobs import demo_people
from portal.models.panel import Conflict
from portal.services import casepage, conflicts, panel, people
from tests import cases
from tests.cases import actor_of, agency_id, make_case, person_id, token

AT = cases.at(12)
SECOND = "coordinator-two@wharrow-lpb.example"


@pytest.fixture
def invited(app, people):
    reference = make_case(app, stage="invited")
    with app.app_context():
        yield reference


@pytest.fixture
def undeclared(app, people):
    reference = make_case(app, stage="invited", chair_declares=False)
    with app.app_context():
        yield reference


def _office():
    return actor_of(cases.COORDINATOR, AT)


def _record(reference, whom, kind=ConflictKind.PARTY, reason="They were at school together"):
    return conflicts.record_conflict(
        _office(), reference, token(), whom=whom, kind=kind, reason=reason
    )


def _of(email):
    return f"person-{person_id(email)}"


def _knows(email, role=None):
    return db.session.scalars(cases_for(actor_of(email, AT, role))).first() is not None


def _conflict_id(reference):
    return conflicts.open_conflicts(_office(), reference).conflicts[-1].conflict_id


def _waive(reference, reason="She left Tollgate Homes in 2015 and worked in another town"):
    return conflicts.waive_conflict(
        _office(), reference, token(), conflict_id=_conflict_id(reference), reason=reason
    )


def test_a_recorded_person_is_out_in_every_role_and_the_agency_has_nobody(invited):
    _record(invited, _of(cases.COUNCIL))

    assert not _knows(cases.COUNCIL, Role.AGENCY_LEAD)
    assert not _knows(cases.COUNCIL, Role.AGENCY_REPRESENTATIVE)
    seats = panel.open_people(_office(), invited).seats
    hexley = next(each for each in seats if each.agency_name == demo_people.HEXLEY_COUNCIL)
    assert hexley.members == ()
    assert not hexley.has_somebody


def test_who_is_excluded_cannot_be_named_again(invited):
    _record(invited, _of(cases.POLICE))

    with pytest.raises(panel.PanelError, match="Select a person of this agency"):
        panel.name_agency_representative(
            _office(),
            invited,
            token(),
            agency_id=agency_id(demo_people.POLICE),
            person_id=person_id(cases.POLICE),
        )


def test_a_member_declares_and_their_actions_pass_on_to_the_lead(app, people):
    reference = make_case(app, stage="planning")
    with app.app_context():
        panel.declare(
            actor_of(cases.POLICE, AT),
            reference,
            token(),
            has_conflict=True,
            reason="The applicant is my cousin",
            kind=ConflictKind.PARTY,
        )

        assert not _knows(cases.POLICE)
        passed = panel.open_people(actor_of(cases.POLICE_LEAD, AT), reference).left.passed_on
        assert [each.to_name for each in passed] == ["Insp Lena Marsh"]


def test_a_member_is_not_asked_to_declare_that_there_is_none(invited):
    with pytest.raises(ActRefusedError):
        panel.declare(actor_of(cases.POLICE, AT), invited, token(), has_conflict=False, reason="")


def test_an_agency_in_conflict_is_out_with_all_its_people_and_cannot_come_back(invited):
    number = agency_id(demo_people.POLICE)

    _record(invited, f"agency-{number}", ConflictKind.COMPLAINED_ABOUT)

    assert not _knows(cases.POLICE)
    assert not _knows(cases.POLICE_LEAD)
    shown = panel.open_people(_office(), invited)
    assert demo_people.POLICE not in {seat.agency_name for seat in shown.seats}
    assert number not in {row[0] for row in shown.agencies}
    with pytest.raises(panel.PanelError, match="Select an agency"):
        panel.seat_agency(_office(), invited, token(), agency_id=number, is_required=True)


def test_a_conflict_of_an_agency_beats_the_seat_that_it_still_has(invited):
    with transaction():
        case_id = db.session.scalars(cases_for(_office())).one().id
        db.session.add(
            Conflict(
                case_id=case_id,
                agency_id=agency_id(demo_people.POLICE),
                kind=ConflictKind.PARTY,
                recorded_at=AT,
                reason="x",
            )
        )

    assert not _knows(cases.POLICE)
    assert not _knows(cases.POLICE_LEAD)
    case = db.session.scalars(cases_for(_office())).one()
    found = {each.agency_name for each in readers_of(case)}
    assert demo_people.POLICE not in found


def test_a_role_in_an_agency_in_conflict_shuts_out_of_the_chair_too(undeclared):
    job = Actor.job("a test", cases.RECEIVED_AT)
    people.give_role(
        job,
        email=cases.OTHER_CHAIR,
        role=Role.AGENCY_REPRESENTATIVE,
        area_slug=demo_people.WHARROWDALE.slug,
        agency_name="Lantern Trust",
    )
    pool = panel.open_people(_office(), undeclared).chairs
    assert person_id(cases.OTHER_CHAIR) in {row[0] for row in pool}

    _record(undeclared, f"agency-{agency_id('Lantern Trust')}")

    pool = panel.open_people(_office(), undeclared).chairs
    assert person_id(cases.OTHER_CHAIR) not in {row[0] for row in pool}


def test_somebody_of_an_agency_on_the_panel_is_not_independent_enough_to_chair(undeclared):
    job = Actor.job("a test", cases.RECEIVED_AT)
    people.give_role(
        job,
        email=cases.OTHER_CHAIR,
        role=Role.AGENCY_REPRESENTATIVE,
        area_slug=demo_people.WHARROWDALE.slug,
        agency_name=demo_people.TOLLGATE,
    )

    assert panel.open_people(_office(), undeclared).chairs == (
        (person_id(cases.CHAIR), "Margaret Lyle"),
    )


def test_the_last_coordinator_cannot_be_excluded_and_another_can(invited):
    with pytest.raises(conflicts.ConflictError, match="Nobody could run this case"):
        _record(invited, _of(cases.COORDINATOR))
    assert _knows(cases.COORDINATOR)

    job = Actor.job("a test", cases.RECEIVED_AT)
    people.add_person(job, email=SECOND, name="Second", passphrase=demo_people.PASSPHRASE)
    people.give_role(
        job, email=SECOND, role=Role.COORDINATOR, area_slug=demo_people.WHARROWDALE.slug
    )
    assert _record(invited, _of(cases.COORDINATOR)) is True
    assert (_knows(cases.COORDINATOR), _knows(SECOND)) == (False, True)


@pytest.mark.parametrize("whom", ["person-999999", "agency-999999", "", "x", "person-"])
def test_nobody_who_is_not_on_offer_is_recorded(invited, whom):
    with pytest.raises(conflicts.ConflictError, match="Select a person or an agency"):
        _record(invited, whom)


def test_a_waived_former_employer_lets_the_chair_be_appointed_again(undeclared):
    panel.declare(
        actor_of(cases.CHAIR, AT),
        undeclared,
        token(),
        has_conflict=True,
        reason="I worked for Tollgate Homes",
        kind=ConflictKind.FORMER_EMPLOYER,
    )
    assert not _knows(cases.CHAIR)

    _waive(undeclared)
    # Back in the pool, not back in the chair: appointed and asked again.
    assert not _knows(cases.CHAIR)
    panel.appoint_chair(_office(), undeclared, token(), person_id=person_id(cases.CHAIR))
    chair = actor_of(cases.CHAIR, AT)
    assert "2015" in conflicts.open_declaration(chair, undeclared).waiver
    panel.declare(chair, undeclared, token(), has_conflict=False, reason="")

    assert casepage.open_case(chair, undeclared).reads_everything
    for email in (cases.POLICE, cases.COUNCIL):
        page = panel.open_people(actor_of(email, AT), undeclared)
        assert page.chair_waiver.startswith("She left Tollgate Homes")


@pytest.mark.parametrize("kind", [each for each in ConflictKind if each != "former_employer"])
def test_no_other_kind_can_be_waived(undeclared, kind):
    _record(undeclared, _of(cases.OTHER_CHAIR), kind)

    with pytest.raises(ActRefusedError, match="Only a chair’s former employer"):
        _waive(undeclared)
    assert not conflicts.open_conflicts(_office(), undeclared).conflicts[-1].may_be_waived


def test_nobody_but_a_chair_is_waived(invited):
    _record(invited, _of(cases.POLICE), ConflictKind.FORMER_EMPLOYER)

    with pytest.raises(ActRefusedError):
        _waive(invited)


def test_a_waiver_is_given_once_and_does_not_cover_what_comes_up_later(undeclared):
    _record(undeclared, _of(cases.OTHER_CHAIR), ConflictKind.FORMER_EMPLOYER)
    _waive(undeclared)
    with pytest.raises(ChangedMeanwhileError):
        _waive(undeclared)

    _record(undeclared, _of(cases.OTHER_CHAIR), ConflictKind.NEIGHBOUR)

    pool = panel.open_people(_office(), undeclared).chairs
    assert person_id(cases.OTHER_CHAIR) not in {row[0] for row in pool}


def test_a_waiver_lets_nobody_in_by_another_role(undeclared):
    """The waiver is for the chair: as somebody of an agency they stay out."""
    job = Actor.job("a test", cases.RECEIVED_AT)
    people.give_role(
        job,
        email=cases.OTHER_CHAIR,
        role=Role.AGENCY_LEAD,
        area_slug=demo_people.WHARROWDALE.slug,
        agency_name=demo_people.TOLLGATE,
    )
    assert _knows(cases.OTHER_CHAIR, Role.AGENCY_LEAD)

    _record(undeclared, _of(cases.OTHER_CHAIR), ConflictKind.FORMER_EMPLOYER)
    _waive(undeclared)

    assert not _knows(cases.OTHER_CHAIR, Role.AGENCY_LEAD)


@pytest.mark.parametrize(
    "values",
    [
        {"kind": ConflictKind.PARTY, "waived_at": AT, "waiver_reason": "x"},
        {"kind": ConflictKind.FORMER_EMPLOYER, "waived_at": AT, "waiver_reason": ""},
        {"kind": ConflictKind.PARTY, "agency_id": 1},
        {"kind": ConflictKind.PARTY, "person_id": None},
    ],
)
def test_the_database_refuses_what_no_page_may_store(invited, values):
    case_id = db.session.scalars(cases_for(_office())).one().id
    row = {
        "case_id": case_id,
        "person_id": person_id(cases.HEALTH),
        "recorded_at": AT,
        "reason": "x",
    }

    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.add(Conflict(**(row | values)))


@pytest.mark.parametrize("email", [cases.POLICE, cases.POLICE_LEAD, cases.COUNCIL, cases.HOUSING])
def test_reasons_are_for_the_coordinator_and_the_chair_alone(invited, email):
    _record(invited, f"agency-{agency_id(demo_people.ICB)}")

    with pytest.raises(ActRefusedError):
        conflicts.open_conflicts(actor_of(email, AT), invited)
    for leader in (cases.COORDINATOR, cases.CHAIR):
        shown = conflicts.open_conflicts(actor_of(leader, AT), invited).conflicts
        assert [each.reason for each in shown] == ["They were at school together"]


def test_a_conflict_that_is_not_of_this_case_is_not_found(undeclared):
    _record(undeclared, _of(cases.OTHER_CHAIR), ConflictKind.FORMER_EMPLOYER)
    number = _conflict_id(undeclared)
    other = cases._received()

    with pytest.raises(CaseNotFoundError):
        conflicts.waive_conflict(_office(), other, token(), conflict_id=number, reason="x")
