"""What holds for every page for the public, and what an area's pages say."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from portal.db import db
from portal.models.log import LogEntry
from tests.pages import Page, text_of
from tests.reading_grade import count_syllables, grade
from tests.views.public_pages import PUBLIC_PAGES
from tests.walking import signed_in

HARDEST = 7.0
BLOCKS = {
    "h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "th", "td", "label", "legend", "summary", "div",
}  # fmt: skip
EMERGENCY = ("999", "55", "999 BSL", "Relay UK 18000", "101")
# Names that nobody can make shorter: of the law, of bodies and of services.
NAMES = re.compile(
    r"Anti-social Behaviour, Crime and Policing Act 2014|Information Commissioner|Samaritans"
    r"|Crimestoppers|(the )?Office of the Commissioner for [A-Z]\w+( [A-Z]\w+)*|Community Trigger"
    r"|British Sign Language|https?://\S+|\S+@\S+|\S+\.example\S*",
    re.IGNORECASE,
)
OUTCOMES = "lmrcbe"
NEVER = ("not eligible", "ineligible", "not qualify", "refused", "anti-social")


def _blocks(element):
    """The text of a page in blocks; what stands in a block within one is the inner block's."""
    texts = [element.text or ""] if isinstance(element.tag, str) else []
    for child in element:
        if child.tag == "br":
            texts.append(" ")
        if child.tag in BLOCKS:
            yield from _blocks(child)
        else:
            inner = list(_blocks(child))
            texts.append(inner[-1])
            yield from inner[:-1]
        texts.append(child.tail or "")
    yield " ".join("".join(texts).split())


def _grade(page: Page) -> float:
    """The grade of the sentences; headings, links and labels, all short, would make it easier."""
    main = next(page.tree.iter("main"))
    said = [NAMES.sub("the office", block) for block in _blocks(main)]
    return grade([block for block in said if block.endswith((".", "?", ":", "!"))])


def _focusable(page: Page) -> list[str]:
    body = page.tree.find("body")
    controls = (each for each in body.iter() if each.tag in {"a", "button", "input"})
    return [each.get("href", "") for each in controls if each.get("type") != "hidden"]


# 5 + 5 words in 2 sentences, 10 + 5 syllables: 0.39 x 5 + 11.8 x 1.5 - 15.59 = 4.06.
def test_the_grade_is_counted_as_flesch_and_kincaid_did():
    assert [count_syllables(word) for word in ("police", "asked", "reported", "changes")] == [
        2, 1, 3, 2,
    ]  # fmt: skip
    assert grade(["Many people wanted garden windows.", "He sat on the mat."]) == pytest.approx(
        4.06
    )


def test_every_public_page_has_the_way_out_first_and_the_words_for_an_emergency(visitor, people):
    for path in PUBLIC_PAGES:
        page = visitor.get(path)

        assert page.status == 200, path
        skip, way_out, *_ = _focusable(page)
        assert skip == "#main-content", path
        assert way_out.startswith("/exit"), path
        (footer,) = (text_of(each) for each in page.tree.iter("footer"))
        assert [each for each in EMERGENCY if each not in footer] == [], path
        assert "anti-social" not in (page.title + path).lower(), path


def test_no_public_page_asks_for_more_than_seven_years_of_school(visitor, people):
    grades = {path: _grade(visitor.get(path)) for path in PUBLIC_PAGES}

    too_hard = {path: round(found, 1) for path, found in grades.items() if found > HARDEST}
    assert too_hard == {}


def test_looking_around_leaves_no_trace_in_the_log_or_in_the_browser(app, visitor, people):
    with app.app_context():
        before = db.session.scalar(sa.select(sa.func.count(LogEntry.id)))
    looked_at = [
        path for path in PUBLIC_PAGES if re.match(r"/(start|rules|check|leaving)?", path)[1]
    ]

    for path in looked_at:
        visitor.get(path)
    visitor.post("/check/wharrowdale/1", answer="no")

    assert len(looked_at) > len(OUTCOMES)
    assert visitor.cookie == ""
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(LogEntry.id))) == before


def test_the_start_page_says_what_the_area_has_said_and_nothing_empty(visitor, people):
    wharrow, severn = visitor.get("/start/wharrowdale"), visitor.get("/start/severnreach")

    for words in (
        "In danger now, or a crime is happening? Ring 999.",
        "Five different people reported the same problem in the six months before you ask.",
        "Ring 01632 960142 (Monday to Friday, 9am to 5pm).",
        "Write to Wharrow House, 4 Mill Lane, Wharrowdale WH1 4ZZ.",
        "British Sign Language",
    ):
        assert words in wharrow.main, words
    # Its routes ask whether the answer was good enough, so what was done does matter there.
    assert "something was done, but it did not help" not in wharrow.main
    assert "something was done, but it did not help" in severn.main
    assert "Ring 01632 960310. Someone can fill it in with you." in severn.main
    assert "Five different people" not in severn.main
    assert "None" not in severn.main
    assert visitor.get("/start/nowhere").status == 404


def test_the_start_page_leads_to_all_that_somebody_may_want(visitor, people):
    links = visitor.get("/start/wharrowdale").links

    assert links["Check if a review is right for you"] == "/check/wharrowdale/1"
    assert links["Start now"] == "/request/start/wharrowdale"
    assert links["Continue a saved request"] == "/request/continue"
    assert links["See where my request is"] == "/my/sign-in"
    assert links["Emergency Exit this page"] == "/exit/wharrowdale"


