"""What the applicant writes on their own pages, the office's answers, and their papers."""

import re

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.domain.stages import Stage
from portal.models.applicant_message import ApplicantMessage
from portal.models.case import Case, Incident, PartyKind, PartyRole
from portal.models.delivery import PostState, SafeReach
from portal.models.opening import Statement
from portal.models.outbox import DeliveryState, OutboxMessage
from portal.services import parties, safe_reach
from tests import cases
from tests.canary_case import DOOR
from tests.cases import actor_of, make_case, token
from tests.mine import give_code, own
from tests.pages import Client
from tests.post import BY_EMAIL, BY_POST, acknowledge, last_secret, on_their_way, say_safe
from tests.views.test_hostile_values import TRIED, _targets_at, _try
from tests.views.test_statement_pages import open_the_meeting

WORDS = "He came back on Sunday."
STATEMENT = {
    "words": "Since October I do not sleep.",
    "panel_reads": "before",
    "reads_out": "chair",
}


@pytest.fixture
def reference(app, people, clock):
    """A case whose meeting is booked for 10am; it is five to ten."""
    clock.at = cases.at(19, 9, 55)
    return make_case(app, stage="invited")


def _second(app, reference, email=""):
    with app.app_context():
        return parties.add_party(
            actor_of(cases.COORDINATOR, cases.at(14, 8)),
            reference,
            token(),
            role=PartyRole.VICTIM,
            kind=PartyKind.INDIVIDUAL,
            name="Idris Vale",
            email=email,
        )


def _all(app, model):
    with app.app_context():
        return list(db.session.scalars(sa.select(model).execution_options(**DOOR)))


def _notices(app):
    return [each for each in _all(app, OutboxMessage) if each.key.startswith("own-page-")]


def test_a_message_reaches_the_coordinator_alone_and_the_answer_its_writer_alone(
    app, as_, reference
):
    noor, idris = own(app, reference), own(app, reference, _second(app, reference))
    assert noor.post("/my/messages", words=WORDS).location == "/my/messages"
    office = as_(cases.COORDINATOR)
    home = office.get("/home")
    page = office.get(home.links[f"Answer on {reference}"])
    assert WORDS in page.main
    form = office.get(page.links["Write to Noor Haddad"])
    page = office.follow(office.submit(form, words="We are on it."))

    assert page.saved == "Sent. It stands on their own page"
    assert f"Answer on {reference}" not in office.get("/home").links
    answered = noor.get("/my/messages").main
    assert answered.index("From the office") < answered.index("From you")
    assert "We are on it." in answered
    # Who of the office wrote it is the office; the other victim of the case reads nothing of it.
    assert "Ruth" not in answered
    for path in ("/my", "/my/messages", "/my/papers"):
        text = idris.get(path).text
        assert WORDS not in text
        assert "We are on it." not in text
    for email in (cases.CHAIR, cases.POLICE, cases.COUNCIL):
        reader = as_(email)
        assert reader.get(f"/cases/{reference}/messages").status == 403
        assert WORDS not in reader.get(f"/cases/{reference}/chronology").text
    assert as_(cases.HEALTH).get(f"/cases/{reference}/messages").status == 404


def test_what_needs_no_answer_is_done_with_by_a_button(app, as_, reference):
    own(app, reference).post("/my/messages", words=WORDS)
    office = as_(cases.COORDINATOR)
    page = office.get(f"/cases/{reference}/messages")

    assert office.press(page, "Done without an answer to Noor Haddad").status == 303
    assert f"Answer on {reference}" not in office.get("/home").links


def test_an_email_says_only_that_something_waits_once_an_hour_and_only_where_it_is_safe(
    app, as_, clock, reference
):
    office = as_(cases.COORDINATOR)
    party = office.get(f"/cases/{reference}/messages").links["Write to Noor Haddad"]
    office.post(party, words="The secret words")
    assert _notices(app) == []  # nobody has asked her yet what is safe
    with app.app_context():
        say_safe(actor_of(cases.COORDINATOR, clock.now()), reference, BY_EMAIL)
    for _ in range(3):
        office.post(party, words="The secret words")

    (notice,) = _notices(app)
    assert (notice.receiver, notice.subject) == ("noor@example.org", reference)
    assert "/my" in notice.body
    for hidden in ("secret", "Noor", "anti-social"):
        assert hidden not in notice.body
    clock.advance(hours=1)
    as_(cases.COORDINATOR).post(party, words="The secret words")
    assert len(_notices(app)) == 2


