"""The chronology as a page: lines under their handling, filtered, paged, on paper, with gaps."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.db import db, transaction
from portal.domain.handling import Handling, Told
from portal.jobs import demo_people
from portal.models.case import Case
from portal.models.log import LogEntry
from portal.models.sharing import SharedItem
from portal.services import intake
from portal.services.chronology import EVENT, ITEM, Line, Wanted, narrowed
from tests import cases
from tests.canary_case import DOOR
from tests.cases import actor_of, agency_id, make_case, person_id, token

# What the police and the office did: item and narrow item of 9 November, received 17 December,
# acknowledged 18 December, threshold 5 January, booked 6 January.
TITLES = [
    "Call of 9 November",
    "Request received",
    "Acknowledged and passed to the relevant bodies",
    "Threshold met",
    "Review meeting booked",
]
NARROW = "What an informant said"
THAT_DAY = "since-day=17&since-month=12&since-year=2026"


@pytest.fixture
def reference(app, people, clock):
    found = make_case(app, stage="invited")
    clock.at = cases.at(14)
    return found


def _titles(page):
    return ["".join(each.itertext()) for each in page.with_class("moj-timeline__title")]


def _report(app, reference, on):
    with app.app_context():
        office = actor_of(cases.COORDINATOR, cases.ARRANGED_AT)
        report = intake.TypedReport(
            reported_on=on,
            reported_to="Hexley Council",
            how="",
            their_reference="",
            what_was_done="",
        )
        incident = intake.TypedIncident(
            happened_on=on, title="Shouting", account="He shouted.", report=report
        )
        intake.add_incident(office, reference, token(), incident)


def _share_many(app, reference, count, handling=Handling.PANEL, agency=demo_people.POLICE):
    with app.app_context(), transaction():
        query = sa.select(Case.id).where(Case.reference == reference).execution_options(**DOOR)
        number = db.session.scalars(query).one()
        sharer = agency_id(agency)
        db.session.add_all(
            SharedItem(
                case_id=number,
                key=f"{position:010x}",
                agency_id=sharer,
                shared_by_id=person_id(cases.POLICE),
                shared_at=cases.ARRANGED_AT,
                title=f"Line {position}",
                happened_on=dt.date(2025, 1, 1) + dt.timedelta(days=position),
                content="Something",
                handling=handling,
                told=Told.NO,
            )
            for position in range(count)
        )


def test_each_reader_finds_their_lines_oldest_first(as_, reference):
    path = f"/cases/{reference}/chronology"

    assert _titles(as_(cases.COUNCIL).get(path)) == TITLES
    for who in (cases.POLICE, cases.CHAIR, cases.COORDINATOR):
        assert _titles(as_(who).get(path)) == [TITLES[0], NARROW, *TITLES[1:]]


def test_newest_first_is_the_same_the_other_way_round(as_, reference):
    council = as_(cases.COUNCIL)
    first = council.get(f"/cases/{reference}/chronology")

    turned = council.get(first.links["Newest first"])

    assert _titles(turned) == TITLES[::-1]
    assert _titles(council.get(turned.links["Oldest first"])) == TITLES


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("agency=Wharrow+Valley+Police", [TITLES[0]]),
        ("kind=item", [TITLES[0]]),
        ("kind=event", TITLES[1:]),
        ("agency=Hexley+Council&kind=event", ["Threshold met"]),
        ("since-day=18&since-month=12&since-year=2026", TITLES[2:]),
        ("until-day=17&until-month=12&until-year=2026", TITLES[:2]),
        (f"{THAT_DAY}&{THAT_DAY.replace('since', 'until')}", ["Request received"]),
        ("kind=item&since-day=1&since-month=1&since-year=2027", []),
    ],
)
def test_the_filter_shows_what_was_asked_for(as_, reference, query, titles):
    page = as_(cases.COUNCIL).get(f"/cases/{reference}/chronology?{query}")

    assert (page.status, _titles(page)) == (200, titles)
    assert bool(titles) != ("Nothing here fits what you asked for." in page.main)


def test_the_filter_offers_only_what_the_reader_sees(app, as_, reference):
    narrow = Handling.CHAIR_AND_COORDINATOR
    _share_many(app, reference, 1, narrow, agency=demo_people.ICB)
    path = f"/cases/{reference}/chronology"

    offered = {who: _offered(as_(who).get(path)) for who in (cases.HOUSING, cases.CHAIR)}

    # Hexley Council and Tollgate Homes agreed to the decision; nothing was reported yet.
    seen = {"Coordinator’s office", "Hexley Council", "Tollgate Homes", "Wharrow Valley Police"}
    assert offered[cases.HOUSING] == seen | {"item", "event"}
    assert offered[cases.CHAIR] == seen | {"item", "event", "Wharrow ICB"}
    # Asking for what is shared narrowly is answered as asking for what is nowhere.
    for name in ("Wharrow ICB", "Nobody at all"):
        page = as_(cases.HOUSING).get(path, query_string={"agency": name})
        refused = [("Select one of the answers on this page", "#agency")]
        assert (page.status, page.errors) == (422, refused)


def _offered(page):
    return {each.get("value") for each in page.tree.iter("option")} - {""}


@pytest.mark.parametrize(
    ("query", "error"),
    [
        (
            "since-day=31&since-month=2&since-year=2026",
            ("The first day must be a real date, like 9 11 2026", "#since-day"),
        ),
        ("until-day=1", ("The last day must include a month and year", "#until-month")),
        (
            "since-day=2&since-month=11&since-year=2026&until-day=1&until-month=11&until-year=2026",
            (
                "The last day must be the same as or after Monday 2 November 2026, the first day",
                "#until-day",
            ),
        ),
        ("since-day=%00&since-month=%F0%9F%98%80&since-year=x", (
            "The first day must be a real date, like 9 11 2026", "#since-day",
        )),
    ],
)  # fmt: skip
def test_a_day_that_is_none_gets_a_sentence_and_the_rest_is_kept(as_, reference, query, error):
    page = as_(cases.COUNCIL).get(f"/cases/{reference}/chronology?kind=item&{query}")

    assert (page.status, page.errors) == (422, [error])
    assert _titles(page) == [TITLES[0]]
    chosen = [each.get("value") for each in page.tree.iter("option") if "selected" in each.attrib]
    assert chosen == ["item"]


def test_lines_without_a_day_come_last_whatever_the_order_and_fit_no_days():
    lines = [_line("2026-11-02"), _line("2026-11-03"), _line(None)]
    turned = [_line("2026-11-03"), _line("2026-11-02"), _line(None)]

    assert list(narrowed(lines, Wanted())) == lines
    assert list(narrowed(lines, Wanted(newest_first=True))) == turned
    assert narrowed(lines, Wanted(since=dt.date(2026, 11, 3))) == (lines[1],)


def _line(on, kind=EVENT):
    return Line(
        on=dt.date.fromisoformat(on) if on else None,
        kind=kind,
        sources=("Hexley Council",),
        title="Something",
        byline="",
        text="",
        handling="panel",
        told="yes",
        readers=(),
    )


@pytest.mark.parametrize(
    ("wanted", "count"),
    [(Wanted(kind=ITEM), 0), (Wanted(kind=EVENT, source="Hexley Council"), 1)],
)
def test_who_and_what_are_asked_of_lines_without_a_day_too(wanted, count):
    assert len(narrowed([_line(None)], wanted)) == count


def test_five_hundred_lines_come_in_pages_each_of_them_once(app, as_, reference):
    _share_many(app, reference, 500)
    council, titles = as_(cases.COUNCIL), []

    page = council.get(f"/cases/{reference}/chronology?kind=item")
    titles += _titles(page)
    assert "Page 1 of 11." in page.main
    while "Next page" in page.links:
        page = council.get(page.links["Next page"])
        titles += _titles(page)

    assert titles == [*(f"Line {position}" for position in range(500)), TITLES[0]]
    # On paper there are no pages to turn: the head of the table stands on each.
    paper = council.get(f"/cases/{reference}/chronology?kind=item&print=yes")
    assert paper.main.count("Line ") == 500


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9" * 400, "%00", ""])
def test_a_made_up_page_is_one_that_there_is(as_, reference, page):
    shown = as_(cases.COUNCIL).get(f"/cases/{reference}/chronology?page={page}")

    assert (shown.status, _titles(shown)) == (200, TITLES)


@pytest.mark.parametrize("path", ["", "/chronology", "/chronology?print=yes"])
def test_many_lines_take_as_many_queries_as_few(app, as_, reference, count_queries, path):
    council = as_(cases.COUNCIL)
    with count_queries() as few:
        council.get(f"/cases/{reference}{path}")
    _share_many(app, reference, 60)
    for day in (1, 2, 3):
        _report(app, reference, dt.date(2026, 11, day))

    with count_queries() as many:
        council.get(f"/cases/{reference}{path}")

    assert many.count == few.count


def test_the_overview_shows_the_latest_and_leads_to_all(app, as_, reference):
    _share_many(app, reference, 20)
    council = as_(cases.COUNCIL)

    page = council.get(f"/cases/{reference}")

    # 12 in all: the five of the case and the seven latest of the twenty.
    assert _titles(page) == [*(f"Line {position}" for position in range(13, 20)), *TITLES]
    assert council.get(page.links["See all of it"]).status == 200


def test_a_report_that_nothing_followed_for_a_month_says_so(app, as_, reference):
    # The police did something on 9 November, the office on 18 December: 38 days after the tenth.
    _report(app, reference, dt.date(2026, 11, 10))
    _report(app, reference, dt.date(2026, 11, 9))

    page = as_(cases.COUNCIL).get(f"/cases/{reference}/chronology")

    (gap,) = ["".join(each.itertext()) for each in page.with_class("app-gap")]
    assert gap == (
        "No action for 5 weeks after this report. "
        "The next thing known here is on Friday 18 December 2026, 38 days later"
    )


def test_a_gap_is_that_of_what_the_reader_may_know_of(app, as_, reference):
    _report(app, reference, dt.date(2025, 1, 1))
    _share_many(app, reference, 1, Handling.CHAIR_AND_COORDINATOR)  # on 1 January 2025

    path = f"/cases/{reference}/chronology"

    assert not as_(cases.COORDINATOR).get(path).with_class("app-gap")
    assert not as_(cases.POLICE).get(path).with_class("app-gap")
    # For the council nothing is known until 9 November 2026: 365 and 312 days.
    assert "677 days later" in as_(cases.COUNCIL).get(path).main


def test_the_filter_does_not_make_a_gap(app, as_, reference):
    _report(app, reference, dt.date(2026, 11, 9))

    page = as_(cases.COUNCIL).get(f"/cases/{reference}/chronology?kind=report")

    assert _titles(page) == ["Reported to Hexley Council"]
    assert not page.with_class("app-gap")


def test_paper_says_whose_it_is_and_what_it_is(app, as_, reference):
    page = as_(cases.COUNCIL).get(f"/cases/{reference}/chronology?print=yes")

    head = next(page.tree.iter("thead"))
    said = " ".join("".join(head.itertext()).split())
    assert said.startswith(
        f"OFFICIAL-SENSITIVE. {reference}. Printed by Marie Castell, agency lead, Hexley Council, "
        "on Thursday 14 January 2027, 9am"
    )
    assert NARROW not in page.text
    with app.app_context():
        entry = db.session.scalars(sa.select(LogEntry).order_by(LogEntry.id.desc())).first()
        assert (entry.act, entry.thing) == ("view_case", "chronology in print")


def test_paper_keeps_the_filter_and_says_that_it_is_not_all(as_, reference):
    council = as_(cases.COUNCIL)
    page = council.get(f"/cases/{reference}/chronology?kind=item&order=newest")

    paper = council.get(page.links["Print it"])

    assert "Not everything: it was filtered" in paper.main
    assert "Request received" not in paper.main
    whole = council.get(f"/cases/{reference}/chronology?print=yes")
    assert "Not everything" not in whole.main


def test_the_narrowest_text_is_on_no_paper_of_those_who_lead(as_, reference):
    for who in (cases.COORDINATOR, cases.CHAIR):
        paper = as_(who).get(f"/cases/{reference}/chronology?print=yes")
        assert NARROW in paper.main
        assert cases.NARROW_SENTENCE not in paper.text


def test_what_was_agreed_is_in_it_once_the_plan_is_issued(app, as_, clock, people):
    clock.at = cases.at(25)
    path = "/cases/{}/chronology?kind=event"
    planning, issued = (make_case(app, stage=stage) for stage in ("ready", "monitoring"))
    council = as_(cases.COUNCIL)

    assert not [t for t in _titles(council.get(path.format(planning))) if t.startswith("Action")]
    page = council.get(path.format(issued))

    assert _titles(page)[-5:] == [
        "Meeting closed", "Action 1 agreed", "Action 2 agreed", "Action 3 agreed", "Plan issued",
    ]  # fmt: skip
    assert cases.WORDS in page.main
    assert cases.NOT_TOLD not in page.main
