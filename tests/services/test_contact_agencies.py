"""An agency has the applicant's address, phone and email while the applicant agrees to it."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.access.scope.people import contacts_for
from portal.db import db
from portal.jobs import demo_people
from portal.models.case import Case
from portal.services import contact_agencies, parties
from portal.services.changes import ChangedMeanwhileError
from portal.services.parties import PartyKind, PartyRole
from tests import cases
from tests.cases import ARRANGED_AT, actor_of, agency_id, make_case, token

DOOR = unscoped("a test looks")


def _office():
    return actor_of(cases.COORDINATOR, ARRANGED_AT)


def _number(reference):
    query = sa.select(Case.id).where(Case.reference == reference).execution_options(**DOOR)
    return db.session.scalars(query).one()


def _contacts(email, reference):
    actor = actor_of(email, ARRANGED_AT)
    return {row.email for row in db.session.scalars(contacts_for(actor, _number(reference)))}


def _choose(reference, *agencies, version):
    contact_agencies.choose_contact_agencies(
        _office(),
        reference,
        token(),
        agency_ids=[agency_id(name) for name in agencies],
        agreed_on=ARRANGED_AT.date(),
        version=version,
    )


def test_an_agency_reaches_the_applicant_only_while_the_applicant_agrees(app, people):
    reference = make_case(app, stage="invited")

    with app.app_context():
        parties.add_party(
            _office(),
            reference,
            token(),
            role=PartyRole.WITNESS,
            kind=PartyKind.INDIVIDUAL,
            name="Wil Roe",
            email="wil@post.example",
        )
        before = _contacts(cases.COUNCIL, reference)
        _choose(reference, demo_people.HEXLEY_COUNCIL, version=0)
        during = {each: _contacts(each, reference) for each in (cases.COUNCIL, cases.POLICE)}
        _choose(reference, version=1)
        after = _contacts(cases.COUNCIL, reference)

        assert (before, after) == (set(), set())
        # The applicant's alone: never a witness's or a respondent's, and no other agency's.
        assert during == {cases.COUNCIL: {"noor@example.org"}, cases.POLICE: set()}
        assert "wil@post.example" in _contacts(cases.COORDINATOR, reference)


def test_an_agency_that_is_not_on_the_case_is_not_let_in_by_a_consent(app, people):
    reference = make_case(app, stage="invited")

    with app.app_context():
        _choose(reference, demo_people.FIRE, version=0)

        assert _contacts("fire@wharrow-fire.example", reference) == set()


def test_the_second_who_chooses_agencies_is_told_who_was_first(app, people):
    reference = make_case(app, stage="invited")

    with app.app_context():
        _choose(reference, demo_people.HEXLEY_COUNCIL, version=0)
        with pytest.raises(ChangedMeanwhileError) as told:
            _choose(reference, demo_people.POLICE, version=0)

        assert told.value.by == _office().name
