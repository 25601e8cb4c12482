"""Letters: what they start from, what blocks them, what issuing one does.

The request came on 17 December 2026 to an area under the Durham rules; it is decided on Tuesday 5
January 2027.
"""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.access.scope.marks import unscoped
from portal.db import db, transaction
from portal.domain.clocks.rules import Clock
from portal.domain.letters import Topic
from portal.domain.stages import IllegalMoveError
from portal.models.case import Case, PartyKind, PartyRole
from portal.models.letter import AreaWords, OnwardStep
from portal.models.plan import Document
from portal.services import (
    casepage,
    clock_changes,
    documents,
    documents_page,
    incidents,
    letters,
    parties,
    setup,
)
from portal.services.changes import ChangedMeanwhileError
from portal.services.home import open_home
from portal.services.letter_issuing import issue_letter
from portal.services.letters import open_letter
from tests import cases
from tests.cases import actor_of, make_case, token
from tests.letters import (
    ACKNOWLEDGEMENT,
    AT,
    MET,
    NOT_MET,
    decide,
    open_sentences,
    report,
    step,
    text_of,
    write,
)

DOOR = unscoped("a test looks at what is stored")
THREE = ("2026-10-05", "2026-11-09", "2026-12-01")


@pytest.fixture
def reference(app, people):
    return make_case(app, stage="assessing")


@pytest.fixture
def office(in_app, reference):
    return actor_of(cases.COORDINATOR, AT)


@pytest.fixture
def refused(office, reference):
    """A case of two reports that is not met, with a letter that could be issued."""
    report(office, reference, "2026-05-05", "2026-11-09")
    decide(office, reference, is_met=False, reasons="We found two reports.")
    write(office, reference, NOT_MET)
    return reference


def issue(office, reference, kind, sent=None):
    version = open_letter(office, reference, kind).ready.version
    return issue_letter(office, reference, kind, sent or token(), version)


def stored():
    with transaction():
        query = sa.select(Document).order_by(Document.id).execution_options(**DOOR)
        return [(each.kind.value, each.number) for each in db.session.scalars(query)]


def test_a_refusal_says_why_what_is_done_all_the_same_and_until_when_to_appeal(office, refused):
    assert open_sentences(office, refused, NOT_MET) == []

    text = text_of(office, refused, NOT_MET)

    # 14 days from the day after the letter of 5 January: 19 January 2027, a Tuesday.
    assert "The last day is Tuesday 19 January 2027. Until midnight" in text
    assert "Decision notice sent on Tuesday 5 January 2027." in text
    assert "We found two reports." in text
    assert "The report of Tuesday 10 November 2026 to Wharrow Valley Police: counted." in text
    # More than six months before the request of 17 December.
    assert "The report of Wednesday 6 May 2026 to Wharrow Valley Police: not counted" in text
    assert "Hexley Council will visit both houses by Friday 15 January 2027." in text
    assert "will tell you on Wednesday 20 January 2027" in text
    assert "Housing Ombudsman" in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reasons": " "}, "The reasons are written for the applicant"),
        ({"steps": ()}, "At least one thing will be done all the same"),
        ({"what_would_change": ""}, "It is written what would change the answer"),
        ({"spoc_phone": ""}, "The contact person has a name, a phone, hours and cover"),
        (
            {"next_contact_on": dt.date(2027, 1, 4)},
            "The day on which the contact person tells how it goes is set, and not over",
        ),
        ({"reasons": "Dean Garrow was drunk."},
         "The reasons: take out the name Dean Garrow, which is not for the applicant"),
        ({"factors": "You are at high risk."},
         "What was thought about: take out “high risk”, which is not for the applicant"),
    ],
)  # fmt: skip
def test_a_letter_is_refused_while_something_is_missing_or_too_much(
    office, refused, changes, sentence
):
    write(office, refused, NOT_MET, **changes)

    assert open_sentences(office, refused, NOT_MET) == [sentence]
    with pytest.raises(IllegalMoveError, match="You cannot issue the letter yet"):
        issue(office, refused, NOT_MET)
    assert stored() == []


def test_a_step_without_owner_or_day_or_with_a_day_that_is_over_blocks(office, refused):
    over = step(by=dt.date(2027, 1, 4))
    write(office, refused, NOT_MET, steps=(step(who="", by=None), over, step(who="99999")))

    assert open_sentences(office, refused, NOT_MET) == [
        "Step 1 still needs who does it",
        "Step 1 still needs the day by which it is done",
        "The day of step 2 is over",
        "Step 3 still needs who does it",
    ]


def test_a_letter_is_refused_without_a_route_a_safe_way_or_the_day_of_appeal(
    office, refused, monkeypatch
):
    setup.say(office, "wharrowdale", Topic.HEALTH, " ")
    with transaction():
        case = db.session.scalars(sa.select(Case).execution_options(**DOOR)).one()
        case.safe_contact = "Not asked yet."
    monkeypatch.setattr("portal.services.letter_facts.work_out_clock", lambda *_: None)

    assert open_sentences(office, refused, NOT_MET) == [
        "It is known how it is safe to reach the applicant",
        "The area still has to fill in the ombudsman for health: tell the administrator",
        "The last day for an appeal is known",
    ]


