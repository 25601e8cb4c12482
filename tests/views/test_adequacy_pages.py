"""The pages on which it is recorded whether what each agency did was enough."""

import pytest

from portal.domain.adequacy import PROMPTS, WHAT_IT_IS, Adequacy
from portal.jobs import demo_people
from portal.services import adequacy
from tests import cases
from tests.cases import actor_of, agency_id, make_case, token

FACT = "Reports of 3 and 9 May were not linked."


@pytest.fixture
def reference(app, people, clock):
    """A case whose meeting is under way; it is 10:10am on its day."""
    found = make_case(app, stage="reviewing")
    clock.at = cases.at(19, 10, 10)
    return found


@pytest.fixture
def agencies(app, reference):
    with app.app_context():
        return [agency_id(name) for name in (demo_people.HEXLEY_COUNCIL, demo_people.TOLLGATE)]


def test_the_chair_goes_down_the_agencies_and_the_panel_reads_what_was_found(
    as_, reference, agencies
):
    chair, meeting = as_(cases.CHAIR), f"/cases/{reference}/meeting"
    run = chair.get(f"{meeting}/run")
    page = chair.get(run.links["Record what was found"])
    assert WHAT_IT_IS in page.main
    assert all(prompt in page.main for prompt in PROMPTS)
    form = chair.get(page.links["Record what was found for Hexley Council"])

    empty = chair.submit(form, fact=" ")
    assert empty.errors == [
        ("Select yes, partly, no or can’t tell", "#finding"),
        ("Write the fact it rests on", "#fact"),
    ]
    sent = chair.submit(form, finding="partly", fact=FACT)

    after = chair.follow(sent)
    assert after.saved == "Saved for Hexley Council"
    assert "Change what was found for Hexley Council" in after.links
    for client, path in ((chair, "run"), (as_(cases.POLICE), "agreed")):
        assert f"Hexley Council: partly. {FACT}" in client.get(f"{meeting}/{path}").main
    read = as_(cases.HOUSING).get(f"{meeting}/agreed")
    assert "Record what was found" not in read.links
    assert as_(cases.HEALTH).get(f"{meeting}/agreed").status == 404


def test_two_who_write_of_the_same_agency_get_both_texts(as_, reference, agencies):
    chair, office = as_(cases.CHAIR), as_(cases.COORDINATOR)
    path = f"/cases/{reference}/meeting/adequacy/{agencies[0]}"
    opened = [client.get(path) for client in (chair, office)]

    chair.submit(opened[0], finding="no", fact="What the chair wrote")
    page = office.submit(opened[1], finding="yes", fact="What the office wrote")

    assert page.status == 409
    assert page.h1 == (
        "Margaret Lyle changed the finding for Hexley Council while you were writing"
    )
    assert "What the chair wrote" in page.main
    assert "What the office wrote" in page.main
    assert office.submit(page).status == 303
    assert chair.submit(chair.get(path), version="x").status == 409
    assert "yes. What the office wrote" in office.get(f"/cases/{reference}/meeting/agreed").main


def test_the_pages_take_as_many_queries_for_many_findings_as_for_few(
    app, as_, reference, agencies, count_queries
):
    chair = as_(cases.CHAIR)
    paths = [f"/cases/{reference}/meeting/{name}" for name in ("adequacy", "agreed")]
    counts = []
    for number in agencies:
        with app.app_context():
            actor = actor_of(cases.CHAIR, cases.OPENED_AT)
            adequacy.find_adequacy(actor, reference, number, token(), Adequacy.NO, FACT, 0)
        for path in paths:
            chair.get(path)
        with count_queries() as queries:
            assert {chair.get(path).status for path in paths} == {200}
        counts.append(len(queries.statements))

    assert counts[0] == counts[1]
