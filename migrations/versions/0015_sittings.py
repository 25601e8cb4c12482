"""A meeting can adjourn to another sitting; each sitting has its own attendance, with times."""

import sqlalchemy as sa
from alembic import op

revision = "0015_sittings"
down_revision = "0014_scheme_drafts"
branch_labels = None
depends_on = None

PRESENCES = ("present", "remote", "apologies", "absent", "left_early")
TO_FIRST_SITTING = """
    INSERT INTO attendance (meeting_id, person_id, agency_id, is_required, presence, sitting)
    SELECT meeting_id, person_id, agency_id, is_required, presence, 1 FROM attendance_kept
"""
FROM_FIRST_SITTING = """
    INSERT INTO attendance (meeting_id, person_id, agency_id, is_required, presence)
    SELECT meeting_id, person_id, agency_id, is_required, presence FROM attendance_kept
    WHERE sitting = 1
"""


def upgrade() -> None:
    op.execute("ALTER TABLE meeting ADD COLUMN sitting INTEGER NOT NULL DEFAULT 1")
    op.create_table(
        "adjourned_sitting",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adjourned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adjourned_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name="fk_adjourned_sitting_meeting_id_meeting"
        ),
        sa.ForeignKeyConstraint(
            ["adjourned_by_id"], ["person.id"], name="fk_adjourned_sitting_adjourned_by_id_person"
        ),
        sa.PrimaryKeyConstraint("meeting_id", "number", name="pk_adjourned_sitting"),
        info={"scope": "meeting"},
    )
    _made_anew(
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        key=("meeting_id", "sitting", "person_id"),
        copy=TO_FIRST_SITTING,
    )


def downgrade() -> None:
    # What was recorded of later sittings has no place in the older table.
    _made_anew(key=("meeting_id", "person_id"), copy=FROM_FIRST_SITTING)
    op.drop_table("adjourned_sitting")
    op.execute("ALTER TABLE meeting DROP COLUMN sitting")


def _made_anew(*columns: sa.Column, key: tuple[str, ...], copy: str) -> None:
    """Make the attendance again under another key, which SQLite cannot change in place."""
    op.execute("CREATE TABLE attendance_kept AS SELECT * FROM attendance")
    op.drop_table("attendance")
    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        *columns,
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column(
            "presence",
            sa.Enum(
                *PRESENCES, name="presence", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name="fk_attendance_agency_id_agency"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name="fk_attendance_meeting_id_meeting"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_attendance_person_id_person"
        ),
        sa.PrimaryKeyConstraint(*key, name="pk_attendance"),
        info={"scope": "meeting"},
    )
    op.execute(copy)
    op.drop_table("attendance_kept")
