"""The page of the threshold decision: advice with its working, and what it lets be recorded.

The request of ``make_case`` came on 17 December 2026 to an area under the Durham rules.
"""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.domain.answers import Answer
from portal.domain.threshold.advice import Advised
from portal.domain.threshold.facts import ReportState, Response
from portal.jobs import demo_people
from portal.models.case import DecisionBody, ThresholdDecision
from portal.models.scheme import SchemeVersion
from portal.services import incidents, reports
from portal.services.report_states import TypedState, set_report_state
from tests import cases
from tests.cases import ACKNOWLEDGED_AT, actor_of, agency_id, make_case, token

THREE = ("2026-10-05", "2026-11-09", "2026-12-01")


@pytest.fixture
def reference(app):
    return make_case(app, stage="assessing")


@pytest.fixture
def office(as_):
    return as_(cases.COORDINATOR)


@pytest.fixture
def told(app, reference):
    """Add incidents of these days, each reported to the police the day after."""

    def add(*days: str, state=ReportState.CLAIMED, hate: Answer | None = Answer.NO) -> None:
        with app.app_context():
            for each in days:
                _add(reference, dt.date.fromisoformat(each), state, hate)

    return add


def _add(reference, happened_on, state, hate):
    report = incidents.TypedReport(
        reported_on=happened_on + dt.timedelta(days=1),
        agency_id=agency_id(demo_people.POLICE),
        reported_to="Wharrow Valley Police",
        how="101",
        their_reference=f"WV-{happened_on:%m%d}",
        what_was_done="",
    )
    typed = incidents.TypedIncident(
        happened_on=happened_on, title="Shouting", account="They shouted.", report=report, hate=hate
    )
    actor = actor_of(cases.COORDINATOR, ACKNOWLEDGED_AT)
    incidents.add_incident(actor, reference, token(), typed)
    if state is not ReportState.CLAIMED:
        shown = reports.open_reports(actor, reference).incidents
        last = max((each for row in shown for each in row.reports), key=lambda each: each.id)
        said = TypedState(state=state, said_by="Insp Lena Marsh", said_on=actor.at.date())
        set_report_state(actor, reference, last.id, token(), said, last.version)


@pytest.fixture
def decided(scalars):
    def read() -> list[ThresholdDecision]:
        return scalars(sa.select(ThresholdDecision).execution_options(**unscoped("a test looks")))

    return read


def typed(page, *, is_met: str, **more: str) -> dict[str, str]:
    body = page.by_id("agreed_by").get("value")
    return {
        "decided_on-day": "5",
        "decided_on-month": "1",
        "decided_on-year": "2027",
        "is_met": is_met,
        "agreed_by": body,
        f"said_by_{body}": "Marie Castell",
        f"agreed_on_{body}-day": "4",
        f"agreed_on_{body}-month": "1",
        f"agreed_on_{body}-year": "2027",
        "reasons": "We looked at every report.",
    } | more


def test_three_qualifying_reports_are_met_by_law_and_not_met_is_not_offered(
    office, reference, told
):
    told(*THREE)

    page = office.get(f"/cases/{reference}/threshold")

    assert "Advice: the threshold is met, by law" in page.main
    assert "3 reports qualify; the law needs 3." in page.main
    assert "The reports: 3 of 3 count" in page.main
    assert "“Not met” cannot be recorded" in page.main
    assert "Met: there will be a review" in page.main
    offered = [
        each.get("value") for each in page.tree.iter("input") if each.get("name") == "is_met"
    ]
    assert offered == ["yes"]


def test_not_met_cannot_be_posted_against_the_law_either(office, reference, told, decided):
    path = f"/cases/{reference}/threshold"
    of_before = office.get(path)
    told(*THREE)

    page = office.submit(of_before, **typed(of_before, is_met="no", departure="We think not"))

    assert page.errors == [
        ("“Not met” cannot be recorded: by law 3 reports are enough", "#is_met"),
    ]
    assert "We looked at every report." in page.main
    assert "We think not" in page.main
    assert decided() == []


def test_by_law_nobody_is_asked_why_they_decide_otherwise(office, reference, told):
    path = f"/cases/{reference}/threshold"
    assert "If you decide otherwise" in office.get(path).main
    told(*THREE)

    assert "If you decide otherwise" not in office.get(path).main


