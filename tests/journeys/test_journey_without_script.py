"""Everything works where no script runs: forms, their errors, what they keep."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.cases import acknowledged_case, seat_police, today
from tests.journeys.conftest import Server
from tests.journeys.people import AgencyRepresentative, Coordinator

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journeys")]

WORDS = "You told us in October. We wrote it down wrong."


def test_threshold_and_sharing_work_without_script(server: Server, meet: Callable[..., Any]):
    reference = acknowledged_case(server)
    coordinator = meet(Coordinator, "coordinator@wharrow-lpb.example", script=False)
    police = meet(AgencyRepresentative, "police@wharrow-police.example", script=False)

    coordinator.sign_in()
    coordinator.fill_in_threshold(reference, today(server), "Wharrow Valley Police")
    coordinator.press("Record the decision")
    assert coordinator.errors == [("Write your reasons: the applicant reads them", "#reasons")]
    assert coordinator.answer("Is the threshold met?", "Met: there will be a review").is_checked()
    coordinator.type("Reasons", "Three reports in six months.")
    coordinator.press("Record the decision")
    assert coordinator.saved == "Decision recorded. Now tell the applicant by letter"

    seat_police(server, reference)
    police.sign_in()
    police.write_item(
        reference,
        title="Call in October",
        content="One call, logged as noise.",
        who="Panel",
        told="Yes, in these words",
        words=WORDS,
    )
    police.sees("One call, logged as noise.", WORDS)
    police.press("Change it")
    assert police.field("Words for the applicant").input_value() == WORDS
    assert police.answer("Who may read it?", "Panel").is_checked()
    police.type("What is it, in a few words?", "Call in October, changed")
    police.press("Check before you share")
    police.share_checked()
    police.sees("Call in October, changed")


def test_an_answer_that_asks_for_more_shows_it_without_script(
    server: Server, meet: Callable[..., Any]
):
    reference = acknowledged_case(server)
    seat_police(server, reference)
    police = meet(AgencyRepresentative, "police@wharrow-police.example", script=False)
    police.sign_in()

    police.open_case(reference, "share")

    words = police.field("Words for the applicant")
    assert not words.is_visible()
    police.choose("May the applicant be told?", "Yes, in these words")
    assert words.is_visible()
