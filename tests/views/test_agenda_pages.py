"""The agenda: who reads what of it, how the chair edits it, where the meeting is, and its notes."""

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.db import db
from portal.domain.agenda import STANDARD, Part
from portal.models.agenda import AgendaItem, AgendaSpan, ItemNote, ItemNoteVersion
from portal.models.log import LogEntry
from portal.services import meeting
from tests import cases
from tests.cases import make_case

RESTRICTED = "Restricted information"
POWERS = "Powers and options"


@pytest.fixture
def reference(app, people, clock):
    """A case whose meeting is under way since 10:03am; it is 10:10am on its day."""
    found = make_case(app, stage="reviewing")
    clock.at = cases.at(19, 10, 10)
    return found


@pytest.fixture
def chair(as_, reference):
    return as_(cases.CHAIR)


def rows(app, query):
    with app.app_context():
        return db.session.scalars(query.execution_options(**unscoped("the test looks"))).all()


def keys(app):
    return {item.title: item.key for item in rows(app, sa.select(AgendaItem))}


def titles(page):
    return [
        row.find(".//th").text.strip() for row in page.tree.iter("tr") if row.find("td") is not None
    ]


def test_a_booked_meeting_has_the_standard_agenda(app, people, as_):
    reference = make_case(app, stage="invited")

    page = as_(cases.POLICE).get(f"/cases/{reference}/meeting/agenda")

    shown = [item.title for item in STANDARD if item.part is not Part.RESTRICTED]
    assert titles(page) == shown
    assert RESTRICTED not in page.html
    # 112 with the restricted item, 5 without it.
    assert "107 minutes in all" in page.main
    assert "Change" not in page.main
    numbers = [cell.text for cell in page.tree.iter("td") if cell.get("data-label") == "Number"]
    assert numbers == [str(number) for number in range(14)]


def test_those_who_lead_read_restricted_items_without_a_number(app, people, as_, reference):
    for email in (cases.CHAIR, cases.COORDINATOR):
        page = as_(email).get(f"/cases/{reference}/meeting/agenda")
        assert RESTRICTED in page.main
        assert "not for the shared screen" in page.main


def test_the_chair_changes_an_item_and_where_it_stands(app, chair, reference):
    all_keys = keys(app)
    path = f"/cases/{reference}/meeting/agenda/{all_keys[POWERS]}"

    sent = chair.post(path, title="Which powers?", minutes="15", before=all_keys["Risk and harm"])

    page = chair.follow(sent)
    assert page.saved == "Agenda saved"
    found = titles(page)
    assert found.index("Which powers?") + 1 == found.index("Risk and harm")
    assert POWERS not in found
    # Where the others stand is not their text: nobody who edits them is in conflict.
    versions = {item.version for item in rows(app, sa.select(AgendaItem))}
    assert versions == {1, 2}


def test_an_item_is_added_where_it_is_wanted_and_taken_out_again(app, chair, reference):
    risk = keys(app)["Risk and harm"]
    sent = chair.post(
        f"/cases/{reference}/meeting/agenda/new",
        title="The young person’s school",
        minutes="10",
        part="closed",
        before=risk,
    )
    page = chair.follow(sent)
    found = titles(page)
    assert found.index("The young person’s school") + 1 == found.index("Risk and harm")

    key = keys(app)["The young person’s school"]
    form = chair.get(f"/cases/{reference}/meeting/agenda/{key}")
    page = chair.follow(chair.press(form, "Take this item out"))

    assert page.saved == "Item taken out"
    assert "The young person’s school" not in page.main


def test_what_the_meeting_was_at_stays_on_the_agenda(app, chair, reference):
    first = keys(app)["Who is here, and who may agree actions"]
    form = chair.get(f"/cases/{reference}/meeting/agenda/{first}")

    page = chair.follow(chair.press(form, "Take this item out"))

    assert "The meeting was at this item already, so it stays" in page.text
    assert "Who is here, and who may agree actions" in titles(page)
    refused = chair.submit(form, part="restricted")
    assert refused.status == 422
    assert [sentence for sentence, _ in refused.errors] == [
        "The panel was at this item already. Add an item for what is restricted"
    ]


