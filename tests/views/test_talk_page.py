"""After words of despair: who listens now, and a call if they want one. It blocks nothing."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.models.draft import RequestDraft, SentRequest
from portal.models.log import LogEntry
from tests import noor

DOOR = unscoped("a test looks at what is stored")
HARD = "He shouts at us. I can’t\ngo on."


@pytest.fixture(autouse=True)
def _on_a_thursday_evening(clock):
    clock.at = noor.AT


def test_words_of_despair_offer_a_talk_once_and_a_call_that_is_ticked(visitor, people, scalars):
    page = noor.write(visitor, "/request/happening")
    answers = noor.answers_on(page) | {"what": HARD}
    # The wrong field is said first; nothing is lost by it.
    wrong = visitor.press(page, "Save and continue", **answers | {"hate": "yes", "strands": []})
    assert wrong.status == 422
    first = visitor.press(wrong, "Save and continue", **answers)
    talk = visitor.follow(first)
    assert talk.h1 == "It sounds very hard"
    assert all(
        words in talk.main for words in ("116 123", "NHS 111", "999", "Your request is saved")
    )
    assert talk.title.startswith("Saved")
    assert talk.links["Go on"] == "/request/incidents/1"
    before = visitor.get("/request/happening")
    assert visitor.submit(before).location == "/request/incidents/1"

    asked = visitor.follow(visitor.press(talk, "Yes, ring me today"))
    assert "You asked us to ring you today" in asked.main
    assert asked.links["Go on"] == "/request/incidents/1"
    (draft,) = scalars(sa.select(RequestDraft).execution_options(**DOOR))
    assert draft.answers["pages"]["effect"] == {
        "fields": {"effects": ["talk_today"]},
        "is_done": False,
    }
    things = scalars(sa.select(LogEntry.thing))
    assert not [thing for thing in things if "talk" in thing or "distress" in thing]


def test_the_tick_shows_the_lines_and_reaches_the_office(visitor, people, scalars):
    page = noor.write(visitor, "/request/effect")
    answers = noor.answers_on(page) | {"effects": ["talk_today"]}
    talk = visitor.follow(visitor.press(page, "Save and continue", **answers))
    assert "116 123" in talk.main
    assert talk.links["Go on"] == "/request/meeting"
    for path in ("/request/meeting", "/request/sharing"):
        page = visitor.get(path)
        visitor.press(page, "Save and continue", **noor.answers_on(page))
    visitor.submit(visitor.get("/request/check"), is_true="yes")
    (sent,) = scalars(sa.select(SentRequest).execution_options(**DOOR))
    assert sent.wants_call


def test_the_way_on_stays_in_the_request_and_a_stranger_sees_nothing(visitor, people):
    assert visitor.get("/request/saved").location == "/request/continue"
    noor.begin(visitor)
    for elsewhere in ("https://evil.example/", "//evil.example", "/request/../home", "/cases", ""):
        assert visitor.get(f"/request/saved?next={elsewhere}").links["Go on"] == "/request/check"
