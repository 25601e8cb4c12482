"""The office's post, safe ways, and the page of a link: what is there for whom."""

import re

import pytest
import sqlalchemy as sa

from portal.db import db, transaction
from portal.mail import deliver
from portal.models.delivery import PostState
from portal.models.log import LogEntry
from portal.models.outbox import DeliveryState, OutboxMessage
from tests import cases, post
from tests.canary_case import DOOR
from tests.cases import actor_of, make_case
from tests.hostile import VALUES
from tests.letters import AT
from tests.pages import Client

WRONG = "The link or the code is not right, or is too old."


@pytest.fixture
def reference(app, people):
    return make_case(app, stage="assessing")


@pytest.fixture
def office(as_, clock):
    clock.at = AT
    return as_(cases.COORDINATOR)


@pytest.fixture
def issued(app, reference):
    """Issue a letter to the applicant, who has said this of what is safe."""

    def issue(typed):
        with app.app_context():
            actor = actor_of(cases.COORDINATOR, AT)
            post.say_safe(actor, reference, typed)
            post.acknowledge(actor, reference)

    return issue


@pytest.fixture
def secret(app):
    def last(kind):
        with app.app_context():
            return post.last_secret(kind)

    return last


def _state(app):
    with app.app_context():
        return [(each.way, each.state) for each in post.on_their_way()]


def test_the_coordinator_writes_down_what_is_safe_and_the_letter_is_posted(
    app, office, reference, issued
):
    with app.app_context():
        party = post.applicant_id(reference)
        post.acknowledge(actor_of(cases.COORDINATOR, AT), reference)
    people_page = f"/cases/{reference}/people"
    form = f"{people_page}/{party}/safe-ways"
    assert form in office.get(people_page).html
    assert "It is not known yet how it is safe to reach them" in office.get("/post").main

    empty = office.post(form)
    assert empty.errors == [("Select how they want to get papers", "#way")]
    saved = office.post(form, way="post", post_is_safe="yes", times="After 6pm")
    assert saved.location == people_page
    assert "Papers: by post. Post is safe. Times: After 6pm." in office.follow(saved).main

    listed = office.get("/post")
    link = next(href for text, href in listed.links.items() if text.startswith("Letter: ack"))
    # Where anybody lives stands on the page of the one paper, for its envelope, not in the list.
    assert "Quarry Rise" not in listed.main
    paper = office.get(link)
    assert "2 Quarry Rise" in paper.main
    assert office.get(paper.links["Download it for printing (Word)"]).status == 200
    done = office.press(paper, "It is posted")
    again = office.press(paper, "It is posted")
    assert done.location == again.location == link
    page = office.follow(done)
    assert page.saved == "Marked as posted"
    assert "Posted, Ruth Adeyemi" in page.main
    documents = office.get(f"/cases/{reference}/documents").main
    assert "To Noor Haddad, by post, since" in documents
    assert "Nothing is waiting to be posted." in office.get("/post").main
    assert _state(app)[-1] == ("post", PostState.GONE)


def test_a_form_that_is_sent_again_says_what_it_did_whatever_it_asks_for_now(
    office, reference, issued
):
    issued(post.BY_POST)
    page = office.get(f"/cases/{reference}/deliveries/1")
    form = page.form_with(set(), "It is posted")
    office.press(page, "It is posted")

    for done in ("take_back", "nonsense", ""):
        sent = office.send(f"{page.path}/mark", form.fields | {"done": [done]})
        assert office.follow(sent).saved == "Marked as posted"


def test_two_who_write_down_what_is_safe_keep_both(app, office, as_, reference):
    with app.app_context():
        party = post.applicant_id(reference)
    form = f"/cases/{reference}/people/{party}/safe-ways"
    page = office.get(form)
    office.post(form, way="phone", times="Mornings")

    late = office.submit(page, way="post", times="Evenings")

    assert late.status == 409
    for text in ("Mornings", "Evenings"):
        assert text in late.main
    saved = office.submit(late)
    assert saved.location == f"/cases/{reference}/people"
    before = office.get(form).main
    assert "Times: Mornings. Until" in before


def _open(visitor, link, code=None, **fields):
    page = visitor.get(f"/papers/{link}")
    return visitor.submit(page, code=code, **fields) if code else page


def _ask(visitor, link):
    page = visitor.press(visitor.get(f"/papers/{link}"), "Send me a code")
    return visitor.follow(page)


