"""Invites change, are taken back and answered; rooms are kept; a meeting can be called off."""

import sqlalchemy as sa
from alembic import op

revision = "0020_invites"
down_revision = "0019_agenda"
branch_labels = None
depends_on = None

ANSWERS = ("accepted", "tentative", "declined", "delegated")
WAYS = ("button", "file", "office")
# The key of an invite says whose it is: meeting, number, sequence, to whom.
UID_OF = """
    UPDATE outbox_message SET invite_uid = (
        SELECT {uid} FROM meeting
        WHERE outbox_message.key LIKE 'meeting-' || meeting.id || '-%-{whom}%'
    ) WHERE invite IS NOT NULL AND key LIKE 'meeting-%-{whom}%'
"""
# Of those called off an older table holds one for each case: the last.
ONE_TOO_MANY = """
    SELECT id FROM meeting WHERE id NOT IN (
        SELECT max(id) FROM meeting GROUP BY case_id, called_off_at IS NULL
    ) OR (called_off_at IS NOT NULL AND case_id IN (
        SELECT case_id FROM (SELECT case_id FROM meeting WHERE called_off_at IS NULL) AS in_force
    ))
"""
# What was called off had no sitting: of the tables that name a meeting only these hold rows.
WHAT_NAMES_THEM = ("live_look", "agenda_item")


def upgrade() -> None:
    _add_rooms()
    _change_meeting()
    for name in ("interim_steps", "told_applicant"):
        op.execute(f"ALTER TABLE adjourned_sitting ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE outbox_message ADD COLUMN invite_uid VARCHAR(200)")
    op.create_index("ix_outbox_message_invite_uid", "outbox_message", ["invite_uid"])
    op.execute(UID_OF.format(uid="panel_uid", whom="panel-"))
    op.execute(UID_OF.format(uid="applicant_uid", whom="applicant"))
    _add_answers()


def downgrade() -> None:
    op.drop_table("invite_answer")
    op.drop_index("ix_outbox_message_invite_uid", "outbox_message")
    op.execute("ALTER TABLE outbox_message DROP COLUMN invite_uid")
    for name in ("told_applicant", "interim_steps"):
        op.execute(f"ALTER TABLE adjourned_sitting DROP COLUMN {name}")
    _delete_those_called_off()
    op.drop_index("uq_meeting_case_in_force", "meeting")
    with op.batch_alter_table("meeting") as batch:
        for name in ("room_id_room", "not_invited_by_id_person", "called_off_by_id_person"):
            batch.drop_constraint(f"fk_meeting_{name}", type_="foreignkey")
        for column in _new_in_meeting():
            batch.drop_column(column.name)
        batch.create_unique_constraint("uq_meeting_case_id", ["case_id"])
    op.drop_table("room")


def _delete_those_called_off() -> None:
    too_many = list(op.get_bind().exec_driver_sql(ONE_TOO_MANY).scalars())
    for name in WHAT_NAMES_THEM:
        table = sa.table(name, sa.column("meeting_id", sa.Integer))
        op.execute(table.delete().where(table.c.meeting_id.in_(too_many)))
    meeting = sa.table("meeting", sa.column("id", sa.Integer))
    op.execute(meeting.delete().where(meeting.c.id.in_(too_many)))


def _add_rooms() -> None:
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=110), nullable=False),
        sa.Column("access_notes", sa.String(length=500), nullable=False),
        sa.Column("join_link", sa.String(length=500), nullable=False),
        sa.Column("applicant_join_link", sa.String(length=500), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "join_link = '' OR join_link <> applicant_join_link", name="ck_room_links_apart"
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="fk_room_area_id_area"),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name="fk_room_changed_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_room"),
        sa.UniqueConstraint("area_id", "name", name="uq_room_area_id_name"),
        info={"scope": "room"},
    )


def _new_in_meeting() -> list[sa.Column]:
    zero, instant = {"nullable": False, "server_default": "0"}, sa.DateTime(timezone=True)
    return [
        sa.Column("time_sequence", sa.Integer(), **zero),
        sa.Column("applicant_sequence", sa.Integer(), **zero),
        sa.Column("applicant_time_sequence", sa.Integer(), **zero),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("is_applicant_invited", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("reasons_not_invited", sa.Text(), nullable=False, server_default=""),
        sa.Column("not_invited_at", instant, nullable=True),
        sa.Column("not_invited_by_id", sa.Integer(), nullable=True),
        sa.Column("called_off_at", instant, nullable=True),
        sa.Column("called_off_by_id", sa.Integer(), nullable=True),
        sa.Column("called_off_reason", sa.String(length=500), nullable=False, server_default=""),
    ]


def _change_meeting() -> None:
    # The table has no checks that a copy on SQLite could lose.
    with op.batch_alter_table("meeting") as batch:
        batch.drop_constraint("uq_meeting_case_id", type_="unique")
        for column in _new_in_meeting():
            batch.add_column(column)
        batch.create_foreign_key("fk_meeting_room_id_room", "room", ["room_id"], ["id"])
        for name in ("not_invited_by_id", "called_off_by_id"):
            batch.create_foreign_key(f"fk_meeting_{name}_person", "person", [name], ["id"])
    in_force = sa.column("called_off_at").is_(None)
    op.create_index(
        "uq_meeting_case_in_force",
        "meeting",
        ["case_id"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )
    op.execute("UPDATE meeting SET applicant_sequence = sequence")


def _add_answers() -> None:
    op.create_table(
        "invite_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("answer", _one_of("answertoinvite", ANSWERS), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(length=500), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("way", _one_of("answerway", WAYS), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answer = 'delegated') = (delegate_id IS NOT NULL)",
            name="ck_invite_answer_delegate_where_delegated",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name="fk_invite_answer_meeting_id_meeting"
        ),
        *(
            sa.ForeignKeyConstraint([name], ["person.id"], name=f"fk_invite_answer_{name}_person")
            for name in ("person_id", "delegate_id", "recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invite_answer"),
        info={"scope": "invite_answer"},
    )
    op.create_index("ix_invite_answer_meeting_id", "invite_answer", ["meeting_id"])


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
