"""What an area's office tells the public, and whom the public can turn to."""

import sqlalchemy as sa
from alembic import op

revision = "0032_public_pages"
down_revision = "0031_front_door"
branch_labels = None
depends_on = None

KINDS = ("support", "report", "complaint")


def upgrade() -> None:
    op.create_table(
        "public_page",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("phone_hours", sa.String(length=200), nullable=False),
        sa.Column("visits", sa.String(length=500), nullable=False),
        sa.Column("formats", sa.String(length=500), nullable=False),
        sa.Column("data_officer", sa.String(length=500), nullable=False),
        sa.Column("retention_years", sa.Integer(), nullable=True),
        sa.Column("exit_address", sa.String(length=500), nullable=False),
        *_edited(),
        sa.CheckConstraint(
            "retention_years BETWEEN 1 AND 100", name=op.f("ck_public_page_retention_years")
        ),
        *_keys("public_page"),
        sa.PrimaryKeyConstraint("area_id", name="pk_public_page"),
    )
    op.create_table(
        "directory_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("kind", _kind(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("web", sa.String(length=500), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("is_free", sa.Boolean(), nullable=False),
        *_edited(),
        sa.CheckConstraint(
            "phone <> '' OR web <> '' OR email <> ''",
            name=op.f("ck_directory_entry_can_be_reached"),
        ),
        *_keys("directory_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_directory_entry"),
        sa.UniqueConstraint("area_id", "kind", "name", name="uq_directory_entry_area_id_kind_name"),
    )


def downgrade() -> None:
    op.drop_table("directory_entry")
    op.drop_table("public_page")


def _edited() -> list[sa.Column]:
    return [
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
    ]


def _keys(table: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")
        for column, other in (("area_id", "area"), ("changed_by_id", "person"))
    ]


def _kind() -> sa.Enum:
    return sa.Enum(
        *KINDS,
        name="entrykind",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
