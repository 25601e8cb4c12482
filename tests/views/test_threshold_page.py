"""The page of the threshold decision: advice with its working, and what it lets be recorded.

The request of ``make_case`` came on 17 December 2026 to an area under the Durham rules.
"""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.domain.answers import Answer
from portal.domain.threshold.advice import Advised
from portal.domain.threshold.facts import ReportState, Response
from portal.models.case import ThresholdDecision
from portal.services import incidents
from tests import cases
from tests.cases import ACKNOWLEDGED_AT, actor_of, make_case, token

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
        reported_to="Wharrow Valley Police",
        how="101",
        their_reference=f"WV-{happened_on:%m%d}",
        what_was_done="",
        state=state,
    )
    typed = incidents.TypedIncident(
        happened_on=happened_on, title="Shouting", account="They shouted.", report=report, hate=hate
    )
    actor = actor_of(cases.COORDINATOR, ACKNOWLEDGED_AT)
    incidents.add_incident(actor, reference, token(), typed)


@pytest.fixture
def decided(scalars):
    def read() -> list[ThresholdDecision]:
        return scalars(sa.select(ThresholdDecision).execution_options(**unscoped("a test looks")))

    return read


def typed(page, *, is_met: str, **more: str) -> dict[str, str]:
    return {
        "decided_on-day": "5",
        "decided_on-month": "1",
        "decided_on-year": "2027",
        "is_met": is_met,
        "agreed_by": page.by_id("agreed_by").get("value"),
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
    told(*THREE)
    path = f"/cases/{reference}/threshold"

    page = office.post(path, **typed(office.get(path), is_met="no", departure="We think not"))

    assert page.errors == [
        ("“Not met” cannot be recorded: by law 3 reports are enough", "#is_met"),
    ]
    assert "We looked at every report." in page.main
    assert decided() == []


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
