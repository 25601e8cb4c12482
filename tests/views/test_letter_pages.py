"""The pages of the letters: from the decision to an issued letter, and what others see of it."""

import pytest

from portal.services import closing, letters
from tests import cases
from tests.cases import actor_of, make_case, token
from tests.hostile import VALUES
from tests.letters import AT, NOT_MET, decide, report, step, typed_letter, write

DAY = "/letters/threshold-not-met"


@pytest.fixture
def reference(app, people):
    return make_case(app, stage="assessing")


@pytest.fixture
def office(as_, clock):
    clock.at = AT
    return as_(cases.COORDINATOR)


@pytest.fixture
def refused(app, reference):
    with app.app_context():
        actor = actor_of(cases.COORDINATOR, AT)
        report(actor, reference, "2026-11-09", "2026-12-01")
        decide(actor, reference, is_met=False, reasons="We found two reports.")
    return f"/cases/{reference}"


def filled():
    return {
        "factors": "It has gone on since May.",
        "what_would_change": "One more report.",
        "next_contact_on-day": "20",
        "next_contact_on-month": "1",
        "next_contact_on-year": "2027",
        "step_1_what": "visit both houses",
        "step_1_who": "office",
        "step_1_by-day": "15",
        "step_1_by-month": "1",
        "step_1_by-year": "2027",
    }


def test_a_decision_leads_to_its_letter_and_the_letter_is_written_and_issued(office, refused):
    page = office.get(refused + DAY)
    assert "4 things to do" in page.main
    assert page.links["It is written what would change the answer"].endswith(
        f"{DAY}/write#what_would_change"
    )
    refusal = office.press(page, "Issue the letter", read="yes")
    assert refusal.status == 409
    assert refusal.errors[0][0].startswith("You cannot issue the letter yet. Still open: ")

    saved = office.post(refused + DAY + "/write", **filled())
    assert saved.location == refused + DAY
    page = office.follow(saved)
    assert "nothing is left to do" in page.main
    assert "Our office will visit both houses by Friday 15 January 2027." in page.main
    unread = office.press(page, "Issue the letter")
    assert unread.errors == [("Confirm that you have read the letter", "#read")]
    done = office.press(page, "Issue the letter", read="yes")
    again = office.press(page, "Issue the letter", read="yes")

    assert done.location == again.location == refused + DAY
    assert office.follow(done).saved == "The letter is issued, as issue 1"
    listed = office.get(refused + "/letters")
    name = "letter-threshold-not-met-1.docx"
    assert listed.links["Letter: threshold not met, issue 1 (Word)"].endswith(name)
    assert office.get(f"{refused}/documents/{name}").status == 200
    assert office.get(f"{refused}/documents/letter-threshold-not-met-2.docx").status == 404
    case = office.get(refused)
    assert "Letter issued: threshold not met" in case.main
    assert "Until Tue 19 Jan" in case.main
    assert "Send the letter" not in case.main


def _day(name, day, month, year):
    parts = {"day": day, "month": month, "year": year}
    return {f"{name}-{part}": str(number) for part, number in parts.items()}


def test_the_office_lands_on_the_letter_after_the_decision(office, reference):
    path = f"/cases/{reference}/threshold"
    page = office.get(path)
    body = page.by_id("agreed_by").get("value")

    done = office.post(
        path,
        is_met="yes",
        agreed_by=body,
        reasons="Three reports.",
        departure="The bodies think so.",
        **{f"said_by_{body}": "Marie Castell"},
        **_day("decided_on", 5, 1, 2027),
        **_day(f"agreed_on_{body}", 5, 1, 2027),
    )

    assert done.location == f"/cases/{reference}/letters/threshold-met"
    assert "Send the letter: threshold met" in office.get(f"/cases/{reference}").main
    assert "Send the letter: threshold met" in office.get("/home").main


def test_two_who_write_the_same_letter_keep_both_texts(app, office, refused, reference):
    page = office.get(refused + DAY + "/write")
    with app.app_context():
        write(actor_of(cases.COORDINATOR, AT), reference, NOT_MET, reasons="Theirs was first.")

    conflict = office.submit(page, reasons="Mine came second.", step_1_what="ring you")

    assert conflict.status == 409
    assert "Theirs was first." in conflict.main
    assert "Mine came second." in conflict.html
    solved = office.press(conflict, next(iter(conflict.form_with({"reasons"}).buttons)))
    assert solved.location == refused + DAY
    with app.app_context():
        actor = actor_of(cases.COORDINATOR, AT)
        typed = letters.open_letter_form(actor, reference, NOT_MET).typed
    assert typed.reasons == "Mine came second."
    assert typed.steps[0].what == "ring you"


