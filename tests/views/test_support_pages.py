"""Who stands by a victim: recorded by the coordinator, and what it opens to a support worker."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.access.gate import CaseNotFoundError
from portal.access.rules import STATEMENT_IS_LOCKED
from portal.access.scope.supporting import stood_by_for
from portal.db import db
from portal.domain.membership import ConflictKind
from portal.domain.roles import Actor, Role
from portal.models.case import Case, Party, PartyKind, PartyRole
from portal.models.log import LogEntry
from portal.models.support import SupportAccepted
from portal.services import calling_off, conflicts, parties, people, supporting
from tests import cases
from tests.canary_case import DOOR, record_conflict
from tests.cases import actor_of, make_case, person_id, token
from tests.views.test_statement_pages import TYPED, open_the_meeting

WORKER = "support@victimcare.example"
YES = {
    "accepted_on-day": "7",
    "accepted_on-month": "1",
    "accepted_on-year": "2027",
    "method": "spoken",
    "said_yes": "yes",
}
TABS = (
    "", "/chronology", "/request", "/reports", "/risk", "/shared", "/people", "/meeting", "/plan",
    "/documents", "/statements", "/support", "/observe", "/declare", "/meeting/live",
    "/meeting/run", "/meeting/confidentiality", "/letters", "/log",
)  # fmt: skip


@pytest.fixture
def reference(app, people, clock):
    """A case whose meeting is booked for 10am; it is five to ten."""
    clock.at = cases.at(19, 9, 55)
    return make_case(app, stage="invited")


def _party(app, reference, role=PartyRole.APPLICANT_AND_VICTIM):
    with app.app_context():
        query = (
            sa.select(Party.id)
            .join(Case, Case.id == Party.case_id)
            .where(Case.reference == reference, Party.role == role)
        )
        return db.session.scalars(query.execution_options(**DOOR)).one()


def _accept(app, as_, reference, **changes):
    office = as_(cases.COORDINATOR)
    page = office.get(f"/cases/{reference}/support/{_party(app, reference)}/add")
    return office.submit(page, **(YES | changes))


@pytest.fixture
def supported(app, as_, reference):
    """The address of the support worker's page, once the applicant has said yes."""
    assert _accept(app, as_, reference).status == 303
    return f"/cases/{reference}/supported/{_party(app, reference)}"


def _end(as_, reference):
    office = as_(cases.COORDINATOR)
    links = office.get(f"/cases/{reference}/support").links
    path = next(href for href in links.values() if href.endswith("/end"))
    return office.submit(office.get(path))


def test_the_coordinator_records_who_stands_by_the_applicant_and_how_they_said_yes(as_, reference):
    office = as_(cases.COORDINATOR)
    people_tab = office.get(f"/cases/{reference}/people")
    page = office.get(people_tab.links["Who stands by the applicant"])
    assert "Who stands by Noor Haddad? No support worker yet." in page.main

    form = office.get(page.links["Record who stands by Noor Haddad"])
    page = office.follow(office.submit(form, **YES))

    assert page.saved == "Recorded. They can open the victim’s page now"
    assert "Kelly Nash: yes on Thursday 7 January 2027 (spoken, on the phone or face to face)" in (
        page.main
    )
    assert "recorded by Ruth Adeyemi on Tuesday 19 January 2027, 9:55am" in page.main


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"worker": ""}, ("Select a support worker", "#worker")),
        (
            {"accepted_on-day": "20"},
            ("The day they said yes must be today or before", "#accepted_on-day"),
        ),
        ({"method": None}, ("Select how they said yes", "#method")),
        ({"said_yes": None}, ("Tick this once the victim has said yes", "#said_yes")),
    ],
)
def test_without_a_yes_nothing_is_opened(app, as_, reference, changes, error):
    page = _accept(app, as_, reference, **changes)

    assert (page.status, page.errors) == (422, [error])
    assert "You stand by nobody now." in as_(WORKER).get("/home").main


def test_the_same_two_are_recorded_once_and_only_for_a_victim(app, as_, reference, supported):
    again = _accept(app, as_, reference)
    respondent = _party(app, reference, PartyRole.RESPONDENT)

    assert again.errors == [("Kelly Nash stands by Noor Haddad already", "#worker")]
    office = as_(cases.COORDINATOR)
    assert office.get(f"/cases/{reference}/support/{respondent}/add").status == 404


def test_a_support_worker_finds_where_it_stands_and_the_hours_of_the_opening_section(
    as_, reference, supported
):
    worker = as_(WORKER)

    home = worker.get("/home")
    page = worker.get(home.links["Noor Haddad"])

    assert home.links["Noor Haddad"] == supported
    for text in (home.main, page.main):
        for words in (
            reference,
            "Noor Haddad",
            "There will be a review",
            "Tuesday 19 January 2027",
            "10am to 10:20am",
        ):
            assert words in text
        for hidden in (
            cases.RESPONDENT, "Quarry", "Town Hall", "meet.example", "01632 960199", "Text first",
            "11:30", "Margaret Lyle", "Hexley",
        ):  # fmt: skip
            assert hidden not in text
    assert "There is no statement yet." in page.main


