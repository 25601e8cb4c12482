"""Papers for a sitting: issued once, numbered, in time, saying what has changed."""

import hashlib

import pytest

from portal.access.gate import ActRefusedError
from portal.db import ChangedMeanwhileError
from portal.domain.clocks.rules import Clock
from portal.domain.stages import IllegalMoveError
from portal.services import clock_changes, documents, papers, papers_issuing
from portal.services.faults import IntakeError
from tests import cases
from tests import papers as steps
from tests.cases import actor_of, make_case, token
from tests.documents.word_reading import whole_text


@pytest.fixture
def invited(app, people):
    return make_case(app, stage="invited")


def test_each_pack_says_whose_it_is_and_holds_the_facts_of_the_sitting(app, invited):
    with app.app_context():
        steps.issue_packs(invited)
        packs = {
            email: whole_text(steps.pack_of(email, invited))
            for email in (
                cases.POLICE,
                cases.POLICE_LEAD,
                cases.COUNCIL,
                cases.HOUSING,
                cases.CHAIR,
            )
        }

    for text in packs.values():
        assert (
            f"ASB case review {invited}, Noor Haddad, Hexley. Issue 1, Thursday 14 January 2027."
            in text
        )
        assert "Tuesday 19 January 2027, 10am to 11:30am" in text
        assert "Hexley Town Hall, room 4" in text
        assert "Call of 9 November" in text
        assert "Logged as a dispute between neighbours." in text
        # The standard agenda, without the restricted item that only those who lead read.
        assert "What happened: gaps, what is not agreed" in text
        # Never how to reach the applicant.
        assert "2 Quarry Rise" not in text
        assert "01632 960199" not in text
    # What the police shared for chair and coordinator: the sharer's own people and the chair.
    narrow = {email for email, text in packs.items() if cases.NARROW_SENTENCE in text}
    assert narrow == {cases.POLICE, cases.POLICE_LEAD, cases.CHAIR}


def test_packs_are_issued_once_kept_with_their_hash_and_end_the_clock(app, invited):
    sent = token()
    with app.app_context():
        office = actor_of(cases.COORDINATOR, steps.PAPERS_AT)
        first = papers_issuing.issue_packs(office, invited, sent, "", 1)
        again = papers_issuing.issue_packs(office, invited, sent, "", 1)

        rows = steps.stored()
        assert (first, again) == (1, 1)
        assert steps.stored(number=2) == {}
        assert all(row.sha256 == hashlib.sha256(row.content).hexdigest() for row in rows.values())
        lines = clock_changes.open_clocks(office, invited).lines
        (line,) = [each for each in lines if each.clock is Clock.PACK_OUT]
        assert line.text == "Thu 14 Jan, in time"
        steps.issue_packs(invited, "The room.", at=cases.at(18))
        lines = clock_changes.open_clocks(office, invited).lines
        assert [each.text for each in lines if each.clock is Clock.PACK_OUT] == [line.text]


def test_a_further_issue_says_what_has_changed_and_nothing_that_is_narrower(app, invited):
    with app.app_context():
        for issue in (steps.issue_packs, steps.issue_agenda):
            issue(invited)
            with pytest.raises(IntakeError, match="Write what has changed"):
                issue(invited)
            with pytest.raises(IntakeError, match="take out the words"):
                issue(invited, f"Added: {cases.NARROW_SENTENCE}")
            with pytest.raises(IntakeError, match="take out the title"):
                issue(invited, "Added: what an informant said")
            assert issue(invited, "The room has changed.") == 2
        assert "The room has changed." in whole_text(steps.pack_of(cases.COUNCIL, invited))
        council = actor_of(cases.COUNCIL, steps.PAPERS_AT)
        agenda = whole_text(documents.download(council, invited, "agenda", 2))
        assert "Changed since the issue before: The room has changed." in agenda
        assert [pack.number for pack in papers.open_papers(council, invited).packs] == [2, 1]


def test_what_was_issued_meanwhile_is_not_issued_again(app, invited):
    with app.app_context():
        office = actor_of(cases.COORDINATOR, steps.PAPERS_AT)
        for issue in (papers_issuing.issue_agenda, papers_issuing.issue_packs):
            issue(office, invited, token(), "", 1)
            for version in (1, None):
                with pytest.raises(ChangedMeanwhileError):
                    issue(office, invited, token(), "Something", version)


def test_what_blocks_the_papers_is_named_and_nobody_else_issues_them(app, people):
    undeclared = make_case(app, stage="invited", chair_declares=False)
    early = make_case(app, stage="arranging")

    with app.app_context():
        for reference, sentences in (
            (undeclared, ["There is a chair, who has said that they have no conflict of interest"]),
            (
                early,
                [
                    "The meeting is booked",
                    "The agenda has an item",
                    "There is a chair, who has said that they have no conflict of interest",
                    "Somebody of an agency on the panel can open the case",
                ],
            ),
        ):
            page = papers.open_papers(actor_of(cases.COORDINATOR, steps.PAPERS_AT), reference)
            assert [check.sentence for check in page.open_checks] == sentences
            for issue in (steps.issue_agenda, steps.issue_packs):
                with pytest.raises(IllegalMoveError, match=sentences[0]):
                    issue(reference)
        assert steps.stored() == {}


def test_a_member_issues_nothing(app, invited):
    with app.app_context():
        for email in (cases.CHAIR, cases.POLICE, cases.POLICE_LEAD):
            actor = actor_of(email, steps.PAPERS_AT)
            for issue in (papers_issuing.issue_agenda, papers_issuing.issue_packs):
                with pytest.raises(ActRefusedError):
                    issue(actor, invited, token(), "", 1)
