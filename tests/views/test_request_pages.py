"""The pages of the request: what is not known is said, and two people who change it are told."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.models.case import Case, Incident, Party, Report
from portal.models.request import RequestDetails
from tests import cases
from tests.cases import make_case

DOOR = unscoped("a test looks")
OFFICE = cases.COORDINATOR


@pytest.fixture
def stored(scalars):
    return lambda model: scalars(sa.select(model).order_by(model.id).execution_options(**DOOR))


@pytest.fixture
def details(scalars):
    return lambda: scalars(sa.select(RequestDetails).execution_options(**DOOR))


def _option(page, field, label):
    options = page.by_id(field).iter("option")
    return next(o.get("value") for o in options if (o.text or "").strip() == label)


def test_what_was_not_asked_yet_is_told_apart_from_what_is_not_known(app, as_):
    reference = make_case(app, stage="received")
    office = as_(OFFICE)

    before = office.get(f"/cases/{reference}/request")
    office.post(f"/cases/{reference}/request/needs", interpreter="not_known")
    after = office.get(f"/cases/{reference}/request")

    # Six parts, none of them asked; then one of the two needs.
    assert before.main.count("Not asked yet") == 6 + 9
    assert "Asked in part, 1 of 2" in after.main
    assert "Interpreter Not known" in after.main


def test_the_panel_reads_the_request_and_is_offered_nothing_to_change(app, as_):
    reference = make_case(app, stage="invited")
    as_(OFFICE).post(f"/cases/{reference}/request/words", impact="I do not sleep.", wishes="Peace.")

    page = as_(cases.COUNCIL).get(f"/cases/{reference}/request")

    assert "I do not sleep." in page.main
    assert "Still to ask" not in page.main
    assert "Change" not in page.main
    assert "Consent" not in page.main


def test_each_part_of_the_request_is_saved_and_shown(app, as_, details):
    reference = make_case(app, stage="received")
    office = as_(OFFICE)
    path = f"/cases/{reference}/request"
    home = office.get(f"{path}/home")

    office.submit(home, landlord=_option(home, "landlord", "Tollgate Homes"), tenure="private")
    office.post(f"{path}/hate", hate="yes", strands=["race", "age"])
    office.post(f"{path}/others", others_affected="yes", households="5", others_words="The stairs.")
    office.post(f"{path}/meeting", taking_part="somebody_else", somebody_else="Her sister")
    office.post(f"{path}/needs", interpreter="yes", language="Arabic", has_access_needs="no")

    main = office.get(path).main
    for text in (
        "Landlord Tollgate Homes",
        "Rents from a private landlord",
        "Yes. Race, Age",
        "Yes. 5 households or people. The stairs.",
        "Somebody else comes in their place: Her sister",
        "Interpreter Yes. Arabic",
        "Access needs No",
    ):
        assert text in main
    [row] = details()
    assert row.version == 5


def test_what_another_answer_makes_meaningless_is_not_kept(app, as_, details):
    reference = make_case(app, stage="received")
    office = as_(OFFICE)

    office.post(f"/cases/{reference}/request/hate", hate="no", strands=["race"])
    office.post(f"/cases/{reference}/request/others", others_affected="no", households="3")

    [row] = details()
    assert (row.strands, row.households) == ([], None)


@pytest.mark.parametrize(
    ("part", "typed", "error"),
    [
        ("home", {"landlord": "other"}, ("Enter the name of the landlord", "#landlord_name")),
        (
            "others",
            {"others_affected": "yes", "households": "many"},
            (
                "The number of households or people must be a whole number, like 12",
                "#households",
            ),
        ),
        (
            "needs",
            {"interpreter": "yes"},
            ("Enter the language, or that it is not known", "#language"),
        ),
        (
            "meeting",
            {"taking_part": "somebody_else"},
            ("Enter who comes in their place", "#somebody_else"),
        ),
    ],
)
def test_a_missing_word_gets_its_sentence(app, as_, details, part, typed, error):
    reference = make_case(app, stage="received")

    page = as_(OFFICE).post(f"/cases/{reference}/request/{part}", **typed)

    assert (page.status, page.errors) == (422, [error])
    assert details() == []


def test_the_second_of_two_who_ask_the_same_sees_both_texts(app, as_, details):
    reference = make_case(app, stage="received")
    office = as_(OFFICE)
    path = f"/cases/{reference}/request/words"
    first, second = office.get(path), office.get(path)

    office.submit(first, impact="Cannot sleep", wishes="")
    conflict = office.submit(second, impact="Cannot work", wishes="")

    assert conflict.status == 409
    assert "Cannot sleep" in conflict.main
    assert "Cannot work" in conflict.main
    assert [row.impact for row in details()] == ["Cannot sleep"]
    office.press(conflict, "Save this as the request")
    assert [row.impact for row in details()] == ["Cannot work"]


def test_safe_contact_is_changed_above_every_page_and_what_stood_there_is_kept(app, as_, stored):
    reference = make_case(app, stage="invited")
    office = as_(OFFICE)
    path = f"/cases/{reference}/request/safe-contact"
    first, second = office.get(path), office.get(path)

    office.submit(first, safe_contact="Call her sister only")
    conflict = office.submit(second, safe_contact="Email only")

    assert conflict.status == 409
    assert [case.safe_contact for case in stored(Case)] == ["Call her sister only"]
    police = as_(cases.POLICE)
    for page in ("", "/request", "/reports", "/people", "/meeting"):
        assert "Safe contact: Call her sister only" in police.get(f"/cases/{reference}{page}").main
    # The police read what is safe now; what it was is for who leads the case.
    assert (
        "Text first, no letters to the home" not in police.get(f"/cases/{reference}/request").main
    )
    assert "Text first, no letters to the home" in office.get(f"/cases/{reference}/request").main


def test_a_respondent_may_have_no_name_and_may_be_a_child(app, as_):
    reference = make_case(app, stage="received")
    office = as_(OFFICE)

    office.post(
        f"/cases/{reference}/people/add-party", role="respondent", kind="individual", is_child="yes"
    )

    assert (
        "Person complained about: Name not known (A child)"
        in office.get(f"/cases/{reference}/people").main
    )


def test_anybody_else_has_a_name(app, as_, stored):
    reference = make_case(app, stage="received")

    page = as_(OFFICE).post(
        f"/cases/{reference}/people/add-party", role="witness", kind="individual"
    )

    assert page.errors == [("Enter the name", "#name")]
    assert len(stored(Party)) == 2


def test_a_party_is_changed_and_who_comes_second_is_told(app, as_, stored):
    reference = make_case(app, stage="monitoring")
    office = as_(OFFICE)
    number = next(party.id for party in stored(Party) if party.role.value == "respondent")
    path = f"/cases/{reference}/people/{number}"
    first, second = office.get(path), office.get(path)

    saved = office.submit(first, name="Dean Garrow junior", phone="01632 960111")
    conflict = office.submit(second, name="Dean G")

    assert saved.status == 303
    assert conflict.status == 409
    assert "Dean Garrow junior" in office.get(f"/cases/{reference}/people").main
    assert "01632 960111" in office.get(f"/cases/{reference}/people").main
    assert "01632 960111" not in as_(cases.POLICE).get(f"/cases/{reference}/people").main


def _report(page, **more):
    return {
        "day_not_known": "yes",
        "title": "Banging",
        "account": "He shouted.",
        "was_reported": "yes",
        "report_day_not_known": "yes",
        "agency": _option(page, "agency", "Not known"),
    } | more


def test_days_and_agency_that_are_not_known_are_taken_and_shown_last(app, as_, stored):
    reference = make_case(app, stage="received")
    office = as_(OFFICE)
    path = f"/cases/{reference}/reports/add-incident"
    page = office.get(path)
    office.submit(page, **_report(page))
    known = {"happened_on-day": "1", "happened_on-month": "12", "happened_on-year": "2026"}
    office.post(path, **known, title="Bottle", account="It broke.", was_reported="no")

    reports = office.get(f"/cases/{reference}/reports").main
    overview = office.get(f"/cases/{reference}").main

    assert reports.index("Bottle") < reports.index("Day not known: Banging")
    assert overview.index("Bottle") < overview.index("Banging")
    assert "Reported to somebody whose name is not known" in overview
    assert [row.reported_on for row in stored(Report)] == [None]


def test_a_day_is_not_both_known_and_not_known(app, as_, stored):
    reference = make_case(app, stage="received")
    office = as_(OFFICE)
    page = office.get(f"/cases/{reference}/reports/add-incident")

    day = {"happened_on-day": "1", "happened_on-month": "12", "happened_on-year": "2026"}
    sent = office.submit(page, **_report(page, **day))

    assert sent.errors == [
        ("Enter the day it happened or say that it is not known, not both", "#happened_on-day")
    ]
    assert stored(Incident) == []


def test_a_report_is_changed_and_the_second_of_two_is_told(app, as_, stored):
    reference = make_case(app, stage="received")
    office = as_(OFFICE)
    page = office.get(f"/cases/{reference}/reports/add-incident")
    office.submit(page, **_report(page))
    [report] = stored(Report)
    path = f"/cases/{reference}/reports/report/{report.id}"
    first, second = office.get(path), office.get(path)

    police = _option(first, "agency", "Wharrow Valley Police")
    day = {"reported_on-day": "3", "reported_on-month": "11", "reported_on-year": "2026"}
    office.submit(first, **day, report_day_not_known=None, agency=police, channel="phone")
    conflict = office.submit(second, channel="letter")

    assert conflict.status == 409
    main = office.get(f"/cases/{reference}/reports").main
    assert "Tuesday 3 November 2026Wharrow Valley PolicePhone" in main


def test_an_incident_cannot_be_moved_behind_its_report(app, as_, stored):
    reference = make_case(app, stage="received")
    office = as_(OFFICE)
    page = office.get(f"/cases/{reference}/reports/add-incident")
    day = {"reported_on-day": "3", "reported_on-month": "11", "reported_on-year": "2026"}
    office.submit(page, **_report(page, **day, report_day_not_known=None))
    [incident] = stored(Incident)

    happened = {"happened_on-day": "4", "happened_on-month": "11", "happened_on-year": "2026"}
    sent = office.post(f"/cases/{reference}/reports/{incident.id}", **happened, day_not_known=None)

    assert sent.errors == [
        (
            "The day it happened must be the same as or before the day it was reported",
            "#happened_on-day",
        )
    ]


def test_a_part_of_another_case_is_not_found(app, as_, stored):
    own, other = (make_case(app, stage="received") for _ in range(2))
    theirs = max(party.id for party in stored(Party))

    page = as_(OFFICE).get(f"/cases/{own}/people/{theirs}")

    assert (page.status, page.h1) == (404, "Page not found")
    assert as_(OFFICE).get(f"/cases/{other}/people/{theirs}").status == 200


def test_the_pages_ask_as_often_for_many_rows_as_for_few(app, as_, count_queries):
    reference = make_case(app, stage="received")
    office = as_(OFFICE)
    paths = [f"/cases/{reference}/{name}" for name in ("request", "reports", "people")]

    def counted():
        found = []
        for path in paths:
            with count_queries() as queries:
                office.get(path)
            found.append(queries.count)
        return found

    counted()
    few = counted()
    for _ in range(3):
        page = office.get(f"/cases/{reference}/reports/add-incident")
        office.submit(page, **_report(page))
        office.post(
            f"/cases/{reference}/people/add-party", role="victim", kind="individual", name="Bea"
        )

    assert counted() == few