def test_by_every_other_address_the_case_does_not_exist_for_them(app, as_, reference, supported):
    worker, party = as_(WORKER), _party(app, reference)
    absent = worker.get("/cases/ACR-2222-2222")

    for tab in (*TABS, f"/statements/{party}", f"/support/{party}/add", f"/people/{party}"):
        page = worker.get(f"/cases/{reference}{tab}")
        assert (page.status, page.main) == (404, absent.main), tab
    assert [worker.get(path).status for path in ("/cases", "/search?q=noor")] == [403, 403]
    respondent = _party(app, reference, PartyRole.RESPONDENT)
    for path in (f"/supported/{respondent}", f"/supported/{respondent}/statement"):
        assert worker.get(f"/cases/{reference}{path}").status == 404


def test_nobody_who_opens_the_case_gets_the_page_of_a_support_worker(as_, supported):
    for email in (cases.COORDINATOR, cases.CHAIR, cases.POLICE, cases.HEALTH):
        assert [as_(email).get(path).status for path in (supported, f"{supported}/statement")] == [
            404,
            404,
        ]


def test_they_write_down_the_statement_and_read_it_once_it_is_locked(
    as_, clock, reference, supported
):
    worker = as_(WORKER)
    form = worker.get(worker.get(supported).links["Write down the statement"])

    page = worker.follow(worker.submit(form, **TYPED))
    assert page.saved == "Statement saved"
    assert "Since October I do not sleep." in page.main
    assert "Since October" in as_(cases.COORDINATOR).get(f"/cases/{reference}/statements").main
    form = worker.get(page.links["Change the statement"])
    open_the_meeting(as_(cases.CHAIR), clock, reference)
    late = worker.submit(form, words="Something else")

    assert (late.status, STATEMENT_IS_LOCKED in late.main) == (403, True)
    assert worker.get(f"{supported}/statement").status == 403
    page = worker.get(supported)
    assert "Since October I do not sleep." in page.main
    assert "The agencies meet" in page.main
    assert "The statement cannot be changed any more." in page.main
    assert "Change the statement" not in page.links


def test_coordinator_and_support_worker_who_write_at_once_lose_nothing(
    app, as_, reference, supported
):
    office, worker = as_(cases.COORDINATOR), as_(WORKER)
    form = worker.get(f"{supported}/statement")
    office.post(f"/cases/{reference}/statements/{_party(app, reference)}", **TYPED)

    page = worker.submit(form, **(TYPED | {"words": "What Kelly heard"}))

    assert page.status == 409
    assert "Ruth Adeyemi changed the statement" in page.h1
    assert "Since October I do not sleep." in page.main
    assert page.form_with({"words"}).fields["words"] == ["What Kelly heard"]
    assert "Quarry" not in page.main
    assert worker.submit(page).status == 303
    assert "What Kelly heard" in office.get(f"/cases/{reference}/statements").main


def test_what_does_not_fit_is_said_at_the_field_and_kept(as_, supported):
    page = as_(WORKER).post(f"{supported}/statement", **(TYPED | {"handed_in_on-day": "20"}))

    assert (page.status, page.errors) == (
        422,
        [("The day it was handed in must be today or before", "#handed_in_on-day")],
    )
    assert page.form_with({"words"}).fields["written_down_by"] == ["Kelly Nash"]


def test_once_it_has_ended_the_next_request_finds_nothing(as_, reference, supported):
    worker = as_(WORKER)
    form = worker.get(f"{supported}/statement")

    assert _end(as_, reference).status == 303

    assert worker.submit(form, **TYPED).status == 404
    assert [worker.get(path).status for path in (supported, f"{supported}/statement")] == [404] * 2
    assert "Noor Haddad" not in worker.get("/home").main
    page = as_(cases.COORDINATOR).get(f"/cases/{reference}/support")
    assert "ended by Ruth Adeyemi on Tuesday 19 January 2027, 9:55am" in page.main


def test_accepting_again_is_a_new_row_and_the_second_to_end_it_is_told(
    app, as_, reference, supported
):
    office = as_(cases.COORDINATOR)
    links = office.get(f"/cases/{reference}/support").links
    path = next(href for href in links.values() if href.endswith("/end"))
    forms = [office.get(path), office.get(path)]
    office.submit(forms[0])
    second = office.submit(forms[1])

    assert second.status == 409
    assert "recorded that Kelly Nash no longer stands by the victim" in second.h1
    _accept(app, as_, reference)
    assert as_(WORKER).get(supported).status == 200
    with app.app_context():
        rows = db.session.scalars(sa.select(SupportAccepted).execution_options(**DOOR)).all()
        assert [row.ended_at is None for row in rows] == [False, True]


