"""Signed out while typing: every character comes back to the same person, and to nobody else."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.jobs import worker
from portal.jobs.demo_people import PASSPHRASE
from portal.models.person import KeptForm, SignIn
from tests import cases
from tests.canary_case import record_conflict
from tests.cases import make_case
from tests.views.test_share_pages import ITEM

# 1,054 lines of 18 characters, 1,006 more and 22 that go astray first: 20,000, the most it takes.
LONG = "Noise at night. \r\n" * 1054 + "x" * 1006 + "“ü” <b>&amp; {{ 7*7 }}"
TYPED = ITEM | {
    "content": LONG,
    "handling": "named",
    "told": "in_these_words",
    "words": "You told us",
}


@pytest.fixture
def reference(app, people, clock):
    found = make_case(app, stage="invited")
    clock.at = cases.at(14)
    return found


@pytest.fixture
def kept(scalars):
    return lambda: scalars(sa.select(KeptForm).order_by(KeptForm.id))


def _sign_in(client, email, path):
    page = client.get(path)
    return client.submit(page, email=email, passphrase=PASSPHRASE)


def _typed_too_late(client, clock, path, typed=TYPED):
    """Open the form, type for longer than the session lasts, and send it."""
    form = client.get(path)
    clock.at += dt.timedelta(minutes=31)
    page = client.submit(form, **typed)
    assert page.status == 303
    return page


def test_everything_typed_is_there_again_after_signing_in(as_, reference, clock):
    housing, path = as_(cases.HOUSING), f"/cases/{reference}/share"
    named = housing.get(path).form_with({"named"}).fields

    late = _typed_too_late(housing, clock, path)
    assert late.location == f"/sign-in?next={path}"
    back = housing.follow(_sign_in(housing, cases.HOUSING, late.location))

    assert back.status == 200
    assert "You were signed out while you were writing" in back.main
    fields = back.form_with({"title"}).fields
    assert len(LONG) == 20_000
    for name, text in TYPED.items():
        # A reader of HTML gets each line end as one character.
        assert fields[name] == [text.replace("\r\n", "\n")], name
    assert named.keys() <= fields.keys()


def test_what_came_back_is_saved_once_and_then_forgotten(as_, reference, clock, kept):
    housing, path = as_(cases.HOUSING), f"/cases/{reference}/share"
    late = _typed_too_late(housing, clock, path, ITEM)
    back = housing.follow(_sign_in(housing, cases.HOUSING, late.location))

    check = housing.submit(back)
    assert len(kept()) == 1
    shared = housing.press(check, "Share with 6 people")

    assert shared.status == 303
    assert kept() == []


def test_twelve_hours_after_signing_in_it_is_the_same(as_, reference, clock):
    housing, path = as_(cases.HOUSING), f"/cases/{reference}/share"
    form = housing.get(path)
    for _ in range(29):  # 29 x 25 minutes: 12 hours and 5 minutes, never idle for 30
        housing.get("/account")
        clock.at += dt.timedelta(minutes=25)

    late = housing.submit(form, **ITEM)
    back = housing.follow(_sign_in(housing, cases.HOUSING, late.location))

    assert back.form_with({"title"}).fields["content"] == [ITEM["content"]]


def test_somebody_else_who_signs_in_there_sees_nothing_of_it(as_, reference, clock, kept):
    housing, path = as_(cases.HOUSING), f"/cases/{reference}/share"
    late = _typed_too_late(housing, clock, path, ITEM)

    landed = _sign_in(housing, cases.POLICE, late.location)
    assert landed.location == path
    page = housing.follow(landed)

    assert page.form_with({"title"}).fields["content"] == [""]
    (form,) = kept()
    for other in (housing, as_(cases.COORDINATOR), as_(cases.POLICE)):
        page = other.get(f"{path}?kept={form.id}")
        assert page.status == 200
        assert ITEM["content"] not in page.html
        assert "You were signed out" not in page.html


def test_a_sign_in_from_elsewhere_leads_to_what_was_not_saved(as_, visitor, reference, clock):
    path = f"/cases/{reference}/share"
    _typed_too_late(as_(cases.HOUSING), clock, path, ITEM)

    page = visitor.follow(_sign_in(visitor, cases.HOUSING, "/sign-in"))

    assert page.path.split("?")[0] == path
    assert page.form_with({"title"}).fields["content"] == [ITEM["content"]]


def test_a_page_that_was_asked_for_comes_first(as_, visitor, reference, clock):
    _typed_too_late(as_(cases.HOUSING), clock, f"/cases/{reference}/share", ITEM)

    landed = _sign_in(visitor, cases.HOUSING, "/sign-in?next=/account")

    assert landed.location == "/account"


def test_after_two_days_it_is_gone(as_, app, reference, clock, kept):
    housing, path = as_(cases.HOUSING), f"/cases/{reference}/share"
    _typed_too_late(housing, clock, path, ITEM)
    (form,) = kept()

    clock.at += dt.timedelta(hours=48)
    landed = _sign_in(housing, cases.HOUSING, "/sign-in")
    assert landed.location == "/home"
    assert housing.get(f"{path}?kept={form.id}").form_with({"title"}).fields["content"] == [""]
    assert len(kept()) == 1
    worker.work(app, until_idle=True)
    assert kept() == []


def test_one_minute_before_two_days_it_is_still_there(as_, app, reference, clock, kept):
    housing, path = as_(cases.HOUSING), f"/cases/{reference}/share"
    _typed_too_late(housing, clock, path, ITEM)

    clock.at += dt.timedelta(hours=47, minutes=59)
    worker.work(app, until_idle=True)

    assert len(kept()) == 1
    assert _sign_in(housing, cases.HOUSING, "/sign-in").location.startswith(f"{path}?kept=")


def test_what_was_typed_bad_comes_back_as_it_was(as_, reference, clock):
    housing, path = as_(cases.HOUSING), f"/cases/{reference}/share"
    typed = ITEM | {"happened_on-day": "31", "happened_on-month": "x", "title": ""}

    late = _typed_too_late(housing, clock, path, typed)
    back = housing.follow(_sign_in(housing, cases.HOUSING, late.location))

    fields = back.form_with({"title"}).fields
    assert (fields["happened_on-day"], fields["happened_on-month"]) == (["31"], ["x"])
    assert back.errors == []


def test_who_may_not_open_the_page_any_more_gets_nothing_of_it(as_, app, reference, clock):
    housing, path = as_(cases.HOUSING), f"/cases/{reference}/share"
    late = _typed_too_late(housing, clock, path, ITEM)
    with app.app_context():
        record_conflict(reference, cases.HOUSING)

    page = housing.follow(_sign_in(housing, cases.HOUSING, late.location))

    assert page.status == 404
    assert ITEM["content"] not in page.html


def test_what_somebody_else_saved_meanwhile_is_shown_beside_it(as_, app, people, clock):
    reference = make_case(app, stage="planning")
    clock.at = cases.at(20)
    path = f"/cases/{reference}/plan/write"
    chair, office = as_(cases.CHAIR), as_(cases.COORDINATOR)
    opened = chair.get(path)
    office.submit(office.get(path), findings="Saved meanwhile")
    clock.at += dt.timedelta(minutes=31)

    late = chair.submit(opened, findings="Typed too late")
    back = chair.follow(_sign_in(chair, cases.CHAIR, late.location))
    page = chair.submit(back)

    assert page.status == 409
    assert "Saved meanwhile" in page.main
    assert page.form_with({"findings"}).fields["findings"] == ["Typed too late"]


def test_a_form_on_a_page_of_several_finds_its_place(as_, app, people, clock):
    reference = make_case(app, stage="reviewing")
    clock.at = cases.at(19, 10)
    chair, path = as_(cases.CHAIR), f"/cases/{reference}/meeting/run"
    opened = chair.get(path)
    clock.at += dt.timedelta(minutes=31)
    form = opened.form_with({"decision"})

    late = chair.send(
        form.action,
        {**form.fields, "decision": "Decided too late"},
        headers={"Referer": f"http://localhost{path}"},
    )
    back = chair.follow(_sign_in(chair, cases.CHAIR, late.location))

    assert back.form_with({"decision"}).fields["decision"] == ["Decided too late"]
    assert back.form_with({"what"}).fields["what"] == [""]


def test_a_post_that_no_page_of_ours_offered_is_not_kept(as_, app, reference, clock, kept):
    housing, path = as_(cases.HOUSING), f"/cases/{reference}/share"
    housing.get(path)
    clock.at += dt.timedelta(minutes=31)

    page = housing.send(path, ITEM)

    assert page.status == 400
    assert kept() == []


def test_what_a_stranger_posts_is_not_kept(visitor, reference, kept):
    page = visitor.get("/sign-in")
    token = page.form_with({"email"}).fields["csrf_token"]

    answer = visitor.send(f"/cases/{reference}/share", ITEM | {"csrf_token": token})

    assert answer.status == 303
    assert kept() == []


def test_no_passphrase_is_ever_kept(as_, clock, kept):
    police = as_(cases.POLICE)
    form = police.get("/account/passphrase")
    clock.at += dt.timedelta(minutes=31)

    police.submit(form, current=PASSPHRASE, new="another long phrase", again="another long phrase")

    assert kept() == []


def test_a_page_left_open_in_another_window_is_sent_after_signing_in_again(
    as_, reference, clock, scalars
):
    housing, path = as_(cases.HOUSING), f"/cases/{reference}/share"
    form = housing.get(path)
    clock.at += dt.timedelta(minutes=31)
    assert _sign_in(housing, cases.HOUSING, "/sign-in").location == "/home"

    page = housing.submit(form, **ITEM)

    assert page.status == 200
    assert "Check before you share" in page.main
    assert len(scalars(sa.select(SignIn).where(SignIn.ended_at.is_(None)))) >= 1


def test_no_more_than_twenty_forms_are_kept_for_one_person(as_, app, people, clock, kept):
    reference = make_case(app, stage="invited")
    clock.at = cases.at(14)
    housing, path = as_(cases.HOUSING), f"/cases/{reference}/share"
    form = housing.get(path)
    clock.at += dt.timedelta(minutes=31)

    for number in range(25):
        housing.send(f"{path}?from={number}", form.form_with({"title"}).fields | ITEM)

    assert [each.path for each in kept()] == [f"{path}?from={number}" for number in range(5, 25)]


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 40, "٣", "1 OR 1=1", ""])
def test_a_number_that_names_no_kept_form_opens_an_empty_one(as_, reference, number):
    page = as_(cases.HOUSING).get(f"/cases/{reference}/share?kept={number}")

    assert page.status == 200
    assert page.form_with({"title"}).fields["title"] == [""]
