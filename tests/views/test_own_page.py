"""The applicant's own page: who comes in, what they read there, and what they never read."""

import pytest
import sqlalchemy as sa

from portal.access.actor import LIFE
from portal.db import db
from portal.models.applicant_key import ApplicantKey
from portal.models.case import Party, PartyKind, PartyRole
from portal.models.consent import Consent, ConsentMethod
from portal.models.log import LogEntry
from portal.models.person import SignIn
from portal.services import consents, intake, mine_sign_in, parties
from portal.services.log_words import in_words
from tests import cases
from tests.canary import APPLICANT_DOCX, canary, found_in, in_paper
from tests.canary_case import DOOR, make_canary_case
from tests.cases import actor_of, make_case, token
from tests.documents.word_reading import parts
from tests.letters import AT, decide
from tests.mine import come_in, give_code, own, try_code
from tests.pages import Client
from tests.post import BY_EMAIL, applicant_id, say_safe
from tests.views import test_routes_by_role as by_role

WRONG = [("The reference or the code is not right. Check both, or ask for a new code", "#code")]
SLOWED = [("There were too many tries from here. Wait 15 minutes, or ring the office", "#code")]
AFTER_CONSENT = cases.at(14, 8)


@pytest.fixture
def reference(app, people):
    return make_case(app, stage="invited")


def _add_victim(app, reference, name="Idris Vale"):
    with app.app_context():
        return parties.add_party(
            actor_of(cases.COORDINATOR, cases.at(14, 8)),
            reference,
            token(),
            role=PartyRole.VICTIM,
            kind=PartyKind.INDIVIDUAL,
            name=name,
        )


def test_the_coordinator_gives_a_code_and_the_applicant_comes_in_with_it(app, as_, reference):
    office = as_(cases.COORDINATOR)
    people_tab = office.get(f"/cases/{reference}/people")
    page = office.get(people_tab.links["Who can open their own page"])
    assert "They have no code." in page.main

    page = office.press(page, "Make a code for Noor Haddad")
    code = next(each.text for each in page.with_class("app-num") if len(each.text or "") == 11)
    own_page = (client := come_in(app, reference.lower(), f" {code.lower()} ")).get("/my")

    assert own_page.h1 == "Where things are"
    assert own_page.title.startswith("Where things are – ")
    assert reference not in own_page.title
    assert client.get("/my/sign-in").location == "/my"
    page = office.get(f"/cases/{reference}/own-pages")
    assert "Last came in Thursday 14 January 2027, 8:45am" in page.main
    assert code not in page.main
    assert "Last came in" in page.main


def test_wrong_reference_wrong_code_and_somebody_elses_code_get_the_same_answer(app, reference):
    other = make_case(app, stage="invited")
    code, others = give_code(app, reference), give_code(app, other)

    answers = [
        try_code(Client(app, f"10.0.0.{number}"), *typed)
        for number, typed in enumerate(
            [
                (reference, "23456 789CD"),
                (reference, others),
                (other, code),
                ("ACR-2222-2222", code),
                ("nothing at all", code),
                (reference, "x" * 40),
            ]
        )
    ]

    assert {page.status for page in answers} == {422}
    assert [page.errors for page in answers] == [WRONG] * 6
    assert len({page.text.replace(reference, "").replace(other, "") for page in answers}) == 1


def test_what_is_asked_of_the_database_is_the_same_for_a_case_and_for_none(
    app, reference, count_queries
):
    give_code(app, reference)
    clients = [Client(app, f"10.0.0.{number}") for number in range(3)]
    pages = [client.get("/my/sign-in") for client in clients]

    asked = []
    for client, page, typed in zip(
        clients, pages, (reference, "ACR-2222-2222", "nonsense"), strict=True
    ):
        with count_queries() as queries:
            client.submit(page, reference=typed, code="23456789CD")
        asked.append([each.split("?")[0] for each in queries.statements])

    assert asked[0] == asked[1] == asked[2]


def test_five_wrong_codes_close_one_source_for_15_minutes_and_no_other(app, clock, reference):
    code, guesser = give_code(app, reference), Client(app, "10.0.0.1")
    for _ in range(mine_sign_in.MOST_TRIES):
        assert try_code(guesser, reference, "23456789CD").errors == WRONG

    assert try_code(guesser, reference, code).errors == SLOWED
    assert try_code(guesser, "ACR-2222-2222", code).errors == SLOWED
    come_in(app, reference, code, "10.0.0.2")
    clock.advance(minutes=15)
    come_in(app, reference, code, "10.0.0.1")


def test_a_household_of_the_sixth_version_is_one_source():
    same = {mine_sign_in.source_of(f"2001:db8:1:2::{n:x}") for n in range(1, 9)}

    assert len(same) == 1
    assert mine_sign_in.source_of("2001:db8:1:3::1") not in same
    assert mine_sign_in.source_of("10.0.0.1") != mine_sign_in.source_of("10.0.0.2")