def test_restricted_notes_never_come_into_the_panels_sight_with_their_item(app, chair, reference):
    key = keys(app)[RESTRICTED]
    chair.post(f"/cases/{reference}/meeting/items/{key}", text="What an informant said")

    page = chair.post(f"/cases/{reference}/meeting/agenda/{key}", part="closed")

    assert page.status == 422
    assert [sentence for sentence, _ in page.errors] == [
        "Its notes are for chair and coordinator. Add an item for what is not"
    ]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"title": " "}, [("Write what the item is about", "#title")]),
        ({"minutes": "soon"}, [("The minutes must be a whole number, like 12", "#minutes")]),
        ({"minutes": "241"}, [("The minutes must be between 0 and 240", "#minutes")]),
        ({"part": "secret"}, [("Select one of the answers on this page", "#part")]),
        ({"before": "ffff"}, [("Select one of the answers on this page", "#before")]),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(app, chair, reference, fields, errors):
    page = chair.post(
        f"/cases/{reference}/meeting/agenda/{keys(app)[POWERS]}", **{"lead": "Kept", **fields}
    )

    assert (page.status, page.errors) == (422, errors)
    assert page.form_with({"lead"}).fields["lead"] == ["Kept"]


def test_two_who_change_an_item_at_once_lose_nothing(app, as_, reference):
    first, second = as_(cases.CHAIR), as_(cases.CHAIR)
    path = f"/cases/{reference}/meeting/agenda/{keys(app)[POWERS]}"
    one, two = first.get(path), second.get(path)

    first.submit(one, title="What the first wrote")
    page = second.submit(two, title="What the second wrote")

    assert page.status == 409
    assert "What the first wrote" in page.main
    assert second.submit(page).status == 303
    assert "What the second wrote" in keys(app)


def test_the_chair_goes_on_and_back_and_the_times_are_kept(app, chair, reference, clock):
    run = f"/cases/{reference}/meeting/run"
    page = chair.get(run)
    assert page.h1 == "Who is here, and who may agree actions"
    assert "Now, since 10:03am" in page.main

    sent = chair.press(page, "Next: Welcome and confidentiality")
    clock.at = cases.at(19, 10, 15)
    page = chair.follow(sent)
    assert page.h1 == "Welcome and confidentiality"
    assert "Done, 10:03am to 10:10am" in page.main
    assert "Now, since 10:10am" in page.main

    page = chair.follow(chair.press(page, "Back to: Who is here, and who may agree actions"))
    assert page.h1 == "Who is here, and who may agree actions"
    assert "Done, 10:10am to 10:15am" in page.main
    assert len(rows(app, sa.select(AgendaSpan))) == 3


def test_the_way_on_leads_past_what_is_restricted_and_nothing_shows_it(app, chair, reference):
    titles_seen = []
    for _ in range(12):
        page = chair.get(f"/cases/{reference}/meeting/run")
        assert RESTRICTED not in page.html
        titles_seen.append(page.h1)
        button = next(text for text in _buttons(page) if text.startswith("Next: "))
        chair.press(page, button)

    at = titles_seen.index("What each agency did")
    assert titles_seen[at + 1] == "Risk and harm"


def _buttons(page):
    return ["".join(each.itertext()) for each in page.tree.iter("button")]


def test_two_windows_that_press_next_go_on_once(app, chair, reference):
    page = chair.get(f"/cases/{reference}/meeting/run")
    other = chair.get(f"/cases/{reference}/meeting/run")
    chair.press(page, "Next: Welcome and confidentiality")
    now = chair.get(f"/cases/{reference}/meeting/run")
    chair.press(now, "Next: Opening section with the applicant")

    page = chair.follow(chair.press(other, "Next: Welcome and confidentiality"))

    assert page.h1 == "Opening section with the applicant"
    assert "The meeting is at “Opening section with the applicant” already" in page.text


def test_the_screen_says_that_an_item_is_with_the_applicant(app, chair, reference):
    for _ in range(2):
        page = chair.get(f"/cases/{reference}/meeting/run")
        chair.press(page, next(text for text in _buttons(page) if text.startswith("Next: ")))

    page = chair.get(f"/cases/{reference}/meeting/run")

    assert "This item is with the applicant: let them in, and their own screen opens." in page.text
    assert page.links["Cover the screen"] == f"/cases/{reference}/meeting/cover"
    covered = chair.get(f"/cases/{reference}/meeting/cover")
    assert covered.h1 == "The meeting is paused"
    assert cases.APPLICANT.split()[0] not in covered.html
    assert covered.links["Go on with the meeting"] == f"/cases/{reference}/meeting/run"


