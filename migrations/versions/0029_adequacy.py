"""What the meeting found of each agency's response."""

import sqlalchemy as sa
from alembic import op

revision = "0029_adequacy"
down_revision = "0024_kept_texts"
branch_labels = None
depends_on = None

FINDINGS = ("yes", "partly", "no", "cannot_tell")


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


def downgrade() -> None:
    op.drop_table("adequacy_finding")


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
