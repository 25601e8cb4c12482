"""The request page by page: who has a draft open, and what only the office reads of it."""

import sqlalchemy as sa
from alembic import op

revision = "0035_wizard"
down_revision = "0034_not_invited"
branch_labels = None
depends_on = None

SUPPORT = ("contact_me", "tell_me_more", "not_now")
TAKING_PART = ("attends", "statement", "somebody_else", "not_known")
NOW_ALSO = "no"
_RECORDED = ("consent", "contact_consent")


def upgrade() -> None:
    for table in _RECORDED:
        with op.batch_alter_table(table) as batch:
            batch.alter_column("recorded_by_id", existing_type=sa.Integer(), nullable=True)
    _let_taking_part_be((*TAKING_PART, NOW_ALSO))
    op.create_table(
        "draft_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["request_draft.id"],
            name=op.f("fk_draft_hold_draft_id_request_draft"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_draft_hold_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_hold")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_draft_hold_key_hash")),
        info={"scope": "draft"},
    )
    op.create_index("ix_draft_hold_draft_id", "draft_hold", ["draft_id"])
    op.create_table(
        "sent_request",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("keep_from", sa.Text(), nullable=False),
        sa.Column("other_names", sa.String(length=200), nullable=False),
        sa.Column("earlier_address", sa.String(length=500), nullable=False),
        sa.Column("wants_call", sa.Boolean(), nullable=False),
        sa.Column(
            "support",
            sa.Enum(*SUPPORT, name="supportwanted", native_enum=False, length=40),
            nullable=True,
        ),
        sa.CheckConstraint(f"support IN {SUPPORT}", name=op.f("ck_sent_request_supportwanted")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_sent_request_case_id_review_case")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_sent_request")),
        info={"scope": "sent_request"},
    )
    op.create_table(
        "source_count",
        sa.Column("source_hash", sa.String(length=64), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source_hash", "hour", name=op.f("pk_source_count")),
    )


def downgrade() -> None:
    op.drop_table("source_count")
    op.drop_table("sent_request")
    op.drop_table("draft_hold")
    details = sa.table("request_details", sa.column("taking_part"))
    op.execute(
        details.update().where(details.c.taking_part == NOW_ALSO).values(taking_part="not_known")
    )
    _let_taking_part_be(TAKING_PART)
    for table in _RECORDED:
        _name_a_coordinator(table)
        with op.batch_alter_table(table) as batch:
            batch.alter_column("recorded_by_id", existing_type=sa.Integer(), nullable=False)


def _let_taking_part_be(values: tuple[str, ...]) -> None:
    name = op.f("ck_request_details_takingpart")
    with op.batch_alter_table("request_details") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"taking_part IN {values}")


def _name_a_coordinator(table: str) -> None:
    """Put the area's first coordinator where nobody recorded: the older table must have one."""
    row = sa.table(table, sa.column("case_id"), sa.column("recorded_by_id"))
    case = sa.table("review_case", sa.column("id"), sa.column("area_id"))
    held = sa.table("role_held", *(sa.column(c) for c in ("person_id", "area_id", "role")))
    first = (
        sa.select(sa.func.min(held.c.person_id))
        .where(
            held.c.role == "coordinator",
            held.c.area_id == case.c.area_id,
            case.c.id == row.c.case_id,
        )
        .correlate(row)
    )
    op.execute(
        row.update()
        .where(row.c.recorded_by_id.is_(None))
        .values(recorded_by_id=first.scalar_subquery())
    )
