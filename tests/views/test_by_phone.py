"""A coordinator goes on with a saved request while the person is on the phone."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.access.scope.drafts import draft_by_reference
from portal.access.scope.marks import unscoped
from portal.db import db
from portal.models.case import Case, Channel
from portal.models.draft import DraftHold, RequestDraft
from portal.models.log import LogEntry
from tests import cases, noor
from tests.pages import Client

DOOR = unscoped("a test looks")


@pytest.fixture
def stored(scalars):
    def read(model):
        return scalars(sa.select(model).execution_options(**DOOR))

    return read


@pytest.fixture(autouse=True)
def _on_a_thursday_evening(clock):
    clock.at = noor.AT


def opened(office, both):
    answer = office.submit(office.get("/drafts/open"), **both)
    assert answer.location == "/request/check", answer.errors
    return office.follow(office.follow(answer))


def test_the_coordinator_fills_it_in_sends_it_and_comes_to_the_case(visitor, people, stored, as_):
    _, both = noor.begun(visitor)
    office = as_(cases.COORDINATOR)
    assert "/drafts/open" in office.get("/cases/new").html

    page = opened(office, both)
    assert page.path == "/request/reach"
    while page.path != "/request/check":
        sent = office.press(page, "Save and continue", **noor.answers_on(page))
        page = office.follow(sent)
    first = office.submit(page, is_true="yes")
    again = office.submit(page, is_true="yes")

    assert first.location == again.location == "/request/sent"
    (case,) = stored(Case)
    assert office.follow(again).location == f"/cases/{case.reference}"
    assert case.channel is Channel.PHONE
    assert case.keyed_by_id is not None
    # Her hold is over: only the visitor's own is left, and it says that the request was sent.
    assert [hold.person_id for hold in stored(DraftHold)] == [None]
    assert office.get("/request/who").location == "/request/continue"
    assert visitor.get("/request/who").location == "/request/sent"
    by = {
        entry.person_id
        for entry in stored(LogEntry)
        if entry.act == "open_draft" and entry.reference
    }
    assert by == {case.keyed_by_id}


def test_handed_back_it_is_the_persons_again_and_both_may_save(visitor, people, app, as_):
    _, both = noor.begun(visitor)
    office = as_(cases.COORDINATOR)
    opened(office, both)
    theirs = office.get("/request/who")
    assert 'value="Noor"' in theirs.html
    changed = {"first_name": "Nour"}
    seen = visitor.get("/request/who")
    assert office.press(theirs, "Save and continue", **changed).status == 303

    second = visitor.press(seen, "Save and continue", first_name="Noora")
    assert second.status == 409
    assert "Nour" in second.main
    assert 'value="Noora"' in second.html

    copied = Client(app)
    page = office.get("/request/reach")
    back = office.press(page, "Hand back")
    assert back.location == "/drafts/open"
    assert office.get("/request/who").location == "/request/continue"
    assert visitor.get("/request/who").status == 200
    assert copied.post("/request/continue", **both).location == "/request/check"


def test_no_other_area_no_other_role_and_not_without_the_code(visitor, people, app, as_):
    _, both = noor.begun(visitor)
    office = as_(cases.COORDINATOR)
    wrong = office.post("/drafts/open", **(both | {"code": "2345678923"}))
    unknown = office.post("/drafts/open", **(both | {"reference": "ACR-7K3Q-9MXD"}))
    assert wrong.errors == unknown.errors != []
    assert office.get("/request/who").location == "/request/continue"

    for email in (cases.CHAIR, cases.COUNCIL):
        assert as_(email).get("/drafts/open").status == 403
    with app.app_context():
        own = cases.actor_of(cases.COORDINATOR, noor.AT)
        for area_id, found in ((own.area_id, 1), (own.area_id + 1, 0)):
            query = draft_by_reference(replace(own, area_id=area_id), both["reference"])
            assert len(db.session.scalars(query).all()) == found


def test_what_a_coordinator_sends_signed_out_is_kept_and_shown_to_nobody(
    visitor, people, as_, clock, stored
):
    _, both = noor.begun(visitor)
    office = as_(cases.COORDINATOR)
    page = opened(office, both)
    clock.advance(minutes=31)

    sent = office.press(page, "Save and continue", **noor.answers_on(page))

    assert sent.location == "/drafts/open"
    assert office.get("/request/who").location == "/drafts/open"
    (draft,) = stored(RequestDraft)
    assert draft.answers["pages"]["reach"]["fields"]["phone"] == ["01632 960 188"]


def test_the_way_out_ends_the_hold_behind_a_copied_cookie_too(visitor, people, stored):
    noor.begun(visitor)
    assert len(stored(DraftHold)) == 1

    assert visitor.get("/exit").status == 303

    assert stored(DraftHold) == []
    assert visitor.get("/request/who").location == "/request/continue"
