"""The threshold as part of a scheme; with a decision, its advice and why it departs from it."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008_advice"
down_revision = "0007_typed_case"
branch_labels = None
depends_on = None

ADVISED = ("met", "not_met", "discretion")
RESPONSES = ("none", "inadequate", "not_per_agency_policy", "adequate")

_HALF_YEAR = {"n": 6, "unit": "months", "anchor": "application", "of": "report"}
_HATE: dict[str, Any] = {
    "id": "hate",
    "decision": "must",
    "min_reports": 1,
    "min_hate": 1,
    "window": _HALF_YEAR,
}
_ANY: dict[str, Any] = {
    "counting": {"same_incident_to_several_agencies": "once"},
    "fallback": {
        "decision": "discretion",
        "factors": ["persistence", "harm_or_potential_harm", "adequacy_of_response", "high_risk"],
    },
    "floor": {
        "number": 3,
        "made_within": {"n": 1, "unit": "months"},
        "applied_within": {"n": 6, "unit": "months"},
    },
}
_THREE: dict[str, Any] = {
    "id": "three_incidents",
    "decision": "must",
    "min_reports": 3,
    "distinct_incidents": True,
}
_CAVEAT = {"response": "none_or_inadequate"}
# As they were published when a scheme got its threshold; what an office has since is its own.
_OF_SCHEME: dict[str, list[dict[str, Any]]] = {
    "Durham": [
        _THREE | {"same_problem": "same", "window": _HALF_YEAR} | _CAVEAT,
        _HATE | _CAVEAT,
        {
            "id": "five_people",
            "decision": "must",
            "min_reporters": 5,
            "reporter_unit": "individual",
            "same_problem": "same",
            "window": _HALF_YEAR,
        }
        | _CAVEAT,
    ],
    "Gloucestershire": [
        _THREE
        | {
            "separate_dates": True,
            "window": _HALF_YEAR,
            "most_recent": {"n": 1, "unit": "months", "of": "report"},
        },
        _HATE,
    ],
}

_VERSION = sa.table("scheme_version", sa.column("id", sa.Integer()), sa.column("rules", sa.JSON()))


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def upgrade() -> None:
    # Written out: adding columns this way needs no copy of the table on SQLite, and a copy would
    # lose the checks of the other columns.
    op.execute(
        "ALTER TABLE threshold_decision ADD COLUMN advice VARCHAR(40) "
        f"CONSTRAINT ck_threshold_decision_advised CHECK (advice IN ({_listed(ADVISED)}))"
    )
    op.execute(
        "ALTER TABLE threshold_decision ADD COLUMN response VARCHAR(40) "
        f"CONSTRAINT ck_threshold_decision_response CHECK (response IN ({_listed(RESPONSES)}))"
    )
    op.execute("ALTER TABLE threshold_decision ADD COLUMN departure TEXT DEFAULT '' NOT NULL")
    _change_schemes(_with_threshold)


def downgrade() -> None:
    _change_schemes(lambda rules: {key: rules[key] for key in rules if key != "threshold"})
    for column in ("departure", "response", "advice"):
        op.execute(f"ALTER TABLE threshold_decision DROP COLUMN {column}")


def _change_schemes(change: Any) -> None:
    connection = op.get_bind()
    for number, rules in connection.execute(sa.select(_VERSION.c.id, _VERSION.c.rules)).all():
        stored = json.loads(rules) if isinstance(rules, str) else rules
        statement = sa.update(_VERSION).where(_VERSION.c.id == number)
        connection.execute(statement.values(rules=change(stored)))


def _with_threshold(rules: dict[str, Any]) -> dict[str, Any]:
    """Give a scheme the routes of the preset that it came from; of another one the floor alone."""
    return rules | {"threshold": {"any_of": _OF_SCHEME.get(rules.get("name", ""), [])} | _ANY}
