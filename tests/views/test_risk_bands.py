"""A person decides on the band of the risk: at once, or once a second person agrees."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.models.risk import BandDecision
from tests import cases
from tests.cases import make_case
from tests.risks import LOW, NOOR, ask_lower, score

DOOR = unscoped("a test looks at what is stored")


@pytest.fixture
def decisions(scalars):
    def read():
        return scalars(sa.select(BandDecision).execution_options(**DOOR))

    return read


@pytest.fixture
def reference(app):
    return make_case(app, stage="assessing")


@pytest.fixture
def office(as_):
    return as_(cases.COORDINATOR)


def test_a_higher_band_is_in_force_at_once_and_both_stay_side_by_side(app, office, reference):
    with app.app_context():
        score(reference, LOW)

    sent = office.post(
        f"/cases/{reference}/risk/band",
        band="high",
        reason="new_fact",
        words="He has moved in next door.",
        line="He lives nearer now.",
    )

    text = office.follow(sent).main
    assert "Risk: High" in text
    assert "Standard, 7 points" in text
    assert "A person decided: High instead of Standard" in text
    assert "He lives nearer now." in text


def lower(client, reference, **changes):
    given = {
        "band": "medium",
        "reason": "safety_step",
        "words": "The door is mended.",
        "fact": "Tollgate Homes wrote so.",
        "fact_on-day": "18",
        "fact_on-month": "12",
        "fact_on-year": "2026",
        "line": "The door is safe again.",
    }
    return client.post(f"/cases/{reference}/risk/band", **(given | changes))


def test_a_lower_band_needs_its_fact_and_goes_down_by_one(app, office, reference, decisions):
    with app.app_context():
        score(reference, NOOR)

    no_day = dict.fromkeys(("fact_on-day", "fact_on-month", "fact_on-year"), "")
    page = lower(office, reference, fact="", **no_day)
    assert [link for _, link in page.errors] == ["#fact", "#fact_on-day"]
    page = lower(office, reference, band="standard")
    assert page.errors == [("A band can be lowered by one at most. Score again for more", "#band")]
    assert decisions() == []


def test_a_lower_band_waits_for_the_chair_and_the_higher_one_rules_until_then(app, as_):
    reference = make_case(app)
    with app.app_context():
        score(reference, NOOR)
    office, chair, police = as_(cases.COORDINATOR), as_(cases.CHAIR), as_(cases.POLICE_LEAD)
    asked = "Say whether you agree to a lower band of risk"

    lower(office, reference)

    assert "Risk: High" in office.get(f"/cases/{reference}/risk").main
    assert asked in chair.get("/home").main
    assert asked not in office.get("/home").main
    assert asked not in police.get("/home").main
    path = f"/cases/{reference}/risk/band/answer"
    assert office.get(path).status == 404
    assert police.get(path).status == 403
    page = chair.get(path)
    assert "Medium instead of High" in page.main
    assert "Tollgate Homes wrote so." in page.main
    page = chair.submit(page, agrees="no", words="")
    assert page.errors == [("Write why the higher band stays", "#words")]
    assert chair.submit(page, agrees="yes").status == 303

    assert "Risk: Medium" in police.get(f"/cases/{reference}/risk").main
    assert "The door is safe again." in police.get(f"/cases/{reference}/risk").main
    assert asked not in chair.get("/home").main
    assert "Agreed by a second person" in office.get(f"/cases/{reference}/risk").main


def test_a_chair_asks_the_coordinator_who_may_say_no(app, as_):
    reference = make_case(app)
    with app.app_context():
        score(reference, NOOR)
    office, chair = as_(cases.COORDINATOR), as_(cases.CHAIR)

    lower(chair, reference)
    sent = office.post(
        f"/cases/{reference}/risk/band/answer", agrees="no", words="The hate goes on."
    )

    text = office.follow(sent).main
    assert "Risk: High" in text
    assert "A second person did not agree" in text
    assert "The hate goes on." in text
    assert chair.get(f"/cases/{reference}/risk/band/answer").status == 404


def test_a_lead_of_the_panel_answers_where_there_is_no_chair_yet(app, as_):
    reference = make_case(app, stage="invited", chair_declares=False)
    with app.app_context():
        score(reference, NOOR, words="Said in tears")
    office, lead, police = as_(cases.COORDINATOR), as_(cases.POLICE_LEAD), as_(cases.POLICE)
    lower(office, reference)

    assert "Say whether you agree to a lower band" in lead.get("/home").main
    path = f"/cases/{reference}/risk/band/answer"
    assert police.get(path).status == 403
    page = lead.get(path)
    assert "Tollgate Homes wrote so." in page.main
    assert "Said in tears" not in page.main
    assert lead.submit(page, agrees="yes").status == 303

    assert "Risk: Medium" in lead.get(f"/cases/{reference}/risk").main
    assert lead.get(path).status == 404


def test_restricted_information_waits_for_the_chair_and_no_lead_reads_it(app, as_):
    """Question 15 is for chair and coordinator, so what rests on it is too (our risk matrix, 2)."""
    reference = make_case(app, stage="invited", chair_declares=False)
    with app.app_context():
        score(reference, NOOR)
    restricted = "A source says that he has moved away."
    lower(as_(cases.COORDINATOR), reference, reason="agency_information", fact=restricted)

    for email in (cases.POLICE_LEAD, cases.COUNCIL):
        lead = as_(email)
        path = f"/cases/{reference}/risk"
        assert lead.get(f"{path}/band/answer").status in {403, 404}
        for page in (lead.get(path), lead.get("/home"), lead.get(f"/cases/{reference}")):
            assert restricted not in page.text
            assert "you agree" not in page.main
    chair = as_(cases.CHAIR)
    chair.post(f"/cases/{reference}/declare", has_conflict="no")

    assert restricted in chair.get(f"/cases/{reference}/risk/band/answer").main


def test_a_new_scoring_ends_what_a_person_decided_and_what_waits(app, as_, decisions):
    reference = make_case(app)
    with app.app_context():
        score(reference, NOOR)
        ask_lower(reference)
        score(reference, NOOR, version=2)
    chair = as_(cases.CHAIR)

    assert chair.get(f"/cases/{reference}/risk/band/answer").status == 404
    assert "That ended with the new scoring" in chair.get(f"/cases/{reference}/risk").main
    [decision] = decisions()
    assert decision.state == "ended"


def test_two_who_decide_at_once_are_told(app, as_):
    reference = make_case(app)
    with app.app_context():
        score(reference, LOW)
    office, chair = as_(cases.COORDINATOR), as_(cases.CHAIR)
    path = f"/cases/{reference}/risk/band"
    late = office.get(path)
    given = {"reason": "new_fact", "words": "He came back.", "line": "He is back."}
    assert chair.post(path, band="high", **given).status == 303

    page = office.submit(late, band="medium", **given)

    assert page.status == 409
    assert "Risk: High" in office.get(f"/cases/{reference}/risk").main
