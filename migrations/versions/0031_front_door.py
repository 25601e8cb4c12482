"""A request that the applicant sends themselves, and what is kept of it until then."""

import sqlalchemy as sa
from alembic import op

revision = "0031_front_door"
down_revision = "0030_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, column in (("review_case", "keyed_by_id"), ("case_event", "person_id")):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=sa.Integer(), nullable=True)
    op.create_table(
        "request_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_request_draft_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_request_draft_case_id_review_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_draft")),
        sa.UniqueConstraint("case_id", name=op.f("uq_request_draft_case_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_request_draft_reference")),
        info={"scope": "draft"},
    )
    op.create_index("ix_request_draft_area_id", "request_draft", ["area_id"])
    op.create_index("ix_request_draft_touched_at", "request_draft", ["touched_at"])


def downgrade() -> None:
    op.drop_table("request_draft")
    _name_a_coordinator()
    for table, column in (("case_event", "person_id"), ("review_case", "keyed_by_id")):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=sa.Integer(), nullable=False)


def _name_a_coordinator() -> None:
    """Put the area's first coordinator where nobody typed: the older table must have somebody."""
    case = sa.table("review_case", *(sa.column(c) for c in ("id", "area_id", "keyed_by_id")))
    event = sa.table("case_event", sa.column("case_id"), sa.column("person_id"))
    held = sa.table("role_held", *(sa.column(c) for c in ("person_id", "area_id", "role")))
    first = sa.select(sa.func.min(held.c.person_id)).where(held.c.role == "coordinator")
    of_case = first.where(held.c.area_id == case.c.area_id)
    op.execute(
        case.update()
        .where(case.c.keyed_by_id.is_(None))
        .values(keyed_by_id=of_case.scalar_subquery())
    )
    of_event = of_case.where(case.c.id == event.c.case_id).correlate(event)
    op.execute(
        event.update()
        .where(event.c.person_id.is_(None))
        .values(person_id=of_event.scalar_subquery())
    )