def test_notes_are_kept_with_a_version_each_time_and_one_at_the_close(app, chair, reference):
    for text in ("The first half", "Both halves", "Both halves"):
        page = chair.get(f"/cases/{reference}/meeting/run")
        sent = chair.press(page, "Save notes", text=text)
        assert chair.follow(sent).saved == "Notes saved"

    with app.app_context():
        cases.record_who_was_there(reference)
        actor = cases.actor_of(cases.CHAIR, cases.CLOSED_AT)
        meeting.close_meeting(actor, reference, cases.token())

    versions = rows(app, sa.select(ItemNoteVersion).order_by(ItemNoteVersion.number))
    assert [(each.text, each.is_at_close) for each in versions] == [
        ("The first half", False),
        ("Both halves", False),
        ("Both halves", True),
    ]
    assert all(span.ended_at for span in rows(app, sa.select(AgendaSpan)))


def test_more_restricted_items_take_no_more_queries(chair, reference, count_queries):
    path = f"/cases/{reference}/meeting/restricted"
    with count_queries() as one:
        chair.get(path)
    for title in ("What a doctor said", "What a school said"):
        chair.post(
            f"/cases/{reference}/meeting/agenda/new", title=title, minutes="5", part="restricted"
        )

    with count_queries() as three:
        page = chair.get(path)

    assert "What a doctor said" in page.main
    assert "What a school said" in page.main
    assert len(three.statements) == len(one.statements)


def test_chair_and_coordinator_who_write_the_same_notes_lose_nothing(app, as_, chair, reference):
    office = as_(cases.COORDINATOR)
    key = keys(app)["Who is here, and who may agree actions"]
    opened_by_office = office.get(f"/cases/{reference}/meeting/items/{key}")
    page = chair.get(f"/cases/{reference}/meeting/run")
    assert "Ruth Adeyemi is writing in this since 10:10am" in page.main

    chair.press(page, "Save notes", text="What the chair noted")
    conflict = office.submit(opened_by_office, text="What the office noted")

    assert conflict.status == 409
    assert conflict.h1 == "Margaret Lyle changed the notes while you were writing"
    assert "What the chair noted" in conflict.main
    assert conflict.form_with({"text"}).fields["text"] == ["What the office noted"]
    assert office.submit(conflict).location == f"/cases/{reference}/meeting/live"
    (note,) = rows(app, sa.select(ItemNote))
    assert note.text == "What the office noted"


def test_restricted_notes_stand_on_a_page_of_those_who_lead_and_nowhere_else(
    app, as_, chair, reference
):
    key = keys(app)[RESTRICTED]
    path = f"/cases/{reference}/meeting/items/{key}"
    form = chair.get(path)
    assert "Chair and coordinator only." in form.text
    assert "Panel only." not in form.text

    sent = chair.submit(form, text="What an informant said")

    assert sent.location == f"/cases/{reference}/meeting/restricted"
    for email in (cases.CHAIR, cases.COORDINATOR):
        page = as_(email).get(f"/cases/{reference}/meeting/restricted")
        assert "What an informant said" in page.main
    for part in ("run", "attendance", "cover", "live", "live/latest?on=run"):
        answer = chair.browser.get(f"/cases/{reference}/meeting/{part}")
        assert answer.status_code == 200, part
        for trace in ("informant", RESTRICTED, key):
            assert trace not in answer.get_data(as_text=True), (part, trace)
    things = [entry.thing for entry in rows(app, sa.select(LogEntry))]
    assert not any("informant" in thing for thing in things)


@pytest.mark.parametrize(
    ("email", "status"),
    [(cases.POLICE, 403), (cases.POLICE_LEAD, 403), (cases.HEALTH, 404), (cases.OTHER_CHAIR, 404)],
)
def test_nobody_else_edits_or_notes(app, as_, reference, email, status):
    client = as_(email)
    powers = keys(app)[POWERS]

    for part in ("agenda/new", f"agenda/{powers}", f"items/{powers}", "restricted", "cover"):
        assert client.get(f"/cases/{reference}/meeting/{part}").status == status, part