def test_sent_twice_is_one_message_and_nothing_is_said_of_an_empty_one(app, reference):
    client = own(app, reference)
    page = client.get("/my/messages")
    client.submit(page, words=WORDS)
    client.submit(page, words=WORDS)

    assert [each.words for each in _all(app, ApplicantMessage)] == [WORDS]
    assert client.post("/my/messages", words=" ").errors == [("Write your message", "#words")]


def test_what_was_typed_outlives_the_sign_in_and_comes_back_to_its_writer_alone(
    app, clock, reference
):
    client = own(app, reference)
    page = client.get("/my/messages")
    clock.advance(minutes=31)
    answer = client.submit(page, words=WORDS)
    assert answer.location == "/my/sign-in?next=/my/messages"

    other = own(app, reference, _second(app, reference))
    assert WORDS not in other.get("/my/messages").text
    page = own(app, reference).get("/my/messages")
    assert WORDS not in page.text
    again = Client(app)
    form = again.get("/my/sign-in?next=/my/messages")
    after = again.submit(form, reference=reference, code=give_code(app, reference))
    assert again.follow(after).form_with({"words"}).fields["words"] == [WORDS]


def test_something_new_is_kept_in_their_words_and_the_office_is_told(app, as_, reference):
    client = own(app, reference)
    new = {"title": "Shouting again", "account": "He shouted at 2am."}
    future = {"happened_on-day": "20", "happened_on-month": "1", "happened_on-year": "2027"}
    page = client.post("/my/new-incident", **new, **future)
    assert page.errors == [("The day it happened must be today or before", "#happened_on-day")]
    assert page.form_with({"title"}).fields["account"] == ["He shouted at 2am."]

    page = client.follow(client.post("/my/new-incident", **new))

    assert page.saved == "Sent. Thank you for telling us"
    (incident,) = [each for each in _all(app, Incident) if each.title == "Shouting again"]
    assert (incident.account, incident.happened_on) == ("He shouted at 2am.", None)
    office = as_(cases.COORDINATOR)
    assert "He shouted at 2am." in office.get(f"/cases/{reference}/reports").main
    assert f"Answer on {reference}" in office.get("/home").links


def test_to_take_it_back_is_asked_and_closes_nothing(app, as_, reference):
    client = own(app, reference)
    page = client.follow(client.post("/my/withdraw", words="I moved"))

    assert page.saved == "Sent. We ring you before anything is closed"
    assert [each.stage for each in _all(app, Case)] == [Stage.ARRANGING]
    page = as_(cases.COORDINATOR).get(f"/cases/{reference}/messages")
    assert "I want to take my request back. I moved" in page.main.replace("back.I", "back. I")


@pytest.mark.parametrize("way", [BY_EMAIL, BY_POST])
def test_when_it_is_not_safe_any_more_everything_on_its_way_stops_at_once(app, as_, clock, way):
    reference = make_case(app, stage="received")
    clock.at = cases.ACKNOWLEDGED_AT
    with app.app_context():
        office = actor_of(cases.COORDINATOR, clock.now())
        say_safe(office, reference, way)
        acknowledge(office, reference)
        link = last_secret("link") if way is BY_EMAIL else ""
    client = own(app, reference)
    page = client.follow(client.post("/my/contact", words="He reads my email now."))

    assert page.saved == "Sent. Nothing goes to you until we have spoken"
    assert "He reads" not in page.main
    (reach,) = _all(app, SafeReach)
    assert not reach.is_confirmed
    with app.app_context():
        (delivery,) = on_their_way()
        assert (delivery.state, delivery.way) == (PostState.HELD, None)
        mails = [each.state for each in _all_mail()]
    assert set(mails) <= {"withheld"}
    if link:
        answer = Client(app).post(f"/papers/{link}", code="23456789CD")
        assert answer.status == 422
    assert (
        "He reads my email now." in as_(cases.COORDINATOR).get(f"/cases/{reference}/messages").main
    )


