"""The pages on which people join, leave, observe, and say that they have a conflict."""

import pytest
import sqlalchemy as sa

from portal.db import db, transaction
from portal.domain.membership import ConflictKind, Standing
from portal.domain.roles import Actor, Role
from portal.jobs import demo_people
from portal.models.case import Case
from portal.models.panel import Conflict
from portal.services import panel, people
from tests import cases
from tests.canary_case import DOOR
from tests.cases import actor_of, agency_id, make_case, person_id, token

OBSERVER = "police-two@wharrow-police.example"
TABS = ("", "/reports", "/shared", "/people", "/meeting", "/documents", "/share", "/plan")


@pytest.fixture
def reference(app, people, clock):
    found = make_case(app, stage="invited")
    clock.at = cases.at(12)
    return found


@pytest.fixture
def observed(app, reference):
    """The case with somebody of the police who observes it."""
    with app.app_context():
        job = Actor.job("a test", cases.RECEIVED_AT)
        people.add_person(
            job, email=OBSERVER, name="PC Aled Wynn", passphrase=demo_people.PASSPHRASE
        )
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
    return reference


def test_an_observer_finds_the_reference_and_when_the_meeting_is_and_nothing_else(as_, observed):
    observer = as_(OBSERVER)

    page = observer.get(f"/cases/{observed}/observe")

    assert observed in page.main
    assert "19 January 2027" in page.main
    assert observer.get("/home").links[observed] == f"/cases/{observed}/observe"
    for path in (f"/cases/{observed}/observe", f"/cases/{observed}/declare", "/home", "/cases"):
        text = observer.get(path).main
        for hidden in (cases.APPLICANT, cases.RESPONDENT, "Quarry", "Town Hall", "meet.example"):
            assert hidden not in text, path


@pytest.mark.parametrize("tab", TABS)
def test_everything_else_is_refused_to_an_observer_with_a_sentence(as_, observed, tab):
    page = as_(OBSERVER).get(f"/cases/{observed}{tab}")

    assert page.status == 403
    if tab != "/plan":  # not theirs as agency representative either
        assert "You observe this case" in page.main
    assert cases.APPLICANT not in page.html


def test_nobody_is_told_that_an_observer_reads(as_, observed):
    council = as_(cases.COUNCIL)

    assert "PC Aled Wynn, observer" in council.get(f"/cases/{observed}/people").main
    for path in ("", "/share", "/shared"):
        assert "Aled Wynn" not in council.get(f"/cases/{observed}{path}").main
    assert "Aled Wynn" not in as_(cases.COORDINATOR).get(f"/cases/{observed}/meeting/invites").main


def test_who_is_taken_off_gets_page_not_found_on_the_very_next_click(as_, reference):
    police, lead = as_(cases.POLICE), as_(cases.POLICE_LEAD)
    assert police.get(f"/cases/{reference}").status == 200

    people_page = lead.get(f"/cases/{reference}/people")
    sent = lead.submit(lead.get(people_page.links["Take off Sgt Daniel Okafor"]))

    assert lead.follow(sent).saved == "Taken off. They cannot open the case any more"
    for tab in TABS:
        assert police.get(f"/cases/{reference}{tab}").status == 404, tab
    assert reference not in police.get("/cases").html
    assert lead.get(f"/cases/{reference}").status == 200


def test_a_lead_is_led_to_take_off_only_their_own_people(as_, reference):
    links = as_(cases.POLICE_LEAD).get(f"/cases/{reference}/people").links

    assert [text for text in links if text.startswith("Take off")] == ["Take off Sgt Daniel Okafor"]
    assert not [text for text in links if text.startswith("Leaves the panel")]