def test_a_wrong_day_keeps_all_that_was_typed(office, refused):
    page = office.post(
        refused + DAY + "/write",
        **(filled() | {"step_5_by-day": "31", "step_5_by-month": "2", "step_5_by-year": "27"}),
    )

    assert page.status == 422
    assert [link for _, link in page.errors] == ["#step_5_by-year"]
    assert page.by_id("step_1_what").text.strip() == "visit both houses"
    assert page.by_id("step_5_by-day").get("value") == "31"


@pytest.mark.slow
def test_no_value_in_any_field_breaks_the_letter(office, refused):
    page = office.get(refused + DAY + "/write")
    fields = page.form_with({"reasons"}).names - {"csrf_token", "form_token", "kept", "version"}

    for value in VALUES[::12]:
        answer = office.post(refused + DAY + "/write", **dict.fromkeys(fields, value))
        assert (answer.status, bool(answer.errors)) == (422, True), value
        texts = {each: value for each in fields if "_by-" not in each and "_who" not in each}
        texts = {each: text for each, text in texts.items() if "next_contact" not in each}
        answer = office.post(refused + DAY + "/write", **texts)
        assert answer.status in {303, 422}, value
        if answer.status == 303:  # else the letter is the one before
            assert office.get(refused + DAY).status == 200, value


def test_a_report_says_what_the_advice_says_until_somebody_says_it_otherwise(
    app, office, refused, reference
):
    with app.app_context():
        actor = actor_of(cases.COORDINATOR, AT)
        first, second = typed_letter(actor, reference, NOT_MET).report_words
    assert {first[1], second[1]} == {"counted."}

    office.post(refused + DAY + "/write", **{first[0]: "counted, and thank you for it."})

    page = office.get(refused + DAY)
    assert "Wharrow Valley Police: counted, and thank you for it." in page.main
    assert page.main.count("Wharrow Valley Police: counted.") == 1


def test_a_letter_about_many_reports_asks_no_more_queries(app, office, people, count_queries):
    few, many = (make_case(app, stage="assessing") for _ in range(2))
    with app.app_context():
        actor = actor_of(cases.COORDINATOR, AT)
        report(actor, few, "2026-05-09")
        report(actor, many, *(f"2026-05-{day:02}" for day in range(1, 13)))
        for each in (few, many):
            decide(actor, each, is_met=False)

    def asked(reference):
        with count_queries() as queries:
            office.get(f"/cases/{reference}{DAY}")
        return len(queries.statements)

    with app.app_context():
        actor = actor_of(cases.COORDINATOR, AT)
        write(actor, few, NOT_MET)
        write(actor, many, NOT_MET, steps=tuple(step() for _ in range(8)))

    asked(few)
    assert asked(many) == asked(few)


def test_a_withdrawn_case_leads_to_its_closing_letter_and_keeps_what_is_typed(
    app, office, reference
):
    with app.app_context():
        closing.withdraw_request(
            actor_of(cases.COORDINATOR, AT), reference, token(), "They moved away."
        )
    path = f"/cases/{reference}/letters/closure"
    assert office.get(f"/cases/{reference}").links["Send the letter: closure"].endswith(path)
    typed = {"reasons": "You asked us to stop.", "papers_kept": "for six years"}

    wrong = office.post(path + "/write", **typed, **_day("talked_on", 31, 2, 2027))
    assert (wrong.status, [link for _, link in wrong.errors]) == (422, ["#talked_on-day"])
    assert "You asked us to stop." in wrong.html
    ahead = office.follow(office.post(path + "/write", **typed, **_day("talked_on", 6, 1, 2027)))
    refused = office.press(ahead, "Issue the letter", read="yes")
    assert "The day on which it was talked about is not in the future" in refused.errors[0][0]
    page = office.follow(office.post(path + "/write", **typed, **_day("talked_on", 5, 1, 2027)))

    assert "Nothing was decided that you could appeal against." in page.main
    assert office.press(page, "Issue the letter", read="yes").location == path
    assert "Send the letter" not in office.get(f"/cases/{reference}").main
