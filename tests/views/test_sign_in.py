import re
import threading
from urllib.parse import urljoin, urlsplit

import pytest
import sqlalchemy as sa

from portal.domain.roles import Actor, Role
from portal.jobs.demo_people import PASSPHRASE
from portal.models.log import LogEntry
from portal.services import accounts
from portal.services.people import end_roles, set_active
from tests.pages import Client

COORDINATOR = "coordinator@wharrow-lpb.example"
CHAIR_OF_TWO = "chair-two@chairs.example"
WRONG = "The email address or the passphrase is not right"
SLOWED = "There were too many tries. Wait a little, up to 5 minutes, and try again"

HOSTILE = [
    "//evil.example",
    "///evil.example",
    "////evil.example/home",
    "https://evil.example",
    "http:evil.example",
    "HTTPS:/evil.example",
    "javascript:alert(1)",
    "data:text/html,hello",
    "\\\\evil.example",
    "/\\evil.example",
    "/\\/evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "/home\r\nLocation: https://evil.example",
    "\t//evil.example",
    " //evil.example",
    "\x00//evil.example",
    "evil.example",
    "@evil.example",
    "/home\\..\\\\evil.example",
    "/ /evil.example",
    "//localhost@evil.example",
    "//evil.example%2f..",
    "http://localhost.evil.example/",
    "?next=//evil.example",
    "/\u2028/evil.example",
    "\uff0f\uff0fevil.example",
    "x" * 5000,
]


def _fail(client, email, times):
    for _ in range(times):
        page = client.post("/sign-in", email=email, passphrase="not the passphrase")
    return page


def _entries(*acts):
    return sa.select(LogEntry.act).where(LogEntry.act.in_(acts)).order_by(LogEntry.id)


def test_the_right_passphrase_leads_home(visitor, people):
    page = visitor.post("/sign-in", email=COORDINATOR, passphrase=PASSPHRASE)

    assert (page.status, page.location) == (303, "/home")
    assert "Ruth Adeyemi" in visitor.follow(page).text


def test_letters_case_and_spaces_around_an_address_do_not_matter(visitor, people):
    page = visitor.post("/sign-in", email=f"  {COORDINATOR.upper()} ", passphrase=PASSPHRASE)

    assert page.location == "/home"


def test_a_wrong_passphrase_and_an_unknown_address_get_the_same_page(app, people):
    wrong = _fail(Client(app), COORDINATOR, 1)
    unknown = _fail(Client(app), "nobody@nowhere.example", 1)

    assert wrong.errors == [(WRONG, "#email")]
    assert (wrong.status, unknown.status) == (422, 422)
    assert _comparable(wrong, COORDINATOR) == _comparable(unknown, "nobody@nowhere.example")


def _comparable(page, email):
    """The page without what differs between any two: what was typed, and the tokens."""
    return re.sub(r'value="[\w.-]{22,}"', "", page.html.replace(email, ""))


def test_nothing_typed_is_told_field_by_field(visitor):
    page = visitor.post("/sign-in")

    assert page.errors == [
        ("Enter your email address", "#email"),
        ("Enter your passphrase", "#passphrase"),
    ]


def test_a_passphrase_that_was_typed_is_never_sent_back(visitor, people):
    page = visitor.post("/sign-in", email=COORDINATOR, passphrase="nearly the passphrase")

    assert "nearly the passphrase" not in page.html
    assert COORDINATOR in page.html


def test_a_deactivated_account_cannot_sign_in_and_is_told_nothing(visitor, office):
    office(set_active, email=COORDINATOR, is_active=False)

    page = visitor.post("/sign-in", email=COORDINATOR, passphrase=PASSPHRASE)

    assert page.errors == [(WRONG, "#email")]


def test_an_account_without_a_role_cannot_sign_in(visitor, office):
    office(end_roles, email=COORDINATOR, role=Role.COORDINATOR)

    page = visitor.post("/sign-in", email=COORDINATOR, passphrase=PASSPHRASE)

    assert page.errors == [(WRONG, "#email")]


@pytest.mark.parametrize("email", [COORDINATOR, "nobody@nowhere.example"])
def test_after_five_failures_an_address_is_slowed_known_or_not(app, people, email):
    fifth = _fail(Client(app), email, 5)
    sixth = _fail(Client(app), email, 1)
    other = Client(app).post("/sign-in", email=CHAIR_OF_TWO, passphrase=PASSPHRASE)

    assert fifth.errors == [(WRONG, "#email")]
    assert sixth.errors == [(SLOWED, "#email")]
    assert other.location == "/home"


def test_while_slowed_not_even_the_right_passphrase_helps_and_later_it_does(app, people, clock):
    _fail(Client(app), COORDINATOR, 5)
    at_once = Client(app).post("/sign-in", email=COORDINATOR, passphrase=PASSPHRASE)
    clock.advance(minutes=5)
    later = Client(app).post("/sign-in", email=COORDINATOR, passphrase=PASSPHRASE)

    assert at_once.errors == [(SLOWED, "#email")]
    assert later.location == "/home"