def test_an_address_of_the_fourth_version_is_one_source_however_it_is_written():
    written = {mine_sign_in.source_of(each) for each in ("10.0.0.1", "::ffff:10.0.0.1")}

    assert len(written) == 1
    assert mine_sign_in.source_of("::ffff:10.0.0.2") not in written


@pytest.mark.parametrize(
    "how", ["new code", "taken away", "idle", "too long", "left", "signed out"]
)
def test_when_it_has_ended_the_cookie_opens_nothing(app, as_, clock, reference, how):
    client = own(app, reference)
    cookie = client.cookie
    office = as_(cases.COORDINATOR)
    if how == "new code":
        give_code(app, reference)
    elif how == "taken away":
        page = office.get(f"/cases/{reference}/own-pages")
        assert office.press(page, "Take it away from Noor Haddad").status == 303
    elif how == "idle":
        clock.advance(minutes=31)
    elif how == "too long":
        clock.advance(hours=LIFE.total_seconds() / 3600)
    elif how == "left":
        assert client.get("/exit").status == 303
    else:
        assert client.press(client.get("/my"), "Sign out").location == "/my/sign-in"

    client.cookie = cookie
    assert client.get("/my").location == "/my/sign-in?next=/my"


def test_the_front_door_leads_them_to_their_page_and_the_way_out_ends_their_sign_in(app, reference):
    client = own(app, reference)
    cookie = client.cookie
    assert client.get("/").location == "/my"
    assert client.get("/exit").status == 303
    assert client.cookie == ""

    client.cookie = cookie
    assert client.get("/my").location == "/my/sign-in?next=/my"


def test_staying_signed_in_begins_the_idle_time_anew(app, clock, reference):
    client = own(app, reference)
    clock.advance(minutes=29)
    page = client.get("/my")
    assert client.press(page, "Stay signed in").location == "/my"
    clock.advance(minutes=29)

    assert client.get("/my").status == 200


def test_the_page_says_what_comes_next_and_whom_to_ring_in_words_for_them(app, reference):
    with app.app_context():
        say_safe(actor_of(cases.COORDINATOR, cases.at(14, 8)), reference, BY_EMAIL)

    page = own(app, reference).get("/my")

    # The meeting of the sample: 19 January at 10am, opening section of 20 minutes.
    for words in (
        f"Reference {reference}",
        "Next: the meeting, Tuesday 19 January 2027, 10am",
        "You can come to the first 20 minutes.",
        "You asked for a reviewDoneThursday 17 December 2026",
        "We said yesDoneTuesday 5 January 2027",
        "The number ending 199, After 6pm",
        "Who may answer Her sister",
        "If you are in danger, call 999.",
    ):
        assert words in page.main
    for hidden in (
        cases.APPLICANT, cases.RESPONDENT, "Town Hall", "meet.example/panel", "Margaret", "11:30",
        "2 Quarry Rise", "01632 960199", "Police", "dispute", cases.NARROW_SENTENCE,
        "Three reports",
    ):  # fmt: skip
        assert hidden not in page.text


def test_what_they_can_do_does_not_tell_a_no_before_its_letter(app, people):
    reference = make_case(app, stage="assessing")
    noor = own(app, reference)
    before = noor.get("/my")
    with app.app_context():
        decide(actor_of(cases.COORDINATOR, AT), reference, is_met=False)

    after = noor.get("/my")
    assert after.links == before.links
    assert after.main == before.main
    for path in ("/my/withdraw", "/my/statement"):
        assert noor.get(path).status == 200


def test_nobody_of_the_applicants_side_opens_a_page_of_staff(app, people):
    site = by_role._site(app, "invited")
    client = own(app, site.own)
    csrf = client.get("/my").forms[0].fields["csrf_token"][0]
    walker = by_role.Walker(client)

    for endpoint, listed in by_role.CASE_ROWS.items():
        for row in listed:
            for method, answer in (("GET", row.get), ("POST", row.post)):
                found = by_role._ask(walker, method, site.path(row, site.own), csrf)
                # What a stage has not made yet has no number to ask for.
                wanted = {404, 405} if answer == 405 else {404}
                assert found.status_code in wanted, (endpoint, method)
    for endpoint, (path, get, post) in by_role.PLAIN_ROWS.items():
        if endpoint.startswith(
            (
                "mine.",
                "own.",
                "request",
                "account.sign_",
                "front_door.",
                "linked_papers.",
                "files_of_request.",
            )
        ):
            continue
        for method, (visitor, *_rest) in (("GET", get), ("POST", post)):
            found = by_role._ask(walker, method, path.format(invite=1), csrf)
            wanted = 403 if visitor == 303 else visitor
            assert found.status_code == wanted, (endpoint, method)
    assert client.get("/my").status == 200


