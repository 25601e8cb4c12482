"""The pages of the risk, for each role: what they show, and above all what they do not."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import transaction
from portal.domain.risk.bands import Band
from portal.models.risk import RiskAnswer, RiskScoring, RiskStanding
from tests import cases
from tests.cases import make_case
from tests.risks import LINE, LOW, NOOR, answers, score

DOOR = unscoped("a test looks at what is stored")
# The words of question 15 at 5 points, and of question 8 at 6.
SECRET = "Current information that somebody will be harmed"
SELF_HARM = "Thoughts of self-harm or suicide"


@pytest.fixture
def reference(app):
    return make_case(app, stage="assessing")


@pytest.fixture
def office(as_):
    return as_(cases.COORDINATOR)


@pytest.fixture
def stored(scalars):
    def read(model):
        return scalars(sa.select(model).execution_options(**DOOR))

    return read


def typed(listed, **more):
    """The form with these answers, “?” for one that is not known."""
    fields = {
        f"q{number}": "unknown" if value == "?" else value
        for number, value in enumerate(listed.split(","), start=1)
    }
    return {"occasion": "any_time", "line": LINE} | fields | more


def test_a_scoring_is_kept_with_its_answers_and_shows_total_floor_and_band(
    office, reference, stored
):
    page = office.get(f"/cases/{reference}/risk")
    assert "The risk has not been scored yet" in page.main

    sent = office.post(f"/cases/{reference}/risk/score", **typed(NOOR, words="I do not sleep."))

    assert (sent.status, sent.location) == (303, f"/cases/{reference}/risk")
    page = office.follow(sent)
    assert "Risk: High" in page.main
    assert "High, 31 points" in page.main
    assert "At least High: question 6 (who they are) has 4 points or more" in page.main
    assert "I do not sleep." in page.main
    assert "Returns come in half the time, rounded up" in page.main
    [scoring] = stored(RiskScoring)
    assert (scoring.total, scoring.floor, scoring.band) == (31, Band.HIGH, Band.HIGH)
    assert len(stored(RiskAnswer)) == 15


def test_every_question_asks_for_an_answer_and_what_was_typed_is_kept(office, reference, stored):
    page = office.post(
        f"/cases/{reference}/risk/score", occasion="assessment", q1="3", words="Every night."
    )

    assert page.status == 422
    assert ("Select an answer to question 2", "#q2") in page.errors
    assert ("Write why, in one line for the agencies", "#line") in page.errors
    assert "#q1" not in {link for _, link in page.errors}
    assert page.forms[-1].fields["q1"] == ["3"]
    assert "Every night." in page.main
    assert stored(RiskScoring) == []


def test_a_change_of_two_points_asks_for_one_line_why_and_both_scorings_stay(
    office, reference, stored
):
    path = f"/cases/{reference}/risk/score"
    office.post(path, **typed(LOW))

    # Question 8 goes from 0 to 4, question 1 from 1 to 2.
    page = office.post(path, q8="4", q1="2", occasion="any_time")
    assert page.errors == [
        ("Write in one line why “Health and daily life” changed by so much", "#why_q8")
    ]
    sent = office.submit(page, why_q8="She is treated for it now.")

    assert sent.status == 303
    assert [row.number for row in stored(RiskScoring)] == [1, 2]
    text = office.follow(sent).main
    assert "Changed: She is treated for it now." in text
    assert text.count("7 points") == 1  # LOW
    assert "12 points" in text  # 7 + 4 + 1


def test_five_answers_that_are_not_known_raise_the_band_and_are_found_out_in_two_working_days(
    office, reference, stored, clock
):
    clock.at = cases.at(14)  # a Thursday: the second working day after it is Monday 18 January
    office.post(f"/cases/{reference}/risk/score", **typed("?,?,?,?,?,0,0,0,0,0,0,0,0,0,0"))

    assert "Not enough known" in office.get(f"/cases/{reference}/risk").main
    [standing] = stored(RiskStanding)
    assert (standing.band, standing.find_out_by) == (Band.MEDIUM, dt.date(2027, 1, 18))
    home = office.get("/home").main
    assert "Find out what is not known of the risk" in home
    assert "Ask how it is for them" not in home


def test_what_cannot_wait_comes_first_after_saving(office, reference):
    sent = office.post(
        f"/cases/{reference}/risk/score",
        **typed("1,1,1,1,0,0,1,6,1,2,0,1,1,1,5"),
        signs=["unsafe_reply"],
    )

    text = office.follow(sent).main
    first = text.index("Do today, whatever the band")
    assert first < text.index("Risk: Very high")
    for words in ("mental health option of NHS 111", "police lead decides", "Stop all post"):
        assert first < text.index(words)


def test_the_home_page_asks_for_a_first_scoring_while_reports_are_checked(app, office, reference):
    assert "Ask how it is for them" in office.get("/home").main

    with app.app_context():
        score(reference, LOW)

    assert "Ask how it is for them" not in office.get("/home").main


@pytest.mark.parametrize("email", [cases.POLICE, cases.POLICE_LEAD, cases.COUNCIL])
def test_an_agency_reads_the_band_the_line_and_what_is_theirs_and_nothing_else(app, as_, email):
    reference = make_case(app)
    with app.app_context():
        told = {"words": "Said in tears", "agency_words": "Carries a knife"}
        score(reference, "3,1,1,1,0,0,1,6,1,2,0,1,1,1,5", **told)
    client = as_(email)

    page = client.get(f"/cases/{reference}/risk")

    assert "Risk: Very high" in page.main
    assert LINE in page.main
    assert "a manager who can commit money" in page.main
    read = page.main.replace(reference, "")  # whose letters and figures are made by chance
    for hidden in (SECRET, SELF_HARM, *told.values(), "24", "Do today", "Contact with the"):
        assert hidden not in read, hidden
    for path in ("risk/score", "risk/band", "risk/band/answer"):
        assert client.get(f"/cases/{reference}/{path}").status == 403


def test_a_high_band_stands_on_every_page_of_the_case_in_lists_and_at_home(app, as_):
    reference = make_case(app, stage="ready")
    with app.app_context():
        score(reference, NOOR)

    for email in (cases.COORDINATOR, cases.CHAIR, cases.POLICE):
        client = as_(email)
        for path in ("", "/chronology", "/people", "/meeting", "/documents"):
            assert "High risk" in client.get(f"/cases/{reference}{path}").main, (email, path)
        assert "High risk" in client.get("/cases").main
        assert "High risk" in client.get("/search?q=haddad").main
    office = as_(cases.COORDINATOR)
    assert "High risk" in office.get(f"/cases/{reference}/plan").main
    assert "High risk" in office.get("/home").main


def test_a_standard_band_is_not_shown_everywhere(app, office, reference):
    with app.app_context():
        score(reference, LOW)

    assert " risk" not in office.get("/cases").main
    assert "Standard" in office.get(f"/cases/{reference}").main


def test_the_page_of_the_threshold_decision_has_the_risk_beside_it(app, office, reference):
    path = f"/cases/{reference}/threshold"
    assert "Not scored yet" in office.get(path).main

    with app.app_context():
        score(reference, NOOR)

    text = office.get(path).main
    assert "High risk" in text
    assert "At least High" in text


def test_the_chairs_page_says_that_the_risk_was_not_scored_at_this_meeting(app, as_, clock):
    clock.at = cases.at(19, 10, 40)
    reference = make_case(app, stage="reviewing")
    with app.app_context():
        score(reference, NOOR)
    chair = as_(cases.CHAIR)
    path = f"/cases/{reference}/meeting/run"
    missing = "Risk not scored at this meeting yet"
    assert missing in chair.get(path).main

    sent = chair.post(f"/cases/{reference}/risk/score", occasion="meeting")

    assert sent.status == 303
    assert missing not in chair.get(path).main


def test_two_who_score_at_once_are_told_and_nothing_is_lost(app, as_, stored):
    reference = make_case(app)
    with app.app_context():
        score(reference, LOW)
    office, chair = as_(cases.COORDINATOR), as_(cases.CHAIR)
    path = f"/cases/{reference}/risk/score"
    late = office.get(path)
    assert chair.post(path, words="She called again.", occasion="any_time").status == 303

    page = office.submit(late, words="She did not sleep.", occasion="any_time")

    assert page.status == 409
    assert "She called again." in page.main
    assert "She did not sleep." in page.main
    assert len(stored(RiskScoring)) == 2
    assert office.submit(page).status == 303
    assert len(stored(RiskScoring)) == 3


def test_before_closing_the_page_says_what_is_missing(app, as_):
    reference = make_case(app, stage="monitoring")
    with app.app_context():
        score(reference, NOOR)
    office = as_(cases.COORDINATOR)

    text = office.get(f"/cases/{reference}/risk").main
    assert "Score the risk with the applicant at closure" in text
    assert "Two scores in a row under High" in text
    assert "Before the case is closed" not in as_(cases.POLICE).get(f"/cases/{reference}/risk").main


@pytest.mark.parametrize("listed", ["/cases", "/home", "/search?q=haddad"])
def test_a_list_takes_as_many_statements_for_many_bands_as_for_one(
    app, office, reference, count_queries, listed
):
    with app.app_context():
        score(reference, NOOR)
    office.get(listed)
    with count_queries() as few:
        office.get(listed)
    with app.app_context():
        with transaction():
            copies = cases.copy_case(reference, 5)
        for copy in copies:
            score(copy, NOOR)
    with count_queries() as many:
        page = office.get(listed)

    assert page.main.count("High risk") >= 6
    assert many.count == few.count


def test_the_history_takes_as_many_statements_for_many_scorings_as_for_one(
    app, office, reference, count_queries
):
    with app.app_context():
        score(reference, NOOR)
    path = f"/cases/{reference}/risk"
    office.get(path)
    with count_queries() as few:
        office.get(path)
    with app.app_context():
        for version in (1, 2, 3):
            score(reference, NOOR, version=version)
    with count_queries() as many:
        page = office.get(path)

    assert page.main.count("31 points") == 4
    assert many.count == few.count


def test_the_answers_of_the_samples_are_those_of_the_matrix():
    assert sum(filter(None, answers(NOOR).values())) == 31
    assert sum(answers(LOW).values()) == 7
