"""Whether reports were found and who made them; who agreed to a decision; what is still needed."""

import sqlalchemy as sa
from alembic import op

revision = "0010_report_states"
down_revision = "0009_clocks"
branch_labels = None
depends_on = None

STATES = ("claimed", "confirmed", "not_traced")
REPORTERS = ("party", "somebody_else", "not_known")


def upgrade() -> None:
    op.create_table(
        "report_state_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *STATES, name="reportstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("said_by", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("is_by_office", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_report_state_change_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk_report_state_change_recorded_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_state_change_report_id_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_state_change")),
        info={"scope": "incident"},
    )
    op.create_index(
        op.f("ix_report_state_change_case_id"), "report_state_change", ["case_id"], unique=False
    )
    op.create_table(
        "decision_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("got_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("got_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_decision_need_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_decision_need_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_decision_need_case_id_review_case")
        ),
        sa.ForeignKeyConstraint(
            ["got_by_id"], ["person.id"], name=op.f("fk_decision_need_got_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_need")),
        info={"scope": "decision_need"},
    )
    op.create_index(op.f("ix_decision_need_case_id"), "decision_need", ["case_id"], unique=False)
    _add_columns()


def _add_columns() -> None:
    # Written out: adding columns this way needs no copy of the table on SQLite, and a copy would
    # lose the checks of the other columns.
    listed = ", ".join(f"'{word}'" for word in REPORTERS)
    op.execute(
        "ALTER TABLE report ADD COLUMN reporter VARCHAR(40) "
        f"CONSTRAINT ck_report_reporter CHECK (reporter IN ({listed}))"
    )
    op.execute(
        "ALTER TABLE report ADD COLUMN reporter_id INTEGER "
        "CONSTRAINT fk_report_reporter_id_party REFERENCES party (id) "
        "CONSTRAINT ck_report_party_where_reporter "
        "CHECK ((reporter_id IS NULL) OR (reporter = 'party'))"
    )
    op.execute(
        "ALTER TABLE party ADD COLUMN household_of_id INTEGER "
        "CONSTRAINT fk_party_household_of_id_party REFERENCES party (id)"
    )
    op.execute("ALTER TABLE decision_body ADD COLUMN agreed_on DATE")
    op.execute("ALTER TABLE decision_body ADD COLUMN said_by VARCHAR(200) DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE threshold_decision ADD COLUMN answers JSON DEFAULT '{}' NOT NULL")


def downgrade() -> None:
    for table, column in (
        ("threshold_decision", "answers"),
        ("decision_body", "said_by"),
        ("decision_body", "agreed_on"),
        ("party", "household_of_id"),
        ("report", "reporter_id"),
        ("report", "reporter"),
    ):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    op.drop_table("decision_need")
    op.drop_table("report_state_change")
