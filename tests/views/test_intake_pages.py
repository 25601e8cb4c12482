import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.models.case import Case, ThresholdDecision
from portal.models.clock import CaseClock
from tests import cases
from tests.cases import make_case

AWKWARD = 'A & B <x> "q" {{7*7}} {_{ ü 😀 مرحبا'

FILLED = {
    "received_on-day": "17",
    "received_on-month": "12",
    "received_on-year": "2026",
    "received_time": "8:15pm",
    "channel": "phone",
    "who_asks": "victim",
    "applicant_name": "Noor Haddad",
    "applicant_kind": "individual",
    "safe_contact": "Text first",
    "address": "Flat 6",
    "phone": "01632 960188",
    "email": "noor@post.example",
    "place": "Alder House",
    "summary": "Abuse on the stairs.",
}


@pytest.fixture
def office_client(as_):
    return as_(cases.COORDINATOR)


@pytest.fixture
def stored(scalars):
    def read(model):
        return scalars(sa.select(model).execution_options(**unscoped("a test looks")))

    return read


def _lga(client, name):
    page = client.get("/cases/new")
    options = page.by_id("lga").iter("option")
    return next(o.get("value") for o in options if (o.text or "").strip() == name)


def test_a_case_is_typed_in_and_its_clocks_start_with_the_receipt(office_client, stored):
    lga = _lga(office_client, "Hexley")

    sent = office_client.post("/cases/new", **FILLED, lga=lga)

    [case] = stored(Case)
    assert (sent.status, sent.location) == (303, f"/cases/{case.reference}/request")
    # 17 December 2026, 8:15pm in London; in winter that is UTC.
    assert case.received_at == dt.datetime(2026, 12, 17, 20, 15, tzinfo=dt.UTC)
    # Durham: 3 and 10 working days from Thursday 17 December; 25 and 28 December and 1 January
    # are bank holidays.
    due = {row.clock.value: row.due_on for row in stored(CaseClock)}
    assert due == {
        "acknowledge": dt.date(2026, 12, 22),
        "threshold_decision": dt.date(2027, 1, 5),
    }


def test_sending_a_form_twice_adds_one_case(office_client, stored):
    lga = _lga(office_client, "Hexley")
    page = office_client.get("/cases/new")

    first = office_client.submit(page, **FILLED, lga=lga)
    second = office_client.submit(page, **FILLED, lga=lga)

    assert len(stored(Case)) == 1
    assert first.location == second.location


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("applicant_name", "", "Enter the name of the victim"),
        ("received_time", "half past", "Enter a time, like 10am or 2:30pm"),
        ("received_on-year", "2028", "The day it was received must be today or in the past"),
        ("received_on-year", "2019", "No rules of this area were in force on that day"),
        ("channel", "pigeon", "Select one of the answers on this page"),
        ("lga", "99999999999999999999", "Select one of the answers on this page"),
        (
            "phone",
            "9" * 41,
            "The phone must be 40 characters or fewer. You have typed 41.",
        ),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_everything_typed_is_kept(
    office_client, stored, field, typed, sentence
):
    answers = {**FILLED, "lga": _lga(office_client, "Hexley"), field: typed}

    page = office_client.send("/cases/new", {**answers, **_hidden(office_client)})

    assert page.status == 422
    assert [error for error, _ in page.errors] == [sentence]
    assert "Abuse on the stairs." in page.html
    assert stored(Case) == []


def _hidden(client):
    form = client.get("/cases/new").form_with({"applicant_name"})
    return {"csrf_token": form.fields["csrf_token"], "form_token": form.fields["form_token"]}


def test_awkward_text_comes_back_exactly(office_client, stored):
    answers = FILLED | dict.fromkeys(
        ("applicant_name", "safe_contact", "address", "place", "summary"), AWKWARD
    )

    sent = office_client.post("/cases/new", **answers, lga=_lga(office_client, "Hexley"))

    page = office_client.get(sent.location.removesuffix("/request"))
    assert page.h1 == AWKWARD
    assert page.main.count(AWKWARD) >= 5
    [case] = stored(Case)
    assert (case.place, case.summary, case.safe_contact) == (AWKWARD, AWKWARD, AWKWARD)


def test_an_incident_that_was_reported_needs_the_day_and_to_whom(app, office_client):
    reference = make_case(app, stage="received")

    page = office_client.post(
        f"/cases/{reference}/reports/add-incident",
        **{"happened_on-day": "1", "happened_on-month": "12", "happened_on-year": "2026"},
        title="Shouting",
        account="He shouted.",
        was_reported="yes",
    )

    assert page.errors == [
        ("Enter the day it was reported, or say that it is not known", "#reported_on-day"),
        ("Select to whom it was reported, or “Not known”", "#agency"),
    ]


def test_a_report_cannot_come_before_what_it_reports(app, office_client):
    reference = make_case(app, stage="received")

    page = office_client.post(
        f"/cases/{reference}/reports/add-incident",
        **{"happened_on-day": "2", "happened_on-month": "12", "happened_on-year": "2026"},
        **{"reported_on-day": "1", "reported_on-month": "12", "reported_on-year": "2026"},
        title="Shouting",
        account="He shouted.",
        was_reported="yes",
        reported_to="Police",
    )

    assert [error for error, _ in page.errors] == [
        "The day it was reported must be the same as or after the day it happened"
    ]


def test_a_decision_without_reasons_cannot_be_saved(app, office_client, stored):
    reference = make_case(app, stage="assessing")

    page = office_client.post(
        f"/cases/{reference}/threshold",
        **{"decided_on-day": "5", "decided_on-month": "1", "decided_on-year": "2027"},
        is_met="yes",
        reasons="   ",
    )

    assert page.errors == [
        ("Write your reasons: the applicant reads them", "#reasons"),
        ("Select the bodies that agreed", "#agreed_by"),
    ]
    assert stored(ThresholdDecision) == []


def test_a_decision_starts_the_clock_of_the_meeting(app, office_client, stored):
    reference = make_case(app, stage="arranging")

    # Decided on Tuesday 5 January 2027; 10 working days end on Tuesday 19 January.
    due = {row.clock.value: row.due_on for row in stored(CaseClock)}
    assert due["meeting"] == dt.date(2027, 1, 19)
    page = office_client.get(f"/cases/{reference}")
    assert "Arranging the meeting" in page.main


def test_a_decision_can_be_made_once_only(app, office_client):
    reference = make_case(app, stage="arranging")

    page = office_client.get(f"/cases/{reference}/threshold")

    assert page.status == 403
    assert "This is not open at the stage “Arranging the meeting”." in page.main


def test_an_agency_cannot_type_in_a_case(as_):
    page = as_(cases.POLICE).get("/cases/new")

    assert page.status == 403
