"""What the meeting found of each agency's response; two columns more in the minutes' attendance."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0029_adequacy"
down_revision = "0024_kept_texts"
branch_labels = None
depends_on = None

FINDINGS = ("yes", "partly", "no", "cannot_tell")
# A draft made before did not take over what was declared: that is said, and nothing made up.
NOT_NOTED = "Not noted"
COLUMNS = ("conflict", "confidentiality")

_DRAFT = sa.table("minutes_draft", sa.column("case_id"), sa.column("tables", sa.JSON))


def upgrade() -> None:
    op.create_table(
        "adequacy_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("finding", _one_of("adequacy", FINDINGS), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("fact <> ''", name=op.f("ck_adequacy_finding_fact")),
        _to("case_id", "review_case"),
        _to("agency_id", "agency"),
        _to("changed_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_adequacy_finding"),
        sa.UniqueConstraint("case_id", "agency_id", name="uq_adequacy_finding_case_id_agency_id"),
        info={"scope": "adequacy"},
    )
    _change_drafts(_with_columns)


def downgrade() -> None:
    _change_drafts(_without_columns)
    op.drop_table("adequacy_finding")


def _change_drafts(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    connection = op.get_bind()
    for case_id, tables in connection.execute(sa.select(_DRAFT)).all():
        statement = sa.update(_DRAFT).where(_DRAFT.c.case_id == case_id)
        connection.execute(statement.values(tables=change(tables)))


def _with_columns(tables: dict[str, Any]) -> dict[str, Any]:
    rows = [row | dict.fromkeys(COLUMNS, NOT_NOTED) for row in tables["attendance"]]
    return tables | {"attendance": rows, "adequacy": []}


def _without_columns(tables: dict[str, Any]) -> dict[str, Any]:
    rows = [
        {name: value for name, value in row.items() if name not in COLUMNS}
        for row in tables["attendance"]
    ]
    kept = {name: value for name, value in tables.items() if name != "adequacy"}
    return kept | {"attendance": rows}


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(
        *values,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
    )


def _to(column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_adequacy_finding_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
