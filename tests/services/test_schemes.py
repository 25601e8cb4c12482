"""Which version a case is received under: the one in force on its London day, and no other."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.gate import CaseNotFoundError
from portal.access.scope.marks import unscoped
from portal.db import db
from portal.domain.dates import LONDON
from portal.models.case import Case, Channel, PartyKind
from portal.models.person import LocalGovernmentArea
from portal.models.scheme import SchemeVersion
from portal.services import intake, schemes
from tests import cases
from tests.cases import actor_of, token

ADMINISTRATOR = "admin@wharrow-lpb.example"
PUT_AT = cases.at(14)
APRIL = dt.datetime(2027, 4, 20, 9, 0, tzinfo=LONDON)


def _put(on, source="durham"):
    office = actor_of(ADMINISTRATOR, PUT_AT)
    schemes.start_draft(office, token(), source)
    schemes.put_in_force(office, token(), 1, on)


def _received(at):
    """The number of the version that a request of this instant is received under."""
    typed = intake.TypedCase(
        received_at=at.astimezone(dt.UTC),
        channel=Channel.POST,
        lga_id=db.session.scalars(
            sa.select(LocalGovernmentArea.id).where(LocalGovernmentArea.name == "Hexley")
        ).one(),
        applicant_name="Noor Haddad",
        applicant_kind=PartyKind.INDIVIDUAL,
        address="",
        phone="",
        email="",
        safe_contact="Text first",
        place="Quarry Rise",
        summary="Shouting",
    )
    reference = intake.type_in_case(actor_of(cases.COORDINATOR, APRIL), token(), typed)
    return db.session.scalars(
        sa.select(SchemeVersion.number)
        .join(Case, Case.scheme_version_id == SchemeVersion.id)
        .where(Case.reference == reference)
        .execution_options(**unscoped("a test looks at a case"))
    ).one()


def test_the_version_changes_at_midnight_in_london_in_winter_and_in_summer_time(people, in_app):
    # Clocks go forward on 28 March 2027: midnight of 1 April in London is 11pm UTC the day before.
    _put(dt.date(2027, 2, 1))
    _put(dt.date(2027, 4, 1))

    midnights = [dt.datetime(2027, 2, 1, tzinfo=LONDON), dt.datetime(2027, 4, 1, tzinfo=LONDON)]
    minute = dt.timedelta(minutes=1)
    found = [(_received(at.astimezone(dt.UTC) - minute), _received(at)) for at in midnights]

    assert found == [(1, 2), (2, 3)]


def test_of_two_versions_of_one_day_the_later_one_holds_and_a_draft_never(people, in_app):
    _put(dt.date(2027, 2, 1))
    _put(dt.date(2027, 2, 1))
    schemes.start_draft(actor_of(ADMINISTRATOR, PUT_AT), token(), "gloucestershire")

    assert _received(cases.at(2, month=2)) == 3
    assert _received(cases.at(31)) == 1


def test_a_case_keeps_its_version_when_another_one_comes_into_force(people, in_app):
    assert _received(cases.at(20)) == 1
    _put(dt.date(2027, 1, 20))

    numbers = db.session.scalars(
        sa.select(SchemeVersion.number)
        .join(Case, Case.scheme_version_id == SchemeVersion.id)
        .execution_options(**unscoped("a test looks at a case"))
    )
    assert list(numbers) == [1]


@pytest.mark.parametrize("email", [cases.COORDINATOR, cases.CHAIR, cases.POLICE])
def test_nobody_else_changes_a_draft_even_past_the_door(people, in_app, email):
    schemes.start_draft(actor_of(ADMINISTRATOR, PUT_AT), token(), "durham")
    stranger = actor_of(email, PUT_AT)

    with pytest.raises(CaseNotFoundError):
        schemes.put_in_force(stranger, token(), 1, dt.date(2027, 2, 1))
    with pytest.raises(CaseNotFoundError):
        schemes.throw_away(stranger, token(), 1)
    with pytest.raises(CaseNotFoundError):
        schemes.draft_to_edit(stranger)
