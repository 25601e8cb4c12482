"""Everybody who comes to the meeting agrees to the confidentiality statement, once a case."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.domain import confidentiality
from portal.domain.membership import Standing
from portal.domain.roles import Actor, Role
from portal.jobs import demo_people
from portal.models.telling import ConfidentialityAgreement
from portal.services import panel, people
from tests import cases
from tests.cases import actor_of, agency_id, make_case, person_id, token

DOOR = unscoped("a test looks at what is stored")
OBSERVER = "police-two@wharrow-police.example"
NOT_YET = "You have not agreed to the confidentiality statement yet."


@pytest.fixture
def reference(app, people, clock):
    found = make_case(app, stage="invited")
    clock.at = cases.at(12, 9, 30)
    return found


def _rows(scalars):
    return scalars(sa.select(ConfidentialityAgreement).execution_options(**DOOR))


def test_somebody_agrees_once_and_what_they_agreed_to_is_kept_word_for_word(
    app, as_, clock, scalars, monkeypatch, reference
):
    police = as_(cases.POLICE)
    assert NOT_YET in police.get(f"/cases/{reference}/meeting").main
    path = f"/cases/{reference}/meeting/confidentiality"
    page = police.get(path)
    # As content/meeting.md, section 5, begins and ends.
    assert "What I learn here I use only for this review" in page.main
    assert "by a court, an ombudsman or the people themselves." in page.main

    sent = [police.press(page, "I agree") for _ in range(2)]
    clock.at = cases.at(13)
    police = as_(cases.POLICE)

    assert {each.location for each in sent} == {path}
    (row,) = _rows(scalars)
    assert (row.wording_version, row.wording) == (1, confidentiality.STATEMENT)
    assert row.agreed_at == cases.at(12, 9, 30)
    monkeypatch.setattr("portal.services.confidentiality.STATEMENT", "Other words.")
    again = police.get(path)
    assert "You agreed on Tuesday 12 January 2027" in again.main
    assert "What I learn here" in again.main
    assert "Other words." not in again.main
    assert NOT_YET not in police.get(f"/cases/{reference}/meeting").main
    assert NOT_YET in as_(cases.COUNCIL).get(f"/cases/{reference}/meeting").main


def test_nobody_is_locked_out_who_has_not_agreed(as_, reference):
    for part in ("", "/shared", "/meeting"):
        assert as_(cases.COUNCIL).get(f"/cases/{reference}{part}").status == 200


def test_chair_and_coordinator_see_who_has_agreed_and_who_has_not(app, as_, reference):
    path = f"/cases/{reference}/meeting/confidentiality"
    police = as_(cases.POLICE)
    police.press(police.get(path), "I agree")

    for email in (cases.CHAIR, cases.COORDINATOR):
        agreed, not_yet = as_(email).get(path).main.split("Not yet")
        assert "Sgt Daniel Okafor" in agreed
        assert "Marie Castell (Hexley Council)" in not_yet
        assert "Sgt Daniel Okafor" not in not_yet
    assert "Sgt Daniel Okafor" not in as_(cases.COUNCIL).get(path).main
    assert "Who has agreed" not in police.get(path).main


def test_the_chairs_screen_names_who_has_not_agreed(app, as_, clock, people):
    reference = make_case(app, stage="reviewing")
    clock.at = cases.at(19, 10, 10)
    police = as_(cases.POLICE)
    police.press(police.get(f"/cases/{reference}/meeting/confidentiality"), "I agree")

    page = as_(cases.CHAIR).get(f"/cases/{reference}/meeting/run").main

    line = page.partition("Confidentiality not agreed yet:")[2].partition("Statement")[0]
    assert "Marie Castell" in line
    assert "Daniel Okafor" not in line


def test_an_observer_agrees_too_and_finds_nothing_of_the_case(app, as_, scalars, reference):
    with app.app_context():
        job = Actor.job("a test", cases.RECEIVED_AT)
        people.add_person(job, email=OBSERVER, name="PC Wynn", passphrase=demo_people.PASSPHRASE)
        people.give_role(
            job,
            email=OBSERVER,
            role=Role.AGENCY_REPRESENTATIVE,
            area_slug=demo_people.WHARROWDALE.slug,
            agency_name=demo_people.POLICE,
        )
        panel.name_agency_representative(
            actor_of(cases.POLICE_LEAD, cases.ARRANGED_AT),
            reference,
            token(),
            agency_id=agency_id(demo_people.POLICE),
            person_id=person_id(OBSERVER),
            standing=Standing.OBSERVER,
        )
    observer = as_(OBSERVER)
    path = f"/cases/{reference}/meeting/confidentiality"
    assert path in observer.get(f"/cases/{reference}/observe").links.values()
    page = observer.get(path)
    for hidden in ("Noor", "Hexley", "Okafor", "Who has agreed"):
        assert hidden not in page.main

    done = observer.follow(observer.press(page, "I agree"))

    assert "You agreed on" in done.main
    assert len(_rows(scalars)) == 1
    assert "PC Wynn" in as_(cases.CHAIR).get(path).main
    assert observer.get(f"/cases/{reference}/telling").status == 403
    assert observer.get(f"/cases/{reference}/meeting").status == 403


@pytest.mark.parametrize(
    "email", [cases.HEALTH, cases.OTHER_CHAIR, "support@victimcare.example"], ids=str
)
def test_for_others_the_page_is_not_there(as_, scalars, reference, email):
    client = as_(email)
    path = f"/cases/{reference}/meeting/confidentiality"
    absent = client.get("/cases/ACR-2222-2222/meeting/confidentiality")

    assert client.get(path).status == absent.status == 404
    csrf = client.get("/home").forms[0].fields["csrf_token"][0]
    assert client.send(path, {"csrf_token": csrf}).status == 404
    assert _rows(scalars) == []
