import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.domain.stages import Stage
from portal.models.case import Case
from tests import cases
from tests.cases import make_case
from tests.pages import text_of


def _rows(page):
    """What the rows of the table say."""
    return [text_of(row) for body in page.tree.iter("tbody") for row in body.iter("tr")]


def test_home_groups_what_is_due_by_how_near_it_is(app, as_, clock):
    make_case(app, stage="arranging")
    clock.at = cases.at(20)

    page = as_(cases.COORDINATOR).get("/home")

    # The meeting was due on Tuesday 19 January 2027; the next day is one working day late.
    assert "Late" in page.main
    assert "1 day late" in page.main
    assert "Book the meeting: Noor Haddad" in page.main


def test_an_action_waits_while_actions_are_under_way_and_not_in_a_case_that_is_over(
    app, as_, clock
):
    reference = make_case(app, stage="monitoring")
    clock.at = cases.at(1, month=3)
    police = as_(cases.POLICE)
    before = police.get("/home").main

    with app.app_context(), transaction():
        found = sa.select(Case).where(Case.reference == reference)
        case = db.session.scalars(found.execution_options(**unscoped("a test ends it"))).one()
        case.stage = Stage.COMPLETED

    assert "Carry out action 1" in before
    assert "Carry out action" not in police.get("/home").main


def test_a_chair_is_asked_on_the_first_page_to_declare(app, as_, clock):
    reference = make_case(app, stage="invited", chair_declares=False)
    clock.at = cases.at(7)
    chair = as_(cases.CHAIR)

    home, listed = chair.get("/home"), chair.get("/cases")

    assert "Declare: Noor Haddad" in home.main
    assert reference in listed.main
    row = _rows(listed)[0]
    for hidden in ("Hexley", "Arranging", "19 Jan", "17 Dec"):
        assert hidden not in row
        assert hidden not in home.main


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("admin@wharrow-lpb.example", "This role opens no cases"),
        ("admin@wharrow-lpb.example", "What you can open"),
        ("support@victimcare.example", "You stand by nobody now"),
        ("council@wharrowdale.example", "Nothing is waiting for you"),
    ],
)
def test_who_has_nothing_to_do_reads_a_sentence(app, as_, role, sentence):
    make_case(app, stage="arranging")

    assert sentence in as_(role).get("/home").main


def test_the_list_takes_as_many_queries_for_many_cases_as_for_one(app, as_, count_queries):
    make_case(app, stage="arranging")
    office = as_(cases.COORDINATOR)
    with count_queries() as one:
        office.get("/cases")
    for _ in range(4):
        make_case(app, stage="arranging")

    with count_queries() as many:
        page = office.get("/cases")

    assert page.main.count("Noor Haddad") == 5
    assert many.count == one.count


def test_the_case_page_takes_as_many_queries_for_many_items_as_for_few(
    app, as_, clock, count_queries
):
    reference = make_case(app, stage="invited")
    clock.at = cases.at(7)
    council = as_(cases.COUNCIL)
    with count_queries() as few:
        council.get(f"/cases/{reference}")
    with app.app_context():
        for _ in range(5):
            cases._share(reference)

    with count_queries() as many:
        page = council.get(f"/cases/{reference}")

    assert page.main.count("Call of 9 November") == 6
    assert many.count == few.count


@pytest.mark.parametrize("after", ["", "x", "%00", "ACR-7K3Q-9MXD", "😀", "9" * 400])
def test_a_made_up_place_in_the_list_begins_at_the_top(app, as_, after):
    reference = make_case(app, stage="received")

    page = as_(cases.COORDINATOR).get(f"/cases?after={after}")

    assert page.status == 200
    assert reference in page.main
