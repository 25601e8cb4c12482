"""Awkward text typed into every form, from the request to the plan, comes back as it was typed."""

import icalendar
import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.domain.handling import Handling
from portal.models.outbox import OutboxMessage
from portal.models.plan import Document, DocumentKind
from tests import cases
from tests.documents.word_reading import whole_text

AWKWARD = 'A & B <x> "q" {{7*7}} {_{ ü 😀 مرحبا'
DOOR = unscoped("a test looks at what is stored")


def say(what):
    """The text that is typed into a field: awkward, and another one in each."""
    return f"{AWKWARD} in {what}"


def _day(name, day, month, year):
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


def _option(page, field, words):
    """The value of the option, radio or box whose words begin so."""
    for each in page.tree.iter("option"):
        if (each.text or "").strip().startswith(words):
            return each.get("value")
    for label in page.tree.iter("label"):
        if "".join(label.itertext()).strip().startswith(words):
            control = page.by_id(label.get("for"))
            if control is not None and control.get("name") == field:
                return control.get("value")
    raise LookupError(words)


def _done(page):
    assert page.status == 303, (page.path, page.errors, page.main)
    return page


def _type_in(office):
    page = office.get("/cases/new")
    sent = office.submit(
        page,
        **_day("received_on", 17, 12, 2026),
        received_time="8:15pm",
        channel="phone",
        lga=_option(page, "lga", "Hexley"),
        applicant_name=say("applicant_name"),
        applicant_kind="individual",
        who_asks="victim",
        safe_contact=say("safe_contact"),
        address=say("address"),
        phone=AWKWARD,
        email="noor@post.example",
        place=say("place"),
        summary=say("summary"),
    )
    return _done(sent).location.removesuffix("/request")


def _check(office, case):
    _done(
        office.post(
            f"{case}/reports/add-incident",
            **_day("happened_on", 2, 11, 2026),
            title=say("incident_title"),
            account=say("account"),
            was_reported="yes",
            **_day("reported_on", 3, 11, 2026),
            reported_to=say("reported_to"),
            spoke_to=say("spoke_to"),
            how=say("how"),
            their_reference=say("their_reference"),
            what_was_done=say("what_was_done"),
        )
    )
    respondent = {"role": "respondent", "kind": "individual", "name": say("respondent")}
    _done(office.post(f"{case}/people/add-party", **respondent))
    _done(office.post(f"{case}/acknowledge", **_day("acknowledged_on", 18, 12, 2026)))
    page = office.get(f"{case}/threshold")
    _done(
        office.submit(
            page,
            is_met="yes",
            **_day("decided_on", 5, 1, 2027),
            agreed_by=[police := _option(page, "agreed_by", "Wharrow Valley Police")],
            **{f"said_by_{police}": say("said_by")},
            **_day(f"agreed_on_{police}", 5, 1, 2027),
            reasons=say("reasons"),
        )
    )


def _arrange(office, case):
    for agency, person in (
        ("Wharrow Valley Police", "Sgt Daniel Okafor"),
        ("Hexley Council", "Marie Castell"),
    ):
        page = office.get(f"{case}/people/add-agency")
        _done(office.submit(page, agency=_option(page, "agency", agency), is_required="yes"))
        page = office.get(f"{case}/people/name")
        _done(office.submit(page, person=_option(page, "person", person)))
    page = office.get(f"{case}/people/chair")
    _done(office.submit(page, chair=_option(page, "chair", "Margaret Lyle")))


def _share(police, case, handling):
    page = police.get(f"{case}/share")
    named = {"named": [_option(page, "named", "Hexley Council")]} if handling == "named" else {}
    checked = police.submit(
        page,
        title=say(f"title {handling}"),
        **_day("happened_on", 9, 11, 2026),
        content=say(f"content {handling}"),
        handling=handling,
        told="in_these_words",
        words=say(f"words {handling}"),
        **named,
    )
    for part in ("title", "content", "words"):
        assert say(f"{part} {handling}") in checked.text
    button = next(b for form in checked.forms for b in form.buttons if b.startswith("Share with"))
    _done(police.press(checked, button))


def _book(office, case):
    booking = {
        **_day("held_on", 29, 1, 2027),
        "starts": "10am",
        "ends": "11:30am",
        "opening_minutes": "20",
        "place": say("meeting place"),
        "join_link": "https://meet.example/?a=1&b=%22q%22",
        "applicant_join_link": "https://meet.example/?c={{7*7}}&d=<x>",
        "applicant_email": "noor+a'b@post.example",
        "reason_if_late": say("reason_if_late"),
    }
    _done(office.post(f"{case}/meeting/book", **booking))
    again = office.get(f"{case}/meeting/book").form_with({"place"}).fields
    typed = {n: [v] for n, v in booking.items() if n not in {"starts", "ends"}}
    assert {name: again[name] for name in typed} == typed


def _meet(chair, case):
    page = chair.get(f"{case}/meeting/run")
    _done(chair.press(page, "Open the meeting"))
    page = chair.get(f"{case}/meeting/attendance")
    presences = {
        name: "present"
        for name in page.form_with({"applicant_attendance"}).names
        if name.startswith("p-")
    }
    attendance = say("applicant_attendance")
    _done(chair.submit(page, **presences, applicant_attendance=attendance))
    page = chair.get(f"{case}/meeting/run")
    assert attendance in page.text
    _done(chair.press(page, "Add the decision", decision=say("decision")))
    for number, answer in ((1, "words_for_applicant"), (2, "reason_not_told")):
        page = chair.get(f"{case}/meeting/run")
        action = {
            "what": say(f"what {number}"),
            "owner": _option(page, "owner", "Sgt Daniel Okafor"),
            "due": "2",
            "how_we_know": say(f"how_we_know {number}"),
            answer: say(answer),
        }
        _done(chair.press(page, f"Add action {number}", **action))
    page = chair.get(f"{case}/meeting/run")
    for what in ("decision", "what 1", "what 2", "title panel", "content panel"):
        assert say(what) in page.text
    _done(chair.press(chair.get(f"{case}/meeting/close"), "Close the meeting"))


