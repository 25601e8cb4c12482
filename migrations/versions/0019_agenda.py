"""The agenda of a meeting with its times and notes, and what the open pages of it need."""

import sqlalchemy as sa
from alembic import op

revision = "0019_agenda"
down_revision = "0018_powers"
branch_labels = None
depends_on = None

TOPICS = (
    "pre_brief", "attendance", "confidentiality", "opening", "applicant_leaves", "chronology",
    "accounts", "restricted", "risk", "adequacy", "powers", "actions", "recommendations",
    "telling", "close", "other",
)  # fmt: skip
PARTS = ("open", "closed", "restricted")


def upgrade() -> None:
    op.execute("ALTER TABLE meeting ADD COLUMN stamp INTEGER NOT NULL DEFAULT 0")
    op.execute("ALTER TABLE attendance ADD COLUMN is_observer BOOLEAN NOT NULL DEFAULT false")
    _add_agenda()
    _add_notes()
    _add_live()


def _add_agenda() -> None:
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("topic", _one_of(TOPICS, "topic"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("part", _one_of(PARTS, "part"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("lead", sa.String(length=200), nullable=False),
        sa.Column("recorded", sa.String(length=200), nullable=False),
        *_edited("agenda_item"),
        _of_meeting("agenda_item"),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_item"),
        sa.UniqueConstraint("meeting_id", "key", name="uq_agenda_item_meeting_id_key"),
        info={"scope": "agenda"},
    )
    op.create_table(
        "agenda_span",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        _of_meeting("agenda_span"),
        _of_item("agenda_span"),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_span"),
        info={"scope": "agenda"},
    )
    op.create_index("ix_agenda_span_meeting_id", "agenda_span", ["meeting_id"])


def _add_notes() -> None:
    op.create_table(
        "item_note",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_edited("item_note"),
        _of_item("item_note"),
        _of_meeting("item_note"),
        sa.PrimaryKeyConstraint("item_id", name="pk_item_note"),
        info={"scope": "note"},
    )
    op.create_index("ix_item_note_meeting_id", "item_note", ["meeting_id"])
    op.create_table(
        "item_note_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_at_close", sa.Boolean(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=False),
        _of_item("item_note_version"),
        sa.ForeignKeyConstraint(
            ["kept_by_id"], ["person.id"], name="fk_item_note_version_kept_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_item_note_version"),
        sa.UniqueConstraint("item_id", "number", name="uq_item_note_version_item_id_number"),
        info={"scope": "note"},
    )


def _add_live() -> None:
    op.create_table(
        "writing",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("thing", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name="fk_writing_case_id_review_case"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_writing_person_id_person"),
        sa.PrimaryKeyConstraint("case_id", "thing", "person_id", name="pk_writing"),
        info={"scope": "live"},
    )
    op.create_table(
        "live_look",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        _of_meeting("live_look"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_live_look_person_id_person"),
        sa.PrimaryKeyConstraint("meeting_id", "sitting", "person_id", name="pk_live_look"),
        info={"scope": "live"},
    )


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _of_meeting(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["meeting_id"], ["meeting.id"], name=f"fk_{table}_meeting_id_meeting"
    )


def _of_item(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["item_id"], ["agenda_item.id"], name=f"fk_{table}_item_id_agenda_item"
    )


def _edited(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=f"fk_{table}_changed_by_id_person"
        ),
    )


def downgrade() -> None:
    for table in (
        "live_look",
        "writing",
        "item_note_version",
        "item_note",
        "agenda_span",
        "agenda_item",
    ):
        op.drop_table(table)
    op.execute("ALTER TABLE attendance DROP COLUMN is_observer")
    op.execute("ALTER TABLE meeting DROP COLUMN stamp")
