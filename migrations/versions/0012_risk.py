"""The risk and harm assessment: scorings, answers, decisions on the band, where it stands."""

import sqlalchemy as sa
from alembic import op

revision = "0012_risk"
down_revision = "0011_parties"
branch_labels = None
depends_on = None

BANDS = ("standard", "medium", "high", "very_high")
OCCASIONS = ("assessment", "meeting", "closure", "any_time")
SOURCES = ("applicant", "agency", "both")
REASONS = (
    "new_fact",
    "wrong_answer",
    "safety_step",
    "applicants_view",
    "agency_information",
    "other",
)
STATES = ("in_force", "asked", "agreed", "not_agreed", "ended")


def _enum(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _needed(name: str, kind: sa.types.TypeEngine[object]) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False)


def _foreign(table: str, column: str, to: str, key: str = "id") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.{key}"], name=name)


def upgrade() -> None:
    _create_scoring()
    _create_answer()
    _create_decision()
    _create_standing()


def _create_scoring() -> None:
    op.create_table(
        "risk_scoring",
        _needed("id", sa.Integer()),
        _needed("case_id", sa.Integer()),
        _needed("number", sa.Integer()),
        _needed("occasion", _enum("occasion", OCCASIONS)),
        _needed("scored_at", sa.DateTime(timezone=True)),
        _needed("scored_by_id", sa.Integer()),
        _needed("as_chair", sa.Boolean()),
        _needed("rules_version", sa.String(length=40)),
        _needed("signs", sa.JSON()),
        _needed("words", sa.Text()),
        _needed("agency_words", sa.Text()),
        _needed("line", sa.String(length=500)),
        _needed("total", sa.Integer()),
        _needed("unknown", sa.Integer()),
        sa.Column("floor", _enum("floor", BANDS), nullable=True),
        _needed("floors", sa.JSON()),
        _needed("is_raised", sa.Boolean()),
        _needed("band", _enum("band", BANDS)),
        _foreign("risk_scoring", "case_id", "review_case"),
        _foreign("risk_scoring", "scored_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_scoring")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_risk_scoring_case_id_number")),
        info={"scope": "risk"},
    )


def _create_answer() -> None:
    op.create_table(
        "risk_answer",
        _needed("scoring_id", sa.Integer()),
        _needed("question", sa.String(length=10)),
        sa.Column("points", sa.Integer(), nullable=True),
        _needed("source", _enum("answersource", SOURCES)),
        _needed("why", sa.String(length=500)),
        _foreign("risk_answer", "scoring_id", "risk_scoring"),
        sa.PrimaryKeyConstraint("scoring_id", "question", name=op.f("pk_risk_answer")),
        info={"scope": "risk"},
    )


def _create_decision() -> None:
    op.create_table(
        "band_decision",
        _needed("id", sa.Integer()),
        _needed("scoring_id", sa.Integer()),
        _needed("before", _enum("before", BANDS)),
        _needed("band", _enum("band", BANDS)),
        _needed("reason", _enum("bandreason", REASONS)),
        _needed("words", sa.Text()),
        _needed("fact", sa.Text()),
        sa.Column("fact_on", sa.Date(), nullable=True),
        _needed("line", sa.String(length=500)),
        _needed("decided_at", sa.DateTime(timezone=True)),
        _needed("decided_by_id", sa.Integer()),
        _needed("as_chair", sa.Boolean()),
        _needed("state", _enum("bandstate", STATES)),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        _needed("answer", sa.Text()),
        _foreign("band_decision", "answered_by_id", "person"),
        _foreign("band_decision", "decided_by_id", "person"),
        _foreign("band_decision", "scoring_id", "risk_scoring"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_band_decision")),
        info={"scope": "risk"},
    )
    op.create_index(op.f("ix_band_decision_scoring_id"), "band_decision", ["scoring_id"])


def _create_standing() -> None:
    op.create_table(
        "risk_standing",
        _needed("case_id", sa.Integer()),
        _needed("scoring_id", sa.Integer()),
        _needed("band", _enum("band", BANDS)),
        _needed("is_raised", sa.Boolean()),
        _needed("line", sa.String(length=500)),
        _needed("scored_at", sa.DateTime(timezone=True)),
        sa.Column("find_out_by", sa.Date(), nullable=True),
        sa.Column("asked_id", sa.Integer(), nullable=True),
        _needed("version", sa.Integer()),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        _foreign("risk_standing", "asked_id", "band_decision"),
        _foreign("risk_standing", "case_id", "review_case"),
        _foreign("risk_standing", "changed_by_id", "person"),
        _foreign("risk_standing", "scoring_id", "risk_scoring"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_risk_standing")),
        info={"scope": "risk_standing"},
    )


def downgrade() -> None:
    op.drop_table("risk_standing")
    op.drop_index(op.f("ix_band_decision_scoring_id"), table_name="band_decision")
    op.drop_table("band_decision")
    op.drop_table("risk_answer")
    op.drop_table("risk_scoring")