def test_what_an_agency_shared_and_did_not_open_to_the_applicant_is_found(app, in_app, people):
    reference = make_case(app, stage="invited")
    office = actor_of(cases.COORDINATOR, cases.ARRANGED_AT)
    write(office, reference, MET, reasons="Logged as a dispute between neighbours.")

    assert open_sentences(office, reference, MET) == [
        "The reasons: take out the words of “Call of 9 November”, which is not for the applicant"
    ]


def test_where_the_law_is_met_a_local_condition_is_named_and_blocks(office, reference):
    report(office, reference, *THREE)
    decide(office, reference, is_met=True, reasons="Three reports, and no adequate response.")

    assert open_sentences(office, reference, MET) == [
        (
            "The reasons: take out “no adequate response”. By law enough reports were "
            "made, so what was done about the reports makes no difference"
        )
    ]
    write(office, reference, MET, reasons="Three reports, each made within a month.")
    assert open_sentences(office, reference, MET) == []
    assert "equate" not in text_of(office, reference, MET)
    assert "appeal" not in text_of(office, reference, MET)


def test_a_form_that_is_sent_twice_issues_once_and_the_bytes_stay(office, refused):
    sent = token()
    version = open_letter(office, refused, NOT_MET).ready.version

    numbers = [issue_letter(office, refused, NOT_MET, sent, version) for _ in range(3)]

    assert numbers == [1, 1, 1]
    assert stored() == [("letter-threshold-not-met", 1)]
    first = documents.download(office, refused, "letter-threshold-not-met", 1)
    with transaction():
        kept = sa.select(OnwardStep).execution_options(**DOOR)
        promised = db.session.scalars(kept).all()
        assert [(each.what, each.due_on) for each in promised] == [
            ("visit both houses", dt.date(2027, 1, 15))
        ]
    # Another press of the button is another letter, and has to say what is new.
    with pytest.raises(IllegalMoveError, match="What has changed since the last letter"):
        issue(office, refused, NOT_MET)
    write(office, refused, NOT_MET, what_changed="The day of the visit.")
    assert issue(office, refused, NOT_MET) == 2
    assert documents.download(office, refused, "letter-threshold-not-met", 1) == first
    latest = open_letter(office, refused, NOT_MET).documents[-1]
    assert (latest.number, latest.what_changed) == (2, "The day of the visit.")


def _number(reference):
    query = sa.select(Case.id).where(Case.reference == reference).execution_options(**DOOR)
    return db.session.scalars(query).one()


def test_a_letter_that_changed_after_it_was_read_is_not_issued(office, refused):
    version = open_letter(office, refused, NOT_MET).ready.version
    write(office, refused, NOT_MET, reasons="Otherwise.")

    with pytest.raises(ChangedMeanwhileError):
        issue_letter(office, refused, NOT_MET, token(), version)
    assert stored() == []


def test_only_the_office_has_letters_and_the_panel_learns_that_one_was_issued(app, in_app, people):
    reference = make_case(app, stage="invited")
    office = actor_of(cases.COORDINATOR, cases.ARRANGED_AT)
    issue(office, reference, MET)

    for email in (cases.CHAIR, cases.POLICE, cases.POLICE_LEAD):
        reader = actor_of(email, cases.ARRANGED_AT)
        lines = casepage.open_case(reader, reference).lines
        assert "Letter issued: threshold met" in {line.title for line in lines}
        with pytest.raises(CaseNotFoundError):
            documents.download(reader, reference, "letter-threshold-met", 1)
        with pytest.raises(ActRefusedError):
            open_letter(reader, reference, MET)
        shown = documents_page.open_documents(reader, reference).documents
        assert not [each for each in shown if each.kind.startswith("letter")]


def test_the_acknowledgement_acknowledges_and_a_second_one_does_not_again(app, in_app, people):
    reference = make_case(app, stage="received")
    office = actor_of(cases.COORDINATOR, cases.ACKNOWLEDGED_AT)
    assert open_letter(office, reference, ACKNOWLEDGEMENT).acknowledges

    issue(office, reference, ACKNOWLEDGEMENT)

    page = casepage.open_case(office, reference)
    assert page.frame.stage == "assessing"
    done = next(line for line in page.clocks if line.clock == "acknowledge")
    # The request of Thursday 17 December was acknowledged on the 18th, within three working days.
    assert done.text == "Fri 18 Dec, in time"
    later = replace(office, at=office.at + dt.timedelta(days=1))
    write(later, reference, ACKNOWLEDGEMENT, what_changed="Your contact person.")
    assert issue(later, reference, ACKNOWLEDGEMENT) == 2
    again = casepage.open_case(later, reference)
    assert next(x for x in again.clocks if x.clock == "acknowledge").text == done.text