# Durham: acknowledged in 3 working days, decided in 10, met in 10, planned in 5; 14 days to appeal.
def test_what_happens_next_names_the_days_of_the_scheme(visitor, people):
    page = visitor.get("/start/wharrowdale/next").main

    for words in (
        "We write to you within 3 working days after we get your request.",
        "We tell you if there will be a review within 10 working days after we get your request.",
        "You get the plan in writing within 5 working days after the meeting.",
        "You can appeal against the decision within 14 days after",
    ):
        assert words in page, words


def test_support_reports_and_complaints_are_listed_or_said_in_general(visitor, people):
    support = visitor.get("/start/wharrowdale/support")
    assert "They listen, stand by you, and help you to be safe at home. It is free." in support.main
    assert support.links["01632 960177"] == "tel:01632960177"
    assert "Noise, rubbish and dogs in Hexley." in visitor.get("/start/wharrowdale/report").main
    complain = visitor.get("/start/wharrowdale/complain").main
    for agency in ("Wharrow Valley Police", "Hexley Council", "Tollgate Homes", "Wharrow ICB"):
        assert agency in complain

    assert "Noise, rubbish or a mess in the street: your council." in (
        visitor.get("/start/severnreach/report").main
    )
    assert "ask us" in visitor.get("/start/severnreach/complain").main
    assert "Hexley" not in visitor.get("/start/severnreach/report").main


def test_how_information_is_used_says_who_for_how_long_and_whom_to_complain_to(visitor, people):
    said = visitor.get("/start/wharrowdale/your-information").main

    assert "data protection officer: Dev Okoro" in said
    assert "We keep it for 6 years after your case is closed." in said
    assert "0303 123 1113" in said
    assert "officer" not in visitor.get("/start/severnreach/your-information").main


@pytest.mark.parametrize("letter", OUTCOMES)
def test_whatever_the_check_advises_asking_is_open(visitor, people, letter):
    page = visitor.get(f"/check/wharrowdale/{letter}")

    assert "/request/start/wharrowdale" in page.links.values()
    assert [words for words in NEVER if words in page.main.lower()] == []
    assert page.title == "What you can do – Office of the Commissioner for Wharrow Valley"


def test_the_check_goes_from_question_to_question_and_to_what_to_do(visitor, people):
    page = visitor.get("/check/wharrowdale/1")
    for answer in ("no", "not_known", "not_known"):
        page = visitor.follow(visitor.submit(page, answer=answer))
    # Thursday 14 January 2027, less six months.
    assert page.h1 == "How many times was it reported since Tuesday 14 July 2026?"
    assert "5 different people or more reported it" in page.main
    assert page.links["Back"] == "/check/wharrowdale/3"

    empty = visitor.submit(page)
    assert (empty.status, empty.errors) == (
        422,
        [("Select how many times it was reported", "#answer")],
    )
    page = visitor.follow(visitor.submit(page, answer="fewer"))
    page = visitor.follow(visitor.submit(page, answer="no"))
    page = visitor.follow(visitor.submit(page, answer="both"))
    assert page.h1 == "You can do both"
    assert "complaints@hexley.example" in page.main
    assert visitor.get("/check/wharrowdale/7").status == 404
    assert visitor.get("/check/wharrowdale/0").status == 404
    assert visitor.send("/check/severnreach/4", {"answer": "people"}).status == 422


def test_leaving_forgets_what_the_browser_holds_and_goes_where_the_area_says(app, visitor, people):
    visitor.get("/papers/nobody-has-this-link")
    assert visitor.cookie != ""

    page = visitor.get("/exit/wharrowdale")

    assert (page.status, page.location) == (303, "https://weather.example/today")
    assert visitor.cookie == ""
    assert visitor.get("/exit").location == "https://www.bbc.co.uk/weather"
    assert visitor.get("/exit/nowhere").location == "https://www.bbc.co.uk/weather"


def test_leaving_works_with_the_database_away_and_signs_no_staff_out(
    app, visitor, people, monkeypatch
):
    staff = signed_in(app, "coordinator@wharrow-lpb.example").client
    assert staff.get("/exit/wharrowdale").status == 303
    assert staff.is_signed_in

    def is_away():
        raise OperationalError("select", {}, Exception())

    monkeypatch.setattr("portal.services.area_pages.published_areas", is_away)
    assert visitor.get("/exit/wharrowdale").location == "https://www.bbc.co.uk/weather"


def test_a_page_that_is_not_there_has_the_way_out_and_the_way_back(app, visitor, people):
    page = visitor.get("/nowhere")

    assert _focusable(page)[1] == "/exit"
    assert page.links["Go to the start page"] == "/"
    assert "999" in page.text
    assert "Exit this page" not in signed_in(app, "admin@wharrow-lpb.example").client.get("/x").text
    assert visitor.get("/").links["Sign in"] == "/sign-in"


def test_a_longer_list_takes_no_more_queries(app, people, visitor, count_queries):
    admin = signed_in(app, "admin@severnreach-lpb.example").client

    def counts():
        found = []
        for client, path in (
            (visitor, "/start/severnreach/support"),
            (visitor, "/check/severnreach/b"),
            (admin, "/admin/public-pages"),
        ):
            with count_queries() as queries:
                client.get(path)
            found.append(queries.count)
        return found

    before = counts()
    for number in range(6):
        kind = ("support", "complaint")[number % 2]
        admin.post(
            "/admin/public-pages/add", kind=kind, name=f"Help {number}", phone="01632 960399"
        )
    assert counts() == before
