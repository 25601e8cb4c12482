"""A draft of a scheme beside its versions, and who put a version in force."""

import sqlalchemy as sa
from alembic import op

revision = "0014_scheme_drafts"
down_revision = "0013_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scheme_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="fk_scheme_draft_area_id_area"),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name="fk_scheme_draft_made_by_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name="fk_scheme_draft_changed_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_scheme_draft"),
        sa.UniqueConstraint("area_id", name="uq_scheme_draft_area_id"),
    )
    # The table has no checks that a copy on SQLite could lose.
    with op.batch_alter_table("scheme_version") as batch:
        batch.add_column(sa.Column("put_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("put_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(
            "fk_scheme_version_put_by_id_person", "person", ["put_by_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("scheme_version") as batch:
        batch.drop_constraint("fk_scheme_version_put_by_id_person", type_="foreignkey")
        batch.drop_column("put_at")
        batch.drop_column("put_by_id")
    op.drop_table("scheme_draft")
