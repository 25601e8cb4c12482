"""The stored clocks of a scheme as plain answers, and back: a row for each clock there can be."""

from collections.abc import Mapping
from typing import Any, Final

from portal.domain.clocks.rules import OPTIONAL, Clock
from portal.domain.scheme_editing.routes import Answers

PARTS: Final = (
    "number", "unit", "side", "starts_from", "also_from", "next_meeting", "source",
)  # fmt: skip
BEFORE: Final = "before"
AFTER: Final = "after"
_DEEMED: Final = "deemed_receipt"


def clock_answers(stored: Mapping[str, Any]) -> Answers:
    """Return the clocks of a stored scheme as the form shows them; one that is not there is empty.

    Args:
        stored: a scheme that is one: its draft was checked when it was saved.
    """
    rows = {row["clock"]: row for row in stored.get("clocks") or ()}
    found: Answers = {}
    for clock in Clock:
        found |= {
            f"{clock.value}_{part}": value
            for part, value in _row_answers(rows.get(clock.value, {})).items()
        }
    return found | _limit_answers(stored.get(_DEEMED), _DEEMED)


def with_clocks(stored: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
    """Return the stored scheme with what was typed; what a row holds besides stays."""
    rows = {row["clock"]: row for row in stored.get("clocks") or ()}
    clocks = []
    for clock in Clock:
        typed = {part: answers[f"{clock.value}_{part}"] for part in PARTS}
        if clock in OPTIONAL and is_left_out(typed):
            continue
        clocks.append(_row(clock, rows.get(clock.value, {}), typed))
    deemed = _limit(answers[f"{_DEEMED}_number"], answers[f"{_DEEMED}_unit"])
    return {**stored, "clocks": clocks, _DEEMED: deemed}


def is_left_out(typed: Answers) -> bool:
    """Say whether nothing was typed of when a clock ends: the area has no such clock."""
    return typed["number"] is None and not typed["next_meeting"]


def _row_answers(row: Mapping[str, Any]) -> Answers:
    events = row.get("starts_from") or []
    return {
        **{
            name.removeprefix("_"): value
            for name, value in _limit_answers(row.get("limit"), "").items()
        },
        "side": BEFORE if row.get("before") else AFTER,
        "starts_from": events[0] if events else None,
        "also_from": events[1] if len(events) > 1 else None,
        "next_meeting": row.get("next_meeting") or "",
        "source": row.get("source") or "",
    }


def _row(clock: Clock, row: Mapping[str, Any], typed: Answers) -> dict[str, Any]:
    events = [typed["starts_from"], typed["also_from"], *(row.get("starts_from") or [])[2:]]
    changed = {
        "clock": clock.value,
        "limit": _limit(typed["number"], typed["unit"]),
        "starts_from": [event for event in events if event],
        "before": typed["side"] == BEFORE,
        "next_meeting": typed["next_meeting"],
        "source": typed["source"],
    }
    return {"opens_from": None, **row, **changed}


def _limit_answers(stored: Any, name: str) -> Answers:
    limit = stored if isinstance(stored, Mapping) else {}
    return {f"{name}_number": limit.get("number"), f"{name}_unit": limit.get("unit")}


def _limit(number: int | None, unit: str | None) -> dict[str, Any] | None:
    return None if number is None else {"number": number, "unit": unit}
