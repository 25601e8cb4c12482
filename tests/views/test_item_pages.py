"""An item is corrected and withdrawn on its pages; what it said stays for its readers."""

import pytest

from portal.domain.handling import Handling
from tests import cases
from tests.canary_changes import key_of
from tests.cases import make_case

PANEL_ITEM = "Call of 9 November"
BEFORE = "Logged as a dispute between neighbours."
CORRECTION = {"content": "Logged as a hate crime.", "reason": "Our log was wrong"}


@pytest.fixture
def item(app, people, clock):
    """The address of an item that the police shared with the whole panel."""
    reference = make_case(app, stage="invited")
    clock.at = cases.at(14)
    with app.app_context():
        return f"/cases/{reference}/shared/{key_of(PANEL_ITEM)}"


def _correct(client, item, **fields):
    check = client.post(f"{item}/correct", **CORRECTION | fields)
    assert check.status == 200, check.errors
    return client.follow(client.press(check, _share_button(check)))


def _share_button(check):
    form = check.form_with({"content"})
    return next(text for text in form.buttons if text.startswith("Share the correction"))


def test_the_form_holds_the_item_as_it_stands(as_, item):
    fields = as_(cases.POLICE).get(f"{item}/correct").form_with({"title"}).fields

    assert (fields["title"], fields["content"]) == ([PANEL_ITEM], [BEFORE])
    assert (fields["handling"], fields["told"]) == (["panel"], ["no"])
    assert [fields[f"happened_on-{part}"] for part in ("day", "month", "year")] == [
        ["9"], ["11"], ["2026"],
    ]  # fmt: skip


def test_nothing_is_corrected_before_the_check_page(as_, item):
    police = as_(cases.POLICE)

    check = police.post(f"{item}/correct", **CORRECTION)

    assert "6 people can read this:" in check.main
    assert "The same people can read it as before." in check.main
    assert BEFORE in as_(cases.COUNCIL).get(item).main


def test_the_check_names_who_loses_it_and_who_gains_it(as_, item):
    police = as_(cases.POLICE)

    narrow = police.post(f"{item}/correct", **CORRECTION, handling="chair_and_coordinator")
    lost = "Can no longer read it: Marie Castell (Hexley Council), Tom Beddoes (Tollgate Homes)."
    assert lost in narrow.main
    assert "Can read it from now on" not in narrow.main
    police.press(narrow, "Share the correction with 4 people")
    wide = police.post(f"{item}/correct", reason="They may know now", handling="panel")

    gained = "Can read it from now on: Marie Castell (Hexley Council), Tom Beddoes (Tollgate Homes)"
    assert gained in wide.main
    assert "They do not see what it said before." in wide.main


def test_a_corrected_item_shows_its_text_and_links_to_what_it_said(as_, item):
    page = _correct(as_(cases.POLICE), item)
    council = as_(cases.COUNCIL)

    read = council.get(item)
    history = council.get(read.links["Read what it said before"])

    assert page.saved == "Corrected. 6 people can read it"
    assert "Logged as a hate crime." in read.main
    assert BEFORE not in read.main
    assert "Corrected by Sgt Daniel Okafor: Our log was wrong" in read.main
    assert history.main.index("Logged as a hate crime.") < history.main.index(BEFORE)
    assert "Version" not in history.text


def test_what_it_said_while_it_was_narrower_is_not_read_by_whoever_gets_it_back(as_, item):
    police, council = as_(cases.POLICE), as_(cases.COUNCIL)
    _correct(police, item, content="Her sister rang us.", handling="chair_and_coordinator")
    _correct(police, item, handling="panel")

    past = council.get(council.get(item).links["Read what it said before"])

    assert BEFORE in past.main
    assert "Her sister rang us." not in past.main
    assert "Her sister rang us." in police.get(past.path).main


def test_going_back_from_the_check_loses_nothing(as_, item):
    police = as_(cases.POLICE)
    check = police.post(f"{item}/correct", **CORRECTION)

    fields = police.press(check, "Change it").form_with({"title"}).fields

    assert (fields["content"], fields["reason"]) == (
        [CORRECTION["content"]],
        [CORRECTION["reason"]],
    )


