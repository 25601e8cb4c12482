"""Whether a report was found: said by the agency that took it, or recorded for it by the office."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.domain.threshold.facts import ReportState
from portal.jobs import demo_people
from portal.models.case import Report
from portal.models.log import LogEntry
from portal.models.threshold import ReportStateChange
from portal.services import incidents, panel
from tests import cases
from tests.cases import ACKNOWLEDGED_AT, actor_of, agency_id, make_case, person_id, token

DOOR = unscoped("a test looks")
SAID = {
    "state": "confirmed",
    "said_by": "PC Aled Wynn",
    "said_on-day": "21",
    "said_on-month": "12",
    "said_on-year": "2026",
}


@pytest.fixture
def reference(app, people):
    """A case being checked: a report to the police and one to the council, both on the panel."""
    reference = make_case(app, stage="assessing")
    with app.app_context():
        office = actor_of(cases.COORDINATOR, ACKNOWLEDGED_AT)
        for name, email in (
            (demo_people.POLICE, cases.POLICE),
            (demo_people.HEXLEY_COUNCIL, cases.COUNCIL),
        ):
            number = agency_id(name)
            panel.seat_agency(office, reference, token(), agency_id=number, is_required=True)
            panel.name_agency_representative(
                office, reference, token(), agency_id=number, person_id=person_id(email)
            )
            _report(office, reference, number)
    return reference


def _report(office, reference, agency, day=1):
    report = incidents.TypedReport(
        reported_on=dt.date(2026, 12, day),
        agency_id=agency,
        reported_to="",
        how="",
        their_reference="",
        what_was_done="",
    )
    typed = incidents.TypedIncident(
        happened_on=dt.date(2026, 12, day), title="Shouting", account="x", report=report
    )
    incidents.add_incident(office, reference, token(), typed)


@pytest.fixture
def stored(scalars):
    return lambda model: scalars(sa.select(model).order_by(model.id).execution_options(**DOOR))


def _page(reference, report):
    return f"/cases/{reference}/reports/report/{report.id}/found"


def test_an_agency_says_with_one_button_that_it_has_its_own_report(as_, reference, stored):
    police = as_(cases.POLICE)
    assert "Say which reports you have" in police.get("/home").main
    page = police.get(f"/cases/{reference}/reports")

    # One report of two is theirs: one form, two buttons.
    assert page.main.count("We have it") == 1
    button = next(each for form in page.forms for each in form.buttons if "We have it" in each)
    sent = police.press(page, button)

    assert sent.status == 303
    assert "Say which reports you have" not in police.get("/home").main
    assert "Say which reports you have" in as_(cases.COUNCIL).get("/home").main
    own, other = stored(Report)
    assert (own.state, other.state) == (ReportState.CONFIRMED, ReportState.CLAIMED)
    line = "Confirmed by Wharrow Valley Police, Sgt Daniel Okafor, Thursday 14 January 2027"
    for reader in (police, as_(cases.COUNCIL), as_(cases.COORDINATOR)):
        assert line in reader.get(f"/cases/{reference}/reports").main
    advice = as_(cases.COORDINATOR).get(f"/cases/{reference}/threshold")
    assert line in advice.main
    assert "The reports: 2 of 2 count" in advice.main


def test_the_report_of_another_agency_is_refused_and_nothing_is_kept(as_, reference, stored):
    own, other = stored(Report)
    police = as_(cases.POLICE)
    token_of_page = police.get(_page(reference, own)).form_with({"version"}).fields

    seen = police.get(_page(reference, other))
    sent = police.send(
        _page(reference, other), data=token_of_page | {"state": "not_traced", "version": "1"}
    )

    for page in (seen, sent):
        assert page.status == 403
        assert "Only the agency that this report was made to can say whether it has it" in page.main
    assert stored(ReportStateChange) == []
    assert as_(cases.CHAIR).get(_page(reference, own)).status == 404


def test_the_office_records_for_the_agency_who_said_so_and_when(as_, reference, stored):
    own, _ = stored(Report)
    office = as_(cases.COORDINATOR)

    bare = office.post(_page(reference, own), state="not_traced")
    early = SAID | {"said_on-month": "11"}
    before = office.post(_page(reference, own), **early)
    sent = office.post(_page(reference, own), **SAID | {"state": "not_traced"})

    assert bare.errors == [
        ("Enter who said so", "#said_by"),
        ("Enter the day they said so", "#said_on-day"),
    ]
    assert [sentence for sentence, _ in before.errors] == [
        "The day they said so must be the same as or after the day it was reported"
    ]
    assert sent.status == 303
    line = (
        "Not traced by Wharrow Valley Police, PC Aled Wynn, Monday 21 December 2026 "
        "(recorded by Ruth Adeyemi)"
    )
    assert line in office.get(f"/cases/{reference}/reports").main
    advice = office.get(f"/cases/{reference}/threshold").main
    assert line in advice
    assert "The reports: 1 of 2 count" in advice
    assert "Not traced by the agency" in advice


def test_a_state_is_set_back_with_a_reason_and_its_history_stays(as_, reference, stored):
    own, _ = stored(Report)
    office, police = as_(cases.COORDINATOR), as_(cases.POLICE)
    office.post(_page(reference, own), **SAID)

    without = police.post(_page(reference, own), state="claimed")
    sent = police.post(_page(reference, own), state="claimed", reason="It is of another street")

    assert without.errors == [("Write why it is set back to “Claimed”", "#reason")]
    assert sent.status == 303
    assert [each.state.value for each in stored(ReportStateChange)] == ["confirmed", "claimed"]
    main = police.get(f"/cases/{reference}/reports").main
    assert "Set back to claimed by Wharrow Valley Police, Sgt Daniel Okafor" in main
    assert "It is of another street" in main
    assert "Confirmed by Wharrow Valley Police, PC Aled Wynn" in main


def test_two_who_answer_at_once_are_shown_both_and_ten_posts_are_one(as_, reference, stored):
    own, _ = stored(Report)
    office, police = as_(cases.COORDINATOR), as_(cases.POLICE)
    first, second = (each.get(_page(reference, own)) for each in (office, police))
    form = first.form_with({"version"})

    answers = [office.send(_page(reference, own), data=form.fields | SAID) for _ in range(10)]
    conflict = police.submit(second, state="not_traced", reason="Looked by name")

    assert {answer.status for answer in answers} == {303}
    assert len(stored(ReportStateChange)) == 1
    assert conflict.status == 409
    assert "Ruth Adeyemi changed the report while you were writing" in conflict.main
    for text in ("Confirmed", "Not traced", "Looked by name"):
        assert text in conflict.main
    assert police.submit(conflict, state="not_traced").status == 303
    assert [each.state.value for each in stored(ReportStateChange)] == ["confirmed", "not_traced"]


def test_a_report_that_was_made_to_somebody_else_is_open_again(as_, reference, stored):
    own, _ = stored(Report)
    office = as_(cases.COORDINATOR)
    office.post(_page(reference, own), **SAID)
    page = office.get(f"/cases/{reference}/reports/report/{own.id}")

    office.submit(page, spoke_to="PC Prosser")
    kept = stored(Report)[0].state
    office.post(f"/cases/{reference}/reports/report/{own.id}", agency="not_known")

    assert kept is ReportState.CONFIRMED
    assert stored(Report)[0].state is ReportState.CLAIMED
    main = office.get(f"/cases/{reference}/reports").main
    assert "Set back to claimed, Ruth Adeyemi" in main


def test_the_log_says_who_answered_for_which_report_and_who_was_refused(as_, reference, stored):
    own, other = stored(Report)
    police = as_(cases.POLICE)
    police.post(_page(reference, own), state="confirmed")
    police.get(_page(reference, other))

    found = {(each.act, each.thing, each.outcome) for each in stored(LogEntry)}
    assert ("set_report_state", f"report {own.id}, confirmed", "done") in found
    assert {each.outcome for each in stored(LogEntry)} == {"done", "refused"}
    log = as_(cases.COORDINATOR).get(f"/cases/{reference}/log").main
    assert f"Recorded whether a report was found: report {own.id}, confirmed" in log


def test_the_statements_of_the_page_do_not_grow_with_its_reports(
    app, as_, reference, count_queries
):
    police, path = as_(cases.POLICE), f"/cases/{reference}/reports"
    police.get(path)
    with count_queries() as few:
        police.get(path)
    with app.app_context():
        office = actor_of(cases.COORDINATOR, ACKNOWLEDGED_AT)
        for day in range(2, 7):
            _report(office, reference, agency_id(demo_people.POLICE), day)
    with count_queries() as many:
        page = police.get(path)

    assert page.main.count("We have it") == 6
    assert len(many.statements) == len(few.statements)
