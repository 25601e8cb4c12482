"""What the search finds, and for whom it finds nothing."""

from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from portal.db import db, transaction
from portal.domain.roles import Role
from portal.models.log import LogEntry
from portal.models.search import SearchTerm
from portal.services import search, search_terms
from tests import cases
from tests.canary_case import DOOR, record_conflict
from tests.cases import actor_of, copy_case, make_case
from tests.pages import text_of

NOTHING = "Nothing found."


def _found(client, q, **more):
    page = client.get("/search?" + urlencode({"q": q, **more}))
    assert page.status == 200, page.main
    bodies = page.tree.iter("tbody")
    return [text_of(row) for body in bodies for row in body.iter("tr")]


@pytest.fixture
def case(app, people):
    return make_case(app, stage="invited")


@pytest.mark.parametrize(
    "q",
    [
        "Noor Haddad",
        "noor",
        "had",
        "HADDAD n",
        "Ｎｏｏｒ",
        "quarry",
        "rise hexley",
        "Dean Garrow",
        "noor quarry",
    ],
)
def test_a_case_is_found_by_how_its_names_and_place_begin(case, as_, q):
    for email in (cases.COORDINATOR, cases.CHAIR, cases.POLICE, cases.POLICE_LEAD):
        assert len(_found(as_(email), q)) == 1, (email, q)


def test_a_reference_is_found_as_it_is_typed(case, as_):
    office = as_(cases.COORDINATOR)

    short = case.removeprefix("ACR-")
    for q in (case, case.lower(), case.replace("-", " "), short, short[:4], short[:6].lower()):
        assert len(_found(office, q)) == 1, q


@pytest.mark.parametrize("q", ["addad", "noor garrowx", "noo had zz", "acr", "wh1", "%", "_oor"])
def test_what_does_not_begin_so_is_not_found(case, as_, q):
    client = as_(cases.COORDINATOR)
    page = client.get("/search?" + urlencode({"q": q}))

    assert case not in page.main


def test_whole_words_are_asked_for(case, as_):
    office = as_(cases.COORDINATOR)

    assert _found(office, "hadd", match="whole") == []
    assert len(_found(office, "haddad", match="whole")) == 1


@pytest.mark.parametrize(
    "email",
    [
        cases.HEALTH,
        "council@wharrowdale.example",
        cases.OTHER_CHAIR,
        "coordinator@severnreach-lpb.example",
    ],
)
def test_who_may_not_know_of_a_case_reads_the_page_of_a_case_that_does_not_exist(case, as_, email):
    client = as_(email)

    absent = client.get("/search?q=Zebedee")
    for q in ("Noor", "quarry", case, "Garrow"):
        page = client.get("/search?" + urlencode({"q": q}))
        assert page.status == 200
        assert page.main == absent.main.replace("Zebedee", q)
        assert NOTHING in page.main


@pytest.mark.parametrize(
    ("email", "role"),
    [
        (cases.COORDINATOR, Role.COORDINATOR),
        (cases.CHAIR, Role.CHAIR),
        (cases.POLICE, Role.AGENCY_REPRESENTATIVE),
        (cases.POLICE_LEAD, Role.AGENCY_LEAD),
    ],
)
def test_a_conflict_hides_a_case_from_the_search(app, case, email, role):
    with app.app_context():
        record_conflict(case, email)
        actor = actor_of(email, cases.ISSUED_AT, role)

        for q in ("noor", case, "quarry"):
            assert search.find_cases(actor, q, whole=False).rows == ()


def test_the_address_of_a_party_is_found_by_who_may_read_it(case, as_):
    for email in (cases.COORDINATOR, cases.CHAIR):
        assert len(_found(as_(email), "quarry 2", match="whole")) == 1, email
    # Whole, or a reference may begin with a 2.
    for email in (cases.POLICE, cases.POLICE_LEAD, cases.COUNCIL):
        assert _found(as_(email), "quarry 2", match="whole") == [], email


