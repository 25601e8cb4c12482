"""What is done on receipt of a request, by the pages: told, called, support offered."""

import re

import pytest
import sqlalchemy as sa

from portal.access import rules
from portal.db import db, transaction
from portal.domain.roles import Act, Role
from portal.domain.stages import CaseFacts, Stage
from portal.models.case import Case
from portal.services import first_call
from tests import cases
from tests.canary_case import DOOR
from tests.cases import actor_of, make_case
from tests.hostile import VALUES

ADMINISTRATOR = "admin@wharrow-lpb.example"
CALL = {
    "tried_on-day": "18", "tried_on-month": "12", "tried_on-year": "2026", "tried_time": "10am",
    "way": "phone", "used": "01632 960199", "outcome": "reached", "who_answered": "Noor",
    "said": "She is afraid on the stairs.", "added": "A third incident, on Sunday.",
    "next_on-day": "4", "next_on-month": "1", "next_on-year": "2027",
}  # fmt: skip
OFFER = {
    "offered_on-day": "18", "offered_on-month": "12", "offered_on-year": "2026",
    "what": "A support worker of Victim Care", "answer": "yes", "method": "spoken",
}  # fmt: skip
TOO_EARLY = (
    "The day you tried must be the same as or after Thursday 17 December 2026, "
    "the day the request was received"
)


@pytest.fixture
def reference(app, people, clock):
    """A case that was received yesterday; it is two in the afternoon of 18 December."""
    clock.at = cases.at(18, 14, month=12, year=2026)
    return make_case(app, stage="received")


def _page(client, reference):
    return client.get(f"/cases/{reference}/receipt")


def _link(page, pattern):
    return next(href for href in page.links.values() if re.search(pattern, href))


def test_the_coordinator_reads_whom_it_was_passed_on_to_and_rings_who_has_no_address(
    as_, reference
):
    office = as_(cases.COORDINATOR)
    page = _page(office, reference)

    for told in ("Wharrow Valley Police", "Hexley Council", "Tollgate Homes", "Wharrow ICB"):
        assert f"{told}, of the request on Thursday 17 December 2026, 9am" in page.main
    assert "Wharrowdale Council" not in page.main
    assert "To be told by phone: no address is known" in page.main
    assert "no name, no address, not what happened" in page.main

    form = office.get(_link(page, "/receipt/told/"))
    assert form.form_with({"told_whom"})
    first, second = (office.get(_link(page, "/receipt/told/")) for _ in range(2))
    assert office.submit(first, told_whom="Priya Dale").status == 303
    late = office.submit(second, told_whom="Somebody else")

    assert late.status == 409
    assert "Hexley community safety partnership" in late.h1
    assert "Somebody else" in late.main
    assert "Told by phone: Priya Dale" in _page(office, reference).main


def test_a_call_is_recorded_with_how_it_is_safe_in_front_and_the_next_on_the_first_page(
    as_, clock, reference
):
    office = as_(cases.COORDINATOR)
    form = office.get(_page(office, reference).links["Record a call"])
    assert "Text first, no letters to the home" in form.main
    assert "What is not known counts as not safe" in form.main

    page = office.follow(office.submit(form, **CALL))

    assert page.saved == "Call recorded"
    for words in (
        "Talked to them, Friday 18 December 2026, 10am", "By phone, 01632 960199. Answered: Noor",
        "She is afraid on the stairs.", "A third incident, on Sunday.",
        "Next contact: Monday 4 January 2027.",
    ):  # fmt: skip
        assert words in page.main
    home = office.get("/home")
    assert "Agreed for Monday 4 January 2027. Look first how it is safe" in home.main
    assert f"/cases/{reference}/receipt/call" in home.links.values()
    # Reached with no new day: nothing waits any more.
    clock.at = cases.at(4, 12)
    office = as_(cases.COORDINATOR)
    nothing_next = {name: "" for name in CALL if name.startswith("next_on")}
    office.submit(office.get(f"/cases/{reference}/receipt/call"), **(CALL | nothing_next))
    assert "Look first how it is safe" not in office.get("/home").main


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        (
            {"tried_time": "5pm"},
            ("The day and time you tried must be today or in the past", "#tried_on-day"),
        ),
        (
            {"tried_on-day": "16"},
            (TOO_EARLY, "#tried_on-day"),
        ),
        ({"said": " "}, ("Enter what was said", "#said")),
        (
            {"next_on-year": "2026"},
            ("The day of the next contact must be today or in the future", "#next_on-day"),
        ),
    ],
)
def test_a_call_that_does_not_fit_is_said_at_the_field_and_kept(as_, reference, changes, error):
    page = as_(cases.COORDINATOR).post(f"/cases/{reference}/receipt/call", **(CALL | changes))

    assert (page.status, page.errors) == (422, [error])
    assert page.form_with({"used"}).fields["added"] == ["A third incident, on Sunday."]


