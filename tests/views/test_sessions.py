import datetime as dt

import pytest
import sqlalchemy as sa

from portal.domain.roles import Role
from portal.jobs.demo_people import PASSPHRASE
from portal.models.log import LogEntry
from portal.models.person import Area, Person, RoleHeld, SignIn
from portal.services.people import end_roles, give_role, set_active
from tests.pages import Client

COORDINATOR = "coordinator@wharrow-lpb.example"
CHAIR_OF_TWO = "chair-two@chairs.example"
NEW_PASSPHRASE = "another wharrow passphrase"
WRONG = "The email address or the passphrase is not right"


def _entries(*acts):
    return sa.select(LogEntry.act).where(LogEntry.act.in_(acts)).order_by(LogEntry.id)


def test_a_cookie_that_was_kept_is_worth_nothing_after_signing_out(app, as_):
    client = as_(COORDINATOR)
    thief = Client(app)
    thief.cookie = client.cookie
    assert thief.is_signed_in

    left = client.press(client.get("/home"), "Sign out")

    assert left.location == "/sign-in"
    assert client.follow(left).saved == "You are signed out"
    assert not client.is_signed_in
    assert not thief.is_signed_in


def test_a_new_passphrase_ends_every_other_sign_in_and_keeps_this_one(app, as_):
    here, elsewhere, other = as_(COORDINATOR), as_(COORDINATOR), as_(CHAIR_OF_TWO)
    old_cookie = Client(app)
    old_cookie.cookie = here.cookie

    page = here.post(
        "/account/passphrase", current=PASSPHRASE, new=NEW_PASSPHRASE, again=NEW_PASSPHRASE
    )

    assert page.location == "/account"
    assert here.is_signed_in
    assert not elsewhere.is_signed_in
    assert not old_cookie.is_signed_in
    assert other.is_signed_in


def test_after_a_change_only_the_new_passphrase_signs_in(app, as_):
    as_(COORDINATOR).post(
        "/account/passphrase", current=PASSPHRASE, new=NEW_PASSPHRASE, again=NEW_PASSPHRASE
    )

    old = Client(app).post("/sign-in", email=COORDINATOR, passphrase=PASSPHRASE)
    new = Client(app).post("/sign-in", email=COORDINATOR, passphrase=NEW_PASSPHRASE)

    assert old.errors == [(WRONG, "#email")]
    assert new.location == "/home"


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (("wrong", NEW_PASSPHRASE, NEW_PASSPHRASE), "Your present passphrase is not right"),
        (
            (PASSPHRASE, "elevenchars", "elevenchars"),
            "The new passphrase must be 12 characters or more",
        ),
        ((PASSPHRASE, PASSPHRASE, PASSPHRASE), "The new passphrase must be another one"),
        ((PASSPHRASE, NEW_PASSPHRASE, "a different one"), "Type the new passphrase twice the same"),
    ],
)
def test_a_passphrase_is_not_changed_without_good_reason(as_, typed, error):
    client = as_(COORDINATOR)
    other = as_(COORDINATOR)

    page = client.post(
        "/account/passphrase", **dict(zip(("current", "new", "again"), typed, strict=True))
    )

    assert [sentence for sentence, _ in page.errors] == [error]
    assert other.is_signed_in


@pytest.mark.parametrize(
    ("service", "words"),
    [
        (set_active, {"is_active": False}),
        (end_roles, {"role": Role.COORDINATOR}),
        (give_role, {"role": Role.AUDITOR, "area_slug": "wharrowdale"}),
    ],
)
def test_a_change_of_what_somebody_is_ends_their_sign_ins_at_once(as_, office, service, words):
    client, other = as_(COORDINATOR), as_(CHAIR_OF_TWO)

    office(service, email=COORDINATOR, **words)

    assert not client.is_signed_in
    assert other.is_signed_in


def test_coming_back_does_not_bring_old_sign_ins_back(as_, office):
    client = as_(COORDINATOR)
    cookie = client.cookie
    office(set_active, email=COORDINATOR, is_active=False)
    office(set_active, email=COORDINATOR, is_active=True)

    client.cookie = cookie

    assert not client.is_signed_in
    assert as_(COORDINATOR).is_signed_in


