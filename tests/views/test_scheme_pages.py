"""An area's scheme on screen: versions, the draft and its forms, and who sees what of them."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.db import db, transaction
from portal.domain import presets
from portal.domain.threshold.reading import read_rules
from portal.jobs.demo_people import PASSPHRASE
from portal.models.scheme import SchemeDraft, SchemeVersion
from tests import cases
from tests.cases import token
from tests.hostile import VALUES
from tests.pages import Client

ADMINISTRATOR = "admin@wharrow-lpb.example"
OTHER_COORDINATOR = "coordinator@severnreach-lpb.example"
DRAFT = "/admin/scheme/draft"
IN_MARCH = {"in_force_on-day": "1", "in_force_on-month": "3", "in_force_on-year": "2027"}


@pytest.fixture
def office(as_):
    return as_(ADMINISTRATOR)


@pytest.fixture
def draft(office):
    """A draft that is a copy of Wharrow Valley's Durham rules."""
    assert office.post("/admin/scheme", source="in_force").location == DRAFT
    return office


@pytest.fixture
def stored(scalars):
    def of() -> dict:
        return scalars(sa.select(SchemeDraft.rules))[0]

    return of


@pytest.fixture
def versions(scalars):
    def of() -> list[tuple[int, dt.date]]:
        found = scalars(
            sa.select(SchemeVersion)
            .where(SchemeVersion.area_id == 1)
            .order_by(SchemeVersion.number)
        )
        return [(each.number, each.in_force_on) for each in found]

    return of


def test_a_draft_starts_as_a_copy_of_the_version_in_force_and_is_in_force_for_nobody(
    draft, stored, versions
):
    page = draft.get(DRAFT)

    assert presets.from_json(stored()) == presets.durham()
    assert versions() == [(1, dt.date(2020, 1, 1))]
    assert (
        "Three reports of separate incidents of the same problem in the six months before you ask."
        in page.main
    )
    assert "We write to you within 3 working days after we get your request." in page.main


def test_a_draft_starts_from_a_preset_and_there_is_one_at_a_time(office, stored):
    opened = office.get("/admin/scheme")
    office.submit(opened, source="gloucestershire")

    again = office.send(
        "/admin/scheme/start",
        {"csrf_token": opened.form_with({"source"}).fields["csrf_token"], "source": "durham"},
    )

    assert presets.from_json(stored()) == presets.gloucestershire()
    assert "There is a draft already" in office.follow(again).main


def test_each_section_is_saved_and_said_in_words(draft, stored):
    draft.post(f"{DRAFT}/name", name="Our own")
    draft.post(f"{DRAFT}/counting", anonymous_reports_count="no")
    draft.post(
        f"{DRAFT}/conditions",
        preconditions_known=["ongoing"],
        preconditions_words="You live in the area",
        exclusions_known=["all_complaints_to_one_organisation"],
        exclusions_words="Complaints about staff\nDecisions of a court",
    )
    draft.post(f"{DRAFT}/fallback", factors=["persistence"], decided_by="The panel of the area")
    draft.post(f"{DRAFT}/floor", number="4")

    threshold = stored()["threshold"]
    page = draft.get(DRAFT)
    assert stored()["name"] == "Our own"
    assert threshold["counting"] == {
        "same_incident_to_several_agencies": "once",
        "anonymous_reports_count": False,
    }
    assert threshold["preconditions"] == ["ongoing", "You live in the area"]
    assert threshold["exclusions"] == [
        "all_complaints_to_one_organisation", "Complaints about staff", "Decisions of a court",
    ]  # fmt: skip
    assert threshold["fallback"] == {
        "decision": "discretion", "factors": ["persistence"], "decided_by": "The panel of the area",
    }  # fmt: skip
    assert threshold["floor"]["number"] == 4
    for sentence in (
        "Reports without a name do not count.",
        "It still goes on.",
        "You live in the area.",
        "Decisions of a court.",
        "The services will think about how long it has gone on.",
        "Who decides: The panel of the area.",
        "if four reports about the problem were made",
        "The number by law is 4.",
    ):
        assert sentence in page.main


