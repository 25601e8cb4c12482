"""The guide to powers, powers considered, recommendations, and what the panel reads of them."""

import pytest

from portal.domain.powers import GUIDE
from portal.domain.powers_considered import PowerResult
from portal.jobs import demo_people
from portal.services import actions, meeting, powers_considered
from tests import cases
from tests.cases import actor_of, agency_id, make_case, token

ADMINISTRATOR = "admin@wharrow-lpb.example"
RECOMMENDATION = {
    "body": "Wharrow Rail",
    "what": "Light the path behind Quarry Rise",
    "why": "Four of the reports are of that path",
}


@pytest.fixture
def reference(app, people, clock):
    """A case whose meeting is under way; it is 10:10am on its day."""
    found = make_case(app, stage="reviewing")
    clock.at = cases.at(19, 10, 10)
    return found


@pytest.fixture
def council(app, reference):
    with app.app_context():
        return str(agency_id(demo_people.HEXLEY_COUNCIL))


def not_right(council, **changes):
    whole = {
        "power": "mediation",
        "agency": council,
        "result": "not_right",
        "why_not": "would_harm_applicant",
        "why": "Threats were reported",
    }
    return whole | changes


def test_every_member_of_staff_reads_the_guide_and_finds_in_it(as_, people):
    client = as_("support@victimcare.example")

    page = client.get("/powers")
    assert f"{len(GUIDE)} powers" in page.main
    assert "Respect order (Crime and Policing Act 2026) (off in your area)" in page.main
    assert "Off in your area, so it cannot be chosen." in page.main
    assert "Not confirmed final wording, section numbers, commencement, pilot areas" in page.main
    assert "/admin/powers" not in page.html

    found = client.get("/powers?q=mediation&who=charity&group=early_intervention").main
    assert "A trained person who takes no side" in found
    assert "Closure order" not in found
    assert "Nothing found" in client.get("/powers?q=zebra").main
    assert client.get("/powers?who=mayor").status == 422


def test_an_administrator_switches_a_power_on_with_a_day_and_it_can_be_chosen(
    as_, reference, clock
):
    administrator, chair = as_(ADMINISTRATOR), as_(cases.CHAIR)
    form, path = f"/cases/{reference}/meeting/powers/add", "/admin/powers/respect_order"
    assert 'value="respect_order"' not in chair.get(form).html

    empty = administrator.post(path, state="on")
    assert empty.errors == [
        ("Enter the day from which it is in force", "#from_on-day"),
        ("Write how you know", "#reason"),
    ]
    tampered = administrator.post(path, state="off", reason="No", version="x")
    assert tampered.status == 409
    stale = administrator.get(path)
    day = {"from_on-day": "19", "from_on-month": "1", "from_on-year": "2027"}
    sent = administrator.post(path, state="on", reason="S.I. 2027/9", **day)
    page = administrator.follow(sent)
    assert page.saved == "Respect order (Crime and Policing Act 2026) is on"
    assert "On from Tuesday 19 January 2027. S.I. 2027/9" in page.main

    assert 'value="respect_order"' in chair.get(form).html
    conflict = administrator.submit(stale, state="off", reason="Not yet")
    assert conflict.status == 409
    assert "S.I. 2027/9" in conflict.main
    assert "Not yet" in conflict.main
    for wrong in ("mediation", "nonsense"):
        assert administrator.get(f"/admin/powers/{wrong}").status == 404


def test_a_power_is_recorded_by_the_chair_and_read_by_the_panel(as_, reference, council):
    chair, office = as_(cases.CHAIR), as_(cases.COORDINATOR)
    path = f"/cases/{reference}/meeting/powers/add"

    empty = chair.post(path, **not_right(council, why="", why_not=""))
    assert empty.errors == [
        ("Select why it is not right", "#why_not"),
        ("Write why it is not right", "#why"),
    ]
    sent = chair.post(path, **not_right(council))
    # The chair's page is projected, and the case's own page must not be.
    assert sent.location == f"/cases/{reference}/meeting/run"
    assert "Threats were reported" in chair.follow(sent).main
    again = office.post(path, **not_right(council, why="Once more"))
    assert again.errors == [
        ("This power is on the list for this agency already: change it there", "#power")
    ]

    read = as_(cases.POLICE).get(f"/cases/{reference}/meeting/agreed")
    line = "Mediation, Hexley Council: not right. It would harm the applicant. Threats"
    assert line in read.main
    assert "Record a power" not in read.main
    assert "Change" not in read.main


def test_two_who_change_what_was_said_get_both_texts(as_, reference, council):
    chair, office = as_(cases.CHAIR), as_(cases.COORDINATOR)
    chair.post(f"/cases/{reference}/meeting/powers/add", **not_right(council))
    path = f"/cases/{reference}/meeting/powers/1"
    opened = [client.get(path) for client in (chair, office)]

    chair.submit(opened[0], why="What the chair wrote")
    page = office.submit(opened[1], result="later", if_what="They agree", later_by="3 weeks")

    assert page.status == 409
    assert page.h1 == "Margaret Lyle changed power 1 while you were writing"
    assert "What the chair wrote" in page.main
    assert office.submit(page).status == 303
    read = office.get(f"/cases/{reference}/meeting/agreed").main
    # Three weeks from Tuesday 19 January 2027.
    assert "later. If: They agree. By Tuesday 9 February 2027" in read


