"""Answers about who asks for reviews, apart from every case; a draft only knows it has some."""

import sqlalchemy as sa
from alembic import op

revision = "0039_equality"
down_revision = "0038_draft_links"
branch_labels = None
depends_on = None

ANSWERS = {
    "age_band": (
        "under_18", "18_24", "25_34", "35_44", "45_54", "55_64", "65_74", "75_or_over", "not_said",
    ),
    "sex": ("female", "male", "not_said"),
    "same_as_at_birth": ("yes", "no", "not_said"),
    "ethnicity": ("asian", "black", "mixed", "white", "other", "not_said"),
    "religion": (
        "none", "buddhist", "christian", "hindu", "jewish", "muslim", "sikh", "other", "not_said",
    ),
    "disability": ("a_lot", "a_little", "no", "not_said"),
    "orientation": ("straight", "gay_or_lesbian", "bisexual", "other", "not_said"),
}  # fmt: skip
TABLE = "equality_answer"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE request_draft ADD COLUMN is_equality_answered BOOLEAN NOT NULL DEFAULT false"
    )
    op.create_table(
        TABLE,
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("lga_id", sa.Integer(), nullable=False),
        sa.Column("half_year", sa.String(length=6), nullable=False),
        *(sa.Column(name, _one_of(name), nullable=True) for name in ANSWERS),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=f"fk_{TABLE}_area_id_area"),
        sa.ForeignKeyConstraint(
            ["lga_id"],
            ["local_government_area.id"],
            name=f"fk_{TABLE}_lga_id_local_government_area",
        ),
        sa.PrimaryKeyConstraint("key", name=f"pk_{TABLE}"),
        info={"scope": "equality"},
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table(TABLE)
    op.execute("ALTER TABLE request_draft DROP COLUMN is_equality_answered")


def _one_of(name: str) -> sa.Enum:
    return sa.Enum(
        *ANSWERS[name],
        name=name.replace("_", ""),
        native_enum=False,
        create_constraint=True,
        length=40,
    )
