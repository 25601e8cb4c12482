"""The thresholds of the two schemes that ship, in the shape that every rule is stored in."""

from typing import Any, Final

_HALF_YEAR: Final = {"n": 6, "unit": "months", "anchor": "application", "of": "report"}
_FLOOR: Final = {
    "number": 3,
    "made_within": {"n": 1, "unit": "months"},
    "applied_within": {"n": 6, "unit": "months"},
}
_JUDGEMENT: Final = {
    "decision": "discretion",
    "factors": ["persistence", "harm_or_potential_harm", "adequacy_of_response", "high_risk"],
}

DURHAM: Final[dict[str, Any]] = {
    "any_of": [
        {
            "id": "three_incidents",
            "decision": "must",
            "min_reports": 3,
            "distinct_incidents": True,
            "same_problem": "same",
            "window": _HALF_YEAR,
            "response": "none_or_inadequate",
        },
        {
            "id": "hate",
            "decision": "must",
            "min_reports": 1,
            "min_hate": 1,
            "window": _HALF_YEAR,
            "response": "none_or_inadequate",
        },
        {
            "id": "five_people",
            "decision": "must",
            "min_reporters": 5,
            "reporter_unit": "individual",
            "same_problem": "same",
            "window": _HALF_YEAR,
            "response": "none_or_inadequate",
        },
    ],
    "counting": {"same_incident_to_several_agencies": "once"},
    "fallback": _JUDGEMENT,
    "floor": _FLOOR,
}
"""The published procedure of County Durham and Darlington: any one of three tests."""

GLOUCESTERSHIRE: Final[dict[str, Any]] = {
    "any_of": [
        {
            "id": "three_incidents",
            "decision": "must",
            "min_reports": 3,
            "distinct_incidents": True,
            "separate_dates": True,
            "window": _HALF_YEAR,
            "most_recent": {"n": 1, "unit": "months", "of": "report"},
        },
        {
            "id": "hate",
            "decision": "must",
            "min_reports": 1,
            "min_hate": 1,
            "window": _HALF_YEAR,
        },
    ],
    "counting": {"same_incident_to_several_agencies": "once"},
    "fallback": _JUDGEMENT,
    "floor": _FLOOR,
}
"""The published policy of Gloucestershire: three on separate occasions and one of late, or hate."""
