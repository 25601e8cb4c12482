"""By the pages alone, the Durham rules become another area's, in few inputs and without code."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from portal.domain.clocks.published import read_published
from portal.domain.threshold.reading import read_rules
from portal.jobs.cli import cli
from portal.jobs.scheme_commands import scheme_group
from tests.journeys.conftest import Server
from tests.journeys.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journeys")]

MOST_INPUTS = 40
POLICY = "The county’s published policy."
# What Cheltenham publishes, written off by hand: three reports of incidents within any six months,
# all else silent; a week to write, three to decide, four to meet, one for the outcome.
RULES = {
    "any_of": [
        {
            "id": "individual",
            "decision": "must",
            "min_reports": 3,
            "window": {"n": 6, "unit": "months", "anchor": "span", "of": "incident"},
        }
    ],
    "counting": {},
    "preconditions": [],
    "exclusions": [],
    "fallback": None,
}
DEADLINES = {
    "acknowledge": {"n": 1, "unit": "weeks", "from": "received"},
    "threshold_decision": {"n": 3, "unit": "weeks", "from": "received"},
    "hold_review": {"n": 4, "unit": "weeks", "from": "received"},
    "send_outcome": {"n": 1, "unit": "weeks", "from": "meeting"},
}


class Administrator(Person):
    """Who keeps the area's scheme; counts what they do: a field, a button or a link is one."""

    inputs = 0

    def press(self, name: Any) -> Any:
        """Press a button or a link."""
        self.inputs += 1
        return super().press(name)

    def type(self, label: str, text: str) -> None:
        """Type into a field: never code."""
        self.inputs += 1
        assert not re.search(r"[{}\[\]_\"<>]", text), text
        super().type(label, text)

    def select(self, label: str, option: str) -> None:
        """Select from a list."""
        self.inputs += 1
        super().select(label, option)

    def choose(self, question: str, answer: str) -> None:
        """Choose an answer."""
        self.inputs += 1
        super().choose(question, answer)

    def set_clock(self, clock: str, number: int, unit: str, source: str) -> None:
        """Say how long a clock runs, and where the area has it from."""
        self.type(f"{clock}: how many", str(number))
        self.select(f"{clock}: unit", unit)
        self.type(f"{clock}: where this is from", source)


def _exported(server: Server) -> dict[str, Any]:
    answer = server.app.test_cli_runner().invoke(cli, ["scheme", "export", "severnreach"])
    assert answer.exit_code == 0, answer.output
    (found,) = json.loads(answer.output)
    return dict(found)


def _checked(scheme: dict[str, Any], folder: Path) -> str:
    file = folder / "scheme.json"
    file.write_text(json.dumps([scheme]), encoding="utf-8")
    answer = CliRunner().invoke(scheme_group, ["check", str(file)])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_the_durham_rules_become_cheltenhams_in_forty_inputs(
    server: Server, meet: Callable[..., Any], tmp_path: Path
):
    office = meet(Administrator, "admin@severnreach-lpb.example")
    office.sign_in()
    office.press("Scheme")
    office.choose("What should the draft start from?", "The rules of County Durham and Darlington")
    office.press("Start a draft")
    office.press("Remove route 2")
    office.press("Remove route 2")

    office.press("Change route 1")
    office.type("What is this route called?", "individual")
    office.select("About separate incidents?", "The rule does not say")
    office.select("What must they have in common?", "The rule does not say")
    office.select("Where does the time lie?", "Anywhere: any such time")
    office.select("Which day has to lie in it?", "The day it happened")
    office.select("What must the answer to the reports have been?", "The rule does not say")
    office.press("Save")
    office.sees("Three reports about what happened within any six months.")

    office.press("Change what counts")
    office.select("One incident that was told to several agencies counts", "The rule does not say")
    office.press("Save")

    office.press("Change where no route is met")
    office.choose("Do the rules say what holds below the routes?", "No, they do not say")
    office.press("Save")

    office.press("Change clocks")
    office.set_clock("Acknowledge the request", 1, "Weeks", POLICY)
    office.set_clock("Threshold decision", 3, "Weeks", POLICY)
    office.set_clock("Review meeting", 4, "Weeks", POLICY)
    office.select("Review meeting: counted from", "Request received")
    office.set_clock("Written action plan", 1, "Weeks", POLICY)
    office.press("Save")
    office.sees("You get the plan in writing within 1 week after the meeting.")

    office.press("Put it in force")
    office.press("Put it in force")

    assert office.saved == "In force from today"
    assert office.inputs <= MOST_INPUTS, office.inputs
    found = _exported(server)
    assert read_rules(found["rules"]) == read_rules(RULES)
    clocks = dict(read_published(found["deadlines"]).rules)
    for stage, rule in read_published(DEADLINES).rules:
        assert clocks[stage] == rule

    assert _checked(found, tmp_path) == _checked(found | {"rules": RULES}, tmp_path)

    office.open("/rules/severnreach")
    office.sees(
        "Three reports about what happened within any six months.",
        "We tell you if there will be a review within 3 weeks after we get your request.",
    )


def test_a_draft_is_written_where_no_script_runs(server: Server, meet: Callable[..., Any]):
    office = meet(Administrator, "admin@wharrow-lpb.example", script=False)
    office.sign_in()
    office.open("/admin/scheme")
    office.press("Start a draft")
    office.press("Change route 1")
    office.type("How many reports?", "two")
    office.press("Save")
    assert office.errors == [
        ("The number of reports must be a whole number, like 12", "#min_reports")
    ]
    office.type("How many reports?", "2")
    office.press("Save")
    office.sees("Two reports")
    office.press("Throw the draft away")
    office.press("Throw it away")
    assert office.saved == "The draft was thrown away"
