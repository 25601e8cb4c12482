import pytest

from tests import cases
from tests.cases import make_case


@pytest.fixture
def reference(app, people, clock):
    found = make_case(app, stage="invited", chair_declares=False)
    clock.at = cases.at(7)
    return found


def test_a_chair_sees_names_place_and_reference_and_nothing_more(as_, reference):
    page = as_(cases.CHAIR).get(f"/cases/{reference}/declare")

    for shown in (reference, "Quarry Rise, Hexley", cases.APPLICANT, cases.RESPONDENT):
        assert shown in page.main
    for hidden in ("slurs", "Text first", "01632", "dispute", "Arranging", "19 January"):
        assert hidden not in page.main


def test_every_page_of_the_case_leads_an_undeclared_chair_to_the_declaration(as_, reference):
    chair = as_(cases.CHAIR)

    for path in ("", "/reports", "/meeting", "/meeting/run", "/plan", "/documents", "/actions/1"):
        page = chair.get(f"/cases/{reference}{path}")
        assert (page.status, page.location) == (303, f"/cases/{reference}/declare"), path


def test_a_chair_with_no_conflict_opens_the_case(as_, reference):
    chair = as_(cases.CHAIR)

    sent = chair.post(f"/cases/{reference}/declare", has_conflict="no")

    assert (sent.status, sent.location) == (303, f"/cases/{reference}")
    page = chair.follow(sent)
    assert page.status == 200
    assert page.saved == "You have declared that you have no conflict of interest"


def test_an_answer_is_needed(as_, reference):
    page = as_(cases.CHAIR).post(f"/cases/{reference}/declare")

    assert page.status == 422
    assert page.errors == [("Select whether you have a conflict of interest", "#has_conflict")]


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_conflict_needs_its_reason(as_, reference, reason):
    chair = as_(cases.CHAIR)

    page = chair.post(f"/cases/{reference}/declare", has_conflict="party", reason=reason)

    assert page.errors == [("Write what the conflict is", "#reason")]
    assert chair.get(f"/cases/{reference}/declare").status == 200


def test_a_conflict_excludes_at_once(as_, reference):
    chair = as_(cases.CHAIR)

    sent = chair.post(
        f"/cases/{reference}/declare", has_conflict="party", reason="I know Dean Garrow’s sister"
    )

    assert (sent.status, sent.location) == (303, "/cases")
    listed = chair.follow(sent)
    assert listed.saved == "You are no longer on this case"
    assert reference not in listed.html
    for path in ("", "/declare", "/meeting/run", "/plan", "/documents"):
        assert chair.get(f"/cases/{reference}{path}").status == 404


def test_a_conflict_that_is_sent_twice_is_declared_once(as_, reference):
    chair = as_(cases.CHAIR)
    form = chair.get(f"/cases/{reference}/declare")

    pages = [chair.submit(form, has_conflict="party", reason="A neighbour") for _ in range(2)]

    assert [(page.status, page.location) for page in pages] == [(303, "/cases")] * 2


def test_a_conflict_can_come_up_after_none_was_declared(as_, reference):
    chair = as_(cases.CHAIR)
    chair.post(f"/cases/{reference}/declare", has_conflict="no")

    page = chair.get(f"/cases/{reference}/declare")
    assert page.links["Open the case"] == f"/cases/{reference}"
    chair.submit(page, has_conflict="party", reason="I have moved into Quarry Rise")

    assert chair.get(f"/cases/{reference}").status == 404


def test_an_excluded_chair_cannot_be_appointed_again(as_, reference):
    as_(cases.CHAIR).post(
        f"/cases/{reference}/declare", has_conflict="party", reason="I live in Quarry Rise"
    )

    page = as_(cases.COORDINATOR).get(f"/cases/{reference}/people/chair")

    assert "Anthony Farrow" in page.main
    assert "Margaret Lyle" not in page.main


@pytest.mark.parametrize(
    ("email", "status"),
    [
        (cases.OTHER_CHAIR, 404),
        (cases.COORDINATOR, 403),
        (cases.HEALTH, 404),
    ],
)
def test_nobody_else_declares(as_, reference, email, status):
    assert as_(email).get(f"/cases/{reference}/declare").status == status
