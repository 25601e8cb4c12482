import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.models.sharing import SharedItem
from tests import cases
from tests.cases import make_case
from tests.pages import text_of

ITEM = {
    "title": "Visit in December",
    "happened_on-day": "7",
    "happened_on-month": "12",
    "happened_on-year": "2026",
    "content": "We found the door open.",
    "handling": "panel",
    "told": "no",
}


@pytest.fixture
def reference(app, people, clock):
    found = make_case(app, stage="invited")
    clock.at = cases.at(14)
    return found


@pytest.fixture
def shared(scalars):
    def read():
        query = sa.select(SharedItem).order_by(SharedItem.id)
        return scalars(query.execution_options(**unscoped("a test looks")))

    return read


def test_the_form_says_by_name_and_number_who_can_read_it(as_, reference):
    page = as_(cases.HOUSING).get(f"/cases/{reference}/share")

    # Police: the named sergeant and the lead. Hexley and Tollgate: one person each. And the chair
    # and the coordinator: 6 people.
    assert (
        "6 people today: Marie Castell (Hexley Council), Tom Beddoes (Tollgate Homes), "
        "Insp Lena Marsh (Wharrow Valley Police), Sgt Daniel Okafor (Wharrow Valley Police), "
        "Margaret Lyle (chair), Ruth Adeyemi (coordinator)."
    ) in page.main
    # Tollgate shares, so Tom Beddoes reads what is for chair and coordinator too.
    assert (
        "3 people today: Tom Beddoes (Tollgate Homes), Margaret Lyle (chair), "
        "Ruth Adeyemi (coordinator)."
    ) in page.main


def test_nothing_is_shared_before_the_check_page(as_, reference, shared):
    before = len(shared())

    page = as_(cases.HOUSING).post(f"/cases/{reference}/share", **ITEM)

    assert page.status == 200
    assert "6 people can read this:" in page.main
    assert len(shared()) == before


def test_the_check_page_shares_once_however_often_it_is_sent(as_, reference, shared):
    housing = as_(cases.HOUSING)
    before = len(shared())
    check = housing.post(f"/cases/{reference}/share", **ITEM)

    first = housing.press(check, "Share with 6 people")
    second = housing.press(check, "Share with 6 people")

    assert len(shared()) == before + 1
    assert first.location == second.location == f"/cases/{reference}/shared"
    assert housing.follow(first).saved == "Shared with 6 people"


def test_going_back_from_the_check_loses_nothing(as_, reference):
    housing = as_(cases.HOUSING)
    check = housing.post(f"/cases/{reference}/share", **ITEM)

    page = housing.press(check, "Change it")

    assert page.status == 200
    assert "We found the door open." in page.html
    assert 'value="Visit in December"' in page.html


def test_several_lines_survive_the_check_page(as_, reference, shared):
    housing = as_(cases.HOUSING)
    check = housing.post(f"/cases/{reference}/share", **ITEM | {"content": "One\n\nTwo  three"})

    housing.press(check, "Share with 6 people")

    assert shared()[-1].content == "One\n\nTwo  three"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": ""}, ("Enter what it is", "#title")),
        ({"handling": None}, ("Select who may read it", "#handling")),
        ({"told": None}, ("Select whether the applicant may be told", "#told")),
        ({"handling": "named"}, ("Select at least one agency", "#named")),
        (
            {"told": "in_these_words"},
            ("Write the words for the applicant, or choose “No”", "#words"),
        ),
        (
            {"happened_on-year": "2027"},
            ("The day it happened must be today or in the past", "#happened_on-day"),
        ),
        ({"handling": "everybody"}, ("Select one of the answers on this page", "#handling")),
    ],
)
def test_a_wrong_answer_gets_a_sentence_at_its_field(as_, reference, changes, error):
    housing = as_(cases.HOUSING)
    page = housing.get(f"/cases/{reference}/share")
    fields = page.form_with({"title"}).fields | ITEM | changes

    answer = housing.send(
        f"/cases/{reference}/share", {k: v for k, v in fields.items() if v is not None}
    )

    assert answer.status == 422
    assert answer.errors == [error]


def test_what_is_named_for_some_does_not_exist_for_the_others(as_, reference):
    police = as_(cases.POLICE)
    form = police.get(f"/cases/{reference}/share")
    boxes = {each.get("id"): each.get("value") for each in form.tree.iter("input")}
    label = next(each for each in form.tree.iter("label") if "Tollgate" in text_of(each))
    check = police.post(
        f"/cases/{reference}/share",
        **ITEM | {"handling": "named", "title": "Only for Tollgate"},
        named=[boxes[label.get("for")]],
    )
    police.press(check, "Share with 5 people")

    assert "Only for Tollgate" in as_(cases.HOUSING).get(f"/cases/{reference}").main
    assert "Only for Tollgate" not in as_(cases.COUNCIL).get(f"/cases/{reference}").html
    assert "Only for Tollgate" not in as_(cases.COUNCIL).get(f"/cases/{reference}/shared").html


def test_the_text_for_chair_and_coordinator_is_a_click_away_and_the_click_is_logged(
    as_, reference, shared
):
    office = as_(cases.COORDINATOR)
    key = next(i.key for i in shared() if i.title == "What an informant said")

    case_page = office.get(f"/cases/{reference}")
    item_page = office.get(f"/cases/{reference}/shared/{key}")

    assert "What an informant said" in case_page.main
    assert cases.NARROW_SENTENCE not in case_page.html
    assert cases.NARROW_SENTENCE in item_page.main


def test_an_item_that_is_not_for_the_reader_looks_like_one_that_does_not_exist(
    as_, reference, shared
):
    key = next(i.key for i in shared() if i.title == "What an informant said")
    council = as_(cases.COUNCIL)

    hidden = council.get(f"/cases/{reference}/shared/{key}")
    absent = council.get(f"/cases/{reference}/shared/0123456789")

    assert (hidden.status, hidden.main) == (absent.status, absent.main)
    assert hidden.status == 404


@pytest.mark.parametrize(
    ("email", "words"),
    [
        (cases.CHAIR, "You see everything that has been shared, oldest first."),
        (cases.COORDINATOR, "You see everything that has been shared, oldest first."),
        (cases.POLICE, "You see what has been shared with Wharrow Valley Police, oldest first."),
    ],
)
def test_the_list_says_whose_eyes_it_is_for(app, as_, email, words):
    reference = make_case(app, stage="invited")

    assert words in as_(email).get(f"/cases/{reference}/shared").main