def test_the_link_and_a_code_hand_out_the_one_paper_once_for_a_code(
    app, office, visitor, reference, issued, secret, clock
):
    issued(post.BY_EMAIL)
    link = secret("link")
    told = _ask(visitor, link)
    assert told.saved == "If this link still works, a code is on its way to you"
    code = secret("code")

    typed = f"{code[:5].lower()} {code[5:]}"
    paper = _open(visitor, link, typed)

    assert paper.status == 200
    assert paper.response.headers["Content-Disposition"].startswith("attachment")
    assert paper.response.headers["Referrer-Policy"] == "no-referrer"
    wanted = f"/cases/{reference}/documents/letter-acknowledgement-1.docx"
    assert paper.data == office.get(wanted).data
    assert _open(visitor, link, code).errors[0][0].startswith(WRONG)
    assert _state(app) == [("email", PostState.GONE)]
    page = office.get(f"/cases/{reference}/deliveries/1").main
    assert "They opened it by the link" in page
    assert "Paper opened by the link that was sent" in office.get(f"/cases/{reference}/log").main
    # The holder of a link is signed in nowhere.
    assert visitor.get(f"/cases/{reference}").location.startswith("/sign-in")


def test_a_wrong_an_old_a_taken_back_and_an_unknown_link_say_the_same(
    app, office, visitor, reference, issued, secret, clock, count_queries
):
    issued(post.BY_EMAIL)
    link = secret("link")
    _ask(visitor, link)
    code = secret("code")

    def said(which, typed):
        with count_queries() as queries:
            page = _open(Client(app), which, typed)
        text = re.sub(
            r'value="[^"]*"|/papers/[\w-]*|demonstration says [^<]*|data-[\w-]*="[^"]*"',
            "",
            page.html,
        )
        return page.status, text, page.response.headers["Referrer-Policy"], queries.count

    wrong = said(link, "23456789CD")
    unknown = said("nobody-has-this-link-22", "23456789CD")
    clock.advance(minutes=16)
    old_code = said(link, code)
    clock.advance(days=28)
    too_old = said(link, code)
    clock.at = AT
    office.press(office.get(f"/cases/{reference}/deliveries/1"), "Take it back")
    taken_back = said(link, code)

    assert wrong[0] == 422
    assert wrong[2] == "no-referrer"
    assert wrong == unknown == old_code == too_old == taken_back
    for told in (reference, "Haddad", "Wharrow", "Commissioner", "social"):
        assert told not in wrong[1]
    with app.app_context():
        rows = db.session.execute(sa.select(LogEntry.__table__)).all()
    assert not any(link in str(row) or code in str(row) for row in rows)


def test_five_wrong_codes_end_a_code_and_a_new_one_opens(app, visitor, reference, issued, secret):
    issued(post.BY_EMAIL)
    link = secret("link")
    _ask(visitor, link)
    code = secret("code")
    for _ in range(5):
        _open(visitor, link, "2222222222")
    assert _open(visitor, link, code).status == 422

    _ask(visitor, link)

    assert _open(visitor, link, code).status == 422
    assert _open(visitor, link, secret("code")).status == 200


def test_five_codes_are_sent_in_an_hour_and_no_more(app, visitor, issued, secret, clock):
    issued(post.BY_EMAIL)
    link = secret("link")
    for _ in range(7):
        assert _ask(visitor, link).saved
    _ask(visitor, "nobody-has-this-link-22")
    with app.app_context():
        sent = [mail.key for mail in post.mails() if mail.key.startswith("code")]
    assert len(sent) == 5
    clock.advance(hours=1)
    _ask(visitor, link)
    with app.app_context():
        assert len(post.mails()) == 1 + 6


def test_a_code_that_is_told_opens_once_within_28_days(
    office, visitor, reference, issued, secret, clock
):
    issued(post.BY_EMAIL)
    link = secret("link")
    page = office.get(f"/cases/{reference}/deliveries/1")

    shown = office.press(page, "Make a code to tell them")
    again = office.press(page, "Make a code to tell them")

    code = re.search(r"\b[2-9A-Z]{5} [2-9A-Z]{5}\b", shown.main)[0]
    assert again.status == 409
    assert code not in again.main
    clock.advance(days=27)
    assert _open(visitor, link, code).status == 200
    assert _open(visitor, link, code).status == 422