def test_an_agency_leaves_with_a_reason_that_only_those_who_lead_read(as_, reference):
    office, police = as_(cases.COORDINATOR), as_(cases.POLICE_LEAD)
    path = office.get(f"/cases/{reference}/people").links[f"Leaves the panel: {demo_people.POLICE}"]

    empty = office.post(path)
    assert empty.errors == [("Write why the agency leaves", "#reason")]
    sent = office.submit(empty, reason="It asked to go")

    page = office.follow(sent)
    assert page.saved == "The agency has left the panel"
    assert "It asked to go" in page.main
    assert police.get(f"/cases/{reference}").status == 404
    assert "It asked to go" not in as_(cases.COUNCIL).get(f"/cases/{reference}/people").main


def test_the_second_of_two_who_let_an_agency_leave_is_told(as_, reference):
    first, second = as_(cases.COORDINATOR), as_(cases.COORDINATOR)
    path = first.get(f"/cases/{reference}/people").links[f"Leaves the panel: {demo_people.POLICE}"]
    forms = [each.get(path) for each in (first, second)]

    assert first.submit(forms[0], reason="It asked to go").status == 303
    page = second.submit(forms[1], reason="It asked us to go")

    assert page.status == 409
    assert page.h1.startswith(f"You let {demo_people.POLICE} leave the panel in another window")
    marked = ["".join(each.itertext()) for each in page.tree.iter() if each.tag == "mark"]
    assert marked == [" us"]
    assert page.links["See how it is now"] == f"/cases/{reference}/people"
    assert "It asked us to go" not in second.get(f"/cases/{reference}/people").main


def test_the_second_of_two_who_take_somebody_off_is_told_who_was_first(as_, reference):
    lead, office = as_(cases.POLICE_LEAD), as_(cases.COORDINATOR)
    path = lead.get(f"/cases/{reference}/people").links["Take off Sgt Daniel Okafor"]
    mine = lead.get(path)
    office.submit(office.get(path))

    page = lead.submit(mine)

    assert page.status == 409
    assert page.h1 == "Ruth Adeyemi took Sgt Daniel Okafor off this case while this page was open"
    assert "It was done on Tuesday 12 January 2027, 9am" in page.main


def test_the_suggested_panel_is_ticked_and_says_why(app, as_, people, clock):
    found = make_case(app, stage="arranging")
    clock.at = cases.at(6)
    office = as_(cases.COORDINATOR)

    page = office.get(f"/cases/{found}/people/suggested")

    form = page.form_with({"agencies"})
    # Police, Hexley Council and the ICB by the Act; probation, as somebody is complained about.
    assert len(form.fields["agencies"]) == 4
    assert "Council of the local government area of the case. Required by the Act" in page.main
    assert "joins reads from the start what is for the panel" in page.main
    shown = office.follow(office.submit(page))
    assert shown.saved == "4 agencies are on the panel now"
    names = (demo_people.POLICE, demo_people.HEXLEY_COUNCIL, demo_people.ICB, "Wharrow Probation")
    for name in names:
        assert f"{name} names its agency representative" in shown.main
    assert demo_people.WHARROWDALE_COUNCIL not in shown.main


def test_an_agency_that_joined_later_than_the_others_is_marked(app, as_, reference):
    with app.app_context():
        later = actor_of(cases.COORDINATOR, cases.at(11, 23, 30))
        number = agency_id(demo_people.FIRE)
        panel.seat_agency(later, reference, token(), agency_id=number, is_required=False)

    page = as_(cases.COUNCIL).get(f"/cases/{reference}/people")

    assert page.main.count("Joined later, on") == 1
    assert f"{demo_people.FIRE} Joined later, on Monday 11 January 2027" in page.main


def test_nothing_ticked_seats_nobody(app, as_, people, clock):
    found = make_case(app, stage="arranging")
    office = as_(cases.COORDINATOR)

    page = office.post(f"/cases/{found}/people/suggested", agencies=None)

    assert page.errors == [("Select at least one agency", "#agencies")]