def test_the_check_page_corrects_once_however_often_it_is_sent(as_, item):
    police = as_(cases.POLICE)
    check = police.post(f"{item}/correct", **CORRECTION)

    first, second = (police.press(check, _share_button(check)) for _ in range(2))

    assert first.location == second.location == item
    assert police.get(f"{item}/history").main.count("Corrected on") == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": ""}, ("Enter what it is", "#title")),
        ({"reason": ""}, ("Write why you correct it", "#reason")),
        ({"reason": "x" * 501}, (
            "The reason must be 500 characters or fewer. You have typed 501.", "#reason",
        )),
        ({"handling": "named"}, ("Select at least one agency", "#named")),
        ({"content": BEFORE}, ("Nothing is changed yet. Change what was wrong", "#title")),
    ],
)  # fmt: skip
def test_a_wrong_answer_gets_a_sentence_at_its_field(as_, item, changes, error):
    answer = as_(cases.POLICE).post(f"{item}/correct", **CORRECTION | changes)

    assert (answer.status, answer.errors) == (422, [error])


def test_the_second_of_two_sees_both_texts_and_goes_on_to_the_check(as_, item):
    police, lead = as_(cases.POLICE), as_(cases.POLICE_LEAD)
    opened = police.get(f"{item}/correct")
    _correct(lead, item, content="What the lead says")

    page = police.submit(opened, content="What I say", reason="Mine")

    assert page.status == 409
    assert page.h1.startswith("Insp Lena Marsh changed this item")
    assert "What the lead says" in page.main
    check = police.submit(page)
    assert "What I say" in check.main
    police.press(check, _share_button(check))
    assert "What I say" in as_(cases.COUNCIL).get(item).main


def test_a_stale_check_page_saves_nothing(as_, item):
    police, lead = as_(cases.POLICE), as_(cases.POLICE_LEAD)
    check = police.post(f"{item}/correct", **CORRECTION)
    _correct(lead, item, content="What the lead says")

    page = police.press(check, _share_button(check))

    assert page.status == 409
    assert "What the lead says" in as_(cases.COUNCIL).get(item).main


def test_a_withdrawn_item_leaves_a_line_with_who_when_and_why(as_, item):
    police, council = as_(cases.POLICE), as_(cases.COUNCIL)

    page = police.follow(police.post(f"{item}/withdraw", reason="It was about somebody else"))

    assert page.saved == "Withdrawn. A line stays that says who did, and why"
    case = item.partition("/shared/")[0]
    for path in (item, case, f"{case}/chronology", f"{case}/chronology?print=yes"):
        read = council.get(path).main
        assert "It was about somebody else" in read, path
        assert "Sgt Daniel Okafor" in read, path
        assert "Thursday 14 January 2027" in read, path
        assert PANEL_ITEM not in read, path
        assert BEFORE not in read, path
    assert council.get(f"{item}/history").status == 404
    assert as_(cases.CHAIR).get(f"{item}/history").status == 404


@pytest.mark.parametrize("who", [cases.POLICE_LEAD, cases.COORDINATOR])
def test_what_was_withdrawn_can_be_read_on_by_its_agency_and_the_coordinator(as_, item, who):
    as_(cases.POLICE).post(f"{item}/withdraw", reason="It was about somebody else")

    reader = as_(who)
    history = reader.get(reader.get(item).links["Read what it said"])

    assert BEFORE in history.main
    assert "It was about somebody else" in history.main


def test_a_withdrawal_needs_a_reason_and_is_kept_to_what_was_read(as_, item):
    police, lead = as_(cases.POLICE), as_(cases.POLICE_LEAD)
    opened = police.get(f"{item}/withdraw")

    empty = police.submit(opened, reason=" ")
    assert empty.errors == [("Write why you withdraw it", "#reason")]
    _correct(lead, item)
    late = police.submit(opened, reason="It is wrong")

    assert late.status == 409
    assert late.errors[0][0].startswith("Insp Lena Marsh has corrected this item meanwhile")
    assert late.form_with({"reason"}).fields["reason"] == ["It is wrong"]
    assert police.submit(late).status == 303


def test_whoever_did_not_share_it_is_offered_neither_and_may_do_neither(as_, item):
    for who in (cases.COUNCIL, cases.COORDINATOR, cases.CHAIR):
        reader = as_(who)
        assert not {"Correct it", "Withdraw it"} & reader.get(item).links.keys()
        for page in ("correct", "withdraw"):
            assert reader.get(f"{item}/{page}").status == 403


def test_a_correction_in_the_name_of_agencies_reaches_exactly_them(as_, item):
    police = as_(cases.POLICE)
    form = police.get(f"{item}/correct")
    box = next(
        each.get("value")
        for each in form.tree.iter("input")
        if each.get("id") == "named"  # the first of the list: Hexley Council
    )

    _correct(police, item, handling=Handling.NAMED.value, named=box)

    assert "Named: Hexley Council" in as_(cases.COUNCIL).get(item).main
    assert as_(cases.HOUSING).get(item).status == 404
