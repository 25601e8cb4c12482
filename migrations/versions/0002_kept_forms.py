"""Who changed a thing last; forms kept for a person who was signed out; lists of the log."""

import sqlalchemy as sa
from alembic import op

revision = "0002_kept_forms"
down_revision = "0001_first_case"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_kept_form_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_form")),
        sa.UniqueConstraint("person_id", "path", name=op.f("uq_kept_form_person_id_path")),
    )
    op.create_index(op.f("ix_kept_form_kept_at"), "kept_form", ["kept_at"])
    op.create_index("ix_log_entry_reference", "log_entry", ["chain", "reference", "number"])
    op.create_index("ix_log_entry_person", "log_entry", ["chain", "person_id", "number"])
    with op.batch_alter_table("action") as batch:
        batch.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("changed_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_action_changed_by_id_person"), "person", ["changed_by_id"], ["id"]
        )
    with op.batch_alter_table("plan_draft") as batch:
        batch.alter_column("changed_at", existing_type=sa.DateTime(timezone=True), nullable=True)
        batch.add_column(sa.Column("changed_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_plan_draft_changed_by_id_person"), "person", ["changed_by_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("plan_draft") as batch:
        batch.drop_constraint(batch.f("fk_plan_draft_changed_by_id_person"), type_="foreignkey")
        batch.drop_column("changed_by_id")
        batch.alter_column("changed_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    with op.batch_alter_table("action") as batch:
        batch.drop_constraint(batch.f("fk_action_changed_by_id_person"), type_="foreignkey")
        batch.drop_column("changed_by_id")
        batch.drop_column("changed_at")
    op.drop_index("ix_log_entry_person", table_name="log_entry")
    op.drop_index("ix_log_entry_reference", table_name="log_entry")
    op.drop_index(op.f("ix_kept_form_kept_at"), table_name="kept_form")
    op.drop_table("kept_form")
