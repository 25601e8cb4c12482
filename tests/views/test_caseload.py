"""The lists of cases: what stands in which, for whom, in pages."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.db import db, transaction
from portal.domain.caselists import NEVER
from portal.domain.stages import Stage
from portal.models.case import Case
from portal.models.person import Agency, LocalGovernmentArea
from tests import cases
from tests.canary_case import DOOR
from tests.cases import copy_case, make_case

OTHER_AREA = "coordinator@severnreach-lpb.example"


def _references(page):
    """The references that a page lists, in its order."""
    assert page.status == 200, page.main
    return [
        link.get("href").removeprefix("/cases/")
        for body in page.tree.iter("tbody")
        for link in body.iter("a")
    ]


def _set(app, references, **values):
    with app.app_context(), transaction():
        db.session.execute(
            sa.update(Case)
            .where(Case.reference.in_(references))
            .values(**values)
            .execution_options(**DOOR)
        )


def _spread(app, references):
    """Give each case a day of its own, in this order, from 20 January 2027."""
    for number, reference in enumerate(references):
        day = dt.date(2027, 1, 20) + dt.timedelta(days=number)
        _set(app, [reference], next_due_on=day)


@pytest.fixture
def many(app, people):
    """120 open cases, each with a day of its own, the first one first."""
    first = make_case(app, stage="received")
    with app.app_context(), transaction():
        references = [first, *copy_case(first, 119)]
    _spread(app, references)
    return references


def test_pages_of_50_follow_one_another_and_lead_back(many, as_):
    client = as_(cases.COORDINATOR)

    first = client.get("/cases")
    second = client.get(first.links["Next 50"])
    third = client.get(second.links["Next 50"])
    back = client.get(third.links["Previous 50"])
    start = client.get(back.links["Previous 50"])

    assert [*_references(first), *_references(second), *_references(third)] == many
    assert len(_references(second)) == 50
    assert _references(back) == _references(second)
    assert _references(start) == _references(first)
    assert "Next 50" not in third.links
    assert "Previous 50" not in first.links
    assert "Back to the start" not in first.links
    assert client.get(third.links["Back to the start"]).main == first.main


def test_rows_that_move_meanwhile_make_no_other_row_lost_or_shown_twice(app, many, as_):
    client = as_(cases.COORDINATOR)
    first = client.get("/cases")
    shown = _references(first)
    # The last row of the page goes to the end, one of the next page to the start.
    _set(app, [many[49]], next_due_on=NEVER)
    _set(app, [many[70]], next_due_on=dt.date(2027, 1, 2))

    second = client.get(first.links["Next 50"])
    third = client.get(second.links["Next 50"])

    later = [*_references(second), *_references(third)]
    assert later == [*(each for each in many[50:] if each != many[70]), many[49]]
    assert set(many) - set(shown) - set(later) == {many[70]}


def test_cases_of_one_day_are_paged_by_reference(app, many, as_):
    _set(app, many, next_due_on=dt.date(2027, 1, 20))
    client = as_(cases.COORDINATOR)

    first = client.get("/cases")
    second = client.get(first.links["Next 50"])

    assert [*_references(first), *_references(second)] == sorted(many)[:100]


def test_a_list_of_exactly_50_has_no_next_page(app, many, as_):
    _set(app, many[50:], stage=Stage.CLOSED)
    client = as_(cases.COORDINATOR)

    page = client.get("/cases")

    assert len(_references(page)) == 50
    assert "Next 50" not in page.links
    assert client.get("/cases?list=closed").links.get("Next 50")


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=%00",
        "after=" + "9" * 31,
        "before=2027-01-19.ACR-7K3Q-9MXX",
        "after=2027-99-99.ACR-7K3Q-9MXD",
        "after=none.ACR-7K3Q-9MXD",
        "before=2020-01-01.ACR-7K3Q-9MXD",
        "after=😀&before=%ED%A0%80",
        "after=' OR 1=1--",
    ],
)
def test_a_made_up_place_begins_at_the_top(many, as_, query):
    client = as_(cases.COORDINATOR)

    assert _references(client.get(f"/cases?{query}")) == many[:50]


@pytest.mark.parametrize(
    "query",
    [
        "stage=zebra",
        "stage=%00",
        "lga=999999999999999999999999999999",
        "lga=-1",
        "lga=1e3",
        "agency=%27",
        "stage=%ED%A0%80",
    ],
)
def test_a_made_up_filter_is_said_at_its_field(app, as_, query):
    make_case(app, stage="received")

    page = as_(cases.COORDINATOR).get(f"/cases?{query}")

    assert page.status == 422
    assert [href for _, href in page.errors] == [f"#{query.partition('=')[0]}"]


@pytest.fixture
def three(app, people):
    """A case received, one being arranged with its panel, one closed; all known by these names."""
    found = {
        "received": make_case(app, stage="received"),
        "invited": make_case(app, stage="invited"),
        "closed": make_case(app, stage="monitoring"),
    }
    _set(app, [found["closed"]], stage=Stage.CLOSED)
    _set(app, [found["received"]], next_due_on=dt.date(2027, 1, 11))
    _set(app, [found["invited"]], next_due_on=dt.date(2027, 1, 19))
    return found


def _ids(scalars, model, name):
    return scalars(sa.select(model.id).where(model.name == name))[0]


def test_each_list_and_filter_holds_what_its_name_says(three, as_, scalars):
    client = as_(cases.COORDINATOR)  # on Thursday 14 January 2027
    hexley = _ids(scalars, LocalGovernmentArea, "Hexley")
    other = _ids(scalars, LocalGovernmentArea, "Wharrowdale")
    police = _ids(scalars, Agency, "Wharrow Valley Police")
    health = _ids(scalars, Agency, "Wharrow ICB")
    expected = {
        "": ["received", "invited"],
        "list=open": ["received", "invited"],
        "list=late": ["received"],
        "list=soon": ["invited"],
        # The meeting's packs have to be out by Friday the 15th: that is the office's to do.
        "list=office": ["received", "invited"],
        "list=agencies": [],
        "list=closed": ["closed"],
        "stage=arranging": ["invited"],
        "stage=arranging&list=late": [],
        f"lga={hexley}": ["received", "invited"],
        f"lga={other}": [],
        f"agency={police}": ["invited"],
        f"agency={health}": [],
        f"agency={police}&list=closed": ["closed"],
    }

    for query, names in expected.items():
        listed = _references(client.get(f"/cases?{query}"))
        assert listed == [three[name] for name in names], query


@pytest.mark.parametrize(
    ("email", "open_cases"),
    [
        (cases.CHAIR, ["invited"]),
        (cases.POLICE, ["invited"]),
        (cases.POLICE_LEAD, ["invited"]),
        (cases.HEALTH, []),
        ("council@wharrowdale.example", []),
        (OTHER_AREA, []),
    ],
)
def test_the_others_list_what_is_theirs_and_filter_by_no_agency(three, as_, email, open_cases):
    client = as_(email)

    page = client.get("/cases")

    assert _references(page) == [three[name] for name in open_cases]
    if email != OTHER_AREA:
        assert "Agency on the panel" not in page.main
        assert "Waiting for agencies" not in page.main
        for query in ("agency=1", "list=agencies", "list=zebra", "list=%00"):
            assert client.get(f"/cases?{query}").main == page.main


def test_a_filter_offers_nothing_of_another_area(three, as_, scalars):
    page = as_(OTHER_AREA).get("/cases")

    assert "Hexley" not in page.main
    assert "Wharrow" not in page.main
    hexley = _ids(scalars, LocalGovernmentArea, "Hexley")
    assert as_(OTHER_AREA).get(f"/cases?lga={hexley}").status == 422


@pytest.mark.parametrize(
    "query", ["list=late", "list=soon", "list=closed", "stage=arranging", "lga=2", "lga=1"]
)
def test_a_case_that_is_not_declared_on_answers_to_no_list_and_no_filter(app, as_, clock, query):
    reference = make_case(app, stage="invited", chair_declares=False)
    clock.at = cases.at(20)
    chair = as_(cases.CHAIR)

    page = chair.get(f"/cases?{query}")

    assert reference in chair.get("/cases").main
    assert page.status == 200
    assert reference not in page.main


def test_the_numbers_of_the_home_page_are_those_of_the_lists(three, as_):
    client = as_(cases.COORDINATOR)

    home = client.get("/home")

    for words, query in (
        ("1 case is late", "list=late"),
        ("1 case has a clock that ends in the next 5 working days", "list=soon"),
        ("0 cases wait for them", "list=agencies"),
    ):
        assert words in home.main
        assert len(_references(client.get(f"/cases?{query}"))) == int(words[0])