def test_two_of_one_case_never_meet(app, reference):
    second = _add_victim(app, reference)
    noor, idris = own(app, reference), own(app, reference, second)

    assert "Idris" not in noor.get("/my").text
    assert "Noor" not in idris.get("/my").text
    assert "199" not in idris.get("/my").main
    give_code(app, reference, second)
    assert noor.get("/my").status == 200
    assert idris.get("/my").status == 303


def _for_a_victim(app):
    """A request of a councillor for a victim who has not been asked; with both of their numbers."""
    with app.app_context():
        office = actor_of(cases.COORDINATOR, cases.RECEIVED_AT)
        typed = intake.TypedCase(
            received_at=office.at,
            channel=intake.Channel.PHONE,
            lga_id=intake.lgas(office)[0][0],
            applicant_name="Ada Fell",
            applicant_kind=PartyKind.INDIVIDUAL,
            address="",
            phone="",
            email="",
            safe_contact="Not asked yet",
            place="Mill Lane",
            summary="Noise.",
            applicant_representative="Cllr Joan Sykes",
            capacity=intake.Capacity.COUNCILLOR,
        )
        reference = intake.type_in_case(office, token(), typed)
        form = consents.open_consent_form(office, reference)
        return reference, form.victims[0][0], form.who_act[0][0]


def test_who_acts_for_a_victim_is_let_in_once_they_agree_and_not_after_they_take_it_back(
    app, people
):
    reference, victim, who_acts = _for_a_victim(app)
    code = give_code(app, reference, who_acts)
    assert try_code(Client(app), reference, code).errors == WRONG
    with app.app_context():
        office = actor_of(cases.COORDINATOR, AFTER_CONSENT)
        typed = consents.TypedConsent(
            party_id=victim,
            applicant_representative_id=who_acts,
            covers=("covers_being_told",),
            wording="May Joan Sykes be told?",
            method=ConsentMethod.SPOKEN,
            given_on=AFTER_CONSENT.date(),
            evidence="On the phone",
        )
        consents.record_consent(office, reference, token(), typed)

    client = come_in(app, reference, code)
    assert "Ada" not in client.get("/my").text
    with app.app_context():
        query = sa.select(Consent.id).execution_options(**DOOR)
        number = db.session.scalars(query).one()
        consents.withdraw_consent(
            office, reference, number, token(), on=office.at.date(), reason="Rang us"
        )

    assert client.get("/my").status == 404
    assert try_code(Client(app), reference, code).errors == WRONG


def test_coming_in_is_logged_and_a_code_is_stored_nowhere(app, reference):
    code = give_code(app, reference)
    try_code(Client(app), reference, "23456789CD")
    come_in(app, reference, code).get("/my")

    with app.app_context():
        party = applicant_id(reference)
        query = sa.select(LogEntry).order_by(LogEntry.id.desc()).limit(3)
        rows = [(row.act, row.role, row.thing) for row in db.session.scalars(query)]
        key = db.session.scalars(sa.select(ApplicantKey).execution_options(**DOOR)).one()
        signed_in = db.session.scalars(sa.select(SignIn).where(SignIn.party_id == party)).one()
    assert rows == [
        ("open_own_page", "applicant", f"party {party}"),
        ("signed_in", "applicant", f"party {party}"),
        ("own_code_wrong", "job", ""),
    ]
    assert in_words("open_own_page", "") == "Opened their own page"
    assert code.replace(" ", "") not in (key.code_hash, signed_in.token_hash)
    assert (key.wrong_tries, signed_in.person_id) == (0, None)


def test_a_visitor_is_asked_for_their_code(visitor):
    assert visitor.get("/my").location == "/my/sign-in?next=/my"
    assert "/sign-in?next=/home" in (visitor.get("/home").location or "")


OWN_PAGES = ("/my", "/my/messages", "/my/papers", "/my/statement", "/my/new-incident",
             "/my/withdraw", "/my/contact")  # fmt: skip


@pytest.mark.parametrize("stage", ["invited", "monitoring"])
def test_of_a_case_with_a_token_in_every_text_only_their_own_are_found(app, people, stage):
    reference = make_canary_case(app, stage)
    with app.app_context():
        second = db.session.scalars(
            sa.select(Party.id)
            .where(Party.name == canary("second-victim-name"))
            .execution_options(**DOOR)
        ).one()
    walker, other = by_role.Walker(own(app, reference)), own(app, reference, second)

    links = {link for path in OWN_PAGES for link in walker.open(path)}
    walker.try_all(link for link in links if link.startswith("/my"))
    found = found_in(walker.text)

    assert found <= {"safe-times", "safe-who", "statement-words", "statement-reads-out"}
    assert found >= {"safe-times", "safe-who"}
    for content in walker.papers.values():
        text = "".join(each.decode(errors="replace") for each in parts(content).values())
        assert found_in(text) <= in_paper(APPLICANT_DOCX)
    assert len(walker.papers) >= (stage == "monitoring")
    # Each finds their own statement again, to change it.
    others = {name for path in OWN_PAGES for name in found_in(other.get(path).html)}
    assert others <= {"second-statement-words"}
