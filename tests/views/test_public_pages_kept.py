"""What the public pages say is kept by the area's administrator and by nobody else."""

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.domain.letters import Topic
from portal.models.letter import AreaWords
from portal.models.log import LogEntry
from portal.models.person import Area
from portal.models.public_page import DirectoryEntry
from tests.walking import signed_in

WHARROW, SEVERN = "admin@wharrow-lpb.example", "admin@severnreach-lpb.example"
LIST, OFFICE, ADD = (f"/admin/public-pages{end}" for end in ("", "/office", "/add"))
NEW = {"kind": "support", "name": "Harbour Help", "words": "They listen.", "phone": "01632 960399"}


def _client(app, email=SEVERN):
    return signed_in(app, email).client


def test_what_the_office_says_stands_on_the_public_pages_at_once(app, visitor, people):
    admin = _client(app)

    page = admin.post(
        OFFICE,
        phone_hours="Tuesdays, 9am to noon",
        post_address="Quay House, Severnreach SR2 9ZZ",
        retention_years="5",
        exit_address="https://tides.example/",
    )

    assert (page.status, page.location) == (303, LIST)
    start = visitor.get("/start/severnreach").main
    assert "Ring 01632 960310 (Tuesdays, 9am to noon)." in start
    assert "Write to Quay House, Severnreach SR2 9ZZ." in start
    assert "for 5 years after" in visitor.get("/start/severnreach/your-information").main
    assert visitor.get("/exit/severnreach").location == "https://tides.example/"
    assert "Tuesdays" not in visitor.get("/start/wharrowdale").text


def test_there_is_one_postal_address_for_letters_and_pages(app, people):
    admin = _client(app)

    def stored():
        with app.app_context():
            return db.session.scalar(
                sa.select(AreaWords.words)
                .join(Area, Area.id == AreaWords.area_id)
                .where(Area.slug == "severnreach", AreaWords.topic == Topic.POST)
            )

    admin.post(OFFICE, post_address="1 Harbour Steps")
    assert stored() == "1 Harbour Steps"
    admin.post(OFFICE, post_address="")
    assert stored() is None


def test_somebody_is_listed_changed_and_taken_off(app, visitor, people):
    admin = _client(app)
    assert "Harbour Help" not in visitor.get("/start/severnreach/support").main

    admin.post(ADD, **NEW, is_free="yes")
    assert "They listen. It is free." in visitor.get("/start/severnreach/support").main
    assert "Harbour" not in visitor.get("/start/severnreach/report").main

    own = admin.get(LIST).links["Harbour Help"]
    admin.submit(admin.get(own), name="Harbour Care", phone="", email="help@harbour.example")
    shown = visitor.get("/start/severnreach/support")
    assert shown.links["help@harbour.example"] == "mailto:help@harbour.example"
    assert "Harbour Help" not in shown.main

    page = admin.press(admin.get(own), "Remove from the public pages")
    assert page.location == LIST
    assert "Harbour" not in visitor.get("/start/severnreach/support").main
    assert admin.get(own).status == 404


@pytest.mark.parametrize(
    ("typed", "sentence", "field"),
    [
        ({"phone": ""}, "Enter a phone number, a web address or an email address", "#phone"),
        ({"phone": "ring me"}, "Enter a phone number, like 01632 960 001", "#phone"),
        ({"web": "http://help.example"}, "The link must start with https://", "#web"),
        ({"web": "javascript:alert(1)"}, "The link must start with https://", "#web"),
        ({"name": ""}, "Enter the name", "#name"),
        ({"kind": None}, "Select what people can turn to them for", "#kind"),
    ],
)
def test_nobody_is_listed_who_cannot_be_reached(app, people, typed, sentence, field):
    admin = _client(app)

    page = admin.post(ADD, **NEW | typed)

    assert (page.status, page.errors) == (422, [(sentence, field)])
    assert "They listen." in page.html
    with app.app_context():
        names = db.session.scalars(sa.select(DirectoryEntry.name)).all()
    assert "Harbour Help" not in names


def test_a_body_without_a_place_to_complain_is_named(app, people):
    admin = _client(app)
    missing = "Nobody can read yet where to complain about"
    assert f"{missing} Severnreach Council; Severnreach Police." in admin.get(LIST).main

    admin.post(ADD, **NEW | {"kind": "complaint", "name": "Severnreach Police"})
    assert f"{missing} Severnreach Council." in admin.get(LIST).main
    assert missing not in _client(app, WHARROW).get(LIST).main


def test_the_way_out_leads_to_a_web_page_only(app, people):
    page = _client(app).post(OFFICE, exit_address="javascript:alert(1)")

    assert page.errors == [("The link must start with https://", "#exit_address")]


def test_a_name_stands_once_in_each_list_and_a_form_is_carried_out_once(app, people):
    admin = _client(app)
    form = admin.get(ADD)
    admin.submit(form, **NEW)
    assert admin.submit(form, **NEW).status == 303

    page = admin.post(ADD, **NEW | {"name": "HARBOUR help"})
    assert page.errors == [("This name is in this list already", "#name")]
    assert admin.post(ADD, **NEW | {"kind": "report"}).status == 303
    with app.app_context():
        names = db.session.scalars(sa.select(DirectoryEntry.name)).all()
    assert names.count("Harbour Help") == 2


def test_the_second_of_two_sees_both_texts(app, people):
    first, second = _client(app), _client(app)
    page = second.get(OFFICE)
    first.post(OFFICE, visits="Come to the quay.")

    conflict = second.submit(page, visits="Ring the bell.")

    assert conflict.status == 409
    assert "Come to the quay." in conflict.main
    assert "Ring the bell." in conflict.html
    assert second.submit(conflict, visits="Ring the bell.").status == 303

    first.post(ADD, **NEW)
    own = first.get(LIST).links["Harbour Help"]
    stale = second.get(own)
    first.submit(first.get(own), words="They ring you.")
    assert "They ring you." in second.submit(stale, words="They write.").main
    assert second.press(stale, "Remove from the public pages").status == 409
    assert first.get(own).status == 200


def test_another_area_is_not_there_and_each_act_is_logged(app, people):
    admin, other = _client(app), _client(app, WHARROW)
    admin.post(ADD, **NEW)
    own = admin.get(LIST).links["Harbour Help"]

    assert "Harbour" not in other.get(LIST).main
    assert other.get(own).status == 404
    sent = admin.get(own).form_with({"name"}).fields
    assert other.send(own, sent).status in {400, 404}
    with app.app_context():
        kept = sa.select(LogEntry.thing).where(LogEntry.act == "keep_public_pages")
        things = db.session.scalars(kept.order_by(LogEntry.id)).all()
    number = own.rpartition("/")[2]
    assert {f"entry {number}", f"entry {number}, form", ""} <= set(things)