@pytest.mark.parametrize("how", ["conflict", "recorded", "account", "role"])
def test_whoever_is_excluded_or_leaves_stands_by_nobody(app, reference, supported, how):
    with app.app_context():
        job, party = Actor.job("a test", cases.at(19)), int(supported.rpartition("/")[2])
        if how == "conflict":
            record_conflict(reference, WORKER)
        elif how == "recorded":
            conflicts.record_conflict(
                actor_of(cases.COORDINATOR, cases.at(19)),
                reference,
                token(),
                whom=f"person-{person_id(WORKER)}",
                kind=ConflictKind.NEIGHBOUR,
                reason="Lives next door",
            )
        elif how == "account":
            people.set_active(job, email=WORKER, is_active=False)
            people.set_active(job, email=WORKER, is_active=True)
        else:
            people.end_roles(job, email=WORKER, role=Role.SUPPORT_WORKER)
        worker = actor_of(WORKER, cases.at(19), Role.SUPPORT_WORKER)

        with pytest.raises(CaseNotFoundError):
            supporting.open_supported(worker, reference, party)
        assert supporting.open_home(worker) == ()


def test_whoever_has_a_conflict_cannot_be_chosen(app, as_, reference):
    with app.app_context():
        record_conflict(reference, WORKER)

    page = as_(cases.COORDINATOR).get(f"/cases/{reference}/support/{_party(app, reference)}/add")

    assert "Kelly Nash" not in page.main


def test_it_opens_nothing_in_another_role_or_another_area(app, supported):
    reference, party = supported.split("/")[2], int(supported.rpartition("/")[2])
    with app.app_context():
        worker = actor_of(WORKER, cases.at(19))
        other_area = actor_of("coordinator@severnreach-lpb.example", cases.at(19)).area_id

        assert supporting.open_supported(worker, reference, party).victim.name == cases.APPLICANT
        for change in ({"role": Role.CHAIR}, {"role": Role.SCRUTINEER}, {"area_id": other_area}):
            elsewhere = replace(worker, **change)
            with pytest.raises(CaseNotFoundError):
                supporting.open_supported(elsewhere, reference, party)
            assert db.session.execute(stood_by_for(elsewhere)).all() == []


def test_a_victim_whom_somebody_stands_by_stays_a_victim_of_the_case(
    app, as_, reference, supported
):
    party = _party(app, reference)
    office = as_(cases.COORDINATOR)

    assert "ho stood by them is kept on this case" in (
        office.get(f"/cases/{reference}/people/{party}/take-out").main
    )
    page = office.get(f"/cases/{reference}/people/{party}")
    page = office.submit(page, role="witness")
    assert " support worker stands by them. End that first" in page.main


def test_another_victim_is_not_theirs_and_home_asks_no_more_for_more(
    app, as_, reference, supported, count_queries
):
    with app.app_context():
        office = actor_of(cases.COORDINATOR, cases.at(19))
        second = parties.add_party(
            office,
            reference,
            token(),
            role=PartyRole.VICTIM,
            kind=PartyKind.INDIVIDUAL,
            name="Idris Vale",
        )
    worker = as_(WORKER)
    assert worker.get(f"/cases/{reference}/supported/{second}").status == 404
    with count_queries() as one:
        assert "Idris Vale" not in worker.get("/home").main
    office = as_(cases.COORDINATOR)
    office.submit(office.get(f"/cases/{reference}/support/{second}/add"), **YES)

    with count_queries() as two:
        page = worker.get("/home")

    assert {"Noor Haddad", "Idris Vale"} <= page.links.keys()
    assert len(one.statements) == len(two.statements)


def test_of_a_meeting_that_was_called_off_no_hours_are_shown(app, as_, reference, supported):
    with app.app_context():
        office = actor_of(cases.COORDINATOR, cases.at(18))
        calling_off.call_off_meeting(office, reference, token(), "The chair is ill")

    assert "Meeting Not booked yet" in as_(WORKER).get(supported).main


def test_what_they_opened_and_what_they_did_not_get_is_logged(app, as_, reference, supported):
    worker = as_(WORKER)
    worker.get(supported)
    worker.get(f"/cases/{reference}")

    with app.app_context():
        rows = db.session.scalars(
            sa.select(LogEntry)
            .where(LogEntry.person_id == person_id(WORKER), LogEntry.reference == reference)
            .order_by(LogEntry.number)
        ).all()
    assert [(row.act, row.outcome) for row in rows] == [
        ("open_supported_case", "done"),
        ("refused", "not_found"),
    ]
    office = as_(cases.COORDINATOR).get(f"/cases/{reference}/log")
    assert "Opened the page of a victim they stand by" in office.main
