"""Asking for a review page by page: what is asked, what is kept, what becomes of it."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.domain.answers import Answer
from portal.domain.delivery import SafeWay
from portal.models.case import Case, Channel, Incident, Party, PartyContact, PartyRole, Report
from portal.models.consent import Consent, ContactConsent
from portal.models.delivery import SafeReach
from portal.models.draft import RequestDraft, SentRequest
from portal.models.request import Landlord, RequestDetails, TakingPart
from tests import cases, noor
from tests.pages import Client

DOOR = unscoped("a test looks")
MOST_SCREENS = 12


@pytest.fixture
def stored(scalars):
    def read(model):
        return scalars(sa.select(model).execution_options(**DOOR))

    return read


@pytest.fixture(autouse=True)
def _on_a_thursday_evening(clock):
    clock.at = noor.AT


def test_the_plain_case_takes_twelve_screens_and_arrives_whole(visitor, people, stored, as_):
    screens = [visitor.get(noor.START), noor.begin(visitor)]
    while screens[-1].path != "/request/check":
        sent = visitor.press(screens[-1], "Save and continue", **noor.answers_on(screens[-1]))
        screens.append(visitor.follow(sent))
    screens.append(visitor.follow(visitor.submit(screens[-1], is_true="yes")))

    assert screens[-1].h1 == "Request sent"
    assert len(screens) <= MOST_SCREENS
    (case,) = stored(Case)
    assert case.reference in screens[-1].main
    assert case.reference in screens[1].main  # she was told it at once
    assert (case.channel, case.keyed_by_id, case.received_at) == (Channel.FORM, None, noor.AT)
    assert case.place == "6 Alder House, Hexley, WV3 4QX"
    assert "No post" in case.safe_contact
    assert "After 6pm" in case.safe_contact
    (party,) = stored(Party)
    assert (party.name, party.role) == ("Noor Haddad", PartyRole.APPLICANT_AND_VICTIM)
    (contact,) = stored(PartyContact)
    assert (contact.phone, contact.email) == ("01632 960 188", "")
    (reach,) = stored(SafeReach)
    assert (reach.way, reach.post_is_safe, reach.voicemail_is_safe, reach.is_confirmed) == (
        SafeWay.PHONE, Answer.NO, Answer.NO, True,
    )  # fmt: skip
    (incident,) = stored(Incident)
    assert (incident.hate, incident.strands) == (Answer.YES, ["race"])
    (report,) = stored(Report)
    assert (report.reported_to, report.their_reference) == (
        "Wharrow Valley Police",
        "WV-2611-0447",
    )
    (details,) = stored(RequestDetails)
    assert (details.landlord, details.taking_part) == (Landlord.AGENCY, TakingPart.ATTENDS)
    assert (details.interpreter, details.language) == (Answer.YES, "Arabic")
    assert (
        details.impact == "My son does not sleep.\n\nI am afraid to go out\n\nA child is affected"
    )
    assert len(stored(ContactConsent)) == 1
    (extra,) = stored(SentRequest)
    assert (extra.keep_from, extra.wants_call) == ("My cousin works at Hexley Council.", False)
    (draft,) = stored(RequestDraft)
    assert (draft.case_id, draft.answers) == (case.id, {})

    page = as_(cases.COORDINATOR).get("/cases")
    # Acknowledge: three working days after Thursday 17 December: Tuesday 22 December.
    assert "Noor Haddad" in page.main
    assert "22 Dec" in page.main


def test_number_and_code_open_it_elsewhere_and_nothing_else_does(visitor, people, app, clock):
    page = noor.begin(visitor)
    both = noor.number_and_code(page)
    reference, code = both["reference"], both["code"]
    visitor.press(page, "Save and continue", **noor.answers_on(page))
    other = Client(app)

    assert other.get("/request/who").location == "/request/continue"
    answers = {
        other.post("/request/continue", reference=number, code=secret).errors[0][0]
        for number, secret in (
            (reference, "2345678923"),
            ("ACR-7K3Q-9MXD", code),
            ("nothing", code),
        )
    }
    assert len(answers) == 1
    opened = other.post("/request/continue", reference=reference.lower(), code=code.lower())
    page = other.follow(other.follow(opened))
    assert page.path == "/request/reach"
    assert 'value="Noor"' in other.get("/request/who").html
    assert code not in other.get("/request/who").html

    clock.advance(days=14)
    gone = Client(app).post("/request/continue", reference=reference, code=code)
    assert {gone.errors[0][0]} == answers


def test_wrong_codes_of_strangers_do_not_shut_out_whose_request_it_is(visitor, people, app):
    both = noor.number_and_code(noor.begin(visitor))
    for number in range(60):
        stranger = Client(app, f"192.0.2.{number}")
        stranger.post("/request/continue", reference=both["reference"], code="2345678923")

    opened = Client(app, "198.51.100.7").post("/request/continue", **both)

    assert opened.status == 303


def test_after_half_an_hour_what_is_sent_is_kept_and_nothing_is_shown(
    visitor, people, clock, stored
):
    page = noor.begin(visitor)
    clock.advance(minutes=31)

    sent = visitor.press(page, "Save and continue", **noor.answers_on(page))

    assert sent.location == "/request/continue"
    assert visitor.get("/request/who").location == "/request/continue"
    (draft,) = stored(RequestDraft)
    assert draft.answers["pages"]["who"]["fields"]["first_name"] == ["Noor"]


def test_after_half_an_hour_no_answer_to_what_is_sent_tells_what_stands_there(
    visitor, people, clock
):
    page = noor.begin(visitor)
    visitor.press(page, "Save and continue", **noor.answers_on(page))
    token = page.form_with(set(), "Save and continue").fields["csrf_token"]

    def sent():
        not_there = ("/request/group", "/request/incidents/2", "/request/incidents/1/reports/1")
        return [visitor.send(each, data={"csrf_token": token}) for each in not_there]

    assert [each.status for each in sent()] == [303, 404, 404]
    clock.advance(minutes=31)

    assert {each.location for each in sent()} == {"/request/continue"}


def test_the_code_is_shown_until_something_is_saved_whatever_that_is(visitor, people):
    assert "Your code: " in noor.begin(visitor).main
    visitor.press(visitor.get("/request/incidents/1"), "Save and continue", title="Shouted")

    assert "Your code: " not in visitor.get("/request/who").main


def test_sent_twice_is_one_request_that_cannot_be_changed_any_more(visitor, people, stored):
    check = noor.write(visitor)

    first = visitor.submit(check, is_true="yes")
    again = visitor.submit(check, is_true="yes")

    assert first.location == again.location == "/request/sent"
    assert len(stored(Case)) == 1
    assert visitor.get("/request/who").location == "/request/sent"


def test_the_second_who_saves_a_page_is_shown_both(visitor, people):
    page = noor.begin(visitor)
    visitor.press(page, "Save and continue", **noor.answers_on(page))

    second = visitor.press(
        page, "Save and continue", **(noor.answers_on(page) | {"first_name": "Nour"})
    )

    assert second.status == 409
    assert "Noor" in second.main
    assert 'value="Nour"' in second.html
    assert visitor.press(second, "Save and continue").status == 303


def test_what_is_wrong_is_said_at_the_field_and_kept(visitor, people, stored):
    page = noor.begin(visitor)
    long = "x" * 20_000

    wrong = visitor.press(page, "Save and continue", for_whom="me", first_name=long)

    assert wrong.errors[-1] == ("Enter your last name", "#last_name")
    assert long in wrong.html
    (draft,) = stored(RequestDraft)
    assert draft.answers["pages"]["who"] == {
        "fields": {"for_whom": ["me"], "first_name": [long]},
        "is_done": False,
    }


def test_one_address_that_begins_too_often_is_told_what_else_to_do(visitor, people, app):
    page = visitor.get(noor.START)
    answers = [visitor.submit(page) for _ in range(61)]
    neighbour = Client(app, address="127.0.0.2")

    assert [each.status for each in answers] == [303] * 60 + [429]
    assert "01632 960142" in answers[-1].main
    assert noor.begin(neighbour).status == 200


def test_who_must_not_see_it_is_the_coordinators_to_read_and_nobody_elses(visitor, people, as_):
    reference = noor.send(visitor)
    office = as_(cases.COORDINATOR)

    assert "My cousin works at Hexley Council." in office.get(f"/cases/{reference}").main
    assert as_(cases.COUNCIL).get(f"/cases/{reference}").status == 404


def test_asking_for_somebody_waits_for_their_word_unless_it_is_there(visitor, people, app, stored):
    for client, said in ((visitor, "will_tell"), (Client(app), "signed")):
        page = noor.begin(client)
        ahead = client.press(
            page, "Save and continue", **(noor.answers_on(page) | {"for_whom": "someone_else"})
        )
        page = client.follow(ahead)
        assert page.path == "/request/victim"
        victim = {
            "victim_first_name": "Bo",
            "victim_last_name": "Lim",
            "capacity": "friend",
            "organisation": "Left over from “I work with them”",
            "agrees": said,
        }
        page = client.follow(client.press(page, "Save and continue", **victim))
        while page.path != "/request/check":
            sent = client.press(page, "Save and continue", **noor.answers_on(page))
            page = client.follow(sent)
        assert client.submit(page, is_true="yes").location == "/request/sent"

    (consent,) = stored(Consent)
    assert (consent.recorded_by_id, consent.covers_being_told) == (None, True)
    assert "There is a signed paper" in consent.wording
    assert [(party.name, party.role, party.organisation) for party in stored(Party)] == [
        ("Bo Lim", PartyRole.VICTIM, ""),
        ("Noor Haddad", PartyRole.APPLICANT_REPRESENTATIVE, ""),
    ] * 2