def test_the_reports_bear_the_numbers_by_which_a_duplicate_names_another(office, reference, told):
    told(*THREE[::-1])

    page = office.get(f"/cases/{reference}/threshold")

    rows = [page.main.index(f"{number}. Shouting") for number in (1, 2, 3)]
    days = [page.main.index(f"WV-{month}") for month in ("1005", "1109", "1201")]
    assert sorted([*rows, *days]) == [at for pair in zip(rows, days, strict=True) for at in pair]


def test_a_report_that_was_not_traced_does_not_count_and_says_so(office, reference, told):
    told(*THREE[:2])
    told(THREE[2], state=ReportState.NOT_TRACED)

    page = office.get(f"/cases/{reference}/threshold")

    assert "Advice: this is for the bodies to judge" in page.main
    assert "2 of 3 qualifying reports" in page.main
    assert "Not traced by the agency" in page.main
    assert "The reports: 2 of 3 count" in page.main


def test_one_report_of_hate_meets_the_local_rule_once_the_response_is_known(
    office, reference, told, decided
):
    told("2026-10-05", hate=Answer.YES)
    path = f"/cases/{reference}/threshold"

    page = office.get(path)
    assert "Advice: this is for the bodies to judge" in page.main
    assert "Not known: what was done about the reports" in page.main
    sent = office.post(path, **typed(page, is_met="yes", response="none"))

    assert sent.status == 303
    [decision] = decided()
    assert (decision.advice, decision.response) == (Advised.MET, Response.NONE)
    assert (decision.is_met, decision.departure) == (True, "")


def test_departing_from_the_advice_needs_a_reason_that_is_kept(office, reference, told, decided):
    told("2026-10-05", hate=Answer.YES)
    path = f"/cases/{reference}/threshold"
    answers = typed(office.get(path), is_met="no", response="none")

    page = office.post(path, **answers)
    assert page.errors == [
        ("Write why you decide otherwise: the advice is that it is met", "#departure")
    ]
    assert "Advice: the threshold is met" in page.main
    assert decided() == []

    sent = office.post(path, **answers | {"departure": "It was found to be a mistake"})
    assert sent.status == 303
    [decision] = decided()
    assert (decision.is_met, decision.departure) == (False, "It was found to be a mistake")
    reports = office.get(f"/cases/{reference}/reports")
    assert "The advice was that the threshold is met" in reports.main
    assert "It was found to be a mistake" in reports.main


def test_nothing_is_departed_from_where_it_is_a_matter_of_judgement(
    office, reference, told, decided
):
    told(THREE[0])
    path = f"/cases/{reference}/threshold"

    sent = office.post(path, **typed(office.get(path), is_met="no", departure="not asked for"))

    assert sent.status == 303
    [decision] = decided()
    assert (decision.advice, decision.departure) == (Advised.DISCRETION, "")


def test_a_request_without_reports_shows_where_to_add_them(office, reference):
    page = office.get(f"/cases/{reference}/threshold")

    assert "No incident has been added yet" in page.main
    assert "0 of 3 qualifying reports" in page.main


def test_an_incident_that_nobody_was_told_does_not_count(app, office, reference):
    with app.app_context():
        alone = incidents.TypedIncident(
            happened_on=dt.date(2026, 12, 1), title="Shouting", account="They shouted."
        )
        actor = actor_of(cases.COORDINATOR, ACKNOWLEDGED_AT)
        incidents.add_incident(actor, reference, token(), alone)

    page = office.get(f"/cases/{reference}/threshold")

    assert "Told to nobody" in page.main
    assert "The reports: 0 of 1 count" in page.main


def test_the_page_asks_only_what_a_route_asks_and_works_it_out_without_saving(
    office, reference, told, decided
):
    told("2026-10-05", hate=Answer.YES)
    page = office.get(f"/cases/{reference}/threshold")

    names = page.form_with({"is_met", "response"}).names
    assert not names & {"is_ongoing", "is_vulnerable", "households_affected", "is_dissatisfied"}
    again = office.press(page, "Work out again", response="none", reasons="So far")

    assert again.status == 200
    assert "Advice: the threshold is met" in again.main
    assert "So far" in again.main
    assert again.by_id("response").get("checked") is not None
    assert decided() == []


