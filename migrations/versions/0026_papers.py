"""Papers to one receiver, and a document that is an agenda."""

import sqlalchemy as sa
from alembic import op

revision = "0026_papers"
down_revision = "0025_adequacy"
branch_labels = None
depends_on = None

BEFORE = (
    "action-plan-panel",
    "action-plan-applicant",
    "letter-acknowledgement",
    "letter-threshold-met",
    "letter-threshold-not-met",
    "minutes",
)


def upgrade() -> None:
    _allow_documents((*BEFORE, "agenda"))
    op.create_table(
        "receiver_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=10), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "pack",
                "information-request",
                name="paperkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("receiver", sa.String(length=500), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("template_version", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("what_changed", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR agency_id IS NOT NULL",
            name=op.f("ck_receiver_paper_receiver_named"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_receiver_paper_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_receiver_paper_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_receiver_paper_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["person.id"], name=op.f("fk_receiver_paper_issued_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receiver_paper")),
        sa.UniqueConstraint("key", name=op.f("uq_receiver_paper_key")),
        sa.UniqueConstraint(
            "case_id",
            "kind",
            "number",
            "person_id",
            "agency_id",
            name=op.f("uq_receiver_paper_case_id_kind_number_person_id_agency_id"),
        ),
    )
    op.create_index(op.f("ix_receiver_paper_case_id"), "receiver_paper", ["case_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_receiver_paper_case_id"), table_name="receiver_paper")
    op.drop_table("receiver_paper")
    document = sa.table("document", sa.column("kind", sa.String()))
    op.execute(sa.delete(document).where(document.c.kind.not_in(BEFORE)))
    _allow_documents(BEFORE)


def _allow_documents(kinds: tuple[str, ...]) -> None:
    """Put another CHECK in the place of the kind's; on SQLite a copy drops the table's only one."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    name = op.f("ck_document_documentkind")
    with op.batch_alter_table("document") as batch_op:
        if op.get_context().dialect.name != "sqlite":
            batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"kind IN ({listed})")