def test_who_asked_to_talk_today_stands_on_the_first_page_until_they_were_reached(
    app, as_, reference
):
    with app.app_context(), transaction():
        case = db.session.scalars(sa.select(Case).execution_options(**DOOR)).one()
        at = cases.at(18, month=12, year=2026)
        first_call.ask_to_ring(actor_of(cases.COORDINATOR, at), case)
    office = as_(cases.COORDINATOR)
    assert "Ring today" in office.get("/home").main

    path = f"/cases/{reference}/receipt/call"
    no_day = {name: "" for name in CALL if name.startswith("next_on")}
    not_reached = CALL | no_day | {"outcome": "no_answer", "said": ""}
    office.submit(office.get(path), **not_reached)
    assert "Ring today" in office.get("/home").main
    assert "The applicant asked to talk to somebody on Friday 18 December 2026" in (
        _page(office, reference).main
    )
    office.submit(office.get(path), **(CALL | no_day))
    assert "Ring today" not in office.get("/home").main


def test_a_referral_needs_a_yes_and_each_answer_of_the_service_is_kept(as_, clock, reference):
    office = as_(cases.COORDINATOR)
    offer = office.get(_page(office, reference).links["Record support offered to Noor Haddad"])
    page = office.follow(office.submit(offer, **(OFFER | {"answer": "later"})))
    assert "Answer: Later, ask again" in page.main
    assert not [href for href in page.links.values() if "/refer/" in href]

    again = office.get(offer.path)
    page = office.follow(office.submit(again, **OFFER))
    assert "They agreed to: “I agree that the office gives my name" in page.main
    sent = {"sent_on-day": "18", "sent_on-month": "12", "sent_on-year": "2026"}
    refer = office.get(_link(page, "/refer/"))
    early = office.submit(refer, service_name="Victim Care", **(sent | {"sent_on-day": "17"}))
    assert early.errors[0][1] == "#sent_on-day"
    assert early.form_with({"service_name"}).fields["service_name"] == ["Victim Care"]
    page = office.follow(office.submit(refer, service_name="Victim Care", **sent))
    assert "Referred to Victim Care on Friday 18 December 2026" in page.main
    assert "No answer yet" in page.main

    clock.at = cases.at(5)
    office = as_(cases.COORDINATOR)
    for outcome, day in (("no_capacity", "4"), ("accepted", "5")):
        office.submit(
            office.get(_link(page, "/referrals/")),
            **{"outcome": outcome, "on_day-day": day, "on_day-month": "1", "on_day-year": "2027"},
        )
    page = _page(office, reference)
    assert "The service has no capacity: Monday 4 January 2027" in page.main
    assert "The service accepted it: Tuesday 5 January 2027" in page.main

    refer = office.get(_link(page, "/refer/"))
    first, second = (office.get(_link(page, "/take-back/")) for _ in range(2))
    assert office.submit(first).status == 303
    assert office.submit(second).status == 409
    assert office.submit(refer, service_name="Peer mentors", **sent).status == 409
    page = _page(office, reference)
    assert "Taken back on Tuesday 5 January 2027" in page.main
    assert "Peer mentors" not in page.main
    assert not [href for href in page.links.values() if "/refer/" in href]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"answer": None}, ("Select what they said", "#answer")),
        ({"wording": ""}, ("Enter the words that they agreed to", "#wording")),
        ({"method": None}, ("Select how they said yes", "#method")),
        ({"offered_on-day": "19"}, ("The day it was offered must be today or before", "")),
    ],
)
def test_a_yes_has_its_words_its_way_and_its_day(as_, reference, changes, error):
    office = as_(cases.COORDINATOR)
    form = office.get(_link(_page(office, reference), "/receipt/offer/"))

    page = office.submit(form, **(OFFER | changes))

    assert (page.status, page.errors[0][0]) == (422, error[0])
    assert page.errors[0][1].startswith(error[1] or "#offered_on")