def test_what_other_rules_ask_for_is_asked_and_kept_with_the_decision(
    app, office, reference, told, decided
):
    with app.app_context(), transaction():
        for version in db.session.scalars(sa.select(SchemeVersion)):
            route = {"id": "going_on", "min_reports": 1, "ongoing": True, "vulnerability": True}
            version.rules = version.rules | {
                "threshold": {"any_of": [route | {"decision": "must"}]}
            }
    told(THREE[0])
    path = f"/cases/{reference}/threshold"
    page = office.get(path)
    assert "Not known: whether it still goes on; whether the victim is at high risk" in page.main

    sent = office.post(
        path, **typed(page, is_met="yes", is_ongoing="yes", is_vulnerable="not_known")
    )

    assert sent.status == 303
    [decision] = decided()
    assert (decision.answers, decision.response) == ({"is_ongoing": True}, None)
    assert "Is it still going on? Yes" in office.get(f"/cases/{reference}/reports").main


def test_each_body_that_agreed_is_kept_with_who_said_so_and_when(office, reference, scalars):
    path = f"/cases/{reference}/threshold"
    answers = typed(office.get(path), is_met="no")
    body = answers["agreed_by"]
    no_name = answers | {f"said_by_{body}": ""}
    late = answers | {f"agreed_on_{body}-day": "6"}

    [(sentence, href)] = office.post(path, **no_name).errors
    assert sentence.startswith("Enter who said so for ")
    assert href == f"#said_by_{body}"
    assert office.post(path, **late).errors == [
        (
            "The day they agreed must be the same as or before the day of the decision",
            f"#agreed_on_{body}-day",
        )
    ]
    office.post(path, **answers)

    door = unscoped("a test looks")
    [stored] = scalars(sa.select(DecisionBody).execution_options(**door))
    assert (stored.said_by, stored.agreed_on) == ("Marie Castell", dt.date(2027, 1, 4))
    main = office.get(f"/cases/{reference}/reports").main
    assert ": Marie Castell, Monday 4 January 2027" in main


def test_what_is_needed_waits_on_the_page_and_at_home_until_it_has_come(
    office, as_, reference, clock
):
    path = f"/cases/{reference}/threshold"
    form = office.get(f"{path}/more")
    icb = next(
        o.get("value") for o in form.by_id("agency").iter("option") if o.text == "Wharrow ICB"
    )
    day = {"due_on-day": "15", "due_on-month": "1", "due_on-year": "2027"}
    past = office.post(f"{path}/more", what="Calls", agency=icb, **day | {"due_on-day": "13"})
    assert past.errors == [("The day you need it by must be today or in the future", "#due_on-day")]

    kept = form.form_with({"what"}).fields | {"what": "Calls since May", "agency": icb} | day
    assert {office.send(f"{path}/more", data=kept).status for _ in range(3)} == {303}

    page = office.get(path)
    assert page.main.count("Wharrow ICB: Calls since May") == 1
    home = office.get("/home")
    assert "Get what you need before you decide" in home.main
    assert "Tomorrow, Friday 15 January 2027" in home.main
    assert "Wharrow ICB: Calls since May" in home.main
    clock.advance(days=3)
    office = as_(cases.COORDINATOR)
    assert "It was needed by Friday 15 January 2027 and is late" in office.get(path).main
    assert office.press(office.get(path), "It has come").status == 303
    assert "Came on Sunday 17 January 2027" in office.get(path).main
    assert "Get what you need" not in office.get("/home").main


@pytest.mark.parametrize("email", [cases.POLICE, cases.CHAIR, cases.POLICE_LEAD])
def test_nobody_but_the_coordinator_gets_the_advice(as_, reference, told, email):
    told(*THREE)

    page = as_(email).get(f"/cases/{reference}/threshold")

    assert page.status in {403, 404}
    assert "qualify" not in page.main


def test_the_number_of_statements_does_not_grow_with_the_reports(
    office, reference, told, count_queries
):
    path = f"/cases/{reference}/threshold"
    told(THREE[0])
    office.get(path)
    with count_queries() as few:
        office.get(path)
    told(*THREE[1:], "2026-12-03", "2026-12-05", "2026-12-07")
    with count_queries() as many:
        office.get(path)

    assert len(many.statements) == len(few.statements)
