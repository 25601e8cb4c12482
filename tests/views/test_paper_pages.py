"""Pages of the papers for a sitting, for the office and for each member."""

import pytest

from portal.services import papers
from tests import cases
from tests import papers as steps
from tests.cases import actor_of, make_case


@pytest.fixture
def invited(app, people, clock):
    clock.at = steps.PAPERS_AT
    return make_case(app, stage="invited")


def test_the_coordinator_issues_both_and_each_member_finds_their_own(as_, invited):
    browser = as_(cases.COORDINATOR)
    page = browser.get(f"/cases/{invited}/papers")
    assert "nothing is left to do" in page.text
    assert "What has changed" not in page.text
    assert "Daniel Okafor (Wharrow Valley Police)" in page.text

    for button in ("Issue the agenda", "Issue the packs"):
        sent = browser.press(browser.get(f"/cases/{invited}/papers"), button)
        page = browser.follow(sent)
    assert "The packs are issued, as issue 1" in page.text
    assert page.html.count(">Pack, issue 1, for") == len(steps_of(page))

    # Asked from the second issue on, at its own field, with what was typed kept.
    page = browser.press(page, "Issue the packs")
    assert page.status == 422
    assert "Write what has changed since the issue before" in page.text
    narrow = f"Read this: {cases.NARROW_SENTENCE}"
    page = browser.press(
        browser.get(f"/cases/{invited}/papers"), "Issue the packs", pack_changed=narrow
    )
    assert page.status == 422
    assert narrow in page.text

    member = as_(cases.COUNCIL)
    page = member.get(f"/cases/{invited}/papers")
    assert "Your pack" in page.text
    assert page.html.count(">Pack, issue 1, for") == 1
    assert "Issue the packs" not in page.text
    assert "Who gets a pack" not in page.text


def steps_of(page):
    """The lines of packs on the office's page: as many as there are receivers."""
    return page.html.split("Who gets a pack")[1].split("</ul>")[0].split("<li>")[1:]


def test_a_pack_is_handed_out_to_be_saved(app, as_, invited):
    with app.app_context():
        steps.issue_packs(invited)
        key = papers.open_papers(actor_of(cases.POLICE, steps.PAPERS_AT), invited).packs[0].key
        content = steps.pack_of(cases.POLICE, invited)

    answer = as_(cases.POLICE).get(f"/cases/{invited}/papers/{key}.docx")
    assert answer.data == content
    said = answer.response.headers["Content-Disposition"]
    assert said == f"attachment; filename={invited}-pack-1.docx"
    assert "sandbox" in answer.response.headers["Content-Security-Policy"]
    for email, code in ((cases.COUNCIL, 404), (cases.CHAIR, 404), (cases.COORDINATOR, 200)):
        assert as_(email).get(f"/cases/{invited}/papers/{key}.docx").status == code


def test_a_page_with_many_packs_asks_no_more_than_one_with_few(app, as_, count_queries, invited):
    with app.app_context():
        steps.issue_packs(invited)
    browser = as_(cases.COORDINATOR)
    browser.get(f"/cases/{invited}/papers")
    with count_queries() as few:
        browser.get(f"/cases/{invited}/papers")
    with app.app_context():
        for _ in range(3):
            steps.issue_packs(invited, "Again.")
    with count_queries() as many:
        browser.get(f"/cases/{invited}/papers")
    assert many.count == few.count


def test_the_coordinator_asks_an_agency_and_a_mistake_keeps_what_was_typed(as_, invited):
    browser = as_(cases.COORDINATOR)
    path = f"/cases/{invited}/information-requests"
    days = {
        f"{name}-{part}": value
        for name, day in {"period_from": (1, 7, 2026), "period_to": (14, 1, 2027)}.items()
        for part, value in zip(("day", "month", "year"), map(str, day), strict=True)
    }
    page = browser.press(browser.get(path), "Issue the request", extra="Noise diaries", **days)
    assert page.status == 422
    assert "Select an agency" in page.text
    assert "Noise diaries" in page.text

    agency = page.html.split("Hexley Council</option>")[0].rsplit('value="', 1)[1].split('"')[0]
    page = browser.follow(browser.press(page, "Issue the request", agency=agency))
    assert "Hexley Council is asked, with issue 1 of the request" in page.text

    page = as_(cases.COUNCIL).get(path)
    assert "Information request, issue 1, for Hexley Council (Word)" in page.text
    assert "Issue the request" not in page.text
    for email in (cases.POLICE, cases.CHAIR):
        assert "None has been issued yet." in as_(email).get(path).text
