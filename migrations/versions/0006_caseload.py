"""What lists are sorted by, kept with the case; words by which a case is found."""

import sqlalchemy as sa
from alembic import op

revision = "0006_caseload"
down_revision = "0005_item_versions"
branch_labels = None
depends_on = None

CLOCKS = (
    "acknowledge",
    "agency_return",
    "threshold_decision",
    "meeting",
    "pack_out",
    "action_plan",
    "appeal_threshold",
    "appeal_conduct",
    "appeal_sift",
    "appeal_outcome",
    "feedback",
)
# These are rights of the applicant that end, not things that somebody has to do.
NOT_WAITING = ("appeal_threshold", "appeal_conduct")


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def upgrade() -> None:
    # Written out: adding columns this way needs no copy of the table on SQLite, and a copy would
    # lose the checks of the other columns.
    op.execute("ALTER TABLE review_case ADD COLUMN next_due_on DATE DEFAULT '9999-12-31' NOT NULL")
    op.execute(
        "ALTER TABLE review_case ADD COLUMN next_clock VARCHAR(40) "
        f"CONSTRAINT ck_review_case_clock CHECK (next_clock IN ({_listed(CLOCKS)}))"
    )
    _fill()
    op.create_index(
        "ix_review_case_area_due", "review_case", ["area_id", "next_due_on", "reference"]
    )
    op.create_index(
        "ix_review_case_area_stage_due",
        "review_case",
        ["area_id", "stage", "next_due_on", "reference"],
    )
    op.create_index("ix_action_owner_agency_due", "action", ["owner_agency_id", "due_on"])
    op.create_index("ix_action_owner_due", "action", ["owner_id", "due_on"])
    op.create_table(
        "search_term",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reference",
                "party",
                "place",
                "contact",
                name="termkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "term",
            sa.String(length=80).with_variant(sa.String(length=80, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_search_term_case_id_review_case")
        ),
        sa.PrimaryKeyConstraint("case_id", "kind", "term", name=op.f("pk_search_term")),
    )
    op.create_index("ix_search_term_term", "search_term", ["term", "case_id"])


def _fill() -> None:
    """Work out the next clock of every case: the first to end; of two on a day, by its name."""
    first = (
        "SELECT {column} FROM case_clock WHERE case_clock.case_id = review_case.id "  # noqa: S608  # constants of this file
        f"AND stopped_on IS NULL AND clock NOT IN ({_listed(NOT_WAITING)}) "
        "ORDER BY due_on, clock LIMIT 1"
    )
    op.execute(
        f"UPDATE review_case SET next_clock = ({first.format(column='clock')}), "  # noqa: S608  # constants of this file
        f"next_due_on = COALESCE(({first.format(column='due_on')}), '9999-12-31')"
    )


def downgrade() -> None:
    op.drop_index("ix_search_term_term", table_name="search_term")
    op.drop_table("search_term")
    op.drop_index("ix_action_owner_due", table_name="action")
    op.drop_index("ix_action_owner_agency_due", table_name="action")
    op.drop_index("ix_review_case_area_stage_due", table_name="review_case")
    op.drop_index("ix_review_case_area_due", table_name="review_case")
    op.execute("ALTER TABLE review_case DROP COLUMN next_clock")
    op.execute("ALTER TABLE review_case DROP COLUMN next_due_on")
