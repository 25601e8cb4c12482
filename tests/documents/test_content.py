import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from mypy import api
from plan_samples import noor_applicant_plan

from portal.documents import content

ROOT = Path(content.__file__).resolve().parents[2]

HANDED_OVER = """
from portal.documents.content import ApplicantAction, ApplicantText, Fact, PanelText

told = ApplicantText("There will be a check in February.")
kept_back = PanelText("Camera on the stairwell for 28 days")
who, by = Fact("Hexley Council"), Fact("Friday 5 February 2027")

ApplicantAction(number=1, words=told, who_person=who, who_agency=who, by_when=by)
ApplicantAction(number=1, words=kept_back, who_person=who, who_agency=kept_back, by_when=by)
"""


@pytest.mark.slow
def test_mypy_refuses_panel_text_in_an_applicant_action(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snippet = tmp_path / "snippet.py"
    snippet.write_text(HANDED_OVER, encoding="utf-8")
    monkeypatch.setenv("MYPYPATH", str(ROOT))

    options = ["--strict", "--follow-imports=silent", "--config-file=", f"--cache-dir={tmp_path}"]
    out, _, _ = api.run([*options, str(snippet)])

    wrong = 'has incompatible type "PanelText"; expected'
    words, agency, count = out.splitlines()
    assert f'Argument "words" to "ApplicantAction" {wrong} "ApplicantText"' in words
    assert f'Argument "who_agency" to "ApplicantAction" {wrong} "Fact"' in agency
    assert count == "Found 2 errors in 1 file (checked 1 source file)"


def test_the_two_plans_share_no_base_class() -> None:
    shared = set(content.PanelPlan.__mro__) & set(content.ApplicantPlan.__mro__)

    assert shared == {object}


def test_no_field_of_either_plan_is_a_bare_text() -> None:
    classes = [thing for thing in vars(content).values() if hasattr(thing, "__dataclass_fields__")]

    kinds = {field.type for plan in classes for field in plan.__dataclass_fields__.values()}

    assert len(classes) == 14
    assert str not in kinds
    assert tuple[str, ...] not in kinds


@pytest.mark.parametrize("numbers", [(1, 3), (2,), (1, 1), (0, 1), (2, 1)])
def test_applicant_actions_with_a_gap_are_refused(numbers: tuple[int, ...]) -> None:
    plan = noor_applicant_plan()
    actions = tuple(replace(plan.actions[0], number=number) for number in numbers)

    with pytest.raises(ValueError, match="without a gap"):
        replace(plan, actions=actions)


def test_a_day_is_written_out_in_english() -> None:
    assert content.long_date(dt.date(2027, 1, 22)) == "Friday 22 January 2027"
    assert content.long_date(dt.date(2028, 2, 29)) == "Tuesday 29 February 2028"
    assert content.stacked_date(dt.date(2027, 2, 5)) == "Friday\n5 February 2027"