def test_a_route_is_changed_added_and_removed(draft, stored):
    draft.post(
        f"{DRAFT}/routes/1",
        name="on my own",
        window_anchor="span",
        window_of="incident",
        same_problem="",
        response="",
    )
    draft.post(
        f"{DRAFT}/routes/add", name="a street", min_reporters="3", reporter_unit="household",
        window_n="90", window_unit="days",
    )  # fmt: skip
    draft.press(draft.get(DRAFT), "Remove route 2")

    own, five, street = stored()["threshold"]["any_of"]
    assert own == {
        "id": "on_my_own",
        "decision": "must",
        "min_reports": 3,
        "distinct_incidents": True,
        "window": {"n": 6, "unit": "months", "anchor": "span", "of": "incident"},
    }
    assert five["id"] == "five_people"
    assert street == {
        "id": "a_street",
        "decision": "must",
        "min_reporters": 3,
        "reporter_unit": "household",
        "window": {"n": 90, "unit": "days", "anchor": "application", "of": "report"},
    }
    assert "Three different households reported it in the 90 days before you ask." in (
        draft.get(DRAFT).main
    )


def test_a_key_that_the_form_cannot_show_stays_and_is_shown_in_words(draft, app, scalars, stored):
    put_route(app, {"weather": "after dark only", "window": {"n": 6, "unit": "moons"}})

    draft.post(f"{DRAFT}/routes/1", min_reports="2")

    route = stored()["threshold"]["any_of"][0]
    assert (route["weather"], route["min_reports"]) == ("after dark only", 2)
    assert route["window"] == {"n": 6, "unit": "moons"}
    assert "Weather: after dark only." in draft.get(DRAFT).main


def put_route(app, keys):
    """Give the first route of the draft other keys, as a stored file may hold them."""
    with app.app_context(), transaction():
        found = db.session.scalars(sa.select(SchemeDraft)).one()
        threshold = dict(found.rules["threshold"])
        threshold["any_of"] = [threshold["any_of"][0] | keys]
        found.rules = found.rules | {"threshold": threshold}


def test_a_draft_without_a_route_is_no_scheme_and_cannot_be_put_in_force(draft, versions):
    for _ in range(3):
        draft.press(draft.get(DRAFT), "Remove route 1")

    page = draft.get(DRAFT)
    asked = draft.post(f"{DRAFT}/put-in-force", **IN_MARCH)

    assert "There is no route: add at least one." in page.main
    assert "Put it in force" not in page.links
    assert asked.errors == [
        (
            "The draft is no scheme yet. There is no route: add at least one.",
            "#in_force_on-day",
        )
    ]
    assert versions() == [(1, dt.date(2020, 1, 1))]


def test_ten_identical_posts_make_one_version(draft, versions):
    opened = draft.get(f"{DRAFT}/put-in-force")
    answers = [draft.submit(opened, **IN_MARCH).status for _ in range(10)]

    assert answers == [303] * 10
    assert versions() == [(1, dt.date(2020, 1, 1)), (2, dt.date(2027, 3, 1))]


def test_a_warning_is_shown_again_before_it_takes_effect_and_does_not_block(draft, versions):
    draft.post(f"{DRAFT}/floor", number="5")

    page = draft.get(f"{DRAFT}/put-in-force")
    draft.submit(page, **IN_MARCH)

    assert "The number by law is 5." in page.main
    assert len(versions()) == 2


