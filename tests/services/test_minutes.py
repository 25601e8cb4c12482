"""The minutes from the record to their issue, by the services that the pages use."""

import hashlib
import io

import docx
import pytest
import sqlalchemy as sa

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.access.scope.marks import unscoped
from portal.db import ChangedMeanwhileError, db
from portal.domain.stages import IllegalMoveError
from portal.models.outbox import OutboxMessage
from portal.models.plan import Document, DocumentKind
from portal.services import documents, minutes, minutes_accounts
from portal.services.minutes_issuing import issue_minutes
from tests import cases
from tests import minutes as steps
from tests.cases import actor_of, make_case, token

DOOR = unscoped("a test looks at what is stored")
POLICE_ACCOUNT = "Wharrow Valley Police"
AWKWARD = "A & B <x> “q” {{ 7*7 }} {_{ naïve 😀 مرحبا"


@pytest.fixture
def reference(app, people):
    return make_case(app, stage="planning")


@pytest.fixture
def office(in_app, reference):
    return actor_of(cases.COORDINATOR, steps.ISSUED_AT)


@pytest.fixture
def drafted(office, reference):
    steps.draft(reference)
    return reference


@pytest.fixture
def round_sent(drafted):
    steps.send_round(drafted)
    return drafted


def issued_text(reference, number=1, email=cases.HOUSING):
    """All text of the file as somebody on the panel downloads it."""
    reader = actor_of(email, steps.ISSUED_AT)
    data = documents.download(reader, reference, DocumentKind.MINUTES, number)
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_the_draft_says_what_the_meeting_recorded(office, drafted):
    draft = minutes.open_minutes(office, drafted).draft

    # As tests.cases records them: who was there, one finding, three actions.
    assert [(row.name, row.agency, row.how) for row in draft.tables.attendance] == [
        ("Margaret Lyle", "Chair", "Present"),
        ("Marie Castell", "Hexley Council", "By video or phone"),
        ("Tom Beddoes", "Tollgate Homes", "Apologies"),
        ("Sgt Daniel Okafor", POLICE_ACCOUNT, "Present"),
    ]
    assert draft.tables.attendance[0].sitting == (
        "Tuesday 19 January 2027, 10:03am to 11:24am, Hexley Town Hall, room 4"
    )
    assert [row.number for row in draft.tables.actions] == [1, 2, 3]
    words = {text.heading: text.words for text in draft.texts if text.words}
    assert words == {
        "Required agencies": "Required and not there: Tollgate Homes.",
        "Opening section": "How the applicant took part: In person, with an interpreter",
        POLICE_ACCOUNT: "Had shared with the panel: Call of 9 November.",
        "Discussion and decisions": cases.FINDING,
        # Five working days after Tuesday 19 January.
        "What happens next": "The chair closed the meeting on Tuesday 19 January 2027 at 11:24am."
        "\nThe action plan is due by Tuesday 26 January 2027.",
    }


def test_drafting_again_keeps_what_was_corrected(office, drafted):
    steps.write(office, drafted, "Lessons", "Calls are linked by address.")

    steps.draft(drafted)

    assert steps.text_of(office, drafted, "Lessons").words == "Calls are linked by address."


def test_an_agency_corrects_its_own_account_and_reads_no_other(office, round_sent):
    steps.correct(cases.POLICE, round_sent, "We had two calls, not one.")

    words = steps.text_of(office, round_sent, POLICE_ACCOUNT).words
    assert words == "We had two calls, not one."
    council = minutes_accounts.open_account(actor_of(cases.COUNCIL, steps.SENT_AT), round_sent)
    assert council.account.heading == "Hexley Council"
    for act in (minutes.open_minutes, lambda who, ref: minutes.open_text(who, ref, 5)):
        with pytest.raises(ActRefusedError):
            act(actor_of(cases.POLICE, steps.SENT_AT), round_sent)


def test_an_account_is_there_only_once_it_was_sent_round(drafted):
    with pytest.raises(CaseNotFoundError):
        minutes_accounts.open_account(actor_of(cases.POLICE, steps.SENT_AT), drafted)


def test_after_two_working_days_an_account_is_corrected_no_more(office, round_sent):
    page = minutes_accounts.open_account(actor_of(cases.POLICE, steps.TOO_LATE_AT), round_sent)

    assert page.why_not == (
        "The time to correct your account ended on Friday 22 January 2027. "
        "Tell the chair if something in it is wrong"
    )
    with pytest.raises(IllegalMoveError, match="ended on Friday 22 January 2027"):
        steps.correct(cases.POLICE, round_sent, "Too late", at=steps.TOO_LATE_AT)
    assert "Too late" not in steps.text_of(office, round_sent, POLICE_ACCOUNT).words


