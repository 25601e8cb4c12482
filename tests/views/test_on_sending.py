"""What follows by itself when a request is sent: who is told, the files, the page of who asked."""

import io

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.models.draft import RequestDraft
from portal.models.outbox import OutboxMessage
from portal.models.receipt import PassedOn
from portal.models.request_file import RequestFile
from tests import cases, noor
from tests.asking import past_the_talk
from tests.file_bytes import WAV
from tests.mine import come_in
from tests.pages import Client

DOOR = unscoped("a test looks")


@pytest.fixture(autouse=True)
def _on_a_thursday_evening(clock):
    clock.at = noor.AT


@pytest.fixture
def stored(scalars):
    def read(model):
        return scalars(sa.select(model).execution_options(**DOOR))

    return read


def test_number_and_code_of_the_request_open_the_page_of_who_asked(app, visitor, people):
    page = noor.begin(visitor)
    both = noor.number_and_code(page)
    while page.path != "/request/check":
        page = visitor.follow(visitor.press(page, "Save and continue", **noor.answers_on(page)))
    reference = noor.sent_from(visitor, page)

    assert reference == both["reference"]
    own_page = come_in(app, reference, both["code"]).get("/my")

    assert own_page.h1 == "Where things are"
    assert "You asked for a review" in own_page.main


def test_every_relevant_body_and_the_partnership_are_told_of_nothing_but_the_reference(
    visitor, people, stored
):
    reference = noor.send(visitor)

    # Wharrow Valley has a police force, a council for Hexley, health and a co-opted landlord;
    # besides them the community safety partnership of Hexley.
    assert len(stored(PassedOn)) == 5
    bodies = "".join(message.subject + message.body for message in stored(OutboxMessage))
    assert reference in bodies
    assert not [word for word in ("Noor", "Haddad", "Alder", "door", "960 188") if word in bodies]


def test_who_asked_to_talk_today_stands_on_the_coordinators_first_page(visitor, people, as_):
    page = noor.write(visitor, until="/request/effect")
    answers = noor.answers_on(page) | {"effects": ["talk_today"]}
    offered = visitor.follow(visitor.press(page, "Save and continue", **answers))
    assert "You asked us to ring you today." in offered.main
    page = past_the_talk(visitor, offered)
    while page.path != "/request/check":
        page = visitor.follow(visitor.press(page, "Save and continue", **noor.answers_on(page)))
    reference = noor.sent_from(visitor, page)

    home = as_(cases.COORDINATOR).get("/home")

    assert reference in home.main
    assert "Ring today" in home.main


def test_files_go_with_the_request_and_each_is_removed_by_who_sent_it_alone(
    app, visitor, people, stored, as_
):
    check = noor.write(visitor)
    page = visitor.get(check.links["Add photos, letters or recordings"])
    for name in ("one.wav", "two.wav"):
        content = WAV + name.encode()
        added = visitor.press(page, "Add this file", file=(io.BytesIO(content), name), label=name)
        page = visitor.follow(added)
    page = visitor.follow(visitor.press(page, "Remove one.wav, file 1"))
    assert "one.wav" not in page.main
    assert Client(app).get("/request/files").location == "/request/continue"

    check = visitor.follow(visitor.press(page, "Save and continue"))
    assert "two.wav" in check.main
    reference = noor.sent_from(visitor, check)

    (kept,) = stored(RequestFile)
    assert (kept.draft_id, kept.label) == (None, "two.wav")
    assert "two.wav" in as_(cases.COORDINATOR).get(f"/cases/{reference}/files").main
    assert visitor.get("/request/files").location == "/request/sent"


def test_a_file_that_comes_after_half_an_hour_is_kept_and_nothing_is_shown(
    visitor, people, stored, clock
):
    page = visitor.get(noor.write(visitor).links["Add photos, letters or recordings"])
    clock.advance(minutes=31)

    late = visitor.press(page, "Add this file", file=(io.BytesIO(WAV), "a.wav"), label="late")

    assert visitor.follow(late).location == "/request/continue"
    assert [each.label for each in stored(RequestFile)] == ["late"]

    refused = visitor.press(page, "Add this file", file=(io.BytesIO(b"PK"), "a.zip"), label="x")
    assert refused.location == "/request/continue"


def test_after_half_an_hour_nothing_is_taken_away_by_whoever_picks_the_phone_up(
    visitor, people, stored, clock
):
    page = visitor.get(noor.write(visitor).links["Add photos, letters or recordings"])
    added = visitor.press(page, "Add this file", file=(io.BytesIO(WAV), "a.wav"), label="night")
    files = visitor.follow(added)
    removing = visitor.get("/request/incidents/1/remove")
    clock.advance(minutes=31)

    for sent in (
        visitor.press(files, "Remove night, file 1"),
        visitor.press(removing, "Take it out"),
    ):
        assert sent.location == "/request/continue"
    assert [each.label for each in stored(RequestFile)] == ["night"]
    (draft,) = stored(RequestDraft)
    assert len(draft.answers["incidents"]) == 1