def test_support_does_not_wait_for_the_threshold_and_is_offered_when_it_is_not_met_too():
    """Offered at receipt whatever the decision: product, step 3."""
    rule = rules.TABLE[Act.WORK_ON_RECEIPT][Role.COORDINATOR]
    assert [stage for stage in Stage if rule(CaseFacts(stage=stage))] == [Stage.CLOSED]


def test_the_chair_reads_what_was_said_and_adds_nothing_and_no_agency_reads_any_of_it(
    app, as_, people, clock
):
    reference = make_case(app, stage="invited")
    clock.at = cases.at(7)
    as_(cases.COORDINATOR).post(f"/cases/{reference}/receipt/call", **(CALL | {
        "next_on-day": "8",
    }))  # fmt: skip

    chair = as_(cases.CHAIR)
    page = _page(chair, reference)

    assert "She is afraid on the stairs." in page.main
    assert not [href for href in page.links.values() if re.search(r"/receipt/.|/related", href)]
    assert chair.get(f"/cases/{reference}/receipt/call").status == 403
    for email in (cases.POLICE, cases.POLICE_LEAD, cases.COUNCIL):
        client = as_(email)
        assert _page(client, reference).status == 403
        for tab in ("", "/chronology", "/request", "/people"):
            assert "afraid on the stairs" not in client.get(f"/cases/{reference}{tab}").main
        assert "On receipt" not in client.get(f"/cases/{reference}").links
        assert "Look first how it is safe" not in client.get("/home").main


def test_the_administrator_keeps_the_addresses_and_the_second_to_save_loses_nothing(as_, people):
    admin = as_(ADMINISTRATOR)
    page = admin.get("/admin/inboxes")
    assert "Wharrow Fire and Rescue" not in page.main
    path = _link(page, "/partnership/")
    first, second = admin.get(path), admin.get(path)
    assert admin.submit(first, email="csp@hexley.example").status == 303
    late = admin.submit(second, email="other@hexley.example")

    assert late.status == 409
    assert "csp@hexley.example" in late.main
    assert late.form_with({"email"}).fields["email"] == ["other@hexley.example"]
    assert admin.submit(late).status == 303
    assert "other@hexley.example" in admin.get("/admin/inboxes").main
    wrong = admin.post(path, email="no address")
    assert (wrong.status, wrong.form_with({"email"}).fields["email"]) == (422, ["no address"])
    assert as_("admin@severnreach-lpb.example").get(path).status == 404


def test_no_hostile_text_breaks_what_comes_after_a_yes(as_, reference):
    office = as_(cases.COORDINATOR)
    office.submit(office.get(_link(_page(office, reference), "/receipt/offer/")), **OFFER)
    refer = _link(_page(office, reference), "/refer/")
    sent = {"sent_on-day": "18", "sent_on-month": "12", "sent_on-year": "2026"}
    office.post(refer, service_name="Victim Care", **sent)
    outcome = _link(_page(office, reference), "/referrals/")
    day = {"on_day-day": "18", "on_day-month": "12", "on_day-year": "2026"}

    for value in VALUES[::8]:
        statuses = {
            office.post(refer, service_name=value, **sent).status,
            office.post(refer, service_name="x", **(sent | {"sent_on-day": value})).status,
            office.post(outcome, outcome="accepted", words=value, **day).status,
            office.post(outcome, outcome=value, **day).status,
        }
        assert statuses <= {303, 422}, value
    assert _page(office, reference).status == 200
