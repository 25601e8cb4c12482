"""Powers switched on and considered, recommendations, joint actions, actions without an owner."""

import sqlalchemy as sa
from alembic import op

revision = "0018_powers"
down_revision = "0017_minutes"
branch_labels = None
depends_on = None

RESULTS = ("used", "possible_now", "later", "not_right")
REASONS = (
    "test_not_met", "evidence", "not_proportionate", "needs_of_person", "would_harm_applicant",
    "other_agency",
)  # fmt: skip


def upgrade() -> None:
    _may_lack_owner_and_day(True)
    op.execute("ALTER TABLE action ADD COLUMN power VARCHAR(60) DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE meeting_decision ADD COLUMN version INTEGER DEFAULT 1 NOT NULL")
    op.add_column("meeting_decision", sa.Column("changed_at", sa.DateTime(timezone=True)))
    op.execute(
        "ALTER TABLE meeting_decision ADD COLUMN changed_by_id INTEGER "
        "CONSTRAINT fk_meeting_decision_changed_by_id_person REFERENCES person (id)"
    )
    op.create_table(
        "action_agency",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name="fk_action_agency_action_id_action"
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name="fk_action_agency_agency_id_agency"
        ),
        sa.PrimaryKeyConstraint("action_id", "agency_id", name="pk_action_agency"),
        info={"scope": "action"},
    )
    _power_switch()
    _power_considered()
    _recommendation()


def _may_lack_owner_and_day(may: bool) -> None:
    # SQLite makes the table again and does not know its checks.
    check = sa.CheckConstraint(
        "words_for_applicant = '' OR reason_not_told = ''",
        name=op.f("ck_action_words_or_reason"),
    )
    with op.batch_alter_table("action", table_args=(check,)) as batch:
        batch.alter_column("owner_id", existing_type=sa.Integer(), nullable=may)
        batch.alter_column("due_on", existing_type=sa.Date(), nullable=may)


def _power_switch() -> None:
    op.create_table(
        "power_switch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("power", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("switched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("switched_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="fk_power_switch_area_id_area"),
        sa.ForeignKeyConstraint(
            ["switched_by_id"], ["person.id"], name="fk_power_switch_switched_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_power_switch"),
        sa.UniqueConstraint(
            "area_id", "power", "number", name="uq_power_switch_area_id_power_number"
        ),
    )


def _edited(table: str) -> list[sa.Column | sa.ForeignKeyConstraint]:
    """Return what a table has that two people may change at once, with its key and its case."""
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=f"fk_{table}_case_id_review_case"
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=f"fk_{table}_changed_by_id_person"
        ),
    ]


def _power_considered() -> None:
    op.create_table(
        "power_considered",
        *_edited("power_considered"),
        sa.Column("power", sa.String(length=60), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("result", _words(RESULTS, "result"), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("why_not", _words(REASONS, "why_not"), nullable=True),
        sa.CheckConstraint(
            "(result = 'not_right') = (why_not IS NOT NULL)",
            name=op.f("ck_power_considered_code_if_not"),
        ),
        sa.CheckConstraint("words <> ''", name=op.f("ck_power_considered_words")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name="fk_power_considered_agency_id_agency"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_power_considered"),
        sa.UniqueConstraint("case_id", "number", name="uq_power_considered_case_id_number"),
        sa.UniqueConstraint(
            "case_id", "power", "agency_id", name="uq_power_considered_case_id_power_agency_id"
        ),
        info={"scope": "power_considered"},
    )


def _words(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _recommendation() -> None:
    op.create_table(
        "recommendation",
        *_edited("recommendation"),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_on", sa.Date(), nullable=True),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("words_for_applicant", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recommendation"),
        sa.UniqueConstraint("case_id", "number", name="uq_recommendation_case_id_number"),
        info={"scope": "recommendation"},
    )


def downgrade() -> None:
    for table in ("recommendation", "power_considered", "power_switch", "action_agency"):
        op.drop_table(table)
    for column in ("changed_by_id", "changed_at", "version"):
        op.execute(f"ALTER TABLE meeting_decision DROP COLUMN {column}")
    op.execute("ALTER TABLE action DROP COLUMN power")
    # An action without owner or day has no place in the older table.
    incomplete = "SELECT id FROM action WHERE owner_id IS NULL OR due_on IS NULL"
    op.execute(f"DELETE FROM action_passed_on WHERE action_id IN ({incomplete})")  # noqa: S608  # a constant of this file
    op.execute("DELETE FROM action WHERE owner_id IS NULL OR due_on IS NULL")
    _may_lack_owner_and_day(False)
