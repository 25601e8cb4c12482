"""The page for the second of two: who, when, both texts with their difference, nothing lost."""

import pytest

from tests import cases
from tests.cases import make_case


@pytest.fixture
def in_planning(app, people, clock):
    reference = make_case(app, stage="planning")
    clock.at = cases.at(20)
    return reference


def _clash(as_, path, first, second):
    chair, office = as_(cases.CHAIR), as_(cases.COORDINATOR)
    opened_by_chair, opened_by_office = chair.get(path), office.get(path)
    assert chair.submit(opened_by_chair, **first).status == 303
    return office, office.submit(opened_by_office, **second)


def test_only_what_differs_stands_side_by_side_with_the_difference_marked(as_, in_planning):
    path = f"/cases/{in_planning}/actions/1"
    before = as_(cases.CHAIR).get(path).form_with({"what"}).fields["what"][0]

    _, page = _clash(
        as_, path, {"what": f"{before} at once"}, {"what": f"{before} in writing <b>&"}
    )

    assert page.status == 409
    marked = ["".join(element.itertext()) for element in page.tree.iter() if _is_mark(element)]
    assert marked == [" at once", " in writing <b>&"]
    assert "The same in both" in page.main


def _is_mark(element):
    return str(element.tag).endswith("mark")


def test_the_saved_text_stays_if_mine_is_dropped(as_, in_planning):
    path = f"/cases/{in_planning}/plan/write"

    office, page = _clash(as_, path, {"findings": "Theirs"}, {"findings": "Mine"})

    assert page.links["Keep Margaret’s text, drop mine"] == f"/cases/{in_planning}/plan"
    assert office.get(path).form_with({"findings"}).fields["findings"] == ["Theirs"]


def test_a_third_save_meanwhile_is_told_again(as_, in_planning):
    path = f"/cases/{in_planning}/plan/write"
    office, page = _clash(as_, path, {"findings": "First"}, {"findings": "Second"})
    chair = as_(cases.CHAIR)
    chair.submit(chair.get(path), findings="Third")

    again = office.submit(page)

    assert again.status == 409
    assert "Third" in again.main
    assert again.form_with({"findings"}).fields["findings"] == ["Second"]


def test_ones_own_other_window_is_called_so(as_, in_planning):
    path = f"/cases/{in_planning}/plan/write"
    office = as_(cases.COORDINATOR)
    first, second = office.get(path), office.get(path)
    office.submit(first, findings="In one window")

    page = office.submit(second, findings="In the other")

    assert page.h1 == "You changed the draft in another window while you were writing"


def test_a_text_of_twenty_thousand_characters_is_compared(as_, in_planning):
    path = f"/cases/{in_planning}/plan/write"
    long = "Word after word. " * 1150  # 19,550 characters; the field takes 20,000

    _, page = _clash(as_, path, {"findings": long + "A"}, {"findings": long + "B"})

    assert page.status == 409
    assert page.form_with({"findings"}).fields["findings"] == [(long + "B")]
