"""The pages of the minutes, for each who works on them."""

import pytest

from tests import cases
from tests import minutes as steps
from tests.cases import make_case
from tests.hostile import VALUES


@pytest.fixture
def reference(app, people, clock):
    clock.at = steps.SENT_AT
    return make_case(app, stage="planning")


@pytest.fixture
def sent_round(app, reference):
    with app.app_context():
        steps.draft(reference)
        steps.send_round(reference)
    return reference


def _page(client, reference, path=""):
    return client.get(f"/cases/{reference}/minutes{path}")


def test_from_the_record_to_the_issue(as_, clock, reference):
    office = as_(cases.COORDINATOR)
    _press(office, reference, "Draft the minutes")
    page = office.follow(_press(office, reference, "Send them round"))
    assert "until the end of Friday 22 January 2027" in page.main

    clock.at = steps.AGREED_AT
    office, chair = as_(cases.COORDINATOR), as_(cases.CHAIR)
    agreed = chair.follow(_press(chair, reference, "I agree these minutes"))
    assert agreed.saved == "The minutes are agreed"
    issued = office.follow(_press(office, reference, "Issue the minutes"))

    assert issued.saved == "The minutes are issued, as issue 1"
    for email in (cases.POLICE, cases.HOUSING, cases.CHAIR):
        for where in ("documents", "meeting"):
            seen = as_(email).get(f"/cases/{reference}/{where}")
            assert "Minutes of the meeting, issue 1 (Word)" in seen.main, (email, where)


def _press(client, reference, button, **fields):
    return client.press(_page(client, reference), button, **fields)


def test_the_chair_is_told_why_they_cannot_agree_yet(as_, sent_round):
    page = _page(as_(cases.CHAIR), sent_round).main

    assert "when the agencies’ time to correct their accounts is over" in page
    assert "I agree these minutes" not in page


def test_the_coordinator_does_not_agree_and_the_chair_does_not_issue(as_, sent_round, clock):
    clock.at = steps.AGREED_AT

    assert "I agree these minutes" not in _page(as_(cases.COORDINATOR), sent_round).main
    assert "Issue the minutes" not in _page(as_(cases.CHAIR), sent_round).main


def test_issuing_too_early_says_what_is_open(as_, sent_round):
    page = _press(as_(cases.COORDINATOR), sent_round, "Issue the minutes")

    assert page.status == 409
    ((sentence, _),) = page.errors
    assert sentence == (
        "You cannot issue the minutes yet. Still open: The chair has agreed them as they stand"
    )


def test_an_agency_is_led_to_its_own_account_and_corrects_it(app, as_, sent_round):
    police = as_(cases.POLICE)
    assert "Your agency’s account in the minutes" in police.get(f"/cases/{sent_round}/meeting").main
    form = _page(police, sent_round, "/account")
    assert "What the minutes say for Wharrow Valley Police" in form.main
    assert "Hexley Council" not in form.main

    saved = police.follow(police.submit(form, words="Two calls, not one."))

    assert saved.saved == "Your account is saved"
    assert "Two calls, not one." in _page(as_(cases.CHAIR), sent_round).main
    assert "Two calls" not in _page(as_(cases.COUNCIL), sent_round, "/account").main


def test_too_late_an_agency_gets_a_sentence_and_keeps_what_it_wrote(as_, clock, sent_round):
    clock.at = steps.LAST_DAY_AT
    police = as_(cases.POLICE)
    form = _page(police, sent_round, "/account")
    clock.at = steps.TOO_LATE_AT

    page = police.submit(form, words="Two calls, not one.")

    assert page.status == 409
    assert "ended on Friday 22 January 2027. Tell the chair" in page.main
    assert "What you wrote, not saved Two calls, not one." in page.main
    assert "Two calls" not in _page(as_(cases.CHAIR), sent_round).main


def test_the_second_of_two_who_write_gets_both_texts(app, as_, sent_round):
    with app.app_context():
        office = cases.actor_of(cases.COORDINATOR, steps.SENT_AT)
        number = steps.text_of(office, sent_round, "Lessons").number
    first, second = as_(cases.CHAIR), as_(cases.COORDINATOR)
    slow = _page(second, sent_round, f"/texts/{number}")
    first.submit(_page(first, sent_round, f"/texts/{number}"), words="Link calls by address.")

    conflict = second.submit(slow, words="Ask about harm.")

    assert conflict.status == 409
    assert "Margaret Lyle changed “Lessons” while you were writing" in conflict.main
    assert "Link calls by address." in conflict.main
    saved = second.follow(second.submit(conflict, words="Link calls. Ask about harm."))
    assert "Link calls. Ask about harm." in saved.main


def test_the_page_takes_no_more_queries_with_more_in_it(app, as_, count_queries, reference):
    with app.app_context():
        steps.draft(reference)
    office = as_(cases.COORDINATOR)
    with count_queries() as few:
        _page(office, reference)
    with app.app_context():
        actor = cases.actor_of(cases.COORDINATOR, steps.SENT_AT)
        for heading in ("Lessons", "Disagreement", "Hexley Council", "Tollgate Homes"):
            steps.write(actor, reference, heading, "Something.\nAnd more.")
    with count_queries() as many:
        _page(office, reference)

    assert many.count == few.count


def test_no_value_in_any_field_breaks_a_page(app, as_, sent_round):
    """Nothing is ever a 500, and what is refused is said at its field with what was typed kept."""
    office, police = as_(cases.COORDINATOR), as_(cases.POLICE)
    pages = [(office, f"/cases/{sent_round}/minutes/texts/1"), (police, _account(sent_round))]

    for client, path in pages:
        page = client.get(path)
        for value in VALUES[::8]:
            answer = client.submit(page, words=value, form_token="x")
            assert answer.status in {303, 409, 422}, (path, value[:40])
            if answer.status == 422:
                assert [href for _, href in answer.errors] == ["#words"], (path, value[:40])
        for version in ("", "-1", "x", "9" * 30, "１"):
            assert client.submit(client.get(path), words="a", version=version).status == 409


def _account(reference):
    return f"/cases/{reference}/minutes/account"


def test_a_text_or_address_that_is_not_there_is_not_found(as_, sent_round):
    office = as_(cases.COORDINATOR)

    for path in ("/texts/99", "/texts/0", "/texts/9999999", "/changed"):
        assert _page(office, sent_round, path).status == 404