def test_an_undeclared_chair_finds_by_name_place_and_reference_and_reads_no_more(app, as_, clock):
    reference = make_case(app, stage="invited", chair_declares=False)
    clock.at = cases.at(7)
    chair = as_(cases.CHAIR)

    for q in ("noor", "quarry", reference):
        (row,) = _found(chair, q)
        assert reference in row
        assert "Opens once you have declared" in row
        for hidden in ("Hexley", "Arranging", "19 Jan", "17 Dec"):
            assert hidden not in row
    # A house number is part of how to reach somebody. (Whole, or a reference may begin so.)
    assert _found(chair, "quarry 2", match="whole") == []


@pytest.mark.parametrize(
    "query", ["q=", "q=x", "q=%F0%9F%98%80", "q=%00", "q=%25", "q=" + "a" * 101]
)
def test_too_little_or_too_much_is_said_at_the_field_and_kept(case, as_, query):
    page = as_(cases.COORDINATOR).get(f"/search?{query}")

    assert page.status == 422
    assert [link for _, link in page.errors] == ["#q"]


@pytest.mark.parametrize(
    "query",
    [
        "q=noor&after=x",
        "q=noor&after=%00",
        "q=noor&match=zebra",
        "q=%00noor",
        "q=" + "9" * 30,
        "q=%27%20OR%201%3D1--",
        "q=no%25",
        "q=%ED%A0%80x",
        "q=noor&q=haddad",
    ],
)
def test_no_words_break_the_page(case, as_, query):
    page = as_(cases.COORDINATOR).get(f"/search?{query}")

    assert page.status in {200, 422}


def test_each_search_is_one_entry_that_does_not_say_for_what(app, case, as_, scalars):
    client = as_(cases.COORDINATOR)
    query = sa.select(LogEntry).where(LogEntry.act == "search_cases")
    before = len(scalars(query))

    client.get("/search")
    client.get("/search?q=Zebedee")
    client.get("/search?q=Noor")

    entries = scalars(query)[before:]
    assert [(entry.thing, entry.reference, entry.outcome) for entry in entries] == [
        ("", "", "done"),
        ("", "", "done"),
    ]


def test_the_51st_case_stands_on_the_second_page_and_none_twice(app, people, as_):
    first = make_case(app, stage="received")
    with app.app_context(), transaction():
        copy_case(first, 60)
    client = as_(cases.COORDINATOR)

    page = client.get("/search?q=quarry")
    second = client.get(page.links["Next 50"])

    shown = [_references(each) for each in (page, second)]
    assert [len(each) for each in shown] == [50, 11]
    assert len({*shown[0], *shown[1]}) == 61


def _references(page):
    """The references of the cases that a page lists, in its order."""
    return [
        link.get("href").removeprefix("/cases/")
        for link in page.tree.iter("a")
        if link.get("href", "").startswith("/cases/ACR-")
    ]


def test_rebuilding_gives_the_same_words(app, case):
    with app.app_context():
        query = sa.select(SearchTerm.case_id, SearchTerm.kind, SearchTerm.term).execution_options(
            **DOOR
        )
        before = set(db.session.execute(query).all())
        db.session.rollback()
        with transaction():
            db.session.execute(sa.delete(SearchTerm).execution_options(**DOOR))

        assert search_terms.rebuild() == 1

        assert set(db.session.execute(query).all()) == before
        assert len(before) > 5
        db.session.rollback()


def test_the_beginning_of_a_word_is_a_range_of_the_index(app, case):
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("on so few rows PostgreSQL reads the whole table; the benchmark asks it")
        query = search.found_cases_for(
            actor_of(cases.COORDINATOR, cases.ISSUED_AT), search.sought("noor had", whole=False)
        )
        compiled = query.compile(db.engine, compile_kwargs={"literal_binds": True})
        with db.engine.connect() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()

    lines = [row[-1] for row in plan]
    assert any("ix_search_term_term (term>? AND term<?)" in line for line in lines), lines
