"""The sample cases as they come in by the form: what stands in each case afterwards."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.domain.answers import Answer
from portal.domain.delivery import SafeWay
from portal.models.case import (
    Capacity,
    Case,
    Channel,
    Incident,
    Party,
    PartyContact,
    PartyKind,
    PartyRole,
    Report,
    ReportChannel,
)
from portal.models.consent import Consent, ConsentMethod, ContactConsent
from portal.models.delivery import SafeReach
from portal.models.draft import SentRequest, SupportWanted
from portal.models.request import Landlord, RequestDetails, TakingPart, Tenure
from tests import asking, cases, noor
from tests.pages import Client

DOOR = unscoped("a test looks")
NAME, PLACE = "N" * 90, "P" * 150
OF_SEVERNREACH = "coordinator@severnreach-lpb.example"


@pytest.fixture
def stored(scalars):
    def read(model):
        keys = sa.inspect(model).primary_key
        return scalars(sa.select(model).order_by(*keys).execution_options(**DOOR))

    return read


def test_residents_whose_mps_caseworker_asks(visitor, people, clock, stored, as_):
    clock.at = asking.LARCH_COURT_AT
    asking.send(visitor, "wharrowdale", asking.LARCH_COURT)

    (case,) = stored(Case)
    assert (case.channel, case.keyed_by_id, case.received_at) == (Channel.FORM, None, clock.at)
    assert case.place == "Stairwell of Larch Court"
    assert case.safe_contact == "Email. No post."
    group, asks = stored(Party)
    assert (group.name, group.kind, group.role) == (
        "Residents of Larch Court", PartyKind.GROUP, PartyRole.VICTIM,
    )  # fmt: skip
    assert (asks.name, asks.kind, asks.role) == (
        "Iris Kell", PartyKind.INDIVIDUAL, PartyRole.APPLICANT_REPRESENTATIVE,
    )  # fmt: skip
    assert stored(Consent) == stored(ContactConsent) == []
    # What is the caseworker's stands with her, nothing of it with the residents.
    assert {row.party_id: row.email for row in stored(PartyContact)}[asks.id] == (
        "iris.kell@mp-office.example"
    )
    (reach,) = stored(SafeReach)
    assert (reach.party_id, reach.way, reach.post_is_safe, reach.voicemail_is_safe) == (
        asks.id, SafeWay.EMAIL, Answer.NO, None,
    )  # fmt: skip
    # Told to two it is one incident.
    (incident,) = stored(Incident)
    first, second = stored(Report)
    assert (incident.happened_on, incident.hate) == (dt.date(2026, 3, 10), None)
    assert {first.incident_id, second.incident_id} == {incident.id}
    assert (first.reported_on, first.reported_to, first.channel) == (
        dt.date(2026, 3, 11), "Wharrow Valley Police", ReportChannel.PHONE,
    )  # fmt: skip
    assert (second.reported_on, second.reported_to, second.how) == (
        None, "Tollgate Homes", "About when: The week after",
    )  # fmt: skip
    (details,) = stored(RequestDetails)
    assert (details.taking_part, details.somebody_else) == (
        TakingPart.SOMEBODY_ELSE, "Iris Kell",
    )  # fmt: skip
    assert details.others_words == (
        "Neighbours\n\nAbout how many people: 6\n\nMembers of the group, about: 6"
    )
    assert (details.hate, details.landlord, details.households) == (Answer.NO, None, None)
    # Nobody of them has agreed yet: the case waits, and acknowledging it does too.
    office = as_(cases.COORDINATOR)
    assert "Waiting for consent" in office.get(f"/cases/{case.reference}").main
    # Ten working days after Wednesday 1 April 2026, without Good Friday and Easter Monday: Friday
    # 17 April.
    assert "17 April" in office.get(f"/cases/{case.reference}/clocks").main


def test_a_shop_with_four_incidents(visitor, people, clock, stored, as_):
    clock.at = asking.PIKE_AT
    asking.send(visitor, "severnreach", asking.PIKE)

    (case,) = stored(Case)
    assert case.place == "3 Quay Street, Severnreach, SR1 2AB"
    assert case.safe_contact == "Phone call, Post. No email. A message may be left."
    (party,) = stored(Party)
    assert (party.name, party.kind, party.role) == (
        "Pike & Daughter Hardware", PartyKind.BUSINESS, PartyRole.APPLICANT_AND_VICTIM,
    )  # fmt: skip
    (reach,) = stored(SafeReach)
    assert (reach.way, reach.voicemail_is_safe, reach.who_may_answer) == (
        SafeWay.POST, Answer.YES, "Joan Pike",
    )  # fmt: skip
    assert [row.happened_on for row in stored(Incident)] == list(asking.PIKE_DAYS)
    assert [row.incident_id for row in stored(Report)] == [row.id for row in stored(Incident)]
    assert {row.reported_to for row in stored(Report)} == {"Severnreach Police"}
    assert len(stored(ContactConsent)) == 2
    (details,) = stored(RequestDetails)
    assert (details.taking_part, details.access_needs) == (
        TakingPart.ATTENDS, "Takes part by video or phone",
    )  # fmt: skip
    assert "Pike & Daughter Hardware" in as_(OF_SEVERNREACH).get("/cases").main
    other_area = as_(cases.COORDINATOR)
    assert "Pike" not in other_area.get("/cases").html
    assert other_area.get(f"/cases/{case.reference}").status == 404


def test_two_noise_reports_and_a_grievance_are_not_turned_away(visitor, people, clock, stored, as_):
    clock.at = asking.GWEN_AT
    asking.send(visitor, "wharrowdale", asking.GWEN)

    (case,) = stored(Case)
    assert case.summary == f"Loud music at night.\n\n{asking.GRIEVANCE}"
    first, second = stored(Incident)
    assert (first.happened_on, second.happened_on) == (dt.date(2026, 7, 3), None)
    assert second.account == "Music again\n\nAbout when: In July"
    assert [(row.reported_to, row.reported_on) for row in stored(Report)] == [
        ("Hexley Council", dt.date(2026, 7, 4)),
        ("Wharrow Valley Police", dt.date(2026, 7, 20)),
    ]
    (details,) = stored(RequestDetails)
    assert (details.landlord, details.tenure) == (Landlord.NONE, Tenure.OWNER)
    # What she thinks of hate is not lost where she is not sure.
    assert (details.hate, details.strands) == (Answer.NOT_KNOWN, [])
    (extra,) = stored(SentRequest)
    assert (extra.other_names, extra.wants_call, extra.support) == (
        "Arthur Aldous", True, SupportWanted.TELL_ME_MORE,
    )  # fmt: skip
    page = as_(cases.COORDINATOR).get(f"/cases/{case.reference}")
    assert asking.GRIEVANCE in page.main


@pytest.mark.parametrize(
    ("agrees", "method", "is_child"),
    [
        ("signed", ConsentMethod.WRITTEN, None),
        ("will_tell", None, None),
        ("not_yet", None, None),
        ("child", ConsentMethod.ONLINE, Answer.YES),
    ],
)
def test_what_is_said_of_their_consent_holds_the_request_or_does_not(
    visitor, people, clock, stored, as_, agrees, method, is_child
):
    clock.at = noor.AT
    asking.send(
        visitor,
        "wharrowdale",
        asking.GWEN
        | {
            "/request/who": {"for_whom": "someone_else", "first_name": "Ada", "last_name": "Lim"},
            "/request/victim": {
                "victim_first_name": "Bo",
                "victim_last_name": "Lim",
                "capacity": "professional",
                "organisation": "Moorside School",
                "agrees": agrees,
                "victim_phone": "01632 960 412",
            },
        },
    )

    (case,) = stored(Case)
    victim, asks = stored(Party)
    assert (victim.name, victim.is_child) == ("Bo Lim", is_child)
    assert (asks.name, asks.capacity, asks.organisation) == (
        "Ada Lim", Capacity.PROFESSIONAL, "Moorside School",
    )  # fmt: skip
    contacts = {row.party_id: row for row in stored(PartyContact)}
    assert (contacts[victim.id].phone, contacts[victim.id].address) == (
        "01632 960 412", "19 Fell Row\nHexley\nWV3 1AA",
    )  # fmt: skip
    assert (contacts[asks.id].phone, contacts[asks.id].address) == ("01632 960 411", "")
    assert [(row.method, row.party_id, row.applicant_representative_id) for row in stored(Consent)
            ] == ([(method, victim.id, asks.id)] if method else [])  # fmt: skip
    assert [row.covers_meeting or row.covers_appeal for row in stored(Consent)] == (
        [False] if method else []
    )
    waits = "Waiting for consent" in as_(cases.COORDINATOR).get(f"/cases/{case.reference}").main
    assert waits is (method is None)


def test_the_longest_answers_are_all_kept(visitor, people, clock, stored):
    clock.at = noor.AT
    long = {"first_name": NAME, "last_name": NAME}
    everything = {
        "/request/who": long | {"for_whom": "business", "other_names": "O" * 200},
        "/request/business": {"business_name": "B" * 200},
        "/request/reach": {
            "ways": ["phone", "text", "email", "post", "in_person", "through"],
            "phone": "+44 (0)1632 960 001 " + "1" * 19,
            "email": f"a@{'b' * 60}.{'c' * 60}.example",
            "through": "T" * 100,
            "message": "no",
            "envelope": "no",
            "times": "E" * 80,
            "not_words": "W" * 80,
        },
        "/request/home": {
            "address": "A" * 400,
            "postcode": "WV3  4QX".replace("  ", " "),
            "earlier_address": "F" * 500,
            "landlord": "housing_association",
            "landlord_name": "L" * 200,
        },
        "/request/happening": {
            "place": PLACE,
            "lga": "Hexley",
            "what": "Y" * 4_000,
            "hate": "yes",
            "strands": ["race"],
            "hate_words": "H" * 200,
        },
        "/request/incidents/1": {
            "title": "T" * 200,
            "not_sure": "yes",
            "about_when": "Q" * 150,
            "place": PLACE,
            "hate": "yes",
            "account": "C" * 4_000,
        },
        "/request/incidents/1/reports/1": {
            "told": "Someone else",
            "told_other": "S" * 200,
            "not_sure": "yes",
            "about_when": "R" * 150,
            "their_reference": "F" * 100,
            "spoke_to": "K" * 200,
            "what_was_promised": "M" * 2_000,
            "what_was_done": "D" * 2_000,
        },
        "/request/effect": {
            "impact": "I" * 4_000,
            "effects": ["afraid", "child", "health", "moving", "talk_today"],
            "others": ["household", "children", "neighbours", "customers", "others"],
            "how_many": "99999",
            "others_words": "U" * 200,
            "wishes": "V" * 4_000,
        },
        "/request/meeting": {
            "taking_part": "by_video",
            "needs": ["interpreter", "bsl", "large_print", "easy_read", "reading", "breaks",
                      "step_free", "hearing_loop", "carer", "other"],
            "language": "G" * 75,
            "need": "X" * 150,
            "support": "contact_me",
        },
        "/request/sharing": asking.NOBODY | {"keep_from": "Z" * 1_000},
    }  # fmt: skip
    asking.send(visitor, "wharrowdale", everything)

    (case,) = stored(Case)
    (reach,) = stored(SafeReach)
    (details,) = stored(RequestDetails)
    assert "T" * 100 in case.safe_contact
    assert "W" * 80 in case.safe_contact
    # Both together are longer than the 200 that fit; half a phone number would mislead.
    assert reach.who_may_answer == f"{NAME} {NAME}"
    assert details.language == "G" * 75 + ", British Sign Language"
    assert details.access_needs.endswith("X" * 150 + "; Takes part by video or phone")
    assert [row.account for row in stored(Incident)] == [
        "C" * 4_000 + "\n\nAbout when: " + "Q" * 150
    ]


def test_what_was_sent_shows_nothing_to_another_browser_and_cannot_be_opened_again(
    visitor, people, app, clock, as_
):
    clock.at = asking.GWEN_AT
    first = visitor.follow(visitor.post(noor.START))
    both = noor.number_and_code(first)
    page = asking.write(visitor, "wharrowdale", asking.GWEN)
    mine, other, staff = visitor, Client(app), as_(cases.COUNCIL)

    # The way out and the foot of the first page lead somewhere.
    start = visitor.get(noor.START)
    assert start.links["Emergency Exit this page"] == "/exit/wharrowdale"
    assert "tel:01632960142" in start.html
    # Before it is sent: another browser and somebody signed in find no draft.
    for path in ("who", "check", "incidents", "incidents/1", "sent", "later"):
        for stranger in (other, staff):
            assert stranger.get(f"/request/{path}").location == "/request/continue", path
    for stranger in (other, staff):
        sent = stranger.send("/request/check", data={"is_true": "yes"})
        assert sent.status in {303, 400, 422}
        assert "Aldous" not in sent.html
    assert mine.submit(page, is_true="yes").location == "/request/sent"
    for path in ("who", "check", "incidents/1", "incidents/1/remove", "later"):
        assert mine.get(f"/request/{path}").location == "/request/sent", path
    sent = mine.get("/request/sent")
    assert "Aldous" not in sent.html
    assert sent.links["Emergency Exit this page"] == "/exit/wharrowdale"
    assert "tel:01632960142" in sent.html
    # The draft that this browser held before is opened by its own code, and holds nothing of it.
    opened = other.post("/request/continue", **both)
    assert other.follow(other.follow(opened)).path == "/request/who"
    assert "Aldous" not in other.get("/request/who").html
