"""Papers reach the applicant's side by a way that is safe: how, what went, and each step of it."""

import sqlalchemy as sa
from alembic import op

revision = "0029_post"
down_revision = "0028_plan"
branch_labels = None
depends_on = None

ANSWERS = ("yes", "no", "not_known")
WAYS = ("email", "post", "phone")
WHY_HELD = ("not_asked", "not_safe", "no_address", "consent")
STATES = ("held", "waiting", "gone", "came_back", "taken_back")
STEPS = (
    "made",
    "posted",
    "came_back",
    "tried",
    "reached",
    "read_out",
    "code_sent",
    "code_told",
    "opened",
    "tried_again",
    "taken_back",
)


def upgrade() -> None:
    _add_safe_reach()
    _add_delivery()
    _add_steps_and_codes()
    op.execute(
        "ALTER TABLE outbox_message ADD COLUMN delivery_id INTEGER"
        " CONSTRAINT fk_outbox_message_delivery_id_delivery REFERENCES delivery (id)"
    )
    op.execute("ALTER TABLE outbox_message ADD COLUMN seed VARCHAR(40)")
    op.execute("ALTER TABLE outbox_message ADD COLUMN attempts_before INTEGER NOT NULL DEFAULT 0")
    op.create_index("ix_outbox_message_delivery_id", "outbox_message", ["delivery_id"])


def downgrade() -> None:
    # Without its seed a message has nothing to show; the links and codes of papers end with these.
    op.execute("DELETE FROM outbox_message WHERE delivery_id IS NOT NULL")
    op.drop_index("ix_outbox_message_delivery_id", "outbox_message")
    for name in ("attempts_before", "seed", "delivery_id"):
        op.execute(f"ALTER TABLE outbox_message DROP COLUMN {name}")
    for table in ("delivery_code", "delivery_step", "delivery", "safe_reach_change", "safe_reach"):
        op.drop_table(table)


def _add_safe_reach() -> None:
    op.create_table(
        "safe_reach",
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("way", _one_of("safeway", WAYS), nullable=False),
        sa.Column("email_is_safe", _one_of("email_is_safe", ANSWERS), nullable=True),
        sa.Column("post_is_safe", _one_of("post_is_safe", ANSWERS), nullable=True),
        sa.Column("voicemail_is_safe", _one_of("voicemail_is_safe", ANSWERS), nullable=True),
        sa.Column("times", sa.String(length=200), nullable=False),
        sa.Column("who_may_answer", sa.String(length=200), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        _to("safe_reach", "party_id", "party", ondelete="CASCADE"),
        _to("safe_reach", "case_id", "review_case"),
        _to("safe_reach", "changed_by_id", "person"),
        sa.PrimaryKeyConstraint("party_id", name="pk_safe_reach"),
        info={"scope": "contact"},
    )
    op.create_index("ix_safe_reach_case_id", "safe_reach", ["case_id"])
    op.create_table(
        "safe_reach_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        _to("safe_reach_change", "party_id", "party", ondelete="CASCADE"),
        _to("safe_reach_change", "case_id", "review_case"),
        _to("safe_reach_change", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_safe_reach_change"),
        sa.UniqueConstraint("party_id", "number", name="uq_safe_reach_change_party_id_number"),
        info={"scope": "contact"},
    )
    op.create_index("ix_safe_reach_change_case_id", "safe_reach_change", ["case_id"])


def _add_delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("way", _one_of("safeway", WAYS), nullable=True),
        sa.Column("why_held", _one_of("whyheld", WHY_HELD), nullable=True),
        sa.Column("is_instead", sa.Boolean(), nullable=False),
        sa.Column("state", _one_of("poststate", STATES), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_to", sa.String(length=254), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("link_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(why_held IS NOT NULL) = (way IS NULL)", name="ck_delivery_way_unless_held"
        ),
        _to("delivery", "case_id", "review_case"),
        _to("delivery", "document_id", "document"),
        _to("delivery", "party_id", "party"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint("link_hash", name="uq_delivery_link_hash"),
        info={"scope": "delivery"},
    )
    for name in ("case_id", "party_id", "state"):
        op.create_index(f"ix_delivery_{name}", "delivery", [name])
    in_force = sa.column("ended_at").is_(None)
    op.create_index(
        "uq_delivery_document_party_in_force",
        "delivery",
        ["document_id", "party_id"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )


def _add_steps_and_codes() -> None:
    op.create_table(
        "delivery_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of("stepkind", STEPS), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        _to("delivery_step", "delivery_id", "delivery"),
        _to("delivery_step", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_step"),
        info={"scope": "delivery"},
    )
    op.create_table(
        "delivery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        _to("delivery_code", "delivery_id", "delivery"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_code"),
        info={"scope": "delivery"},
    )
    for table in ("delivery_step", "delivery_code"):
        op.create_index(f"ix_{table}_delivery_id", table, ["delivery_id"])


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _to(
    table: str, column: str, other: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)