def test_the_chair_agrees_when_the_agencies_time_is_over_and_a_change_takes_it_back(
    office, round_sent
):
    chair = actor_of(cases.CHAIR, steps.LAST_DAY_AT)
    with pytest.raises(IllegalMoveError, match="after Friday 22 January 2027"):
        minutes.agree(chair, round_sent, token(), steps.version_of(chair, round_sent))
    steps.agree(round_sent)
    assert minutes.open_minutes(office, round_sent).open_checks == ()

    steps.write(office, round_sent, "Lessons", "Calls are linked by address.")

    page = minutes.open_minutes(office, round_sent)
    assert [check.sentence for check in page.open_checks] == [
        "The chair has agreed them as they stand"
    ]
    with pytest.raises(IllegalMoveError, match="The chair has agreed them"):
        steps.issue(round_sent)


def test_the_chair_does_not_agree_to_what_they_have_not_read(office, round_sent):
    chair = actor_of(cases.CHAIR, steps.AGREED_AT)
    read = steps.version_of(chair, round_sent)
    steps.write(office, round_sent, "Lessons", "Calls are linked by address.")

    with pytest.raises(ChangedMeanwhileError):
        minutes.agree(chair, round_sent, token(), read)


def test_a_text_is_not_written_over_what_somebody_else_wrote(office, drafted):
    text = steps.text_of(office, drafted, "Lessons")
    steps.write(actor_of(cases.CHAIR, steps.SENT_AT), drafted, "Lessons", "First")

    with pytest.raises(ChangedMeanwhileError) as caught:
        minutes.write_text(office, drafted, token(), text.number, "Second", text.version)

    assert caught.value.by == "Margaret Lyle"
    assert steps.text_of(office, drafted, "Lessons").words == "First"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (cases.NARROW_SENTENCE, "take out the words of “What an informant said”"),
        ("As in what an informant said.", "take out the title “What an informant said”"),
    ],
)
def test_words_of_a_narrower_thing_block_the_issue(office, round_sent, words, sentence):
    steps.correct(cases.POLICE, round_sent, words)
    steps.agree(round_sent)

    (check,) = minutes.open_minutes(office, round_sent).open_checks
    assert check.sentence == f"“{POLICE_ACCOUNT}”: {sentence}, which is not for the panel"
    with pytest.raises(IllegalMoveError, match="You cannot issue the minutes yet"):
        steps.issue(round_sent)


def test_what_was_typed_arrives_letter_by_letter_and_nothing_else_does(office, round_sent):
    steps.write(office, round_sent, "Was what was done enough?", AWKWARD)
    steps.correct(cases.POLICE, round_sent, f"{AWKWARD}\nsecond line")
    steps.agree(round_sent)
    steps.issue(round_sent)

    text = issued_text(round_sent)
    assert text.count(AWKWARD) == 2
    assert "second line" in text
    assert cases.NARROW_SENTENCE not in text
    assert "Tollgate Homes will mend your door." in text


def test_sections_with_nothing_on_record_leave_no_gap(office, round_sent):
    steps.agree(round_sent)
    steps.issue(round_sent)

    lines = issued_text(round_sent).splitlines()
    assert [line for line in lines if line[:1].isdigit() and ". " in line] == [
        "1. Attendance",
        "2. Required agencies",
        "3. Opening section",
        "4. Accounts of the agencies",
        "5. Discussion and decisions",
        "6. Actions",
        "7. What happens next",
    ]


def test_issued_once_however_often_the_button_is_pressed_and_kept_byte_for_byte(office, round_sent):
    steps.agree(round_sent)
    same = token()
    version = steps.version_of(office, round_sent)

    first = issue_minutes(office, round_sent, same, version)
    again = issue_minutes(office, round_sent, same, version)

    assert (first, again) == (1, 1)
    with pytest.raises(IllegalMoveError, match="have been issued"):
        steps.issue(round_sent)
    (kept,) = db.session.scalars(
        sa.select(Document).where(Document.kind == DocumentKind.MINUTES).execution_options(**DOOR)
    ).all()
    data = documents.download(office, round_sent, DocumentKind.MINUTES, 1)
    assert hashlib.sha256(data).hexdigest() == kept.sha256
    told = db.session.scalars(
        sa.select(OutboxMessage)
        .where(OutboxMessage.key.like("minutes-%"))
        .execution_options(**DOOR)
    ).all()
    # Sent round to the agencies' people; issued to them, the chair and the coordinator.
    issued = {row.receiver for row in told if "round" not in row.key}
    assert {cases.POLICE, cases.COUNCIL, cases.HOUSING, cases.CHAIR, cases.COORDINATOR} <= issued
    assert cases.CHAIR not in {row.receiver for row in told if "round" in row.key}
    assert all(cases.APPLICANT not in row.subject + row.body for row in told)


def test_a_change_after_the_issue_is_a_new_issue_that_says_what_has_changed(office, round_sent):
    steps.agree(round_sent)
    steps.issue(round_sent)
    steps.write(office, round_sent, "Lessons", "Calls are linked by address.")
    steps.agree(round_sent)
    with pytest.raises(IllegalMoveError, match="what has changed since the issue before"):
        steps.issue(round_sent)
    version = steps.version_of(office, round_sent)
    minutes.say_what_changed(office, round_sent, token(), "A lesson was added.", version)
    steps.agree(round_sent)

    assert steps.issue(round_sent) == 2
    assert "A lesson was added." in issued_text(round_sent, 2)
    assert "A lesson was added." not in issued_text(round_sent, 1)
