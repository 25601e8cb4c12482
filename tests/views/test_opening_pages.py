"""The screen that the applicant sees: what is on it, what never is, who came and left."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db
from portal.jobs import demo_people
from portal.models.meeting import Presence
from portal.models.opening import OpeningVisit, Wishes
from portal.services import consents, item_notes, meeting, parties
from tests import cases
from tests.canary import TOKENS, found_in
from tests.canary_case import make_canary_case
from tests.cases import make_case
from tests.hostile import VALUES
from tests.pages import text_of

TODAY = "by 1pm Ruth sends you a text, then calls"
WITH = "Samira, interpreter; Kelly, Wharrow Victim Care"
TICK = "Tick this when they have left, in the room and on video"
WISHES = "Somebody to say it was hate.\r\nMy door mended."


@pytest.fixture
def reference(app, people, clock):
    """A case whose meeting is under way; it is 10:14am on its day."""
    found = make_case(app, stage="reviewing")
    with app.app_context():
        cases.record_who_was_there(found)
    clock.at = cases.at(19, 10, 14)
    return found


@pytest.fixture
def chair(as_, reference):
    return as_(cases.CHAIR)


@pytest.fixture
def screen(chair, reference):
    return let_in(chair, reference)


def let_in(chair, reference, **changes):
    fields = {"how": "remote", "with_them": WITH, "rings_today": TODAY} | changes
    return chair.follow(chair.post(f"/cases/{reference}/meeting/opening/start", **fields))


def rows(app, model):
    with app.app_context():
        query = sa.select(model).execution_options(**unscoped("the test counts"))
        return db.session.scalars(query).all()


def test_the_screen_says_you_and_holds_first_names_and_services_only(screen, reference):
    assert screen.path == f"/cases/{reference}/meeting/opening"
    assert "Noor is in the room. This screen shows only what they may see." in screen.text
    assert "10:14am. Until about 10:20am." in screen.main
    assert "Now: everyone says who they are." in screen.main
    # Closed on Tuesday 19 January, five working days: Tuesday 26 January.
    assert "By Tuesday 26 January 2027: the action plan" in screen.main
    assert f"Today: {TODAY}" in screen.main
    assert f"Noor (by video or phone), with {WITH}." in screen.main
    assert f"Noor and who came along ({WITH}) have left, in the room and on video" in screen.main
    assert "Margaret, chair. Marie, Hexley Council (by video or phone)." in screen.main
    assert f"Daniel, {demo_people.POLICE}." in screen.main
    for hidden in ("Sgt", "Okafor", "Lyle", "Haddad", "Tom", cases.RESPONDENT, "Logged as a"):
        assert hidden not in screen.html, hidden


def test_nothing_on_the_screen_leads_to_the_case(screen, reference):
    assert set(screen.links) == {"Skip to main content", "Cover the screen"}
    opening = f"/cases/{reference}/meeting/opening"
    sent_to = {button.action for form in screen.forms for button in form.buttons.values()}
    assert sent_to == {
        "/stay",
        f"{opening}/step",
        f"{opening}/wishes",
        f"{opening}/end",
    }


def test_the_steps_go_on_and_back(chair, reference, screen):
    page = chair.follow(chair.press(screen, "Go on: what it has been like"))
    assert "Now: you tell us what it has been like" in page.main

    back = chair.follow(chair.press(page, "Go back: who everyone is"))
    assert "Now: everyone says who they are." in back.main


def test_what_they_would_like_is_typed_in_view_and_stays(app, chair, screen):
    sent = [chair.submit(screen, wishes=WISHES) for _ in range(2)]

    page = chair.follow(sent[0])
    assert page.form_with({"wishes"}).fields["wishes"] == [WISHES.replace("\r\n", "\n")]
    assert "Saved at 10:14am." in page.main
    assert [row.version for row in rows(app, Wishes)] == [1]


def test_whatever_is_typed_in_view_is_saved_or_said_to_be_wrong(chair, screen):
    for value in VALUES[::16]:
        sent = chair.submit(chair.get(screen.path), wishes=value)
        assert sent.status == 303 or [href for _, href in sent.errors] == ["#wishes"], value

    for step in ("0", "5", "x", ""):
        path = f"{screen.path}/step"
        token = screen.forms[0].fields["csrf_token"][0]
        assert chair.send(path, {"csrf_token": token, "step": step}).status == 303, step


@pytest.mark.parametrize(
    ("button", "more"),
    [("Go on: what it has been like", {}), ("End the opening section", {"left": "yes"})],
)
def test_every_button_saves_what_was_typed_in_view(app, chair, screen, button, more):
    assert chair.press(screen, button, wishes=WISHES, **more).status == 303

    assert [row.words for row in rows(app, Wishes)] == [WISHES.replace("\r\n", "\n")]


def test_two_who_write_it_down_at_once_see_both_texts_on_a_screen_that_is_safe(
    chair, reference, screen
):
    chair.submit(screen, wishes="My door mended.")
    first, second = (chair.get(screen.path) for _ in range(2))
    chair.submit(first, wishes="My door mended. One person to call.")

    page = chair.submit(second, wishes="Not to meet him on the stairs.")

    assert page.status == 409
    assert "Noor is in the room." in page.text
    assert "One person to call." in page.main
    assert page.form_with({"wishes"}).fields["wishes"] == ["Not to meet him on the stairs."]
    assert "Haddad" not in page.html
    assert "Cases" not in page.links
    assert chair.submit(page).status == 303


def test_it_ends_only_with_the_tick_that_everybody_has_left(app, chair, reference, clock, screen):
    page = chair.press(screen, "End the opening section")
    assert (page.status, page.errors) == (422, [(TICK, "#left")])
    assert "Noor is in the room." in page.text
    assert [row.left_at for row in rows(app, OpeningVisit)] == [None]

    clock.at = cases.at(19, 10, 29)
    sent = chair.press(page, "End the opening section", left="yes")

    assert sent.location == f"/cases/{reference}/meeting/run"
    assert "Noor left at 10:29am." in chair.follow(sent).text
    assert [row.left_at for row in rows(app, OpeningVisit)] == [clock.at]


def test_coming_back_is_one_click_and_goes_on_where_they_were(app, chair, clock, screen):
    page = chair.follow(chair.press(screen, "Go on: what it has been like"))
    clock.at = cases.at(19, 10, 29)
    run = chair.follow(chair.press(page, "End the opening section", left="yes"))
    clock.at = cases.at(19, 10, 40)

    sent = [chair.press(run, "Noor is coming back in") for _ in range(2)]

    page = chair.follow(sent[0])
    assert "Now: you tell us what it has been like" in page.main
    assert [row.left_at for row in rows(app, OpeningVisit)] == [cases.at(19, 10, 29), None]


def test_the_panels_screen_is_not_shown_and_the_cover_leads_back_to_the_safe_one(
    chair, reference, screen
):
    run = chair.browser.get(f"/cases/{reference}/meeting/run")
    assert (run.status_code, run.location) == (303, screen.path)

    cover = chair.get(screen.links["Cover the screen"])

    assert cover.h1 == "The meeting is paused"
    assert cover.links["Go on with the meeting"] == screen.path
    assert "Noor" not in cover.main


def _office_notes(app, clock, reference, run, text):
    with app.app_context():
        office = cases.actor_of(cases.COORDINATOR, clock.at)
        key = run.form_with({"what"}).fields["noted"][0]
        version = item_notes.open_notes(office, reference, key).note.version
        item_notes.save_notes(office, reference, key, cases.token(), text, version)


def test_a_page_of_the_panel_that_was_left_open_answers_with_the_safe_screen_and_loses_nothing(
    app, clock, chair, reference
):
    run = chair.get(f"/cases/{reference}/meeting/run")
    let_in(chair, reference)
    _office_notes(app, clock, reference, run, "Dean Garrow is known to the police")
    typed = {"text": "Mine", "decision": "The reports are one case"}

    for button in ("Save notes", "Add the decision", "Next: "):
        words = next(each for each in run.form_with({"what"}).buttons if each.startswith(button))
        sent = chair.press(run, words, **typed, note_token=cases.token())
        assert (sent.status, sent.location) == (303, f"/cases/{reference}/meeting/opening")
        assert "Dean" not in sent.html

    screen = chair.get(f"/cases/{reference}/meeting/opening")
    after = chair.follow(chair.press(screen, "End the opening section", left="yes"))
    # Nothing was carried out; it waits, and both texts meet now that nobody looks on.
    fields = after.form_with({"what"}).fields
    assert {name: fields[name] for name in typed} == {name: [text] for name, text in typed.items()}
    both = chair.press(after, "Save notes")
    assert both.status == 409
    assert "Dean Garrow is known to the police" in both.main


def test_who_comes_back_in_never_sees_what_two_wrote_meet(app, clock, chair, reference, screen):
    run = chair.follow(chair.press(screen, "End the opening section", left="yes"))
    _office_notes(app, clock, reference, run, "Dean Garrow is known to the police")

    sent = chair.press(run, "Noor is coming back in", text="Mine")

    assert (sent.status, sent.location) == (303, screen.path)
    again = chair.press(chair.follow(sent), "End the opening section", left="yes")
    assert chair.follow(again).form_with({"what"}).fields["text"] == ["Mine"]


def test_nobody_is_let_in_beside_somebody_else_or_before_the_meeting_is_open(
    app, people, as_, chair, reference, screen
):
    page = chair.post(f"/cases/{reference}/meeting/opening/start", how="room", rings_today=TODAY)
    assert page.errors == [("Somebody is in the room. End their opening section first", "#who")]

    waiting = make_case(app, stage="invited")
    assert chair.get(f"/cases/{waiting}/meeting/opening").status == 403


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"who": "999"}, ("Select one of the answers on this page", "#who")),
        ({"how": None}, ("Select how they take part", "#how")),
        (
            {"rings_today": " "},
            ("Write who gets in touch with them today, and when", "#rings_today"),
        ),
    ],
)
def test_what_is_missing_is_said_before_anybody_is_let_in(app, chair, reference, changes, error):
    fields = {"how": "room", "with_them": WITH, "rings_today": TODAY} | changes
    page = chair.post(f"/cases/{reference}/meeting/opening/start", **fields)

    assert (page.status, page.errors) == (422, [error])
    assert page.form_with({"with_them"}).fields["with_them"] == [WITH]
    assert rows(app, OpeningVisit) == []


def test_nothing_of_anybody_else_is_on_the_applicants_screen(app, people, as_, clock):
    reference = make_canary_case(app, "reviewing")
    clock.at = cases.at(19, 10, 14)
    chair = as_(cases.CHAIR)
    start = chair.get(f"/cases/{reference}/meeting/opening/start")
    # The first victim of the case, and who stands in for them, is on offer to the panel.
    who = min(
        (each.get("value") for each in start.tree.iter("input") if each.get("name") == "who"),
        key=lambda value: (len(value), value),
    )

    screen = let_in(chair, reference, who=who)
    covered = chair.get(f"/cases/{reference}/meeting/cover")
    refused = chair.press(screen, "End the opening section")
    chair.submit(screen, wishes="First")
    conflict = chair.submit(chair.get(screen.path), wishes="Second", version="9")

    # The applicant's own name and statement, of all that the case holds.
    own = {"applicant-name", "statement-words", "statement-reads-out"}
    assert found_in(screen.html) == found_in(refused.html) == own
    assert found_in(conflict.html) == {"applicant-name"}
    assert found_in(covered.html) == set()
    assert TOKENS["second-statement-words"] not in screen.html


def test_a_co_applicant_sees_their_own_and_not_that_there_is_another(app, people, as_, clock):
    reference = make_canary_case(app, "reviewing")
    clock.at = cases.at(19, 10, 14)
    chair = as_(cases.CHAIR)
    start = chair.get(f"/cases/{reference}/meeting/opening/start")
    label = next(
        each for each in start.tree.iter("label") if text_of(each) == TOKENS["second-victim-name"]
    )
    choice = start.by_id(label.get("for"))

    screen = let_in(chair, reference, who=choice.get("value"))

    assert found_in(screen.html) == {"second-victim-name", "second-statement-words"}


@pytest.mark.parametrize("covers", ["covers_meeting", "covers_being_told"])
def test_somebody_comes_in_their_place_only_with_a_consent_that_covers_it(
    app, chair, reference, covers
):
    with app.app_context():
        office = cases.actor_of(cases.COORDINATOR, cases.at(19, 10, 5))
        who_acts = parties.add_party(
            office,
            reference,
            cases.token(),
            role=parties.PartyRole.APPLICANT_REPRESENTATIVE,
            kind=parties.PartyKind.INDIVIDUAL,
            name="Cllr Bo Lim",
        )
        consent = consents.TypedConsent(
            party_id=consents.open_consent_form(office, reference).victims[0][0],
            applicant_representative_id=who_acts,
            covers=(covers,),
            wording="I agree",
            method=consents.ConsentMethod.SPOKEN,
            given_on=office.at.date(),
            evidence="",
        )
        consents.record_consent(office, reference, cases.token(), consent)
    start = chair.get(f"/cases/{reference}/meeting/opening/start")

    may_come = "Cllr Bo Lim, in the place of Noor Haddad" in start.main

    assert may_come == (covers == "covers_meeting")
    if may_come:
        screen = let_in(chair, reference, who=f"{consent.party_id}-{who_acts}")
        assert "Bo is in the room." in screen.text


def test_the_screen_costs_the_same_however_many_are_in_the_room(
    app, chair, screen, count_queries, reference
):
    def asked():
        chair.get(screen.path)
        with count_queries() as queries:
            page = chair.get(screen.path)
        return queries.count, page.main.count("Tollgate Homes")

    before, absent = asked()
    with app.app_context():
        actor = cases.actor_of(cases.CHAIR, cases.at(19, 10, 15))
        everybody = {
            cases.person_id(email): Presence.PRESENT
            for email in (cases.COORDINATOR, cases.HOUSING, cases.POLICE_LEAD)
        }
        meeting.record_attendance(actor, reference, cases.token(), everybody, "")

    assert asked() == (before, absent + 1)
