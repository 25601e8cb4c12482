"""The letter of a closing: why, what became of each step they were told of, and the way back."""

import pytest

from portal.access.gate import ActRefusedError, CaseNotFoundError
from portal.domain.risk.scorings import Occasion
from portal.services import casepage, closing, letter_issuing, letters
from tests import cases
from tests.cases import actor_of, make_case, token
from tests.letters import AT, CLOSURE, NOT_MET, decide, open_sentences, report, text_of, write
from tests.risks import LOW, score

# The letter of 5 January 2027 leaves 14 days to appeal: until Tuesday the 19th.
LATER = cases.at(21)
WHOLE = {
    "reasons": "Nothing has happened since the visit.",
    "papers_kept": "for six years",
}


@pytest.fixture
def refused(app, people, in_app):
    """A case that is not met: the council promised a visit of both houses. Then it is closed."""
    found = make_case(app, stage="assessing")
    office = actor_of(cases.COORDINATOR, AT)
    report(office, found, "2026-12-01")
    decide(office, found, is_met=False)
    write(office, found, NOT_MET)
    letter_issuing.issue_letter(office, found, NOT_MET, token(), 1)
    score(found, LOW, version=0, why="On the phone.", occasion=Occasion.CLOSURE, at=LATER)
    later = actor_of(cases.COORDINATOR, LATER)
    with pytest.raises(CaseNotFoundError):
        letters.open_letter(later, found, CLOSURE)
    closing.close_case(later, found, token(), closing.TypedClosing(reason="Quiet, says PC Rowe."))
    return found


@pytest.fixture
def withdrawn(app, people, in_app):
    """A case with an issued plan, whose applicant wants nothing more."""
    found = make_case(app, stage="monitoring")
    office = actor_of(cases.COORDINATOR, LATER)
    closing.withdraw_request(office, found, token(), "They moved away.")
    return found


def test_a_closing_says_what_became_of_what_was_promised_and_cannot_leave_it_out(refused):
    office = actor_of(cases.COORDINATOR, LATER)
    write(office, refused, CLOSURE, **WHOLE)
    promised = "Hexley Council will visit both houses."
    assert open_sentences(office, refused, CLOSURE) == [f"“{promised}”: say what became of it"]

    write(office, refused, CLOSURE, ends=(("promise-1", "This was done on 15 January."),))

    assert open_sentences(office, refused, CLOSURE) == []
    text = text_of(office, refused, CLOSURE)
    assert "We closed it on Thursday 21 January 2027." in text
    assert "Nothing has happened since the visit." in text
    assert f"{promised} This was done on 15 January." in text
    assert "The last day for an appeal was Tuesday 19 January 2027." in text
    assert "We look at whether to open this case again." in text
    assert "three short questions" in text
    assert "We keep them for six years, then they are deleted." in text
    assert "Housing Ombudsman" in text
    # Why the office closed it is its own note: the applicant reads what was typed for them.
    assert "PC Rowe" not in text


def test_the_case_asks_for_the_letter_until_it_is_issued_and_nobody_else_opens_it(refused):
    office = actor_of(cases.COORDINATOR, LATER)
    assert casepage.open_case(office, refused).letter_to_send is CLOSURE
    write(office, refused, CLOSURE, **WHOLE, ends=(("promise-1", "Done."),))
    version = letters.open_letter(office, refused, CLOSURE).ready.version

    assert letter_issuing.issue_letter(office, refused, CLOSURE, token(), version) == 1

    assert casepage.open_case(office, refused).letter_to_send is None
    with pytest.raises((ActRefusedError, CaseNotFoundError)):
        letters.open_letter(actor_of(cases.POLICE, LATER), refused, CLOSURE)


def test_of_a_plan_the_steps_are_those_they_were_told_of_in_their_own_words(withdrawn):
    office = actor_of(cases.COORDINATOR, LATER)
    page = letters.open_letter_form(office, withdrawn, CLOSURE)

    told = [step.what for step in page.told_steps]
    assert told == [cases.WORDS, "Tollgate Homes will mend your door."]
    ends = tuple((step.key, "Done.") for step in page.told_steps)
    write(office, withdrawn, CLOSURE, **WHOLE, ends=ends)
    assert open_sentences(office, withdrawn, CLOSURE) == []
    # The plan was not completed, so that no last day is set.
    assert "Ring us, and we tell you until when:" in text_of(office, withdrawn, CLOSURE)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reasons": " "}, "The reasons are written for the applicant"),
        ({"papers_kept": ""}, "It is written how long their papers are kept"),
        (
            {"ends": (("promise-1", "Dean Garrow let nobody in."),)},
            (
                "“Hexley Council will visit both houses.”: take out the name Dean Garrow, which "
                "is not for the applicant"
            ),
        ),
    ],
)
def test_a_closing_is_refused_while_something_is_missing_or_too_much(refused, changes, sentence):
    office = actor_of(cases.COORDINATOR, LATER)
    write(office, refused, CLOSURE, **(WHOLE | {"ends": (("promise-1", "Done."),)} | changes))

    assert open_sentences(office, refused, CLOSURE) == [sentence]
