"""A plan has an order, consultations with what was said, and issues that say what has changed."""

import sqlalchemy as sa
from alembic import op

revision = "0028_plan"
down_revision = "0027_templates"
branch_labels = None
depends_on = None

WAYS = ("paper", "phone", "page")
OUTCOMES = ("said", "did_not_want", "not_reached")

# A day with no words was an applicant who was asked and did not want to be consulted.
TO_ROWS = """
    INSERT INTO consultation (
        case_id, number, way, asked_on, words, sha256, template_version, outcome, answer,
        answered_on, what_changed, not_again_because, not_again_words, version
    )
    SELECT case_id, 1, 'phone', consulted_on, '', '', '',
        CASE WHEN what_applicant_said = '' THEN 'did_not_want' ELSE 'said' END,
        what_applicant_said, consulted_on,
        CASE WHEN what_applicant_said = '' THEN '' ELSE 'Not written down apart' END, '', '', 1
    FROM plan_draft WHERE consulted_on IS NOT NULL
"""
# The newest answer is the one that the older table has room for.
NEWEST = """
    SELECT {column} FROM consultation
    WHERE consultation.case_id = plan_draft.case_id AND outcome IS NOT NULL
    ORDER BY consultation.number DESC LIMIT 1
"""
ISSUES = """
    INSERT INTO plan_issue (case_id, number, issued_at, words, what_changed_for_applicant)
    SELECT case_id, number, issued_at, '', '' FROM document WHERE kind = 'action-plan-panel'
"""
ACTIONS = """
    INSERT INTO issued_action (
        case_id, issue, number, what, owner_id, owner_agency_id, due_on, how_we_know,
        words_for_applicant, is_superseded
    )
    SELECT action.case_id, plan_issue.number, action.number, what, owner_id, owner_agency_id,
        due_on, how_we_know, words_for_applicant, false
    FROM action JOIN plan_issue ON plan_issue.case_id = action.case_id
"""


def upgrade() -> None:
    # Written out: adding columns this way needs no copy of the table on SQLite, and a copy would
    # lose the checks of the other columns.
    op.execute("ALTER TABLE action ADD COLUMN position INTEGER DEFAULT 0 NOT NULL")
    op.execute("UPDATE action SET position = number")
    op.add_column("action", sa.Column("not_told_at", sa.DateTime(timezone=True)))
    op.execute(
        "ALTER TABLE action ADD COLUMN not_told_by_id INTEGER "
        "CONSTRAINT fk_action_not_told_by_id_person REFERENCES person (id)"
    )
    op.execute("ALTER TABLE action ADD COLUMN look_again_on DATE")
    op.add_column("action", sa.Column("superseded_at", sa.DateTime(timezone=True)))
    op.execute(
        "ALTER TABLE action ADD COLUMN superseded_reason VARCHAR(500) DEFAULT '' NOT NULL "
        "CONSTRAINT ck_action_superseded_with_reason "
        "CHECK ((superseded_at IS NULL) = (superseded_reason = ''))"
    )
    op.add_column("plan_draft", sa.Column("changing_since", sa.DateTime(timezone=True)))
    for column in ("what_changed", "what_changed_for_applicant"):
        op.execute(f"ALTER TABLE plan_draft ADD COLUMN {column} TEXT DEFAULT '' NOT NULL")
    _create_consultation()
    _create_issues()
    op.execute(TO_ROWS)
    for column in ("consulted_on", "what_applicant_said"):
        op.execute(f"ALTER TABLE plan_draft DROP COLUMN {column}")
    op.execute(ISSUES)
    op.execute(ACTIONS)


def downgrade() -> None:
    op.execute("ALTER TABLE plan_draft ADD COLUMN consulted_on DATE")
    op.execute("ALTER TABLE plan_draft ADD COLUMN what_applicant_said TEXT DEFAULT '' NOT NULL")
    for new, old in (("consulted_on", "answered_on"), ("what_applicant_said", "answer")):
        found = NEWEST.format(column=old)
        op.execute(f"UPDATE plan_draft SET {new} = COALESCE(({found}), {new})")  # noqa: S608  # constants of this file
    for table in ("handed_over", "own_words", "issued_action", "plan_issue", "consultation"):
        op.drop_table(table)
    for column in ("what_changed_for_applicant", "what_changed", "changing_since"):
        op.execute(f"ALTER TABLE plan_draft DROP COLUMN {column}")
    for column in (
        *("superseded_reason", "superseded_at", "look_again_on"),
        *("not_told_by_id", "not_told_at", "position"),
    ):
        op.execute(f"ALTER TABLE action DROP COLUMN {column}")


def _create_consultation() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("way", _one_of("consultationway", WAYS), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("template_version", sa.String(length=20), nullable=False),
        sa.Column("outcome", _one_of("consultationoutcome", OUTCOMES), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("what_changed", sa.Text(), nullable=False),
        sa.Column("not_again_because", sa.Text(), nullable=False),
        sa.Column("not_again_words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_on IS NULL)", name="ck_consultation_answered_on_a_day"
        ),
        sa.CheckConstraint("(file IS NULL) = (sha256 = '')", name="ck_consultation_hash_of_file"),
        _to("consultation", "case_id", "review_case"),
        *(
            _to("consultation", column, "person")
            for column in ("asked_by_id", "written_by_id", "changed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consultation"),
        sa.UniqueConstraint("case_id", "number", name="uq_consultation_case_id_number"),
        info={"scope": "consultation"},
    )


def _create_issues() -> None:
    op.create_table(
        "plan_issue",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("what_changed_for_applicant", sa.Text(), nullable=False),
        _to("plan_issue", "case_id", "review_case"),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_plan_issue"),
        info={"scope": "plan"},
    )
    op.create_table(
        "issued_action",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("owner_agency_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("how_we_know", sa.Text(), nullable=False),
        sa.Column("words_for_applicant", sa.Text(), nullable=False),
        sa.Column("is_superseded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "issue"],
            ["plan_issue.case_id", "plan_issue.number"],
            name="fk_issued_action_case_id_issue_plan_issue",
        ),
        _to("issued_action", "owner_id", "person"),
        _to("issued_action", "owner_agency_id", "agency"),
        sa.PrimaryKeyConstraint("case_id", "issue", "number", name="pk_issued_action"),
        info={"scope": "plan"},
    )
    op.create_table(
        "own_words",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=False),
        _to("own_words", "case_id", "review_case"),
        _to("own_words", "kept_by_id", "person"),
        sa.PrimaryKeyConstraint("case_id", "words", name="pk_own_words"),
        info={"scope": "plan"},
    )
    op.create_table(
        "handed_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("given_to", sa.String(length=200), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        _to("handed_over", "document_id", "document"),
        _to("handed_over", "recorded_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_handed_over"),
        info={"scope": "receipt"},
    )
    op.create_index("ix_handed_over_document_id", "handed_over", ["document_id"])


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")