def test_a_member_declares_and_is_out_and_the_agency_names_another(as_, reference):
    police = as_(cases.POLICE)
    path = police.get(f"/cases/{reference}/people").links[
        "Declare a conflict of interest of your own"
    ]

    empty = police.post(path)
    assert [sentence for sentence, _ in empty.errors] == [
        "Select what the conflict is",
        "Write what the conflict is",
    ]
    sent = police.submit(empty, has_conflict="neighbour", reason="I live in Quarry Rise")

    assert police.follow(sent).saved == "You are no longer on this case"
    assert police.get(f"/cases/{reference}").status == 404
    to_do = f"{demo_people.POLICE} names its agency representative"
    assert to_do in as_(cases.COORDINATOR).get(f"/cases/{reference}/people").main
    lead = as_(cases.POLICE_LEAD).get(f"/cases/{reference}/people")
    assert to_do in lead.main
    assert "I live in Quarry Rise" not in lead.main
    assert to_do not in as_(cases.COUNCIL).get(f"/cases/{reference}/people").main


def test_an_observer_may_declare_as_well(as_, observed):
    observer = as_(OBSERVER)

    observer.post(f"/cases/{observed}/declare", has_conflict="party", reason="My aunt")

    assert observer.get(f"/cases/{observed}/observe").status == 404


def test_a_conflict_of_an_agency_shuts_out_all_its_people(app, as_, reference):
    with app.app_context(), transaction():
        number = db.session.scalars(
            sa.select(Case.id).where(Case.reference == reference).execution_options(**DOOR)
        ).one()
        db.session.add(
            Conflict(
                case_id=number,
                agency_id=agency_id(demo_people.POLICE),
                kind=ConflictKind.COMPLAINED_ABOUT,
                recorded_at=cases.ARRANGED_AT,
                reason="The case is about its officers",
            )
        )

    for email in (cases.POLICE, cases.POLICE_LEAD):
        assert as_(email).get(f"/cases/{reference}").status == 404
    assert "Daniel Okafor" not in as_(cases.COUNCIL).get(f"/cases/{reference}").main


def test_the_office_records_a_conflict_and_waives_a_former_employer(app, as_, people, clock):
    found = make_case(app, stage="arranging")
    clock.at = cases.at(6)
    office = as_(cases.COORDINATOR)
    with app.app_context():
        chair = f"person-{person_id(cases.CHAIR)}"

    sent = office.post(
        f"/cases/{found}/people/conflicts/add",
        whom=chair,
        kind="former_employer",
        reason="Worked for Tollgate Homes",
    )
    page = office.follow(sent)
    assert "Worked for Tollgate Homes" in page.main
    assert "Margaret Lyle" not in office.get(f"/cases/{found}/people/chair").main
    path = page.links["Waive the former employer of Margaret Lyle"]
    assert office.post(path).errors == [("Write why they can chair all the same", "#reason")]

    form = office.get(path)
    office.post(path, reason="She left in 2015")

    late = office.submit(form, reason="She left long ago")
    assert late.status == 409
    assert "Saved: You" in late.main
    assert "She left long ago" in late.main
    assert "She left in 2015" in office.get(f"/cases/{found}/people/conflicts").main
    assert "Margaret Lyle" in office.get(f"/cases/{found}/people/chair").main


def test_the_people_page_takes_as_many_queries_for_many_leavers_as_for_one(
    as_, reference, count_queries
):
    office = as_(cases.COORDINATOR)

    def take_off(email_name):
        links = office.get(f"/cases/{reference}/people").links
        office.submit(office.get(links[f"Take off {email_name}"]))

    take_off("Sgt Daniel Okafor")
    with count_queries() as one:
        office.get(f"/cases/{reference}/people")
    take_off("Marie Castell")
    take_off("Tom Beddoes")

    with count_queries() as many:
        page = office.get(f"/cases/{reference}/people")

    assert page.main.count("agency representative until") == 3
    assert many.count == one.count
