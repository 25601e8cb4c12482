"""Letters to the applicant: drafts, what they promised, and what an office says of itself."""

import sqlalchemy as sa
from alembic import op

revision = "0013_letters"
down_revision = "0012_risk"
branch_labels = None
depends_on = None

PLANS = ("action-plan-panel", "action-plan-applicant")
LETTERS = ("acknowledgement", "threshold-met", "threshold-not-met")
TOPICS = ("post", "complaints", "council", "housing", "police", "health", "appeal", "support")


def _one_of(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    _allow_documents((*PLANS, *(f"letter-{kind}" for kind in LETTERS)))
    op.execute("ALTER TABLE document ADD COLUMN what_changed TEXT DEFAULT '' NOT NULL")
    op.create_table(
        "letter_draft",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of("letterkind", LETTERS), nullable=False),
        sa.Column("salutation", sa.String(length=200), nullable=False),
        sa.Column("spoc_name", sa.String(length=200), nullable=False),
        sa.Column("spoc_phone", sa.String(length=40), nullable=False),
        sa.Column("spoc_hours", sa.String(length=200), nullable=False),
        sa.Column("spoc_cover", sa.String(length=200), nullable=False),
        sa.Column("how_we_reach_you", sa.String(length=500), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("report_words", sa.JSON(), nullable=False),
        sa.Column("factors", sa.Text(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("what_would_change", sa.Text(), nullable=False),
        sa.Column("next_contact_on", sa.Date(), nullable=True),
        sa.Column("what_changed", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_letter_draft_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_letter_draft_changed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("case_id", "kind", name=op.f("pk_letter_draft")),
    )
    op.create_table(
        "onward_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_onward_step_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_onward_step_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_onward_step_agency_id_agency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onward_step")),
        sa.UniqueConstraint(
            "document_id", "number", name=op.f("uq_onward_step_document_id_number")
        ),
    )
    op.create_index(op.f("ix_onward_step_case_id"), "onward_step", ["case_id"], unique=False)
    op.create_table(
        "area_words",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("topic", _one_of("topic", TOPICS), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_words_area_id_area")),
        sa.PrimaryKeyConstraint("area_id", "topic", name=op.f("pk_area_words")),
    )


def downgrade() -> None:
    op.drop_table("area_words")
    op.drop_index(op.f("ix_onward_step_case_id"), table_name="onward_step")
    op.drop_table("onward_step")
    op.drop_table("letter_draft")
    document = sa.table("document", sa.column("kind", sa.String()))
    op.execute(sa.delete(document).where(document.c.kind.not_in(PLANS)))
    op.execute("ALTER TABLE document DROP COLUMN what_changed")
    _allow_documents(PLANS)


def _allow_documents(kinds: tuple[str, ...]) -> None:
    """Put another CHECK in the place of the kind's; on SQLite a copy drops the table's only one."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    name = op.f("ck_document_documentkind")
    with op.batch_alter_table("document") as batch_op:
        if op.get_context().dialect.name != "sqlite":
            batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"kind IN ({listed})")
