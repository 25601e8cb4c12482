"""The minutes of the meeting: the draft, its texts, and a document that is minutes."""

import sqlalchemy as sa
from alembic import op

revision = "0017_minutes"
down_revision = "0016_consent_for"
branch_labels = None
depends_on = None

BEFORE = (
    "action-plan-panel",
    "action-plan-applicant",
    "letter-acknowledgement",
    "letter-threshold-met",
    "letter-threshold-not-met",
)
SECTIONS = (
    "attendance",
    "bodies",
    "opening",
    "timeline",
    "accounts",
    "risk",
    "adequacy",
    "powers",
    "decisions",
    "actions",
    "recommendations",
    "communication",
    "interim",
    "lessons",
    "next",
    "disagreement",
)


def upgrade() -> None:
    _allow_documents((*BEFORE, "minutes"))
    op.create_table(
        "minutes_draft",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("what_changed", sa.Text(), nullable=False),
        sa.Column("sent_round_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("correct_until", sa.Date(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        *_edited("minutes_draft"),
        sa.CheckConstraint(
            "(sent_round_at IS NULL) = (correct_until IS NULL)",
            name=op.f("ck_minutes_draft_sent_round_until"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_minutes_draft_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"], ["person.id"], name=op.f("fk_minutes_draft_agreed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_minutes_draft")),
    )
    sections = sa.Enum(
        *SECTIONS, name="section", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "minutes_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("section", sections, nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        *_edited("minutes_text"),
        sa.CheckConstraint(
            "(section = 'accounts') = (agency_id IS NOT NULL)",
            name=op.f("ck_minutes_text_account_of_agency"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_minutes_text_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_minutes_text_agency_id_agency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_text")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_minutes_text_case_id_number")),
    )


def downgrade() -> None:
    op.drop_table("minutes_text")
    op.drop_table("minutes_draft")
    document = sa.table("document", sa.column("kind", sa.String()))
    op.execute(sa.delete(document).where(document.c.kind.not_in(BEFORE)))
    _allow_documents(BEFORE)


def _edited(table: str) -> tuple[sa.Column[int] | sa.Column[object] | sa.Constraint, ...]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f(f"fk_{table}_changed_by_id_person")
        ),
    )


def _allow_documents(kinds: tuple[str, ...]) -> None:
    """Put another CHECK in the place of the kind's; on SQLite a copy drops the table's only one."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    name = op.f("ck_document_documentkind")
    with op.batch_alter_table("document") as batch_op:
        if op.get_context().dialect.name != "sqlite":
            batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"kind IN ({listed})")
