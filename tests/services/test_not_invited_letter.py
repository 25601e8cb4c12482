"""Who is not invited is told why by letter, how they are heard all the same, and whom to ask."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.db import db, transaction
from portal.domain import presets
from portal.domain.clocks.rules import Clock, ClockEvent, ClockRule
from portal.domain.deadlines import Limit, Unit
from portal.domain.letters import LetterKind
from portal.domain.stages import IllegalMoveError
from portal.models.case import Case
from portal.models.clock import CaseClock
from portal.models.scheme import SchemeVersion
from portal.services import booking, calling_off, clock_changes, documents, letters, meeting
from portal.services.changes import ChangedMeanwhileError
from portal.services.letter_issuing import issue_letter
from tests import cases, post
from tests.canary_case import DOOR
from tests.cases import actor_of, make_case, token
from tests.letters import NOT_INVITED, open_sentences, text_of, write
from tests.received import AT, change, office

REASONS = "You asked not to be in the room with them.\nWe can hear you in another way."
UNINVITED = {"is_applicant_invited": False, "reasons_not_invited": REASONS}


@pytest.fixture
def invited(app, people, in_app):
    """The meeting is booked for 10am on Tuesday 19 January 2027; it is the 12th."""
    return make_case(app, stage="invited")


@pytest.fixture
def reference(invited):
    """A meeting without the applicant, in an area that gives its reasons two days before."""
    with transaction():
        version = db.session.get_one(SchemeVersion, _case().scheme_version_id)
        scheme = presets.from_json(version.rules)
        rule = ClockRule(
            Clock.REASONS_NOT_INVITED,
            Limit(2, Unit.WORKING_DAYS),
            (ClockEvent.MEETING,),
            "What the area publishes.",
            before=True,
        )
        version.rules = presets.to_json(replace(scheme, clocks=(*scheme.clocks, rule)))
    change(invited, **UNINVITED)
    return invited


def _case():
    return db.session.scalars(sa.select(Case).execution_options(**DOOR)).one()


def clock_of_reasons():
    """Its last day, and the day on which it ended; none where it does not run."""
    query = sa.select(CaseClock).where(CaseClock.clock == Clock.REASONS_NOT_INVITED)
    row = db.session.scalars(query.execution_options(**DOOR)).one_or_none()
    return (row.due_on, row.stopped_on) if row else None


def issue(reference, at=AT):
    version = letters.open_letter(office(at), reference, NOT_INVITED).ready.version
    return issue_letter(office(at), reference, NOT_INVITED, token(), version)


def test_the_letter_says_why_how_they_are_heard_how_they_hear_and_how_to_disagree(reference):
    text = text_of(office(), reference, NOT_INVITED)

    assert open_sentences(office(), reference, NOT_INVITED) == []
    for said in (
        "Dear Noor Haddad",
        "The services meet on Tuesday 19 January 2027",
        *REASONS.split("\n"),
        "Write or record a statement. We read it out.",
        "Send someone to speak for you",
        "We will contact you only in the way that you told us is safe.",
        # 5 working days after Tuesday the 19th: 20, 21, 22, 25, 26.
        "If the meeting ends on its day, you get the plan by Tuesday 26 January 2027.",
        "How we worked out this day: Meeting on Tuesday 19 January 2027.",
        "We ask Margaret Lyle, who leads the meeting, to look at it again.",
        "ask for an appeal about how the review was done",
        "Housing Ombudsman",
        "In danger now? Ring 999.",
    ):
        assert said in text
    # Nobody of the other side, nothing of the panel, nothing of their own address.
    for untold in ("Garrow", "Castell", "Okafor", "Town Hall", "Tanner Row", "meet.example"):
        assert untold not in text


def test_issuing_ends_the_clock_goes_the_safe_way_and_is_on_record(reference):
    # 2 working days before Tuesday the 19th: Monday the 18th, Friday the 15th.
    assert clock_of_reasons() == (cases.at(15).date(), None)

    assert issue(reference) == 1

    assert clock_of_reasons() == (cases.at(15).date(), AT.date())
    assert len(post.on_their_way()) == 1
    assert booking.open_meeting_page(office(), reference).reasons_told_at == AT
    told = [each.kind for each in letters.open_letters(office(), reference).letters]
    assert LetterKind.NOT_INVITED in told
    assert documents.download(office(), reference, "letter-not-invited", 1)
    # The panel knows that there was a letter; the text is the office's and the applicant's.
    for email in (cases.POLICE, cases.CHAIR):
        with pytest.raises((ActRefusedError, CaseNotFoundError)):
            letters.open_letter(actor_of(email, AT), reference, NOT_INVITED)
        with pytest.raises(CaseNotFoundError):
            documents.download(actor_of(email, AT), reference, "letter-not-invited", 1)


def test_that_it_was_sent_is_not_also_typed_by_hand(reference):
    sent = ClockEvent.REASONS_NOT_INVITED_SENT
    with pytest.raises(clock_changes.ClockError):
        clock_changes.record_event(office(), reference, token(), sent, AT.date())


def test_other_reasons_need_another_letter_that_says_what_has_changed(reference):
    issue(reference)
    version = letters.open_letter(office(), reference, NOT_INVITED).ready.version

    change(reference, cases.at(13), reasons_not_invited="You rang and said that you stay away.")

    later = office(cases.at(13))
    assert booking.open_meeting_page(later, reference).reasons_told_at is None
    # Whoever has read the old reasons does not issue the new ones.
    with pytest.raises(ChangedMeanwhileError):
        issue_letter(later, reference, NOT_INVITED, token(), version)
    assert open_sentences(later, reference, NOT_INVITED) == [
        "What has changed since the last letter is written"
    ]
    write(later, reference, NOT_INVITED, what_changed="The reasons.")
    assert issue(reference, cases.at(13)) == 2
    assert "You rang and said that you stay away." in text_of(later, reference, NOT_INVITED)
    # A further letter does not move the end of the clock.
    assert clock_of_reasons() == (cases.at(15).date(), AT.date())


def test_there_is_no_letter_and_no_clock_where_the_applicant_is_invited(reference):
    change(reference, is_applicant_invited=True)

    assert clock_of_reasons() is None
    with pytest.raises(CaseNotFoundError):
        letters.open_letter(office(), reference, NOT_INVITED)
    calling_off.call_off_meeting(office(), reference, token(), "The chair is ill")
    with pytest.raises(CaseNotFoundError):
        letters.open_letter(office(), reference, NOT_INVITED)


def test_once_the_meeting_is_open_the_letter_comes_too_late(reference):
    meeting.open_meeting(actor_of(cases.CHAIR, cases.OPENED_AT), reference, token())

    with pytest.raises(CaseNotFoundError):
        letters.open_letter(office(cases.OPENED_AT), reference, NOT_INVITED)
    assert clock_of_reasons() == (cases.at(15).date(), cases.OPENED_AT.date())


@pytest.mark.parametrize(
    ("changes", "words", "day", "sentence"),
    [
        (
            {"reasons_not_invited": "Dean Garrow comes."},
            {},
            12,
            "The reasons: take out the name Dean Garrow, which is not for the applicant",
        ),
        ({}, {"how_we_reach_you": " "}, 12, "The letter says how you reach the applicant"),
        ({}, {}, 20, "The day of the meeting is not over"),
    ],
)
def test_a_letter_is_refused_while_something_is_missing_or_too_much(
    reference, changes, words, day, sentence
):
    change(reference, **changes)
    write(office(), reference, NOT_INVITED, **words)

    assert open_sentences(office(cases.at(day)), reference, NOT_INVITED) == [sentence]
    with pytest.raises(IllegalMoveError):
        issue(reference, cases.at(day))
