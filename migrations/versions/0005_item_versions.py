"""Versions and withdrawals of shared items; what is shared already becomes its first version."""

import sqlalchemy as sa
from alembic import op

revision = "0005_item_versions"
down_revision = "0004_panel_membership"
branch_labels = None
depends_on = None

_FIRST_VERSIONS = """
INSERT INTO shared_item_version (
    item_id, number, title, happened_on, content, handling, told, words_for_applicant, reason,
    saved_at, saved_by_id
)
SELECT
    id, 1, title, happened_on, content, handling, told, words_for_applicant, '',
    shared_at, shared_by_id
FROM shared_item ORDER BY id
"""
_THEIR_AGENCIES = """
INSERT INTO shared_item_version_agency (version_id, agency_id)
SELECT shared_item_version.id, shared_item_agency.agency_id
FROM shared_item_agency
JOIN shared_item_version ON shared_item_version.item_id = shared_item_agency.item_id
"""


def upgrade() -> None:
    # Not in a batch: SQLite would copy the table and lose its CHECKs.
    op.add_column(
        "shared_item", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )
    op.create_table(
        "shared_item_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column(
            "handling",
            sa.Enum(
                "panel",
                "statutory",
                "named",
                "chair_and_coordinator",
                name="handling",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "told",
            sa.Enum(
                "no",
                "yes",
                "in_these_words",
                name="told",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words_for_applicant", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(told = 'in_these_words') = (words_for_applicant <> '')",
            name=op.f("ck_shared_item_version_words_where_told_so"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["shared_item.id"], name=op.f("fk_shared_item_version_item_id_shared_item")
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["person.id"], name=op.f("fk_shared_item_version_saved_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_item_version")),
        sa.UniqueConstraint(
            "item_id", "number", name=op.f("uq_shared_item_version_item_id_number")
        ),
        info={"scope": "shared_item"},
    )
    op.create_table(
        "shared_item_version_agency",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
            name=op.f("fk_shared_item_version_agency_agency_id_agency"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["shared_item_version.id"],
            name=op.f("fk_shared_item_version_agency_version_id_shared_item_version"),
        ),
        sa.PrimaryKeyConstraint(
            "version_id", "agency_id", name=op.f("pk_shared_item_version_agency")
        ),
        info={"scope": "shared_item"},
    )
    op.create_table(
        "shared_item_withdrawal",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["shared_item.id"],
            name=op.f("fk_shared_item_withdrawal_item_id_shared_item"),
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"],
            ["person.id"],
            name=op.f("fk_shared_item_withdrawal_withdrawn_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_shared_item_withdrawal")),
        info={"scope": "shared_item"},
    )
    op.execute(_FIRST_VERSIONS)
    op.execute(_THEIR_AGENCIES)


def downgrade() -> None:
    """Leave the newest text of each item; earlier versions and withdrawals are gone with it."""
    op.drop_table("shared_item_withdrawal")
    op.drop_table("shared_item_version_agency")
    op.drop_table("shared_item_version")
    op.drop_column("shared_item", "version")
