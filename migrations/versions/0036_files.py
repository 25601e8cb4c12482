"""Files that belong to a request, with their originals and who opened one."""

import sqlalchemy as sa
from alembic import op

revision = "0036_files"
down_revision = "0035_wizard"
branch_labels = None
depends_on = None

CHANNELS = ("phone", "post", "email", "visit", "form")
KINDS = ("photo", "pdf", "word", "sound", "video", "text")


def upgrade() -> None:
    op.create_table(
        "request_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("came_by", _one_of("channel", CHANNELS), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("kind", _one_of("filekind", KINDS), nullable=False),
        sa.Column("ending", sa.String(length=8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("copy_sha256", sa.String(length=64), nullable=False),
        sa.Column("is_scanned", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_off_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_off_because", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(draft_id IS NULL) <> (case_id IS NULL)", name=op.f("ck_request_file_draft_or_case")
        ),
        _to("request_file", "draft_id", "request_draft", ondelete="CASCADE"),
        _to("request_file", "case_id", "review_case"),
        _to("request_file", "added_by_id", "person"),
        _to("request_file", "taken_off_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_file")),
        info={"scope": "file"},
    )
    op.create_index("ix_request_file_draft_id", "request_file", ["draft_id"])
    op.create_index("ix_request_file_case_id", "request_file", ["case_id"])
    op.create_table(
        "request_file_bytes",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("original", sa.LargeBinary(), nullable=False),
        sa.Column("copy", sa.LargeBinary(), nullable=True),
        _to("request_file_bytes", "file_id", "request_file", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_request_file_bytes")),
        info={"scope": "file"},
    )
    op.create_table(
        "original_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        _to("original_opening", "case_id", "review_case"),
        _to("original_opening", "file_id", "request_file"),
        _to("original_opening", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_original_opening")),
        info={"scope": "file"},
    )
    op.create_index("ix_original_opening_case_id", "original_opening", ["case_id"])
    op.create_index("ix_original_opening_file_id", "original_opening", ["file_id"])


def downgrade() -> None:
    for table in ("original_opening", "request_file_bytes", "request_file"):
        op.drop_table(table)


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40, create_constraint=True)


def _to(
    table: str, column: str, other: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)