@pytest.mark.parametrize(("seconds", "stays"), [(29 * 60 + 59, True), (30 * 60 + 1, False)])
def test_thirty_minutes_of_nothing_end_a_sign_in(as_, clock, seconds, stays):
    client = as_(COORDINATOR)

    clock.advance(seconds=seconds)

    assert client.is_signed_in is stays


def test_twelve_hours_end_a_sign_in_however_busy(as_, clock):
    client = as_(COORDINATOR)

    for _ in range(35):
        clock.advance(minutes=20)
        assert client.is_signed_in
    clock.advance(minutes=19, seconds=59)
    assert client.is_signed_in
    clock.advance(seconds=2)

    assert not client.is_signed_in


def test_activity_is_written_down_once_a_minute_at_most(scalars, app, as_, clock, count_queries):
    client = as_(COORDINATOR)
    signed_in_at = clock.now()
    seen = sa.select(SignIn.seen_at)

    clock.advance(seconds=60)
    with count_queries() as soon:
        client.get("/account")
    assert scalars(seen) == [signed_in_at]
    assert not [each for each in soon.statements if each.startswith("UPDATE sign_in")]

    clock.advance(seconds=1)
    client.get("/account")
    assert scalars(seen) == [signed_in_at + dt.timedelta(seconds=61)]


def test_staying_begins_the_thirty_minutes_anew(as_, clock):
    client = as_(COORDINATOR)
    page = client.get("/account")
    clock.advance(minutes=29)

    stayed = client.press(page, "Stay signed in")
    clock.advance(minutes=29)

    assert stayed.location == "/account"
    assert client.follow(stayed).saved == "You are still signed in"
    assert client.is_signed_in


def test_staying_by_script_answers_with_nothing(as_):
    client = as_(COORDINATOR)
    token = client.get("/account").form_with(set(), "Stay signed in").fields["csrf_token"]

    page = client.send("/stay", {"csrf_token": token}, headers={"X-Requested-With": "fetch"})

    assert (page.status, page.data) == (204, b"")


def test_who_has_been_signed_out_cannot_stay(as_, clock):
    client = as_(COORDINATOR)
    page = client.get("/account")
    clock.advance(minutes=31)

    assert client.press(page, "Stay signed in").location.startswith("/sign-in")


def test_somebody_with_roles_in_two_areas_acts_in_one_at_a_time(scalars, app, as_):
    client = as_(CHAIR_OF_TWO)
    page = client.get("/account/role")
    assert "Office of the Commissioner for Wharrow Valley" in page.text
    severnreach = _role_in(scalars, CHAIR_OF_TWO, "Severnreach")

    changed = client.submit(page, role=severnreach)

    assert changed.location == "/home"
    assert "Office of the Commissioner for Severnreach" in client.follow(changed).text
    assert scalars(_entries("role_changed")) == ["role_changed"]


def test_nobody_takes_a_role_that_is_somebody_elses(scalars, app, as_):
    client = as_(CHAIR_OF_TWO)
    of_ruth = _role_in(scalars, COORDINATOR, "Wharrow Valley")

    page = client.post("/account/role", role=of_ruth)

    assert page.status == 422
    assert "Wharrow Valley" in client.get("/account").main


def _role_in(scalars, email, area):
    found = (
        sa.select(RoleHeld.id)
        .join(Person, Person.id == RoleHeld.person_id)
        .join(Area, Area.id == RoleHeld.area_id)
        .where(Person.email == email, Area.name == area)
    )
    return str(scalars(found)[0])


def test_each_browser_is_its_own_person(app, as_):
    ruth, anthony, nobody = as_(COORDINATOR), as_(CHAIR_OF_TWO), Client(app)

    assert "Ruth Adeyemi" in ruth.get("/account").main
    assert "Anthony Farrow" in anthony.get("/account").main
    assert nobody.get("/account").status == 303
    assert "Ruth Adeyemi" in ruth.get("/account").main


def test_the_database_holds_no_token_that_would_sign_in(scalars, app, as_):
    client = as_(COORDINATOR)
    with client.browser.session_transaction() as session:
        token = session["sign_in"]

    stored = scalars(sa.select(SignIn.token_hash))

    assert len(stored[0]) == 64
    assert token not in stored