def test_a_recommendation_has_a_day_for_its_reply_and_goes_into_the_plan(app, as_, reference):
    chair = as_(cases.CHAIR)
    path = f"/cases/{reference}/meeting/recommendations/add"
    page = chair.get(path)
    # 20 working days from 19 January 2027.
    assert page.form_with({"body"}).fields["reply_text"] == ["16 2 2027"]
    wrong = chair.submit(page, **RECOMMENDATION, reply_text="yesterday")
    assert wrong.errors == [("Type the day like 5 2 2027, “friday” or “3 weeks”", "#reply_text")]
    assert wrong.form_with({"body"}).fields["reply_text"] == ["yesterday"]

    sent = chair.submit(page, **RECOMMENDATION, words_for_applicant="We asked for light.")

    assert chair.follow(sent).saved == "Recommendation 1 added"
    read = as_(cases.POLICE).get(f"/cases/{reference}/meeting/agreed").main
    assert "R1 to Wharrow Rail, reply by Tuesday 16 February 2027" in read
    assert "We asked for light." not in read
    opened = [chair.get(f"/cases/{reference}/meeting/recommendations/1") for _ in range(2)]
    assert chair.submit(opened[0], why="Six of them are").status == 303
    stale = chair.submit(opened[1], why="Five of them are")
    assert (stale.status, "Six of them are" in stale.main) == (409, True)
    with app.app_context():
        cases.record_who_was_there(reference)
        meeting.close_meeting(actor_of(cases.CHAIR, cases.CLOSED_AT), reference, token())
    plan = as_(cases.COORDINATOR).get(f"/cases/{reference}/plan").main
    assert "We asked for light." in plan
    assert "Six of them are" in plan


def test_a_decision_is_corrected_and_two_who_do_lose_nothing(as_, reference):
    chair = as_(cases.CHAIR)
    run = chair.get(f"/cases/{reference}/meeting/run")
    chair.press(run, "Add the decision", decision="The response was not enuogh")
    path = f"/cases/{reference}/meeting/decisions/1"
    opened = [chair.get(path) for _ in range(2)]

    sent = chair.submit(opened[0], decision="The response was not enough")
    assert "The response was not enough" in chair.follow(sent).main
    stale = chair.submit(opened[1], decision="The response was too slow")
    assert (stale.status, "too slow" in stale.main) == (409, True)
    assert chair.post(path, decision="").errors == [("Write what was decided", "#decision")]
    for number in ("9", "1000000", "9" * 40):
        assert chair.get(f"/cases/{reference}/meeting/decisions/{number}").status == 404


def test_an_agency_changes_its_own_action_and_no_other(app, as_, reference):
    with app.app_context():
        chair = actor_of(cases.CHAIR, cases.OPENED_AT)
        for email in (cases.POLICE, cases.COUNCIL):
            actions.add_action(chair, reference, token(), cases.typed_action(email))
    police = as_(cases.POLICE)
    agreed = police.get(f"/cases/{reference}/meeting/agreed")
    assert agreed.links["Change action 1"] == f"/cases/{reference}/actions/1"
    assert "Change action 2" not in agreed.links

    page = police.get(f"/cases/{reference}/actions/1")
    assert "joining" not in page.form_with({"what"}).names
    sent = police.submit(page, due_text="friday", what="We monitor the stairwell")
    assert sent.location == f"/cases/{reference}/meeting/live"
    assert police.follow(sent).saved == "Action 1 saved, by Friday 22 January 2027"
    assert "Hint: “monitor” can mean anything." in police.get(f"/cases/{reference}/actions/1").main

    refused = police.get(f"/cases/{reference}/actions/2")
    assert refused.status == 403
    assert "Another agency owns this action." in refused.main


def test_an_action_names_who_joins_in_and_the_power_it_uses(app, as_, reference, council):
    chair = as_(cases.CHAIR)
    with app.app_context():
        owner = cases.typed_action(cases.HOUSING).owner
    run = chair.get(f"/cases/{reference}/meeting/run")

    chair.press(
        run, "Add action 1", what="Warn", owner=owner, due="1", joining=[council], power="warning"
    )

    page = chair.get(f"/cases/{reference}/meeting/run").main
    assert "Tom Beddoes, Tollgate Homes, with Hexley Council, by Tuesday 26 January 2027" in page
    assert "Power: Warning: spoken or written" in page


def test_what_was_agreed_takes_as_many_queries_for_many_rows_as_for_few(
    app, as_, reference, count_queries
):
    police = as_(cases.POLICE)
    path = f"/cases/{reference}/meeting/agreed"

    def fill(powers):
        with app.app_context():
            chair = actor_of(cases.CHAIR, cases.OPENED_AT)
            joining = (agency_id(demo_people.HEXLEY_COUNCIL),)
            for power in powers:
                typed = powers_considered.TypedConsidered(
                    power=power, agency_id=joining[0], result=PowerResult.USED, words="Done"
                )
                powers_considered.consider_power(chair, reference, token(), typed)
                action = cases.typed_action(cases.POLICE, joining=joining, power=power)
                actions.add_action(chair, reference, token(), action)

    counts = []
    for powers in (["warning", "mediation"], ["patrols", "cctv", "marac", "dogs"]):
        fill(powers)
        police.get(path)
        with count_queries() as queries:
            assert police.get(path).status == 200
        counts.append(len(queries.statements))

    assert counts[0] == counts[1]