def test_while_consent_is_waited_for_nothing_of_the_case_is_told(app, in_app, people):
    reference = make_case(app, stage="received")
    office = actor_of(cases.COORDINATOR, cases.ACKNOWLEDGED_AT)
    _somebody_asks(office, reference)

    text = text_of(office, reference, ACKNOWLEDGEMENT)

    assert text.startswith("Office of the Commissioner")
    assert "Dear Ada Penhale" in text
    assert "We can’t share anything with you until they say yes." in text
    assert not any(
        each in text for each in (cases.APPLICANT, "Quarry", "your landlord and", "will call you")
    )
    issue(office, reference, ACKNOWLEDGEMENT)
    decide(replace(office, at=AT.astimezone(dt.UTC)), reference, is_met=True)
    later = actor_of(cases.COORDINATOR, AT)
    assert open_sentences(later, reference, MET)[0].startswith("Nobody waits for the victim’s")
    with pytest.raises(IllegalMoveError):
        issue(later, reference, MET)


def _somebody_asks(office, reference):
    """Make of the applicant a victim for whom somebody else asks."""
    parties.add_party(
        office,
        reference,
        token(),
        role=PartyRole.APPLICANT_REPRESENTATIVE,
        kind=PartyKind.INDIVIDUAL,
        name="Ada Penhale",
    )
    with transaction():
        query = sa.select(parties.Party).where(parties.Party.name == cases.APPLICANT)
        db.session.scalars(query.execution_options(**DOOR)).one().role = PartyRole.VICTIM


def test_a_letter_that_does_not_fit_the_decision_is_not_there(office, refused):
    with pytest.raises(CaseNotFoundError):
        open_letter(office, refused, MET)


def test_what_an_agency_exported_is_not_told_as_the_applicants_report(office, refused):
    before = text_of(office, refused, NOT_MET)
    with transaction():
        for each in db.session.scalars(
            sa.select(incidents.Incident).execution_options(**DOOR)
        ).all()[:1]:
            each.from_agency_id = cases.agency_id("Wharrow Valley Police")

    after = text_of(office, refused, NOT_MET)

    assert before.count("The report of ") == 2
    assert after.count("The report of ") == 1


def test_the_home_page_asks_for_the_letter_by_the_day_of_the_decisions_clock(office, refused):
    def waiting():
        return [
            (row.title, row.state)
            for group in open_home(office).groups
            for row in group.rows
            if row.kind == "send_letter"
        ]

    # Ten working days from 17 December, without four days off at Christmas and New Year, end on
    # Tuesday 5 January: today.
    assert waiting() == [("Send the letter: threshold not met", "today")]

    issue(office, refused, NOT_MET)

    assert waiting() == []


def test_the_words_of_an_area_are_kept_once_for_each_topic(office, reference):
    setup.say(office, "wharrowdale", Topic.POST, "1 New Street")
    setup.say(office, "wharrowdale", Topic.POST, "2 New Street")

    rows = db.session.scalars(sa.select(AreaWords).where(AreaWords.topic == Topic.POST)).all()
    assert "2 New Street" in {row.words for row in rows}
    assert "1 New Street" not in {row.words for row in rows}
    assert letters.open_letters(office, reference).letters[0].is_begun is False


def test_the_applicant_reads_which_days_do_not_count_and_not_why(office, reference):
    """Paused on Monday 21 December, resumed on the 23rd: 5 January without it, two days later."""
    paused, resumed = (
        replace(office, at=cases.at(day, 12, month=12, year=2026)) for day in (21, 23)
    )
    clock = Clock.THRESHOLD_DECISION
    clock_changes.pause(paused, reference, token(), clock, "Darren Pell was seen with a knife")
    clock_changes.resume(resumed, reference, token(), clock, "")

    text = text_of(resumed, reference, ACKNOWLEDGEMENT)

    assert "Thursday 7 January 2027" in text
    assert "Paused: Monday 21 December 2026 to Tuesday 22 December 2026 do not count. " in text
    assert "knife" not in text


def test_a_letter_promises_no_day_that_is_over(app, in_app, people):
    """The decision was due on Tuesday 5 January 2027."""
    reference = make_case(app, stage="received")
    late = actor_of(cases.COORDINATOR, cases.at(7))
    over = "The day that the letter promises is over: write why it is late, and the new day"
    assert over in open_sentences(late, reference, ACKNOWLEDGEMENT)

    typed = clock_changes.TypedLateness("Short of staff", dt.date(2027, 1, 12), None)
    clock_changes.say_why_late(late, reference, token(), Clock.THRESHOLD_DECISION, typed)

    assert over not in open_sentences(late, reference, ACKNOWLEDGEMENT)
    text = text_of(late, reference, ACKNOWLEDGEMENT)
    assert "By Tuesday 12 January 2027 we will tell you" in text
    assert "Short of staff" not in text


def test_an_acknowledgement_is_not_needed_once_what_it_promises_has_come(app, in_app, people):
    """Noor's decision was due, and made, on Tuesday 5 January 2027."""
    reference = make_case(app, stage="arranging")
    come = "What the letter promises has come: another letter says so"

    for day, is_over in ((5, False), (6, True)):
        office = actor_of(cases.COORDINATOR, cases.at(day))
        assert (come in open_sentences(office, reference, ACKNOWLEDGEMENT)) == is_over
