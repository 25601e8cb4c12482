"""A statement keeps how it stood before; a page keeps what is not saved yet beside what was."""

import sqlalchemy as sa
from alembic import op

revision = "0024_kept_texts"
down_revision = "0023_support"
branch_labels = None
depends_on = None

CHANNELS = ("phone", "post", "email", "visit", "form")
READERS = ("applicant", "support_worker", "chair", "applicant_representative", "other")
PANEL_READS = ("before", "once_read_out", "never")


def upgrade() -> None:
    op.create_table(
        "earlier_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=False),
        sa.Column("channel", _one_of("channel", CHANNELS), nullable=False),
        sa.Column("written_down_by", sa.String(length=200), nullable=False),
        sa.Column("panel_reads", _one_of("panelreads", PANEL_READS), nullable=False),
        sa.Column("reads_out", _one_of("readsout", READERS), nullable=False),
        sa.Column("reads_out_name", sa.String(length=200), nullable=False),
        _to("statement_id", "statement"),
        _to("saved_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_earlier_statement"),
        sa.UniqueConstraint(
            "statement_id", "number", name="uq_earlier_statement_statement_id_number"
        ),
        info={"scope": "statement"},
    )
    op.execute("ALTER TABLE kept_form ADD COLUMN is_aside BOOLEAN DEFAULT false NOT NULL")


def downgrade() -> None:
    op.execute("DELETE FROM kept_form WHERE is_aside")
    op.execute("ALTER TABLE kept_form DROP COLUMN is_aside")
    op.drop_table("earlier_statement")


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(
        *values,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
    )


def _to(column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_earlier_statement_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
