"""Who ended a seat or a name on the panel; parties that were taken out of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0011_parties"
down_revision = "0010_report_states"
branch_labels = None
depends_on = None

ROLES = (
    "applicant_and_victim",
    "victim",
    "applicant_representative",
    "respondent",
    "witness",
)
ENDED = ("panel_seat", "panel_member")


def upgrade() -> None:
    # Written out: adding columns this way needs no copy of the table on SQLite, and a copy would
    # lose the checks of the other columns.
    for table in ENDED:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN left_by_id INTEGER "
            f"CONSTRAINT fk_{table}_left_by_id_person REFERENCES person (id)"
        )
    op.create_table(
        "removed_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(*ROLES, name="partyrole", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name="fk_removed_party_case_id_review_case"
        ),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["person.id"], name="fk_removed_party_removed_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_removed_party"),
        info={"scope": "party"},
    )
    op.create_index("ix_removed_party_case_id", "removed_party", ["case_id"])


def downgrade() -> None:
    op.drop_table("removed_party")
    for table in reversed(ENDED):
        op.execute(f"ALTER TABLE {table} DROP COLUMN left_by_id")
