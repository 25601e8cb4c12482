"""A victim accepts a support worker, who then stands by them."""

import sqlalchemy as sa
from alembic import op

revision = "0023_support"
down_revision = "0022_opening"
branch_labels = None
depends_on = None

METHODS = ("written", "signed", "spoken", "online")


def upgrade() -> None:
    op.create_table(
        "support_accepted",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column("method", _one_of("consentmethod", METHODS), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "ended_at IS NOT NULL OR ended_by_id IS NULL",
            name="ck_support_accepted_ended_by_where_ended",
        ),
        _to("case_id", "review_case"),
        _to("party_id", "party"),
        _to("person_id", "person"),
        _to("recorded_by_id", "person"),
        _to("ended_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_support_accepted"),
        info={"scope": "support"},
    )
    op.create_index("ix_support_accepted_case_id", "support_accepted", ["case_id"])
    op.create_index("ix_support_accepted_person_id", "support_accepted", ["person_id"])
    in_force = sa.column("ended_at").is_(None)
    op.create_index(
        "uq_support_accepted_party_person_in_force",
        "support_accepted",
        ["party_id", "person_id"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )


def downgrade() -> None:
    op.drop_table("support_accepted")


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _to(column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_support_accepted_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