def test_a_past_day_is_refused_at_its_field_and_today_is_taken(draft, versions):
    # The clock stands at 14 January 2027.
    yesterday = {"in_force_on-day": "13", "in_force_on-month": "1", "in_force_on-year": "2027"}

    refused = draft.post(f"{DRAFT}/put-in-force", **yesterday)
    taken = draft.submit(refused, **{"in_force_on-day": "14"})

    assert refused.errors == [("The day must be today or later", "#in_force_on-day")]
    assert taken.location == "/admin/scheme"
    assert versions()[-1] == (2, dt.date(2027, 1, 14))


def test_an_upcoming_version_can_be_taken_back_until_its_day_and_then_never(draft, versions, clock):
    draft.post(f"{DRAFT}/put-in-force", **IN_MARCH)
    listed = draft.get("/admin/scheme")

    draft.press(listed, "Take back version 2")
    assert versions() == [(1, dt.date(2020, 1, 1))]

    draft.post(f"{DRAFT}/put-in-force", **IN_MARCH)
    listed = draft.get("/admin/scheme")
    clock.at = dt.datetime(2027, 3, 1, 0, 0, tzinfo=cases.LONDON)
    # The browser is another one: nobody stays signed in until March.
    late = Client(draft.app)
    late.post("/sign-in", email=ADMINISTRATOR, passphrase=PASSPHRASE)
    fields = late.get("/admin/scheme").forms[0].fields | {"form_token": token()}
    told = late.follow(late.send("/admin/scheme/versions/2/take-back", fields))
    assert "It is in force already, and does not change" in told.main
    assert versions()[-1] == (2, dt.date(2027, 3, 1))


def test_two_people_who_save_at_once_get_both_texts(as_, draft):
    other = as_(ADMINISTRATOR)
    first, second = draft.get(f"{DRAFT}/name"), other.get(f"{DRAFT}/name")
    draft.submit(first, name="Theirs")

    clash = other.submit(second, name="Mine")

    assert clash.status == 409
    assert "Theirs" in clash.main
    assert clash.form_with({"name"}).fields["name"] == ["Mine"]
    assert other.submit(clash).status == 303


def test_a_route_whose_place_has_moved_is_not_written_over(as_, draft, stored):
    other = as_(ADMINISTRATOR)
    page = other.get(f"{DRAFT}/routes/2")
    draft.press(draft.get(DRAFT), "Remove route 1")

    clash = other.submit(page, name="mine")

    assert (clash.status, clash.h1) == (409, "Somebody else has changed this meanwhile")
    assert [route["id"] for route in stored()["threshold"]["any_of"]] == ["hate", "five_people"]


def test_removing_a_route_that_somebody_else_has_changed_removes_nothing(as_, draft, stored):
    other = as_(ADMINISTRATOR)
    page = other.get(DRAFT)
    draft.press(draft.get(DRAFT), "Remove route 1")

    clash = other.press(page, "Remove route 1")

    assert clash.status == 409
    assert [route["id"] for route in stored()["threshold"]["any_of"]] == ["hate", "five_people"]


def test_clocks_are_saved_a_row_each_and_contradictions_are_named(draft, stored):
    draft.post(
        f"{DRAFT}/clocks", meeting_starts_from="request_received", meeting_number="8",
        acknowledge_number="1", acknowledge_unit="weeks",
    )  # fmt: skip

    page = draft.get(DRAFT)
    assert "We write to you within 1 week after we get your request." in page.main
    assert (
        "Two clocks contradict: the decision is made within 10 working days, and the meeting is due"
        in page.main
    )
    rules = read_rules(stored()["threshold"])
    assert len(rules.routes) == 3


