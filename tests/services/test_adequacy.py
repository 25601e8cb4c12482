"""Was what each agency did enough? By the services that the pages use."""

import pytest
import sqlalchemy as sa

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.access.scope.marks import unscoped
from portal.access.scope.powers import adequacy_findings_for
from portal.db import db, transaction
from portal.domain.adequacy import Adequacy
from portal.domain.membership import ConflictKind
from portal.jobs import demo_people
from portal.models.adequacy import AdequacyFinding
from portal.models.case import Case
from portal.models.meeting import Meeting, Presence
from portal.services import (
    adequacy,
    confidentiality,
    conflicts,
    meeting,
    meeting_closing,
    minutes,
    panel,
)
from portal.services.adequacy import AdequacyError
from portal.services.changes import ChangedMeanwhileError
from portal.services.powers_considered import open_agreed
from tests import cases
from tests import minutes as steps
from tests.cases import actor_of, agency_id, make_case, person_id, token

DOOR = unscoped("a test looks at what is stored")
FACT = "Reports of 3 and 9 May were logged under different names and not linked."


@pytest.fixture
def inside(app, people):
    reference = make_case(app, stage="reviewing")
    with app.app_context():
        yield reference


def chair():
    return actor_of(cases.CHAIR, cases.OPENED_AT)


def office():
    return actor_of(cases.COORDINATOR, cases.OPENED_AT)


def police():
    return actor_of(cases.POLICE, cases.OPENED_AT)


def find(reference, finding=Adequacy.PARTLY, fact=FACT, *, version=0, who=None, agency=None):
    number = agency_id(agency or demo_people.HEXLEY_COUNCIL)
    adequacy.find_adequacy(who or chair(), reference, number, token(), finding, fact, version)


def _stamp():
    return db.session.scalars(sa.select(Meeting.stamp).execution_options(**DOOR)).one()


def test_a_finding_rests_on_a_fact_is_of_an_agency_of_the_panel_and_is_read_by_all_of_it(inside):
    before = _stamp()
    with pytest.raises(AdequacyError, match="Write the fact"):
        find(inside, fact=" \n")
    with pytest.raises(CaseNotFoundError):
        find(inside, agency=demo_people.FIRE)
    with pytest.raises(ActRefusedError):
        find(inside, who=police())
    assert _stamp() == before

    find(inside)

    assert _stamp() > before
    (shown,) = open_agreed(police(), inside).agreed.findings
    assert (shown.agency_name, shown.finding, shown.fact) == ("Hexley Council", "partly", FACT)
    # Each agency with a seat has its row, by name.
    assert [
        (each.name, bool(each.found)) for each in adequacy.open_adequacy(chair(), inside).agencies
    ] == [
        ("Hexley Council", True),
        ("Tollgate Homes", False),
        ("Wharrow Valley Police", False),
    ]
    empty = sa.update(AdequacyFinding).values(fact="").execution_options(**DOOR)
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.execute(empty)


def test_two_who_write_the_same_lose_nothing_also_where_there_was_nothing_before(inside):
    find(inside, who=office())
    with pytest.raises(ChangedMeanwhileError) as first:
        find(inside, Adequacy.NO, "The chair’s")
    find(inside, Adequacy.NO, "The chair’s", version=1)
    with pytest.raises(ChangedMeanwhileError) as second:
        find(inside, Adequacy.YES, "The office’s", version=1, who=office())

    assert (first.value.by, second.value.by) == (office().name, chair().name)
    (shown,) = open_agreed(chair(), inside).agreed.findings
    assert (shown.finding, shown.fact) == (Adequacy.NO, "The chair’s")


def test_an_excluded_agency_never_gets_it_and_what_was_found_of_it_stays(inside):
    find(inside, agency=demo_people.POLICE)
    number = db.session.scalars(sa.select(Case.id).execution_options(**DOOR)).one()
    whom = f"agency-{agency_id(demo_people.POLICE)}"
    conflicts.record_conflict(
        office(), inside, token(), whom=whom, kind=ConflictKind.OTHER, reason="Complained about"
    )

    with pytest.raises(CaseNotFoundError):
        open_agreed(police(), inside)
    assert db.session.scalars(adequacy_findings_for(police(), number)).all() == []
    (shown,) = open_agreed(chair(), inside).agreed.findings
    assert shown.agency_name == "Wharrow Valley Police"


def test_the_close_says_for_whom_there_is_no_finding_and_the_plan_s_issue_ends_it(app, inside):
    find(inside)
    cases.record_who_was_there(inside)
    gaps = {each.sentence for each in meeting_closing.open_before_close(chair(), inside).gaps}
    assert (
        "Was what was done enough? No finding yet for: Tollgate Homes, Wharrow Valley Police"
        in gaps
    )

    meeting.close_meeting(actor_of(cases.CHAIR, cases.CLOSED_AT), inside, token())
    find(inside, who=office(), agency=demo_people.TOLLGATE)
    issued = make_case(app, stage="monitoring")
    with pytest.raises(ActRefusedError, match="not open at the stage"):
        find(issued)


def test_the_minutes_take_over_findings_and_what_each_had_declared_and_agreed(inside):
    find(inside, agency=demo_people.POLICE)
    find(inside, Adequacy.CANNOT_TELL, cases.NARROW_SENTENCE)
    for email in (cases.POLICE, cases.CHAIR):
        confidentiality.agree(actor_of(email, cases.OPENED_AT), inside, token())
    cases.record_who_was_there(inside)
    there = {person_id(cases.COORDINATOR): Presence.PRESENT}
    meeting.record_attendance(chair(), inside, token(), there, "")
    # The housing provider's declares a conflict in the meeting, the council's after it.
    _declare(inside, cases.HOUSING, cases.OPENED_AT)
    meeting.close_meeting(actor_of(cases.CHAIR, cases.CLOSED_AT), inside, token())
    _declare(inside, cases.COUNCIL, steps.SENT_AT)

    steps.draft(inside)

    page = minutes.open_minutes(actor_of(cases.COORDINATOR, steps.SENT_AT), inside)
    tables = page.draft.tables
    assert [(row.agency, row.finding, row.fact) for row in tables.adequacy] == [
        ("Hexley Council", "Can’t tell", cases.NARROW_SENTENCE),
        ("Wharrow Valley Police", "Partly", FACT),
    ]
    # The chair declared none on the day the panel was arranged; the meeting was on 19 January.
    assert [(row.name, row.conflict, row.confidentiality) for row in tables.attendance] == [
        (
            "Margaret Lyle",
            "None, declared on Wednesday 6 January 2027",
            "Tuesday 19 January 2027",
        ),
        ("Ruth Adeyemi", "Not asked", "Not agreed"),
        ("Marie Castell", "None declared", "Not agreed"),
        ("Tom Beddoes", "One, declared on Tuesday 19 January 2027", "Not agreed"),
        ("Sgt Daniel Okafor", "None declared", "Tuesday 19 January 2027"),
    ]
    assert "A reason of their own" not in str(tables)
    # A fact that was copied from an item for some of the panel blocks the issue.
    assert any("What was found for Hexley Council" in each.sentence for each in page.open_checks)


def _declare(reference, email, at):
    actor = actor_of(email, at)
    panel.declare(actor, reference, token(), has_conflict=True, reason="A reason of their own")
