"""An office's own Word templates, and PDFs of what was issued."""

import sqlalchemy as sa
from alembic import op

revision = "0027_templates"
down_revision = "0026_papers"
branch_labels = None
depends_on = None

STATES = ("waiting", "making", "there", "failed")


def upgrade() -> None:
    op.create_table(
        "template_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=False),
        _to("template_version", "area_id", "area"),
        _to("template_version", "kept_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_template_version"),
        _unique("template_version"),
    )
    op.create_table(
        "template_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(taken_back_at IS NULL) = (taken_back_by_id IS NULL)",
            name="ck_template_choice_taken_back_by",
        ),
        _to("template_choice", "area_id", "area"),
        _to("template_choice", "template_id", "template_version"),
        _to("template_choice", "chosen_by_id", "person"),
        _to("template_choice", "taken_back_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_template_choice"),
        _unique("template_choice"),
    )
    op.create_table(
        "document_pdf",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        *_of_pdf(),
        _to("document_pdf", "document_id", "document"),
        _to("document_pdf", "case_id", "review_case"),
        _to("document_pdf", "asked_by_id", "person"),
        sa.PrimaryKeyConstraint("document_id", name="pk_document_pdf"),
        info={"scope": "pdf"},
    )
    op.create_index("ix_document_pdf_case_id", "document_pdf", ["case_id"])
    op.create_table(
        "template_pdf",
        sa.Column("template_id", sa.Integer(), nullable=False),
        *_of_pdf(),
        _to("template_pdf", "template_id", "template_version"),
        _to("template_pdf", "asked_by_id", "person"),
        sa.PrimaryKeyConstraint("template_id", name="pk_template_pdf"),
    )


def downgrade() -> None:
    for table in ("template_pdf", "document_pdf", "template_choice", "template_version"):
        op.drop_table(table)


def _unique(table: str) -> sa.UniqueConstraint:
    name = f"uq_{table}_area_id_kind_number"
    return sa.UniqueConstraint("area_id", "kind", "number", name=name)


def _of_pdf() -> list[sa.Column[object]]:
    state = sa.Enum(*STATES, name="pdfstate", native_enum=False, create_constraint=True, length=40)
    return [
        sa.Column("state", state, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=500), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
    ]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
