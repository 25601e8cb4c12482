"""The applicant's own pages: keys, sign-ins and forms of a party, and messages to the office.

The rule of who holds a role stays as it was: no person is an applicant.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037_own_pages"
down_revision = "0036_files"
branch_labels = None
depends_on = None

# Of these a row is a person's or a party's; with the column in which a party has each thing once.
BOTH = {"sign_in": "", "form_token": "token", "kept_form": "path"}
IN_FORCE = sa.column("ended_at").is_(None)


def upgrade() -> None:
    _add_keys()
    _add_messages()
    for table, once in BOTH.items():
        with op.batch_alter_table(table) as batch:
            batch.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
            batch.add_column(sa.Column("party_id", sa.Integer(), nullable=True))
            batch.create_foreign_key(
                f"fk_{table}_party_id_party", "party", ["party_id"], ["id"], ondelete="CASCADE"
            )
            batch.create_check_constraint(
                op.f(f"ck_{table}_person_or_party"),
                "(person_id IS NULL) = (party_id IS NOT NULL)",
            )
            if once:
                batch.create_unique_constraint(f"uq_{table}_party_id_{once}", ["party_id", once])
    with op.batch_alter_table("sign_in") as batch:
        batch.alter_column("role_held_id", existing_type=sa.Integer(), nullable=True)
    op.create_index("ix_sign_in_party_id", "sign_in", ["party_id"])


def downgrade() -> None:
    op.drop_index("ix_sign_in_party_id", "sign_in")
    for table, once in BOTH.items():
        op.execute(f"DELETE FROM {table} WHERE party_id IS NOT NULL")  # noqa: S608  # the names above
        with op.batch_alter_table(table) as batch:
            if once:
                batch.drop_constraint(f"uq_{table}_party_id_{once}", type_="unique")
            batch.drop_constraint(op.f(f"ck_{table}_person_or_party"), type_="check")
            batch.drop_constraint(f"fk_{table}_party_id_party", type_="foreignkey")
            batch.drop_column("party_id")
            batch.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("sign_in") as batch:
        batch.alter_column("role_held_id", existing_type=sa.Integer(), nullable=False)
    op.drop_table("applicant_message")
    op.drop_table("applicant_key")


def _add_keys() -> None:
    op.create_table(
        "applicant_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        _to("applicant_key", "case_id", "review_case"),
        _to("applicant_key", "party_id", "party", ondelete="CASCADE"),
        _to("applicant_key", "made_by_id", "person"),
        _to("applicant_key", "ended_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_applicant_key"),
        info={"scope": "key"},
    )
    op.create_index("ix_applicant_key_case_id", "applicant_key", ["case_id"])
    op.create_index(
        "uq_applicant_key_party_in_force",
        "applicant_key",
        ["party_id"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )


def _add_messages() -> None:
    op.create_table(
        "applicant_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("is_from_office", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        _to("applicant_message", "case_id", "review_case"),
        _to("applicant_message", "party_id", "party", ondelete="CASCADE"),
        _to("applicant_message", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_applicant_message"),
        info={"scope": "applicant_message"},
    )
    op.create_index("ix_applicant_message_case_id", "applicant_message", ["case_id"])
    op.create_index("ix_applicant_message_party_id", "applicant_message", ["party_id"])


def _to(table: str, column: str, other: str, **more: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, **more)