def test_word_that_a_message_waits_stops_too_and_that_to_nobody_else(app, as_, reference):
    idris = _second(app, reference, email="idris@example.org")
    with app.app_context():
        actor = actor_of(cases.COORDINATOR, cases.at(19, 9, 55))
        say_safe(actor, reference, BY_EMAIL)
        safe_reach.change_reach(actor, reference, idris, token(), BY_EMAIL, 0)
    for thread in as_(cases.COORDINATOR).get(f"/cases/{reference}/messages").links.values():
        if re.search(r"/messages/\d+$", thread):
            as_(cases.COORDINATOR).post(thread, words="We are on it.")

    own(app, reference).post("/my/contact", words="He reads my email now.")

    states = {each.receiver: each.state for each in _notices(app)}
    assert states == {
        "noor@example.org": DeliveryState.WITHHELD,
        "idris@example.org": DeliveryState.WAITING,
    }


def _all_mail():
    query = sa.select(OutboxMessage).where(OutboxMessage.delivery_id.is_not(None))
    return list(db.session.scalars(query.execution_options(**DOOR)))


def test_a_victim_writes_their_own_statement_until_the_meeting_opens(app, as_, clock, reference):
    noor, idris = own(app, reference), own(app, reference, _second(app, reference))
    page = noor.follow(noor.post("/my/statement", **STATEMENT))

    assert page.saved == "Statement saved. You can change it until the meeting opens"
    (row,) = _all(app, Statement)
    assert (row.words, row.channel, row.written_down_by) == (
        "Since October I do not sleep.", "form", "Noor Haddad",
    )  # fmt: skip
    office = as_(cases.COORDINATOR)
    assert "on their own page" in office.get(f"/cases/{reference}/statements").main
    assert idris.get("/my/statement").form_with({"words"}).fields["words"] == [""]
    form = noor.get("/my/statement")
    open_the_meeting(as_(cases.CHAIR), clock, reference)
    noor = own(app, reference)
    assert noor.get("/my/statement").status == 403
    assert form.status == 200
    assert "Your statement" not in noor.get("/my").links


def test_applicant_and_coordinator_who_write_the_statement_at_once_lose_nothing(
    app, as_, reference
):
    client = own(app, reference)
    client.post("/my/statement", **STATEMENT)
    form = client.get("/my/statement")
    office = as_(cases.COORDINATOR)
    page = office.get(f"/cases/{reference}/statements")
    change = next(href for words, href in page.links.items() if words.startswith("Change"))
    office.post(change, words="As she told me", channel="phone")

    page = client.submit(form, words="What I wrote myself")

    assert page.status == 409
    assert "As she told me" in page.main
    assert page.form_with({"words"}).fields["words"] == ["What I wrote myself"]
    assert client.submit(page).status == 303


def test_their_papers_are_those_that_were_issued_to_them(app, people):
    reference = make_case(app, stage="monitoring")
    noor, other = own(app, reference), own(app, make_case(app, stage="arranging"))
    page = noor.get("/my/papers")
    (link,) = [href for words, href in page.links.items() if words.startswith("Your action plan")]

    answer = noor.browser.get(link)

    assert (answer.status_code, answer.data[:2]) == (200, b"PK")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={reference}.docx"
    assert "There is nothing here yet." in other.get("/my/papers").main
    assert other.get(link).status == 404
    # The panel's version is a document of the case too, and is nobody's of the applicant's side.
    for number in range(1, 9):
        path = f"/my/papers/{number}"
        assert path == link or noor.get(path).status == 404


def test_no_value_in_any_field_of_their_own_pages_breaks_a_page(app, reference):
    client = own(app, reference)
    for path in (
        "/my/messages",
        "/my/new-incident",
        "/my/contact",
        "/my/withdraw",
        "/my/statement",
    ):
        for target in _targets_at(client, path):
            for value in TRIED:
                _try(target, value)
