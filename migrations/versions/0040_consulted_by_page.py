"""The applicant is consulted by their own page: who is asked, and what they say of each row."""

import sqlalchemy as sa
from alembic import op

revision = "0040_consulted_by_page"
down_revision = "0039_equality"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE consultation ADD COLUMN party_id INTEGER"
        " CONSTRAINT fk_consultation_party_id_party REFERENCES party (id)"
        " CONSTRAINT ck_consultation_page_of_a_party"
        " CHECK ((way = 'page') = (party_id IS NOT NULL))"
    )
    kind = "DATETIME" if op.get_context().dialect.name == "sqlite" else "TIMESTAMPTZ"
    op.execute(
        f"ALTER TABLE consultation ADD COLUMN sent_at {kind}"
        " CONSTRAINT ck_consultation_sent_by_a_party"
        " CHECK (sent_at IS NULL OR party_id IS NOT NULL)"
    )
    op.create_table(
        "consulted_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        _to("case_id", "review_case"),
        _to("consultation_id", "consultation"),
        sa.PrimaryKeyConstraint("id", name="pk_consulted_row"),
        sa.UniqueConstraint(
            "consultation_id", "number", name="uq_consulted_row_consultation_id_number"
        ),
        info={"scope": "consultation"},
    )
    op.create_index("ix_consulted_row_case_id", "consulted_row", ["case_id"])


def _to(column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_consulted_row_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def downgrade() -> None:
    op.drop_table("consulted_row")
    op.execute("DELETE FROM consultation WHERE party_id IS NOT NULL")
    for name in ("sent_at", "party_id"):
        op.execute(f"ALTER TABLE consultation DROP COLUMN {name}")