def _plan(office, chair, case):
    page = office.get(f"{case}/plan/write")
    assert page.form_with({"findings"}).fields["findings"] == [say("decision")]
    texts = {name: say(name) for name in ("findings", "what_was_agreed")}
    _done(office.submit(page, **texts))
    page = office.follow(office.post(f"{case}/plan/consult", way="phone"))
    assert say("words_for_applicant") in page.text
    said = {name: say(name) for name in ("answer", "what_changed")}
    _done(office.submit(page, outcome="said", **said, **_day("answered_on", 29, 1, 2027)))
    _done(chair.press(chair.get(f"{case}/plan"), "I have checked this draft"))
    _done(office.press(office.get(f"{case}/plan"), "Issue both versions", read="yes"))


ON_PAGES = {
    "": ["applicant_name", "safe_contact", "address", "place", "summary", "respondent",
         "meeting place"],
    "/chronology": ["incident_title", "account", "reported_to", "how", "their_reference",
                    "what_was_done", "reasons", "meeting place", "title panel", "content panel",
                    "words panel", "title statutory", "content statutory", "title named",
                    "content named", "title chair_and_coordinator"],
    "/reports": ["incident_title", "account", "reported_to", "how", "their_reference",
                 "what_was_done", "reasons"],
    "/people": ["applicant_name", "respondent"],
    "/meeting": ["meeting place", "reason_if_late"],
    "/shared": [f"title {handling}" for handling in Handling],
    "/plan": ["findings", "what_was_agreed", "answer", "what_changed", "what 1", "what 2",
              "how_we_know 1", "how_we_know 2", "words_for_applicant", "reason_not_told"],
}  # fmt: skip
IN_PANELS_FILE = (
    "applicant_name", "safe_contact", "meeting place", "applicant_attendance", "findings",
    "answer", "what_changed", "what 1", "what 2", "how_we_know 1", "how_we_know 2",
    "reason_not_told",
)  # fmt: skip
IN_APPLICANTS_FILE = ("applicant_name", "what_was_agreed", "words_for_applicant")


@pytest.fixture
def travelled(app, as_, clock, caplog):
    """A case that has gone all the way through the forms; its address and who went."""
    clock.at = cases.at(6)
    office, chair, police = (as_(e) for e in (cases.COORDINATOR, cases.CHAIR, cases.POLICE))
    case = _type_in(office)
    _check(office, case)
    _arrange(office, case)
    _done(chair.post(f"{case}/declare", has_conflict="no"))
    for handling in Handling:
        _share(police, case, handling.value)
    _book(office, case)
    _done(office.post(f"{case}/meeting/invites"))
    clock.at = cases.at(29, 10, 3)
    office, chair = as_(cases.COORDINATOR), as_(cases.CHAIR)
    _meet(chair, case)
    _plan(office, chair, case)
    return case, office, chair


def test_awkward_text_comes_back_as_it_was_typed(travelled, scalars, caplog):
    case, office, chair = travelled

    for reader in (office, chair):
        for path, fields in ON_PAGES.items():
            page = reader.get(case + path)
            for field in fields:
                assert say(field) in page.text, (path, field)
            assert '"q" 49' not in page.text, path
        shared = reader.get(f"{case}/shared")
        for handling in Handling:
            item = reader.get(shared.links[say(f"title {handling}")])
            for part in ("title", "content", "words"):
                assert say(f"{part} {handling}") in item.text
        assert AWKWARD in reader.get(case).text
        assert say("applicant_name") in reader.get("/cases").text
        assert say("applicant_name") in reader.get(case).title
    for kind, fields in (
        (DocumentKind.ACTION_PLAN_PANEL, IN_PANELS_FILE),
        (DocumentKind.ACTION_PLAN_APPLICANT, IN_APPLICANTS_FILE),
    ):
        query = sa.select(Document.content).where(Document.kind == kind)
        text = whole_text(scalars(query.execution_options(**DOOR))[0])
        for field in fields:
            assert say(field) in text, (kind, field)
    _check_messages(scalars(sa.select(OutboxMessage).execution_options(**DOOR)), case)
    assert AWKWARD not in caplog.text


def _check_messages(messages, case):
    invites = [row for row in messages if row.invite]
    assert len(invites) > 1
    for row in invites:
        (event,) = icalendar.Calendar.from_ical(row.invite).events
        assert str(event["LOCATION"]) == say("meeting place")
    urls = {str(icalendar.Calendar.from_ical(row.invite).events[0]["URL"]) for row in invites}
    assert urls == {
        "https://meet.example/?a=1&b=%22q%22",
        "https://meet.example/?c={{7*7}}&d=<x>",
    }
    # A mail names the case and nothing that was typed, however it reads.
    for row in messages:
        assert AWKWARD not in row.subject + row.body
        assert row.subject == case.rpartition("/")[2]


def test_a_link_that_no_calendar_can_hold_is_refused_where_it_is_typed(app, as_, clock):
    reference = cases.make_case(app, stage="arranging")
    clock.at = cases.at(6)
    office = as_(cases.COORDINATOR)

    page = office.post(
        f"/cases/{reference}/meeting/book",
        **_day("held_on", 19, 1, 2027),
        starts="10am",
        ends="11am",
        opening_minutes="20",
        place="Room 4",
        join_link="https://meet.example/ü😀",
    )

    assert page.status == 422
    assert [href for _, href in page.errors] == ["#join_link"]