def test_a_message_that_cannot_be_delivered_is_tried_again_or_goes_by_post(
    app, office, reference, issued, clock
):
    issued(post.BY_EMAIL)
    _give_up(app)
    page = office.get("/post/undelivered")
    assert "noor@example.org" in page.main
    # Two buttons are two things to do: neither is taken for the other sent again.
    tokens = [form.fields["form_token"][0] for form in page.forms if "form_token" in form.fields]
    assert len(set(tokens)) == len(tokens) >= 2

    office.press(page, f"Try again: {reference}, The applicant’s side, number 1")
    with app.app_context():
        (mail,) = post.mails()
        assert (mail.state, mail.attempts, mail.attempts_before) == (DeliveryState.WAITING, 12, 12)
    assert "Every email has left" in office.get("/post/undelivered").main
    _give_up(app)
    page = office.get("/post/undelivered")
    by_post = f"By post instead: {reference}, number 1"
    refused = office.press(page, by_post)
    assert refused.status == 409
    assert "This cannot go by post" in refused.main
    with app.app_context():
        typed = post.TypedReach(**vars(post.BY_EMAIL) | {"post_is_safe": post.Answer.YES})
        post.say_safe(actor_of(cases.COORDINATOR, AT), reference, typed)
    sent = office.press(page, by_post)

    assert sent.location == "/post/undelivered"
    assert _state(app) == [("email", PostState.TAKEN_BACK), ("post", PostState.WAITING)]
    with app.app_context():
        (mail,) = post.mails()
        assert mail.state is DeliveryState.WITHHELD
    assert "Had the email sent again, Ruth" in office.get(f"/cases/{reference}/deliveries/1").main


def _give_up(app):
    with app.app_context(), transaction():
        for mail in post.mails():
            mail.state, mail.attempts, mail.fault = DeliveryState.UNDELIVERED, 12, "OSError"
            db.session.add(mail)


def _only_of_papers():
    """The messages that told agencies of the request have gone before."""
    others = sa.update(OutboxMessage).where(OutboxMessage.delivery_id.is_(None))
    db.session.execute(others.values(state=DeliveryState.SENT).execution_options(**DOOR))


def test_what_was_taken_back_does_not_leave_though_its_message_waits(
    app, office, reference, issued, clock
):
    issued(post.BY_EMAIL)
    with app.app_context(), transaction():
        (delivery,) = post.on_their_way()
        delivery.ended_at = AT

    class Never:
        def send(self, message):
            raise AssertionError(message)

    with app.app_context():
        with transaction():
            _only_of_papers()
        assert deliver.send_next(clock, Never(), "no-reply@portal.example")
        assert [mail.state for mail in post.mails()] == [DeliveryState.WITHHELD]


def test_the_script_of_a_call_says_what_never_to_leave_and_takes_any_text(
    office, reference, issued
):
    issued(post.BY_PHONE)
    path = f"/cases/{reference}/deliveries/1/call"
    page = office.get(path)
    for said in ("Leave no message.", "01632 960199", "After 6pm", reference):
        assert said in page.main
    assert office.post(path).errors == [("Select what came of the call", "#came_of_it")]

    for value in VALUES[::16]:
        answer = office.post(path, came_of_it="tried", words=value)
        assert answer.status in {303, 422}, value
    assert office.post(path, came_of_it=["x"]).status == 422
    office.post(path, came_of_it="read_out")
    assert office.get(path).status == 404


def test_the_page_of_a_link_takes_any_text(visitor, issued, secret):
    issued(post.BY_EMAIL)
    link = secret("link")
    for value in VALUES[::8]:
        page = visitor.send(
            f"/papers/{link}",
            data={"csrf_token": _csrf(visitor, link), "code": value},
        )
        assert page.status == 422, value
    for value in ("x" * 3000, "%00", "%F0%9F%98%80", "a'b", "{{7*7}}"):
        assert visitor.get(f"/papers/{value}").status == 200


def _csrf(visitor, link):
    return visitor.get(f"/papers/{link}").form_with({"code"}).fields["csrf_token"]


def test_lists_take_no_more_queries_with_more_papers(app, office, reference, issued, count_queries):
    issued(post.BY_EMAIL)
    _give_up(app)
    pages = ("/post", "/post/undelivered", f"/cases/{reference}/documents")

    def asked():
        counts = []
        for path in pages:
            office.get(path)
            with count_queries() as queries:
                office.get(path)
            counts.append(queries.count)
        return counts

    few = asked()
    issued(post.BY_EMAIL)
    issued(post.BY_POST)
    _give_up(app)

    assert asked() == few