def test_each_further_failure_slows_for_longer_and_never_longer_than_five_minutes(
    app, people, clock
):
    client = Client(app)
    _fail(client, COORDINATOR, 5)

    for seconds in (1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300):
        clock.advance(seconds=seconds - 0.5)
        assert _fail(client, COORDINATOR, 1).errors == [(SLOWED, "#email")], seconds
        clock.advance(seconds=0.5)
        assert _fail(client, COORDINATOR, 1).errors == [(WRONG, "#email")], seconds


def test_signing_in_forgets_the_failures_before(app, people):
    client = Client(app)
    _fail(client, COORDINATOR, 4)
    client.post("/sign-in", email=COORDINATOR, passphrase=PASSPHRASE)

    again = _fail(Client(app), COORDINATOR, 4)

    assert again.errors == [(WRONG, "#email")]


def test_trying_many_at_once_gives_no_more_than_five_tries(app, people, clock):
    answers = []

    def try_one():
        with app.app_context():
            try:
                accounts.sign_in(COORDINATOR, "not the passphrase", Actor.job("t", clock.now()))
            except Exception as error:
                answers.append(str(error))

    threads = [threading.Thread(target=try_one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == sorted([WRONG] * 5 + [SLOWED] * 7)


def test_every_try_is_logged_without_what_was_typed(scalars, app, visitor, people, clock):
    _fail(visitor, "nobody@nowhere.example", 1)
    _fail(visitor, COORDINATOR, 6)
    clock.advance(minutes=5)
    client = Client(app)
    client.post("/sign-in", email=COORDINATOR, passphrase=PASSPHRASE)
    client.press(client.get("/home"), "Sign out")

    acts = ("sign_in_failed", "sign_in_slowed", "signed_in", "signed_out")
    assert scalars(_entries(*acts)) == ["sign_in_failed"] * 6 + [
        "sign_in_slowed",
        "signed_in",
        "signed_out",
    ]
    things = scalars(sa.select(LogEntry.thing).where(LogEntry.act == "sign_in_failed"))
    assert things == ["", *["person 1"] * 5]


@pytest.mark.parametrize("asked", HOSTILE)
def test_signing_in_never_leads_to_another_host(visitor, people, asked):
    page = visitor.get("/sign-in", query_string={"next": asked})
    form = page.form_with({"email", "passphrase"})
    sent = visitor.send(
        "/sign-in",
        form.fields | {"email": COORDINATOR, "passphrase": PASSPHRASE},
        query_string={"next": asked},
    )
    again = visitor.get("/sign-in", query_string={"next": asked})

    assert (sent.status, again.status) == (303, 303)
    assert _lands_on(sent.location) == _lands_on(again.location) == "localhost"


def _lands_on(location):
    """The host that a browser goes to: it drops tabs and ends of lines, and turns backslashes."""
    read = re.sub(r"[\t\r\n]", "", location).strip("\x00 ").replace("\\", "/")
    target = urlsplit(urljoin("http://localhost/sign-in", read))
    assert target.scheme == "http", location
    return target.hostname


def test_somebody_who_has_to_sign_in_comes_back_to_the_page_they_wanted(visitor, people):
    refused = visitor.get("/account?from=mail")
    page = visitor.submit(visitor.follow(refused), email=COORDINATOR, passphrase=PASSPHRASE)

    assert refused.status == 303
    assert refused.location == "/sign-in?next=/account?from%3Dmail"
    assert page.location == "/account?from=mail"


def test_who_is_signed_in_is_not_asked_again(as_):
    client = as_(COORDINATOR)

    assert client.get("/sign-in").location == "/home"
    assert client.get("/").location == "/home"


def test_signing_in_begins_a_new_session(visitor, people):
    page = visitor.get("/sign-in")
    before = visitor.cookie
    visitor.submit(page, email=COORDINATOR, passphrase=PASSPHRASE)
    inside = visitor.cookie
    visitor.cookie = before

    assert inside != before
    assert not visitor.is_signed_in


def test_a_post_without_its_token_is_refused(as_):
    client = as_(COORDINATOR)

    page = client.send("/sign-out", {})

    assert (page.status, page.h1) == (400, "This page is no longer valid")
    assert client.is_signed_in


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "evil.example:80"])
@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/static/app.css"])
def test_a_request_for_another_host_is_refused(visitor, host, path):
    page = visitor.get(path, headers={"Host": host})

    assert page.status == 400
    assert b"evil.example" not in page.data


def test_the_cookie_is_for_this_site_and_for_no_script(visitor, people):
    page = visitor.post("/sign-in", email=COORDINATOR, passphrase=PASSPHRASE)

    name, *flags = page.response.headers["Set-Cookie"].split("; ")
    assert name.startswith("portal=")
    assert set(flags) == {"HttpOnly", "Path=/", "SameSite=Lax"}


def test_over_https_the_cookie_is_never_sent_without_it(app, people):
    app.config.update(SESSION_COOKIE_SECURE=True)
    client = Client(app)

    page = client.get("/sign-in", base_url="https://localhost")

    assert "Secure" in page.response.headers["Set-Cookie"].split("; ")
