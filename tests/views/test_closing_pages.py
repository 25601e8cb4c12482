"""A case is closed when nothing is left to do, or because the request was withdrawn."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal.access.scope.marks import unscoped
from portal.domain.clocks.rules import Clock
from portal.domain.letters import LetterKind
from portal.domain.risk.scorings import Occasion
from portal.domain.stages import Stage
from portal.models.case import Case
from portal.models.clock import CaseClock
from portal.services import letter_issuing
from tests import cases
from tests.cases import actor_of, make_case, token
from tests.letters import AT, decide, report, write
from tests.risks import LOW, NOOR, score

DOOR = unscoped("a test looks at what is stored")
# The letter of 5 January 2027 leaves 14 days to appeal: until Tuesday the 19th.
LATER = cases.at(21)
NOT_MET = LetterKind.THRESHOLD_NOT_MET


@pytest.fixture
def reference(app, people):
    """A case that is not met and whose applicant was told so, on 5 January 2027."""
    found = make_case(app, stage="assessing")
    with app.app_context():
        office = actor_of(cases.COORDINATOR, AT)
        report(office, found, "2026-12-01")
        decide(office, found, is_met=False)
        write(office, found, NOT_MET)
        letter_issuing.issue_letter(office, found, NOT_MET, token(), 1)
    return found


def _scored(app, reference, *listed):
    with app.app_context():
        for version, each in enumerate(listed):
            is_last = version == len(listed) - 1
            score(
                reference,
                each,
                version=version,
                why="They told us so on the phone.",
                occasion=Occasion.CLOSURE if is_last else Occasion.ANY_TIME,
                at=LATER,
            )


def _close(client, reference, **fields):
    page = client.get(f"/cases/{reference}/close")
    return client.press(page, "Close the case", **({"reason": "It is quiet now."} | fields))


def _stage(scalars):
    return scalars(sa.select(Case.stage).execution_options(**DOOR))[0]


def test_a_case_is_not_closed_without_a_closing_score_or_while_an_appeal_is_open(
    as_, app, clock, scalars, reference
):
    clock.at = cases.at(19, 12)
    office = as_(cases.COORDINATOR)

    page = _close(office, reference)

    assert page.status == 422
    assert page.errors == [("Something is left to do before the case is closed", "#reason")]
    assert "Score the risk with the applicant at closure" in page.main
    assert "The applicant can appeal until Tuesday 19 January 2027" in page.main
    assert "It is quiet now." in page.html
    assert _stage(scalars) is Stage.NOT_MET


def test_a_closed_case_has_no_running_clock_but_that_of_the_feedback(
    as_, app, clock, scalars, reference
):
    _scored(app, reference, LOW)
    clock.at = LATER
    office = as_(cases.COORDINATOR)
    assert "Close the case" in office.get(f"/cases/{reference}").main

    done = _close(office, reference)

    assert done.status == 303
    assert _stage(scalars) is Stage.CLOSED
    running = sa.select(CaseClock).where(CaseClock.stopped_on.is_(None))
    # Eight weeks from Thursday 21 January 2027; the right to appeal has run out by itself.
    left = {
        row.clock: row.due_on
        for row in scalars(running.execution_options(**DOOR))
        if row.clock is not Clock.APPEAL_THRESHOLD
    }
    assert left == {Clock.FEEDBACK: dt.date(2027, 3, 18)}
    assert "It is quiet now." in office.get(f"/cases/{reference}/chronology").main
    assert reference in office.get("/cases?list=closed").main
    assert _close_again(office, reference) == 403


def _close_again(client, reference):
    return client.get(f"/cases/{reference}/close").status


def test_after_a_high_risk_two_lower_scores_or_reasons_are_needed(
    as_, app, clock, scalars, reference
):
    _scored(app, reference, NOOR, LOW)
    clock.at = LATER
    office = as_(cases.COORDINATOR)

    refused = _close(office, reference)
    assert [where for _, where in refused.errors] == ["#all_the_same"]
    assert _stage(scalars) is Stage.NOT_MET

    done = _close(office, reference, all_the_same="They have moved away.")
    assert done.status == 303
    assert "They have moved away." in office.get(f"/cases/{reference}/chronology").main


def test_two_lower_scores_are_enough(as_, app, clock, reference):
    _scored(app, reference, NOOR, LOW, LOW)
    clock.at = LATER

    page = as_(cases.COORDINATOR).get(f"/cases/{reference}/close")

    assert page.by_id("all_the_same") is None
    assert "Before the case can be closed" not in page.main


def test_a_request_is_withdrawn_with_a_reason_that_the_agencies_do_not_read(
    as_, app, people, clock, scalars
):
    reference = make_case(app, stage="invited")
    clock.at = cases.at(12)
    office = as_(cases.COORDINATOR)
    page = office.get(f"/cases/{reference}/withdraw")
    assert [where for _, where in office.press(page, "Close the case").errors] == ["#reason"]

    done = office.press(page, "Close the case", reason="Noor rang on 11 January: it has stopped.")

    assert done.status == 303
    assert _stage(scalars) is Stage.CLOSED
    assert "it has stopped" in office.get(f"/cases/{reference}/chronology").main
    police = as_(cases.POLICE).get(f"/cases/{reference}/chronology").main
    assert "Case closed" in police
    assert "it has stopped" not in police
    assert as_(cases.CHAIR).get(f"/cases/{reference}/withdraw").status == 403