@pytest.mark.parametrize(
    ("path", "typed", "sentence", "link"),
    [
        ("name", {"name": ""}, "Enter the name of the scheme", "#name"),
        ("floor", {"number": ""}, "Enter the number of reports", "#number"),
        ("floor", {"made_within_n": ""}, "Enter the number, or choose no unit",
         "#made_within_unit"),
        ("routes/1", {"min_reports": "three"},
         "The number of reports must be a whole number, like 12", "#min_reports"),
        ("routes/1", {"window_unit": ""}, "Select days, weeks, months or years", "#window_unit"),
        ("clocks", {"meeting_number": "0"}, "Review meeting: how many must be between 1 and 1,000",
         "#meeting_number"),
        ("clocks", {"meeting_source": ""}, "Review meeting: say where this is from",
         "#meeting_source"),
    ],
)  # fmt: skip
def test_bad_input_is_named_at_its_field_and_kept(draft, path, typed, sentence, link):
    page = draft.post(f"{DRAFT}/{path}", **typed)

    assert (page.status, page.errors) == (422, [(sentence, link)])
    name, text = next(iter(typed.items()))
    assert page.form_with({name}).fields.get(name, [""]) == [text]


def test_a_coordinator_reads_and_changes_nothing(as_, draft, stored):
    coordinator = as_(cases.COORDINATOR)
    before = stored()

    page = coordinator.get(DRAFT)

    assert page.status == 200
    assert "Put it in force" not in page.main
    assert not [form for form in page.forms if form.is_in_main]
    for path in ("name", "routes/1", "clocks", "put-in-force", "throw-away"):
        assert coordinator.get(f"{DRAFT}/{path}").status == 403
    assert coordinator.send(f"{DRAFT}/routes/1/remove", {}).status in {400, 403}
    assert stored() == before


def test_another_area_does_not_see_the_draft(as_, draft):
    other = as_(OTHER_COORDINATOR)

    assert other.get(DRAFT).status == 404
    assert "Durham" not in other.get("/admin/scheme").main


FORMS = ("name", "counting", "conditions", "fallback", "floor", "routes/1", "clocks",
         "put-in-force")  # fmt: skip


@pytest.mark.parametrize("path", FORMS)
def test_whatever_is_typed_is_answered_with_a_sentence_and_kept(draft, path):
    page = draft.get(f"{DRAFT}/{path}")
    typed = {
        each.get("name")
        for each in page.tree.iter()
        if each.tag == "textarea" or (each.tag == "input" and each.get("type") == "text")
    }
    choices = {each.get("name") for each in page.tree.iter("select")}

    for value in VALUES[::20]:
        fields = page.form_with(typed).fields | {key: [value] for key in typed | choices}
        answer = draft.send(f"{DRAFT}/{path}", fields | {"form_token": [token()]})
        assert answer.status in {303, 409, 422}, (value, answer.h1)
        if answer.status == 303 and path != "put-in-force":
            page = draft.get(f"{DRAFT}/{path}")
        assert draft.get(DRAFT).status == 200, value


def test_a_draft_is_thrown_away_only_after_a_question(draft, scalars):
    asked = draft.get(f"{DRAFT}/throw-away")
    assert scalars(sa.select(SchemeDraft.id))

    draft.submit(asked)

    assert scalars(sa.select(SchemeDraft.id)) == []


def test_the_public_page_says_the_rules_of_today_and_what_changes_when(draft, visitor, clock):
    draft.press(draft.get(DRAFT), "Remove route 2")
    draft.post(f"{DRAFT}/put-in-force", **IN_MARCH)

    before = visitor.get("/rules/wharrowdale")
    clock.at = dt.datetime(2027, 3, 1, 0, 0, tzinfo=cases.LONDON)
    after = visitor.get("/rules/wharrowdale")

    hate = "One report of something done because of who a person is (hate)"
    assert "These rules apply from Wednesday 1 January 2020." in before.main
    assert "What changes on Monday 1 March 2027" in before.main
    assert before.main.count(hate) == 2
    assert "The answer was missing or not good enough. This is a local condition." in before.main
    assert "These rules apply from Monday 1 March 2027." in after.main
    assert hate not in after.main
    assert "What changes" not in after.main
    assert visitor.get("/").links["Rules of Wharrow Valley"] == "/rules/wharrowdale"
    assert visitor.get("/rules/nowhere").status == 404
