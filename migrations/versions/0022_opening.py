"""The applicant has a statement that somebody reads out, and an opening section of the meeting."""

import sqlalchemy as sa
from alembic import op

revision = "0022_opening"
down_revision = "0021_telling"
branch_labels = None
depends_on = None

CHANNELS = ("phone", "post", "email", "visit", "form")
READERS = ("applicant", "support_worker", "chair", "applicant_representative", "other")
PANEL_READS = ("before", "once_read_out", "never")


def upgrade() -> None:
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=False),
        sa.Column("channel", _one_of("channel", CHANNELS), nullable=False),
        sa.Column("written_down_by", sa.String(length=200), nullable=False),
        sa.Column("panel_reads", _one_of("panelreads", PANEL_READS), nullable=False),
        sa.Column("reads_out", _one_of("readsout", READERS), nullable=False),
        sa.Column("reads_out_name", sa.String(length=200), nullable=False),
        *_edited(),
        _to("statement", "case_id", "review_case"),
        _to("statement", "party_id", "party"),
        _to("statement", "changed_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
        sa.UniqueConstraint("party_id", name="uq_statement_party_id"),
        info={"scope": "statement"},
    )
    op.create_index("ix_statement_case_id", "statement", ["case_id"])
    op.create_table(
        "statement_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("read_by", _one_of("readsout", READERS), nullable=False),
        sa.Column("read_by_name", sa.String(length=200), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        _to("statement_reading", "statement_id", "statement"),
        _to("statement_reading", "noted_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_statement_reading"),
        info={"scope": "statement"},
    )
    op.create_index("ix_statement_reading_statement_id", "statement_reading", ["statement_id"])
    op.create_table(
        "wishes",
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        *_edited(),
        _to("wishes", "party_id", "party"),
        _to("wishes", "case_id", "review_case"),
        _to("wishes", "changed_by_id", "person"),
        sa.PrimaryKeyConstraint("party_id", name="pk_wishes"),
        info={"scope": "opening"},
    )
    op.create_index("ix_wishes_case_id", "wishes", ["case_id"])
    op.create_table(
        "opening_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("stands_in_id", sa.Integer(), nullable=True),
        sa.Column("is_remote", sa.Boolean(), nullable=False),
        sa.Column("with_them", sa.String(length=300), nullable=False),
        sa.Column("rings_today", sa.String(length=300), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("step BETWEEN 1 AND 4", name="ck_opening_visit_four_steps"),
        _to("opening_visit", "meeting_id", "meeting"),
        _to("opening_visit", "party_id", "party"),
        _to("opening_visit", "stands_in_id", "party"),
        _to("opening_visit", "entered_by_id", "person"),
        _to("opening_visit", "left_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_opening_visit"),
        info={"scope": "opening"},
    )
    op.create_index("ix_opening_visit_meeting_id", "opening_visit", ["meeting_id"])


def downgrade() -> None:
    for table in ("opening_visit", "wishes", "statement_reading", "statement"):
        op.drop_table(table)


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _edited() -> tuple[sa.Column, ...]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
    )


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")
