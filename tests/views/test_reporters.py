"""Who made a report: asked in its form, shown to the panel, counted by the advice."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.jobs import demo_people
from portal.models.case import Party, Report, Reporter
from tests import cases
from tests.cases import make_case

DOOR = unscoped("a test looks")
VICTIM = {"role": "victim", "kind": "individual"}


@pytest.fixture
def reference(app, people):
    return make_case(app, stage="assessing")


@pytest.fixture
def stored(scalars):
    return lambda model: scalars(sa.select(model).order_by(model.id).execution_options(**DOOR))


def _option(page, field, label):
    options = page.by_id(field).iter("option")
    return next(o.get("value") for o in options if (o.text or "").strip() == label)


def _incident(page, day, **more):
    parts = {"day": str(day), "month": "12", "year": "2026"}
    return {
        **{f"happened_on-{part}": value for part, value in parts.items()},
        **{f"reported_on-{part}": value for part, value in parts.items()},
        "title": "Shouting",
        "account": "They shouted.",
        "hate": "no",
        "was_reported": "yes",
        "agency": _option(page, "agency", demo_people.POLICE),
    } | more


def test_five_people_of_four_households_are_told_from_what_the_forms_say(as_, reference, stored):
    office = as_(cases.COORDINATOR)
    case = f"/cases/{reference}"
    for name in ("Owen Castle", "Petra Lund", "Idris Vane"):
        office.post(f"{case}/people/add-party", **VICTIM, name=name)
    form = office.get(f"{case}/people/add-party")
    owen = _option(form, "household_of_id", "Owen Castle")
    office.submit(form, **VICTIM, name="Sal Whitby", household_of_id=owen)
    path = f"{case}/reports/add-incident"
    makers = (cases.APPLICANT, "Owen Castle", "Petra Lund", "Idris Vane", "Sal Whitby")
    for day, name in enumerate(makers, start=1):
        page = office.get(path)
        office.submit(page, **_incident(page, day, reporter=_option(page, "reporter", name)))

    people = office.get(f"{case}/people")
    assert "Sal Whitby (Same household as Owen Castle)" in people.main
    shown = office.get(f"{case}/reports").main
    assert "Reported by: Sal Whitby" in shown
    advice = office.get(f"{case}/threshold").main
    assert "Different people or groups who reported: 5 of 5" in advice
    assert "Reported by: Petra Lund" in advice
    assert [each.household_of_id for each in stored(Party) if each.household_of_id] == [int(owen)]


def test_of_several_victims_a_report_of_nobody_knows_whom_leaves_the_people_open(
    as_, reference, stored
):
    office = as_(cases.COORDINATOR)
    office.post(f"/cases/{reference}/people/add-party", **VICTIM, name="Owen Castle")
    path = f"/cases/{reference}/reports/add-incident"
    for day, said in ((1, "not_known"), (2, "somebody_else"), (3, "somebody_else"), (4, "")):
        page = office.get(path)
        office.submit(page, **_incident(page, day, reporter=said))

    assert [each.reporter for each in stored(Report)] == [
        Reporter.NOT_KNOWN,
        Reporter.SOMEBODY_ELSE,
        Reporter.SOMEBODY_ELSE,
        None,
    ]
    advice = office.get(f"/cases/{reference}/threshold").main
    # Somebody else is one for sure; with the three others there may be four.
    assert "Different people or groups who reported: 1 of 5" in advice
    assert "4 of 3 qualifying reports" in advice


def test_only_people_of_the_case_can_have_made_a_report_or_share_a_household(
    app, as_, reference, stored
):
    other = make_case(app, stage="received")
    office = as_(cases.COORDINATOR)
    elsewhere = str(max(each.id for each in stored(Party)))
    page = office.get(f"/cases/{reference}/reports/add-incident")

    report = office.submit(page, **_incident(page, 1, reporter=elsewhere))
    party = office.post(
        f"/cases/{reference}/people/add-party",
        **VICTIM,
        name="Owen Castle",
        household_of_id=elsewhere,
    )

    assert other != reference
    assert report.errors == [("Select one of the answers on this page", "#reporter")]
    assert party.errors == [("Select one of the answers on this page", "#household_of_id")]
    assert stored(Report) == []


def test_nobody_without_the_addresses_reads_who_lives_with_whom(app, as_):
    reference = make_case(app, stage="invited")
    office = as_(cases.COORDINATOR)
    form = office.get(f"/cases/{reference}/people/add-party")
    noor = _option(form, "household_of_id", cases.APPLICANT)
    office.submit(form, **VICTIM, name="Sami Haddad", household_of_id=noor)

    assert "Same household as Noor Haddad" in office.get(f"/cases/{reference}/people").main
    police = as_(cases.POLICE).get(f"/cases/{reference}/people").main
    assert "Sami Haddad" in police
    assert "household" not in police
