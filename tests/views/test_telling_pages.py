"""Who tells the applicant what and by when; on whose home page it stands; that they were told."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.jobs import demo_people
from portal.models.telling import Telling
from portal.services import contact_agencies, leaving, panel, telling
from tests import cases
from tests.cases import actor_of, agency_id, make_case, person_id, token

DOOR = unscoped("a test looks at what is stored")
WHAT = "It took place, and you will see a draft of the plan first."
SAVED = "Saved who tells the applicant"


@pytest.fixture
def reference(app, people, clock):
    """A case whose meeting is under way: it is 11:24am on Tuesday 19 January 2027."""
    found = make_case(app, stage="reviewing")
    with app.app_context():
        contact_agencies.choose_contact_agencies(
            actor_of(cases.COORDINATOR, cases.ARRANGED_AT),
            found,
            token(),
            agency_ids=[agency_id(demo_people.HEXLEY_COUNCIL)],
            agreed_on=cases.ARRANGED_AT.date(),
            version=0,
        )
    clock.at = cases.CLOSED_AT
    return found


def _key(app, email, agency=""):
    with app.app_context():
        return f"{person_id(email)}-{agency_id(agency) if agency else 0}"


def _typed(app, **changes):
    return {
        "kind": "outcome", "what": WHAT, "who": _key(app, cases.COORDINATOR), "way": "call",
        "due_time": "4pm",
    } | changes  # fmt: skip


def _say(app, as_, reference, **changes):
    path = f"/cases/{reference}/telling/add"
    return as_(cases.CHAIR).post(path, **_typed(app, **changes))


def _rows(scalars):
    return scalars(sa.select(Telling).order_by(Telling.number).execution_options(**DOOR))


def test_the_chair_says_who_calls_today_and_it_waits_on_their_home_page(app, as_, reference):
    chair = as_(cases.CHAIR)
    sent = chair.post(f"/cases/{reference}/telling/add", **_typed(app))

    page = chair.follow(sent)
    assert page.saved == SAVED
    assert "Not told yet." in page.main
    assert "by phone, by Tuesday 19 January 2027" in page.main
    home = as_(cases.COORDINATOR).get("/home")
    assert "Call Noor Haddad" in home.main
    assert "How the meeting went, and what happens now. By 4pm." in home.main
    for email in (cases.CHAIR, cases.POLICE, cases.POLICE_LEAD, cases.COUNCIL):
        assert "Call Noor" not in as_(email).get("/home").main, email


def test_a_question_that_was_asked_is_answered_by_an_agency_and_ticked_off(
    app, as_, clock, scalars, reference
):
    council = _key(app, cases.COUNCIL, demo_people.HEXLEY_COUNCIL)
    _say(app, as_, reference, kind="answer", what="When is the door mended?", who=council)
    client = as_(cases.COUNCIL)
    assert "The answer to a question that they asked" in client.get("/home").main
    clock.at = cases.at(19, 15, 30)
    client = as_(cases.COUNCIL)
    page = client.get(f"/cases/{reference}/telling")
    assert "They were told" in page.main

    told = client.get(f"/cases/{reference}/telling/1/told")
    sent = [client.press(told, "Record that they were told", told_time="3:10pm") for _ in range(2)]

    assert {each.status for each in sent} == {303}
    after = client.follow(sent[0])
    assert "Told Tuesday 19 January 2027" in after.main
    assert "says Marie Castell" in after.main
    (row,) = _rows(scalars)
    assert row.told_at == cases.at(19, 15, 10)
    assert "Call Noor" not in client.get("/home").main
    assert client.get(f"/cases/{reference}/telling/1/told").status == 404


def test_the_chairs_pages_at_the_table_are_projected_and_say_nothing_of_how_to_reach_her(
    app, as_, reference
):
    _say(app, as_, reference)

    for part in ("", "/add", "/1"):
        page = as_(cases.CHAIR).get(f"/cases/{reference}/telling{part}")
        assert "Panel only." in page.text
        assert "Safe contact" not in page.main
        assert "Shared information" not in page.links
        assert "/cases" not in set(page.links.values()) - {page.links.get("Cases")}
    assert "Safe contact" in as_(cases.COORDINATOR).get(f"/cases/{reference}/telling").main


def test_only_who_may_reach_the_applicant_can_be_named(app, as_, scalars, reference):
    police = _key(app, cases.POLICE, demo_people.POLICE)
    page = as_(cases.CHAIR).get(f"/cases/{reference}/telling/add")
    assert f'value="{police}"' not in page.html
    assert "has not agreed that they have an address or phone number" in page.main
    assert demo_people.POLICE in page.main

    sent = _say(app, as_, reference, who=police)

    assert sent.errors == [("Select one of the answers on this page", "#who")]
    with app.app_context():
        typed = telling.TypedTelling(
            kind=telling.TellingKind.OUTCOME,
            what=WHAT,
            who=police,
            way=telling.TellingWay.CALL,
            due_on=cases.at(20).date(),
            due_time=cases.at(20).time(),
        )
        with pytest.raises(telling.TellingError):
            telling.add_telling(actor_of(cases.CHAIR, cases.CLOSED_AT), reference, token(), typed)
    assert _rows(scalars) == []


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"kind": None}, [("Select what they are told", "#kind")]),
        ({"what": " "}, [("Write what they are told, or what they asked", "#what")]),
        ({"who": ""}, [("Select who tells them", "#who")]),
        ({"way": "shout"}, [("Select one of the answers on this page", "#way")]),
        ({"due_time": "teatime"}, [("Enter a time, like 10am or 2:30pm", "#due_time")]),
        ({"due_time": "11am"}, [("The time must be in the future", "#due_time")]),
    ],
)
def test_what_does_not_fit_is_said_at_its_question_and_what_was_typed_is_kept(
    app, as_, scalars, reference, changes, errors
):
    page = _say(app, as_, reference, **changes)

    assert page.status == 422
    assert [(sentence, link.rstrip("-0123456789")) for sentence, link in page.errors] == errors
    kept = page.form_with({"what"}).fields
    for name in {"what", "way", "due_time"} - set(changes):
        assert kept[name] == [_typed(app)[name]]
    assert _rows(scalars) == []


def test_two_who_change_it_at_once_lose_nothing(app, as_, scalars, reference):
    _say(app, as_, reference)
    chair, office = as_(cases.CHAIR), as_(cases.COORDINATOR)
    path = f"/cases/{reference}/telling/1"
    assert chair.get(f"/cases/{reference}/telling/0").status == 404
    first, second = chair.get(path), office.get(path)

    chair.submit(first, what="What the chair wrote")
    page = office.submit(second, what="What the office wrote", due_time="5pm")

    assert page.status == 409
    assert "What the chair wrote" in page.main
    assert page.form_with({"what"}).fields["what"] == ["What the office wrote"]
    assert office.submit(page).status == 303
    (row,) = _rows(scalars)
    assert (row.what, row.due_at) == ("What the office wrote", cases.at(19, 17))


def test_what_was_not_told_in_time_is_the_coordinators_to_see_to(app, as_, clock, reference):
    council = _key(app, cases.COUNCIL, demo_people.HEXLEY_COUNCIL)
    _say(app, as_, reference, who=council)
    office = as_(cases.COORDINATOR)
    assert "is told" not in office.get("/home").main

    clock.at = cases.at(19, 16, 1)
    office = as_(cases.COORDINATOR)

    home = office.get("/home").main
    assert "See that Noor Haddad is told" in home
    assert "Marie Castell was to do it." in home
    assert "Not told yet, and late." in office.get(f"/cases/{reference}/telling").main
    # The coordinator can also say that it was done.
    assert office.get(f"/cases/{reference}/telling/1/told").status == 200


def test_a_task_of_an_agency_that_has_left_the_case_does_not_vanish(app, as_, clock, reference):
    council = _key(app, cases.COUNCIL, demo_people.HEXLEY_COUNCIL)
    _say(app, as_, reference, who=council)
    with app.app_context():
        office = actor_of(cases.COORDINATOR, cases.CLOSED_AT)
        seats = panel.open_people(office, reference).seats
        seat = next(s.seat_id for s in seats if s.agency_name == demo_people.HEXLEY_COUNCIL)
        leaving.end_seat(office, reference, token(), seat_id=seat, reason="Not involved")
    clock.at = cases.at(20)

    assert "Call Noor" not in as_(cases.COUNCIL).get("/home").main
    assert "See that Noor Haddad is told" in as_(cases.COORDINATOR).get("/home").main
    page = as_(cases.CHAIR).get(f"/cases/{reference}/telling").main
    assert "Nobody: who was to do it has left the case" in page


@pytest.mark.parametrize(
    ("at", "errors"),
    [
        ({"told_time": "4pm"}, [("The time must be now or in the past", "#told_time")]),
        ({"told_time": ""}, [("Enter a time, like 4pm", "#told_time")]),
        ({"told_on-day": "18"}, [("The day must not be before the meeting", "#told_on-day")]),
    ],
)
def test_nobody_was_told_in_the_future_or_before_it_was_agreed(
    app, as_, scalars, reference, at, errors
):
    _say(app, as_, reference)

    page = as_(cases.COORDINATOR).post(f"/cases/{reference}/telling/1/told", **at)

    assert (page.status, page.errors) == (422, errors)
    assert _rows(scalars)[0].told_at is None


@pytest.mark.parametrize(
    ("email", "listed", "named", "told"),
    [
        (cases.POLICE, 200, 403, 404),
        (cases.POLICE_LEAD, 200, 403, 404),
        (cases.COUNCIL, 200, 403, 404),
        (cases.CHAIR, 200, 200, 404),
        (cases.HEALTH, 404, 404, 404),
        (cases.OTHER_CHAIR, 404, 404, 404),
        ("support@victimcare.example", 404, 404, 404),
        ("auditor@wharrow-lpb.example", 404, 404, 404),
    ],
)
def test_what_is_another_s_to_tell_is_not_ticked_off_by_somebody_else(
    app, as_, scalars, reference, email, listed, named, told
):
    _say(app, as_, reference)
    client = as_(email)
    at = f"/cases/{reference}/telling"

    assert client.get(at).status == listed
    assert client.get(f"{at}/add").status == client.get(f"{at}/1").status == named
    assert client.get(f"{at}/1/told").status == told
    token_of_form = client.get("/home").forms[0].fields["csrf_token"][0]
    assert client.send(f"{at}/1/told", {"csrf_token": token_of_form}).status == told
    assert _rows(scalars)[0].told_at is None
    if listed == 200:
        assert "They were told" not in client.get(at).main


def test_a_list_takes_as_many_queries_for_many_as_for_few(app, as_, count_queries, reference):
    _say(app, as_, reference)
    client = as_(cases.COORDINATOR)
    pages = (f"/cases/{reference}/telling", "/home")
    with count_queries() as few:
        for page in pages:
            client.get(page)
    council = _key(app, cases.COUNCIL, demo_people.HEXLEY_COUNCIL)
    for who in (council, _key(app, cases.COORDINATOR)) * 3:
        _say(app, as_, reference, who=who)

    with count_queries() as many:
        for page in pages:
            client.get(page)

    assert many.count == few.count
